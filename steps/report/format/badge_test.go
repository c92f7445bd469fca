package format

import (
	"bytes"
	"encoding/xml"
	"strings"
	"testing"

	"github.com/gkampitakis/go-snaps/snaps"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/reporttest"
)

func TestTheBadgeSaysWhatCountsMost(t *testing.T) {
	known := reporttest.Judged(map[string]report.Verdict{"CSA-SYNC-01": report.Failed})
	known.Apply(report.Baseline{"CSA-SYNC-01": "issue 17"})
	stale := reporttest.Judged(nil)
	stale.Apply(report.Baseline{"CSA-SYNC-01": "issue 17"})
	stopped := reporttest.Judged(map[string]report.Verdict{"CSA-SYNC-01": report.Failed})
	stopped.Partial = "interrupted"
	for want, r := range map[string]*report.Report{
		"7 passed":                   reporttest.Judged(nil),
		"6 passed, 1 warning":        reporttest.Judged(map[string]report.Verdict{"CSA-SYNC-02": report.Warned}),
		"6 passed, 1 known":          known,
		"baseline outdated":          stale,
		"1 failed":                   reporttest.Judged(map[string]report.Verdict{"CSA-SYNC-01": report.Failed, "CSA-SYNC-02": report.Warned}),
		"2 failed, 2 not judged":     reporttest.EveryKind(),
		"inconclusive, 1 not judged": reporttest.Judged(map[string]report.Verdict{"CSA-SYNC-01": report.Blocked}),
		"stopped early":              stopped,
		"nothing judged":             {},
	} {
		if got, _ := badge(r); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestTheBadge(t *testing.T) {
	var b bytes.Buffer
	if err := WriteBadge(&b, reporttest.Judged(nil)); err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal(b.Bytes(), new(struct{})); err != nil {
		t.Error(err)
	}
	snaps.MatchSnapshot(t, b.String())
}

func TestAJobSummaryIsCutBetweenSections(t *testing.T) {
	r := reporttest.EveryKind()
	whole := string(inFormat(t, "markdown", r))
	for limit := range len(whole) + 2 {
		var b bytes.Buffer
		if err := WriteSummary(&b, r, limit); err != nil {
			t.Fatal(err)
		}
		text := b.String()
		switch {
		case len(text) > limit:
			t.Fatalf("%d bytes, where %d is the limit", len(text), limit)
		case len(text) < len(whole) && text != "" && !strings.Contains(text, "> Cut here: "):
			t.Fatalf("it is cut and does not say so:\n%s", text)
		case strings.Count(text, "```")%2 != 0:
			t.Fatalf("a block is left open:\n%s", text)
		case limit >= len(whole) && text != whole:
			t.Fatal("what fits was cut")
		}
	}
}
