package safety

import (
	"net/http"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// A naive server lets a client remove even the name: a run that is killed right then leaves a
// user without one, and only the journal knows whose that is.
func TestAUserWhoLostTheNameIsRemovedByTheJournal(t *testing.T) {
	for name, test := range map[string]struct {
		deleted bool // by the run, and somebody else has the id since
		left    bool
	}{"changed": {}, "changed and deleted, and its id is another's": {deleted: true, left: true}} {
		for _, killed := range []bool{false, true} {
			t.Run(name+map[bool]string{true: ", killed"}[killed], func(t *testing.T) {
				f := newForeignTarget(t)
				r := newRig(t, f.URL)
				_, client := r.scope()
				mustDo(t, client, "POST", "/Users", user("sduo-0a1b2c3d-1"), 201)
				f.around = func(w http.ResponseWriter, r *http.Request, _ http.HandlerFunc) bool {
					if r.Method == http.MethodPatch {
						answer(w, 200, nil)
					}
					return r.Method == http.MethodPatch
				}
				mustDo(t, client, "PATCH", "/Users/1", `{"Operations":[{"op":"remove","path":"userName"}]}`, 200)
				f.mu.Lock()
				f.resources["Users"][0].Delete("userName")
				f.resources["Users"][0].Set("displayName", "After")
				f.mu.Unlock()
				if test.deleted {
					mustDo(t, client, "DELETE", "/Users/1", "", 204)
					f.mu.Lock()
					f.resources["Users"] = append(f.resources["Users"], scim.NewObject(
						scim.Member{Name: "id", Value: "1"}, scim.Member{Name: "userName", Value: "After all"}))
					f.mu.Unlock()
				}
				if killed {
					r.die()
					mustSweep(t, f.URL, r.dir)
				} else {
					r.guard.Cleanup(t.Context())
				}
				if left := strings.Contains(f.content(), "After"); left != test.left {
					t.Errorf("left: %v, want %v: %s", left, test.left, f.content())
				}
			})
		}
	}
}
