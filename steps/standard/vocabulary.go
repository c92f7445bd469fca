package standard

import (
	"context"
	"regexp"

	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// Register tells the sentences of this package with the steps that carry them out.
func (w *World) Register(on judge.Vocabulary) {
	w.givenSteps(on)
	w.whenSteps(on)
	w.answerSteps(on)
	w.truthSteps(on)
	w.resourceSteps(on)
	w.foundSteps(on)
	w.holds(on)
}

// givenSteps are about what there is before the client asks.
func (w *World) givenSteps(on judge.Vocabulary) {
	on(`^a (user|group) "(\w+)"$`, w.aResource)
	on(`^a (stored )?(user|group) "(\w+)" with$`, w.aResourceWith)
	on(`^a group "(\w+)" with the members "([^"]*)"$`, w.aGroupWithTheMembers)
	on(`^the target can do without "([^"]+)"$`, w.theTargetCanDoWithout)
	on(`^"([^"]+)" of (the answer|"\w+") is remembered as "(\w+)"$`, w.isRememberedAs)
	on(`^a moment has passed since "(\w+)" was changed$`, w.aMomentHasPassed)
	on(`^a target where users show their groups$`, w.usersShowTheirGroups)
	on(`^a target where the second client is of another tenant$`, w.theSecondClientIsOfAnotherTenant)
}

// whenSteps are about what a client asks.
func (w *World) whenSteps(on judge.Vocabulary) {
	on(`^the next request has (?:the|no) header "([^"]+)"(?: with "([^"]*)")?$`, w.NextHeader)
	on(`^the client creates the (user|group) "(\w+)"$`, w.theClientCreates)
	on(`^the client creates the (user|group) "(\w+)" (with|from)$`, w.theClientCreatesWith)
	on(`^the client (reads|deletes) "(\w+)"( by its id in other letters)?$`, w.theClientReads)
	on(`^the client (replaces|changes|patches) "(\w+)"(?: by a PUT)? with$`, w.theClientWrites)
	on(`^the second client creates and deletes (a user like|a group with the member) "(\w+)"$`, w.theSecondClientCreatesAndDeletes)
	on(`^the client(?: with (.+?))? sends ([A-Z]+) (/\S*)(?: with (.+) as its body)?$`, w.theClientSends)
	on(`^the client sends ([A-Z]+) (/\S*) with$`, w.theClientSendsWith)
	on(`^the client sends ([A-Z]+) (/\S*) with the query$`, w.theClientSendsQuery)
	on(`^the client(?: with (.+))? sends each of$`, w.theClientSendsEachOf)
	on(`^the client takes the tour$`, w.theClientMakesTheSurvey)
	on(`^the client looks for users by (.+)$`, w.theClientLooksForUsersBy)
	on(`^the client searches below (/\w*) with$`, w.theClientSearchesBelow)
}

// The last answer, and the answers to several requests.
func (w *World) answerSteps(on judge.Vocabulary) {
	on(`^the answer is (\d{3}\b.*|empty|a success|a refusal|no server error|a SCIM error|a list, or .+)$`, w.theAnswerIs)
	on(`^the answer(, if it has a body,)? has$`, w.theAnswerHas)
	on(`^its "([^"]+)"(?:, if (there is any|it has a body),)? (is|equals|contains|does not contain|has) (.+)$`, w.its)
	on(`^the (answer|headers of the answer) (tells? where|shows? all of|shows?|lists?|agrees? with) "(\w+)"(?: is| as it is read now)?$`, w.theAnswerAgrees)
	on(`^the answer carries (the tag|no other tag than the one) that a read of "(\w+)" shows$`, w.theAnswerCarriesTheTag)
	on(`^each (.+)$`, w.each)
}

// What is true, by name; and what has to be true only if something else is.
func (w *World) truthSteps(on judge.Vocabulary) {
	on(`^in (every answer of the tour|the answer|"\w+" as it is now), (.+)$`, w.theLawHolds)
	on(`^the answer is a refusal, or (.+)$`, w.isRefusedOr)
	on(`^if "(\w+)" was created, (.+)$`, w.ifCreated)
}

// Resources as they are read again.
func (w *World) resourceSteps(on judge.Vocabulary) {
	on(`^"(\w+)" (?:now )?has(, unless the answer is a refusal)?$`, w.nowHas)
	on(`^"(\w+)" (?:now )?has no "([^"]+)"$`, w.nowHasNo)
	on(`^"(\w+)" does not have$`, w.doesNotHave)
	on(`^the "([^"]+)" of "(\w+)" is an? (string|boolean|array|object) or absent$`, w.isAOrAbsent)
	on(`^"(\w+)" is as before(?: except for "([^"]*)")?$`, w.isAsBefore)
	on(`^"(\w+)" (still exists|is gone|is found nowhere by (?:a filter|a search|listing))$`, w.stillExists)
	on(`^the (tag|modification time) of "(\w+)" is (new|not older|as before)$`, w.theTimeOrTagIs)
	on(`^only "([^"]*)" is primary among the "(\w+)" of "(\w+)"$`, w.onlyIsPrimary)
	on(`^every reference of "(\w+)" leads to what it names$`, w.everyReferenceLeads)
	on(`^the members of "(\w+)"( that still exist)? are "([^"]*)"$`, w.theMembersAre)
}

// What was found, and what is shown of it.
func (w *World) foundSteps(on judge.Vocabulary) {
	on(`^(?:it|every resource in it) (shows nothing but|shows|does not show) "([^"]*)"(, or the request is refused)?$`, w.itShows)
}

// holds makes a sentence of each claim: "it holds that …".
func (w *World) holds(on judge.Vocabulary) {
	for _, table := range []map[string]claim{changeClaims} {
		for words, holds := range table {
			on("^it holds that "+regexp.QuoteMeta(words)+"$", func(ctx context.Context) error { return holds(w, ctx) })
		}
	}
}

// claim is something that has to hold of what was written or shown.
type claim func(w *World, ctx context.Context) error
