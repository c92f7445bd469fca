package engine

import (
	"context"
	"sync"

	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// mostHeld is how many examples wait until what they have believed is read. More would make
// every list of the target longer.
const mostHeld = 16

// held are the examples that have passed if what they have believed is so; see
// judge.Session.Holds. What they have made waits with them.
type held struct {
	mu  sync.Mutex
	all []heldExample
}

type heldExample struct {
	*attempt

	result report.Example
}

// take returns what waits, if it is as many as that or more.
func (h *held) take(least int) []heldExample {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.all) < least {
		return nil
	}
	all := h.all
	h.all = nil
	return all
}

func (h *held) add(x heldExample) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.all = append(h.all, x)
}

// mayHold says whether an example of this pass may believe answers: where changes show late,
// a list may still show what was before.
func (r *run) mayHold(p *pass) bool {
	standard := p.phase == readPhase || p.phase == writePhase || p.phase == refusalPhase
	return standard && !p.again && p.alternative == nil && !r.options.Target.IsEmbedded() && r.judge.Fit.Settle == 0
}

// proveHeld reads what at least so many examples have believed, and ends these. Those that
// were wrong, or that nothing confirms, are played again.
func (r *run) proveHeld(ctx context.Context, least int) {
	all := r.held.take(least)
	if len(all) == 0 {
		return
	}
	sessions := make([]*judge.Session, len(all))
	for i, x := range all {
		sessions[i] = x.scenario.Session
	}
	r.judge.Prove(ctx, sessions)
	for _, x := range all {
		if x.scenario.Unsure() {
			r.doubt(x.attempt, x.result)
			x.result.Verdict = report.Untested
		} else {
			r.collect(x.attempt, x.result)
		}
		x.leave(ctx, x.result)
	}
}
