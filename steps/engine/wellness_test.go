package engine

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/simulate-duo/simulate-duo/steps/report"
)

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
	h, stored := newKeeper(t, func(body []byte) bool { return !bytes.Contains(body, []byte("needs-")) })
	o := h.options(t, creatingFeature(40))
	o.Workers = 1 // several may each have a creation under way, and only the last of these sees that it stays so
	result := mustRun(t, o)
	expectUnwell(t, result, stored)
	if q := result.Requirements[0]; q.Verdict != report.Failed || !strings.Contains(q.Message, "POST /Users was answered 500, and it stays so when") {
		t.Errorf("%s: %s", q.Verdict, q.Message)
	}
}

// The very first creation belongs to no example: it shows what the target demands of a user.
func TestARunEndsWhenItsFirstCreationBreaksTheLists(t *testing.T) {
	h, stored := newKeeper(t, func([]byte) bool { return true })
	expectUnwell(t, mustRun(t, h.options(t, creatingFeature(40))), stored)
}

// newKeeper is a host that keeps for good the users that it is to, answers 500, and lists nobody
// since then. It counts them.
func newKeeper(t *testing.T, keeps func(body []byte) bool) (h *host, stored *atomic.Int64) {
	t.Helper()
	stored = &atomic.Int64{}
	h = newHost(t, func(w http.ResponseWriter, r *http.Request, body []byte, serve http.HandlerFunc) {
		isList := r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "/Users")
		switch {
		case r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/Users") && keeps(body):
			stored.Add(1)
			w.WriteHeader(http.StatusInternalServerError)
		case isList && stored.Load() > 0:
			w.WriteHeader(http.StatusInternalServerError)
		default:
			serve(w, r)
		}
	})
	return h, stored
}

func expectUnwell(t *testing.T, result *report.Report, stored *atomic.Int64) {
	t.Helper()
	if n := stored.Load(); n != 1 {
		t.Errorf("%d users were stored that nobody can remove, want 1", n)
	}
	if !strings.Contains(result.Partial, "shows its users no more") {
		t.Errorf("the run ends for %q", result.Partial)
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

// A server whose groups break its lists, and which stores what it answers 500 to: nobody would
// know that a further group is there.
func TestNoGroupIsStoredThatNobodyCouldFind(t *testing.T) {
	for name, test := range map[string]struct {
		from int64 // how many groups break the lists
		want int64 // how many may be stored
	}{"from the beginning": {0, 0}, "from the first group on": {1, 1}} {
		t.Run(name, func(t *testing.T) {
			var stored atomic.Int64
			h := newHost(t, func(w http.ResponseWriter, r *http.Request, _ []byte, serve http.HandlerFunc) {
				switch {
				case strings.Contains(r.URL.Path, "/Groups") && r.Method == http.MethodPost:
					stored.Add(1)
					w.WriteHeader(http.StatusInternalServerError)
				case strings.Contains(r.URL.Path, "/Groups") && stored.Load() >= test.from:
					w.WriteHeader(http.StatusInternalServerError)
				default:
					serve(w, r)
				}
			})
			result := mustRun(t, h.options(t, strings.ReplaceAll(creatingFeature(10), "a user", "a group")))
			if n := stored.Load(); n > test.want {
				t.Errorf("%d groups may be stored, want %d", n, test.want)
			}
			if n := len(result.LeftBehind); n != int(test.want) {
				t.Errorf("left: %q", result.LeftBehind)
			}
			for name, v := range verdictsByExample(result) {
				if v != report.Blocked {
					t.Errorf("%s: %s", name, v)
				}
			}
		})
	}
}

// A server that answers 500 where a list would be too long, and pages well: what is stored can be found.
func TestAListThatIsTooLongIsNoListThatIsNotShown(t *testing.T) {
	var failed atomic.Bool
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, _ []byte, serve http.HandlerFunc) {
		switch {
		case strings.HasSuffix(r.URL.Path, "/Users") && r.Method == http.MethodPost && !failed.Swap(true):
			w.WriteHeader(http.StatusInternalServerError)
		case strings.HasSuffix(r.URL.Path, "/Users") && r.Method == http.MethodGet && !r.URL.Query().Has("count") && !r.URL.Query().Has("filter"):
			w.WriteHeader(http.StatusInternalServerError)
		default:
			serve(w, r)
		}
	})
	result := mustRun(t, h.options(t, creatingFeature(10)))
	for name, v := range verdictsByExample(result) {
		if v != report.Passed {
			t.Errorf("%s: %s", name, v)
		}
	}
}
