package format

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire/har"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/reporttest"
)

// These tests hold what the formats' own schemas demand: SARIF 2.1.0 (OASIS, with
// errata 01), HTTP Archive 1.2 as the npm package har-schema 2.0.0 has it, and
// JUnit as Jenkins' xUnit plugin (junit-10.xsd) and GitLab read it, with the
// properties of a case that Jenkins' JUnit plugin reads besides. The schemas are not in this repository: they are others' work.

func reportsOfEveryKind() map[string]*report.Report {
	stopped := reporttest.EveryKind()
	stopped.Partial = "interrupted"
	return map[string]*report.Report{
		"all passed": reporttest.AllPassed(), "every kind": reporttest.EveryKind(), "hostile": reporttest.HostileReport(), "with a baseline": reporttest.KnownAndStale(), "stopped": stopped,
		"nothing": {Version: report.Version, Tool: report.Tool{Name: "simulate-duo", Version: "1"}}, "large bodies": withLargeBodies(),
	}
}

// withLargeBodies is a report in which bodies were cut at the recorder's limit.
func withLargeBodies() *report.Report {
	var c report.Collector
	x := reporttest.Exchange("POST", "/Users", 200, "application/scim+json", strings.Repeat("y", wire.DefaultMaxBody))
	x.RequestBody = []byte(strings.Repeat("z", wire.DefaultMaxBody))
	x.RequestTruncated, x.Truncated = true, true
	c.Add("CSA-AUTH-01", report.Example{Name: "the users are listed", Verdict: report.Failed, Message: "too much", Want: "little", Got: reporttest.LongText, Requests: 1, Exchanges: []*wire.Exchange{x}})
	return reporttest.Finished(&c)
}

// attributes are those that may stand at an element of JUnit's, those before the
// bar have to.
var attributes = map[string]string{
	"testsuites": "| name time tests failures errors",
	"testsuite":  "name tests failures errors | time skipped timestamp",
	"testcase":   "name | classname time",
	"properties": "|",
	"property":   "name | value",
	"failure":    "type | message",
	"error":      "type | message",
	"skipped":    "| type message",
	"system-out": "|",
}

func TestJUnitFitsItsReaders(t *testing.T) {
	seconds := regexp.MustCompile(`^[0-9]+\.[0-9]{3}$`)
	for name, r := range reportsOfEveryKind() {
		t.Run(name, func(t *testing.T) {
			names := map[string]bool{}
			for d := xml.NewDecoder(bytes.NewReader(inFormat(t, "junit", r))); ; {
				token, err := d.Token()
				if errors.Is(err, io.EOF) {
					return
				} else if err != nil {
					t.Fatal(err)
				}
				start, ok := token.(xml.StartElement)
				if !ok {
					continue
				}
				has := map[string]string{}
				required, optional, known := strings.Cut(attributes[start.Name.Local], "|")
				for _, a := range start.Attr {
					has[a.Name.Local] = a.Value
					if !known || !slices.Contains(strings.Fields(required+optional), a.Name.Local) {
						t.Errorf("%s has the attribute %s", start.Name.Local, a.Name.Local)
					}
				}
				for a := range strings.FieldsSeq(required) {
					if has[a] == "" {
						t.Errorf("%s lacks %s", start.Name.Local, a)
					}
				}
				if s, ok := has["time"]; ok && !seconds.MatchString(s) {
					t.Errorf("the time is %q", s)
				}
				if key := has["classname"] + "\x00" + has["name"]; start.Name.Local == "testcase" {
					if names[key] {
						t.Errorf("two cases are called %q", key)
					}
					names[key] = true
				}
			}
		})
	}
}

func TestSARIFKeepsItsRules(t *testing.T) {
	for name, r := range reportsOfEveryKind() {
		t.Run(name, func(t *testing.T) {
			var s sarif
			d := json.NewDecoder(bytes.NewReader(inFormat(t, "sarif", r)))
			if err := d.Decode(&s); err != nil || s.Version != "2.1.0" || len(s.Runs) != 1 {
				t.Fatalf("no SARIF: %v, %+v", err, s)
			}
			run := s.Runs[0]
			if len(run.Invocations) != 1 || run.Tool.Driver.Name == "" {
				t.Error("it does not say who ran it")
			}
			if _, err := time.Parse(time.RFC3339, run.Invocations[0].Start); err != nil {
				t.Error(err)
			}
			ids := map[string]bool{}
			for _, rule := range run.Tool.Driver.Rules {
				if ids[rule.ID] || !slices.Contains([]string{"error", "warning"}, rule.Default["level"]) {
					t.Errorf("rule %+v", rule)
				}
				ids[rule.ID] = true
			}
			for _, x := range run.Results {
				place := x.Locations[0].Physical
				switch {
				case run.Tool.Driver.Rules[x.RuleIndex].ID != x.Rule, x.Message.Text == "", place.Region.Line < 1,
					!slices.Contains([]string{"error", "warning"}, x.Level), len(x.Fingerprints) == 0:
					t.Errorf("result %+v", x)
				}
				if u, err := url.Parse(place.Artifact.URI); err != nil || u.IsAbs() {
					t.Errorf("the place is %q", place.Artifact.URI)
				}
				for _, s := range x.Suppressions {
					if s.Kind != "external" || s.Justification == "" {
						t.Errorf("suppression %+v", s)
					}
				}
			}
		})
	}
}

func TestHARKeepsItsRules(t *testing.T) {
	for name, r := range reportsOfEveryKind() {
		t.Run(name, func(t *testing.T) {
			var h har.Archive
			text := inFormat(t, "har", r)
			if err := json.Unmarshal(text, &h); err != nil || h.Log.Version != "1.2" || h.Log.Creator.Name == "" || h.Log.Creator.Version == "" {
				t.Fatalf("no HAR: %v", err)
			}
			if bytes.Contains(text, []byte(": null")) {
				t.Error("a list is null")
			}
			pages := map[string]bool{}
			for _, p := range h.Log.Pages {
				pages[p.ID] = true
				mustBeTime(t, p.Started)
			}
			for _, e := range h.Log.Entries {
				mustBeTime(t, e.Started)
				if u, err := url.ParseRequestURI(e.Request.URL); err != nil || !u.IsAbs() || strings.ContainsAny(e.Request.URL, " \\\"<>^`{|}\u202e") {
					t.Errorf("the URL is %q: %v", e.Request.URL, err)
				}
				if !pages[e.Page] || e.Request.Method == "" || e.Time < 0 || e.Response.Content.Size < 0 {
					t.Errorf("entry %+v", e)
				}
			}
		})
	}
}

func mustBeTime(t *testing.T, s string) {
	t.Helper()
	if _, err := time.Parse(time.RFC3339, s); err != nil {
		t.Error(err)
	}
}

func TestEveryFormatSaysThatALargeBodyWasCut(t *testing.T) {
	for format, want := range map[string]string{
		"json":     `"truncated":true`,
		"har":      `"comment": "the body was longer; the rest was not kept"`,
		"text":     "# cut: the command has ",
		"markdown": "# cut: the command has ",
		"junit":    "# cut: the command has ",
		"sarif":    "# cut: the command has ",
		"tap":      "(100000 bytes)", // the value alone: TAP shows no requests
	} {
		text := string(inFormat(t, format, withLargeBodies()))
		if !strings.Contains(text, want) {
			t.Errorf("%s: %q is missing", format, want)
		}
		if format != "json" && format != "har" && len(text) > 20_000 {
			t.Errorf("%s: %d bytes", format, len(text))
		}
	}
}
