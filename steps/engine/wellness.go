package engine

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// errUnwell ends a run whose target shows its users no more for what it has stored: each
// further user could be one more that nobody can remove.
var errUnwell = errors.New("the target shows its users no more since a request that it answered with an error of its own, so that the run ends here")

// unwellWant is what is wanted of a target that an example has made unwell.
const unwellWant = "an endpoint that shows its users as before"

// newWellness is the transport that finds out after which example the target is not well.
func newWellness(gate *writeGate) *safety.Wellness {
	return &safety.Wellness{Next: gate, Who: func(ctx context.Context) any {
		if a := attemptOf(ctx); a != nil {
			return a
		}
		return beforeExamples{}
	}}
}

// beforeExamples is whose request it is if it belongs to no example: that of a user who shows
// what the target demands.
type beforeExamples struct{}

// tendBefore removes what the session has made before the first example, if the target is not
// well after it. If that does not help, the run ends before it has begun.
func (r *run) tendBefore(ctx context.Context, s *judge.Session) {
	if r.wellness == nil || !r.wellness.IsGuilty(beforeExamples{}) {
		return
	}
	s.CleanUp(ctx)
	if _, well := r.wellness.Acquit(ctx, beforeExamples{}); !well {
		r.stop(errUnwell)
	}
}

// tend removes what an example has made after which the target is not well. If that does
// not help, the run ends.
func (r *run) tend(ctx context.Context, a *attempt, e *report.Example) {
	if r.wellness == nil || !r.wellness.IsGuilty(a) {
		return
	}
	a.scenario.CleanUp(ctx)
	since := ""
	switch last, well := r.wellness.Acquit(ctx, a); {
	case last && well:
		since = ", until what it had created was removed"
	case last:
		since = ", and it stays so when what it had created is removed"
		r.stop(errUnwell)
	}
	i := brokenBy(e.Exchanges)
	if i < 0 {
		e.Verdict, e.Message, e.Want, e.Got = report.Blocked, "the target shows its users no more after a request that several checks share"+since, "", ""
		return
	}
	e.Verdict = report.Failed
	if a.alternative != nil {
		e.Verdict = report.Warned
	}
	e.Message = fmt.Sprintf("the target shows its users no more after this: %s was answered %d%s", report.RequestOf(e.Exchanges[i]), e.Exchanges[i].Status, since)
	e.Want, e.Got, e.Decided = unwellWant, "GET /Users is answered with an error", i+1
}

// listedHome is the requirement that tells that a collection cannot be listed.
const listedHome = "RFC7644-3.4.2-01"

// blind is what becomes of an example of which a creation was not sent, because the target answers
// the list with an error of its own: one requirement tells that, and the others wait for it.
func (r *run) blind(ctx context.Context, a *attempt) error {
	if a.requirement.ID != listedHome {
		why := safety.ErrBlind.Error()
		if r.judges(listedHome) {
			why += "; see " + listedHome
		}
		return &judge.Blocked{Reason: why}
	}
	collection := "Users"
	if asked, ok := errors.AsType[*wire.TransportError](a.failure); ok {
		collection = path.Base(asked.URL)
	}
	list := judge.Reading(collection)
	answer, err := a.scenario.Send(ctx, a.scenario.Client(), list)
	if err != nil || answer.Status < 400 { // it was a bad moment
		return &judge.Blocked{Reason: safety.ErrBlind.Error()}
	}
	a.decided, a.given = a.scenario.guide.Decided(nil), false
	return &judge.Mismatch{What: "the answer to " + judge.RequestText(list), Want: "200", Got: judge.StatusOf(answer)}
}

// heldBack is why a creation of the example was not sent; nil if all were. Later looks may be
// held back, too: that is no reason.
func (r *run) heldBack(a *attempt) error {
	if r.wellness == nil {
		return nil
	}
	why := r.wellness.TakeHeldBack(a)
	if errors.Is(a.failure, safety.ErrStays) { // of something that several examples share
		return safety.ErrStays
	}
	return why
}

// withhold blocks an example of which a creation was held back, and which says nothing of the
// target for that.
func (r *run) withhold(e *report.Example, why error) {
	e.Verdict, e.Message, e.Want, e.Got = report.Blocked, why.Error(), "", ""
	if !errors.Is(why, safety.ErrStays) {
		return
	}
	if r.judges(deletion) {
		e.Message += "; see " + deletion
	}
	if !r.full.Swap(true) {
		r.warn(fmt.Sprintf("the target deletes nothing, and %d users and groups of this run are there: what needs more of them is blocked", r.guard.Remaining()))
	}
}

// brokenBy is the place of the first change that was answered with an error of the server, or -1.
func brokenBy(exchanges []*wire.Exchange) int {
	return slices.IndexFunc(exchanges, func(x *wire.Exchange) bool { return x.Status >= 500 && !wire.ReadOnly(x.Method, x.URL) })
}

// isDisturbed says whether an example has failed while the target was not well for another one.
func (r *run) isDisturbed(a *attempt) bool {
	return errors.Is(a.failure, safety.ErrUnwell) || r.wellness != nil && r.wellness.IsUnwell()
}
