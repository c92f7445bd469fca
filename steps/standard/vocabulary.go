package standard

import (
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// Register tells the sentences of this package with the steps that carry them out.
func (w *World) Register(on judge.Vocabulary) {
	for _, register := range []func(judge.Vocabulary){
		w.givenSteps, w.whenSteps, w.recordSteps, w.referenceSteps, w.unknownMemberSteps,
		w.answerSteps, w.valueSteps, w.severalSteps, w.lawSteps, w.resourceSteps, w.wholeSteps,
	} {
		register(on)
	}
}

// givenSteps are about what there is before the client asks.
func (w *World) givenSteps(on judge.Vocabulary) {
	on(`^a (user|group) "(\w+)"$`, w.aResource)
	on(`^a (stored )?(user|group) "(\w+)" with$`, w.aResourceWith)
	on(`^a group "(\w+)" with the members "([^"]*)"$`, w.aGroupWithTheMembers)
	on(`^the target does not require "([^"]+)"$`, w.theTargetDoesNotRequire)
	on(`^the target shows the groups of a user$`, w.usersShowTheirGroups)
	on(`^the target refuses requests without credentials$`, w.refusesWithoutCredentials)
	on(`^the second client is of another tenant$`, w.theSecondClientIsOfAnotherTenant)
	on(`^"([^"]+)" of (the answer|"\w+") is remembered as "(\w+)"$`, w.isRememberedAs)
	on(`^a moment has passed since "(\w+)" was changed$`, w.aMomentHasPassed)
}

// whenSteps are about what a client asks.
func (w *World) whenSteps(on judge.Vocabulary) {
	on(`^the next request has (?:the|no) header "([^"]+)"(?: with "([^"]*)")?$`, w.NextHeader)
	on(`^the client creates the (user|group) "(\w+)"$`, w.theClientCreates)
	on(`^the client creates the (user|group) "(\w+)" (with|from)$`, w.theClientCreatesWith)
	on(`^the client (reads|deletes) "(\w+)"( by its id in other letters)?$`, w.theClientReads)
	on(`^the client (replaces|changes|patches) "(\w+)"(?: by a PUT)? with$`, w.theClientWrites)
	on(`^the second client creates and deletes (a user like|a group with the member) "(\w+)"$`, w.theSecondClientCreatesAndDeletes)
	on(`^`+sender+` sends ([A-Z]+) (/\S*)(?: with `+namedBody+` as its body)?$`, w.theClientSends)
	on(`^`+sender+` sends ([A-Z]+) (/\S*) with$`, w.theClientSendsWith)
	on(`^`+sender+` sends ([A-Z]+) (/\S*) with the query$`, w.theClientSendsQuery)
	on(`^the client, within the time limit, sends GET (/\S*) with the filter (.+)$`, w.theClientSendsInTime)
	on(`^the client searches below (/\w*) with$`, w.theClientSearchesBelow)
}

// recordSteps are about what a client asks in many requests.
func (w *World) recordSteps(on judge.Vocabulary) {
	on(`^the client creates, reads, lists, searches, replaces, patches and deletes a user and a group$`, w.theClientDoesEverything)
	on(`^the client reads the discovery endpoints$`, w.theClientReadsDiscovery)
	on(`^the client makes requests that have to be refused$`, w.theClientMakesWrongRequests)
}

// severalSteps are about the answers to several requests, beside the laws and checks.
func (w *World) severalSteps(on judge.Vocabulary) {
	on(`^`+sender+` sends each of$`, w.theClientSendsEachOf)
	on(`^the client sends ([A-Z]+) (/\S*) with each wrong JSON type at each member of$`, w.theClientSendsWrongTypes)
	on(`^the client sends GET (/\S*) (\d+) times$`, w.theClientSendsTimes)
	on(`^the client looks for (users|groups) by each of these filters$`, w.theClientLooksByEachFilter)
	on(`^none of these filters is refused$`, w.noneOfTheseFiltersIsRefused)
	on(`^each answer is (\d{3}(?: or \d{3})*)$`, w.eachAnswerIs)
	on(`^each answer shows nothing of "(\w+)"$`, w.nothingIsShownOf)
}

// resourceSteps are about resources as they are read again, and as an answer shows them.
func (w *World) resourceSteps(on judge.Vocabulary) {
	on(`^"(\w+)" (?:now )?has(, unless the answer is a refusal)?$`, w.nowHas)
	on(`^"(\w+)" (?:now )?has no "([^"]+)"$`, w.nowHasNo)
	on(`^"(\w+)" does not have$`, w.doesNotHave)
	on(`^the "([^"]+)" of "(\w+)" is an? (string|boolean|array|object) or absent$`, w.isAOrAbsent)
	on(`^"(\w+)" is as before(?: except for "([^"]*)")?$`, w.isAsBefore)
	on(`^"(\w+)" (still exists|is gone|is found nowhere by (?:a filter|a search|listing))$`, w.stillExists)
	on(`^the (tag|modification time) of "(\w+)" is (new|not older|as before)$`, w.theTimeOrTagIs)
	on(`^only "([^"]*)" is primary among the "(\w+)" of "(\w+)"$`, w.onlyIsPrimary)
	on(`^the members of "(\w+)"( that still exist)? are "([^"]*)"$`, w.theMembersAre)
	on(`^(?:it|every resource in it) (shows nothing but|shows|does not show) "([^"]*)"(, or the request is refused)?$`, w.itShows)
}
