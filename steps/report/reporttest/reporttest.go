// Package reporttest has reports for the tests of what writes and reads them.
package reporttest

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// Base is the base URL of the target in the reports.
const Base = "http://127.0.0.1:8080/scim"

// Catalogue is a small set of requirements with every shape that a report has
// to deal with.
func Catalogue() []features.Requirement {
	rule := func(id string, level features.Level, feature, title string, examples ...string) features.Requirement {
		r := features.Requirement{
			ID: id, Level: level, Title: title, Feature: feature, File: "guide/" + feature + ".feature", Line: 10,
			Source: "Cisco document 225885", Text: "The page says so\nin step 5.",
		}
		for i, name := range examples {
			r.Examples = append(r.Examples, features.Example{Name: name, Line: 12 + i})
		}
		return r
	}
	inside := rule("DUO-CONNECT-09", features.Observed, "Connect", "The token is stored encrypted")
	inside.Unobservable = true
	return []features.Requirement{
		rule("CSA-AUTH-01", features.Must, "Connect", "The target serves a client that shows the token", "the users are listed"),
		rule("DUO-CONNECT-01", features.Observed, "Connect", "Connecting changes nothing", "only reads"),
		inside,
		rule("CSA-SYNC-01", features.Must, "Sync group", "A created user gets an id", "a user with a name only", "a user with everything"),
		rule("CSA-SYNC-02", features.Should, "Sync group", "An unknown attribute is ignored", "one more attribute"),
		rule("CSA-SYNC-03", features.Must, "Sync group", "A user keeps its id when it is updated", "a new display name"),
		rule("CSA-DEPROV-01", features.Documented, "Deactivate or delete", "A deactivated user can be found", "by its name"),
		rule("CSA-DEPROV-02", features.Optional, "Deactivate or delete", "A deleted user can be restored", "within a day"),
	}
}

// Exchange is a request to the target and its answer.
func Exchange(method, path string, status int, contentType, body string) *wire.Exchange {
	x := &wire.Exchange{
		Method: method, URL: Base + path, Duration: 3 * time.Millisecond,
		RequestHeader:  http.Header{"Authorization": {"Bearer [hidden]"}, "Accept": {"application/scim+json"}},
		Status:         status,
		ResponseHeader: http.Header{"Content-Type": {contentType}},
		ResponseBody:   []byte(body),
	}
	if method != http.MethodGet {
		x.RequestHeader.Set("Content-Type", "application/scim+json")
		x.RequestBody = []byte(`{"userName":"it's sduo-1f3a9c2e"}`)
	}
	return x
}

// Passed is an example that passed, with the one request that it took.
func Passed(name string) report.Example {
	return report.Example{Name: name, Verdict: report.Passed, DurationMS: 4, Requests: 1, Exchanges: []*wire.Exchange{
		Exchange("GET", "/Users", 200, "application/scim+json", `{"totalResults":0}`),
	}}
}

// With is the example with a change.
func With(e report.Example, change func(*report.Example)) report.Example {
	change(&e)
	return e
}

// Finished fills in what the run knows besides the results.
func Finished(c *report.Collector) *report.Report {
	r := c.Report(Catalogue())
	r.Tool = report.Tool{Name: "simulate-duo", Version: "1.2.3"}
	r.Target = report.Target{Name: "Example", URL: Base}
	r.Started = time.Date(2026, 3, 18, 21, 11, 55, 0, time.UTC)
	r.DurationMS = 3218
	return r
}

// AllPassed is a run in which everything that can be judged passed, also under
// two alternatives of the profile.
func AllPassed() *report.Report {
	var c report.Collector
	for _, q := range Catalogue() {
		for _, e := range q.Examples {
			c.Add(q.ID, Passed(e.Name))
			for _, p := range []string{"user-update=put", "operation-case=capitalised"} {
				c.Add(q.ID, With(Passed(e.Name), func(e *report.Example) { e.Profile = p }))
			}
		}
	}
	return Finished(&c)
}

// EveryKind is a run with every verdict, two causes that several requirements
// share, an alternative that fails alone and one that fails as well.
func EveryKind() *report.Report {
	const noID = "the created user has no id"
	created := []*wire.Exchange{
		Exchange("GET", "/Users?filter=userName%20eq%20%22sduo-1f3a9c2e%22", 200, "application/scim+json", `{"totalResults":0}`),
		Exchange("POST", "/Users", 201, "application/json", `{"userName":"sduo-1f3a9c2e"}`),
	}
	var c report.Collector
	c.Add("CSA-AUTH-01", Passed("the users are listed"))
	c.Add("CSA-AUTH-01", With(Passed("the users are listed"), func(e *report.Example) {
		e.Profile, e.Verdict, e.Message = "media-type=json", report.Failed, "the answer is 415"
		e.Want, e.Got = "200", "415"
	}))
	c.Add("DUO-CONNECT-01", report.Example{Name: "only reads", Verdict: report.Broken, Message: "panic: index out of range"})
	for _, name := range []string{"a user with a name only", "a user with everything"} {
		e := report.Example{Name: name, Verdict: report.Failed, Message: noID, Want: "an id", Got: "{\n  \"userName\": \"sduo-1f3a9c2e\"\n}", Requests: len(created), Exchanges: created}
		c.Add("CSA-SYNC-01", e)
		c.Add("CSA-SYNC-01", With(e, func(e *report.Example) { e.Profile = "user-update=put" }))
	}
	c.Add("CSA-SYNC-02", report.Example{Name: "one more attribute", Verdict: report.Warned, Message: "the target refuses it", Want: "201", Got: "400 invalidSyntax", Requests: 1, Exchanges: created[1:]})
	c.Add("CSA-SYNC-03", report.Example{Name: "a new display name", Verdict: report.Failed, Message: noID, Want: "an id", Got: "{\n  \"userName\": \"sduo-77aa00bc\"\n}", Requests: len(created), Exchanges: created})
	c.Add("CSA-DEPROV-01", report.Example{Name: "by its name", Verdict: report.Blocked, Message: "no user could be created"})
	c.Add("CSA-DEPROV-02", report.Example{Name: "within a day", Verdict: report.Unsupported, Message: "the target does not restore users"})
	r := Finished(&c)
	r.LeftBehind = []string{"/Users/2819: DELETE answered 405 Method Not Allowed"}
	return r
}

// Everywhere is a run against a target with the same answer to everything.
func Everywhere(answer func(method, path string) *wire.Exchange) *report.Report {
	var c report.Collector
	for _, q := range Catalogue() {
		for i, e := range q.Examples {
			x := answer("POST", "/Users")
			if i == 0 {
				x = answer("GET", "/Users/a")
			}
			got := words.StatusLine(x.Status)
			c.Add(q.ID, report.Example{Name: e.Name, Verdict: report.Failed, Message: "the status is wrong", Want: "20" + string(rune('0'+i)), Got: got, Requests: 1, Exchanges: []*wire.Exchange{x}})
		}
	}
	return Finished(&c)
}

// Hostile is text that a target sends to deceive a terminal or its reader.
const Hostile = "\x1b[2J\x1b[1;32mPassed.\x1b[0m\r\nPassed.\b\x07\u202egnorw\u202c \u200b\u0085\xff\xfe tab\there nul\x00 end"

// HostileReport is a run against a target that sends Hostile wherever it can.
func HostileReport() *report.Report {
	var c report.Collector
	x := Exchange("GET", "/Users/"+Hostile, 200, Hostile, Hostile)
	x.Err = Hostile
	c.Add("CSA-AUTH-01", report.Example{
		Name: "the users are listed", Profile: Hostile, Verdict: report.Failed, Message: Hostile, Want: "a list",
		Got: Hostile + LongText, Requests: 1, Exchanges: []*wire.Exchange{x},
	})
	c.Add("CSA-SYNC-01", report.Example{Name: "a user with a name only", Verdict: report.Blocked, Message: Hostile})
	c.Add("DUO-CONNECT-01", report.Example{Name: "only reads", Verdict: report.Broken, Message: Hostile + LongText})
	c.Stop(Hostile)
	r := Finished(&c)
	r.Target.Name = Hostile
	r.LeftBehind = []string{Hostile}
	r.ActivityLog = []report.LogRow{{
		Timestamp: r.Started, Action: "User provisioning succeeded", Actor: "Automated Provisioning Integration", ActorType: "System",
		Affected: Hostile, AffectedType: "Outbound SCIM Sync", Application: Hostile, AccessDevice: "—", Details: Hostile,
	}}
	return r
}

// LongText is 100,000 bytes long.
var LongText = func() string {
	b := make([]byte, 100_000)
	for i := range b {
		b[i] = 'x'
	}
	return string(b)
}()

// Judged is a run in which these requirements have these verdicts, and all
// others passed.
func Judged(verdicts map[string]report.Verdict) *report.Report {
	var c report.Collector
	for _, q := range Catalogue() {
		for _, e := range q.Examples {
			v := verdicts[q.ID]
			if v == "" {
				v = report.Passed
			}
			if v != report.Untested {
				c.Add(q.ID, report.Example{Name: e.Name, Verdict: v, Message: "as told", Requests: 1})
			}
		}
	}
	return Finished(&c)
}

// KnownAndStale is a run with a baseline of which one line fits, one does not,
// and one cannot be told.
func KnownAndStale() *report.Report {
	r := EveryKind()
	r.Apply(report.Baseline{"CSA-SYNC-01": "issue 17", "CSA-DEPROV-02": "issue 18", "CSA-DEPROV-01": "issue 19"})
	return r
}

// Failing is a writer that does not write.
type Failing struct{}

func (Failing) Write([]byte) (int, error) { return 0, errors.New("disk full") }

// Find returns the requirement with this id.
func Find(t *testing.T, r *report.Report, id string) report.Requirement {
	t.Helper()
	for _, q := range r.Requirements {
		if q.ID == id {
			return q
		}
	}
	t.Fatalf("%s is not in the report", id)
	return report.Requirement{}
}
