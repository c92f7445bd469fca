package model

import (
	"context"
	"fmt"

	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// Register tells the sentences of this package with the steps that carry them out.
func (w *World) Register(on judge.Vocabulary) {
	on(`^the client looks for (users|groups) by (\d+) random filters of the seed (\d+)$`, w.theClientLooksByRandomFilters)
	on(`^each filter finds exactly the (users|groups) that it describes$`, w.eachFilterFinds)
	on(`^the client sends (\d+) random (PATCH|PUT) requests to a (user|group), of the seed (\d+)$`, w.theClientSendsRandomRequests)
	on(`^after each request the (user|group) is as RFC 7644 section ([\d.]+) defines it$`, w.isAsTheStandardDefines)
}

// keep holds back what is wrong with the target for the sentence that judges it.
func (w *World) keep(err error) error {
	w.wrong, w.compared = nil, true
	if _, wrong := judge.IsMismatch(err); wrong {
		w.wrong = err
		return nil
	}
	return err
}

// kept is what the last comparison found wrong, made as small as it can be.
func (w *World) kept() error {
	if !w.compared {
		return fmt.Errorf("nothing was compared with the model")
	}
	return w.wrong
}

func (w *World) theClientLooksByRandomFilters(ctx context.Context, kind string, n, seed int) error {
	return w.keep(w.randomFilters(ctx, n, kind, seed))
}

func (w *World) theClientSendsRandomRequests(ctx context.Context, n int, method, kind string, seed int) error {
	return w.keep(w.followTheModel(ctx, n, method, kind, uint64(seed))) //nolint:gosec // never negative: the sentence says digits
}

func (w *World) eachFilterFinds(string) error { return w.kept() }

func (w *World) isAsTheStandardDefines(string, string) error { return w.kept() }
