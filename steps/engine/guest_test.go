package engine

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// A run is a guest at somebody's endpoint: it goes from harmless to hostile, looks whether
// the host is well, and sends nothing twice that one time tells as well.

// hostileFeature has, in this order, abuse, a refusal, a creation and a read.
const hostileFeature = `Feature: RFC 7644, in the wrong order

  @RFC7644-9-01 @MUST
  Rule: From hostile to harmless

    @abuse
    Example: abuse
      When the client sends POST /Users with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{marker}-poison"}
        """
      Then the answer is a success

    @abuse
    Example: more abuse
      When the client sends POST /Users with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{marker}-more"}
        """
      Then the answer is a success

    Example: refusal
      When the client sends POST /Users with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "displayName": "{marker}"}
        """
      Then the answer is 400

    Example: creation
      When the client creates the user "A"
      Then the answer is a success

    Example: read
      When the client sends GET /ServiceProviderConfig
      Then the answer is a success
`

// host is a real target on this machine, with somebody in it already.
type host struct {
	*httptest.Server

	count atomic.Int64 // of requests
}

// newHost serves a right provider behind a wrapper; nil changes nothing.
func newHost(t *testing.T, wrap func(w http.ResponseWriter, r *http.Request, body []byte, serve http.HandlerFunc)) *host {
	t.Helper()
	p, err := provider.New(provider.Config{BasePath: "/scim/v2"})
	if err != nil {
		t.Fatal(err)
	}
	h := &host{}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.count.Add(1)
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		if wrap == nil {
			p.ServeHTTP(w, r)
			return
		}
		wrap(w, r, body, p.ServeHTTP)
	}))
	t.Cleanup(h.Close)
	return h
}

func (h *host) options(t *testing.T, feature string) Options {
	t.Helper()
	o := guideOptions(t)
	o.Target = judge.Target{Name: "host", URL: h.URL + "/scim/v2", Token: "host-token-3f1c"}
	o.JournalDir = t.TempDir()
	o.Workers = 1
	if feature != "" {
		o.Features = fstest.MapFS{"rfc7644/test.feature": &fstest.MapFile{Data: []byte(feature)}}
	}
	return o
}

func mustRun(t *testing.T, o Options) *report.Report {
	t.Helper()
	result, err := Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func verdictsByExample(r *report.Report) map[string]report.Verdict {
	verdicts := map[string]report.Verdict{}
	for _, q := range r.Requirements {
		for _, e := range q.Examples {
			verdicts[e.Name] = e.Verdict
		}
	}
	return verdicts
}

func TestARunGoesFromHarmlessToHostile(t *testing.T) {
	h := newHost(t, nil)
	o := h.options(t, hostileFeature)
	var order []string
	o.OnScenario = func(s Scenario) { order = append(order, s.Example.Name) }
	mustRun(t, o)
	if want := []string{"read", "creation", "refusal", "abuse", "more abuse"}; !slices.Equal(order, want) {
		t.Errorf("got %v, want %v", order, want)
	}
}

// A server that takes what breaks its lists: for good, or until it is removed.
func TestAbuseEndsWhenTheTargetIsNoLongerWell(t *testing.T) {
	for name, forGood := range map[string]bool{"until it is removed": false, "for good": true, "for good, and answers 500": true} {
		t.Run(name, func(t *testing.T) {
			var poisoned atomic.Bool
			h := newHost(t, func(w http.ResponseWriter, r *http.Request, body []byte, serve http.HandlerFunc) {
				isList := r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "/Users")
				switch {
				case r.Method == http.MethodPost && bytes.Contains(body, []byte("-poison")):
					poisoned.Store(true)
					if strings.Contains(name, "answers 500") {
						serve(httptest.NewRecorder(), r)
						w.WriteHeader(http.StatusInternalServerError)
						return
					}
				case r.Method == http.MethodDelete && !forGood:
					poisoned.Store(false)
				case isList && poisoned.Load():
					w.WriteHeader(http.StatusInternalServerError)
					return
				}
				serve(w, r)
			})
			result := mustRun(t, h.options(t, hostileFeature))
			verdicts := verdictsByExample(result)
			if verdicts["abuse"] != report.Failed || verdicts["more abuse"] != report.Untested {
				t.Errorf("got %v", verdicts)
			}
			q := result.Requirements[0]
			lasting := map[bool]string{false: "until what this had created was removed", true: "it stays so when what this had created is removed"}[forGood]
			if !strings.Contains(q.Message, "GET /Users is answered 500") || !strings.Contains(q.Message, lasting) {
				t.Errorf("message: %s", q.Message)
			}
		})
	}
}

func TestAbuseIsAskedForOffThisMachine(t *testing.T) {
	for base, want := range map[string]bool{
		"http://127.0.0.1:80/scim": true, "http://localhost/scim": true, "http://[::1]/scim": true,
		"https://scim.example.com": false, "http://10.0.0.1": false, "http://localhost.example.com": false,
	} {
		if got := isLoopback(base); got != want {
			t.Errorf("%s: %v", base, got)
		}
	}
	h := newHost(t, nil)
	o := h.options(t, hostileFeature)
	o.NoAbuse = true
	result := mustRun(t, o)
	if v := verdictsByExample(result); v["abuse"] != report.Untested || v["read"] != report.Passed {
		t.Errorf("got %v", v)
	}
	if len(result.Notes) != 1 || !strings.Contains(result.Notes[0], "2 examples of abuse were left out") {
		t.Errorf("notes: %v", result.Notes)
	}
}

// guideOf is the guide with the story and one requirement that many alternatives concern.
func guideRun(t *testing.T, h *host, ids ...string) Options {
	o := h.options(t, "")
	o.Profiles, o.Only = []Profile{features.Duo}, append([]string{"CSA-GUIDE-01"}, ids...)
	return o
}

func TestARealTargetSeesEachShapeOfRequestOnce(t *testing.T) {
	plays := func(r *report.Report) map[string]int {
		n := map[string]int{}
		for _, q := range r.Requirements {
			for _, e := range q.Examples {
				if e.Profile != report.DefaultProfile {
					n[e.Profile]++
				}
			}
		}
		return n
	}
	h := newHost(t, nil)
	ids := []string{"CSA-DEPROV-01", "CSA-DEPROV-03", "CSA-SYNC-05"}
	shown := plays(mustRun(t, guideRun(t, h, ids...)))
	o := guideRun(t, h, ids...)
	o.Target, o.JournalDir = judge.Embedded(), ""
	embedded := plays(mustRun(t, o))
	for profile, n := range embedded {
		if shown[profile] == 0 || shown[profile] > n {
			t.Errorf("%s was played %d times on the real target and %d times on the embedded one", profile, shown[profile], n)
		}
	}
	sum := func(m map[string]int) (total int) {
		for _, n := range m {
			total += n
		}
		return total
	}
	if sum(shown)*3 > sum(embedded) {
		t.Errorf("%d plays of %d", sum(shown), sum(embedded))
	}
}

// From the first request under an alternative on, this target refuses every change.
func TestAnAlternativeIsNotBlamedForATargetThatHasChanged(t *testing.T) {
	var broken atomic.Bool
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, _ []byte, serve http.HandlerFunc) {
		if r.Method == http.MethodPut {
			broken.Store(true)
		}
		if broken.Load() && (r.Method == http.MethodPatch || r.Method == http.MethodPut) {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		serve(w, r)
	})
	result := mustRun(t, guideRun(t, h, "CSA-DEPROV-01"))
	for _, q := range result.Requirements {
		for _, e := range q.Examples {
			if e.Profile != report.DefaultProfile && (e.Verdict == report.Warned || e.Verdict == report.Failed) {
				t.Errorf("%s, %s under %s: %s", q.ID, e.Name, e.Profile, e.Message)
			}
		}
	}
	if !slices.ContainsFunc(result.Notes, func(n string) bool { return strings.Contains(n, "the target changed under this run") }) {
		t.Errorf("notes: %v", result.Notes)
	}
}

func TestAnAlternativeThatFaresWorseIsBelieved(t *testing.T) {
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, _ []byte, serve http.HandlerFunc) {
		if r.Method == http.MethodPut {
			w.WriteHeader(http.StatusNotImplemented)
			return
		}
		serve(w, r)
	})
	result := mustRun(t, guideRun(t, h, "CSA-DEPROV-01"))
	warned := 0
	for _, q := range result.Requirements {
		for _, e := range q.Examples {
			if strings.HasSuffix(e.Profile, "=put") && e.Verdict == report.Warned {
				warned++
			}
		}
	}
	if warned == 0 || len(result.Notes) != 0 {
		t.Errorf("%d warnings, notes %v", warned, result.Notes)
	}
}

func TestARunLeavesItsHostAsItWas(t *testing.T) {
	var before string
	h := newHost(t, nil)
	content := func() string {
		var all []string
		for _, of := range []string{"Users", "Groups"} {
			answer, err := http.Get(h.URL + "/scim/v2/" + of)
			if err != nil {
				t.Fatal(err)
			}
			body, _ := io.ReadAll(answer.Body)
			_ = answer.Body.Close()
			all = append(all, string(body))
		}
		return fmt.Sprint(all)
	}
	before = content()
	mustRun(t, h.options(t, hostileFeature))
	if after := content(); after != before {
		t.Errorf("before %s\nafter  %s", before, after)
	}
}

// A target that demands more than the standard and says so in /Schemas is judged by
// everything else.
func TestWhatSchemasCallRequiredIsFilledIn(t *testing.T) {
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, body []byte, serve http.HandlerFunc) {
		isCreation := r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/Users")
		if isCreation && !bytes.Contains(body, []byte(`"emails"`)) {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		if !strings.HasSuffix(r.URL.Path, "/Schemas") {
			serve(w, r)
			return
		}
		own := httptest.NewRecorder()
		serve(own, r)
		text := regexp.MustCompile(`("name":"emails","type":"complex","multiValued":true,[^}]*?"required":)false`).
			ReplaceAllString(own.Body.String(), "${1}true")
		_, _ = io.WriteString(w, text)
	})
	result := mustRun(t, h.options(t, hostileFeature))
	if v := verdictsByExample(result); v["creation"] != report.Passed || v["abuse"] != report.Passed {
		t.Errorf("got %v", v)
	}
	if !slices.ContainsFunc(result.Notes, func(n string) bool { return strings.Contains(n, "required") && strings.Contains(n, "emails") }) {
		t.Errorf("notes: %v", result.Notes)
	}
}

// What is not removed is told by the requirement on deletion, and not only as left behind.
func TestADeletionThatTheCleanUpIsRefusedIsAFinding(t *testing.T) {
	const feature = `Feature: RFC 7644
  @RFC7644-3.6-01 @SHALL
  Rule: a deletion
    Text.
    Example: a user
      Given a user "A"
      When the client deletes "A"
      Then the answer is 204

  @RFC7644-3.3-03 @SHALL
  Rule: a creation
    Text.
    Example: creation
      When the client creates the user "A" with
        """
        {"title": "Analyst"}
        """
      Then the answer is 201
`
	refusals := 0
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, _ []byte, serve http.HandlerFunc) {
		if r.Method == http.MethodDelete {
			seen, read := httptest.NewRecorder(), r.Clone(r.Context())
			read.Method = http.MethodGet
			serve(seen, read)
			if strings.Contains(seen.Body.String(), "Analyst") {
				refusals++
				http.Error(w, "a key refers to this row", http.StatusInternalServerError)
				return
			}
		}
		serve(w, r)
	})
	result := mustRun(t, h.options(t, feature))
	for _, q := range result.Requirements {
		if q.ID == deletion && (q.Verdict != report.Failed || len(q.Examples) != 2 || report.Deciding(q.Examples[1]).Method != http.MethodDelete) {
			t.Errorf("%s with %d examples after %d refusals: %s", q.Verdict, len(q.Examples), refusals, q.Message)
		}
	}
	if len(result.LeftBehind) != 1 {
		t.Errorf("left behind: %v", result.LeftBehind)
	}
}

// creatingFeature has many examples that create a user.
func creatingFeature(examples int) string {
	var b strings.Builder
	b.WriteString("Feature: RFC 7644, users\n\n  @RFC7644-9-01 @MUST\n  Rule: Users are created\n")
	for i := range examples {
		fmt.Fprintf(&b, "\n    Example: user %d\n      Given a user \"A\"\n      When the client reads \"A\"\n      Then the answer is 200\n", i)
	}
	return b.String()
}

// A server that answers a creation 500 after it has stored what it cannot show, and from then
// on every list: each further user would be one more that nobody can remove.
func TestARunEndsWhenTheTargetShowsItsUsersNoMore(t *testing.T) {
	var stored atomic.Int64
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, _ []byte, serve http.HandlerFunc) {
		isList := r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "/Users")
		switch {
		case r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/Users"):
			stored.Add(1)
			w.WriteHeader(http.StatusInternalServerError)
		case isList && stored.Load() > 0:
			w.WriteHeader(http.StatusInternalServerError)
		default:
			serve(w, r)
		}
	})
	o := h.options(t, creatingFeature(40))
	o.Workers = 1 // several may each have a creation under way, and only the last of these sees that it stays so
	result := mustRun(t, o)
	// One by the look at what the target demands of a user, and one by the first example.
	if n := stored.Load(); n > 2 {
		t.Errorf("%d users were stored that nobody can remove", n)
	}
	if !strings.Contains(result.Partial, "shows its users no more") {
		t.Errorf("the run ends for %q", result.Partial)
	}
	if q := result.Requirements[0]; q.Verdict != report.Failed || !strings.Contains(q.Message, "POST /Users was answered 500, and it stays so when") {
		t.Errorf("%s: %s", q.Verdict, q.Message)
	}
	if len(result.LeftBehind) == 0 {
		t.Error("what is left is not told")
	}
}

// One that can remove it is judged to the end.
func TestARunGoesOnWhenWhatBrokeTheListsIsRemoved(t *testing.T) {
	var broken atomic.Bool
	var posts atomic.Int64
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, _ []byte, serve http.HandlerFunc) {
		isList := r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "/Users") && !strings.Contains(r.URL.RawQuery, "filter")
		switch {
		case r.Method == http.MethodPost && posts.Add(1) == 5:
			broken.Store(true)
			serve(httptest.NewRecorder(), r)
			w.WriteHeader(http.StatusInternalServerError)
			return
		case r.Method == http.MethodDelete:
			broken.Store(false)
		case isList && broken.Load():
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		serve(w, r)
	})
	result := mustRun(t, h.options(t, strings.ReplaceAll(creatingFeature(10), "Given a user", "When a user")))
	failed := 0
	for _, v := range verdictsByExample(result) {
		if v == report.Failed {
			failed++
		}
	}
	if result.Partial != "" || failed > 1 || len(result.LeftBehind) > 0 {
		t.Errorf("partial %q, %d failed, left %v", result.Partial, failed, result.LeftBehind)
	}
}

// A target that demands more than its /Schemas say is judged by everything else, too: what it
// demands is found by trying, and told.
func TestWhatATargetDemandsWithoutSayingSoIsFilledIn(t *testing.T) {
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, body []byte, serve http.HandlerFunc) {
		writes := r.Method == http.MethodPost || r.Method == http.MethodPut
		lacks := !bytes.Contains(body, []byte(`"emails"`)) || !bytes.Contains(body, []byte(`"familyName"`))
		if writes && strings.Contains(r.URL.Path, "/Users") && lacks {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		serve(w, r)
	})
	result := mustRun(t, h.options(t, demandingFeature))
	for name, verdict := range verdictsByExample(result) {
		if verdict != report.Passed {
			t.Errorf("%s: %s", name, verdict)
		}
	}
	const want = "everything that this run creates has them: name, emails"
	if !slices.ContainsFunc(result.Notes, func(n string) bool { return strings.HasSuffix(n, want) }) {
		t.Errorf("notes: %v", result.Notes)
	}
}

// demandingFeature writes users without what such a target demands.
const demandingFeature = `Feature: RFC 7644, users with little in them

  @RFC7644-9-01 @MUST
  Rule: A body may have little in it

    Example: a body that stands in the feature
      When the client sends POST /Users with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{marker}-a"}
        """
      Then the answer is 201

    Example: a part of a name
      When the client sends POST /Users with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{marker}-b", "name": {"givenName": "Ann"}}
        """
      Then the answer is 201

    Example: a replacement
      Given a user "A"
      When the client sends PUT /Users/{A.id} with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{A.userName}"}
        """
      Then the answer is 200
`

// What Duo could not send for the run's own limit is no finding about the target.
func TestWhatTheLimitOfRequestsHeldBackIsNoFinding(t *testing.T) {
	h := newHost(t, nil)
	o := guideRun(t, h, "CSA-DEPROV-01")
	o.NoSweep, o.MaxRequests = true, 9
	result := mustRun(t, o)
	for _, q := range result.Requirements {
		if q.Verdict == report.Failed || q.Verdict == report.Warned || q.Verdict == report.Blocked {
			t.Errorf("%s is %s: %s", q.ID, q.Verdict, q.Message)
		}
	}
	if !strings.Contains(result.Partial, "the limit of 9 requests was reached") {
		t.Errorf("the run ends for %q", result.Partial)
	}
}

// countingChecks are requirements whose checks count what a list has.
var countingChecks = []string{"RFC7644-3.4.2.4-06", "RFC7643-4.1.1-03", "OKTA-CONNECT-04"}

// On a busy staging system others come and go between any two requests of the run.
func TestOthersWhoComeAndGoChangeNoVerdict(t *testing.T) {
	var inner http.HandlerFunc
	var n atomic.Int64
	var last atomic.Pointer[string]
	other := func(method, path, body string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, "/scim/v2"+path, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/scim+json")
		w := httptest.NewRecorder()
		inner(w, r)
		return w
	}
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, _ []byte, serve http.HandlerFunc) {
		inner = serve
		if gone := last.Load(); gone != nil && n.Load()%2 == 0 {
			other(http.MethodDelete, "/Users/"+*gone, "")
		}
		made := other(http.MethodPost, "/Users", fmt.Sprintf(`{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"%c-other-%d@example.org"}`, "az"[n.Add(1)%2], n.Load()))
		if id := regexp.MustCompile(`"id":"([^"]+)"`).FindStringSubmatch(made.Body.String()); id != nil {
			last.Store(&id[1])
		}
		serve(w, r)
	})
	o := h.options(t, "")
	o.Features, o.Profiles, o.Only, o.NoSweep, o.NoAbuse = nil, features.Profiles(), countingChecks, true, true
	result := mustRun(t, o)
	for _, id := range countingChecks {
		if q := result.Find(id); q == nil || q.Verdict != report.Passed {
			t.Errorf("%s is %s: %s", id, q.Verdict, q.Message)
		}
	}
	if n.Load() < 20 {
		t.Errorf("only %d others came", n.Load())
	}
}
