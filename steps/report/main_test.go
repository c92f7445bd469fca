package report

import (
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/gkampitakis/go-snaps/snaps"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

func TestMain(m *testing.M) {
	code := m.Run()
	if _, err := snaps.Clean(m); err != nil {
		panic(err)
	}
	os.Exit(code)
}

const base = "http://127.0.0.1:8080/scim"

// catalogue is a small set of requirements with every shape that a report has
// to deal with.
func catalogue() []features.Requirement {
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
		rule("CSA-AUTH-01", features.Must, "Connect", "The target serves whoever shows the token", "the users are listed"),
		rule("DUO-CONNECT-01", features.Observed, "Connect", "Connecting changes nothing", "only reads"),
		inside,
		rule("CSA-SYNC-01", features.Must, "Sync group", "A created user gets an id", "a user with a name only", "a user with everything"),
		rule("CSA-SYNC-02", features.Should, "Sync group", "An unknown attribute is ignored", "one more attribute"),
		rule("CSA-SYNC-03", features.Must, "Sync group", "A user keeps its id when it is updated", "a new display name"),
		rule("CSA-DEPROV-01", features.Documented, "Deactivate or delete", "A deactivated user can be found", "by its name"),
		rule("CSA-DEPROV-02", features.Optional, "Deactivate or delete", "A deleted user can be restored", "within a day"),
	}
}

// exchange is a request to the target and its answer.
func exchange(method, path string, status int, contentType, body string) *wire.Exchange {
	x := &wire.Exchange{
		Method: method, URL: base + path, Duration: 3 * time.Millisecond,
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

func passed(name string) Example {
	return Example{Name: name, Verdict: Passed, DurationMS: 4, Requests: 1, Exchanges: []*wire.Exchange{
		exchange("GET", "/Users", 200, "application/scim+json", `{"totalResults":0}`),
	}}
}

func with(e Example, change func(*Example)) Example {
	change(&e)
	return e
}

// finished fills in what the run knows besides the results.
func finished(c *Collector) *Report {
	r := c.Report(catalogue())
	r.Tool = Tool{"simulate-duo", "1.2.3"}
	r.Target = Target{Name: "Example", URL: base}
	r.Started = time.Date(2026, 3, 18, 21, 11, 55, 0, time.UTC)
	r.DurationMS = 3218
	return r
}

// allPassed is a run in which everything that can be judged passed, also under
// two alternatives of the profile.
func allPassed() *Report {
	var c Collector
	for _, q := range catalogue() {
		for _, e := range q.Examples {
			c.Add(q.ID, passed(e.Name))
			for _, p := range []string{"user-update=put", "operation-case=capitalised"} {
				c.Add(q.ID, with(passed(e.Name), func(e *Example) { e.Profile = p }))
			}
		}
	}
	return finished(&c)
}

// everyKind is a run with every verdict, two causes that several requirements
// share, an alternative that fails alone and one that fails as well.
func everyKind() *Report {
	const noID = "the created user has no id"
	created := []*wire.Exchange{
		exchange("GET", "/Users?filter=userName%20eq%20%22sduo-1f3a9c2e%22", 200, "application/scim+json", `{"totalResults":0}`),
		exchange("POST", "/Users", 201, "application/json", `{"userName":"sduo-1f3a9c2e"}`),
	}
	var c Collector
	c.Add("CSA-AUTH-01", passed("the users are listed"))
	c.Add("CSA-AUTH-01", with(passed("the users are listed"), func(e *Example) {
		e.Profile, e.Verdict, e.Message = "media-type=json", Failed, "the answer is 415"
		e.Want, e.Got = "200", "415"
	}))
	c.Add("DUO-CONNECT-01", Example{Name: "only reads", Verdict: Broken, Message: "panic: index out of range"})
	for _, name := range []string{"a user with a name only", "a user with everything"} {
		e := Example{Name: name, Verdict: Failed, Message: noID, Want: "an id", Got: "{\n  \"userName\": \"sduo-1f3a9c2e\"\n}", Requests: len(created), Exchanges: created}
		c.Add("CSA-SYNC-01", e)
		c.Add("CSA-SYNC-01", with(e, func(e *Example) { e.Profile = "user-update=put" }))
	}
	c.Add("CSA-SYNC-02", Example{Name: "one more attribute", Verdict: Warned, Message: "the target refuses it", Want: "201", Got: "400 invalidSyntax", Requests: 1, Exchanges: created[1:]})
	c.Add("CSA-SYNC-03", Example{Name: "a new display name", Verdict: Failed, Message: noID, Want: "an id", Got: "{\n  \"userName\": \"sduo-77aa00bc\"\n}", Requests: len(created), Exchanges: created})
	c.Add("CSA-DEPROV-01", Example{Name: "by its name", Verdict: Blocked, Message: "no user could be created"})
	c.Add("CSA-DEPROV-02", Example{Name: "within a day", Verdict: Unsupported, Message: "the target does not restore users"})
	r := finished(&c)
	r.LeftBehind = []string{"/Users/2819: DELETE answered 405 Method Not Allowed"}
	return r
}

// everywhere is a run against a target with the same answer to everything.
func everywhere(answer func(method, path string) *wire.Exchange) *Report {
	var c Collector
	for _, q := range catalogue() {
		for i, e := range q.Examples {
			x := answer("POST", "/Users")
			if i == 0 {
				x = answer("GET", "/Users/a")
			}
			got := statusLine(x.Status)
			c.Add(q.ID, Example{Name: e.Name, Verdict: Failed, Message: "the status is wrong", Want: "20" + string(rune('0'+i)), Got: got, Requests: 1, Exchanges: []*wire.Exchange{x}})
		}
	}
	return finished(&c)
}

// hostile is text that a target sends to deceive a terminal or its reader.
const hostile = "\x1b[2J\x1b[1;32mPassed.\x1b[0m\r\nPassed.\b\x07\u202egnorw\u202c \u200b\u0085\xff\xfe tab\there nul\x00 end"

func hostileReport() *Report {
	var c Collector
	x := exchange("GET", "/Users/"+hostile, 200, hostile, hostile)
	x.Err = hostile
	c.Add("CSA-AUTH-01", Example{
		Name: "the users are listed", Profile: hostile, Verdict: Failed, Message: hostile, Want: "a list",
		Got: hostile + longText, Requests: 1, Exchanges: []*wire.Exchange{x},
	})
	c.Add("CSA-SYNC-01", Example{Name: "a user with a name only", Verdict: Blocked, Message: hostile})
	c.Add("DUO-CONNECT-01", Example{Name: "only reads", Verdict: Broken, Message: hostile + longText})
	c.Stop(hostile)
	r := finished(&c)
	r.Target.Name = hostile
	r.LeftBehind = []string{hostile}
	r.ActivityLog = []LogRow{{
		Timestamp: r.Started, Action: "User provisioning succeeded", Actor: "Automated Provisioning Integration", ActorType: "System",
		Affected: hostile, AffectedType: "Outbound SCIM Sync", Application: hostile, AccessDevice: "—", Details: hostile,
	}}
	return r
}

var longText = func() string {
	b := make([]byte, 100_000)
	for i := range b {
		b[i] = 'x'
	}
	return string(b)
}()
