package engine

import (
	"context"
	"errors"

	"github.com/cucumber/godog"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps/draft"
	"github.com/simulate-duo/simulate-duo/steps/event"
	"github.com/simulate-duo/simulate-duo/steps/gate"
	"github.com/simulate-duo/simulate-duo/steps/guide"
	"github.com/simulate-duo/simulate-duo/steps/honesty"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/login"
	"github.com/simulate-duo/simulate-duo/steps/model"
	"github.com/simulate-duo/simulate-duo/steps/population"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/safety"
	"github.com/simulate-duo/simulate-duo/steps/standard"
	"github.com/simulate-duo/simulate-duo/steps/standard/bulk"
	"github.com/simulate-duo/simulate-duo/steps/standard/dialect"
	"github.com/simulate-duo/simulate-duo/steps/standard/paging"
	"github.com/simulate-duo/simulate-duo/steps/standard/race"
)

// scenario is everything that the steps of one scenario know, by subject. A new one
// is made for each scenario and each profile, so that nothing leaks from one to the next.
type scenario struct {
	*judge.Session
	guide *guide.World
	rest  []interface{ Register(on judge.Vocabulary) }
}

// newScenario has a session that begin opens.
func newScenario() *scenario {
	s := &judge.Session{}
	return &scenario{Session: s, guide: guide.New(s), rest: []interface{ Register(on judge.Vocabulary) }{
		standard.New(s), paging.New(s), bulk.New(s), dialect.New(s), race.New(s), honesty.New(s), login.New(s), population.New(s), model.New(s), draft.New(s), gate.New(s), event.New(s),
	}}
}

// register tells the sentences of all packages.
func (s *scenario) register(on judge.Vocabulary) {
	s.guide.Register(on)
	for _, of := range s.rest {
		of.Register(on)
	}
}

// discreet takes the secrets out of what a finding says: a target may give back
// the token where a check looks, and the recorders see only the exchanges.
func (s *scenario) discreet(e report.Example) report.Example {
	for _, text := range []*string{&e.Message, &e.Want, &e.Got} {
		*text = s.guide.DuoWire.Hide(s.Wire.Hide(*text))
	}
	return e
}

// initialize gives every scenario its hooks and, if the pass plays it, its steps.
func (r *run) initialize(sc *godog.ScenarioContext, p *pass) {
	sc.Before(func(ctx context.Context, g *godog.Scenario) (context.Context, error) {
		a, tags := r.attemptAt(g, p)
		if a == nil {
			return ctx, godog.ErrSkip
		}
		v := &vocabulary{}
		a.scenario.register(v.take)
		v.tell(sc, g) // godog looks for the step's sentence after its hooks
		return r.begin(ctx, a, g, tags)
	})
	sc.StepContext().Before(markStep)
	sc.StepContext().After(noteStep)
	sc.After(func(ctx context.Context, _ *godog.Scenario, err error) (context.Context, error) {
		r.end(ctx, err)
		return ctx, nil
	})
}

// attemptAt is the attempt at a scenario with its tags; nil if the pass does not play it.
func (r *run) attemptAt(g *godog.Scenario, p *pass) (*attempt, []string) {
	tags := make([]string, len(g.Tags))
	for i, t := range g.Tags {
		tags[i] = t.Name
	}
	id, _ := features.IDIn(tags)
	r.notePhase(id, phaseOf(id, tags, g))
	if r.enough.Load() || !p.takes(id, tags, g) || p.alternative != nil && !r.hasSay(*p.alternative, key(id, g.Name)) {
		return nil, nil
	}
	return &attempt{
		scenario: newScenario(), pass: p, requirement: r.requirements[id], example: g.Name,
		alternative: p.alternative, now: r.options.Now, started: r.options.Now(),
	}, tags
}

// begin decides whether the target can show what the scenario is about, and prepares it.
func (r *run) begin(ctx context.Context, a *attempt, g *godog.Scenario, tags []string) (context.Context, error) {
	s, p, id := a.scenario, a.pass, a.requirement.ID
	if verdict, reason := r.excluded(ctx, a.requirement, a.example, tags); reason != "" {
		if p.alternative == nil && !p.again {
			r.collector.Add(id, report.Example{Name: g.Name, Verdict: verdict, Message: reason})
			r.progressed(a.requirement.Feature, "")
		}
		return ctx, godog.ErrSkip
	}
	if r.health != nil && r.health.unwell != "" {
		r.collector.Add(id, report.Example{Name: g.Name, Verdict: report.Untested, Message: "not tried: " + r.health.unwell})
		return ctx, godog.ErrSkip
	}
	if err := s.guide.Begin(&r.judge, r.startOf(a, p)); err != nil {
		r.collector.Add(id, report.Example{Name: g.Name, Verdict: report.Broken, Message: err.Error()})
		return ctx, godog.ErrSkip
	}
	s.Requires, s.Shares, s.Thorough = required(tags), !p.again && shares(a.requirement, tags, g), p.again
	s.Holds, s.Later = r.mayHold(p), laterThanGiven(g)
	s.Recycles = s.Holds && recycles(a.requirement, tags, g)
	s.Enter(sceneOf(a.requirement, tags, g))
	return context.WithValue(ctx, attemptKey{}, a), nil
}

// startOf is what a scenario starts from.
func (r *run) startOf(a *attempt, p *pass) guide.Options {
	o := r.guideOptions()
	o.SecureAccess.Interop = o.SecureAccess.Interop || byDraft(a.requirement.ID)
	switch {
	case p.alternative != nil:
		o.Profile = p.alternative.Profile
	case !judgesDuo(a.requirement.ID):
		o.Profile = r.options.DuoProfile
	}
	if p.phase == storyPhase && !p.again {
		o.OnEntry = r.onEntry
	}
	if !aboutTheSimulators(a.requirement) {
		o.Own = r.options.Own
	}
	return o
}

// end gives the verdict and tidies up.
func (r *run) end(ctx context.Context, err error) {
	a := attemptOf(ctx)
	if a == nil {
		return
	}
	if a.failure == nil {
		a.failure = err
	}
	if a.failure == nil {
		a.failure = a.scenario.guide.InvalidRequests()
	}
	a.failure = confirmed(ctx, a)
	withheld := r.heldBack(a)
	if errors.Is(a.failure, safety.ErrBlind) {
		a.failure, withheld = r.blind(ctx, a), nil
	}
	if a.full = errors.Is(withheld, safety.ErrStays); !a.full {
		a.failure = r.excused(ctx, a)
	}
	example := r.believe(ctx, a, a.judge())
	if why := r.unfinished(ctx, a); why != "" && example.Verdict != report.Passed {
		example.Verdict, example.Message, example.Want, example.Got = report.Untested, "not finished: "+why, "", ""
	}
	if r.health != nil {
		r.health.after(ctx, a, &example)
	}
	if withheld != nil && example.Verdict != report.Passed {
		r.withhold(&example, withheld)
	}
	r.tend(ctx, a, &example)
	example = a.scenario.discreet(example)
	r.trace(a, example)
	switch {
	case r.doubtful(ctx, a, example): // told when it was played again
	case a.pass.again:
		a.pass.ended(example, a)
	case example.Verdict == report.Passed && a.scenario.HoldsLooks():
		r.held.add(heldExample{a, example})
		r.proveHeld(ctx, mostHeld)
		return
	default:
		r.collect(a, example)
	}
	a.leave(ctx, example)
}

// collect takes the verdict of an example.
func (r *run) collect(a *attempt, example report.Example) {
	r.collector.Add(a.requirement.ID, r.withEvidence(example))
	r.note(a, example)
	r.progressed(a.requirement.Feature, example.Profile)
}

// leave ends an attempt: what it has at the target goes to other examples, or is removed.
func (a *attempt) leave(ctx context.Context, example report.Example) {
	if example.Verdict == report.Passed && !a.scenario.Unsure() {
		a.scenario.Leave(ctx)
		if a.scenario.Holds {
			a.scenario.HandOver()
		}
	}
	a.close(ctx)
	// godog holds on to the steps until the last scenario has ended.
	*a.scenario.Session, *a.scenario.guide = judge.Session{}, guide.World{}
}
