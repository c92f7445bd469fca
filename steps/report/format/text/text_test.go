package text

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/gkampitakis/go-snaps/snaps"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/reporttest"
)

func render(t *testing.T, r *report.Report, style Style) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, r, style); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func answering(status int, contentType string) func(method, path string) *wire.Exchange {
	return func(method, path string) *wire.Exchange {
		return reporttest.Exchange(method, path, status, contentType, "nothing")
	}
}

func TestTheScreen(t *testing.T) {
	embedded := reporttest.AllPassed()
	embedded.Target = report.Target{Name: "Cisco Secure Access simulator", URL: reporttest.Base, Embedded: true}
	simulated := reporttest.EveryKind()
	simulated.Target = embedded.Target
	interrupted := func() *report.Report {
		var c report.Collector
		c.Add("CSA-AUTH-01", reporttest.Passed("the users are listed"))
		c.Stop("interrupted")
		return reporttest.Finished(&c)
	}()
	for _, test := range []struct {
		name  string
		r     *report.Report
		style Style
	}{
		{"when all passed", reporttest.AllPassed(), Style{}},
		{"when all passed against the embedded simulator", embedded, Style{}},
		{"with findings of every kind", reporttest.EveryKind(), Style{}},
		{"with findings of every kind on a terminal", reporttest.EveryKind(), Style{Color: true, Width: 72}},
		{"with findings of every kind about the embedded simulator", simulated, Style{}},
		{"when everything is answered 404", reporttest.Everywhere(answering(404, "text/plain")), Style{}},
		{"when everything is answered with a web page", reporttest.Everywhere(answering(200, "text/html; charset=utf-8")), Style{}},
		{"when the target sends what deceives a terminal", reporttest.HostileReport(), Style{}},
		{"when the run was interrupted", interrupted, Style{}},
		{"when nothing ran", reporttest.Finished(&report.Collector{}), Style{}},
	} {
		t.Run(test.name, func(t *testing.T) { snaps.MatchSnapshot(t, render(t, test.r, test.style)) })
	}
}

func TestOneCauseIsSaidFirst(t *testing.T) {
	for name, test := range map[string]struct {
		report *report.Report
		want   string
	}{
		"no endpoint":    {reporttest.Everywhere(answering(404, "")), "The target answered 404 Not Found to all 8 requests. Is the URL the SCIM base URL, the part before /Users?"},
		"a wrong token":  {reporttest.Everywhere(answering(401, "")), "The target answered 401 Unauthorized to all 8 requests. Is the token right, and may it write?"},
		"out of order":   {reporttest.Everywhere(answering(500, "")), "The target answered 500 Internal Server Error to all 8 requests. Its own log should say why."},
		"a web page":     {reporttest.Everywhere(answering(200, "text/html")), "The target answered 200 OK with an HTML page to all 8 requests. Is the URL that of the SCIM endpoint and not of a page for people?"},
		"a page for 404": {reporttest.Everywhere(answering(404, "text/html")), "The target answered 404 Not Found with an HTML page to all 8 requests. Is the URL the SCIM base URL, the part before /Users?"},
		"a redirect":     {reporttest.Everywhere(answering(302, "")), "The target answered 302 Found to all 8 requests. Is the URL that of the SCIM endpoint and not of a page for people?"},
		"an odd refusal": {reporttest.Everywhere(answering(418, "")), "The target answered 418 I'm a teapot to all 8 requests. It serves no SCIM at this URL, or not for this token."},
		"limited rate":   {reporttest.Everywhere(answering(429, "")), "The target answered 429 Too Many Requests to all 8 requests. It limits the rate: run again with a lower --rps."},
		"no answer": {reporttest.Everywhere(func(method, path string) *wire.Exchange {
			x := reporttest.Exchange(method, path, 0, "", "")
			x.Err = "connection refused"
			return x
		}), "None of 8 requests got an answer: connection refused."},
		"the same finding everywhere": {reporttest.Everywhere(func(method, path string) *wire.Exchange {
			return reporttest.Exchange(method, path, 200, "application/scim+json", "{}")
		}), "The 7 failed requirements have one cause: the status is wrong."},
		"nothing wrong": {reporttest.AllPassed(), ""},
		"several":       {reporttest.EveryKind(), "The 2 failed requirements have one cause: the created user has no id."},
	} {
		t.Run(name, func(t *testing.T) {
			if got := report.Headline(test.report, report.Findings(test.report)); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestRequestsToOtherServersDoNotHideTheOneCause(t *testing.T) {
	r := reporttest.Everywhere(answering(404, ""))
	other := reporttest.Exchange("GET", "/Users", 200, "application/scim+json", "{}")
	other.URL = "http://127.0.0.2/Users"
	r.Requirements[1].Examples[0].Exchanges = []*wire.Exchange{other}
	if got := report.Headline(r, report.Findings(r)); !strings.HasPrefix(got, "The target answered 404 Not Found to all 7 requests.") {
		t.Error(got)
	}
}

func TestCausesAreSortedFailuresFirstThenWorstLevel(t *testing.T) {
	var c report.Collector
	c.Add("CSA-AUTH-01", report.Example{Name: "the users are listed", Profile: "a=b", Verdict: report.Failed, Message: "under an alternative"})
	c.Add("DUO-CONNECT-01", report.Example{Name: "only reads", Verdict: report.Failed, Message: "observed"})
	c.Add("CSA-SYNC-02", report.Example{Name: "one more attribute", Verdict: report.Warned, Message: "should"})
	c.Add("CSA-SYNC-03", report.Example{Name: "a new display name", Verdict: report.Failed, Message: "must"})
	var got []string
	for _, f := range report.Findings(c.Report(reporttest.Catalogue())) {
		got = append(got, f.Message)
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
	if a, b := report.Cause(report.Example{Message: same[0]}), report.Cause(report.Example{Message: same[1]}); a != b {
		t.Errorf("%q and %q", a, b)
	}
	if report.Cause(report.Example{Message: "m", Got: "404"}) == report.Cause(report.Example{Message: "m", Got: "500"}) {
		t.Error("two answers are taken for one cause")
	}
}

func TestTheScreenHasOneCommandAndNamesTheRest(t *testing.T) {
	member := reporttest.Exchange("GET", "/Users/2819", 200, "application/scim+json", `{"id":"2819"}`)
	created := reporttest.Exchange("POST", "/Users", 201, "application/scim+json", `{"id":"2819"}`)
	e := report.Example{Name: "e", Profile: report.DefaultProfile, Verdict: report.Failed, Message: "m", Exchanges: []*wire.Exchange{created, member}}
	r := &report.Report{Target: report.Target{URL: reporttest.Base}, Requirements: []report.Requirement{{ID: "CSA-SYNC-01", Verdict: report.Failed, Examples: []report.Example{e}}}}
	for file, want := range map[string]string{
		"":         "`simulate-duo replay FILE CSA-SYNC-01 --as curl` prints it with its set-up; --report json=FILE writes the file\n",
		"duo.json": "`simulate-duo replay duo.json CSA-SYNC-01 --as curl` prints it with its set-up\n",
	} {
		text := render(t, r, Style{JSON: file})
		if !strings.Contains(text, want) || strings.Count(text, "curl -") != 1 {
			t.Error(text)
		}
	}
}

func TestALongListOfRequirementsIsCounted(t *testing.T) {
	q := report.Requirement{Level: "MUST", Title: "t"}
	f := &report.Finding{Verdict: report.Failed, Message: "m"}
	for i := range 20 {
		q.ID = fmt.Sprintf("DUO-A-%02d", i)
		f.Hits = append(f.Hits, &report.Hit{Requirement: &report.Requirement{ID: q.ID, Level: q.Level, Title: q.Title}, Examples: []string{"e"}, Usual: true})
	}
	s := &screen{}
	s.finding(f, report.Target{})
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
	for _, r := range []*report.Report{reporttest.AllPassed(), reporttest.EveryKind(), reporttest.HostileReport()} {
		wantPlain(t, render(t, r, Style{}))
	}
}

func TestALongValueIsCut(t *testing.T) {
	text := render(t, reporttest.HostileReport(), Style{})
	if len(text) > 10_000 {
		t.Errorf("%d bytes on the screen", len(text))
	}
	if want := fmt.Sprintf("… (%d bytes)", len(reporttest.Hostile)+len(reporttest.LongText)); !strings.Contains(text, want) {
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

func FuzzWriteText(f *testing.F) {
	f.Add(reporttest.Hostile, "want", "got", uint8(40))
	f.Add("", "", "\n\n\n", uint8(0))
	f.Fuzz(func(t *testing.T, message, want, got string, width uint8) {
		var c report.Collector
		x := reporttest.Exchange("GET", "/Users/"+got, 200, message, got)
		x.Err = want
		for _, v := range report.Verdicts {
			c.Add("CSA-AUTH-01", report.Example{Name: "the users are listed", Profile: string(v) + got, Verdict: v, Message: message, Want: want, Got: got, Requests: 1, Exchanges: []*wire.Exchange{x}})
		}
		c.Stop(message)
		wantPlain(t, render(t, reporttest.Finished(&c), Style{Width: int(width)}))
	})
}
