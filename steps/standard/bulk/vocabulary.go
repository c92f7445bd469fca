package bulk

import (
	"context"
	"regexp"

	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// Register tells the sentences of this package with the steps that carry them out.
func (w *World) Register(on judge.Vocabulary) {
	w.whenSteps(on)
	w.resultSteps(on)
	w.holds(on)
}

// whenSteps are about what a client asks.
func (w *World) whenSteps(on judge.Vocabulary) {
	on(`^the client sends in bulk(?:, failing on (\d+) errors?)?$`, w.theClientSendsInBulk)
	on(`^the client sends a bulk request (of \d+ users|(?:beyond|within) (?:maxOperations|maxPayloadSize))$`, w.theClientSendsABulkRequest)
}

// The results of bulk requests and of what was done at once.
func (w *World) resultSteps(on judge.Vocabulary) {
	on(`^operation (\d+) (is answered \d+(?: or \d+)*|is refused|was not tried)$`, w.operationEnded)
	on(`^operation (\d+) created the (user|group) "(\w+)"(, unless it is answered 409)?$`, w.operationCreatedUnless)
	on(`^the operations (\d+) to (\d+) were created together or refused together$`, w.createdOrRefusedTogether)
	on(`^the (location|version) in the result of operation (\d+) is that of "(\w+)"(, or absent)?$`, w.theResultNames)
}

// holds makes a sentence of each claim: "it holds that …".
func (w *World) holds(on judge.Vocabulary) {
	for _, table := range []map[string]claim{bulkClaims} {
		for words, holds := range table {
			on("^it holds that "+regexp.QuoteMeta(words)+"$", func(ctx context.Context) error { return holds(w, ctx) })
		}
	}
}

// claim is something that has to hold of what was written or shown.
type claim func(w *World, ctx context.Context) error
