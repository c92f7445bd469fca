package text

import (
	"bytes"
	"strings"
	"testing"

	"github.com/gkampitakis/go-snaps/snaps"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/reporttest"
)

func compared(t *testing.T, old, changed *report.Report) (string, *report.Diff) {
	t.Helper()
	d, err := report.Compare(old, changed)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := WriteDiff(&b, d, Style{}); err != nil {
		t.Fatal(err)
	}
	return b.String(), d
}

func TestADiffSaysWhatBecameOfEveryRequirement(t *testing.T) {
	old := reporttest.Judged(map[string]report.Verdict{
		"CSA-AUTH-01": report.Passed, "DUO-CONNECT-01": report.Failed, "CSA-SYNC-01": report.Failed, "CSA-SYNC-02": report.Untested, "CSA-SYNC-03": report.Passed, "CSA-DEPROV-01": report.Warned,
	})
	changed := reporttest.Judged(map[string]report.Verdict{
		"CSA-AUTH-01": report.Failed, "DUO-CONNECT-01": report.Passed, "CSA-SYNC-01": report.Failed, "CSA-SYNC-02": report.Warned, "CSA-SYNC-03": report.Blocked, "CSA-DEPROV-01": report.Unsupported,
	})
	for i := range reporttest.Find(t, changed, "CSA-SYNC-01").Examples {
		changed.Requirements[3].Examples[i].Message = "another thing is wrong"
	}
	changed.Requirements[3].Message = "another thing is wrong"
	changed.Requirements = append(changed.Requirements, report.Requirement{ID: "CSA-NEW-01", Level: "MUST", Title: "A new requirement", Verdict: report.Failed, Message: "not met"})
	text, d := compared(t, old, changed)
	snaps.MatchSnapshot(t, text)
	if !d.Worse() {
		t.Error("nothing is worse")
	}
}

func TestADiffOfTheSameIsEmpty(t *testing.T) {
	text, d := compared(t, reporttest.EveryKind(), reporttest.EveryKind())
	if d.Worse() || !strings.Contains(text, "Worse: 0, in another way: 0, better: 0, for the first time: 0, no longer: 0, the same: 4.") {
		t.Error(text)
	}
}

func TestWhatSaysNothingIsNotCompared(t *testing.T) {
	stopped := reporttest.Judged(nil)
	stopped.Partial = "interrupted"
	strange := reporttest.Judged(nil)
	for i := range strange.Requirements {
		strange.Requirements[i].ID = "X" + strange.Requirements[i].ID
	}
	for want, r := range map[string]*report.Report{
		"the new run stopped early (interrupted): run it to its end": stopped,
		"the new run judged nothing":                                 {Version: report.Version},
		"no requirement was judged in both":                          strange,
	} {
		if _, err := report.Compare(reporttest.Judged(nil), r); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestAHostileReportBreaksNoDiff(t *testing.T) {
	hostileOne := reporttest.HostileReport()
	hostileOne.Partial = ""
	text, _ := compared(t, reporttest.Judged(nil), hostileOne)
	wantPlain(t, text)
}
