package html

import (
	"context"
	"io"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/reporttest"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// shownIDs and said are JavaScript expressions: which requirements are shown,
// and what is said of their number.
const (
	shownIDs = `Array.from(document.querySelectorAll("#list .group:not([hidden]) .req:not([hidden])"), (e) => e.id).join(" ")`
	said     = `document.getElementById("shown").textContent`
)

func TestThePageInABrowser(t *testing.T) {
	chromium := browser(t)
	show := func(t *testing.T, r *report.Report, fragment string) *tab {
		t.Helper()
		return open(chromium, t, func(w io.Writer) error { return Write(w, r) }, fragment)
	}

	t.Run("it begins with everything, and says how much that is", func(t *testing.T) {
		p := show(t, reporttest.EveryKind(), "")
		p.want(said, "8 requirements")
		p.want(`document.querySelectorAll("#list .req:not([hidden])").length`, "8")
		p.want(`document.getElementById("shown").getAttribute("aria-live")`, "polite")
	})

	t.Run("filters combine, and show again what they hid", func(t *testing.T) {
		p := show(t, reporttest.EveryKind(), "")
		p.do(chromedp.Click(`#filters input[value=failed]`), chromedp.Click(`#filters input[value=warned]`))
		p.want(shownIDs, "CSA-AUTH-01 CSA-SYNC-01 CSA-SYNC-02 CSA-SYNC-03")
		p.want(said, "4 of 8 requirements")
		p.choose("area", "Sync group")
		p.want(shownIDs, "CSA-SYNC-01 CSA-SYNC-02 CSA-SYNC-03")
		p.choose("level", "MUST")
		p.want(shownIDs, "CSA-SYNC-01 CSA-SYNC-03")
		p.do(chromedp.SendKeys(`#filters [name=q]`, "KEEPS its id"))
		p.want(shownIDs, "CSA-SYNC-03")
		p.want(said, "1 of 8 requirements")
		p.do(chromedp.Click(`#filters button[type=reset]`))
		p.wait(said + ` === "8 requirements"`)
	})

	t.Run("under a profile the verdict is the one that it had there", func(t *testing.T) {
		p := show(t, reporttest.EveryKind(), "")
		p.choose("profile", "media-type=json")
		p.want(shownIDs, "CSA-AUTH-01")
		p.do(chromedp.Click(`#filters input[value=passed], #filters input[value=warned]`))
		p.want(shownIDs, "CSA-AUTH-01")
		p.choose("profile", "default")
		p.want(shownIDs, "CSA-SYNC-02")
	})

	t.Run("the search looks into what is folded", func(t *testing.T) {
		p := show(t, reporttest.EveryKind(), "")
		p.do(chromedp.SendKeys(`#filters [name=q]`, "no user could be created"))
		p.want(shownIDs, "CSA-DEPROV-01")
	})

	t.Run("the address keeps the filters", func(t *testing.T) {
		p := show(t, reporttest.EveryKind(), "#?verdict=failed&area=Sync+group&q=keeps")
		p.want(shownIDs, "CSA-SYNC-03")
		p.do(chromedp.Click(`#filters button[type=reset]`))
		p.wait(said + ` === "8 requirements"`)
		p.want("location.hash", "")
		p.do(chromedp.Click(`#filters input[value=blocked]`))
		p.want("location.hash", "#?verdict=blocked")
	})

	t.Run("a count at the top is a filter", func(t *testing.T) {
		p := show(t, reporttest.EveryKind(), "")
		p.do(chromedp.Click(`.counts a[href="#?verdict=unsupported"]`))
		p.wait(said + ` === "1 of 8 requirements"`)
		p.want(shownIDs, "CSA-DEPROV-02")
	})

	t.Run("a requirement can be linked to, and no filter hides it", func(t *testing.T) {
		p := show(t, reporttest.EveryKind(), "#CSA-DEPROV-01")
		p.want(`document.getElementById("CSA-DEPROV-01").open`, "true")
		p.do(chromedp.Click(`#filters input[value=failed]`))
		p.want(shownIDs, "CSA-SYNC-01 CSA-SYNC-03")
		p.do(chromedp.Evaluate[chromedp.Void](`location.hash = "#CSA-AUTH-01"; 1`))
		p.wait(`document.getElementById("CSA-AUTH-01").open`)
		p.want(shownIDs, "CSA-AUTH-01 CSA-SYNC-01 CSA-SYNC-03")
		p.want(`document.activeElement.parentElement.id`, "CSA-AUTH-01")
	})

	t.Run("a link into a long page shows what it names", func(t *testing.T) {
		p := show(t, large(200), "#RFC7644-3.9-17")
		p.wait(`document.getElementById("RFC7644-3.9-17").open`)
		p.wait(`(({top}) => top >= 0 && top < innerHeight / 2)(document.getElementById("RFC7644-3.9-17").getBoundingClientRect())`)
	})

	t.Run("a command is copied as it stands", func(t *testing.T) {
		p := show(t, reporttest.EveryKind(), "")
		p.do(chromedp.Evaluate[chromedp.Void](`Object.defineProperty(navigator, "clipboard", {value: {writeText: async (s) => { window.copied = s; }}}); 1`),
			chromedp.Click(`.finding[open] button[data-copy]`))
		p.wait(`window.copied`)
		p.want("window.copied", "curl -i -X POST http://127.0.0.1:8080/scim/Users -H 'Accept: application/scim+json' -H \"Authorization: Bearer $SCIM_TOKEN\" "+
			`-H 'Content-Type: application/scim+json' -H User-Agent: --data-raw '{"userName":"it'\''s sduo-1f3a9c2e"}'`)
		p.wait(`document.getElementById("said").textContent === "Copied"`)
		p.do(chromedp.Click(`.finding[open] .repeat button:nth-of-type(2)`))
		p.wait(`window.copied.startsWith("### CSA-SYNC-01\n@token = ")`)
	})

	t.Run("where nothing may be copied the command is selected", func(t *testing.T) {
		p := show(t, reporttest.EveryKind(), "")
		p.do(chromedp.Evaluate[chromedp.Void](`Object.defineProperty(navigator, "clipboard", {value: undefined}); 1`),
			chromedp.Click(`.finding[open] button[data-copy]`))
		p.wait(`getSelection().toString().startsWith("curl -i -X POST")`)
	})

	t.Run("the keyboard reaches and opens a cause", func(t *testing.T) {
		p := show(t, reporttest.EveryKind(), "")
		p.do(chromedp.Focus(`.finding:not([open]) > summary`), chromedp.KeyEvent(kb.Enter))
		p.wait(`document.activeElement.parentElement.open`)
	})

	t.Run("on a phone nothing is wider than the screen", func(t *testing.T) {
		for name, r := range map[string]*report.Report{"every kind": reporttest.EveryKind(), "hostile": actingReport()} {
			p := show(t, r, "")
			p.do(chromedp.EmulateViewport(360, 740, chromedp.EmulateMobile), chromedp.Evaluate[chromedp.Void](`for (const e of document.querySelectorAll("details")) e.open = true; 1`))
			const wide = `Array.from(document.querySelectorAll("body *")).filter((e) => !e.closest(".scroll *, .hidden, .skip") && e.getBoundingClientRect().right > 360).map((e) => e.tagName + "." + e.className).join(" ")`
			if got := get(p, chromedp.Evaluate[string](wide)); got != "" {
				t.Errorf("%s: too wide for a phone: %s", name, words.Short(got, words.MaxMessage))
			}
		}
	})

	t.Run("without scripts it shows the same and offers no filters", func(t *testing.T) {
		p := show(t, reporttest.EveryKind(), "")
		p.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
			return err
		}), chromedp.Reload())
		p.want(`document.getElementById("filters").checkVisibility()`, "false")
		p.want(`document.querySelector("button[data-copy]").checkVisibility()`, "false")
		p.want(`Array.from(document.querySelectorAll(".req > summary")).filter((e) => e.checkVisibility()).length`, "8")
		p.want(`document.querySelector(".finding[open] .diff").checkVisibility()`, "true")
	})

	t.Run("nothing that a target sends can act", func(t *testing.T) {
		p := show(t, actingReport(), "#?q="+"%3Cscript%3E")
		p.want("window.acted", "undefined")
		p.want("document.scripts.length", "1")
		p.want("document.images.length", "0")
		p.want(said, "8 requirements")
	})
}

// choose picks an option of a list, as a person would by keyboard.
func (p *tab) choose(name, option string) {
	p.Helper()
	p.do(chromedp.SendKeys(`#filters [name=`+name+`]`, option))
}

// BenchmarkFilter measures in the browser how long a page of a thousand
// requirements takes to open, and how long the slowest filter keeps it busy.
func BenchmarkFilter(b *testing.B) {
	r := large(1000)
	p := open(browser(b), b, func(w io.Writer) error { return Write(w, r) }, "")
	const filter = `(async () => {
		const box = document.querySelector("#filters input[value=failed]");
		const search = document.querySelector("#filters [name=q]");
		const times = [];
		for (let i = 0; i < 10; i++) {
			const start = performance.now();
			if (i % 2) { search.value = "number " + i; } else { box.checked = !box.checked; search.value = ""; }
			search.dispatchEvent(new Event("input", {bubbles: true}));
			document.body.offsetHeight;
			times.push(performance.now() - start);
		}
		return Math.max(...times);
	})()`
	worst := 0.0
	for b.Loop() {
		worst = max(worst, get(p, chromedp.Evaluate[float64](filter, chromedp.EvalAwaitPromise)))
	}
	b.ReportMetric(get(p, chromedp.Evaluate[float64](`performance.getEntriesByType("navigation")[0].loadEventEnd`)), "ms/open")
	b.ReportMetric(worst, "ms/filter")
}
