package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/cucumber/godog"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
	"github.com/simulate-duo/simulate-duo/steps/client"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// ClientOptions say what to judge a client by.
type ClientOptions struct {
	Name    string    // of the client, for the report
	Only    []string  // ids of the only requirements to judge; default all
	Drafts  []Profile // profiles of drafts whose demands on clients are judged as well
	Started time.Time
	Partial string // why the visit ended early; "" if it did not
	Version string // of this program
}

// JudgeClient plays the features about clients over a recording, and returns the verdicts.
// It sends nothing, and the same recording gets the same verdicts. Its error says that the
// features cannot be played.
func JudgeClient(ctx context.Context, rec *client.Recording, o ClientOptions) (*report.Report, error) {
	all, err := features.Load(features.ClientFS)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(q features.Requirement) bool { return !o.asksFor(q) })
	j := &clientJudge{rec: rec, requirements: map[string]features.Requirement{}}
	chosen := slices.DeleteFunc(slices.Clone(all), func(q features.Requirement) bool {
		return len(o.Only) > 0 && !slices.Contains(o.Only, q.ID)
	})
	for _, q := range chosen {
		j.requirements[q.ID] = q
	}
	if len(chosen) == 0 {
		return nil, errors.New("no requirement on clients is chosen; see simulate-duo requirements")
	}
	suite := godog.TestSuite{
		ScenarioInitializer: j.initialize,
		Options: &godog.Options{
			Format: "progress", Output: io.Discard, NoColors: true, Strict: true, Concurrency: 1,
			FS: rulesOf(features.ClientFS, all, chosen), Paths: paths(chosen), DefaultContext: ctx,
		},
	}
	if code := suite.Run(); code > 1 { // 1 is that of examples that failed
		return nil, fmt.Errorf("godog could not run the features and exits with %d: see what it wrote to standard error", code)
	}
	return j.report(all, o), nil
}

// asksFor says whether the requirement is one of the standard's, or of a draft that is asked
// for. Drafts contradict the standard, and are judged by nobody who does not ask.
func (o ClientOptions) asksFor(q features.Requirement) bool {
	i := slices.IndexFunc(q.Tags, func(tag string) bool { return strings.HasPrefix(tag, draftTag) })
	return i < 0 || slices.Contains(o.Only, q.ID) || slices.ContainsFunc(o.Drafts, func(p Profile) bool {
		name, _, _ := strings.Cut(p.Name(), "-") // the levels of IPSIE share what they say of clients
		return q.Tags[i] == draftTag+name+p.Version()
	})
}

// draftTag begins the tag of what a draft demands of clients, such as "draft.interop01".
const draftTag = "draft."

// report joins the verdicts with what is known about the visit.
func (j *clientJudge) report(all []features.Requirement, o ClientOptions) *report.Report {
	if o.Partial != "" {
		j.collector.Stop(o.Partial)
	}
	if j.rec.Bulk() {
		j.collector.Note("The client sends bulk requests: what their operations do is judged by what the target then shows, not by their form.")
	}
	for _, t := range j.rec.Tasks {
		if t.State == client.Undone {
			j.collector.Note(fmt.Sprintf("The client was asked to %s, and %s.", t.Title, t.Reason))
		}
	}
	r := j.collector.Report(all)
	r.Tool = report.Tool{Name: "simulate-duo", Version: o.Version}
	r.Target = report.Target{Name: o.Name, URL: j.rec.Base, Client: true}
	r.Started, r.Summary.Requests = o.Started, len(j.rec.Exchanges)
	if n := len(j.rec.Exchanges); n > 0 {
		r.DurationMS = max(0, j.rec.Exchanges[n-1].Ended.Sub(o.Started).Milliseconds())
	}
	return r
}

// clientJudge is what the examples of one recording share.
type clientJudge struct {
	rec          *client.Recording
	requirements map[string]features.Requirement // that are judged, by id
	collector    report.Collector
}

func (j *clientJudge) initialize(sc *godog.ScenarioContext) {
	w := client.New(j.rec, secureaccess.ResourceTypes())
	v := &vocabulary{}
	w.Register(v.take)
	var failure error
	given := false
	sc.Before(func(ctx context.Context, g *godog.Scenario) (context.Context, error) {
		v.tell(sc, g) // godog looks for the step's sentence after its hooks
		return ctx, nil
	})
	sc.StepContext().After(func(ctx context.Context, step *godog.Step, _ godog.StepResultStatus, err error) (context.Context, error) {
		if err != nil && failure == nil {
			failure, given = err, step.Type == "Context"
		}
		return ctx, nil
	})
	sc.After(func(ctx context.Context, g *godog.Scenario, err error) (context.Context, error) {
		if failure == nil {
			failure = err
		}
		j.end(w, g, failure, given)
		return ctx, nil
	})
}

// end gives the verdict.
func (j *clientJudge) end(w *client.World, g *godog.Scenario, failure error, given bool) {
	tags := make([]string, len(g.Tags))
	for i, t := range g.Tags {
		tags[i] = t.Name
	}
	id, _ := features.IDIn(tags)
	e := report.Example{Name: g.Name, Requests: w.Requests(), Exchanges: w.Evidence()}
	if w.Decided() {
		e.Decided = len(e.Exchanges)
	}
	mismatch, wrong := judge.IsMismatch(failure)
	switch {
	case isTold(&e, failure, nil, w.Assertions()):
		if e.Verdict == report.Untested {
			e.Exchanges, e.Decided, e.LeftOut = nil, 0, w.LeftOut()
		}
	case !wrong:
		e.Verdict, e.Message = report.Broken, failure.Error()
	case given:
		e.Verdict, e.Message = report.Blocked, mismatch.Error()
	default: // the collector makes a warning of it where the level is not strict
		e.Verdict, e.Message, e.Want, e.Got = report.Failed, mismatch.What, mismatch.Want, mismatch.Got
	}
	j.collector.Add(id, e)
}
