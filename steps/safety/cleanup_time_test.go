package safety

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestCleanupGivesUpATargetThatHangs(t *testing.T) {
	f := newForeignTarget(t)
	r := newRig(t, f.URL)
	r.guard.client.HTTP.Timeout = 30 * time.Millisecond
	one, client := r.scope()
	two, _ := r.scope()
	for n := range 5 {
		mustDo(t, client, "POST", "/Users", user(testMarker.Scenario(n)), 201)
	}
	release := make(chan struct{})
	defer close(release)
	f.mu.Lock()
	f.around = func(http.ResponseWriter, *http.Request, http.HandlerFunc) bool { <-release; return true }
	f.mu.Unlock()
	if left := one.Cleanup(t.Context()); len(left) != 5 || !strings.Contains(left[4].Why, "does not answer any more") {
		t.Errorf("got %v", left)
	}
	if left := two.Cleanup(t.Context()); left != nil {
		t.Errorf("got %v", left)
	}
	if left := r.guard.Cleanup(t.Context()); len(left) != 5 {
		t.Errorf("got %v", left)
	}
}

func TestCleanupGoesOnAfterAnInterruptButNotForEver(t *testing.T) {
	f := newForeignTarget(t)
	r := newRig(t, f.URL)
	_, client := r.scope()
	mustDo(t, client, "POST", "/Users", user("sduo-0a1b2c3d-1"), 201)
	interrupted, interrupt := context.WithCancel(t.Context())
	interrupt()

	release := make(chan struct{})
	f.around = only("DELETE", "/", func(http.ResponseWriter, *http.Request, http.HandlerFunc) { <-release })
	r.guard.limit = 50 * time.Millisecond
	left := r.guard.Cleanup(interrupted)
	close(release)
	if len(left) != 1 || left[0].Method != "DELETE" || !strings.Contains(left[0].Why, "timed out") {
		t.Errorf("a target that hangs: %v", left)
	}

	f.mu.Lock()
	f.around = nil
	f.mu.Unlock()
	r.guard.limit = cleanupTime
	wantNothingLeft(t, r.guard.Cleanup(interrupted))
	if got := f.content(); strings.Contains(got, "sduo") {
		t.Errorf("still there: %s", got)
	}
}
