package lab

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/simulate-duo/simulate-duo/steps/report"
)

// judgeRoutes are about the conformance run.
var judgeRoutes = []route{
	{"GET", "/api/judge", []string{"wait"}, runNow},
	{"POST", "/api/judge", nil, beginRun},
	{"DELETE", "/api/judge", nil, func(l *Lab, _ *http.Request) (any, error) {
		if err := l.CancelJudge(); err != nil && !errors.Is(err, errNotJudging) {
			return nil, err
		}
		return l.runJSON(), nil
	}},
	{"GET", "/api/judge/report", nil, func(l *Lab, _ *http.Request) (any, error) {
		j := l.judgement()
		if j.data == nil {
			return nil, notFound("there is no report yet: POST /api/judge begins a run")
		}
		return json.RawMessage(j.data), nil
	}},
}

// judgingJSON says how a conformance run is done, as the page's form does.
type judgingJSON struct {
	Quick       bool     `json:"quick"`
	Sweep       bool     `json:"sweep"`
	Abuse       bool     `json:"abuse"`
	Only        []string `json:"only"`
	RPS         float64  `json:"rps"`
	MaxRequests int      `json:"max_requests"`
}

// runJSON is the conformance run, under way or over.
type runJSON struct {
	State   string          `json:"state"` // none, running, stopping or ended
	Started time.Time       `json:"started,omitzero"`
	Ended   time.Time       `json:"ended,omitzero"`
	Done    int             `json:"done"`              // examples; in clean-up, what was removed
	Total   int             `json:"total"`             // of them, as far as is known
	Problem string          `json:"problem,omitempty"` // why it came to no verdict
	Verdict report.Verdict  `json:"verdict,omitempty"` // of the run as a whole
	Text    string          `json:"text,omitempty"`    // the result in sentences
	Summary *report.Summary `json:"summary,omitempty"`
}

func (l *Lab) runJSON() runJSON {
	j := l.judgement()
	run := runJSON{
		State: "ended", Started: j.Started, Ended: j.Ended, Done: j.Progress.Done, Total: j.Progress.Total, Problem: j.Problem,
	}
	switch {
	case j.Started.IsZero():
		run.State = "none"
	case j.Stopping:
		run.State = "stopping"
	case j.Ended.IsZero():
		run.State = "running"
	}
	if j.data != nil {
		run.Verdict, run.Text, run.Summary = j.Ending.Verdict, j.Ending.Lead+" "+j.Ending.Text, &j.Summary
	}
	return run
}

func beginRun(l *Lab, r *http.Request) (any, error) {
	var how judgingJSON
	if err := readOptional(r, &how); err != nil {
		return nil, err
	}
	if err := l.Judge(Judging(how)); err != nil {
		return nil, err
	}
	return l.runJSON(), nil
}

// runNow answers how far the run is; with wait, as soon as it has ended.
func runNow(l *Lab, r *http.Request) (any, error) {
	q := r.URL.Query()
	if !q.Has("wait") {
		return l.runJSON(), nil
	}
	wait, err := waitOf(q.Get("wait"))
	if err != nil {
		return nil, badRequest("wait: " + err.Error())
	}
	ctx, cancel := context.WithTimeout(r.Context(), wait)
	defer cancel()
	var run runJSON
	if over := l.waitUntil(ctx, func() bool {
		run = l.runJSON()
		return run.State == "ended" || run.State == "none"
	}); !over {
		return nil, &httpError{http.StatusGatewayTimeout, fmt.Errorf("the run has not ended within %s: %d of %d are done", wait, run.Done, run.Total)}
	}
	return run, nil
}
