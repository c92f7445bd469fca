package duo

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// plan lists what Plan says: request, whom it is about, why.
func (r *rig) plan(how Cycle) []string {
	r.t.Helper()
	planned, err := r.Plan(r.t.Context(), r.dir, how)
	r.must(err)
	var all []string
	for _, p := range planned {
		all = append(all, fmt.Sprintf("%s | %s | %s", p, p.About, p.Reason))
	}
	return all
}

func TestAPlanTellsWhatTheNextCycleSendsAndSendsNothing(t *testing.T) {
	r := newRig(t, people("josue", "aiko", "maria"))
	r.enable()
	r.leave("josue")
	r.must(r.dir.SetAttribute(aiko, directory.LastName, "Sato"))
	r.must(r.dir.AddUser(person("zoe")))
	r.must(r.dir.AddMember(users, "zoe@example.com"))
	r.must(r.dir.RenameGroup(users, "DUO - People"))
	r.lines()
	told := r.Log().Len()
	got := r.plan(Cycle{})
	equal(t, "the plan", got, []string{
		"PATCH /Users/u-1 | josue@example.com | in no chosen group any more",
		"PATCH /Users/u-2 | aiko@example.com | a mapped value has changed",
		"GET /Users?filter=userName+eq+%22zoe%40example.com%22 | zoe@example.com | new in a chosen group",
		"POST /Users | zoe@example.com | new in a chosen group",
		"PATCH /Groups/g-4 | DUO - People | renamed in Duo",
		"PATCH /Groups/g-4 | DUO - People | 1 joined, 1 left",
	})
	equal(t, "requests", r.lines(), nil)
	if r.Log().Len() != told {
		t.Error("the plan was logged")
	}
	planned, err := r.Plan(t.Context(), r.dir, Cycle{})
	r.must(err)
	r.sync()
	for i, request := range r.requests() {
		_, rest, _ := strings.Cut(request, "\n")
		body := strings.Join(strings.Fields(planned[i].Body), "")
		if sent := strings.Join(strings.Fields(rest), ""); !strings.Contains(strings.ReplaceAll(sent, "u-5", "{idofzoe@example.com}"), body) {
			t.Errorf("planned %s\nsent %s", body, sent)
		}
	}
}

func TestAPlanOfTheFirstCycle(t *testing.T) {
	r := newRig(t, people("josue"))
	equal(t, "the plan", r.plan(Cycle{}), []string{
		"GET /Users?startIndex=1&count=1 |  | the connection is tested first",
		"GET /Users?filter=userName+eq+%22josue%40example.com%22 | josue@example.com | new in a chosen group",
		"POST /Users | josue@example.com | new in a chosen group",
		"GET /Groups?filter=displayName+eq+%22DUO+-+Users%22 | DUO - Users | chosen, and not linked yet",
		"POST /Groups | DUO - Users | chosen, and not linked yet",
		"PATCH /Groups/{id of DUO - Users} | DUO - Users | 1 joined, 0 left",
	})
	if r.Enabled() || len(r.lines()) > 0 {
		t.Error("the plan has an effect")
	}
}

func TestVerifyTellsWhatIsMissingExtraAndDrifted(t *testing.T) {
	r := newRig(t, people("josue", "aiko", "maria"))
	r.stub.have(t, usersEndpoint, `{"userName": "local@example.com", "active": true}`)
	r.enable()
	same := func(local int) {
		t.Helper()
		c, err := r.Verify(t.Context(), r.dir)
		if err != nil || !c.Same() || c.Equal != 4 || len(c.Extra) != local {
			t.Fatalf("%+v, error %v", c, err)
		}
	}
	same(1)
	r.lines()
	r.tamper(usersEndpoint, "userName", josue, func(o *scim.Object) { o.Set("displayName", "Somebody"); o.Set("active", false) })
	r.tamper(usersEndpoint, "userName", aiko, func(o *scim.Object) { o.Object("name").Set("familyName", "Sato") })
	r.stub.mu.Lock()
	r.stub.resources[usersEndpoint] = r.stub.resources[usersEndpoint][:3] // maria is gone
	r.stub.dropMember("u-4")
	r.stub.mu.Unlock()
	r.leave("aiko") // in Duo, not at the target yet
	c, err := r.Verify(t.Context(), r.dir)
	r.must(err)
	var told []string
	for name, list := range map[string][]Difference{"missing": c.Missing, "extra": c.Extra, "drifted": c.Drifted} {
		for _, d := range list {
			told = append(told, fmt.Sprintf("%s %s %s %s: %s -> %s, linked %t", name, d.Kind, d.Name, d.Attribute, d.Old, d.New, d.Linked))
		}
	}
	slices.Sort(told)
	equal(t, "the comparison", told, []string{
		`drifted user josue@example.com active: false -> true, linked true`,
		`drifted user josue@example.com displayName: "Somebody" -> "josue", linked true`,
		`extra group DUO - Users members: aiko@example.com -> , linked true`,
		`extra user aiko@example.com :  -> , linked true`,
		`extra user local@example.com :  -> , linked false`,
		`missing user maria@example.com :  -> , linked false`,
	})
	r.full()
	same(1)
	for _, line := range r.lines() {
		if strings.HasPrefix(line, "DELETE") {
			t.Error(line)
		}
	}
}

func TestOnDemandProvisioningShowsFiveSteps(t *testing.T) {
	r := newRig(t, people("josue", "aiko"))
	r.enable()
	show := func(user string) []string {
		t.Helper()
		steps, err := r.ProvisionOne(t.Context(), r.dir, user)
		r.must(err)
		var all []string
		for _, s := range steps {
			all = append(all, fmt.Sprintf("%s %t: %s (%d)", s.Name, s.OK, s.Text, len(s.Exchanges)))
		}
		return all
	}
	r.must(r.dir.AddUser(person("zoe")))
	equal(t, "outside", show("zoe@example.com"), []string{
		`read true: Duo has the user "zoe@example.com" (DUZOE000000000000000) (0)`,
		`scope false: not to be provisioned: in no chosen group any more (0)`,
	})
	r.must(r.dir.AddMember(users, "zoe@example.com"))
	equal(t, "new", show("zoe@example.com")[1:], []string{
		`scope true: to be provisioned, as a member of DUO - Users (0)`,
		`match true: not linked yet: looked up at the target (1)`,
		`action true: 1 request(s) that change the target (1)`,
		`result true: User provisioning succeeded (0)`,
	})
	equal(t, "known", show("josue@example.com")[2:], []string{
		`match true: linked to the account "u-1" (0)`,
		`action true: nothing to change (0)`,
		`result true: the target is as Duo wants it (0)`,
	})
	r.leave("aiko")
	equal(t, "gone", show(aiko)[1:], []string{
		`scope false: not to be provisioned: in no chosen group any more (0)`,
		`match true: linked to the account "u-2" (0)`,
		`action true: 1 request(s) that change the target (1)`,
		`result true: User deprovisioning succeeded (0)`,
	})
	if _, err := r.ProvisionOne(t.Context(), r.dir, "nobody"); err == nil || !strings.Contains(err.Error(), `no user "nobody" in Duo`) {
		t.Error(err)
	}
	r.sync()
	equal(t, "members after the next cycle", r.membersAt(users), []string{josue, "zoe@example.com"})
}

func TestContinueEnablesOnceAndPutsOtherSettingsIntoEffect(t *testing.T) {
	r := newRig(t, people("josue"))
	for range 2 {
		if _, err := r.Continue(t.Context(), r.dir, Cycle{}); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(r.told()); n != 5 {
		t.Errorf("%q", r.told())
	}
	r.app.Mapping = append(r.app.Mapping, Row{"Username", "nativeObjectId"})
	if sum, err := r.Continue(t.Context(), r.dir, Cycle{}); err != nil || sum.UsersUpdated != 1 || r.told()[5] != "Updated provisioning: "+r.app.Name {
		t.Errorf("%v, error %v: %q", sum, err, r.told())
	}
	r.must(r.dir.RemoveGroup(users))
	if _, err := r.Continue(t.Context(), r.dir, Cycle{}); err == nil || !strings.Contains(err.Error(), `Duo has no group "DUO - Users"`) {
		t.Errorf("a chosen group is missing, error %v", err)
	}
	r.opt.GroupsMayGo = true
	if sum, err := r.Continue(t.Context(), r.dir, Cycle{}); err != nil || sum.UsersDeactivated != 1 {
		t.Errorf("%v, error %v", sum, err)
	}
}
