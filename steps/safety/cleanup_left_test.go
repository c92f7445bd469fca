package safety

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

func TestCleanupTellsWhatItCouldNotRemove(t *testing.T) {
	for _, test := range []struct {
		name string
		set  func(f *foreignTarget)
		want string
	}{
		{"a target without DELETE", func(f *foreignTarget) { f.around = only("DELETE", "/", status(405)) },
			"DELETE /Users/1 was answered 405: the target does not delete such resources; remove it by hand"},
		{"a token that may not delete", func(f *foreignTarget) { f.around = only("DELETE", "/", status(403)) },
			"DELETE /Users/1 was answered 403: the token may not delete it; remove it by hand"},
		{"a DELETE that fails", func(f *foreignTarget) {
			f.around = only("DELETE", "/", func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) {
				answer(w, 500, scim.Internal("out of\norder").Object())
			})
		}, `DELETE /Users/1 was answered 500 ("out of\norder")`},
		{"a DELETE that does nothing", func(f *foreignTarget) { f.around = only("DELETE", "/", status(204)) },
			"DELETE /Users/1 was answered 204, but a GET still finds it"},
		{"a target that is busy for ever", func(f *foreignTarget) { f.around = only("DELETE", "/", status(503)) },
			"DELETE /Users/1 was answered 503"},
		{"a creation in doubt where no list works", func(f *foreignTarget) {
			f.around = func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) bool {
				answer(w, 500, nil)
				return true
			}
		}, "POST /Users was answered 500 without an id; whether it created sduo-0a1b2c3d-1 cannot be seen" +
			" (GET /Users?startIndex=1&count=1: the list was answered 500)"},
		{"an id of somebody else's user", func(f *foreignTarget) {
			f.add("Users", user("ann"))
			f.around = only("POST", "/Users", func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) {
				w.WriteHeader(201)
				_, _ = w.Write([]byte(`{"id":"1"}`))
			})
		}, "DELETE /Users/1 was not sent: what is there does not carry the run's marker; look at it, and delete it by hand if it is the run's"},
		{"somebody else's user in the answer to every creation, under our name", func(f *foreignTarget) {
			f.add("Users", user("ann"))
			f.around = only("POST", "/Users", func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) {
				w.WriteHeader(201)
				_, _ = w.Write([]byte(`{"id":"1","userName":"sduo-0a1b2c3d-1"}`))
			})
		}, "DELETE /Users/1 was not sent: what is there does not carry the run's marker; look at it, and delete it by hand if it is the run's"},
		{"a creation in doubt in a very large directory without filters", func(f *foreignTarget) {
			f.ignoreFilters = true
			page := 0
			f.around = func(w http.ResponseWriter, r *http.Request, _ http.HandlerFunc) bool {
				if r.Method == "POST" {
					answer(w, 201, nil)
					return true
				}
				list := &scim.List{TotalResults: 1 << 40}
				for range pageSize {
					page++
					o := scim.NewObject()
					o.Set("id", fmt.Sprint("endless-", page))
					list.Resources = append(list.Resources, o)
				}
				answer(w, 200, list.Object())
				return true
			}
		}, "POST /Users was answered 201 without an id; whether it created sduo-0a1b2c3d-1 cannot be seen"},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newForeignTarget(t)
			test.set(f)
			r := newRig(t, f.URL)
			_, client := r.scope()
			_, _ = do(t, client, "POST", "/Users", user("sduo-0a1b2c3d-1"))
			left := r.guard.Cleanup(t.Context())
			if len(left) != 1 || left[0].Method+" "+left[0].Path+" "+left[0].Why != test.want {
				t.Errorf("got  %v\nwant %s", left, test.want)
			}
			if err := r.guard.Close(); err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(r.journal.file.Name()); err != nil {
				t.Errorf("the journal is not there for a sweep: %v", err)
			}
		})
	}
}

func TestCleanupReportsManyDoubtsOfOneKindInOneLine(t *testing.T) {
	f := newForeignTarget(t)
	f.around = func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) bool {
		answer(w, 500, nil)
		return true
	}
	r := newRig(t, f.URL)
	_, client := r.scope()
	for n := range 12 {
		_, _ = do(t, client, "POST", "/Users", user(testMarker.Scenario(n)))
	}
	left := r.guard.Cleanup(t.Context())
	if len(left) != 1 || !strings.Contains(left[0].Why, "sduo-0a1b2c3d-0 and 11 more") {
		t.Errorf("got %v", left)
	}
	if got := len(f.requests("GET")); got > 20 {
		t.Errorf("%d requests were spent on a target that answers 500 to everything", got)
	}
}

func TestNoLeftoverTellsTheToken(t *testing.T) {
	echo := func(w http.ResponseWriter, r *http.Request, _ http.HandlerFunc) bool {
		if r.Method == "POST" && r.URL.Path == "/Users" {
			return false
		}
		w.WriteHeader(map[string]int{"GET": 200}[r.Method] + map[string]int{"DELETE": 400, "POST": 500}[r.Method])
		_, _ = fmt.Fprintf(w, `{"detail":%q} %s`, r.Header.Get("Authorization"), r.Header.Get("Authorization"))
		return true
	}
	f := newForeignTarget(t)
	f.around = echo
	r := newRig(t, f.URL)
	_, client := r.scope()
	mustDo(t, client, "POST", "/Users", user("sduo-0a1b2c3d-1"), 201)
	_, _ = do(t, client, "POST", "/Groups", group("sduo-0a1b2c3d-1"))
	left := r.guard.Cleanup(t.Context())
	r.die()
	swept := mustSweep(t, f.URL, r.dir)
	preflight := Preflight(t.Context(), &wire.Client{BaseURL: f.URL, Token: testToken})
	if len(left) != 2 || len(swept.Left) == 0 || preflight == nil {
		t.Fatalf("left %v, swept %+v, preflight %v", left, swept, preflight)
	}
	said := fmt.Sprint(left, swept, preflight, readFile(t, r.journal.file.Name()))
	if strings.Contains(said, testToken) {
		t.Errorf("the token got out: %s", said)
	}
}

// Many targets answer 500 where there is nothing. What reads like an id that was never given is
// gone, unless nothing at all can be read.
func TestCleanupTakesWhatReadsLikeAnUnknownIDForGone(t *testing.T) {
	for name, test := range map[string]struct {
		breaks func(method string, known bool) bool
		left   int
	}{
		"an error where there is nothing": {func(_ string, known bool) bool { return !known }, 0},
		"an error to every read":          {func(method string, known bool) bool { return method == "GET" || !known }, 2},
	} {
		t.Run(name, func(t *testing.T) {
			f := newForeignTarget(t)
			known := map[string]bool{"/Users/1": true, "/Users/2": true}
			f.around = func(w http.ResponseWriter, r *http.Request, _ http.HandlerFunc) bool {
				is := known[r.URL.Path]
				if r.Method == "DELETE" {
					delete(known, r.URL.Path)
				}
				if strings.Count(r.URL.Path, "/") != 2 || !test.breaks(r.Method, is) {
					return false
				}
				answer(w, 500, scim.Internal("record not found").Object())
				return true
			}
			r := newRig(t, f.URL)
			_, client := r.scope()
			for i := range 2 {
				_, _ = do(t, client, "POST", "/Users", user(fmt.Sprint("sduo-0a1b2c3d-", i)))
			}
			_, _ = do(t, client, "DELETE", "/Users/1", "")
			if left := r.guard.Cleanup(t.Context()); len(left) != test.left {
				t.Errorf("left: %v, want %d", left, test.left)
			}
		})
	}
}
