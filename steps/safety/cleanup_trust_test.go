package safety

import (
	"fmt"
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
	scope, client := r.scope()
	mustDo(t, client, "POST", "/Users", user("sduo-0a1b2c3d-1"), 201)
	mustDo(t, client, "GET", "/Users/1", "", 200)
	before := len(f.requests(""))
	wantNothingLeft(t, scope.Cleanup(t.Context()))
	if got, want := f.requests("")[before:], []string{"DELETE /Users/1"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	wantNothingLeft(t, r.guard.Cleanup(t.Context()))
	for _, request := range f.requests("")[before+1:] {
		if strings.HasPrefix(request, "GET /Users/1") {
			t.Errorf("%s: the list has told it already", request)
		}
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
