package html

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/gkampitakis/go-snaps/snaps"
	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/format/text"
	"github.com/simulate-duo/simulate-duo/steps/report/reporttest"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

func page(t testing.TB, r *report.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// part is the text from one mark to the next.
func part(t *testing.T, text, from, to string) string {
	t.Helper()
	_, rest, ok := strings.Cut(text, from)
	inside, _, ended := strings.Cut(rest, to)
	if !ok || !ended {
		t.Fatalf("there is no part from %q to %q", from, to)
	}
	return from + inside + to
}

func TestAnAlternativeThatFaresWorseIsExplained(t *testing.T) {
	row := newSweepRow(report.Alternative{Name: "members-remove=value-array", IDs: []string{"CSA-SYNC-07"}})
	if row.Question != "How does Duo remove members?" || row.Meaning == "" || row.Why == "" || row.Evidence != "assumed" || row.Beyond == "" {
		t.Errorf("got %+v", row)
	}
	if row := newSweepRow(report.Alternative{Name: "colour=red"}); row.Question != "" {
		t.Errorf("an alternative of another version is explained: %+v", row)
	}
}

func TestThePageTellsACause(t *testing.T) {
	text := part(t, page(t, reporttest.EveryKind()), `<details class="finding"`, `<div class="repeat">`)
	snaps.WithConfig(snaps.Filename("html")).MatchSnapshot(t, text)
}

func TestThePageTellsARequirement(t *testing.T) {
	r := reporttest.EveryKind()
	r.Requirements[4].Known = "the vendor knows"
	text := part(t, page(t, r), `<details class="req" id="CSA-SYNC-02"`, `<div class="exchange">`)
	snaps.WithConfig(snaps.Filename("html")).MatchSnapshot(t, text)
}

func TestThePageHasAnAnchorForEveryRequirement(t *testing.T) {
	r := reporttest.EveryKind()
	text := page(t, r)
	for _, q := range r.Requirements {
		if n := strings.Count(text, ` id="`+q.ID+`"`); n != 1 {
			t.Errorf("%s is the id of %d elements", q.ID, n)
		}
	}
}

// What the page says first is what the screen says last.
func TestThePageAndTheScreenAgreeOnTheEnd(t *testing.T) {
	for name, r := range map[string]*report.Report{"all passed": reporttest.AllPassed(), "every kind": reporttest.EveryKind(), "hostile": reporttest.HostileReport()} {
		t.Run(name, func(t *testing.T) {
			end := report.NewEnding(r, report.Findings(r), "below")
			if text := html.UnescapeString(page(t, r)); !strings.Contains(text, "<strong>"+end.Lead+"</strong> "+end.Text) {
				t.Errorf("the page does not say %s %s", end.Lead, end.Text)
			}
			var screen bytes.Buffer
			if err := text.Write(&screen, r, text.Style{}); err != nil {
				t.Fatal(err)
			}
			lines := strings.Split(strings.TrimSpace(screen.String()), "\n")
			if last := lines[len(lines)-1]; last != strings.ReplaceAll(end.Lead+" "+end.Text+" "+end.Next, "below", "above") {
				t.Errorf("the screen says %s", last)
			}
		})
	}
}

func TestThePageSaysWhatWasLeftBehindAndWhyItStopped(t *testing.T) {
	r := reporttest.EveryKind()
	r.Partial = "the target is gone"
	text := page(t, r)
	for _, want := range []string{"/Users/2819: DELETE answered 405 Method Not Allowed", "<strong>Why:</strong> the target is gone"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

func TestThePageShowsTheActivityLogAsDuoDoes(t *testing.T) {
	r := reporttest.HostileReport()
	log := part(t, page(t, r), `<details class="log">`, "</table>")
	at := 0
	for _, column := range []string{"Timestamp (UTC)", "Action", "Actor", "Affected", "Application", "Access device", "Log details"} {
		i := strings.Index(log[at:], `<th scope="col">`+column+"</th>")
		if i < 0 {
			t.Fatalf("there is no column %s after those before it", column)
		}
		at += i
	}
	if !strings.Contains(log, "<td>Automated Provisioning Integration<small>System</small></td>") {
		t.Error("the kind of the actor is not below the actor")
	}
}

// The policy lets through what the page brings along and nothing else.
func TestThePolicyNamesTheScriptAndTheStyleOfThePage(t *testing.T) {
	text := page(t, reporttest.EveryKind())
	policy := html.UnescapeString(regexp.MustCompile(`Content-Security-Policy" content="([^"]*)"`).FindStringSubmatch(text)[1])
	for element, directive := range map[string]string{"script": "script-src", "style": "style-src"} {
		inside := regexp.MustCompile(`(?s)<` + element + `>(.*)</` + element + `>`).FindStringSubmatch(text)
		if want := directive + " '" + hash(inside[1]) + "'"; !strings.Contains(policy, want) {
			t.Errorf("the policy is %s, want %s in it", policy, want)
		}
	}
	if !strings.HasPrefix(policy, "default-src 'none';") || strings.Contains(policy, "unsafe") {
		t.Errorf("the policy is %s", policy)
	}
}

// markup is what a target sends to be more than text.
const markup = `</script></style></textarea><script>window.acted=1</script><img src=x onerror="window.acted=2">" autofocus onfocus="window.acted=3" x='{{.}}` + "\u2028\u2029<!--"

// actingReport is a report in which everything that is not the program's own
// tries to act on the page.
func actingReport() *report.Report {
	r := reporttest.HostileReport()
	r.Target = report.Target{Name: markup, URL: "javascript:window.acted=4"}
	r.Tool.Version, r.Partial, r.LeftBehind = markup, markup, []string{markup}
	x := reporttest.Exchange("GET", "/Users/"+markup, 200, markup, `{"detail":"`+reporttest.Hostile+`","</script><script>window.acted=5</script>":[]}`+markup)
	x.RequestHeader[markup], x.ResponseHeader[markup], x.ResponseHeader["X-"+reporttest.Hostile] = []string{markup}, []string{markup}, []string{reporttest.Hostile}
	for i := range r.Requirements {
		q := &r.Requirements[i]
		q.Message, q.Known, q.Verdict = markup, markup, report.Failed
		q.Title, q.Text, q.Source, q.Feature, q.Level = markup, markup, markup, markup, features.Level(markup)
		q.Examples = []report.Example{
			{Name: markup, Profile: markup, Verdict: report.Failed, Message: markup + reporttest.Hostile, Want: markup, Got: reporttest.Hostile, Exchanges: []*wire.Exchange{x, x}},
			{Name: markup, Profile: report.DefaultProfile, Verdict: report.Blocked, Message: markup},
		}
	}
	r.Requirements[0].ID = markup
	r.Requirements[1].ID = `RFC7644-3.1-01"><script>window.acted=6</script>`
	r.ActivityLog = append(r.ActivityLog, report.LogRow{Action: markup, Actor: markup, Affected: markup, Application: markup, Details: markup})
	return r
}

func TestNothingOfATargetIsMarkup(t *testing.T) {
	wantHarmless(t, page(t, actingReport()))
}

func wantHarmless(t *testing.T, text string) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Error("the page is no UTF-8")
	}
	for _, c := range text {
		if c != '\n' && c != '\t' && unicode.In(c, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
			t.Fatalf("the page has the character %U", c)
		}
	}
	for _, tag := range []string{"<script", "</script", "<style", "</style"} {
		if n := strings.Count(strings.ToLower(text), tag); n != 1 {
			t.Errorf("%s is there %d times", tag, n)
		}
	}
	if strings.Contains(text, "<img") || strings.Contains(text, "<!--") || strings.Contains(text, "javascript:window.acted=4\"") {
		t.Error("the page has the markup of the target")
	}
}

// large is a report of that many requirements, each with five examples with a
// long exchange; every other requirement failed in ways of its own.
func large(requirements int) *report.Report {
	body := `{"Resources":[` + strings.TrimSuffix(strings.Repeat(`{"userName":"ada@example.com","emails":[{"value":"ada@example.com"}]},`, 300), ",") + `]}`
	var c report.Collector
	all := make([]features.Requirement, requirements)
	for i := range all {
		q := features.Requirement{
			ID: fmt.Sprintf("RFC7644-3.%d-%02d", i/20+1, i%20+1), Level: features.Levels()[i%8], Title: fmt.Sprintf("Number %d holds in every case", i),
			Feature: fmt.Sprintf("RFC 7644, 3.%d Section", i/20+1), Source: fmt.Sprintf("RFC 7644 section 3.%d", i/20+1), File: "rfc7644/x.feature",
		}
		for k := range 5 {
			e := report.Example{Name: fmt.Sprintf("case %d", k), Profile: report.DefaultProfile, Verdict: report.Passed, Requests: 1, Exchanges: []*wire.Exchange{reporttest.Exchange("GET", "/Users", 200, "application/scim+json", body)}}
			if i%2 == 0 {
				e.Verdict, e.Message, e.Want, e.Got = report.Failed, "case "+strings.Repeat("x", i%7+1)+string(rune('a'+i/40)), "one", body
			}
			q.Examples = append(q.Examples, features.Example{Name: e.Name})
			c.Add(q.ID, e)
		}
		all[i] = q
	}
	r := c.Report(all)
	r.Tool, r.Target = reporttest.EveryKind().Tool, reporttest.EveryKind().Target
	return r
}

func TestALargeReportIsAPageThatABrowserCanHold(t *testing.T) {
	text := page(t, large(1000))
	if len(text) > 10_000_000 {
		t.Errorf("it takes %s bytes", words.Grouped(len(text)))
	}
	if !regexp.MustCompile(`… \d+,\d{3} more bytes in the JSON report`).MatchString(text) {
		t.Error("it does not say that a body is cut")
	}
	if !strings.Contains(text, "… the rest is in the JSON report") {
		t.Error("it does not say where the exchanges are that it has no room for")
	}
	t.Logf("%s bytes", words.Grouped(len(text)))
}

func TestAPageThatCannotBeWrittenIsReported(t *testing.T) {
	for name, err := range map[string]error{
		"report": Write(reporttest.Failing{}, reporttest.AllPassed()),
		"matrix": WriteMatrix(reporttest.Failing{}, []Column{{Report: reporttest.AllPassed()}}),
	} {
		if err == nil || err.Error() != "write the HTML page: disk full" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFailuresOfOneRequirementAreOneCause(t *testing.T) {
	r := large(4)
	causes := newPainter(r.Target).causes(report.Findings(r), report.Failed)
	titles := make([]string, 0, len(causes))
	for _, c := range causes {
		titles = append(titles, c.Title)
	}
	if want := []string{"Number 0 holds in every case", "Number 2 holds in every case"}; !slices.Equal(titles, want) {
		t.Errorf("got %q, want %q", titles, want)
	}
}

func TestTheMostBindingRequirementOfACauseComesFirst(t *testing.T) {
	r := reporttest.EveryKind()
	r.Requirements[3].Level = features.Documented // CSA-SYNC-01, which CSA-SYNC-03 shares its cause with
	c := newPainter(r.Target).causes(report.Findings(r), report.Failed)[0]
	if c.Title != r.Requirements[5].Title || c.Hits[0].ID != "CSA-SYNC-03" || c.Hits[1].ID != "CSA-SYNC-01" {
		t.Errorf("%s is told by %s, %s", c.Title, c.Hits[0].ID, c.Hits[1].ID)
	}
}

func FuzzWriteHTML(f *testing.F) {
	for _, seed := range []string{"", reporttest.Hostile, markup, `{"a":["` + markup + `"]}`, "\xff</script>", "`${1}`", "javascript:alert(1)"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		x := reporttest.Exchange("GET", "/"+s, 200, s, s)
		e := report.Example{Name: s, Profile: s, Verdict: report.Failed, Message: s, Want: s, Got: s, Exchanges: []*wire.Exchange{x}}
		r := &report.Report{Target: report.Target{Name: s, URL: s}, Partial: s, LeftBehind: []string{s}, ActivityLog: []report.LogRow{{Details: s}}}
		r.Requirements = []report.Requirement{{ID: s, Source: s, Title: s, Feature: s, Verdict: report.Failed, Known: s, Examples: []report.Example{e}}}
		r.Summary.Failed = 1
		wantHarmless(t, page(t, r))
	})
}
