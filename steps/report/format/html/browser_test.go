package html

import (
	"context"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browser starts a headless browser that the test's pages open in. Where there
// is none the test is skipped, or fails if REQUIRE_CHROMIUM is 1.
func browser(t testing.TB) context.Context {
	t.Helper()
	program := browserProgram()
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

func browserProgram() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if found, err := exec.LookPath(name); err == nil {
			return found
		}
	}
	return ""
}

// tab is a page that is open in a browser.
type tab struct {
	testing.TB

	ctx      context.Context //nolint:containedctx // to chromedp, a context is the tab
	mu       sync.Mutex
	problems []string // what the console complained about, and requests that left the page
}

// open shows what a writer writes, from a file, at an address that ends in the
// fragment. When the test ends the page must have had no problem.
func open(browser context.Context, t testing.TB, write func(io.Writer) error, fragment string) *tab {
	t.Helper()
	name := filepath.Join(t.TempDir(), "page.html")
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := write(file); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	address := (&url.URL{Scheme: "file", Path: name}).String()
	p := &tab{TB: t}
	ctx, stop := chromedp.NewContext(browser, chromedp.WithListener(func(event any) { p.watch(event, address) }))
	t.Cleanup(stop)
	p.ctx = ctx
	p.do(chromedp.Navigate(address + fragment))
	t.Cleanup(p.wantNoProblem)
	return p
}

func (p *tab) watch(event any, address string) {
	problem := ""
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if e.Request.URL != address {
			problem = "request: " + e.Request.URL
		}
	case *log.EventEntryAdded:
		problem = "log: " + e.Entry.Text
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
	if err := chromedp.Do(p.ctx, actions...); err != nil {
		p.Fatal(err)
	}
}

// get is what an action yields.
func get[T any](p *tab, action chromedp.Action[T]) T {
	p.Helper()
	v, err := chromedp.Run(p.ctx, action)
	if err != nil {
		p.Fatal(err)
	}
	return v
}

// want demands what a JavaScript expression yields, as text.
func (p *tab) want(expression, want string) {
	p.Helper()
	if got := get(p, chromedp.Evaluate[string]("String("+expression+")")); got != want {
		p.Errorf("%s is %q, want %q", expression, got, want)
	}
}

// wait waits until a JavaScript expression is true.
func (p *tab) wait(expression string) {
	p.Helper()
	p.do(chromedp.Poll[chromedp.Void](expression))
}
