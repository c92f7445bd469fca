package html

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/gkampitakis/go-snaps/snaps"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/reporttest"
)

func columnsOf(reports []*report.Report) []Column {
	columns := make([]Column, len(reports))
	for i, r := range reports {
		columns[i].Report = r
	}
	return columns
}

func matrix(t *testing.T, reports ...*report.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteMatrix(&b, columnsOf(reports)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// twoTargets is one target that passes and one that does not.
func twoTargets() []*report.Report {
	good, bad := reporttest.AllPassed(), reporttest.EveryKind()
	good.Target.Name, bad.Target.Name = "Good", "Bad"
	return []*report.Report{good, bad}
}

func TestTheMatrixSetsTargetsSideBySide(t *testing.T) {
	text := matrix(t, twoTargets()...)
	snaps.WithConfig(snaps.Filename("matrix")).MatchSnapshot(t, part(t, text, "<thead>", "</thead>")+"\n"+part(t, text, `<tbody data-area="Sync group"`, "</tbody>"))
}

func TestTheMatrixHasTheRequirementsOfAllReports(t *testing.T) {
	first, second := reporttest.AllPassed(), reporttest.AllPassed()
	first.Requirements = slices.Delete(first.Requirements, 2, 3)
	second.Requirements = slices.Delete(second.Requirements, 5, 7)
	var ids []string
	for _, q := range allRequirements([]*report.Report{first, second}) {
		ids = append(ids, q.ID)
	}
	var want []string
	for _, q := range reporttest.Catalogue() {
		want = append(want, q.ID)
	}
	if !slices.Equal(ids, want) {
		t.Errorf("got %v, want %v", ids, want)
	}
	text := matrix(t, first, second)
	if n := strings.Count(text, "not in the report"); n != 3 {
		t.Errorf("%d cells are empty, want 3", n)
	}
	if n := strings.Count(text, " data-differs"); n != 0 {
		t.Errorf("%d rows differ, although nothing was judged differently", n)
	}
}

func TestTargetsDifferWhereBothWereJudged(t *testing.T) {
	for _, c := range []struct {
		verdicts []report.Verdict
		want     bool
	}{
		{[]report.Verdict{report.Passed, report.Failed}, true},
		{[]report.Verdict{report.Blocked, report.Passed, report.Warned}, true},
		{[]report.Verdict{report.Passed, report.Passed}, false},
		{[]report.Verdict{report.Passed, report.Untested, ""}, false},
		{[]report.Verdict{report.Blocked, report.Untested}, false},
	} {
		var cells []cell
		for _, v := range c.verdicts {
			cells = append(cells, cell{Verdict: v})
		}
		if differ(cells) != c.want {
			t.Errorf("%v: %v", c.verdicts, !c.want)
		}
	}
}

func TestAColumnHasTheNameThatItIsGiven(t *testing.T) {
	var b bytes.Buffer
	if err := WriteMatrix(&b, []Column{{"before", reporttest.AllPassed()}, {"", reporttest.AllPassed()}}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"before", "Example"} {
		if !strings.Contains(b.String(), "<strong>"+name+"</strong>") {
			t.Errorf("no column is called %s", name)
		}
	}
}

func TestAMatrixOfNothingIsRefused(t *testing.T) {
	if err := WriteMatrix(io.Discard, nil); err == nil || err.Error() != "a matrix needs a report" {
		t.Error(err)
	}
}

func TestNothingOfATargetIsMarkupInTheMatrix(t *testing.T) {
	wantHarmless(t, matrix(t, actingReport(), reporttest.HostileReport()))
}

func TestTheMatrixInABrowser(t *testing.T) {
	chromium := browser(t)
	show := func(t *testing.T, reports ...*report.Report) *tab {
		t.Helper()
		return open(chromium, t, func(w io.Writer) error { return WriteMatrix(w, columnsOf(reports)) }, "")
	}
	const rows = `Array.from(document.querySelectorAll("tbody:not([hidden]) .row:not([hidden])"), (e) => e.id).join(" ")`

	t.Run("only differences", func(t *testing.T) {
		p := show(t, twoTargets()...)
		p.want(said, "8 requirements")
		p.do(chromedp.Click(`#filters [name=differ]`))
		p.want(rows, "CSA-AUTH-01 CSA-SYNC-01 CSA-SYNC-02 CSA-SYNC-03")
		p.want(said, "4 of 8 requirements")
	})

	t.Run("filters combine, and show again what they hid", func(t *testing.T) {
		p := show(t, twoTargets()...)
		p.do(chromedp.Click(`#filters input[value=failed]`))
		p.want(rows, "CSA-SYNC-01 CSA-SYNC-03")
		p.do(chromedp.SendKeys(`#filters [name=q]`, "keeps its id"))
		p.want(rows, "CSA-SYNC-03")
		p.choose("area", "Connect")
		p.want(rows, "")
		p.do(chromedp.Click(`#filters button[type=reset]`))
		p.wait(said + ` === "8 requirements"`)
	})

	t.Run("nothing that a target sends can act", func(t *testing.T) {
		p := show(t, actingReport(), reporttest.HostileReport())
		p.want("window.acted", "undefined")
		p.want("document.scripts.length", "1")
	})

	t.Run("on a phone the table moves and not the page", func(t *testing.T) {
		p := show(t, append(twoTargets(), twoTargets()...)...)
		p.do(chromedp.EmulateViewport(360, 740, chromedp.EmulateMobile))
		p.want(`document.documentElement.scrollWidth`, "360")
		p.want(`document.getElementById("matrix").scrollWidth > 360`, "true")
	})
}
