package client

import (
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// Register tells the sentences of this package with the functions of the recording that
// carry them out.
func (w *World) Register(on judge.Vocabulary) {
	w.choosing(on)
	w.requestSentences(on)
	w.bodySentences(on)
	w.querySentences(on)
	w.changeSentences(on)
	w.creationSentences(on)
	w.provisioningSentences(on)
	w.draftSentences(on)
}

// What an example is about.
func (w *World) choosing(on judge.Vocabulary) {
	on(`^the client sends (`+kindNames()+`)$`, w.theClientSends)
	on(`^the client is asked to (.*)$`, w.theClientIsAskedTo)
	on(`^an https address$`, w.anHTTPSAddress)
	on(`^"([^"]*)" is active when the client is asked to (.*)$`, w.activeBefore)
	on(`^"([^"]*)" and "([^"]*)" are active when the client is asked to (.*)$`, w.bothActiveBefore)
	on(`^"([^"]*)" has a deactivated account when the client is asked to (.*)$`, w.hasADeactivatedAccount)
	on(`^"([^"]*)" is in the group when the client is asked to (.*)$`, w.isInTheGroupBefore)
}

func kindNames() string {
	var names []string
	for name := range kinds {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, "|")
}

// Requests.
func (w *World) requestSentences(on judge.Vocabulary) {
	on(`^each is declared as application/scim\+json or application/json in UTF-8$`, w.eachIsDeclared)
	on(`^each is one JSON object$`, w.eachIsAnObject)
	on(`^each lets application/scim\+json or application/json through$`, w.eachLetsThrough)
	on(`^none has a body$`, w.noneHasABody)
	on(`^each has a percent-encoded address$`, w.eachHasAnEncodedAddress)
	on(`^each addresses something by an id of the target$`, w.eachAddressesAnID)
	on(`^each goes to an endpoint of the standard below the base URL$`, w.eachGoesBelow)
	on(`^each but for the service provider configuration has a bearer token in its Authorization header$`, w.eachHasABearer)
	on(`^none has the token in its address$`, w.noneHasTheTokenInItsAddress)
	on(`^none has the token in two places$`, w.noneHasTheTokenTwice)
	on(`^it meets a redirect to another host$`, w.itMeetsARedirect)
	on(`^no request with the token reaches the other host$`, w.noTokenElsewhere)
	on(`^each came over TLS 1\.2 or later$`, w.eachCameOverTLS)
	on(`^no request comes over a connection with that certificate$`, w.noneIsFooled)
}

// Bodies.
func (w *World) bodySentences(on judge.Vocabulary) {
	on(`^each names the schema of its resource type$`, w.eachNamesItsSchema)
	on(`^each names no other schemas than its resource type has$`, w.eachNamesNoOtherSchema)
	on(`^each has no other attributes than the schemas that it names$`, w.eachHasItsAttributes)
	on(`^each has values of the right types$`, w.eachHasTypedValues)
	on(`^each has the required attributes$`, w.eachHasTheRequired)
	on(`^none says an id$`, w.noneSaysAnID)
	on(`^each member is named by an id of the target$`, w.eachMemberIsNamed)
}

// Queries.
func (w *World) querySentences(on judge.Vocabulary) {
	on(`^each follows the grammar$`, w.eachFollowsTheGrammar)
	on(`^each asks for attributes that the resource type has$`, w.eachAsksForAttributes)
	on(`^the (userName) that it looks for is that of "([^"]*)"$`, w.theNameItLooksFor)
	on(`^the displayName that it looks for is that of the group with odd characters$`, w.theGroupItLooksFor)
	on(`^a list without a filter is read until "([^"]*)" is found or it ends$`, w.aListIsReadToItsEnd)
	on(`^the next page of a list begins behind the one before$`, w.theNextPageBegins)
	on(`^each has whole numbers$`, w.eachHasWholeNumbers)
	on(`^each was given by the target for the same query$`, w.eachCursorWasGiven)
	on(`^none has both attributes and excludedAttributes$`, w.noneHasBothSelections)
}

// Changes.
func (w *World) changeSentences(on judge.Vocabulary) {
	on(`^each names the schema PatchOp$`, w.eachNamesPatchOp)
	on(`^each has operations that add, remove or replace$`, w.eachHasOperations)
	on(`^each has paths that follow the grammar and name attributes$`, w.eachHasPaths)
	on(`^each has a value where it adds or replaces, and a path where it removes$`, w.eachHasValueAndPath)
	on(`^each gives values of the right types$`, w.eachGivesTypedValues)
	on(`^none names what is readOnly as its path$`, w.noneNamesReadOnly)
	on(`^each was given by the target$`, w.eachVersionWasGiven)
	on(`^each has the version in If-Match$`, w.eachHasTheVersion)
}

// Creating.
func (w *World) creationSentences(on judge.Vocabulary) {
	on(`^nobody is created with the name of "([^"]*)"$`, w.nobodyIsCreatedNamed)
	on(`^it has looked for each before$`, w.itHasLookedForEach)
	on(`^none repeats one that has succeeded$`, w.noneRepeatsASuccess)
	on(`^it meets a conflict about "([^"]*)"$`, w.itMeetsAConflict)
	on(`^it looks for "([^"]*)" after the conflict$`, w.itLooksAfterTheConflict)
	on(`^it does not create "([^"]*)" again$`, w.itDoesNotCreateAgain)
	on(`^it meets the loss of an answer$`, w.itMeetsTheLoss)
	on(`^it looks before it creates the same again$`, w.itLooksBeforeItRepeats)
}

// What becomes of people and groups.
func (w *World) provisioningSentences(on judge.Vocabulary) {
	on(`^it sends something$`, w.itSendsSomething)
	on(`^it changes nothing$`, w.itChangesNothing)
	on(`^"([^"]*)" is active$`, w.isActive)
	on(`^"([^"]*)" is no longer active$`, w.isNoLongerActive)
	on(`^"([^"]*)" or "([^"]*)" is no longer active$`, w.oneIsNoLongerActive)
	on(`^everybody but "([^"]*)" is as active as before$`, w.everybodyElseIsAsActive)
	on(`^the display name of "([^"]*)" is "([^"]*)"$`, w.theDisplayNameIs)
	on(`^it is told to wait$`, w.itIsToldToWait)
	on(`^it comes back no sooner than told$`, w.itComesBackNoSooner)
	on(`^none repeats what the target has accepted$`, w.noneRepeatsTheAccepted)
	on(`^it is answered 204$`, w.itIsAnswered204)
	on(`^it does not send the same again$`, w.itDoesNotSendTheSameAgain)
	on(`^it is shown "([^"]*)" in the unusual form$`, w.itIsShownTheOddForm)
	on(`^all five are in the group$`, w.allFiveAreInTheGroup)
	on(`^"([^"]*)" is in the group$`, w.isInTheGroup)
	on(`^they join by fewer than five requests$`, w.theyJoinByFewerThanFive)
	on(`^the group has the new name and its old id$`, w.theGroupHasTheNewName)
	on(`^its members are those of before$`, w.itsMembersAreThoseOfBefore)
	on(`^its members but for "([^"]*)" are those of before$`, w.membersButFor)
	on(`^"([^"]*)" is not in the group$`, w.isNotInTheGroup)
}
