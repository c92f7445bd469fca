package format

import (
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/reporttest"
)

func TestALongRunSaysWhatMostRequestsWereFor(t *testing.T) {
	r := reporttest.EveryKind()
	for i, n := range []int{0: 40, 1: 300, 3: 7, 5: 200} {
		r.Requirements[i].Requests = n
	}
	r.Summary.Requests = 600
	const want = "Most requests: DUO-CONNECT-01 300, CSA-SYNC-03 200, CSA-AUTH-01 40; shared by all checks 53."
	for _, format := range []string{"text", "markdown"} {
		text := strings.ReplaceAll(string(inFormat(t, format, r)), `\`, "")
		if !strings.Contains(text, want) {
			t.Errorf("%s: %q is missing in\n%s", format, want, text)
		}
	}
	r.Target.Embedded = true
	if text := report.Cost(r); text != "" {
		t.Errorf("the embedded target costs nobody anything: %s", text)
	}
	if text := report.Cost(reporttest.EveryKind()); text != "" {
		t.Errorf("a short run says: %s", text)
	}
}
