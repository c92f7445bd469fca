package explain

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// Request is what a check sends, and how a target answers that meets the requirement.
type Request struct {
	Example string   `json:"example"`
	Step    string   `json:"step"` // the sentence that sends it
	ByDuo   bool     `json:"by_duo,omitempty"`
	Method  string   `json:"method"`
	Path    string   `json:"path"` // below the base URL
	Header  []string `json:"header"`
	Body    string   `json:"body,omitempty"`
	Status  int      `json:"status"`
	Answer  string   `json:"answer,omitempty"` // its body

	form string // requests of one form ask the same of a server
}

// Sent adds a request that a check sends. base is the base URL of the target.
func (x *Explanation) Sent(example, step string, byDuo bool, base string, e *wire.Exchange) {
	x.Requests = append(x.Requests, Request{
		Example: example, Step: step, ByDuo: byDuo, Method: e.Method, Path: below(base, e.URL), Header: headerLines(e.RequestHeader),
		Body: string(e.RequestBody), Status: e.Status, Answer: string(e.ResponseBody),
		form: strings.Join(append(report.Parts(e), http.StatusText(e.Status)), "\n"),
	})
}

// Played takes over what the checks showed when they were played against a target that
// meets all requirements.
func (x *Explanation) Played(q *report.Requirement) {
	if x.AboutClients || x.AboutDuo {
		return
	}
	s := report.StakesOf(q)
	x.Risk = s.Risk
	x.Breaks, x.MayBreak, x.Warns = append(x.Breaks, s.Breaks...), append(x.MayBreak, s.MayBreak...), append(x.Warns, s.Warns...)
}

// typical are the first requests of each form, at most n of them, and how many are left out.
// What only looks after a change, or prepares it, is of no form of its own.
func (x *Explanation) typical(n int) (shown []Request, left int) {
	seen := map[string]bool{}
	for _, r := range x.Requests {
		if seen[r.form] {
			continue
		}
		seen[r.form] = true
		if len(shown) < n {
			shown = append(shown, r)
			continue
		}
		left++
	}
	return shown, left
}

// below is the end of the URL, below the base.
func below(base, url string) string {
	if rest, ok := strings.CutPrefix(url, base); ok {
		return rest
	}
	return url
}

// usual are headers that every client sends in a way of its own.
var usual = []string{"Accept-Encoding", "Content-Length", "User-Agent"}

func headerLines(h http.Header) []string {
	lines := []string{}
	for _, name := range slices.Sorted(maps.Keys(h)) {
		if slices.Contains(usual, name) {
			continue
		}
		for _, value := range h[name] {
			lines = append(lines, name+": "+value)
		}
	}
	return lines
}
