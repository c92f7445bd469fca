package engine

import (
	"context"
	"slices"

	"github.com/cucumber/godog"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// Trace is what was sent in an example, step by step, or, without a requirement, one
// request that several examples share.
type Trace struct {
	Requirement features.Requirement
	Example     report.Example
	Steps       []TraceStep
}

// TraceStep is a sentence with the requests that it sent, in the order in which they began.
type TraceStep struct {
	Text string // with its key word; "" for what comes before the first sentence or after the last
	Sent []TraceRequest
}

// TraceRequest is a request with its answer, and whose it is.
type TraceRequest struct {
	Duo      bool // the simulated Duo's; otherwise it is a look or a preparation of the judge's
	Exchange *wire.Exchange
}

// stepMark is where a step began: the numbers of the last exchanges before it.
type stepMark struct {
	text      string
	duo, wire int
}

var keyWords = map[string]string{"Context": "Given ", "Action": "When ", "Outcome": "Then "}

// markStep notes where a step begins.
func markStep(ctx context.Context, step *godog.Step) (context.Context, error) {
	if a := attemptOf(ctx); a != nil {
		a.marks = append(a.marks, stepMark{keyWords[string(step.Type)] + step.Text, a.scenario.guide.DuoWire.Last(), a.scenario.Wire.Last()})
	}
	return ctx, nil
}

// trace tells what the example has sent.
func (r *run) trace(a *attempt, e report.Example) {
	if r.options.OnTrace == nil {
		return
	}
	t := Trace{Requirement: a.requirement, Example: e}
	marks := append([]stepMark{{}}, a.marks...)
	for i, m := range marks {
		end := stepMark{duo: a.scenario.guide.DuoWire.Last(), wire: a.scenario.Wire.Last()}
		if i+1 < len(marks) {
			end = marks[i+1]
		}
		sent := append(between(a.scenario.guide.DuoWire, m.duo, end.duo, true), between(a.scenario.Wire, m.wire, end.wire, false)...)
		slices.SortStableFunc(sent, func(x, y TraceRequest) int { return x.Exchange.Started.Compare(y.Exchange.Started) })
		if m.text != "" || len(sent) > 0 {
			t.Steps = append(t.Steps, TraceStep{m.text, sent})
		}
	}
	r.options.OnTrace(t)
}

func between(recorder *wire.Recorder, after, last int, isDuo bool) []TraceRequest {
	var sent []TraceRequest
	for _, x := range recorder.Since(after) {
		if x.Seq <= last {
			sent = append(sent, TraceRequest{isDuo, x})
		}
	}
	return sent
}

// shared tells of a request that no single example sends.
func (r *run) shared(x *wire.Exchange) {
	if r.options.OnTrace != nil {
		r.options.OnTrace(Trace{Steps: []TraceStep{{"what the examples share", []TraceRequest{{false, x}}}}})
	}
}
