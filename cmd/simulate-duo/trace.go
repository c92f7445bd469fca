package main

import (
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// stepTracer prints what an example has sent when it ends, in one piece: several run at a
// time. Each step has a heading; Duo's requests are told from the judge's looks. They come
// without secrets.
func stepTracer(w io.Writer) func(steps.Trace) {
	var mu sync.Mutex
	return func(t steps.Trace) {
		var b strings.Builder
		traceHeading(&b, t)
		for _, step := range t.Steps {
			if step.Text != "" && t.Requirement.ID != "" {
				fmt.Fprintf(&b, "-- %s\n", words.Visible(step.Text))
			}
			for _, sent := range step.Sent {
				who := "judge"
				if sent.Duo {
					who = "Duo  "
				}
				fmt.Fprintf(&b, "%s  %s", who, traced(sent.Exchange))
			}
		}
		if e := t.Example; t.Requirement.ID != "" {
			fmt.Fprintf(&b, "=> %s", e.Verdict)
			if e.Message != "" {
				fmt.Fprintf(&b, ": %s", words.Visible(e.Message))
			}
			if want, got := report.Values(e.Want, e.Got); want != "" {
				fmt.Fprintf(&b, ": expected %s, got %s", words.Visible(want), words.Visible(got))
			}
			b.WriteString("\n")
		}
		mu.Lock()
		defer mu.Unlock()
		_, _ = io.WriteString(w, b.String())
	}
}

func traceHeading(b *strings.Builder, t steps.Trace) {
	if t.Requirement.ID == "" {
		fmt.Fprintf(b, "\n== %s\n", t.Steps[0].Text)
		return
	}
	fmt.Fprintf(b, "\n== %s  %s: %s", t.Requirement.ID, words.Visible(t.Requirement.Title), words.Visible(t.Example.Name))
	if p := t.Example.Profile; p != "" && p != report.DefaultProfile {
		fmt.Fprintf(b, " (%s)", words.Visible(p))
	}
	b.WriteString("\n")
}

// traced is an exchange with its bodies.
func traced(e *wire.Exchange) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s -> %s\n", e.Method, words.Visible(e.URL), outcome(e))
	for i, body := range [][]byte{e.RequestBody, e.ResponseBody} {
		if len(body) > 0 {
			fmt.Fprintf(&b, "    %c %s\n", "><"[i], words.Visible(string(body)))
		}
	}
	return b.String()
}
