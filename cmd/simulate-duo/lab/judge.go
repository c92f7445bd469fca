package lab

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
	"github.com/simulate-duo/simulate-duo/steps"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/format/html"
)

// Judging says how a conformance run is done.
type Judging struct {
	Quick bool     // one example of each binding requirement, in few requests
	Sweep bool     // also every alternative of what is open about Duo; not with Quick
	Abuse bool     // also what may break a fragile server; not with Quick
	Only  []string // ids of the only requirements; none for the default ones

	RPS         float64 // requests per second to a target; 0 for no limit
	MaxRequests int     // to a target; 0 for no limit
}

// judgement is a conformance run, under way or over. Its fields are never changed: a new
// one takes its place.
type judgement struct {
	Judging

	Started, Ended time.Time // Ended is zero while it runs
	Progress       steps.Progress
	Stopping       bool // it was cancelled, and cleans up
	outcome

	cancel context.CancelFunc
}

// outcome is what came of a run.
type outcome struct {
	Problem    string
	Ending     report.Ending // zero with a problem
	Summary    report.Summary
	page, data []byte // the report, for people and for programs
}

// judgements is the place of the one conformance run at a time.
type judgements struct {
	mu   sync.Mutex
	last *judgement // nil before the first
	told time.Time  // when its progress was published last
}

var (
	errJudging    = errors.New("a run is under way already: wait for its end, or cancel it")
	errNotJudging = errors.New("no run is under way")
)

// toldEvery keeps a run of thousands of examples from flooding the stream of events.
const toldEvery = 250 * time.Millisecond

// Judge begins a conformance run in the background. Against a target it makes users and
// groups with the mark of the run and removes them at the end; else it judges a Secure
// Access of its own that has the faults which are on. The error says why none begins.
func (l *Lab) Judge(how Judging) error {
	options, err := l.judgeOptions(how)
	if err != nil {
		return err
	}
	if how.RPS < 0 || how.MaxRequests < 0 {
		return errors.New("neither the requests per second nor the number of requests can be negative")
	}
	l.judge.mu.Lock()
	defer l.judge.mu.Unlock()
	if l.judge.last != nil && l.judge.last.Ended.IsZero() {
		return errJudging
	}
	if l.ctx.Err() != nil {
		return errClosed
	}
	ctx, cancel := context.WithCancel(l.ctx)
	l.judge.last = &judgement{Judging: how, Started: time.Now(), cancel: cancel}
	l.running.Go(func() {
		defer cancel()
		end := l.judged(steps.Run(ctx, options))
		l.setJudgement(true, func(j *judgement) {
			j.Ended, j.Stopping, j.outcome = time.Now(), false, end
		})
	})
	return nil
}

// CancelJudge ends the run early. It removes what it made, and has a report of what was
// judged until then.
func (l *Lab) CancelJudge() error {
	err := errNotJudging
	l.setJudgement(true, func(j *judgement) {
		if j.Ended.IsZero() {
			j.Stopping, err = true, nil
			j.cancel()
		}
	})
	return err
}

// judgement is the last run, the zero one before the first.
func (l *Lab) judgement() judgement {
	l.judge.mu.Lock()
	defer l.judge.mu.Unlock()
	if l.judge.last == nil {
		return judgement{}
	}
	return *l.judge.last
}

// setJudgement changes the run and tells pages of it, unless that was done a moment ago
// and is not urgent.
func (l *Lab) setJudgement(urgent bool, set func(j *judgement)) {
	l.judge.mu.Lock()
	defer l.judge.mu.Unlock()
	if l.judge.last == nil {
		return
	}
	next := *l.judge.last
	set(&next)
	l.judge.last = &next
	if now := time.Now(); urgent || now.Sub(l.judge.told) >= toldEvery {
		l.judge.told = now
		l.events.publish(eventJudge, map[string]any{"done": next.Progress.Done, "total": next.Progress.Total, "ended": !next.Ended.IsZero()})
	}
}

// judgeOptions are what the run is told. Its requests do not go through the lab's
// recorder: the wire view is about Duo.
func (l *Lab) judgeOptions(how Judging) (steps.Options, error) {
	o := steps.Options{
		Target: steps.Embedded(), Only: how.Only, DuoProfile: l.Profile(), Quick: how.Quick, NoSweep: how.Quick || !how.Sweep,
		Abuse: how.Abuse && !how.Quick, NoAbuse: !how.Abuse, Timeout: l.opt.Timeout, Version: l.opt.Version,
		RPS: how.RPS, MaxRequests: how.MaxRequests,
		OnProgress: func(p steps.Progress) { l.setJudgement(false, func(j *judgement) { j.Progress = p }) },
	}
	if len(how.Only) > 0 {
		o.Profiles = features.Profiles()
	}
	if l.side.server != nil {
		on := l.FaultsOn()
		o.Embedded = func(s *secureaccess.Server) http.Handler {
			var handler http.Handler = s
			for _, f := range on {
				handler = f.Wrap(handler)
			}
			return handler
		}
		return o, nil
	}
	o.Target = steps.Target{Name: "target", URL: l.side.url, Token: l.tokenOfTarget(), Credentials: l.opt.Credentials}
	if o.Target.Token == "" {
		return o, errors.New("there is no token for the target: enter it in the Provisioning tab of the application, or give it on the command line")
	}
	return o, nil
}

// tokenOfTarget is the one of the application, if that provisions into the target, or
// that of the command line.
func (l *Lab) tokenOfTarget() string {
	if a := l.application(); a != nil && a.link.BaseURL == l.side.url && a.link.token != "" {
		return a.link.token
	}
	return l.opt.Token
}

// judged is what came of the run, with its report.
func (l *Lab) judged(result *report.Report, err error) outcome {
	var page, data bytes.Buffer
	if err == nil {
		err = errors.Join(html.Write(&page, result), report.WriteJSON(&data, result))
	}
	if err != nil {
		return outcome{Problem: l.wire.hide(err.Error())}
	}
	return outcome{
		Ending: report.NewEnding(result, report.Findings(result), "in the report"), Summary: result.Summary,
		page: page.Bytes(), data: data.Bytes(),
	}
}
