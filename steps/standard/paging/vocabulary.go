package paging

import (
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// Register tells the sentences of this package with the steps that carry them out.
func (w *World) Register(on judge.Vocabulary) {
	w.requestSteps(on)
	w.answerSteps(on)
	w.pageSteps(on)
	w.cursorSteps(on)
	w.orderSteps(on)
}

// requestSteps are about what there is, and what the client asks.
func (w *World) requestSteps(on judge.Vocabulary) {
	on(`^the second client may not see "(\w+)"$`, w.theSecondClientMayNotSee)
	on(`^/ServiceProviderConfig has "pagination"$`, w.theTargetAnnouncesPaging)
	on(`^the announced "cursorTimeout" has passed$`, w.theTimeOfTheCursorIsOver)
	on(`^the client pages through (/\S*) with$`, w.theClientPagesThrough)
	on(`^the client asks again for pages at the beginning, in the middle and at the end of that list$`, w.theClientAsksAgain)
	on(`^the client sends the first "nextCursor" of that list with another "(\w+)", (.+)$`, w.theClientSendsTheCursorWithAnother)
}

// answerSteps are about one answer.
func (w *World) answerSteps(on judge.Vocabulary) {
	on(`^the answer is the same as to ([A-Z]+) (/\S*) with$`, w.theAnswerIsTheSameAsTo)
	on(`^the answer is 200 if "sort\.supported" is true in /ServiceProviderConfig, and a list or a refusal otherwise$`, w.fitsTheDeclarationOfSorting)
	on(`^the answer shows no "id" and no "userName" of the users of the example$`, w.itShowsNoneOfTheExample)
	on(`^the answer is the same as to the second client's request with the cursor "([^"]+)"$`, w.theRefusalIsTheSame)
	on(`^the answer is a refusal, or the same as without "([^"]+)", or the same as without "([^"]+)"$`, w.thePageFollowsOneMethod)
	on(`^the answer is a refusal, the rest of that list, or the beginning of the changed one$`, w.isTheRestOrTheChangedList)
	on(`^it has a "nextCursor" if "pagination\.cursor" is true in /ServiceProviderConfig, and none otherwise$`, w.cursorsWorkIfAnnounced)
	on(`^if it has a "nextCursor", the page behind it shows other resources$`, w.aNextCursorLeadsOn)
	on(`^if it has a "nextCursor", at most (\d+) pages follow, all of them empty$`, w.thePagesThatFollowAreEmpty)
	on(`^each answer is paged by the same method, that of "pagination\.defaultPaginationMethod" if it is announced$`, w.pagedAsAnnounced)
}

// pageSteps are about the pages of a list, or of the last answer alone.
func (w *World) pageSteps(on judge.Vocabulary) {
	on(`^its "totalResults" is (\d+)( or absent)?, and it shows (at most )?(\d+) resources?$`, w.itCountsAndShows)
	on(`^every (user|group|resource) of the example is listed once$`, w.everyOneIsListedOnce)
	on(`^each (user|group) of the example is listed as a read shows it$`, w.eachIsListedAsRead)
	on(`^each resource listed has "([^"]+)" (true|false)$`, w.eachListedHas)
	on(`^no page(?: of it)? is larger than (asked for|\d+|the announced "\w+")$`, w.noPageIsLarger)
	on(`^each page has the right "totalResults", "itemsPerPage" and "startIndex"$`, w.eachPageHasItsNumbers)
	on(`^nothing follows the last page$`, w.nothingFollowsTheLastPage)
	on(`^each of these pages shows what the list has there$`, w.eachPageShowsItsPart)
}

// cursorSteps are about the cursors of a list.
func (w *World) cursorSteps(on judge.Vocabulary) {
	on(`^each "nextCursor" and "previousCursor" consists of letters, digits, "-", "\.", "_" and "~"$`, w.everyCursorIsUnreserved)
	on(`^each "previousCursor" leads back to the page before$`, w.everyPreviousCursorLeadsBack)
	on(`^the first page has no "previousCursor", not even when the client comes back to it$`, w.theFirstPageHasNoPrevious)
}

// orderSteps are about the order of a list.
func (w *World) orderSteps(on judge.Vocabulary) {
	on(`^they are sorted by "([^"]+)", (ascending|descending)$`, w.theyAreSortedBy)
	on(`^those without "([^"]+)" come (first|last)$`, w.thoseWithoutCome)
	on(`^they come in the order "([^"]*)"(?: or "([^"]*)")?$`, w.theyComeInTheOrder)
}
