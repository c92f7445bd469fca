package steps

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/cucumber/godog"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	duofaults "github.com/simulate-duo/simulate-duo/simulators/duo/faults"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// Options say what to run, against what, and how carefully.
type Options struct {
	Target   Target
	Features fs.FS     // default features.FS
	Guide    Settings  // whom the features name, and the settings that they start from
	Own      *Settings // who plays them where the target is judged; default Guide
	Profiles []Profile // whose requirements; default features.DefaultProfiles()
	Only     []string  // ids of the only requirements to run; default all
	Tags     string    // a tag expression; "" for all
	NoSweep  bool      // only the default profile
	Workers  int       // examples at a time; default DefaultWorkers

	Timeout     time.Duration // of one request; default 30 s
	RPS         float64       // requests per second to a real target; 0 for no limit
	MaxRequests int           // to a real target; 0 for no limit
	Large       bool          // whether a real target may be given hundreds of users; the embedded one is
	JournalDir  string        // default safety.DefaultJournalDir()

	Now        func() time.Time // default time.Now
	OnWarning  func(string)     // what is odd about the target, before anything runs
	OnEntry    func(duo.Entry)  // each row of the story's Activity Log as it happens
	OnProgress func(Progress)   // after each example
	OnExchange func(*wire.Exchange)
	OnScenario func(Scenario) // each example with its payloads and log, for snapshots
	Version    string

	Fit          Fit                             // what the target needs so that it takes the test data
	Wrap         func(http.Handler) http.Handler // put before the embedded target, to prove that its faults are noticed
	DuoFault     *duofaults.Fault                // what the simulated Duo does wrong, to prove that it is noticed
	SecureAccess secureaccess.Config             // of the embedded target
}

// DefaultWorkers is how many examples run at a time: enough to make up for a slow
// network, and no load that a server would notice.
const DefaultWorkers = 8

// Settings are what an administrator has in Duo: people, groups, and the
// Provisioning tab of the application.
type Settings struct {
	Directory   *directory.Directory
	Application *duo.Application
}

// Progress says how far a run is.
type Progress struct {
	Feature string // the area of the example that just ended
	Done    int
	Profile string // "" for the default profile
}

// Scenario is an example that has ended, for whoever wants more than its verdict.
type Scenario struct {
	Requirement features.Requirement
	Example     report.Example
	Duo         []*wire.Exchange // what Duo sent
	Log         []duo.Entry
}

// run is what the scenarios of one call of Run share.
type run struct {
	options      Options
	all          []features.Requirement          // in the order of the files
	chosen       []features.Requirement          // those to run
	requirements map[string]features.Requirement // by id
	collector    report.Collector
	guard        *safety.Guard
	marker       safety.Marker
	transport    *stillness
	shared       shared

	marks    atomic.Int64
	requests atomic.Int64

	mu        sync.Mutex
	log       []duo.Entry
	left      []string
	done      int
	consulted map[string][]duo.Field // fields that decided something, by example
}

// Run plays the features against the target and returns the verdicts. Its error
// says why there are none: the features or settings are unusable, or the target
// cannot be judged at all (*safety.PreflightError). A run that ends early, by ctx,
// by MaxRequests or because the target is gone, still returns its report, with Partial saying why.
func Run(ctx context.Context, options Options) (*report.Report, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	r, err := newRun(ctx, stop, options)
	if err != nil {
		return nil, err
	}
	started := r.options.Now()
	r.play(ctx)
	r.closeShared()
	for _, left := range r.guard.Cleanup(context.WithoutCancel(ctx)) {
		r.left = append(r.left, left.String())
	}
	if err := r.guard.Close(); err != nil {
		r.warn(err.Error())
	}
	if why := r.partial(ctx); why != "" {
		r.collector.Stop(why)
	}
	result := r.collector.Report(r.all)
	result.Tool = report.Tool{Name: "simulate-duo", Version: options.Version}
	result.Target = report.Target{Name: options.Target.Name, URL: options.Target.URL, Embedded: options.Target.IsEmbedded()}
	result.Started, result.DurationMS = started, r.options.Now().Sub(started).Milliseconds()
	result.Summary.Requests = int(r.requests.Load())
	result.ActivityLog = logRows(r.log)
	result.LeftBehind = r.left
	return result, nil
}

func newRun(ctx context.Context, stop context.CancelCauseFunc, options Options) (*run, error) {
	if options.Features == nil {
		options.Features = features.FS
	}
	if len(options.Profiles) == 0 {
		options.Profiles = features.DefaultProfiles()
	}
	options.Fit.complete()
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Timeout <= 0 {
		options.Timeout = 30 * time.Second
	}
	if options.Workers <= 0 {
		options.Workers = DefaultWorkers
	}
	requirements, err := loadFeatures(options.Features)
	if err != nil {
		return nil, err
	}
	r := &run{
		options: options, all: requirements,
		requirements: make(map[string]features.Requirement, len(requirements)),
		consulted:    map[string][]duo.Field{},
	}
	for _, q := range requirements {
		r.requirements[q.ID] = q
	}
	if err := r.choose(); err != nil {
		return nil, err
	}
	return r, r.prepareTarget(ctx, stop)
}

// prepareTarget sets up the way to the target, and for a real one everything
// that keeps it as it was.
func (r *run) prepareTarget(ctx context.Context, stop context.CancelCauseFunc) error {
	base := &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		ForceAttemptHTTP2:   true,
		MaxIdleConnsPerHost: r.options.Workers * 2,
		TLSHandshakeTimeout: r.options.Timeout,
		// Many servers close a connection that is idle for five seconds, some after two.
		// Whoever sends just then is cut off, and that is not what they are judged by.
		IdleConnTimeout: time.Second,
	}
	r.transport = &stillness{next: base}
	if r.options.Target.IsEmbedded() {
		return nil
	}
	return r.prepareRealTarget(ctx, &pulse{next: base, gone: stop})
}

// initialize gives every scenario its hooks and a world with its steps.
func (r *run) initialize(sc *godog.ScenarioContext, p *pass) {
	w := &world{}
	sc.Before(func(ctx context.Context, s *godog.Scenario) (context.Context, error) {
		return r.begin(ctx, s, w, p)
	})
	sc.StepContext().After(noteStep)
	sc.After(func(ctx context.Context, _ *godog.Scenario, err error) (context.Context, error) {
		r.end(ctx, err)
		return ctx, nil
	})
	w.steps(sc)
}

// begin decides whether the scenario runs at all, and makes its world.
func (r *run) begin(ctx context.Context, s *godog.Scenario, w *world, p *pass) (context.Context, error) {
	tags := make([]string, len(s.Tags))
	for i, t := range s.Tags {
		tags[i] = t.Name
	}
	id, _ := features.IDIn(tags)
	a := &attempt{requirement: r.requirements[id], example: s.Name, alternative: p.alternative, started: r.options.Now()}
	if !p.takes(id, tags) || p.alternative != nil && !r.hasSay(*p.alternative, a.key()) {
		return ctx, godog.ErrSkip
	}
	if verdict, reason := r.excluded(ctx, a.requirement, tags); reason != "" {
		if p.alternative == nil {
			r.collector.Add(id, report.Example{Name: s.Name, Verdict: verdict, Message: reason})
		}
		return ctx, godog.ErrSkip
	}
	var profile duo.Profile
	if p.alternative != nil {
		profile = p.alternative.Profile
	}
	w.story, w.settings = p.story, r.options.Guide
	if own := r.options.Own; own != nil && !aboutTheSimulators(a.requirement) {
		w.settings, w.own = *own, true
	}
	if err := w.open(r, profile); err != nil {
		r.collector.Add(id, report.Example{Name: s.Name, Verdict: report.Broken, Message: err.Error()})
		return ctx, godog.ErrSkip
	}
	a.world = w
	return context.WithValue(ctx, attemptKey{}, a), nil
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
		a.failure = a.world.invalidRequests()
	}
	example := a.world.discreet(r.believe(ctx, a, a.judge()))
	r.collector.Add(a.requirement.ID, example)
	r.note(a, example)
	a.world.close(ctx)
	*a.world = world{} // godog holds on to it until the last scenario has ended
}

func (a *attempt) key() string { return a.requirement.ID + " " + a.example }

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
	r.done++
	if p := a.world.duo; p != nil && a.alternative == nil {
		r.consulted[a.key()] = p.Consulted()
	}
	if r.options.OnProgress != nil {
		r.options.OnProgress(Progress{a.requirement.Feature, r.done, example.Profile})
	}
	if r.options.OnScenario != nil {
		r.options.OnScenario(Scenario{a.requirement, example, a.world.duoWire.Exchanges(), a.world.entries()})
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
	switch {
	case r.guard.Exhausted():
		return fmt.Sprintf("the limit of %d requests was reached", r.options.MaxRequests)
	case errors.Is(context.Cause(ctx), errGone):
		return errGone.Error()
	case ctx.Err() != nil:
		return "the run was interrupted"
	}
	return ""
}
