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

	"github.com/simulate-duo/simulate-duo/features"
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

// A server may count the wrong tokens that it is shown, and lock out who shows many.
func TestFewWrongTokensAreShown(t *testing.T) {
	var wrong atomic.Int64
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, _ []byte, serve http.HandlerFunc) {
		if given := r.Header.Get("Authorization"); given != "" && !strings.EqualFold(given, "Bearer "+hostToken) {
			wrong.Add(1)
			w.Header().Set("WWW-Authenticate", "Bearer")
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		serve(w, r)
	})
	o := h.options(t, "")
	all, err := features.Load(features.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range all {
		if strings.HasPrefix(q.ID, "RFC7644-2-") || strings.HasPrefix(q.ID, "CSA-AUTH") || strings.HasPrefix(q.ID, "CSA-CONNECT") {
			o.Only = append(o.Only, q.ID)
		}
	}
	o.Profiles = []Profile{features.Duo, features.RFC}
	mustRun(t, o)
	if n := wrong.Load(); n < 20 || n >= 40 {
		t.Errorf("%d wrong tokens were shown, want some, and fewer than 40", n)
	}
}

// Whoever has a server that deletes nothing is told while there is little of the run on it.
func TestATargetThatDeletesNothingIsToldAtOnce(t *testing.T) {
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, _ []byte, serve http.HandlerFunc) {
		if r.Method == http.MethodDelete {
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		serve(w, r)
	})
	o := h.options(t, hostileFeature)
	var told []string
	o.OnWarning = func(text string) { told = append(told, text) }
	mustRun(t, o)
	told = slices.DeleteFunc(told, func(text string) bool { return !strings.Contains(text, "seems to delete nothing") })
	if len(told) != 1 {
		t.Errorf("it is told %d times: %s", len(told), told)
	}
}

// And while there is little: then it makes no more there, unless he says so.
func TestLittleStaysAtATargetThatDeletesNothing(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		most, status, stored int
		verdict              report.Verdict
	}{
		"by default":           {0, http.StatusMethodNotAllowed, DefaultMaxLeft, report.Blocked},
		"as told":              {5, http.StatusMethodNotAllowed, 5, report.Blocked},
		"without a limit":      {-1, http.StatusMethodNotAllowed, 41, report.Passed},
		"where it says it has": {0, http.StatusNoContent, DefaultMaxLeft, report.Blocked},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var stored atomic.Int64
			h := newHost(t, func(w http.ResponseWriter, r *http.Request, _ []byte, serve http.HandlerFunc) {
				switch r.Method {
				case http.MethodDelete:
					w.WriteHeader(test.status)
					return
				case http.MethodPost:
					if strings.HasSuffix(r.URL.Path, "/Users") {
						stored.Add(1)
					}
				}
				serve(w, r)
			})
			o := h.options(t, strings.ReplaceAll(creatingFeature(40), "Given a user", "When the client creates the user"))
			o.MaxLeft = test.most
			result := mustRun(t, o)
			if n := int(stored.Load()); n > test.stored || n < test.stored-1 {
				t.Errorf("%d users are there, want %d", n, test.stored)
			}
			if q := result.Requirements[0]; q.Verdict != test.verdict || test.verdict == report.Blocked && !strings.Contains(q.Message, "--max-left") {
				t.Errorf("%s: %s", q.Verdict, q.Message)
			}
			if said := strings.Contains(strings.Join(result.Notes, "\n"), "of this run stay there"); said != (test.verdict == report.Blocked) {
				t.Errorf("it is told: %v", said)
			}
		})
	}
}

// Thousands of refusals say nothing that twenty do not: what examples only start from is asked for
// no more, and its owner is told what to do.
func TestATargetThatTakesNothingIsAskedForLittle(t *testing.T) {
	t.Parallel()
	var creations atomic.Int64
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, _ []byte, serve http.HandlerFunc) {
		if r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/Users") {
			creations.Add(1)
			w.Header().Set("Content-Type", "application/scim+json")
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "400", "detail": "a cost centre is needed"}`)
			return
		}
		serve(w, r)
	})
	result := mustRun(t, h.options(t, creatingFeature(200)))
	if q := result.Requirements[0]; q.Verdict != report.Blocked || !strings.Contains(q.Examples[199].Message, "a cost centre is needed") || !strings.Contains(q.Examples[199].Message, "--set") {
		t.Errorf("%s: %s", q.Verdict, q.Examples[199].Message)
	}
	if n := creations.Load(); n > 60 {
		t.Errorf("%d users were to be created", n)
	}
}

// What has to be found out first is found out, however much of it stays there.
func TestAQuestionIsAskedAtATargetThatIsFull(t *testing.T) {
	made := 0
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, _ []byte, serve http.HandlerFunc) {
		switch {
		case r.Method == http.MethodDelete, r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "/ServiceProviderConfig"):
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		case r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/Users"):
			made++
		}
		serve(w, r)
	})
	o := h.options(t, strings.ReplaceAll(strings.ReplaceAll(creatingFeature(3), "Given a user", "When the client creates the user"), "    Example:", "    @requires.patch\n    Example:"))
	o.MaxLeft = 1
	result := mustRun(t, o)
	if q := result.Requirements[0]; q.Verdict == report.Broken || made < 2 {
		t.Errorf("%s: %s; %d users were made", q.Verdict, q.Message, made)
	}
}
