package engine

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// run is what the scenarios of one call of Run share.
type run struct {
	options      Options
	all          []features.Requirement          // in the order of the files
	chosen       []features.Requirement          // those to run
	requirements map[string]features.Requirement // by id
	tagged       map[string]bool                 // the tags of what fits Options.Tags; nil for all
	collector    report.Collector
	judge        judge.Run     // what the judge's sessions share
	guard        *safety.Guard // of a real target; nil for the embedded one

	requests atomic.Int64
	keeps    sync.Once   // tells that the target deletes nothing
	full     atomic.Bool // the run makes nothing more there, and has told so

	enough atomic.Bool // see Options.Enough

	counter   *counter        // of the requests to a real target; nil for the embedded one
	brake     *safety.Brake   // against wrong tokens at a real target; nil for the embedded one
	pace      *safety.Pace    // that a real target asks for; nil for the embedded one
	held      held            // examples that wait for a look that proves them
	deletions deletions       // that the clean-up of a real target was refused
	leftOut   atomic.Int64    // examples of a quick run
	only      map[string]bool // the only examples of a quick run, by key; nil for all
	stop      context.CancelCauseFunc
	wellness  *safety.Wellness // of a real target; nil for the embedded one
	liveness  *liveness        // of a real target; nil for the embedded one
	surplus   map[string]bool  // those of them that are too many
	cost      map[string]int   // of them, in requests

	mu        sync.Mutex
	log       []duo.Entry
	left      []string
	unable    error                     // why godog could not run, if it could not
	done      int                       // examples
	total     int                       // as far as is known
	consulted map[string][]duo.Field    // fields that decided something, by example
	phases    map[string]map[phase]bool // of the examples of each requirement, as far as they were met
	shapes    []string                  // of what Duo has sent to the target, see shapesOf
	worse     map[string]bool           // examples that an alternative has failed
	doubts    map[string]report.Example // verdicts that a request without an answer has spoilt, by example; see settle
	health    *health                   // of a real target during abuse; nil before
}

// Run plays the features against the target and returns the verdicts. Its error
// says why there are none: the features or settings are unusable, or the target
// cannot be judged at all (*safety.PreflightError). A run that ends early, by ctx,
// by MaxRequests or because the target is gone, still returns its report, with Partial saying why.
func Run(ctx context.Context, options Options) (*report.Report, error) {
	ctx, end := context.WithTimeoutCause(ctx, safety.MaxRun, errTooLong)
	defer end()
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	r, err := newRun(ctx, stop, options)
	if err != nil {
		return nil, err
	}
	started := r.options.Now()
	r.fit(ctx)
	r.play(ctx)
	r.judge.Close()
	if r.guard != nil {
		r.guard.Progress = r.cleaning
	}
	for _, left := range r.guard.Cleanup(context.WithoutCancel(ctx)) {
		r.left = append(r.left, left.String())
	}
	r.judgeDeletions()
	if err := r.guard.Close(); err != nil {
		r.warn(err.Error())
	}
	if r.unable != nil {
		return nil, r.unable
	}
	if why := r.partial(ctx); why != "" {
		r.collector.Stop(why)
	}
	r.noteLimits()
	result := r.collector.Report(r.all)
	result.Quick = r.options.Quick
	result.Tool = report.Tool{Name: "simulate-duo", Version: options.Version}
	Describe(result, options)
	result.Started, result.DurationMS = started, r.options.Now().Sub(started).Milliseconds()
	result.Summary.Requests = r.sent()
	result.ActivityLog = logRows(r.log)
	result.LeftBehind = r.left
	return result, nil
}

// errTooLong ends a run before a sweep elsewhere may take it for dead.
var errTooLong = fmt.Errorf("the run took longer than %s", safety.MaxRun)

func newRun(ctx context.Context, stop context.CancelCauseFunc, options Options) (*run, error) {
	if err := options.complete(); err != nil {
		return nil, err
	}
	requirements, err := features.Load(options.Features)
	if err != nil {
		return nil, err
	}
	r := &run{
		options: options, all: requirements,
		requirements: make(map[string]features.Requirement, len(requirements)),
		consulted:    map[string][]duo.Field{}, worse: map[string]bool{}, phases: map[string]map[phase]bool{},
	}
	for _, q := range requirements {
		r.requirements[q.ID] = q
	}
	if err := r.choose(); err != nil {
		return nil, err
	}
	if options.Quick {
		r.beQuick(ctx)
	}
	return r, r.prepareTarget(ctx, stop)
}

func (a *attempt) key() string { return key(a.requirement.ID, a.example) }

// key names an example within a run.
func key(id, example string) string { return id + " " + example }

// hasSay tells whether the alternative would change a byte of the example: not
// if the fields that it touches decided nothing under the default profile.
func (r *run) hasSay(alternative duo.Alternative, key string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return alternative.Concerns(r.consulted[key])
}

func (r *run) note(a *attempt, example report.Example) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if p := a.scenario.guide.Duo; p != nil && a.alternative == nil {
		r.consulted[a.key()] = p.Consulted()
	}
	if a.scenario.guide.DuoWire != nil {
		r.shapes = append(r.shapes, shapesOf(a.scenario.guide.DuoWire.Exchanges())...)
	}
	if a.alternative != nil && example.Verdict != report.Passed {
		r.worse[a.key()] = true
	}
	if r.options.Enough != nil && r.options.Enough(example) {
		r.enough.Store(true)
	}
	if r.options.OnScenario != nil {
		r.options.OnScenario(Scenario{a.requirement, example, a.scenario.guide.DuoWire.Exchanges(), a.scenario.guide.Entries()})
	}
}

func (r *run) warn(text string) {
	if r.options.OnWarning != nil {
		r.options.OnWarning(text)
	}
}

func (r *run) exchanged(e *wire.Exchange) {
	r.requests.Add(1)
	if r.options.OnExchange != nil {
		r.options.OnExchange(e)
	}
}

// keepsAll warns, once and at once, of a target that deletes nothing.
func (r *run) keepsAll(how string) {
	r.keeps.Do(func() {
		r.warn(fmt.Sprintf("%s: the target seems to delete nothing, so that what this run creates stays there%s", how, r.limitOfLeft()))
	})
}

// limitOfLeft says how much may stay at the target.
func (r *run) limitOfLeft() string {
	if r.options.MaxLeft < 0 {
		return "; Ctrl-C ends it, and --quick creates less"
	}
	return fmt.Sprintf(", %d users and groups at most; --max-left NUMBER allows more, 0 any number", r.options.MaxLeft)
}

// onEntry shows and keeps the story's log.
func (r *run) onEntry(e duo.Entry) {
	r.mu.Lock()
	r.log = append(r.log, e)
	r.mu.Unlock()
	if r.options.OnEntry != nil {
		r.options.OnEntry(e)
	}
}

func (r *run) partial(ctx context.Context) string {
	switch why := context.Cause(ctx); {
	case r.guard.Exhausted():
		return fmt.Sprintf("the limit of %d requests was reached", r.options.MaxRequests)
	case errors.Is(why, errGone), errors.Is(why, errNoToken), errors.Is(why, errUnwell), errors.Is(why, errTooLong):
		return why.Error()
	case ctx.Err() != nil:
		return "the run was interrupted"
	}
	return ""
}
