package lab

import (
	"context"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// browser starts a headless browser that the test's pages open in. Where there is none
// the test is skipped, or fails if REQUIRE_CHROMIUM is 1.
func browser(t *testing.T) context.Context {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if found, err := exec.LookPath(name); err == nil && program == "" {
			program = found
		}
	}
	if program == "" {
		const reason = "no chromium, chromium-browser or google-chrome is in the PATH"
		if os.Getenv("REQUIRE_CHROMIUM") == "1" {
			t.Fatal(reason)
		}
		t.Skip(reason)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.WSURLReadTimeout(time.Minute))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	ctx, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// tab is a page of a lab that is open in a browser.
type tab struct {
	*testing.T

	ctx      context.Context //nolint:containedctx // to chromedp, a context is the tab
	keyboard bool            // nothing is clicked: Tab, Enter and Space alone
	mu       sync.Mutex
	problems []string // what the console complained about, and requests that left the lab
}

// stepTime is how long one step in a browser may take on a busy machine.
const stepTime = 30 * time.Second

// open shows a page of the lab at this origin. When the test ends no page must have had a
// problem, nor asked for anything of another origin.
func open(browser context.Context, t *testing.T, origin, path string) *tab {
	t.Helper()
	p := &tab{T: t}
	ctx, stop := chromedp.NewContext(browser, chromedp.WithListener(func(event any) { p.watch(event, origin) }))
	t.Cleanup(stop)
	p.ctx = ctx
	if err := chromedp.Do(ctx); err != nil { // the tab lives as long as the context that it is first used with
		t.Fatal(err)
	}
	p.do(chromedp.Navigate(origin + path))
	t.Cleanup(p.wantNoProblem)
	return p
}

func (p *tab) watch(event any, origin string) {
	problem := ""
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, origin+"/") {
			problem = "request: " + e.Request.URL
		}
	case *log.EventEntryAdded:
		problem = "log: " + e.Entry.Text + " " + e.Entry.URL
	case *runtime.EventConsoleAPICalled:
		problem = "console: " + e.Type.String()
	case *runtime.EventExceptionThrown:
		problem = "exception: " + e.ExceptionDetails.Text
	}
	if problem != "" {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.problems = append(p.problems, problem)
	}
}

func (p *tab) wantNoProblem() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, problem := range p.problems {
		p.Error("the page had a problem: ", problem)
	}
}

func (p *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, stepTime)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.Fatal(err)
	}
}

// load does something that leads to another page, and waits for it.
func (p *tab) load(actions ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, stepTime)
	defer cancel()
	p.text("window.left = true")
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.Fatal(err)
	}
	for { // a poll ends with the page that it is on
		err := chromedp.Do(ctx, chromedp.Poll[chromedp.Void](`!window.left && document.readyState === "complete"`))
		if err == nil {
			return
		}
		if ctx.Err() != nil {
			p.Fatalf("no page was loaded: %v; the page is %s", err, p.text("location.href"))
		}
	}
}

// text is what a JavaScript expression yields.
func (p *tab) text(expression string) string {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, stepTime)
	defer cancel()
	got, err := chromedp.Run(ctx, chromedp.Evaluate[string]("String("+expression+")"))
	if err != nil {
		p.Fatalf("%s: %v", expression, err)
	}
	return got
}

// wait waits until a JavaScript expression is true.
func (p *tab) wait(expression string) {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, stepTime)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Poll[chromedp.Void](expression)); err != nil {
		p.Fatalf("%s: %v; the page says:\n%s", expression, err, p.text(`document.querySelector("main").innerText`))
	}
}

// mark is the attribute that find puts on what it has found.
const mark = "data-of-test"

// find marks the element that people know by a name: a link, a button, a summary, or the
// field of a label. under is the heading, legend or label of the part that it is in, "" for the
// whole page. It returns what is to be clicked, and whether that leads to another page.
func (p *tab) find(name, under string) (selector string, leads bool) {
	p.Helper()
	found := p.text(`(() => {
		const plain = (text) => text.replace(/\s+/g, " ").trim();
		const name = ` + strconv.Quote(name) + `, under = ` + strconv.Quote(under) + `;
		const labels = (e) => [...e.childNodes].filter((n) => !/^(INPUT|SELECT|TEXTAREA)$/.test(n.nodeName)).map((n) => n.textContent).join("");
		const called = (e) => e.getAttribute("aria-label") || plain(e.tagName === "LABEL" ? labels(e) : e.innerText || "");
		let part = document;
		if (under) part = [...document.querySelectorAll("legend, h2, h3, [aria-label]")].filter((e) => called(e) === under).map((e) => e.closest("fieldset, section") || e).pop();
		if (!part) return "no part";
		document.querySelectorAll("[` + mark + `]").forEach((e) => e.removeAttribute("` + mark + `"));
		const all = [...part.querySelectorAll("a, button, summary, label")].filter((e) => e.checkVisibility());
		const e = all.find((e) => called(e) === name) || all.find((e) => called(e).startsWith(name));
		if (!e) return "none of " + all.map(called).join(" | ");
		const it = e.tagName === "LABEL" && e.control ? e.control : e;
		it.setAttribute("` + mark + `", "");
		const inPage = it.tagName === "A" && it.getAttribute("href").startsWith("#");
		return it.tagName === "A" && !inPage || it.tagName === "BUTTON" && it.type === "submit" && !("all" in it.dataset) ? "leads" : "stays";
	})()`)
	if found != "leads" && found != "stays" {
		p.Fatalf("%q is not on the page, under %q: %s", name, under, found)
	}
	return "[" + mark + "]", found == "leads"
}

// click clicks what people know by a name.
func (p *tab) click(name, under string) {
	p.Helper()
	selector, leads := p.find(name, under)
	press := chromedp.Click(selector)
	if p.keyboard {
		p.reach(name)
		press = chromedp.KeyEvent(kb.Enter)
		if p.text(`document.activeElement.tagName`) == "INPUT" {
			press = chromedp.KeyEvent(" ")
		}
	}
	if leads {
		p.load(press)
		return
	}
	p.do(press)
}

// enter types a text into a field in the place of what is there.
func (p *tab) enter(text, label string) {
	p.Helper()
	selector, _ := p.find(label, "")
	if p.keyboard {
		p.reach(label)
		p.text(`document.activeElement.select()`)
		p.do(chromedp.KeyEvent(text))
		return
	}
	p.do(chromedp.Clear(selector), chromedp.SendKeys(selector, text))
}

// mostTabs is how often Tab may have to be pressed on a page.
const mostTabs = 150

// reach presses Tab until what find has marked has the focus, and can be seen to have it.
func (p *tab) reach(name string) {
	p.Helper()
	for range mostTabs {
		if p.text(`document.activeElement.hasAttribute("`+mark+`")`) == "true" {
			if p.text(`getComputedStyle(document.activeElement).outlineStyle`) == "none" {
				p.Errorf("%q has the focus, and nothing shows it", name)
			}
			return
		}
		p.do(chromedp.KeyEvent(kb.Tab))
	}
	p.Fatalf("%q cannot be reached by Tab", name)
}
