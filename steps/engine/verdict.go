package engine

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/cucumber/godog"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// attempt is one scenario under one profile on its way to a verdict.
type attempt struct {
	scenario    *scenario
	pass        *pass
	requirement features.Requirement
	example     string
	alternative *duo.Alternative // nil under the default profile
	now         func() time.Time
	started     time.Time
	marks       []stepMark      // where its steps began
	failure     error           // of the first step that failed
	waits       *report.Waiting // what it has found, if another requirement tells it
	next        []report.Told   // who else may tell it; see toldByGuide
	given       bool            // that step was a Given
	decided     *wire.Exchange  // what the last step looked at, or the one that failed
	dropped     bool            // the connection was cut, although the example was played again
	full        bool            // one more creation was not sent; see safety.ErrStays
	closed      bool
}

// close removes what the scenario has made at a real target.
func (a *attempt) close(ctx context.Context) {
	if !a.closed {
		a.closed = true
		a.scenario.Close(ctx, errors.Is(context.Cause(ctx), errGone))
	}
}

type attemptKey struct{}

func attemptOf(ctx context.Context) *attempt {
	a, _ := ctx.Value(attemptKey{}).(*attempt)
	return a
}

// noteStep has the attempt note how a step went: godog tells the After hook of a scenario
// neither the failure's step nor its kind.
func noteStep(ctx context.Context, step *godog.Step, _ godog.StepResultStatus, err error) (context.Context, error) {
	if a := attemptOf(ctx); a != nil {
		a.note(step, err)
	}
	return ctx, nil
}

// note keeps the first failure, whether it was in a Given, and the exchange that decided.
func (a *attempt) note(step *godog.Step, err error) {
	if a.failure != nil {
		return
	}
	a.failure, a.given = err, err != nil && step.Type == "Context"
	a.decided = a.scenario.guide.Decided(err)
}

// judge turns what happened into a verdict: only a Mismatch is the target's fault, and
// only outside a Given. An answer that was lost once says nothing about the target.
func (a *attempt) judge() report.Example {
	e := report.Example{
		Name: a.example, Profile: a.profileName(),
		DurationMS: a.now().Sub(a.started).Milliseconds(),
		Requests:   len(a.scenario.guide.Exchanges()) - len(a.scenario.Borrowed), Exchanges: a.scenario.guide.Exchanges(),
	}
	e.Decided = slices.Index(e.Exchanges, a.decided) + 1
	mismatch, wrong := judge.IsMismatch(a.failure)
	switch {
	case isTold(&e, a.failure, a.waits, a.scenario.Assertions):
	case a.alternative != nil && isDropped(a.failure):
		e.Verdict, e.Message = report.Untested, "a request got no answer, which says nothing about the alternative: "+a.failure.Error()
	case !wrong, judge.IsLost(a.failure):
		e.Verdict, e.Message = report.Broken, a.failure.Error()
	case !a.scenario.Run.Target.IsEmbedded() && isLimited(e.Exchanges):
		return a.limited(e)
	case a.given:
		e.Verdict, e.Message = report.Blocked, mismatch.Error()
	default:
		e.Verdict = a.severity(mismatch)
		e.Message, e.Want, e.Got = mismatch.What, mismatch.Want, mismatch.Got
	}
	return e
}

// isTold gives the verdict of an example that has held, or whose failure says itself that the
// target is not to blame.
func isTold(e *report.Example, failure error, waits *report.Waiting, assertions int) bool {
	var nothing *judge.Untested
	var lacks *judge.Unsupported
	var blocked *judge.Blocked
	held := failure == nil || errors.Is(failure, judge.ErrEnded)
	switch {
	case held && assertions == 0:
		e.Verdict, e.Message = report.Broken, "the example ended without an assertion"
	case held:
		e.Verdict = report.Passed
	case errors.As(failure, &nothing):
		e.Verdict, e.Message = report.Untested, nothing.Reason
	case errors.As(failure, &lacks):
		e.Verdict, e.Message = report.Unsupported, lacks.Reason
	case errors.As(failure, &blocked):
		e.Verdict, e.Message, e.Waits = report.Blocked, blocked.Reason, waits
	default:
		return false
	}
	return true
}

// withEvidence keeps of an example that has passed the one exchange that decided, unless
// the user wants all: nobody looks at the others.
func (r *run) withEvidence(e report.Example) report.Example {
	if n := len(e.Exchanges); e.Verdict == report.Passed && !r.options.EvidenceAll && n > 1 {
		e.Exchanges, e.Decided = []*wire.Exchange{report.Deciding(e)}, 0
	}
	if e.Verdict == report.Passed && !r.options.EvidenceAll {
		e.Exchanges = words.Each(e.Exchanges, brief)
	}
	return e
}

// briefBody is how many bytes of an answer are kept of an example that has passed.
const briefBody = 4 << 10

// brief is the exchange with no more of its answer than that.
func brief(x *wire.Exchange) *wire.Exchange {
	if len(x.ResponseBody) <= briefBody {
		return x
	}
	cut := *x
	cut.ResponseBody, cut.Truncated = bytes.Clone(x.ResponseBody[:briefBody]), true
	return &cut
}

// severity of a Mismatch. Nobody outside knows which alternative Duo uses, so
// a target that fails one of them is warned, whatever the level.
func (a *attempt) severity(m *judge.Mismatch) report.Verdict {
	if a.alternative != nil || m.Open || !a.requirement.Strict() {
		return report.Warned
	}
	return report.Failed
}

func (a *attempt) profileName() string { return profileName(a.alternative) }

// profileName is the alternative's name in a report; "" for the default profile.
func profileName(alternative *duo.Alternative) string {
	if alternative == nil {
		return ""
	}
	return string(alternative.Field) + "=" + string(alternative.Choice)
}
