package duo

import (
	"slices"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// full is a pass that reads the target first.
func (r *rig) full() Summary {
	r.t.Helper()
	sum, err := r.Run(r.t.Context(), r.dir, Cycle{Full: true})
	r.must(err)
	return sum
}

// tamper changes a resource of the target.
func (r *rig) tamper(endpoint, attribute, value string, change func(*scim.Object)) {
	r.stub.mu.Lock()
	defer r.stub.mu.Unlock()
	for _, o := range r.stub.resources[endpoint] {
		if o.String(attribute) == value {
			change(o)
		}
	}
}

func TestAFullCycleRepairsWhatWasChangedAtTheTarget(t *testing.T) {
	damages := map[string]func(*rig){
		"another display name": func(r *rig) {
			r.tamper(usersEndpoint, "userName", josue, func(o *scim.Object) { o.Set("displayName", "Somebody") })
		},
		"another user name": func(r *rig) {
			r.tamper(usersEndpoint, "userName", josue, func(o *scim.Object) { o.Set("userName", "nobody") })
		},
		"an attribute that is gone": func(r *rig) { r.tamper(usersEndpoint, "userName", josue, func(o *scim.Object) { o.Delete("name") }) },
		"a disabled user": func(r *rig) {
			r.tamper(usersEndpoint, "userName", josue, func(o *scim.Object) { o.Set("active", false) })
		},
		"a user who is gone": func(r *rig) {
			r.stub.mu.Lock()
			defer r.stub.mu.Unlock()
			r.stub.resources[usersEndpoint] = r.stub.resources[usersEndpoint][1:]
			r.stub.dropMember("u-1")
		},
		"another name of the group": func(r *rig) {
			r.tamper(groupsEndpoint, "displayName", users, func(o *scim.Object) { o.Set("displayName", "Others") })
		},
		"a group without members": func(r *rig) {
			r.tamper(groupsEndpoint, "displayName", users, func(o *scim.Object) { o.Delete("members") })
		},
		"a group that is gone": func(r *rig) { r.stub.resources[groupsEndpoint] = nil },
		"nothing left at all": func(r *rig) {
			r.stub.resources[usersEndpoint], r.stub.resources[groupsEndpoint] = nil, nil
		},
	}
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, people("josue", "aiko"))
			r.enable()
			before := r.stub.one(t, usersEndpoint, "userName", josue)
			damage(r)
			r.lines()
			r.sync()
			equal(t, "an incremental pass sends", r.lines(), nil)
			if sum := r.full(); sum.Drifted == 0 || sum.Failed() > 0 {
				t.Errorf("%v: %q", sum, r.told())
			}
			if !slices.ContainsFunc(r.Log().Entries(), func(e Entry) bool { return e.Details.String("repairs") != "" }) {
				t.Errorf("the log does not tell the repair: %q", r.told())
			}
			after := r.stub.one(t, usersEndpoint, "userName", josue)
			after.Set("id", before.String("id"))
			if !scim.Equal(before, after) {
				t.Errorf("%s became %s", jsonText(before), jsonText(after))
			}
			equal(t, "members", r.membersAt(users), []string{aiko, josue})
			r.lines()
			if sum := r.full(); sum != (Summary{}) {
				t.Errorf("the next full cycle still finds something: %+v", sum)
			}
			equal(t, "the next full cycle sends", r.lines(), []string{"GET /Users?startIndex=1&count=100", "GET /Groups?startIndex=1&count=100"})
		})
	}
}

func TestAFullCycleLeavesAloneWhatDuoNeverLinked(t *testing.T) {
	r := newRig(t, people("josue"))
	r.stub.have(t, usersEndpoint, `{"userName": "local@example.com", "displayName": "Local", "active": true}`)
	r.stub.have(t, groupsEndpoint, `{"displayName": "Local", "members": [{"value": "u-1"}]}`)
	r.enable()
	r.tamper(groupsEndpoint, "displayName", users, func(o *scim.Object) {
		o.Set("members", append(o.Array("members"), scim.NewObject(member("value", "u-1"))))
	})
	r.lines()
	if sum := r.full(); sum != (Summary{}) {
		t.Errorf("%+v: %q", sum, r.lines())
	}
}

func TestAFullCycleDisablesWhoWasEnabledAfterLeaving(t *testing.T) {
	r := newRig(t, people("josue", "aiko"))
	r.enable()
	r.must(r.dir.RemoveMember(users, josue))
	r.sync()
	r.tamper(usersEndpoint, "userName", josue, func(o *scim.Object) { o.Set("active", true) })
	if sum := r.full(); sum.UsersDeactivated != 1 || r.active(josue) {
		t.Errorf("%v: %q", sum, r.told())
	}
}

func TestTheStoreTellsWhatARunDid(t *testing.T) {
	r := newRig(t, people("josue"))
	r.enable()
	for run, err := range r.store.Runs(t.Context()) {
		if err != nil || run.Kind != "incremental" || run.Ended.IsZero() || run.Error != "" || len(run.Counts) == 0 {
			t.Errorf("%+v, error %v", run, err)
		}
	}
	link, ok, err := r.store.User(t.Context(), person("josue").Key)
	if want := `{"userName":"josue@example.com","displayName":"josue","emails":[{"value":"josue@example.com"}],"name":{"familyName":"Brenes","givenName":"josue"}}`; err != nil || !ok ||
		!link.Active || link.ID != "u-1" || string(link.Sent) != want || link.Since.IsZero() || link.Changed.IsZero() {
		t.Errorf("the link is %+v (sent %s)", link, link.Sent)
	}
	var members []string
	for m, err := range r.store.Members(t.Context(), "DGUSERS0000000000000") {
		r.must(err)
		members = append(members, m)
	}
	equal(t, "memberships", members, []string{link.Key})
}
