package directory_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/fixtures"
	"github.com/simulate-duo/simulate-duo/schemas"
	"github.com/simulate-duo/simulate-duo/simulators/directory"
)

// office is the directory that most tests start from.
func office(t *testing.T) *directory.Directory {
	t.Helper()
	return load(t, `
users:
  - key: DUJOSUE0000000000001
    username: josue@example.com
    display_name: Josue
    email: josue@example.com
    first_name: Josue
    last_name: Brenes
    attributes: {Department: Network Engineering, Cost Center: "4711"}
  - key: DUZOE000000000000002
    username: zoe.mueller@example.com
    display_name: Zoë Müller
    attributes: {Windows Login: EXAMPLE-ZMUELLER}
  - {key: DUMIGUEL000000000003, username: "miguel.o'hara@example.com"}
  - {key: DUKIOSK0000000000004, username: kiosk}
  - {key: DUNAOMI0000000000005, username: naomi@example.com, status: disabled}
groups:
  - key: DGUSERS0000000000001
    name: DUO - Users
    members: [josue@example.com]
  - key: DGENGINEERS000000002
    name: DUO - Engineers
    members: [josue@example.com, zoe.mueller@example.com, "miguel.o'hara@example.com"]
  - key: DGCONTRACTORS0000003
    name: DUO - Contractors
    members: [kiosk, naomi@example.com]
`)
}

// same says whether two directories have the same users and groups.
func same(a, b *directory.Directory) bool {
	return reflect.DeepEqual(a.Users, b.Users) && reflect.DeepEqual(a.Groups, b.Groups)
}

func load(t *testing.T, text string) *directory.Directory {
	t.Helper()
	d, err := directory.Load("directory.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// In the guide, the group "DUO - Users" has one member, the user shown as Josue.
func TestLoadReadsTheGuidesDirectory(t *testing.T) {
	d, err := directory.Load(fixtures.GuideDirectory())
	if err != nil {
		t.Fatal(err)
	}
	group, ok := d.Group("DUO - Users")
	if !ok || len(group.Members) != 1 {
		t.Fatalf("the guide's group is %+v, want one member", group)
	}
	if user, ok := d.User(group.Members[0]); !ok || user.DisplayName != "Josue" || user.Status != directory.Active {
		t.Errorf("its member is %+v, want Josue", user)
	}
}

func TestLoadReadsEverythingInTheFile(t *testing.T) {
	d := office(t)
	want := directory.User{
		Key: "DUJOSUE0000000000001", Username: "josue@example.com", DisplayName: "Josue", Email: "josue@example.com",
		FirstName: "Josue", LastName: "Brenes", Status: directory.Active,
		Attributes: map[string]string{"Department": "Network Engineering", "Cost Center": "4711"},
	}
	if got := d.Users[0]; !reflect.DeepEqual(got, want) {
		t.Errorf("the first user is %+v, want %+v", got, want)
	}
	group := directory.Group{Key: "DGCONTRACTORS0000003", Name: "DUO - Contractors", Members: []string{"DUKIOSK0000000000004", "DUNAOMI0000000000005"}}
	if got := d.Groups[2]; !reflect.DeepEqual(got, group) {
		t.Errorf("the last group is %+v, want %+v", got, group)
	}
	if got := d.Users[4].Status; got != directory.Disabled {
		t.Errorf("the last user is %s, want disabled", got)
	}
	if len(d.Users) != 5 || len(d.Groups) != 3 {
		t.Errorf("got %d users and %d groups, want 5 and 3", len(d.Users), len(d.Groups))
	}
}

func TestLoadFillsInWhatTheFileLeavesOut(t *testing.T) {
	d := load(t, "users: [{username: Josue@Example.com}]\ngroups: [{name: DUO - Users}]\n")
	if got := d.Users[0]; got.Status != directory.Active || len(got.Key) != 20 || !strings.HasPrefix(got.Key, "DU") {
		t.Errorf("got %+v, want an active user with a key", got)
	}
	if got := d.Groups[0].Key; len(got) != 20 || !strings.HasPrefix(got, "DG") {
		t.Errorf("the group's key is %q", got)
	}
	again := load(t, "groups: [{name: duo - users}]\nusers: [{username: zoe}, {username: josue@example.com}]\n")
	if again.Users[1].Key != d.Users[0].Key || again.Groups[0].Key != d.Groups[0].Key {
		t.Error("the keys of one name differ between two files")
	}
	if again.Users[0].Key == again.Users[1].Key {
		t.Error("two users share a key")
	}
}

func TestLoadResolvesMembersByUsernameInAnyCaseOrByKey(t *testing.T) {
	d := load(t, `
users:
  - {username: josue, key: DUAAAAAAAAAAAAAAAAAA}
  - {username: zoë}
groups:
  - name: DUO - Users
    members: [ZOË, DUAAAAAAAAAAAAAAAAAA]
`)
	if want := []string{d.Users[1].Key, d.Users[0].Key}; !reflect.DeepEqual(d.Groups[0].Members, want) {
		t.Errorf("the members are %q, want %q", d.Groups[0].Members, want)
	}
}

func TestLoadTellsEveryProblemWithItsPlaceAndRemedy(t *testing.T) {
	for _, c := range []struct {
		name string
		text string
		want []string
	}{
		{"no users", "groups: []\n", []string{`d.yaml:1:1: "users" is missing: add it`}},
		{
			"what the schema refuses",
			`users:
  - usrname: josue
    status: activ
    email:
    key: DU123
    attributes: {Cost_Center: 4711, Cost Center: 4711}
  - username: " josue"
groups:
  - nam: DUO - Users
    members: [josue, 7, [zoe]]
`,
			[]string{
				`d.yaml:2:5: users[0]: "username" is missing: add it`,
				`d.yaml:2:5: users[0].usrname: unknown key: did you mean "username"?`,
				`d.yaml:3:13: users[0].status: the string "activ" is not allowed: did you mean "active"?`,
				`d.yaml:4:11: users[0].email: must be a string, got nothing: write "", or remove the key`,
				`d.yaml:5:10: users[0].key: the string "DU123": a user's key is DU and 18 upper-case letters or digits`,
				`d.yaml:6:18: users[0].attributes.Cost_Center: "Cost_Center" cannot be a name here: use 1 to 256 letters, digits, spaces, hyphens and periods`,
				`d.yaml:6:31: users[0].attributes.Cost_Center: must be a string, got the number 4711: put it in quotes`,
				`d.yaml:6:50: users[0].attributes["Cost Center"]: must be a string, got the number 4711: put it in quotes`,
				`d.yaml:7:15: users[1].username: the string " josue": a username is one line without spaces around it`,
				`d.yaml:9:5: groups[0]: "name" is missing: add it`,
				`d.yaml:9:5: groups[0].nam: unknown key: did you mean "name"?`,
				`d.yaml:10:22: groups[0].members[1]: must be a string, got the number 7: put it in quotes`,
				`d.yaml:10:25: groups[0].members[2]: must be a string, got an array`,
			},
		},
		{
			"a username that holds a control character", "users: [{username: \"a\\0b\"}]\n",
			[]string{`d.yaml:1:20: users[0].username: the string "a\x00b": a username is one line without spaces around it`},
		},
		{
			"a member that is not in the file",
			"users: [{username: josue}]\ngroups:\n  - name: DUO - Users\n    members: [jose, zoe, DUBBBBBBBBBBBBBBBBBB]\n",
			[]string{
				`d.yaml:4:15: groups[0].members[0]: there is no user "jose" in this file: did you mean "josue"?`,
				`d.yaml:4:21: groups[0].members[1]: there is no user "zoe" in this file: name one of its users by username or key`,
				`d.yaml:4:26: groups[0].members[2]: there is no user "DUBBBBBBBBBBBBBBBBBB" in this file: name one of its users by username or key`,
			},
		},
		{
			"a member twice, under two names",
			"users: [{username: josue, key: DUAAAAAAAAAAAAAAAAAA}]\ngroups:\n  - name: DUO - Users\n    members: [josue, JOSUE, DUAAAAAAAAAAAAAAAAAA]\n",
			[]string{
				`d.yaml:4:22: groups[0].members[1]: "JOSUE" is a member of this group already: remove one of both`,
				`d.yaml:4:29: groups[0].members[2]: "DUAAAAAAAAAAAAAAAAAA" is a member of this group already: remove one of both`,
			},
		},
		{
			"a group as a member",
			"users: []\ngroups:\n  - {name: A, key: DGAAAAAAAAAAAAAAAAAA}\n  - {name: B, members: [DGAAAAAAAAAAAAAAAAAA]}\n",
			[]string{`d.yaml:4:25: groups[1].members[0]: there is no user "DGAAAAAAAAAAAAAAAAAA" in this file: name one of its users by username or key`},
		},
		{
			"usernames, group names and keys that occur twice",
			`users:
  - username: josue
  - username: Josue
  - {username: zoe, key: DUAAAAAAAAAAAAAAAAAA}
  - {username: miguel, key: DUAAAAAAAAAAAAAAAAAA}
groups:
  - name: DUO - Users
  - name: DUO - users
  - {name: A, key: DGAAAAAAAAAAAAAAAAAA}
  - {name: B, key: DGAAAAAAAAAAAAAAAAAA}
`,
			[]string{
				`d.yaml:3:15: users[1].username: users[0] has this username already, and usernames are compared without regard to case: choose another`,
				`d.yaml:5:29: users[3].key: users[2] has the key DUAAAAAAAAAAAAAAAAAA already: choose another`,
				`d.yaml:8:11: groups[1].name: groups[0] has this name already, and names are compared without regard to case: choose another`,
				`d.yaml:10:20: groups[3].key: groups[2] has the key DGAAAAAAAAAAAAAAAAAA already: choose another`,
			},
		},
		{
			"a custom attribute with the name of a default one",
			"users:\n  - username: josue\n    attributes:\n      Email Address: josue@example.com\n",
			[]string{`d.yaml:4:7: users[0].attributes["Email Address"]: Email Address is a default attribute of Duo: write it as email`},
		},
		{
			"a user in more groups than Duo allows", manyGroups(102),
			[]string{`d.yaml:103:33: groups[100].members[0]: "josue" would be in more than the 100 groups that Duo allows a user: remove the user from some`},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := directory.Load("d.yaml", []byte(c.text))
			if _, ok := errors.AsType[*schemas.Invalid](err); !ok || d != nil {
				t.Fatalf("got %+v and %v, want an *Invalid", d, err)
			}
			if got, want := err.Error(), strings.Join(c.want, "\n"); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func manyGroups(n int) string {
	var b strings.Builder
	b.WriteString("users: [{username: josue}]\ngroups:\n")
	for i := range n {
		fmt.Fprintf(&b, "  - {name: Group %03d, members: [josue]}\n", i)
	}
	return b.String()
}

func TestAUserCanBeInAHundredGroups(t *testing.T) {
	d := load(t, manyGroups(100))
	if got := len(d.GroupsOf(d.Users[0].Key)); got != 100 {
		t.Errorf("the user is in %d groups, want 100", got)
	}
}

func TestTheReadersLimitsHoldForDirectoriesToo(t *testing.T) {
	_, err := directory.Load("d.yaml", []byte("users: *everybody\n"))
	if want := "d.yaml:1:8: anchors, aliases and merge keys are not supported"; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
}

// FuzzLoad holds that whatever loads keeps the promises of Directory, and that
// nothing makes the loader panic.
func FuzzLoad(f *testing.F) {
	_, data := fixtures.GuideDirectory()
	f.Add(string(data))
	f.Add(manyGroups(3))
	f.Add("users: [{username: a}, {username: A}]\ngroups: [{name: g, members: [a, b]}]\n")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := directory.Load("fuzz.yaml", []byte(text))
		if err != nil {
			return
		}
		keepsItsPromises(t, d)
		if c := d.Clone(); !reflect.DeepEqual(c.Users, d.Users) || !reflect.DeepEqual(c.Groups, d.Groups) {
			t.Fatalf("a directory differs from its copy: %+v and %+v", d, c)
		}
	})
}

func keepsItsPromises(t *testing.T, d *directory.Directory) {
	t.Helper()
	keys := map[string]bool{}
	for _, u := range d.Users {
		if keys[u.Key] || u.Username == "" || u.Status == "" {
			t.Fatalf("a user with a key twice or without a username or status: %+v", u)
		}
		keys[u.Key] = true
	}
	for _, g := range d.Groups {
		seen := map[string]bool{}
		for _, m := range g.Members {
			if !keys[m] || seen[m] {
				t.Fatalf("group %q has the member %q, which is unknown or there twice", g.Name, m)
			}
			seen[m] = true
		}
	}
}
