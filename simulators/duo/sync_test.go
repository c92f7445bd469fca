package duo

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

const (
	josue = "josue@example.com"
	aiko  = "aiko@example.com"
	users = "DUO - Users"
)

// withAdmins adds the group "DUO - Admins" with these members, and selects it.
func withAdmins(r *rig, members ...string) {
	r.must(r.dir.AddGroup(directory.Group{Name: "DUO - Admins", Members: members}))
	r.app.Groups.Select = append(r.app.Groups.Select, "DUO - Admins")
}

func (r *rig) active(username string) bool {
	r.t.Helper()
	v, _ := r.stub.one(r.t, usersEndpoint, "userName", username).Get("active")
	return v == true
}

// membersAt lists the usernames in a group of the target, sorted.
func (r *rig) membersAt(group string) []string {
	r.t.Helper()
	var names []string
	for _, v := range r.stub.one(r.t, groupsEndpoint, "displayName", group).Array("members") {
		names = append(names, r.stub.one(r.t, usersEndpoint, "id", v.(*scim.Object).String("value")).String("userName"))
	}
	slices.Sort(names)
	return names
}

func equal(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

func TestNothingIsSentWhileProvisioningIsDisabled(t *testing.T) {
	r := newRig(t, people("josue"))
	r.sync()
	equal(t, "before it is enabled", r.lines(), nil)
	r.enable()
	r.must(r.Disable())
	r.lines()
	r.must(r.dir.SetAttribute(josue, directory.LastName, "Rojas"))
	r.sync()
	equal(t, "after it was disabled", r.lines(), nil)
	r.enable()
	equal(t, "enabled again", r.lines(), []string{"GET /Users?startIndex=1&count=1", "PATCH /Users/u-1"})
}

func TestUsersInSeveralGroupsAreSentOnceAndStayUntilTheyAreInNone(t *testing.T) {
	for _, behaviour := range []Deprovisioning{Deactivate, Delete} {
		t.Run(string(behaviour), func(t *testing.T) {
			r := newRig(t, people("josue", "aiko"))
			r.app.Deprovisioning = behaviour
			withAdmins(r, josue)
			if sum := r.enable(); sum.UsersCreated != 2 {
				t.Fatalf("%v", sum)
			}
			r.must(r.dir.RemoveMember(users, josue))
			r.sync()
			equal(t, "members of the group that was left", r.membersAt(users), []string{aiko})
			equal(t, "members of the other group", r.membersAt("DUO - Admins"), []string{josue})
			if !r.active(josue) {
				t.Error("the user is disabled, but still in a selected group")
			}
			r.must(r.dir.RemoveMember("DUO - Admins", josue))
			sum := r.sync()
			if sum.UsersDeactivated+sum.UsersDeleted != 1 {
				t.Errorf("%v", sum)
			}
		})
	}
}

func TestDeprovisioning(t *testing.T) {
	ways := map[string]func(*rig){
		"a user who leaves the group":           func(r *rig) { r.must(r.dir.RemoveMember(users, josue)) },
		"a user who is gone from Duo":           func(r *rig) { r.must(r.dir.AddUser(person("zoe"))); r.must(r.dir.RemoveUser(josue)) },
		"a group that is gone from Duo":         func(r *rig) { r.must(r.dir.RemoveGroup(users)) },
		"a group removed from the application":  func(r *rig) { a := r.Application(); a.Groups.Select = nil; r.must(r.Save(a, r.dir)) },
		"a user whom the target no longer has":  func(r *rig) { r.stub.resources[usersEndpoint] = nil; r.must(r.dir.RemoveMember(users, josue)) },
		"a group that the target no longer has": func(r *rig) { r.stub.resources[groupsEndpoint] = nil; r.must(r.dir.RemoveGroup(users)) },
		"a disabled user who leaves the group": func(r *rig) {
			r.must(r.dir.SetStatus(josue, directory.Disabled))
			r.must(r.dir.RemoveMember(users, josue))
		},
		"SSO access instead of the selected ones": func(r *rig) {
			a := r.Application()
			a.Groups = GroupSelection{Use: SSOAccess}
			r.must(r.Save(a, r.dir))
		},
	}
	for name, leave := range ways {
		t.Run(name, func(t *testing.T) {
			for _, behaviour := range []Deprovisioning{Deactivate, Delete} {
				r := newRig(t, people("josue"))
				r.app.Deprovisioning = behaviour
				r.enable()
				leave(r)
				sum := r.sync()
				if behaviour == Deactivate && sum.UsersDeactivated != 1 || behaviour == Delete && sum.UsersDeleted != 1 || sum.Failed() > 0 {
					t.Errorf("%s: %v: %q", behaviour, sum, r.told())
				}
				r.lines()
				r.sync()
				equal(t, string(behaviour)+", the pass after", r.lines(), nil)
			}
		})
	}
}

func TestAUserWhoReturns(t *testing.T) {
	t.Run("is enabled again and stays the same account", func(t *testing.T) {
		r := newRig(t, people("josue", "aiko"))
		r.enable()
		before := r.stub.one(t, usersEndpoint, "userName", josue).String("id")
		r.must(r.dir.RemoveMember(users, josue))
		r.sync()
		if r.active(josue) {
			t.Fatal("the user is still enabled")
		}
		r.must(r.dir.AddMember(users, josue))
		if sum := r.sync(); sum.UsersReactivated != 1 || sum.UsersCreated != 0 {
			t.Errorf("%v", sum)
		}
		if after := r.stub.one(t, usersEndpoint, "userName", josue).String("id"); after != before || !r.active(josue) {
			t.Errorf("id %s became %s, active %v", before, after, r.active(josue))
		}
		equal(t, "members", r.membersAt(users), []string{aiko, josue})
	})
	t.Run("is created anew after a deletion", func(t *testing.T) {
		r := newRig(t, people("josue", "aiko"), deleting)
		r.enable()
		r.must(r.dir.RemoveMember(users, josue))
		r.sync()
		r.must(r.dir.AddMember(users, josue))
		if sum := r.sync(); sum.UsersCreated != 1 {
			t.Errorf("%v", sum)
		}
		equal(t, "members", r.membersAt(users), []string{aiko, josue})
	})
	t.Run("under another Duo key takes the old account", func(t *testing.T) {
		r := newRig(t, people("josue"))
		r.enable()
		r.must(r.dir.RemoveUser(josue))
		again := person("josue")
		again.Key = "DUAGAIN0000000000000"
		r.must(r.dir.AddUser(again))
		r.must(r.dir.AddMember(users, josue))
		if sum := r.sync(); sum.UsersReactivated != 1 || sum.Failed() != 0 {
			t.Errorf("%v: %q", sum, r.told())
		}
		equal(t, "members", r.membersAt(users), []string{josue})
	})
}

func TestAFailureDoesNotStopTheOthersAndIsTriedAgain(t *testing.T) {
	r := newRig(t, people("josue", "aiko"))
	refuse := true
	r.stub.instead = func(w http.ResponseWriter, q *http.Request) bool {
		if refuse && q.Method == http.MethodGet && strings.Contains(q.URL.RawQuery, "josue") {
			answerError(w, scim.Internal("the user is refused"))
			return true
		}
		return false
	}
	sum := r.enable()
	if sum.UsersFailed != 1 || sum.UsersCreated != 1 || sum.MembershipsChanged != 1 {
		t.Fatalf("%v", sum)
	}
	if f := r.failure(); !strings.Contains(f, "500") || !strings.Contains(f, "the user is refused") {
		t.Error(f)
	}
	refuse = false
	r.sync()
	equal(t, "members", r.membersAt(users), []string{aiko, josue})
}

func TestAMappingWithoutARequiredValueFailsThatUserOnly(t *testing.T) {
	r := newRig(t, people("josue", "aiko"))
	r.app.Mapping = []Row{{directory.DisplayName, "displayName"}, {directory.Email, "userName"}}
	r.must(r.dir.SetAttribute(josue, directory.Email, ""))
	if sum := r.enable(); sum.UsersFailed != 1 || sum.UsersCreated != 1 {
		t.Errorf("%v", sum)
	}
	want := `user "josue@example.com" has no value for "Email Address", which row 2 of the attribute mapping sends as the required userName: fill it in Duo, or map another attribute`
	if f := r.failure(); f != want {
		t.Errorf("got  %s\nwant %s", f, want)
	}
}

func TestTargetsThatCannotDoEverything(t *testing.T) {
	refusing := func(e *scim.Error, which func(*http.Request) bool) func(http.ResponseWriter, *http.Request) bool {
		return func(w http.ResponseWriter, q *http.Request) bool {
			if which(q) {
				answerError(w, e)
			}
			return which(q)
		}
	}
	for _, c := range []struct {
		name   string
		target func(http.ResponseWriter, *http.Request) bool
		told   []string
		says   string
	}{
		{"without groups", refusing(scim.NotFound("/Groups", ""), func(q *http.Request) bool { return strings.HasPrefix(q.URL.Path, "/Groups") }),
			[]string{"User provisioning succeeded: josue@example.com (create)", "Group provisioning failed: DUO - Users (match)"}, "GET /Groups: the target answered 404 Not Found"},
		{"without PATCH", refusing(scim.NotImplemented("no PATCH"), func(q *http.Request) bool { return q.Method == http.MethodPatch }),
			[]string{"User provisioning succeeded: josue@example.com (create)", "Group provisioning succeeded: DUO - Users (create)", "Group provisioning failed: DUO - Users (members)"}, "does not support PATCH"},
		{"over its limit of groups", refusing(scim.Forbidden("200 groups at most"), func(q *http.Request) bool { return q.Method == http.MethodPost && q.URL.Path == "/Groups" }),
			[]string{"User provisioning succeeded: josue@example.com (create)", "Group provisioning failed: DUO - Users (create)"}, "200 groups at most"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t, people("josue"))
			r.stub.instead = c.target
			r.enable()
			equal(t, "the log", r.told()[2:], c.told)
			if f := r.failure(); !strings.Contains(f, c.says) {
				t.Errorf("%q does not say %q", f, c.says)
			}
		})
	}
}

func TestIdsMayContainAnything(t *testing.T) {
	for _, odd := range []string{"a/b", "a@b", "a b", "100%", "a%20b", "a?b", "a#b", "é", "+", `"quoted"`, "..", `back\slash`} {
		t.Run(odd, func(t *testing.T) {
			r := newRig(t, people("josue", "aiko"))
			plain := r.stub.id
			r.stub.id = func(endpoint string, n int) string { return odd + plain(endpoint, n) }
			r.enable()
			r.must(r.dir.SetAttribute(josue, directory.LastName, "Rojas"))
			r.must(r.dir.RemoveMember(users, aiko))
			if sum := r.sync(); sum.Failed() > 0 {
				t.Fatalf("%v: %q", sum, r.told())
			}
			equal(t, "members", r.membersAt(users), []string{josue})
		})
	}
}

func TestARenamedGroupStaysChosen(t *testing.T) {
	r := newRig(t, people("josue"))
	r.enable()
	r.must(r.dir.RenameGroup(users, "DUO - People"))
	if sum := r.sync(); sum.GroupsRenamed != 1 || sum.UsersDeactivated != 0 {
		t.Errorf("%v", sum)
	}
	equal(t, "members", r.membersAt("DUO - People"), []string{josue})
	r.must(r.Save(r.Application(), r.dir)) // which still names it as it was chosen
	r.lines()
	r.sync()
	equal(t, "after the settings were saved again", r.lines(), nil)
}

func TestExcludedGroupInformationKeepsGroupsOffTheWire(t *testing.T) {
	r := newRig(t, people("josue"))
	r.app.Groups.ExcludeGroupInformation = true
	r.enable()
	r.must(r.dir.RenameGroup(users, "DUO - People"))
	r.sync()
	for _, line := range r.lines() {
		if strings.Contains(line, "Groups") {
			t.Error(line)
		}
	}
}

func TestOnlyTheGroupsWithSSOAccessAreSent(t *testing.T) {
	r := newRig(t, people("josue", "aiko"))
	r.must(r.dir.AddGroup(directory.Group{Name: "DUO - Admins", Members: []string{aiko}}))
	r.app.Groups = GroupSelection{Use: SSOAccess}
	r.app.SSOAccess = []string{"DUO - Admins"}
	r.enable()
	if n := len(r.stub.all(usersEndpoint)); n != 1 {
		t.Errorf("%d users were sent", n)
	}
	equal(t, "members", r.membersAt("DUO - Admins"), []string{aiko})
}

func TestWhatTheTargetLostIsRestoredByTheNextPassButOne(t *testing.T) {
	r := newRig(t, people("josue"))
	r.enable()
	r.stub.resources = map[string][]*scim.Object{}
	r.must(r.dir.SetAttribute(josue, directory.LastName, "Rojas"))
	r.must(r.dir.RenameGroup(users, "DUO - People"))
	if sum := r.sync(); sum.UsersFailed != 1 || sum.GroupsFailed != 1 {
		t.Errorf("%v: %q", sum, r.told())
	}
	if sum := r.sync(); sum.UsersCreated != 1 || sum.GroupsCreated != 1 || sum.Failed() > 0 {
		t.Errorf("%v: %q", sum, r.told())
	}
	equal(t, "members", r.membersAt("DUO - People"), []string{josue})
}

func TestAPassEndsWithItsContext(t *testing.T) {
	r := newRig(t, people("josue", "aiko"))
	ctx, cancel := context.WithCancel(context.Background())
	r.stub.instead = func(_ http.ResponseWriter, q *http.Request) bool {
		if q.Method == http.MethodPost {
			cancel()
		}
		return false
	}
	if _, err := r.SaveAndEnable(ctx, r.dir); !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v", err)
	}
	for _, line := range r.told() {
		if strings.Contains(line, "failed") {
			t.Errorf("giving up is not a failure of the target: %s", line)
		}
	}
	r.stub.mu.Lock()
	r.stub.instead = nil
	r.stub.mu.Unlock()
	if sum := r.sync(); sum.Failed() > 0 {
		t.Errorf("%v: %q", sum, r.told())
	}
	equal(t, "members after the next pass", r.membersAt(users), []string{aiko, josue})
}

func TestSettingsThatAreWrongSendAndLogNothing(t *testing.T) {
	r := newRig(t, people("josue"))
	r.app.Mapping[1].Duo = "Disply Name"
	_, err := r.SaveAndEnable(context.Background(), r.dir)
	if err == nil || !strings.Contains(err.Error(), `no user in Duo has the attribute "Disply Name": did you mean "Display Name"?`) {
		t.Errorf("error %v", err)
	}
	if len(r.told())+len(r.lines()) > 0 {
		t.Error("something was logged or sent")
	}
}
