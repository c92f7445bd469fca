package lab

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// viewWire is every request with its answer, the newest first.
var viewWire = view{
	path: pathWire, template: "wire", title: "Wire", part: partLab, live: true,
	show:  showWire,
	forms: map[string]form{"/wire/clear": clearWire},
}

// shownExchanges is how many rows the page shows.
const shownExchanges = 200

// wirePage is what the wire view shows.
type wirePage struct {
	Lines   []exchangeLine
	Total   int // that the filter leaves
	LeftOut int // of these, older ones that are not shown
	Methods []string
	One     *exchangePage // that was chosen
}

// exchangeLine is an exchange on one line, for the page and for streams.
type exchangeLine struct {
	Seq    int       `json:"seq"`
	At     time.Time `json:"at"`
	Method string    `json:"method"`
	Path   string    `json:"path"` // with the query
	Status int       `json:"status"`
	Took   float64   `json:"duration_ms"`
	Cause  string    `json:"cause"`
	About  string    `json:"about,omitempty"`
	Broken []Broken  `json:"broken,omitempty"`
	Error  string    `json:"error,omitempty"`
}

// Failed says whether there was no answer, or a refusal.
func (x exchangeLine) Failed() bool { return x.Status == 0 || x.Status >= 400 }

func lineOf(e Exchange) exchangeLine {
	return exchangeLine{
		Seq: e.Seq, At: e.Started, Method: e.Method, Path: e.Path, Status: e.Status,
		Took: float64(e.Duration.Microseconds()) / 1000, Cause: e.Cause, About: e.About, Broken: e.Broken, Error: e.Err,
	}
}

// behind is what follows the base in a URL, and whether the URL is one below it:
// https://host/scim2 is not below https://host/scim.
func behind(raw, base string) (rest string, below bool) {
	rest, below = strings.CutPrefix(raw, base)
	return rest, below && (rest == "" || rest[0] == '/' || rest[0] == '?')
}

// pathBelow is the part of a URL behind the base, or else behind the host, readable.
func pathBelow(raw, base string) string {
	rest, below := behind(raw, base)
	u, err := url.Parse(raw)
	if err != nil {
		return raw
	}
	if !below {
		rest = u.RequestURI()
	}
	if plain, err := url.PathUnescape(rest); err == nil {
		return plain
	}
	return rest
}

func wantedOf(q url.Values) wanted {
	after, _ := strconv.Atoi(q.Get("after")) // without a number: all
	return wanted{Text: q.Get("q"), Method: q.Get("method"), Status: q.Get("status"), Broken: q.Get("broken") != "", After: after}
}

func showWire(l *Lab, r *http.Request) (any, error) {
	q := r.URL.Query()
	found := l.wire.choose(wantedOf(q).takes)
	slices.Reverse(found)
	p := wirePage{Total: len(found), Methods: []string{"GET", "POST", "PUT", "PATCH", "DELETE"}}
	p.LeftOut = max(len(found)-shownExchanges, 0)
	for _, e := range found[:len(found)-p.LeftOut] {
		p.Lines = append(p.Lines, lineOf(e))
	}
	if seq, err := strconv.Atoi(q.Get("seq")); err == nil {
		if e, ok := l.wire.one(seq); ok {
			one := exchangeOf(e)
			p.One = &one
		}
	}
	return p, nil
}

func clearWire(l *Lab, _ *http.Request) (to, said string, err error) {
	l.wire.clear()
	l.changed(eventExchange, "cleared")
	return pathWire, "Cleared", nil
}

// statusText is an answer's status with its name, for a page.
func statusText(status int) string {
	if status == 0 {
		return "no answer"
	}
	return strings.TrimSpace(strconv.Itoa(status) + " " + http.StatusText(status))
}

// StatusClass is the first digit of the status, 0 without an answer.
func (x exchangeLine) StatusClass() int { return x.Status / 100 }
