package steps

import "github.com/cucumber/godog"

// The sentences of the standard and of its other clients. What a sentence leaves
// open at its end is a name from a table: answerKinds, valueEndings, checks, claims,
// lawsByName, premises, bodies and forms.

// givenSteps are about what there is before the client asks.
func (w *world) givenSteps(sc *godog.ScenarioContext) {
	w.on(sc, `^the population$`, w.thePopulation)
	w.on(sc, `^a (user|group) "(\w+)"$`, w.aResource)
	w.on(sc, `^a (stored )?(user|group) "(\w+)" with$`, w.aResourceWith)
	w.on(sc, `^a group "(\w+)" with the members "([^"]*)"$`, w.aGroupWithTheMembers)
	w.on(sc, `^(\d+) users( to page through)?$`, w.manyUsers)

	w.on(sc, `^a target (?:that|where) (.+)$`, w.aTargetWhere)
	w.on(sc, `^the target knows "([^"]+)" of (users|groups)( with the standard's defaults)?$`, w.theTargetKnows)
	w.on(sc, `^the target declares "([^"]+)" of (users|groups) as (\w+)$`, w.theTargetDeclares)
	w.on(sc, `^the target keeps "([^"]+)" of "(\w+)"$`, w.theTargetKeeps)
	w.on(sc, `^the target can do without "([^"]+)"$`, w.theTargetCanDoWithout)

	w.on(sc, `^"([^"]+)" of (the answer|"\w+") is remembered as "(\w+)"$`, w.isRememberedAs)
	w.on(sc, `^a moment has passed since "(\w+)" was changed$`, w.aMomentHasPassed)
	w.on(sc, `^the second client may not see "(\w+)"$`, w.theSecondClientMayNotSee)
}

// whenSteps are about what a client asks.
func (w *world) whenSteps(sc *godog.ScenarioContext) {
	w.on(sc, `^the next request has (?:the|no) header "([^"]+)"(?: with "([^"]*)")?$`, w.theNextRequestHas)

	w.on(sc, `^the client creates the (user|group) "(\w+)"$`, w.theClientCreates)
	w.on(sc, `^the client creates the (user|group) "(\w+)" (with|from)$`, w.theClientCreatesWith)
	w.on(sc, `^the client (reads|deletes) "(\w+)"( by its id in other letters)?$`, w.theClientReads)
	w.on(sc, `^the client (replaces|changes|patches) "(\w+)"(?: by a PUT)? with$`, w.theClientWrites)
	w.on(sc, `^the client writes every (\w+) attribute to "(\w+)" by a (POST|PUT|PATCH)$`, w.writeEvery)
	w.on(sc, `^the client (creates a group "\w+" with|adds to "\w+"|replaces the members of "\w+" by|removes from "\w+") (\d+|half) of (?:them|the members)$`, w.manyMembers)
	w.on(sc, `^the second client creates and deletes (a user like|a group with the member) "(\w+)"$`, w.theSecondClientCreatesAndDeletes)

	w.on(sc, `^the client(?: with (.+?))? sends ([A-Z]+) (/\S*)(?: with (.+) as its body)?$`, w.theClientSends)
	w.on(sc, `^the client sends ([A-Z]+) (/\S*) with$`, w.theClientSendsWith)
	w.on(sc, `^the client sends ([A-Z]+) (/\S*) with the query$`, w.theClientSendsQuery)
	w.on(sc, `^the client(?: with (.+))? sends each of$`, w.theClientSendsEachOf)
	w.on(sc, `^the client takes the tour$`, w.theClientTakesTheTour)

	w.on(sc, `^the client (looks|searches) for (users|groups|resources) where (.+?)(?:, with "([^"]*)")?$`, w.theClientLooksFor)
	w.on(sc, `^the client looks for users by (.+)$`, w.theClientLooksForUsersBy)
	w.on(sc, `^the client searches below (/\w*) with$`, w.theClientSearchesBelow)
	w.on(sc, `^the client goes through (/\S*) with$`, w.theClientGoesThrough)

	w.on(sc, `^the client sends in bulk(?:, failing on (\d+) errors?)?$`, w.theClientSendsInBulk)
	w.on(sc, `^the client sends a bulk request (of \d+ users|(?:beyond|within) (?:maxOperations|maxPayloadSize))$`, w.theClientSendsABulkRequest)

	w.on(sc, `^(\d+) clients (create|replace|patch|delete) (?:the (user|group) )?"(\w+)" at once(?:, each if it has the tag "([^"]*)")?$`, w.clientsActAtOnce)
	w.on(sc, `^the clients (add|remove) the users "([^"]*)" (?:to|from) "(\w+)" at once$`, w.clientsChangeMembersAtOnce)
	w.on(sc, `^the clients patch "(\w+)" at once, each with one of$`, w.clientsPatchAtOnce)
}

// thenSteps judge.
func (w *world) thenSteps(sc *godog.ScenarioContext) {
	w.answerSteps(sc)
	w.truthSteps(sc)
	w.resourceSteps(sc)
	w.foundSteps(sc)
	w.resultSteps(sc)
}

// The last answer, and the answers to several requests.
func (w *world) answerSteps(sc *godog.ScenarioContext) {
	w.on(sc, `^the answer is (\d{3}\b.*|empty|a success|a refusal|no server error|a SCIM error|a list, or .+)$`, w.theAnswerIs)
	w.on(sc, `^the answer(, if it has a body,)? has$`, w.theAnswerHas)
	w.on(sc, `^its "([^"]+)"(?:, if (there is any|it has a body),)? (is|equals|contains|does not contain|has) (.+)$`, w.its)
	w.on(sc, `^every "([^"]+)" of the answer is (.+)$`, w.everyIs)
	w.on(sc, `^the (answer|headers of the answer) (tells? where|shows? all of|shows?|lists?|agrees? with) "(\w+)"(?: is| as it is read now)?$`, w.theAnswerAgrees)
	w.on(sc, `^the answer carries (the tag|no other tag than the one) that a read of "(\w+)" shows$`, w.theAnswerCarriesTheTag)
	w.on(sc, `^the answer is the same as to ([A-Z]+) (/\S*) with$`, w.theAnswerIsTheSameAsTo)
	w.on(sc, `^the same request with "([^"]*)" answers the same$`, w.theSameRequestWith)
	w.on(sc, `^each (.+)$`, w.each)
}

// What is true, by name; and what has to be true only if something else is.
func (w *world) truthSteps(sc *godog.ScenarioContext) {
	w.on(sc, `^it holds that (.+)$`, w.itHoldsThat)
	w.on(sc, `^in (every answer of the tour|the answer|"\w+" as it is now), (.+)$`, w.theLawHolds)
	w.on(sc, `^(\w+|changing a password) (works as advertised|is advertised if it works)$`, w.worksAsAdvertised)
	w.on(sc, `^the answer is a refusal, or (.+)$`, w.isRefusedOr)
	w.on(sc, `^if "(\w+)" was created, (.+)$`, w.ifCreated)
}

// Resources as they are read again.
func (w *world) resourceSteps(sc *godog.ScenarioContext) {
	w.on(sc, `^"(\w+)" (?:now )?has(, unless the answer is a refusal)?$`, w.nowHas)
	w.on(sc, `^"(\w+)" (?:now )?has no "([^"]+)"$`, w.nowHasNo)
	w.on(sc, `^"(\w+)" does not have$`, w.doesNotHave)
	w.on(sc, `^the "([^"]+)" of "(\w+)" is an? (string|boolean|array|object) or absent$`, w.isAOrAbsent)
	w.on(sc, `^"(\w+)" is as before(?: except for "([^"]*)")?$`, w.isAsBefore)
	w.on(sc, `^"(\w+)" (still exists|is gone|is found nowhere by (?:a filter|a search|listing))$`, w.stillExists)
	w.on(sc, `^(exactly one|no) (user|group) is called "([^"]*)"$`, w.isCalled)
	w.on(sc, `^the (tag|modification time) of "(\w+)" is (new|not older|as before)$`, w.theTimeOrTagIs)
	w.on(sc, `^only "([^"]*)" is primary among the "(\w+)" of "(\w+)"$`, w.onlyIsPrimary)
	w.on(sc, `^every reference of "(\w+)" leads to what it names$`, w.everyReferenceLeads)
	w.on(sc, `^the members of "(\w+)"( that still exist)? are "([^"]*)"$`, w.theMembersAre)
	w.on(sc, `^"(\w+)" has exactly the members that it was given$`, w.hasExactlyTheMembers)
	w.on(sc, `^the target does as the model in (\d+) random (PATCH|PUT) requests to a (user|group), seed (\d+)$`, w.theTargetDoesAsTheModel)
}

// What was found, and what is shown of it.
func (w *world) foundSteps(sc *godog.ScenarioContext) {
	w.on(sc, `^(?:exactly "([^"]*)" (?:is|are)|nothing is) found(?:, or (the filter is refused|the request is refused|the answer is \d+(?: or \d+)*))?$`, w.areFound)
	w.on(sc, `^(\d+) random filters on (users|groups), made from the seed (\d+), find exactly whom they describe$`, w.randomFilters)
	w.on(sc, `^(?:it|every resource in it) (shows nothing but|shows|does not show) "([^"]*)"(, or the request is refused)?$`, w.itShows)
	w.on(sc, `^it counts (\d+) results?( if it counts)?,? and shows (at most )?(\d+)$`, w.itCountsAndShows)
	w.on(sc, `^every (user|group|resource) of the example is listed once$`, w.everyOneIsListedOnce)
	w.on(sc, `^no page(?: of it)? is larger than (asked for|\d+|the announced "\w+")$`, w.noPageIsLarger)
	w.on(sc, `^they are sorted by "([^"]+)", (ascending|descending)$`, w.theyAreSortedBy)
	w.on(sc, `^those without "([^"]+)" come (first|last)$`, w.thoseWithoutCome)
	w.on(sc, `^they come in the order "([^"]*)"(?: or "([^"]*)")?$`, w.theyComeInTheOrder)
	w.on(sc, `^its cursor with another "(\w+)" of (.+) is refused, or goes on as it began$`, w.itsCursorWithAnother)
}

// The results of bulk requests and of what was done at once.
func (w *world) resultSteps(sc *godog.ScenarioContext) {
	w.on(sc, `^operation (\d+) (is answered \d+(?: or \d+)*|is refused|was not tried)$`, w.operationEnded)
	w.on(sc, `^operation (\d+) created the (user|group) "(\w+)"(, unless it is answered 409)?$`, w.operationCreatedUnless)
	w.on(sc, `^the operations (\d+) to (\d+) were created together or refused together$`, w.createdOrRefusedTogether)
	w.on(sc, `^the (location|version) in the result of operation (\d+) is that of "(\w+)"(, or absent)?$`, w.theResultNames)
	w.on(sc, `^exactly one of them succeeds, and the others are answered (\d+(?: or \d+)*)$`, w.exactlyOneSucceeds)
	w.on(sc, `^"(\w+)" is as (?:the one|one of those) that succeeded made it$`, w.isAsOneMadeIt)
}
