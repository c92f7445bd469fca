package honesty

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
	w.holds(on)
}

// givenSteps are about what there is before the client asks.
func (w *World) givenSteps(on judge.Vocabulary) {
	on(`^the target knows "([^"]+)" of (users|groups)( with the standard's defaults)?$`, w.theTargetKnows)
	on(`^the target declares "([^"]+)" of (users|groups) as (\w+)$`, w.theTargetDeclares)
	on(`^a target that publishes its schemas$`, w.theSchemasOfTheTarget)
	on(`^a target that shows a user and a group in every kind of answer$`, w.aTargetThatShowsAll)
}

// whenSteps are about what a client asks.
func (w *World) whenSteps(on judge.Vocabulary) {
	on(`^the client writes every (\w+) attribute to "(\w+)" by a (POST|PUT|PATCH)$`, w.writeEvery)
}

// The last answer, and the answers to several requests.
func (w *World) answerSteps(on judge.Vocabulary) {
	on(`^every "([^"]+)" of the answer is (.+)$`, w.everyIs)
	on(`^the same request with "([^"]*)" answers the same$`, w.theSameRequestWith)
}

// What is true, by name; and what has to be true only if something else is.
func (w *World) truthSteps(on judge.Vocabulary) {
	on(`^(\w+|changing a password) (works as advertised|is advertised if it works)$`, w.worksAsAdvertised)
}

// holds makes a sentence of each claim: "it holds that …".
func (w *World) holds(on judge.Vocabulary) {
	for _, table := range []map[string]claim{writtenClaims, shownClaims, discoveryClaims, definitionClaims(), demandClaims} {
		for words, holds := range table {
			on("^it holds that "+regexp.QuoteMeta(words)+"$", func(ctx context.Context) error { return holds(w, ctx) })
		}
	}
}

// claim is something that has to hold of what was written or shown.
type claim func(w *World, ctx context.Context) error
