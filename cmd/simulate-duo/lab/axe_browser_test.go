package lab

import (
	"context"
	"os"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// axeRun runs axe-core's rules on a page and says what it finds.
const axeRun = `axe.run({resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
	.then((r) => r.violations.map((v) => v.id + ": " + v.help + "\n" + v.nodes.map((n) => "  " + n.html.slice(0, 150)).join("\n")).join("\n"))`

// The npm package axe-core is not part of the project: AXE_CORE names its axe.min.js.
func TestAxeFindsNothing(t *testing.T) {
	file := os.Getenv("AXE_CORE")
	if file == "" {
		t.Skip("AXE_CORE does not name the file axe.min.js of the npm package axe-core")
	}
	axe, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	chromium := browser(t)
	l, v, _ := followed(t, Options{})
	for _, scheme := range []string{"light", "dark"} {
		t.Run(scheme, func(t *testing.T) {
			p := open(chromium, t, v.origin, "/")
			p.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
				media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
				_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, media)
				return err
			}))
			for _, path := range pagesOf(l) {
				p.do(chromedp.Navigate(v.origin + path))
				p.text(`document.querySelectorAll("details").forEach((d) => { d.open = true; })`)
				p.do(chromedp.Evaluate[chromedp.Void](string(axe) + "; 1"))
				found, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](axeRun, chromedp.EvalAwaitPromise))
				if err != nil || found != "" {
					t.Errorf("%s: %v\n%s", path, err, found)
				}
			}
		})
	}
}
