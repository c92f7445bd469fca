package report_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/gkampitakis/go-snaps/snaps"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/format/text"
	"github.com/simulate-duo/simulate-duo/steps/report/reporttest"
)

func TestABaselineIsReadLineByLine(t *testing.T) {
	b, err := report.ReadBaseline("known.txt", []byte("\uFEFF# what we know\r\n\r\nCSA-SYNC-01  issue 17: no ids\r\n\tCSA-SYNC-03\twill be mended in May"), reporttest.Catalogue())
	if err != nil {
		t.Fatal(err)
	}
	if len(b) != 2 || b["CSA-SYNC-01"] != "issue 17: no ids" || b["CSA-SYNC-03"] != "will be mended in May" {
		t.Errorf("got %q", b)
	}
}

func TestEveryWrongLineOfABaselineIsToldWithTheRemedy(t *testing.T) {
	_, err := report.ReadBaseline("known.txt", []byte(`CSA-SYNC-01
CSA-SYNC-99 a slip
NOTHING-LIKE-IT at all
CSA-SYNC-* everything
CSA-SYNC-02 <reason>
CSA-SYNC-03 first
CSA-SYNC-03 second
`), reporttest.Catalogue())
	want := `known.txt:1: CSA-SYNC-01 has no reason: write after it why it is known to fail
known.txt:2: there is no requirement "CSA-SYNC-99": did you mean "CSA-SYNC-01"?
known.txt:3: there is no requirement "NOTHING-LIKE-IT": simulate-duo requirements lists the ids
known.txt:4: "CSA-SYNC-*" is a pattern, which would hide new failures as well: list the ids
known.txt:5: CSA-SYNC-02 still has <reason>: write in its place why it is known to fail
known.txt:7: CSA-SYNC-03 is in line 6 already: keep one of both`
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestWhatIsKnownToFailDoesNotFailTheRun(t *testing.T) {
	for name, test := range map[string]struct {
		verdicts map[string]report.Verdict
		known    []string
		strict   bool
		want     int
	}{
		"a failure that is known":               {map[string]report.Verdict{"CSA-SYNC-01": report.Failed}, []string{"CSA-SYNC-01"}, false, 0},
		"a failure that is not":                 {map[string]report.Verdict{"CSA-SYNC-01": report.Failed, "CSA-SYNC-03": report.Failed}, []string{"CSA-SYNC-01"}, false, 1},
		"a known failure that passes":           {nil, []string{"CSA-SYNC-01"}, false, 1},
		"a known failure that is no longer one": {map[string]report.Verdict{"CSA-DEPROV-01": report.Unsupported}, []string{"CSA-DEPROV-01"}, false, 1},
		"a known failure that only warns":       {map[string]report.Verdict{"CSA-SYNC-02": report.Warned}, []string{"CSA-SYNC-02"}, false, 0},
		"a known failure that was not selected": {map[string]report.Verdict{"CSA-SYNC-01": report.Untested}, []string{"CSA-SYNC-01"}, false, 0},
		"a known failure that was blocked":      {map[string]report.Verdict{"CSA-SYNC-01": report.Blocked}, []string{"CSA-SYNC-01"}, false, 0},
		"a known failure that is broken":        {map[string]report.Verdict{"CSA-SYNC-01": report.Broken}, []string{"CSA-SYNC-01"}, false, 2},
		"a warning":                             {map[string]report.Verdict{"CSA-SYNC-02": report.Warned}, nil, false, 0},
		"a warning that counts":                 {map[string]report.Verdict{"CSA-SYNC-02": report.Warned}, nil, true, 1},
		"a known warning that counts":           {map[string]report.Verdict{"CSA-SYNC-02": report.Warned}, []string{"CSA-SYNC-02"}, true, 0},
	} {
		t.Run(name, func(t *testing.T) {
			r := reporttest.Judged(test.verdicts)
			r.Strict = test.strict
			b := report.Baseline{}
			for _, id := range test.known {
				b[id] = "known"
			}
			r.Apply(b)
			if got := r.ExitCode(); got != test.want {
				t.Errorf("exit code %d, want %d\n%s", got, test.want, screenOf(t, r))
			}
		})
	}
}

func TestAPartOfARequirementDoesNotOutdateItsLine(t *testing.T) {
	var c report.Collector
	c.Add("CSA-SYNC-01", reporttest.Passed("a user with a name only")) // the other example was not selected
	r := reporttest.Finished(&c)
	r.Apply(report.Baseline{"CSA-SYNC-01": "known"})
	if r.ExitCode() != 0 {
		t.Error(screenOf(t, r))
	}
}

func TestAnInterruptedRunOutdatesNoLine(t *testing.T) {
	r := reporttest.Judged(nil)
	r.Partial = "interrupted"
	r.Apply(report.Baseline{"CSA-SYNC-01": "known"})
	if strings.Contains(screenOf(t, r), "OUTDATED") {
		t.Error("the rest of the run might have failed it")
	}
}

func TestTheBaselineOfARunExcusesIt(t *testing.T) {
	r := reporttest.EveryKind()
	r.Strict = true
	r.Apply(report.Baseline{"CSA-SYNC-01": "issue 17", "CSA-DEPROV-02": "issue 18", "CSA-DEPROV-01": "issue 19"})
	var b bytes.Buffer
	if err := report.WriteBaseline(&b, r); err != nil {
		t.Fatal(err)
	}
	snaps.MatchSnapshot(t, b.String())
	if _, err := report.ReadBaseline("new.txt", b.Bytes(), reporttest.Catalogue()); err == nil || strings.Count(err.Error(), "still has <reason>") != 3 {
		t.Errorf("what has no reason yet is read: %v", err)
	}
	again, err := report.ReadBaseline("new.txt", bytes.ReplaceAll(b.Bytes(), []byte("<reason>"), []byte("issue 20")), reporttest.Catalogue())
	if err != nil {
		t.Fatal(err)
	}
	r.Apply(again)
	if r.Unmet() != 0 || len(r.Stale()) != 0 {
		t.Error(screenOf(t, r))
	}
}

func TestTheLastLineSaysWhatTheBaselineAndStrictDo(t *testing.T) {
	known := report.Baseline{"CSA-SYNC-01": "issue 17"}
	for name, test := range map[string]struct {
		verdicts map[string]report.Verdict
		baseline report.Baseline
		strict   bool
		want     string
	}{
		"all that fails is known":        {map[string]report.Verdict{"CSA-SYNC-01": report.Failed}, known, false, "Passed but for what is known. Known not to be met: 1. Next: mend one"},
		"more fails than is known":       {map[string]report.Verdict{"CSA-SYNC-01": report.Failed, "CSA-SYNC-03": report.Failed}, known, false, "Failed. 1 requirement not met. Known not to be met: 1. Next: mend the first cause above, then run again with --tags @CSA-SYNC-03."},
		"the baseline is out of date":    {nil, known, false, "Failed. The baseline is out of date. Next: remove 1 line from it"},
		"warnings count":                 {map[string]report.Verdict{"CSA-SYNC-02": report.Warned}, nil, true, "Failed. 1 requirement not met, as --strict counts warnings. Next: "},
		"a warning beside what is known": {map[string]report.Verdict{"CSA-SYNC-01": report.Failed, "CSA-SYNC-02": report.Warned}, known, false, "Passed with warnings. Nothing else that is binding is violated. Known not to be met: 1. Next: decide about the 1 warning above."},
	} {
		t.Run(name, func(t *testing.T) {
			r := reporttest.Judged(test.verdicts)
			r.Strict = test.strict
			r.Apply(test.baseline)
			lines := strings.Split(strings.TrimSpace(screenOf(t, r)), "\n")
			if last := lines[len(lines)-1]; !strings.HasPrefix(last, test.want) {
				t.Errorf("got  %s\nwant %s", last, test.want)
			}
		})
	}
}

// screenOf is what a person reads of the report.
func screenOf(t *testing.T, r *report.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := text.Write(&b, r, text.Style{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
