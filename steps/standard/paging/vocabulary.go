package paging

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
	w.foundSteps(on)
	w.holds(on)
}

// givenSteps are about what there is before the client asks.
func (w *World) givenSteps(on judge.Vocabulary) {
	on(`^the second client may not see "(\w+)"$`, w.theSecondClientMayNotSee)
	on(`^a target that announces how it pages$`, w.theTargetAnnouncesPaging)
	on(`^a target where the time of the cursor is over$`, w.theTimeOfTheCursorIsOver)
}

// whenSteps are about what a client asks.
func (w *World) whenSteps(on judge.Vocabulary) {
	on(`^the client goes through (/\S*) with$`, w.theClientGoesThrough)
}

// The last answer, and the answers to several requests.
func (w *World) answerSteps(on judge.Vocabulary) {
	on(`^the answer is the same as to ([A-Z]+) (/\S*) with$`, w.theAnswerIsTheSameAsTo)
}

// What was found, and what is shown of it.
func (w *World) foundSteps(on judge.Vocabulary) {
	on(`^it counts (\d+) results?( if it counts)?,? and shows (at most )?(\d+)$`, w.itCountsAndShows)
	on(`^every (user|group|resource) of the example is listed once$`, w.everyOneIsListedOnce)
	on(`^no page(?: of it)? is larger than (asked for|\d+|the announced "\w+")$`, w.noPageIsLarger)
	on(`^they are sorted by "([^"]+)", (ascending|descending)$`, w.theyAreSortedBy)
	on(`^those without "([^"]+)" come (first|last)$`, w.thoseWithoutCome)
	on(`^they come in the order "([^"]*)"(?: or "([^"]*)")?$`, w.theyComeInTheOrder)
	on(`^its cursor with another "(\w+)" of (.+) is refused, or goes on as it began$`, w.itsCursorWithAnother)
}

// holds makes a sentence of each claim: "it holds that …".
func (w *World) holds(on judge.Vocabulary) {
	for _, table := range []map[string]claim{pageClaims, cursorClaims} {
		for words, holds := range table {
			on("^it holds that "+regexp.QuoteMeta(words)+"$", func(ctx context.Context) error { return holds(w, ctx) })
		}
	}
}

// claim is something that has to hold of what was written or shown.
type claim func(w *World, ctx context.Context) error
