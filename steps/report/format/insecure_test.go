package format

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/format/text"
)

// Whoever looks at a report of a run that trusted any certificate reads that first.
func TestEveryReportOfAnInsecureRunSaysSoFirst(t *testing.T) {
	first := map[string]int{"tap": 2, "junit": 6, "sarif": 99, "har": 7, "json": 1, "html": 8000, "markdown": 0, "entra-gallery": 1} // by which line
	for _, insecure := range []bool{true, false} {
		r := &report.Report{Version: report.Version, Tool: report.Tool{Name: "simulate-duo"}, Target: report.Target{Name: "target", URL: "https://scim.example"}, Started: time.Unix(0, 0)}
		if insecure {
			r.Insecure = report.Insecure
		}
		said := map[string]string{}
		for _, f := range All {
			var b bytes.Buffer
			if err := f.Write(&b, r); err != nil {
				t.Fatal(err)
			}
			said[f.Name] = b.String()
			line, known := first[f.Name]
			if !known {
				t.Fatalf("where does %s say it?", f.Name)
			}
			lines := strings.SplitAfter(b.String(), "\n")
			if at := strings.Index(b.String(), "<body>"); at >= 0 {
				lines, line = strings.SplitAfter(b.String()[at:], "\n"), 2
			}
			if top := strings.Join(lines[:min(line+1, len(lines))], ""); strings.Contains(strings.ReplaceAll(top, "&#39;", "'"), "not verified") != insecure {
				t.Errorf("%s, insecure %t, begins with\n%s", f.Name, insecure, top)
			}
		}
		var screen, badge bytes.Buffer
		if err := text.Write(&screen, r, text.Style{}); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(screen.String(), "INSECURE: the target's certificate was not verified") != insecure {
			t.Errorf("the screen: %s", screen.String())
		}
		if err := WriteBadge(&badge, r); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(badge.String(), "insecure") != insecure {
			t.Errorf("the badge: %s", badge.String())
		}
	}
}
