package format

import (
	"bytes"
	"html"
	"io"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/format/text"
	"github.com/simulate-duo/simulate-duo/steps/report/reporttest"
)

// everyWriter is everything that writes how a run ended.
func everyWriter() map[string]func(io.Writer, *report.Report) error {
	all := map[string]func(io.Writer, *report.Report) error{
		"badge":       WriteBadge,
		"job summary": func(w io.Writer, r *report.Report) error { return WriteSummary(w, r, 1<<20) },
		"screen":      func(w io.Writer, r *report.Report) error { return text.Write(w, r, text.Style{}) },
	}
	for _, f := range All {
		all[f.Name] = f.Write
	}
	return all
}

// Whether a run can be relied on stands in every form of its report before the
// first requirement.
func TestEveryWriterSaysFirstHowTheRunEnded(t *testing.T) {
	type verdicts = map[string]report.Verdict
	for name, test := range map[string]struct {
		verdicts verdicts
		partial  string
		lead     string
		badge    string
	}{
		"all passed":              {nil, "", "Passed.", "7 passed"},
		"failed":                  {verdicts{"CSA-SYNC-01": report.Failed}, "", "Failed.", "1 failed"},
		"blocked":                 {verdicts{"CSA-SYNC-01": report.Blocked}, "", "Inconclusive.", "inconclusive, 1 not judged"},
		"broken":                  {verdicts{"CSA-SYNC-01": report.Broken}, "", "Inconclusive.", "inconclusive, 1 not judged"},
		"blocked beside warnings": {verdicts{"CSA-SYNC-01": report.Blocked, "CSA-SYNC-02": report.Warned}, "", "Inconclusive.", "inconclusive, 1 not judged"},
		"failed and blocked": {
			verdicts{"CSA-SYNC-01": report.Failed, "CSA-SYNC-03": report.Blocked, "CSA-DEPROV-01": report.Broken}, "",
			"Failed, and inconclusive besides.", "1 failed, 2 not judged",
		},
		"stopped early": {verdicts{"CSA-SYNC-01": report.Untested}, "interrupted", "topped early", "stopped early"},
	} {
		t.Run(name, func(t *testing.T) {
			r := reporttest.Judged(test.verdicts)
			r.Partial = test.partial
			for format, write := range everyWriter() {
				var b bytes.Buffer
				if err := write(&b, r); err != nil {
					t.Fatal(err)
				}
				said, lead := html.UnescapeString(b.String()), test.lead
				if format == "badge" {
					lead = test.badge
				}
				if format == "json" && test.partial != "" {
					lead = "Stopped early."
				}
				at, first := strings.Index(said, lead), strings.Index(said, "CSA-AUTH-01")
				if at < 0 || first >= 0 && first < at {
					t.Errorf("%s does not begin with %q:\n%s", format, lead, said[:min(len(said), 1500)])
				}
			}
		})
	}
}

// A reader of these formats that knows nothing of simulate-duo takes the run for
// red when some of it could not be judged.
func TestNoReaderTakesAnInconclusiveRunForGreen(t *testing.T) {
	for _, v := range []report.Verdict{report.Blocked, report.Broken} {
		t.Run(string(v), func(t *testing.T) {
			r := reporttest.Judged(map[string]report.Verdict{"CSA-SYNC-01": v})
			for format, sign := range map[string]string{
				"junit": `<error message="as told" type="` + string(v) + `">`,
				"tap":   "not ok 4 - CSA-SYNC-01 ",
				"sarif": `"executionSuccessful": false`,
				"json":  `"exit_code": 2`,
			} {
				if text := string(inFormat(t, format, r)); !strings.Contains(text, sign) {
					t.Errorf("%s: %q is missing in\n%s", format, sign, text[:min(len(text), 3000)])
				}
			}
			r.Apply(report.Baseline{"CSA-SYNC-01": "issue 17"})
			if text := string(inFormat(t, "junit", r)); v == report.Blocked && strings.Contains(text, "<error") {
				t.Error("what is blocked and known is an error in JUnit")
			}
		})
	}
}
