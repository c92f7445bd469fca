package format

import (
	"fmt"
	"io"
	"strings"

	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// WriteTAP writes the Test Anything Protocol, version 14: one point for each
// requirement, in order. A warning is "not ok # TODO", which harnesses show
// without failing, unless the run is strict; so is a known failure. What
// was broken or blocked is "not ok" as well; what else was not judged is skipped. A line of the baseline that is out of date is a
// point of its own, and a run that stopped early bails out.
func WriteTAP(w io.Writer, r *report.Report) error {
	var b strings.Builder
	stale := r.Stale()
	fmt.Fprintf(&b, "TAP version 14\n1..%d\n", len(r.Requirements)+len(stale))
	if r.Insecure != "" {
		fmt.Fprintf(&b, "# %s\n", tapText(r.Insecure))
	}
	end := report.NewEnding(r, report.Findings(r), "below")
	fmt.Fprintf(&b, "# %s %s\n", end.Lead, tapText(end.Text))
	for _, x := range report.AskedReadiness(r) {
		fmt.Fprintf(&b, "# %s\n", x.Words())
	}
	consequence := report.ConsequenceOf(r)
	for i := range r.Requirements {
		q := &r.Requirements[i]
		ok, directive := "ok", ""
		switch {
		case q.Verdict == report.Passed:
		case report.Excused(q):
			ok, directive = "not ok", " # TODO known: "+tapText(q.Known)
		case r.Weighs(q.Verdict), isUndecided(q):
			ok = "not ok"
		case q.Verdict == report.Warned:
			ok, directive = "not ok", " # TODO "+tapText(q.Message)
		default:
			directive = " # SKIP " + string(q.Verdict) + ": " + tapText(q.Message)
		}
		fmt.Fprintf(&b, "%s %d - %s %s: %s%s\n", ok, i+1, tapText(q.ID), q.Level.Words(), tapText(q.Title), directive)
		if r.Weighs(q.Verdict) || isUndecided(q) {
			tapDiagnosis(&b, q, consequence)
		}
	}
	for i, q := range stale {
		fmt.Fprintf(&b, "not ok %d - %s: %s\n", len(r.Requirements)+i+1, tapText(q.ID), report.StaleWords(q))
	}
	if r.Partial != "" {
		fmt.Fprintf(&b, "Bail out! The run stopped early, and this report is partial: %s\n", tapText(r.Partial))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// isUndecided says whether the requirement is broken or blocked without excuse.
func isUndecided(q *report.Requirement) bool {
	return report.Undecided(q) && (q.Verdict == report.Broken || q.Verdict == report.Blocked)
}

// tapDiagnosis is the YAML block below a point that is not ok.
func tapDiagnosis(b *strings.Builder, q *report.Requirement, consequence func(*report.Requirement, report.Example) string) {
	b.WriteString("  ---\n")
	for _, e := range q.Examples {
		if e.Verdict != q.Verdict {
			continue
		}
		fmt.Fprintf(b, "  message: %q\n  example: %q\n  severity: %s\n", words.Short(e.Message, words.MaxMessage), words.Visible(e.Name), q.Verdict)
		if q.Verdict != report.Broken {
			fmt.Fprintf(b, "  consequence: %q\n", consequence(q, e))
		}
		if want, got := report.Values(e.Want, e.Got); want != "" {
			fmt.Fprintf(b, "  expected: %q\n  got: %q\n", words.Short(want, words.MaxValue), words.Short(got, words.MaxValue))
		}
		break
	}
	b.WriteString("  ...\n")
}

// tapText is text that holds no directive and no line end.
func tapText(s string) string { return strings.ReplaceAll(words.Short(s, words.MaxMessage), "#", `\#`) }
