package steps

import "github.com/cucumber/godog"

// guideSteps are the sentences of the guide: what an administrator does in Duo and in
// Secure Access, and what becomes of it.
func (w *world) guideSteps(sc *godog.ScenarioContext) {
	w.dashboardSteps(sc)
	w.connectSteps(sc)
	w.settingSteps(sc)
	w.provisionSteps(sc)
	w.targetSteps(sc)
	w.logSteps(sc)
}

// Secure Access.
func (w *world) dashboardSteps(sc *godog.ScenarioContext) {
	w.on(sc, `^Secure Access has no directory yet$`, w.noDirectoryYet)
	w.on(sc, `^the administrator integrates the directory "([^"]*)" with the identity provider "([^"]*)"$`, w.integrateDirectory)
	w.on(sc, `^generates its token$`, w.generateItsToken)
	w.on(sc, `^the administrator generates the token again$`, w.generateTokenAgain)
	w.on(sc, `^a second directory with a token of its own$`, w.aSecondDirectory)
	w.on(sc, `^the second directory has (\d+) users and (\d+) groups$`, w.theSecondDirectoryHas)
	w.on(sc, `^ten integrated directories$`, w.tenIntegratedDirectories)
	w.on(sc, `^Secure Access takes at most (\d+) groups?$`, w.secureAccessTakesAtMost)
	w.on(sc, `^Secure Access shows the provisioning URL and the token$`, w.showsURLAndToken)
	w.on(sc, `^Secure Access refuses with "([^"]*)"$`, w.secureAccessRefuses)
	w.on(sc, `^both directories have the same provisioning URL$`, w.sameProvisioningURL)
	w.on(sc, `^the second token finds no user "([^"]*)"$`, w.theSecondTokenFindsNoUser)
	w.on(sc, `^the (Users|Groups) page shows$`, w.thePageShows)
	w.on(sc, `^the (Users|Groups) page shows (\d+) of (\d+) results for the directory "([^"]*)"$`, w.thePageShowsCounts)
	w.on(sc, `^the Users page is empty$`, w.theUsersPageIsEmpty)
}

// Duo: connecting.
func (w *world) connectSteps(sc *godog.ScenarioContext) {
	w.on(sc, `^a server that (.*)$`, w.aServerThat)
	w.on(sc, `^a server whose ids contain "([^"]*)"$`, w.aServerWhoseIDsContain)
	w.on(sc, `^the application is connected to the target$`, w.theApplicationIsConnected)
	w.on(sc, `^the administrator connects to the application$`, w.connect)
	w.on(sc, `^the administrator connects with a wrong token$`, w.connectWithAWrongToken)
	w.on(sc, `^the administrator saves and enables provisioning$`, w.saveAndEnable)
	w.on(sc, `^the administrator disables provisioning$`, w.disable)
	w.on(sc, `^Duo says "([^"]*)"$`, w.duoSays)
	w.on(sc, `^the connection fails as "([^"]*)"$`, w.theConnectionFailsAs)
	w.on(sc, `^the settings are refused because of "([^"]*)"$`, w.theSettingsAreRefused)
	w.on(sc, `^the other host has seen no request$`, w.theOtherHostHasSeenNoRequest)
}

// Duo: the Provisioning tab.
func (w *world) settingSteps(sc *godog.ScenarioContext) {
	w.on(sc, `^the directory and the settings of the guide$`, w.theDirectoryAndTheSettings)
	w.on(sc, `^the groups "([^"]*)" are selected$`, w.theGroupsAreSelected)
	w.on(sc, `^(\d+) Duo groups are selected$`, w.manyGroupsAreSelected)
	w.on(sc, `^the groups with SSO access are used, and these are "([^"]*)"$`, w.theGroupsWithSSOAccess)
	w.on(sc, `^group information is excluded$`, w.groupInformationIsExcluded)
	w.on(sc, `^the group "([^"]*)" is removed from the application$`, w.theGroupIsRemovedFromTheApplication)
	w.on(sc, `^the attribute mapping$`, w.theAttributeMapping)
	w.on(sc, `^the deprovisioning behavior is "(Deactivate Users|Delete Users)"$`, w.theDeprovisioningBehaviorIs)

	// Duo: who is there.
	w.on(sc, `^the Duo group "([^"]*)" with the members "([^"]*)"$`, w.theDuoGroupWithTheMembers)
	w.on(sc, `^"([^"]*)" joins the Duo group "([^"]*)"$`, w.joins)
	w.on(sc, `^"([^"]*)" leaves the Duo group "([^"]*)"$`, w.leaves)
	w.on(sc, `^"([^"]*)" is deleted from Duo$`, w.isDeletedFromDuo)
	w.on(sc, `^the Duo group "([^"]*)" is renamed to "([^"]*)"$`, w.theDuoGroupIsRenamed)
	w.on(sc, `^the "([^"]*)" of "([^"]*)" becomes "([^"]*)"$`, w.theAttributeBecomes)
	w.on(sc, `^the user name of "([^"]*)" becomes another one$`, w.theUserNameBecomesAnother)
	w.on(sc, `^"([^"]*)" loses the "([^"]*)"$`, w.loses)
}

// Duo: what it does.
func (w *world) provisionSteps(sc *godog.ScenarioContext) {
	w.on(sc, `^Duo provisions$`, w.duoProvisions)
	w.on(sc, `^Duo has provisioned "([^"]*)" into the (?:group "([^"]*)"|directory of the guide)$`, w.duoHasProvisioned)
	w.on(sc, `^"([^"]*)" has left the group "([^"]*)" and was deprovisioned$`, w.hasLeftAndWasDeprovisioned)
	w.on(sc, `^Duo has (?:written|sent) nothing$`, w.duoHasWrittenNothing)
	w.on(sc, `^nothing more is written$`, w.nothingMoreIsWritten)
	w.on(sc, `^(something|nothing) is sent about (the group )?"([^"]*)"$`, w.isSentAbout)
	w.on(sc, `^Duo sends "([^"]*)" before the group "([^"]*)"$`, w.duoSendsBeforeTheGroup)
	w.on(sc, `^Duo looks for "([^"]*)" before it creates "[^"]*"$`, w.duoLooksBeforeItCreates)
	w.on(sc, `^Duo (never )?(creates|deletes) "([^"]*)"(?: exactly once)?$`, w.duoNever)

	// What Duo sends.
	w.on(sc, `^every request carries the bearer token$`, w.everyRequestCarriesTheBearerToken)
	w.on(sc, `^every request goes below the Base URL$`, w.everyRequestGoesBelowTheBaseURL)
	w.on(sc, `^the payload that creates "([^"]*)" has these members in this order$`, w.thePayloadHasTheseMembers)
	w.on(sc, `^the payload that creates "([^"]*)" has no "([^"]*)"$`, w.thePayloadHasNo)
	w.on(sc, `^the text "([^"]*)" was never sent$`, w.theTextWasNeverSent)
	w.on(sc, `^every answer is a valid SCIM message$`, w.everyAnswerIsAValidMessage)
}

// The target.
func (w *world) targetSteps(sc *godog.ScenarioContext) {
	w.on(sc, `^(the group )?"([^"]*)" already exists in the target(, disabled)?$`, w.alreadyExists)
	w.on(sc, `^"([^"]*)" is created in the target a second time$`, w.isCreatedASecondTime)
	w.on(sc, `^somebody deletes "([^"]*)" in the target$`, w.somebodyDeletes)
	w.on(sc, `^a user without userName is sent to the target$`, w.aUserWithoutUserName)
	w.on(sc, `^the target refuses it$`, w.theTargetRefusesIt)
	w.on(sc, `^the target has (exactly one|no) (user|group) "([^"]*)"$`, w.theTargetHas)
	w.on(sc, `^the target's group "([^"]*)" has (the|among its) members "([^"]*)"$`, w.theGroupHasTheMembers)
	w.on(sc, `^the target's user "([^"]*)" has$`, w.theUserHas)
	w.on(sc, `^the target's user "([^"]*)" has no "([^"]*)"$`, w.theUserHasNo)
	w.on(sc, `^the target's user "([^"]*)" names the group "([^"]*)"$`, w.theUserNamesTheGroup)
	w.on(sc, `^the user "([^"]*)" is (enabled|disabled) in the target$`, w.theUserIs)
	w.on(sc, `^(the group )?"([^"]*)" has (the same|another) id (?:as|than) before$`, w.hasTheSameID)
	w.on(sc, `^the former id of "([^"]*)" is not found$`, w.theFormerIDIsNotFound)
	w.on(sc, `^"([^"]*)" is untouched in the target$`, w.isUntouched)
	w.on(sc, `^a look-up of "([^"]*)"( in capital letters)? finds exactly "[^"]*"$`, w.aLookUpFinds)
	w.on(sc, `^a look-up of a user who does not exist finds nobody$`, w.aLookUpFindsNobody)
	w.on(sc, `^(the group )?"([^"]*)" is in the list of all (?:users|groups)$`, w.isInTheList)
	w.on(sc, `^"([^"]*)" read by id is the same as "[^"]*" in the list$`, w.readByIDIsTheSame)
	w.on(sc, `^every user and group of the settings is in the target$`, w.everythingIsInTheTarget)

	// Who is served.
	w.on(sc, `^the users are listed with (the right|a wrong|no) token$`, w.theUsersAreListed)
	w.on(sc, `^no user is shown$`, w.noUserIsShown)
	w.on(sc, `^the (old|new) token is (served|refused with \d+)$`, w.theTokenIs)
}

// The Activity Log.
func (w *world) logSteps(sc *godog.ScenarioContext) {
	w.on(sc, `^the Activity Log shows, (oldest|newest) first$`, w.theLogShows)
	w.on(sc, `^the Activity Log has the entry "([^"]*)" about "([^"]*)"$`, w.theLogHasTheEntry)
	w.on(sc, `^the Activity Log tells a failure about "([^"]*)"$`, w.theLogTellsAFailure)
	w.on(sc, `^the Activity Log tells no failure$`, w.theLogTellsNoFailure)
	w.on(sc, `^the failure mentions "([^"]*)"$`, w.theFailureMentions)
	w.on(sc, `^the token appears nowhere in the Activity Log$`, w.theTokenAppearsNowhere)
	w.on(sc, `^another application "([^"]*)" has written to the log$`, w.anotherApplication)
	w.on(sc, `^filtered by the application "([^"]*)" the log has (\d+) entr(?:y|ies)$`, w.filteredByApplication)
	w.on(sc, `^searched for "([^"]*)" the log has (\d+) entries$`, w.searchedFor)
	w.on(sc, `^the log exported as (CSV|JSON) has (\d+) entries$`, w.exportedAs)
	w.on(sc, `^every entry has the shape of the Admin API$`, w.everyEntryHasTheShape)
	w.on(sc, `^only these labels are not marked as assumed$`, w.onlyTheseLabels)
	w.on(sc, `^the last entry about "([^"]*)" is marked as assumed$`, w.theLastEntryIsAssumed)
	w.on(sc, `^the first column of the log is "([^"]*)" for the zone "([^"]*)"$`, w.theFirstColumnIs)
}
