package engine

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// An example that does not pass is played once more, with names of its own and on new
// connections, if a request got no answer, an error of the server, or 429, as of a busy server now and then, or if
// it has believed or borrowed something to save requests. What comes of it then counts. No
// single request is repeated that changes something: whether it has happened cannot be told.

// doubtful says whether an example is to be played again, and keeps it for that.
func (r *run) doubtful(ctx context.Context, a *attempt, e report.Example) bool {
	if a.alternative != nil || a.pass.again || a.full || r.partial(ctx) != "" || r.health != nil && r.health.unwell != "" {
		return false
	}
	taken := a.scenario.Spared() && e.Verdict != report.Unsupported && e.Verdict != report.Untested
	disturbed := r.isDisturbed(a) && e.Want != unwellWant
	if a.scenario.Unsure() {
		r.doubt(a, e)
		return true
	}
	if e.Verdict == report.Passed || !taken && !disturbed && !r.wentWrong(e) && !isDropped(a.failure) {
		return false
	}
	r.doubt(a, e)
	return true
}

// doubt keeps an example that is to be played again.
func (r *run) doubt(a *attempt, e report.Example) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.doubts == nil {
		r.doubts = map[string]report.Example{}
	}
	r.doubts[a.key()] = e
}

// wentWrong says whether a request of the example got no answer, or one to come again later, or
// an error of the server, which may have come of what else it was asked meanwhile: "database is
// locked". That is told of the answers of the whole run.
func (r *run) wentWrong(e report.Example) bool {
	return slices.ContainsFunc(e.Exchanges, gotNoAnswer) || !r.options.Target.IsEmbedded() && (isLimited(e.Exchanges) || slices.ContainsFunc(e.Exchanges, isServerError))
}

func isServerError(x *wire.Exchange) bool { return x.Status >= 500 && x.Status != 501 }

func gotNoAnswer(x *wire.Exchange) bool { return x.Err != "" }

func isDropped(err error) bool {
	var t *wire.TransportError
	return judge.IsLost(err) && errors.As(err, &t) && (t.Kind == wire.Dropped || t.Kind == wire.Timeout || t.Kind == wire.Malformed)
}

// rounds is how often an example is played again whose connection is cut each time. A
// server that resets one connection in sixty does so twice in an example now and then.
const rounds = 2

// settle plays the doubtful examples again. Of one that cannot be played any more, the
// first verdict counts.
func (r *run) settle(ctx context.Context) {
	r.mu.Lock()
	doubts := r.doubts
	r.doubts = nil
	r.mu.Unlock()
	if len(doubts) == 0 {
		return
	}
	for round := range rounds {
		r.tryAgain(ctx, doubts, round+1 == rounds)
	}
	for k, e := range doubts {
		id, _, _ := strings.Cut(k, " ")
		if ctx.Err() != nil || r.enough.Load() {
			e.Verdict, e.Message, e.Want, e.Got = report.Untested, "the run ended before this was tried again: a request got no answer, something was taken for granted, or the target was not well", "", ""
		}
		r.collector.Add(id, e)
	}
}

// tryAgain plays the doubtful examples, and leaves those in doubt that are cut once more. What
// went wrong beside others is tried alone.
func (r *run) tryAgain(ctx context.Context, doubts map[string]report.Example, last bool) {
	examples, workers := map[string]bool{}, r.options.Workers
	for k, e := range doubts {
		examples[k] = true
		if e.Verdict == report.Broken || r.wentWrong(e) {
			workers = 1
		}
	}
	if workers == 1 {
		ctx = wire.OnNewConnection(ctx)
	}
	var mu sync.Mutex
	r.again(ctx, examples, workers, func(e report.Example, a *attempt) {
		mu.Lock()
		defer mu.Unlock()
		switch {
		case a.dropped && !last:
			doubts[a.key()] = e
			return
		case a.dropped && unanswered(e) != unanswered(doubts[a.key()]):
			e.Verdict, e.Message, e.Want, e.Got = report.Untested, "connections were cut, each time at another request, which says nothing about any of them", "", ""
		}
		delete(doubts, a.key())
		r.collector.Add(a.requirement.ID, e)
		r.note(a, e)
	})
}

// unanswered is the shape of the last request that got no answer; "" if all got one.
func unanswered(e report.Example) string {
	for _, x := range slices.Backward(e.Exchanges) {
		if gotNoAnswer(x) {
			return shapeOf(x)
		}
	}
	return ""
}

// confirmed is the failure of an attempt, with what the target fails on if a request got
// no answer again.
func confirmed(ctx context.Context, a *attempt) error {
	if !a.pass.again || !isDropped(a.failure) {
		return a.failure
	}
	var lost *wire.TransportError
	a.dropped = errors.As(a.failure, &lost) && lost.Kind == wire.Dropped
	what := "a request"
	if m, wrong := judge.IsMismatch(a.failure); wrong {
		what = m.What
	}
	if found := a.scenario.Confirm(ctx, what, a.failure); found != nil {
		return found
	}
	return a.failure
}

// unfinished says why an example that did not pass says nothing: the run was cut short
// while it was going on.
func (r *run) unfinished(ctx context.Context, a *attempt) string {
	exchanges := a.scenario.guide.Exchanges()
	interrupted := isGivenUp(ctx, a.failure, exchanges)
	overLimit := errors.Is(a.failure, safety.ErrMaxRequests) ||
		slices.ContainsFunc(exchanges, func(x *wire.Exchange) bool { return strings.Contains(x.Err, safety.ErrMaxRequests.Error()) })
	if interrupted || overLimit { // Duo tells of what was not sent in words of its own
		return r.partial(ctx)
	}
	return ""
}

// isGivenUp says whether the run had ended before the example could. Only what the target
// no longer answers counts all the same, as it may have died of that; not what was given up
// because another request has found it dead.
func isGivenUp(ctx context.Context, failure error, exchanges []*wire.Exchange) bool {
	why := context.Cause(ctx)
	if !errors.Is(why, errSilent) && !errors.Is(why, errAway) {
		return ctx.Err() != nil
	}
	first := slices.IndexFunc(exchanges, gotNoAnswer) // Duo tells of it in words of its own
	return errors.Is(failure, context.Canceled) || first >= 0 && strings.Contains(exchanges[first].Err, context.Canceled.Error())
}
