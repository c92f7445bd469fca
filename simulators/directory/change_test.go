package directory_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
)

func TestChangesTakeEffect(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(d *directory.Directory) error
		got    func(d *directory.Directory) any
		want   any
	}{
		{
			"a new user is active and has the key that a file would give it",
			func(d *directory.Directory) error { return d.AddUser(directory.User{Username: "ana"}) },
			func(d *directory.Directory) any { u, _ := d.User("ana"); return u },
			load(t, "users: [{username: ana}]").Users[0],
		},
		{
			"a removed user is in no group any more",
			func(d *directory.Directory) error { return d.RemoveUser("josue@example.com") },
			func(d *directory.Directory) any {
				_, ok := d.User("josue@example.com")
				return []any{ok, len(d.GroupsOf("DUJOSUE0000000000001")), len(d.Groups)}
			},
			[]any{false, 0, 3},
		},
		{
			"a default attribute",
			func(d *directory.Directory) error { return d.SetAttribute("kiosk", "Last Name", "Lobby") },
			func(d *directory.Directory) any { u, _ := d.User("kiosk"); return u.LastName },
			"Lobby",
		},
		{
			"a custom attribute of a user who had none",
			func(d *directory.Directory) error { return d.SetAttribute("kiosk", "Cost Center", "1") },
			func(d *directory.Directory) any { u, _ := d.User("kiosk"); return u.Attributes },
			map[string]string{"Cost Center": "1"},
		},
		{
			"a custom attribute taken away",
			func(d *directory.Directory) error { return d.SetAttribute("josue@example.com", "Cost Center", "") },
			func(d *directory.Directory) any { u, _ := d.User("josue@example.com"); return u.Attributes },
			map[string]string{"Department": "Network Engineering"},
		},
		{
			"a username, also one that differs in case alone",
			func(d *directory.Directory) error { return d.SetAttribute("kiosk", "Username", "Kiosk") },
			func(d *directory.Directory) any { u, _ := d.User("kiosk"); return u.Username + " " + u.Key },
			"Kiosk DUKIOSK0000000000004",
		},
		{
			"a status",
			func(d *directory.Directory) error { return d.SetStatus("kiosk", directory.LockedOut) },
			func(d *directory.Directory) any { u, _ := d.User("kiosk"); return u.Status },
			directory.LockedOut,
		},
		{
			"a new group with members by username",
			func(d *directory.Directory) error {
				return d.AddGroup(directory.Group{Name: "New", Key: "DGNEW000000000000001", Members: []string{"kiosk"}})
			},
			func(d *directory.Directory) any { g, _ := d.Group("New"); return g },
			directory.Group{Name: "New", Key: "DGNEW000000000000001", Members: []string{"DUKIOSK0000000000004"}},
		},
		{
			"a group removed, its members stay",
			func(d *directory.Directory) error { return d.RemoveGroup("DUO - Users") },
			func(d *directory.Directory) any { return []int{len(d.Groups), len(d.Users)} },
			[]int{2, 5},
		},
		{
			"a group renamed, its key stays",
			func(d *directory.Directory) error { return d.RenameGroup("DUO - Users", "DUO - users") },
			func(d *directory.Directory) any { g, _ := d.Group("DGUSERS0000000000001"); return g.Name },
			"DUO - users",
		},
		{
			"a member joins",
			func(d *directory.Directory) error { return d.AddMember("DUO - Users", "kiosk") },
			func(d *directory.Directory) any { g, _ := d.Group("DUO - Users"); return g.Members },
			[]string{"DUJOSUE0000000000001", "DUKIOSK0000000000004"},
		},
		{
			"a member leaves",
			func(d *directory.Directory) error {
				return d.RemoveMember("DUO - Engineers", "zoe.mueller@example.com")
			},
			func(d *directory.Directory) any { g, _ := d.Group("DUO - Engineers"); return g.Members },
			[]string{"DUJOSUE0000000000001", "DUMIGUEL000000000003"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := office(t)
			before := d.Clone()
			copied := d.Clone()
			if err := c.change(d); err != nil {
				t.Fatal(err)
			}
			if got := c.got(d); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
			if !same(before, copied) {
				t.Error("the change reached a clone")
			}
		})
	}
}

func TestChangesThatCannotBeMadeSayWhyAndChangeNothing(t *testing.T) {
	full := func(d *directory.Directory) error {
		for i := range 99 {
			if err := d.AddGroup(directory.Group{Name: strings.Repeat("g", i+1), Members: []string{"josue@example.com"}}); err != nil {
				return err
			}
		}
		return nil
	}
	for _, c := range []struct {
		change func(d *directory.Directory) error
		want   string
	}{
		{func(d *directory.Directory) error { return d.AddUser(directory.User{Username: " "}) }, `directory: a user needs a username`},
		{func(d *directory.Directory) error { return d.AddUser(directory.User{Username: "KIOSK"}) }, `directory: there is a user "kiosk" with key DUKIOSK0000000000004 already`},
		{func(d *directory.Directory) error {
			return d.AddUser(directory.User{Username: "a", Key: "DUKIOSK0000000000004"})
		}, `directory: there is a user "kiosk" with key DUKIOSK0000000000004 already`},
		{func(d *directory.Directory) error { return d.AddUser(directory.User{Username: "a", Status: "away"}) }, `directory: "away" is no status of a user: use active, bypass, disabled, locked out or pending deletion`},
		{func(d *directory.Directory) error {
			return d.AddUser(directory.User{Username: "a", Attributes: map[string]string{"First Name": "A"}})
		}, `directory: First Name is a default attribute of Duo: it cannot be a custom one`},
		{func(d *directory.Directory) error {
			return d.AddUser(directory.User{Username: "a", Attributes: map[string]string{"": "A"}})
		}, `directory: "" cannot name an attribute: use 1 to 256 letters, digits, spaces, hyphens and periods`},
		{func(d *directory.Directory) error { return d.RemoveUser("nobody") }, `directory: there is no user "nobody": name one by key or username`},
		{func(d *directory.Directory) error { return d.SetAttribute("nobody", "Last Name", "x") }, `directory: there is no user "nobody": name one by key or username`},
		{func(d *directory.Directory) error { return d.SetAttribute("kiosk", "Username", "") }, `directory: user "kiosk" needs a username`},
		{func(d *directory.Directory) error { return d.SetAttribute("kiosk", "Username", "Naomi@example.com") }, `directory: there is a user "naomi@example.com" with key DUNAOMI0000000000005 already`},
		{func(d *directory.Directory) error { return d.SetAttribute("kiosk", "Cost_Center", "x") }, `directory: "Cost_Center" cannot name an attribute: use 1 to 256 letters, digits, spaces, hyphens and periods`},
		{func(d *directory.Directory) error { return d.SetStatus("nobody", directory.Active) }, `directory: there is no user "nobody": name one by key or username`},
		{func(d *directory.Directory) error { return d.SetStatus("kiosk", "away") }, `directory: "away" is no status of a user: use active, bypass, disabled, locked out or pending deletion`},
		{func(d *directory.Directory) error { return d.AddGroup(directory.Group{}) }, `directory: a group needs a name`},
		{func(d *directory.Directory) error { return d.AddGroup(directory.Group{Name: "duo - USERS"}) }, `directory: there is a group "DUO - Users" with key DGUSERS0000000000001 already`},
		{func(d *directory.Directory) error {
			return d.AddGroup(directory.Group{Name: "New", Members: []string{"kiosk", "nobody"}})
		}, `directory: there is no user "nobody": name one by key or username`},
		{func(d *directory.Directory) error { return d.RemoveGroup("New") }, `directory: there is no group "New": name one by key or name`},
		{func(d *directory.Directory) error { return d.RenameGroup("New", "x") }, `directory: there is no group "New": name one by key or name`},
		{func(d *directory.Directory) error { return d.RenameGroup("DUO - Users", " ") }, `directory: group "DUO - Users" needs a name`},
		{func(d *directory.Directory) error { return d.RenameGroup("DUO - Users", "duo - engineers") }, `directory: there is a group "DUO - Engineers" with key DGENGINEERS000000002 already`},
		{func(d *directory.Directory) error { return d.AddMember("New", "kiosk") }, `directory: there is no group "New": name one by key or name`},
		{func(d *directory.Directory) error { return d.AddMember("DUO - Users", "nobody") }, `directory: there is no user "nobody": name one by key or username`},
		{func(d *directory.Directory) error { return d.AddMember("DUO - Users", "Josue@example.com") }, `directory: "josue@example.com" is a member of group "DUO - Users" already`},
		{func(d *directory.Directory) error { return d.RemoveMember("DUO - Users", "kiosk") }, `directory: "kiosk" is not a member of group "DUO - Users"`},
		{full, `directory: "josue@example.com" is in 100 groups already, as many as Duo allows a user`},
	} {
		t.Run(c.want, func(t *testing.T) {
			d := office(t)
			err := c.change(d)
			if err == nil || err.Error() != c.want {
				t.Errorf("got %v, want %s", err, c.want)
			}
			if len(d.Groups) > 3 {
				d.Groups = d.Groups[:3] // the groups that were added before the one too many
			}
			if !same(d, office(t)) {
				t.Errorf("the directory changed: %+v", d)
			}
		})
	}
}
