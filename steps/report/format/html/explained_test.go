package html

import (
	"bytes"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/steps/report"
)

func TestOnlyWhatIsNotMetIsExplained(t *testing.T) {
	for verdict, want := range map[report.Verdict]bool{
		report.Failed: true, report.Warned: true, report.Blocked: true, report.Passed: false, report.Untested: false,
	} {
		q := report.Requirement{ID: "RFC7644-3.6-01", Level: "SHALL", Title: "A deletion is answered 204, without a body", Verdict: verdict,
			Examples: []report.Example{{Name: "a user", Profile: report.DefaultProfile, Verdict: verdict, Message: "the answer is not 204"}}}
		var b bytes.Buffer
		if err := Write(&b, &report.Report{Requirements: []report.Requirement{q}}); err != nil {
			t.Fatal(err)
		}
		for _, told := range []string{"<li>a deletion answers 202</li>", "Then the answer is 204", "<code>simulate-duo explain RFC7644-3.6-01</code>"} {
			if got := strings.Contains(b.String(), told); got != want {
				t.Errorf("%s: %q is there: %v", verdict, told, got)
			}
		}
	}
}
