package safety

import (
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
)

// A scenario's clean-up costs one request for each resource that the scenario has
// read; that the DELETEs were true is seen at the end of the run, in one list.

func TestWhatAReadHasShownToBeOursIsDeletedAtOnce(t *testing.T) {
	f := newForeignTarget(t)
	r := newRig(t, f.URL)
	var before int
	// The first deletion is looked at: a target that keeps everything is not given much.
	for i, want := range [][]string{{"DELETE /Users/1", "GET /Users/1"}, {"DELETE /Users/2"}} {
		scope, client := r.scope()
		mustDo(t, client, "POST", "/Users", user(fmt.Sprintf("sduo-0a1b2c3d-%d", i+1)), 201)
		mustDo(t, client, "GET", fmt.Sprintf("/Users/%d", i+1), "", 200)
		before = len(f.requests(""))
		wantNothingLeft(t, scope.Cleanup(t.Context()))
		if got := f.requests("")[before:]; !reflect.DeepEqual(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
	wantNothingLeft(t, r.guard.Cleanup(t.Context()))
	for _, request := range f.requests("")[before+1:] {
		if strings.HasPrefix(request, "GET /Users/") {
			t.Errorf("%s: the list has told it already", request)
		}
	}
}

// A target that takes a moment to forget deletes all the same.
func TestOnlyWhatIsStillThereAfterAWhileIsKept(t *testing.T) {
	noContent, noList := status(http.StatusNoContent), only("GET", "/Users", func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) {
		_, _ = io.WriteString(w, `{"totalResults": 0}`)
	})
	for name, test := range map[string]struct{ marks, keeps, drops bool }{
		"forgets a little later": {}, "never forgets": {keeps: true}, "marks it, and lists it no more": {marks: true},
		"never forgets, and is broken for a moment": {keeps: true, drops: true},
	} {
		t.Run(name, func(t *testing.T) {
			f := newForeignTarget(t)
			reads, deleted := 0, ""
			f.around = func(w http.ResponseWriter, r *http.Request, serve http.HandlerFunc) bool {
				switch {
				case r.Method == http.MethodDelete && test.drops:
					deleted = r.URL.Path
					noContent(w, r, serve)
					return true
				case r.Method == http.MethodDelete && (test.keeps || test.marks || reads < 2):
					noContent(w, r, serve)
					return true
				case r.Method == http.MethodGet && test.drops && r.URL.Path == deleted && strings.HasSuffix(deleted, "/1"):
					status(http.StatusForbidden)(w, r, serve)
					return true
				case r.Method == http.MethodGet && test.marks && !strings.Contains(r.URL.Path, "/Users/"):
					return noList(w, r, serve)
				case r.Method == http.MethodGet:
					reads++
				}
				return false
			}
			r := newRig(t, f.URL)
			var told []string
			r.guard.Kept = func(how string) { told = append(told, how) }
			for i := range surelyKept + 1 {
				scope, client := r.scope()
				mustDo(t, client, "POST", "/Users", user(fmt.Sprintf("sduo-0a1b2c3d-%d", i+1)), 201)
				wantNothingLeft(t, scope.Cleanup(t.Context()))
			}
			if how := r.guard.Keeps("Users"); (how != "") != test.keeps || len(told) > 1 || (len(told) == 1) != test.keeps {
				t.Errorf("keeps: %q; told: %q", how, told)
			}
		})
	}
}

func TestADeleteThatIsNotTrueIsFoundOutAtTheEnd(t *testing.T) {
	for name, unlisted := range map[string]bool{"by the list": false, "where there is no list": true} {
		t.Run(name, func(t *testing.T) {
			f := newForeignTarget(t)
			deletes, lists := only("DELETE", "/", status(204)), only("GET", "/Users", status(501))
			f.around = func(w http.ResponseWriter, r *http.Request, serve http.HandlerFunc) bool {
				isList := unlisted && !strings.Contains(r.URL.Path, "/Users/")
				return deletes(w, r, serve) || isList && lists(w, r, serve)
			}
			r := newRig(t, f.URL)
			scope, client := r.scope()
			mustDo(t, client, "POST", "/Users", user("sduo-0a1b2c3d-1"), 201)
			mustDo(t, client, "GET", "/Users/1", "", 200)
			wantNothingLeft(t, scope.Cleanup(t.Context()))
			left := r.guard.Cleanup(t.Context())
			if len(left) != 1 || !strings.Contains(left[0].String(), "DELETE /Users/1 was answered 204, but a GET still finds it") {
				t.Errorf("left: %v", left)
			}
		})
	}
}

func TestATargetThatDeletesNothingIsNotWaitedForWithEveryResource(t *testing.T) {
	const users = 50
	f := newForeignTarget(t)
	r := newRig(t, f.URL)
	_, client := r.scope()
	for i := range users {
		mustDo(t, client, "POST", "/Users", user(fmt.Sprintf("sduo-0a1b2c3d-%d", i+1)), 201)
	}
	f.mu.Lock()
	f.around = only("DELETE", "/", status(204))
	f.mu.Unlock()
	if left := r.guard.Cleanup(t.Context()); len(left) != users {
		t.Errorf("%d of %d users are told to be left", len(left), users)
	}
	if deletes, most := len(f.requests("DELETE")), 2*users+maxTries*maxStayed; deletes > most {
		t.Errorf("%d DELETEs for %d users, want at most %d", deletes, users, most)
	}
}

func TestAnIDThatWasGivenToSomebodyElseIsNotTouched(t *testing.T) {
	f := newForeignTarget(t)
	r := newRig(t, f.URL)
	scope, client := r.scope()
	mustDo(t, client, "POST", "/Users", user("sduo-0a1b2c3d-1"), 201)
	mustDo(t, client, "GET", "/Users/1", "", 200)
	mustDo(t, client, "PATCH", "/Users/1", `{"displayName":"x"}`, 204)
	wantNothingLeft(t, scope.Cleanup(t.Context()))
	f.mu.Lock()
	f.nextID = 1
	f.mu.Unlock()
	f.add("Users", user("ann"))
	wantNothingLeft(t, r.guard.Cleanup(t.Context()))
	if !strings.Contains(f.content(), "ann") {
		t.Error("somebody else's user is gone")
	}
}
