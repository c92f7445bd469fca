package steps

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/cucumber/godog"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// attempt is one scenario under one profile on its way to a verdict.
type attempt struct {
	world       *world
	requirement features.Requirement
	example     string
	alternative *duo.Alternative // nil under the default profile
	started     time.Time
	failure     error // of the first step that failed
	given       bool  // that step was a Given
}

type attemptKey struct{}

func attemptOf(ctx context.Context) *attempt {
	a, _ := ctx.Value(attemptKey{}).(*attempt)
	return a
}

// noteStep keeps the first step that failed and its kind: godog tells the
// After hook of a scenario neither.
func noteStep(ctx context.Context, step *godog.Step, _ godog.StepResultStatus, err error) (context.Context, error) {
	if a := attemptOf(ctx); a != nil && err != nil && a.failure == nil {
		a.failure, a.given = err, step.Type == "Context"
	}
	return ctx, nil
}

// judge turns what happened into a verdict:
// only a Mismatch is the target's fault, and only outside a Given.
func (a *attempt) judge() report.Example {
	e := report.Example{
		Name: a.example, Profile: a.profileName(),
		DurationMS: a.world.run.options.Now().Sub(a.started).Milliseconds(),
		Requests:   len(a.world.exchanges()) - len(a.world.borrowed), Exchanges: a.world.exchanges(),
	}
	mismatch, wrong := isMismatch(a.failure)
	var nothing *untested
	var lacks *unsupported
	switch {
	case a.failure == nil && a.world.assertions == 0:
		e.Verdict, e.Message = report.Broken, "the example ended without an assertion"
	case a.failure == nil:
		e.Verdict = report.Passed
	case errors.As(a.failure, &nothing):
		e.Verdict, e.Message = report.Untested, nothing.reason
	case errors.As(a.failure, &lacks):
		e.Verdict, e.Message = report.Unsupported, lacks.reason
	case !wrong:
		e.Verdict, e.Message = report.Broken, a.failure.Error()
	case a.given:
		e.Verdict, e.Message = report.Blocked, mismatch.Error()
	default:
		e.Verdict = a.severity()
		e.Message, e.Want, e.Got = mismatch.What, mismatch.Want, mismatch.Got
	}
	return e
}

// discreet takes the secrets out of what a finding says: a target may give back
// the token where a check looks, and the recorders see only the exchanges.
func (w *world) discreet(e report.Example) report.Example {
	for _, text := range []*string{&e.Message, &e.Want, &e.Got} {
		*text = w.duoWire.Hide(w.judgeWire.Hide(*text))
	}
	return e
}

// severity of a Mismatch. Nobody outside knows which alternative Duo uses, so
// a target that fails one of them is warned, whatever the level.
func (a *attempt) severity() report.Verdict {
	if a.alternative != nil || !a.requirement.Strict() {
		return report.Warned
	}
	return report.Failed
}

func (a *attempt) profileName() string {
	if a.alternative == nil {
		return ""
	}
	return string(a.alternative.Field) + "=" + string(a.alternative.Choice)
}

// targetFault turns an error of the network into a Mismatch where the target
// is to blame: it answered, but not to the end.
func targetFault(what string, err error) error {
	var t *wire.TransportError
	var refused *safety.Refusal
	ours := errors.As(err, &refused) || errors.Is(err, safety.ErrMaxRequests)
	if !ours && errors.As(err, &t) && (t.Kind == wire.Dropped || t.Kind == wire.Malformed) {
		return &Mismatch{What: what, Want: "a complete answer", Got: t.Error()}
	}
	return fmt.Errorf("%s: %w", what, err)
}
