package report

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/gkampitakis/go-snaps/snaps"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

func render(t *testing.T, r *Report, style Style) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteText(&b, r, style); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func answering(status int, contentType string) func(method, path string) *wire.Exchange {
	return func(method, path string) *wire.Exchange {
		return exchange(method, path, status, contentType, "nothing")
	}
}

func TestTheScreen(t *testing.T) {
	embedded := allPassed()
	embedded.Target = Target{Name: "Cisco Secure Access simulator", URL: base, Embedded: true}
	simulated := everyKind()
	simulated.Target = embedded.Target
	interrupted := func() *Report {
		var c Collector
		c.Add("CSA-AUTH-01", passed("the users are listed"))
		c.Stop("interrupted")
		return finished(&c)
	}()
	for _, test := range []struct {
		name  string
		r     *Report
		style Style
	}{
		{"when all passed", allPassed(), Style{}},
		{"when all passed against the embedded simulator", embedded, Style{}},
		{"with findings of every kind", everyKind(), Style{}},
		{"with findings of every kind on a terminal", everyKind(), Style{Color: true, Width: 72}},
		{"with findings of every kind about the embedded simulator", simulated, Style{}},
		{"when everything is answered 404", everywhere(answering(404, "text/plain")), Style{}},
		{"when everything is answered with a web page", everywhere(answering(200, "text/html; charset=utf-8")), Style{}},
		{"when the target sends what deceives a terminal", hostileReport(), Style{}},
		{"when the run was interrupted", interrupted, Style{}},
		{"when nothing ran", finished(&Collector{}), Style{}},
	} {
		t.Run(test.name, func(t *testing.T) { snaps.MatchSnapshot(t, render(t, test.r, test.style)) })
	}
}

func TestOneCauseIsSaidFirst(t *testing.T) {
	for name, test := range map[string]struct {
		report *Report
		want   string
	}{
		"no endpoint":    {everywhere(answering(404, "")), "The target answered 404 Not Found to all 8 requests. Is the URL the SCIM base URL, the part before /Users?"},
		"a wrong token":  {everywhere(answering(401, "")), "The target answered 401 Unauthorized to all 8 requests. Is the token right, and may it write?"},
		"out of order":   {everywhere(answering(500, "")), "The target answered 500 Internal Server Error to all 8 requests. Its own log should say why."},
		"a web page":     {everywhere(answering(200, "text/html")), "The target answered 200 OK with an HTML page to all 8 requests. Is the URL that of the SCIM endpoint and not of a page for people?"},
		"a page for 404": {everywhere(answering(404, "text/html")), "The target answered 404 Not Found with an HTML page to all 8 requests. Is the URL the SCIM base URL, the part before /Users?"},
		"a redirect":     {everywhere(answering(302, "")), "The target answered 302 Found to all 8 requests. Is the URL that of the SCIM endpoint and not of a page for people?"},
		"an odd refusal": {everywhere(answering(418, "")), "The target answered 418 I'm a teapot to all 8 requests. It serves no SCIM at this URL, or not for this token."},
		"limited rate":   {everywhere(answering(429, "")), "The target answered 429 Too Many Requests to all 8 requests. It limits the rate: run again with a lower --rps."},
		"no answer": {everywhere(func(method, path string) *wire.Exchange {
			x := exchange(method, path, 0, "", "")
			x.Err = "connection refused"
			return x
		}), "None of 8 requests got an answer: connection refused."},
		"the same finding everywhere": {everywhere(func(method, path string) *wire.Exchange {
			return exchange(method, path, 200, "application/scim+json", "{}")
		}), ""},
		"nothing wrong": {allPassed(), ""},
		"several":       {everyKind(), "The 2 failed requirements have one cause: the created user has no id."},
	} {
		t.Run(name, func(t *testing.T) {
			if got := headline(test.report, findings(test.report)); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestRequestsToOtherServersDoNotHideTheOneCause(t *testing.T) {
	r := everywhere(answering(404, ""))
	other := exchange("GET", "/Users", 200, "application/scim+json", "{}")
	other.URL = "http://127.0.0.2/Users"
	r.Requirements[1].Examples[0].Exchanges = []*wire.Exchange{other}
	if got := headline(r, findings(r)); !strings.HasPrefix(got, "The target answered 404 Not Found to all 7 requests.") {
		t.Error(got)
	}
}

func TestCausesAreSortedFailuresFirstThenWorstLevel(t *testing.T) {
	var c Collector
	c.Add("CSA-AUTH-01", Example{Name: "the users are listed", Profile: "a=b", Verdict: Failed, Message: "under an alternative"})
	c.Add("DUO-CONNECT-01", Example{Name: "only reads", Verdict: Failed, Message: "observed"})
	c.Add("CSA-SYNC-02", Example{Name: "one more attribute", Verdict: Warned, Message: "should"})
	c.Add("CSA-SYNC-03", Example{Name: "a new display name", Verdict: Failed, Message: "must"})
	var got []string
	for _, f := range findings(c.Report(catalogue())) {
		got = append(got, f.message)
	}
	if s := strings.Join(got, ", "); s != "must, observed, under an alternative, should" {
		t.Error(s)
	}
}

func TestWhatDiffersFromRunToRunMakesNoOtherCause(t *testing.T) {
	same := []string{
		`GET /Users?filter=userName eq "ada.sduo-c309a104-1@example.com"`,
		`GET /Users?filter=userName eq "ada.sduo-1f3a9c2e-156@example.com"`,
	}
	if a, b := Cause(Example{Message: same[0]}), Cause(Example{Message: same[1]}); a != b {
		t.Errorf("%q and %q", a, b)
	}
	if Cause(Example{Message: "m", Got: "404"}) == Cause(Example{Message: "m", Got: "500"}) {
		t.Error("two answers are taken for one cause")
	}
}

func TestALongListOfRequirementsIsCounted(t *testing.T) {
	q := Requirement{Level: "MUST", Title: "t"}
	f := &finding{verdict: Failed, message: "m"}
	for i := range 20 {
		q.ID = fmt.Sprintf("DUO-A-%02d", i)
		f.hits = append(f.hits, &hit{requirement: &Requirement{ID: q.ID, Level: q.Level, Title: q.Title}, examples: []string{"e"}, usual: true})
	}
	s := &screen{}
	s.finding(f, Target{})
	if want := "  and 17 more requirements: DUO-A-03, DUO-A-04, DUO-A-05, DUO-A-06, DUO-A-07, DUO-A-08, DUO-A-09, DUO-A-10 and 9 more\n"; !strings.Contains(string(s.text), want) {
		t.Error(string(s.text))
	}
}

// wantPlain fails if the text holds anything that acts on a terminal, or hides.
func wantPlain(t *testing.T, text string) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Errorf("no UTF-8: %q", text)
	}
	for _, r := range text {
		if r != '\n' && r != '\t' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
			t.Errorf("%U in %q", r, text)
			return
		}
	}
}

func TestAPipeGetsNoControlCharacters(t *testing.T) {
	for _, r := range []*Report{allPassed(), everyKind(), hostileReport()} {
		wantPlain(t, render(t, r, Style{}))
	}
}

func TestALongValueIsCut(t *testing.T) {
	text := render(t, hostileReport(), Style{})
	if len(text) > 10_000 {
		t.Errorf("%d bytes on the screen", len(text))
	}
	if want := fmt.Sprintf("… (%d bytes)", len(hostile)+len(longText)); !strings.Contains(text, want) {
		t.Errorf("%q is missing in\n%s", want, text)
	}
}

func TestProseIsWrappedAtTheWidth(t *testing.T) {
	s := &screen{style: Style{Width: 20}}
	s.prose("", "lead  ", "one two three four fünf averyveryverylongword six")
	want := "lead  one two three\n      four fünf\n      averyveryverylongword\n      six\n"
	if got := string(s.text); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"plain é Ωж 😀":       "plain é Ωж 😀",
		"a\nb\r\tc":          `a\nb\r\tc`,
		"\x1b[31m\x00\x7f":   `\x1b[31m\x00\x7f`,
		"\u0085\u202e\u200b": `\x85\u202e\u200b`,
		"\xff\xc3(":          `\xff\xc3(`,
		"\uFFFD":             "\uFFFD",
		"\U000e0041":         `\U000e0041`,
		"":                   "",
	} {
		if got := Visible(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestShortCutsBetweenCharacters(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"four", "four"},
		{"fives", "five… (5 bytes)"},
		{"abcé", "abc… (5 bytes)"},
		{"\x80\x80\x80\x80\x80\x80", `\x80\x80\x80\x80… (6 bytes)`},
	} {
		if got := short(test.in, 4); got != test.want {
			t.Errorf("%q: got %q, want %q", test.in, got, test.want)
		}
	}
}

func FuzzWriteText(f *testing.F) {
	f.Add(hostile, "want", "got", uint8(40))
	f.Add("", "", "\n\n\n", uint8(0))
	f.Fuzz(func(t *testing.T, message, want, got string, width uint8) {
		var c Collector
		x := exchange("GET", "/Users/"+got, 200, message, got)
		x.Err = want
		for _, v := range verdicts {
			c.Add("CSA-AUTH-01", Example{Name: "the users are listed", Profile: string(v) + got, Verdict: v, Message: message, Want: want, Got: got, Requests: 1, Exchanges: []*wire.Exchange{x}})
		}
		c.Stop(message)
		wantPlain(t, render(t, finished(&c), Style{Width: int(width)}))
	})
}
