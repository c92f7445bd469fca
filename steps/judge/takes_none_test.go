package judge

import (
	"net/http"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// What is refused again and again is not asked for any more; something else may still be taken.
func TestOnlyWhatWasRefusedBeforeIsHeldBack(t *testing.T) {
	plain, named := MustObject(`{"userName": "a"}`), MustObject(`{"userName": "a", "title": "Analyst"}`)
	answer := func(status int) *wire.Response { return &wire.Response{Status: status} }
	var all taking
	for range enoughRefused {
		if err := all.none("Users", plain); err != nil {
			t.Fatal(err)
		}
		all.refuse("Users", plain, answer(http.StatusInternalServerError))
	}
	if all.none("Users", plain) == nil {
		t.Errorf("after %d refusals it is asked for once more", enoughRefused)
	}
	if err := all.none("Users", named); err != nil {
		t.Errorf("with a title it was never tried: %v", err)
	}
	if err := all.none("Groups", plain); err != nil {
		t.Errorf("of another kind it was never tried: %v", err)
	}
	all.refuse("Users", named, answer(http.StatusBadRequest))
	if all.none("Users", named) == nil {
		t.Error("with a title it is tried a second time")
	}
	all.note(wire.Request{Method: http.MethodPost, Path: []string{"Users"}}, answer(http.StatusCreated))
	if err := all.none("Users", plain); err != nil {
		t.Errorf("after one was taken: %v", err)
	}
}

func TestABusyTargetHasRefusedNothing(t *testing.T) {
	plain := MustObject(`{"userName": "a"}`)
	var all taking
	for range 2 * enoughRefused {
		all.refuse("Users", plain, &wire.Response{Status: http.StatusTooManyRequests})
	}
	if err := all.none("Users", plain); err != nil {
		t.Error(err)
	}
}
