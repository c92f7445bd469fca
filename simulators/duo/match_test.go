package duo

import (
	"net/http"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func TestAUserWhoExistsUnder409IsLookedUpAndAdopted(t *testing.T) {
	for _, lookup := range []UserLookup{UserLookupFilter, UserLookupList} {
		r := newRig(t, people("josue"), choosing(Profile{UserLookup: lookup}))
		first := true
		r.stub.instead = func(_ http.ResponseWriter, q *http.Request) bool {
			if q.Method == http.MethodPost && first { // somebody else is faster
				first = false
				r.stub.insert(usersEndpoint, scim.NewObject(member("userName", josue)))
			}
			return false
		}
		if sum := r.enable(); sum.UsersMatched != 1 || sum.UsersUpdated != 1 || sum.Failed() > 0 {
			t.Errorf("%s: %v: %q", lookup, sum, r.told())
		}
	}
}

func TestAConflictThatNoLookUpExplainsIsAFailure(t *testing.T) {
	r := newRig(t, people("josue"))
	r.stub.instead = func(w http.ResponseWriter, q *http.Request) bool {
		if q.Method == http.MethodPost && q.URL.Path == "/Users" {
			answerError(w, scim.UniquenessError("taken"))
			return true
		}
		return false
	}
	r.enable()
	if f := r.failure(); !strings.Contains(f, "409") || !strings.Contains(f, "look-up does not find") {
		t.Error(f)
	}
}

func TestAStrangerIsNeverTakenForTheUser(t *testing.T) {
	r := newRig(t, people("josue"))
	r.stub.have(t, usersEndpoint, `{"userName": "aiko@example.com", "displayName": "Aiko", "active": false}`)
	r.stub.instead = func(_ http.ResponseWriter, q *http.Request) bool { // ignores filters
		if q.Method == http.MethodGet {
			q.URL.RawQuery = ""
		}
		return false
	}
	r.enable()
	if sum := r.sync(); sum.Failed() != 0 {
		t.Errorf("%v: %q", sum, r.told())
	}
	if o := r.stub.one(t, usersEndpoint, "userName", aiko); o.String("displayName") != "Aiko" || r.active(aiko) {
		t.Errorf("the stranger was changed: %v", o)
	}
	if !r.active(josue) {
		t.Error("the user was not created")
	}
}

func TestTwoDuoUsersNeverShareAnAccount(t *testing.T) {
	r := newRig(t, people("josue", "aiko"))
	r.must(r.dir.SetAttribute(aiko, directory.Email, josue))
	r.app.Mapping[0].Duo = directory.Email
	r.enable()
	if f := r.failure(); !strings.Contains(f, `already belongs to the Duo user "josue@example.com"`) {
		t.Error(f)
	}
	equal(t, "members", r.membersAt(users), []string{josue})
}

func TestTwoUsersAtTheTargetThatMatchAreAFailure(t *testing.T) {
	r := newRig(t, people("josue"))
	r.stub.have(t, usersEndpoint, `{"userName": "josue@example.com"}`)
	r.stub.have(t, usersEndpoint, `{"userName": "Josue@example.com"}`)
	r.enable()
	if f := r.failure(); !strings.Contains(f, "ids \"u-1\" and \"u-2\"") {
		t.Error(f)
	}
}
