package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/gkampitakis/go-snaps/snaps"
)

func compared(t *testing.T, old, changed *Report) (string, *Diff) {
	t.Helper()
	d, err := Compare(old, changed)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := d.Write(&b, Style{}); err != nil {
		t.Fatal(err)
	}
	return b.String(), d
}

func TestADiffSaysWhatBecameOfEveryRequirement(t *testing.T) {
	old := judged(map[string]Verdict{
		"CSA-AUTH-01": Passed, "DUO-CONNECT-01": Failed, "CSA-SYNC-01": Failed, "CSA-SYNC-02": Untested, "CSA-SYNC-03": Passed, "CSA-DEPROV-01": Warned,
	})
	changed := judged(map[string]Verdict{
		"CSA-AUTH-01": Failed, "DUO-CONNECT-01": Passed, "CSA-SYNC-01": Failed, "CSA-SYNC-02": Warned, "CSA-SYNC-03": Blocked, "CSA-DEPROV-01": Unsupported,
	})
	for i := range find(t, changed, "CSA-SYNC-01").Examples {
		changed.Requirements[3].Examples[i].Message = "another thing is wrong"
	}
	changed.Requirements[3].Message = "another thing is wrong"
	changed.Requirements = append(changed.Requirements, Requirement{ID: "CSA-NEW-01", Level: "MUST", Title: "A new requirement", Verdict: Failed, Message: "not met"})
	text, d := compared(t, old, changed)
	snaps.MatchSnapshot(t, text)
	if !d.Worse() {
		t.Error("nothing is worse")
	}
}

func TestADiffOfTheSameIsEmpty(t *testing.T) {
	text, d := compared(t, everyKind(), everyKind())
	if d.Worse() || !strings.Contains(text, "Worse: 0, in another way: 0, better: 0, for the first time: 0, no longer: 0, the same: 4.") {
		t.Error(text)
	}
}

func TestADiffKnowsTheKindOfAChange(t *testing.T) {
	for _, test := range []struct {
		was, is Verdict
		want    kind
	}{
		{Passed, Failed, worsened}, {Passed, Warned, worsened}, {Warned, Failed, worsened}, {Passed, Blocked, worsened}, {Passed, Broken, worsened},
		{Failed, Passed, improved}, {Failed, Warned, improved}, {Warned, Passed, improved},
		{Untested, Passed, appeared}, {Blocked, Failed, appeared}, {Unsupported, Passed, appeared},
		{Passed, Untested, vanished}, {Failed, Blocked, vanished}, {Failed, Unsupported, vanished}, {Failed, Broken, vanished},
		{Passed, Passed, unchanged}, {Failed, Failed, unchanged}, {Untested, Blocked, unchanged},
	} {
		if got := kindOf(&Requirement{Verdict: test.was}, &Requirement{Verdict: test.is}); got != test.want {
			t.Errorf("%s -> %s: got %d, want %d", test.was, test.is, got, test.want)
		}
	}
}

func TestWhatSaysNothingIsNotCompared(t *testing.T) {
	stopped := judged(nil)
	stopped.Partial = "interrupted"
	strange := judged(nil)
	for i := range strange.Requirements {
		strange.Requirements[i].ID = "X" + strange.Requirements[i].ID
	}
	for want, r := range map[string]*Report{
		"the new run stopped early (interrupted): run it to its end": stopped,
		"the new run judged nothing":                                 {Version: Version},
		"no requirement was judged in both":                          strange,
	} {
		if _, err := Compare(judged(nil), r); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestAHostileReportBreaksNoDiff(t *testing.T) {
	hostileOne := hostileReport()
	hostileOne.Partial = ""
	text, _ := compared(t, judged(nil), hostileOne)
	wantPlain(t, text)
}
