package engine

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// A server that stores what it then cannot show: it answers 500, tells no id, and from then on
// shows neither a list nor what a filter finds. Nobody could remove what was created so, but
// what was made of a user whose id is known.
func TestWhatNobodyCouldRemoveIsTriedAtAKnownUserFirst(t *testing.T) {
	for _, at := range []string{"Users", "Groups"} {
		t.Run(at, func(t *testing.T) {
			var stored func() string
			h := newHost(t, func(w http.ResponseWriter, r *http.Request, body []byte, serve http.HandlerFunc) {
				stored = func() string {
					all := httptest.NewRecorder()
					serve(all, httptest.NewRequest(http.MethodGet, "/scim/v2/"+at, nil))
					return all.Body.String()
				}
				writes := r.Method == http.MethodPost || r.Method == http.MethodPut
				isList := r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "/"+at)
				switch {
				case writes && strings.Contains(r.URL.Path, "/"+at) && bytes.Contains(body, []byte("-poison")):
					serve(httptest.NewRecorder(), r)
					w.WriteHeader(http.StatusInternalServerError)
				case isList && strings.Contains(stored(), "-poison"):
					w.WriteHeader(http.StatusInternalServerError)
				default:
					serve(w, r)
				}
			})
			feature := hostileFeature
			if at == "Groups" {
				feature = strings.NewReplacer("POST /Users", "POST /Groups", "core:2.0:User", "core:2.0:Group", "userName", "displayName").Replace(feature)
			}
			result := mustRun(t, h.options(t, feature))
			if all := stored(); strings.Contains(all, "sduo-") || len(result.LeftBehind) > 0 {
				t.Errorf("left: %v, stored: %s", result.LeftBehind, all)
			}
			verdicts := verdictsByExample(result)
			if verdicts["abuse"] != report.Failed || verdicts["more abuse"] != report.Untested {
				t.Errorf("got %v", verdicts)
			}
			if q := result.Requirements[0]; !strings.Contains(q.Message, "GET /"+at+" is answered 500") {
				t.Errorf("message: %s", q.Message)
			}
		})
	}
}

// Where not even a plain user gets an id, nothing is known of which anything could be made.
func TestWhatCannotBeTriedAtAKnownUserIsNotSent(t *testing.T) {
	var strange atomic.Int64
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, body []byte, serve http.HandlerFunc) {
		if r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/Users") {
			if bytes.Contains(body, []byte("-poison")) || bytes.Contains(body, []byte("-more")) {
				strange.Add(1)
			}
			serve(httptest.NewRecorder(), r)
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		serve(w, r)
	})
	result := mustRun(t, h.options(t, hostileFeature))
	if n := strange.Load(); n > 0 {
		t.Errorf("%d creations were sent that nobody could remove", n)
	}
	if v := verdictsByExample(result); v["abuse"] != report.Blocked || len(result.LeftBehind) > 0 {
		t.Errorf("got %v, left %v", v, result.LeftBehind)
	}
}

// A server that dies of a request and is started anew answers the next one: each further
// example would only kill it once more.
func TestAbuseEndsWhenTheTargetDiesAndIsStartedAnew(t *testing.T) {
	var returns int64
	h := &health{returns: func() int64 { return returns }}
	a := &attempt{scenario: newScenario(), requirement: features.Requirement{ID: "RFC7644-9-01"}, example: "deep"}
	harmless := report.Example{Verdict: report.Passed}
	if h.after(t.Context(), a, &harmless); harmless.Verdict != report.Passed || h.unwell != "" {
		t.Errorf("%s %q", harmless.Verdict, h.unwell)
	}
	returns++
	deadly := report.Example{Verdict: report.Untested}
	if h.after(t.Context(), a, &deadly); deadly.Verdict != report.Failed || !strings.Contains(h.unwell, "RFC7644-9-01, deep") {
		t.Errorf("%s %q", deadly.Verdict, h.unwell)
	}
}
