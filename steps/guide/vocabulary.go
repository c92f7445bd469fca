package guide

import (
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// What an administrator does in Duo and in Secure Access, and what becomes of it.

// Register tells the sentences of this package with the steps that carry them out.
func (w *World) Register(on judge.Vocabulary) {
	w.dashboardSteps(on)
	w.connectSteps(on)
	w.settingSteps(on)
	w.provisionSteps(on)
	w.targetSteps(on)
	w.logSteps(on)
}

// Secure Access.
func (w *World) dashboardSteps(on judge.Vocabulary) {
	on(`^Secure Access has no directory yet$`, w.noDirectoryYet)
	on(`^the administrator integrates the directory "([^"]*)" with the identity provider "([^"]*)"$`, w.integrateDirectory)
	on(`^generates its token$`, w.generateItsToken)
	on(`^the administrator generates the token again$`, w.generateTokenAgain)
	on(`^a second directory with a token of its own$`, w.aSecondDirectory)
	on(`^the second directory has (\d+) users and (\d+) groups$`, w.theSecondDirectoryHas)
	on(`^ten integrated directories$`, w.tenIntegratedDirectories)
	on(`^Secure Access takes at most (\d+) groups?$`, w.secureAccessTakesAtMost)
	on(`^Secure Access shows the provisioning URL and the token$`, w.showsURLAndToken)
	on(`^Secure Access refuses with "([^"]*)"$`, w.secureAccessRefuses)
	on(`^both directories have the same provisioning URL$`, w.sameProvisioningURL)
	on(`^the second token finds no user "([^"]*)"$`, w.theSecondTokenFindsNoUser)
	on(`^the (Users|Groups) page shows$`, w.thePageShows)
	on(`^the (Users|Groups) page shows (\d+) of (\d+) results for the directory "([^"]*)"$`, w.thePageShowsCounts)
	on(`^the Users page is empty$`, w.theUsersPageIsEmpty)
}

// Duo: connecting.
func (w *World) connectSteps(on judge.Vocabulary) {
	on(`^a server that (.*)$`, w.aServerThat)
	on(`^a server whose ids contain "([^"]*)"$`, w.aServerWhoseIDsContain)
	on(`^the application is connected to the target$`, w.theApplicationIsConnected)
	on(`^the administrator connects to the application$`, w.connect)
	on(`^the administrator connects with a wrong token$`, w.connectWithAWrongToken)
	on(`^the administrator saves and enables provisioning$`, w.saveAndEnable)
	on(`^the administrator disables provisioning$`, w.disable)
	on(`^Duo says "([^"]*)"$`, w.duoSays)
	on(`^the connection fails as "([^"]*)"$`, w.theConnectionFailsAs)
	on(`^the settings are refused because of "([^"]*)"$`, w.theSettingsAreRefused)
	on(`^the other host has seen no request$`, w.theOtherHostHasSeenNoRequest)
}

// Duo: the Provisioning tab.
func (w *World) settingSteps(on judge.Vocabulary) {
	on(`^the directory and the settings of the guide$`, w.theDirectoryAndTheSettings)
	on(`^the groups "([^"]*)" are selected$`, w.theGroupsAreSelected)
	on(`^(\d+) Duo groups are selected$`, w.manyGroupsAreSelected)
	on(`^the groups with SSO access are used, and these are "([^"]*)"$`, w.theGroupsWithSSOAccess)
	on(`^group information is excluded$`, w.groupInformationIsExcluded)
	on(`^the group "([^"]*)" is removed from the application$`, w.theGroupIsRemovedFromTheApplication)
	on(`^the attribute mapping$`, w.theAttributeMapping)
	on(`^the deprovisioning behavior is "(Deactivate Users|Delete Users)"$`, w.theDeprovisioningBehaviorIs)
	on(`^the Duo group "([^"]*)" with the members "([^"]*)"$`, w.theDuoGroupWithTheMembers)
	on(`^"([^"]*)" joins the Duo group "([^"]*)"$`, w.joins)
	on(`^"([^"]*)" leaves the Duo group "([^"]*)"$`, w.leaves)
	on(`^"([^"]*)" is deleted from Duo$`, w.isDeletedFromDuo)
	on(`^the Duo group "([^"]*)" is renamed to "([^"]*)"$`, w.theDuoGroupIsRenamed)
	on(`^the "([^"]*)" of "([^"]*)" becomes "([^"]*)"$`, w.theAttributeBecomes)
	on(`^the user name of "([^"]*)" becomes another one$`, w.theUserNameBecomesAnother)
	on(`^"([^"]*)" loses the "([^"]*)"$`, w.loses)
}

// Duo: what it does.
func (w *World) provisionSteps(on judge.Vocabulary) {
	on(`^Duo provisions$`, w.duoProvisions)
	on(`^Duo has provisioned "([^"]*)" into the (?:group "([^"]*)"|directory of the guide)$`, w.duoHasProvisioned)
	on(`^"([^"]*)" has left the group "([^"]*)" and was deprovisioned$`, w.hasLeftAndWasDeprovisioned)
	on(`^Duo has (?:written|sent) nothing$`, w.duoHasWrittenNothing)
	on(`^nothing more is written$`, w.nothingMoreIsWritten)
	on(`^(something|nothing) is sent about (the group )?"([^"]*)"$`, w.isSentAbout)
	on(`^Duo sends "([^"]*)" before the group "([^"]*)"$`, w.duoSendsBeforeTheGroup)
	on(`^Duo looks for "([^"]*)" before it creates "[^"]*"$`, w.duoLooksBeforeItCreates)
	on(`^Duo (never )?(creates|deletes) "([^"]*)"(?: exactly once)?$`, w.duoNever)
	on(`^every request carries the bearer token$`, w.everyRequestCarriesTheBearerToken)
	on(`^every request goes below the Base URL$`, w.everyRequestGoesBelowTheBaseURL)
	on(`^the payload that creates "([^"]*)" has these members in this order$`, w.thePayloadHasTheseMembers)
	on(`^the payload that creates "([^"]*)" has no "([^"]*)"$`, w.thePayloadHasNo)
	on(`^the text "([^"]*)" was never sent$`, w.theTextWasNeverSent)
	on(`^every answer is a valid SCIM message$`, w.everyAnswerIsAValidMessage)
}

// The target.
func (w *World) targetSteps(on judge.Vocabulary) {
	on(`^(the group )?"([^"]*)" already exists in the target(, disabled)?$`, w.alreadyExists)
	on(`^"([^"]*)" is created in the target a second time$`, w.isCreatedASecondTime)
	on(`^somebody deletes "([^"]*)" in the target$`, w.somebodyDeletes)
	on(`^a user without userName is sent to the target$`, w.aUserWithoutUserName)
	on(`^the target refuses it$`, w.theTargetRefusesIt)
	on(`^the target has (exactly one|no) (user|group) "([^"]*)"$`, w.theTargetHas)
	on(`^the target's group "([^"]*)" has (the|among its) members "([^"]*)"$`, w.theGroupHasTheMembers)
	on(`^the target's user "([^"]*)" has$`, w.theUserHas)
	on(`^the target's user "([^"]*)" has no "([^"]*)"$`, w.theUserHasNo)
	on(`^the target's user "([^"]*)" names the group "([^"]*)"$`, w.theUserNamesTheGroup)
	on(`^the user "([^"]*)" is (enabled|disabled) in the target$`, w.theUserIs)
	on(`^(the group )?"([^"]*)" has (the same|another) id (?:as|than) before$`, w.hasTheSameID)
	on(`^the former id of "([^"]*)" is not found$`, w.theFormerIDIsNotFound)
	on(`^"([^"]*)" is untouched in the target$`, w.isUntouched)
	on(`^a look-up of "([^"]*)"( in capital letters)? finds exactly "[^"]*"$`, w.aLookUpFinds)
	on(`^a look-up of a user who does not exist finds nobody$`, w.aLookUpFindsNobody)
	on(`^(the group )?"([^"]*)" is in the list of all (?:users|groups)$`, w.isInTheList)
	on(`^"([^"]*)" read by id is the same as "[^"]*" in the list$`, w.readByIDIsTheSame)
	on(`^every user and group of the settings is in the target$`, w.everythingIsInTheTarget)
	on(`^the users are listed with (the right|a wrong|no) token$`, w.theUsersAreListed)
	on(`^no user is shown$`, w.noUserIsShown)
	on(`^the (old|new) token is (served|refused with \d+)$`, w.theTokenIs)
}

// The Activity Log.
func (w *World) logSteps(on judge.Vocabulary) {
	on(`^the Activity Log shows, (oldest|newest) first$`, w.theLogShows)
	on(`^the Activity Log has the entry "([^"]*)" about "([^"]*)"$`, w.theLogHasTheEntry)
	on(`^the Activity Log tells a failure about "([^"]*)"$`, w.theLogTellsAFailure)
	on(`^the Activity Log tells no failure$`, w.theLogTellsNoFailure)
	on(`^the failure mentions "([^"]*)"$`, w.theFailureMentions)
	on(`^the token appears nowhere in the Activity Log$`, w.theTokenAppearsNowhere)
	on(`^another application "([^"]*)" has written to the log$`, w.anotherApplication)
	on(`^filtered by the application "([^"]*)" the log has (\d+) entr(?:y|ies)$`, w.filteredByApplication)
	on(`^searched for "([^"]*)" the log has (\d+) entries$`, w.searchedFor)
	on(`^the log exported as (CSV|JSON) has (\d+) entries$`, w.exportedAs)
	on(`^every entry has the shape of the Admin API$`, w.everyEntryHasTheShape)
	on(`^only these labels are not marked as assumed$`, w.onlyTheseLabels)
	on(`^the last entry about "([^"]*)" is marked as assumed$`, w.theLastEntryIsAssumed)
	on(`^the first column of the log is "([^"]*)" for the zone "([^"]*)"$`, w.theFirstColumnIs)
}
