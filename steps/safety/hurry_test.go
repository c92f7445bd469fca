package safety

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// A target that creates, and answers everything else 429 with the longest pause.
func busyAfterCreation(created *int) answerer {
	return func(r *http.Request) (*http.Response, error) {
		if r.Method != http.MethodPost {
			return &http.Response{StatusCode: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"99999999999"}}, Body: http.NoBody}, nil
		}
		*created++
		id := fmt.Sprint(*created)
		body := strings.Replace(user(testMarker.Scenario(*created)), "{", `{"id":"`+id+`",`, 1)
		return &http.Response{StatusCode: http.StatusCreated, Body: io.NopCloser(strings.NewReader(body))}, nil
	}
}

func TestAllCleanUpAfterAnInterruptHasOneLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		created := 0
		target := busyAfterCreation(&created)
		guard, err := NewGuard(&wire.Client{BaseURL: "http://example.com", HTTP: &http.Client{Transport: target}}, testMarker, nil)
		if err != nil {
			t.Fatal(err)
		}
		one, two := guard.Scope(), guard.Scope()
		for n, s := range []*Scope{one, two, two} {
			client := &wire.Client{BaseURL: "http://example.com", HTTP: &http.Client{Transport: s.Transport(target)}}
			mustDo(t, client, "POST", "/Users", user(testMarker.Scenario(n+1)), http.StatusCreated)
		}
		began := time.Now()
		guard.Hurry()
		guard.Hurry() // a second time changes nothing
		one.Cleanup(t.Context())
		two.Cleanup(t.Context())
		var told []int
		guard.Progress = func(done, _ int) { told = append(told, done) }
		left := guard.Cleanup(t.Context())
		if want := []int{1, 2, 3}; !slices.Equal(told, want) {
			t.Errorf("the progress was %v, want %v: what is tried in vain counts", told, want)
		}
		if took := time.Since(began); took != cleanupTime {
			t.Errorf("clean-up took %v, want %v", took, cleanupTime)
		}
		if len(left) != created {
			t.Errorf("%d are told of, want %d", len(left), created)
		}
		for _, l := range left {
			if !strings.HasPrefix(l.Command, "curl ") || !strings.Contains(l.Why, "the time for clean-up is over") {
				t.Errorf("left: %s", l)
			}
		}
	})
}

// A list that never ends is walked once during a run and once at its end.
func TestAListWithoutAnEndIsNotWalkedForEachScenario(t *testing.T) {
	f := newForeignTarget(t)
	next := 0
	f.around = func(w http.ResponseWriter, r *http.Request, serve http.HandlerFunc) bool {
		list := only("GET", "/Users", func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) {
			next++
			_, _ = fmt.Fprintf(w, `{"totalResults":1000000000,"Resources":[{"id":"x%d","userName":"u%d"}]}`, next, next)
		})
		post := only("POST", "/", afterwards(func(w http.ResponseWriter, _ *httptest.ResponseRecorder) { answer(w, 500, nil) }))
		return list(w, r, serve) || post(w, r, serve)
	}
	r := newRig(t, f.URL)
	for n := range 10 {
		scope, client := r.scope()
		mustDo(t, client, "POST", "/Users", user(testMarker.Scenario(n+1)), 500)
		scope.CleanupAll(t.Context())
	}
	r.guard.Cleanup(t.Context())
	if got := r.guard.Endless(); !slices.Equal(got, []string{"/Users"}) {
		t.Errorf("lists without an end: %v", got)
	}
	if walked := len(f.requests("GET /Users?startIndex")); walked != 2*cleanupPages {
		t.Errorf("%d pages were read, want %d", walked, 2*cleanupPages)
	}
}
