package duo

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func TestAGroupThatExistsUnder409IsLookedUpAndAdopted(t *testing.T) {
	for _, lookup := range []GroupLookup{GroupLookupFilter, GroupLookupLean, GroupLookupList} {
		t.Run(string(lookup), func(t *testing.T) {
			r := newRig(t, people("josue"), choosing(Profile{GroupLookup: lookup, GroupCreate: WithMembers}))
			r.stub.instead = func(w http.ResponseWriter, q *http.Request) bool {
				if q.Method != http.MethodPost || q.URL.Path != "/Groups" {
					return false
				}
				r.stub.insert(groupsEndpoint, scim.NewObject(member("displayName", users)))
				answerError(w, scim.Conflict("the group exists"))
				return true
			}
			if sum := r.enable(); sum.GroupsMatched != 1 || sum.GroupsCreated != 0 || sum.Failed() > 0 {
				t.Errorf("%v: %q", sum, r.told())
			}
			equal(t, "members", r.membersAt(users), []string{josue})
		})
	}
}

func TestAGroupConflictThatNoLookUpExplainsIsAFailure(t *testing.T) {
	r := newRig(t, people("josue"))
	r.stub.instead = func(w http.ResponseWriter, q *http.Request) bool {
		if q.Method != http.MethodPost || q.URL.Path != "/Groups" {
			return false
		}
		answerError(w, scim.Conflict("the group exists"))
		return true
	}
	r.enable()
	if f := r.failure(); !strings.Contains(f, "409") || !strings.Contains(f, "look-up does not find the group") {
		t.Error(f)
	}
}

func TestAMatchedGroupGetsOnlyTheMembersItLacks(t *testing.T) {
	r := newRig(t, people("josue", "aiko"))
	r.stub.have(t, usersEndpoint, `{"userName": "josue@example.com"}`)
	r.stub.have(t, groupsEndpoint, `{"displayName": "DUO - Users", "members": [{"value": "u-1"}, {"value": "stranger"}, "nonsense"]}`)
	r.enable()
	var members []string
	for _, v := range r.stub.one(t, groupsEndpoint, "displayName", users).Array("members") {
		if e, ok := v.(*scim.Object); ok {
			members = append(members, e.String("value"))
		}
	}
	slices.Sort(members)
	equal(t, "members", members, []string{"stranger", "u-1", "u-3"})
}

func TestTwoDuoGroupsNeverShareAGroup(t *testing.T) {
	r := newRig(t, people("josue"))
	withAdmins(r, josue)
	r.stub.instead = func(w http.ResponseWriter, q *http.Request) bool {
		if q.Method != http.MethodGet || q.URL.Path != "/Groups" {
			return false
		}
		name := users
		if strings.Contains(q.URL.RawQuery, "Admins") {
			name = "DUO - Admins"
		}
		answer(w, 200, (&scim.List{TotalResults: 1, Resources: []*scim.Object{
			scim.NewObject(member("id", "the-same"), member("displayName", name)),
		}}).Object())
		return true
	}
	r.stub.have(t, groupsEndpoint, `{"displayName": "DUO - Users"}`)
	r.stub.resources[groupsEndpoint][0].Set("id", "the-same")
	r.enable()
	if f := r.failure(); !strings.Contains(f, `"the-same" already belongs to the Duo group "DUO - Users"`) {
		t.Error(f)
	}
}

func TestAGroupThatIsNoLongerChosen(t *testing.T) {
	for _, c := range []struct {
		name    string
		removal GroupRemoval
		target  func(*rig)
		told    []string
	}{
		{"is left as it is, without a word", GroupLeave, func(*rig) {}, nil},
		{"is emptied", GroupEmpty, func(*rig) {}, []string{"Group deprovisioning succeeded: DUO - Users (empty)"}},
		{"is deleted", GroupDelete, func(*rig) {}, []string{"Group deprovisioning succeeded: DUO - Users (delete)"}},
		{"was gone at the target already", GroupDelete, func(r *rig) { r.stub.resources[groupsEndpoint] = nil },
			[]string{"Group deprovisioning succeeded: DUO - Users (delete)"}},
		{"stays known if the target refuses, and is tried again", GroupDelete, func(r *rig) {
			refused := false
			r.stub.instead = func(w http.ResponseWriter, q *http.Request) bool {
				if q.Method != http.MethodDelete || refused {
					return false
				}
				refused = true
				answerError(w, scim.Internal("not now"))
				return true
			}
		}, []string{"Group deprovisioning failed: DUO - Users (delete)", "Group deprovisioning succeeded: DUO - Users (delete)"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t, people("josue"), choosing(Profile{GroupRemoval: c.removal}))
			r.enable()
			r.stub.mu.Lock()
			c.target(r)
			r.stub.mu.Unlock()
			r.must(r.dir.RemoveGroup(users))
			r.sync()
			r.sync()
			var told []string
			for _, line := range r.told()[5:] {
				if strings.HasPrefix(line, "Group") {
					told = append(told, line)
				}
			}
			equal(t, "the log", told, c.told)
		})
	}
}

func TestAnEmptyGroupIsNotEmptiedAgain(t *testing.T) {
	r := newRig(t, people(), choosing(Profile{GroupRemoval: GroupEmpty}))
	r.enable()
	r.lines()
	r.must(r.dir.RemoveGroup(users))
	r.sync()
	equal(t, "requests", r.lines(), nil)
}

func TestGroupsAreChosenByKeyOrName(t *testing.T) {
	r := newRig(t, people("josue"))
	r.app.Groups.Select = []string{"duo - users", "DGUSERS0000000000000"}
	if sum := r.enable(); sum.GroupsCreated != 1 {
		t.Errorf("%v", sum)
	}
}

func TestSaveRefusesWrongSettingsAndKeepsTheOldOnes(t *testing.T) {
	r := newRig(t, people("josue"))
	r.enable()
	r.lines()
	app := r.Application()
	app.Groups.Select = []string{"DUO - Nobody"}
	if err := r.Save(app, r.dir); err == nil || !strings.Contains(err.Error(), `Duo has no group "DUO - Nobody"`) {
		t.Errorf("error %v", err)
	}
	r.sync()
	equal(t, "requests", r.lines(), nil)
	if got := r.Application().Groups.Select; !slices.Equal(got, []string{users}) {
		t.Errorf("%q are chosen", got)
	}
}

func TestNestedObjectsOfATargetMayBeNonsense(t *testing.T) {
	r := newRig(t, people("josue"))
	r.stub.have(t, usersEndpoint, `{"userName": "josue@example.com", "name": "Josue Brenes", "emails": {"value": "x"}, "displayName": ["josue"], "active": "False"}`)
	r.stub.instead = func(w http.ResponseWriter, q *http.Request) bool {
		if q.Method != http.MethodPatch || !strings.HasPrefix(q.URL.Path, "/Users") {
			return false
		}
		w.WriteHeader(http.StatusNoContent)
		return true
	}
	if sum := r.enable(); sum.UsersReactivated != 1 || sum.UsersUpdated != 1 || sum.Failed() > 0 {
		t.Errorf("%v: %q", sum, r.told())
	}
}

func TestADisabledUserIsAMemberOrNot(t *testing.T) {
	for choice, sent := range map[DisabledUser]int{DisabledMember: 3, DisabledDeprovisioned: 1} {
		r := newRig(t, people("josue", "aiko", "maria"), choosing(Profile{DisabledUser: choice}))
		r.must(r.dir.SetStatus(aiko, directory.Disabled))
		r.must(r.dir.SetStatus("maria@example.com", directory.PendingDeletion))
		if sum := r.enable(); sum.UsersCreated != sent {
			t.Errorf("%s: %v", choice, sum)
		}
	}
}
