package report

import (
	"fmt"
	"io"
	"strings"
)

// WriteTAP writes the Test Anything Protocol, version 14: one point for each
// requirement, in order. A warning is "not ok # TODO", which harnesses show
// without failing; what was not judged is skipped.
func WriteTAP(w io.Writer, r *Report) error {
	var b strings.Builder
	fmt.Fprintf(&b, "TAP version 14\n1..%d\n", len(r.Requirements))
	for i := range r.Requirements {
		q := &r.Requirements[i]
		ok, directive := "ok", ""
		switch q.Verdict {
		case Passed:
		case Failed:
			ok = "not ok"
		case Warned:
			ok, directive = "not ok", " # TODO "+tapText(q.Message)
		case Broken:
			ok = "not ok"
		default:
			directive = " # SKIP " + string(q.Verdict) + ": " + tapText(q.Message)
		}
		fmt.Fprintf(&b, "%s %d - %s %s: %s%s\n", ok, i+1, tapText(q.ID), q.Level.Words(), tapText(q.Title), directive)
		if q.Verdict == Failed || q.Verdict == Broken {
			tapDiagnosis(&b, q)
		}
	}
	if r.Partial != "" {
		fmt.Fprintf(&b, "# stopped early: %s\n", tapText(r.Partial))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// tapDiagnosis is the YAML block below a point that is not ok.
func tapDiagnosis(b *strings.Builder, q *Requirement) {
	b.WriteString("  ---\n")
	for _, e := range q.Examples {
		if e.Verdict != q.Verdict {
			continue
		}
		fmt.Fprintf(b, "  message: %q\n  example: %q\n  severity: %s\n", short(e.Message, maxMessage), Visible(e.Name), q.Verdict)
		if e.Want != "" || e.Got != "" {
			fmt.Fprintf(b, "  expected: %q\n  got: %q\n", short(e.Want, maxValue), short(e.Got, maxValue))
		}
		break
	}
	b.WriteString("  ...\n")
}

// tapText is text that holds no directive and no line end.
func tapText(s string) string { return strings.ReplaceAll(short(s, maxMessage), "#", `\#`) }
