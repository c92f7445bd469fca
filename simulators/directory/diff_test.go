package directory_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
)

func TestDiffTellsWhatHappened(t *testing.T) {
	josue, zoe, kiosk := "DUJOSUE0000000000001", "DUZOE000000000000002", "DUKIOSK0000000000004"
	users, engineers := "DGUSERS0000000000001", "DGENGINEERS000000002"
	for _, c := range []struct {
		name   string
		change func(d *directory.Directory) error
		want   func(before, after *directory.Directory) directory.Changes
	}{
		{
			"nothing",
			func(*directory.Directory) error { return nil },
			func(_, _ *directory.Directory) directory.Changes { return directory.Changes{} },
		},
		{
			"a user was added",
			func(d *directory.Directory) error { return d.AddUser(directory.User{Username: "ana"}) },
			func(_, after *directory.Directory) directory.Changes {
				return directory.Changes{UsersAdded: after.Users[5:]}
			},
		},
		{
			"a user was removed and so left the groups",
			func(d *directory.Directory) error { return d.RemoveUser(josue) },
			func(before, _ *directory.Directory) directory.Changes {
				return directory.Changes{
					UsersRemoved: before.Users[:1],
					Left:         []directory.Membership{{Group: users, User: josue}, {Group: engineers, User: josue}},
				}
			},
		},
		{
			"attributes got, lost and changed a value",
			func(d *directory.Directory) error {
				for label, value := range map[string]string{"Last Name": "B", "Username": "j", "Email Address": "", "Cost Center": "", "Badge": "7"} {
					if err := d.SetAttribute(josue, label, value); err != nil {
						return err
					}
				}
				return nil
			},
			func(before, after *directory.Directory) directory.Changes {
				return directory.Changes{UsersChanged: []directory.UserChange{{
					Before: before.Users[0], After: after.Users[0],
					Attributes: []string{"Username", "Email Address", "Last Name", "Badge", "Cost Center"},
				}}}
			},
		},
		{
			"a user was disabled",
			func(d *directory.Directory) error { return d.SetStatus(kiosk, directory.Disabled) },
			func(before, after *directory.Directory) directory.Changes {
				return directory.Changes{UsersChanged: []directory.UserChange{{Before: before.Users[3], After: after.Users[3], Status: true}}}
			},
		},
		{
			"a group was added with its members",
			func(d *directory.Directory) error {
				return d.AddGroup(directory.Group{Name: "New", Members: []string{kiosk}})
			},
			func(_, after *directory.Directory) directory.Changes {
				return directory.Changes{GroupsAdded: after.Groups[3:]}
			},
		},
		{
			"a group was removed with its members",
			func(d *directory.Directory) error { return d.RemoveGroup(users) },
			func(before, _ *directory.Directory) directory.Changes {
				return directory.Changes{GroupsRemoved: before.Groups[:1]}
			},
		},
		{
			"a group was renamed",
			func(d *directory.Directory) error { return d.RenameGroup(users, "DUO - People") },
			func(_, _ *directory.Directory) directory.Changes {
				return directory.Changes{GroupsRenamed: []directory.Rename{{Key: users, Before: "DUO - Users", After: "DUO - People"}}}
			},
		},
		{
			"members joined and left",
			func(d *directory.Directory) error {
				if err := d.AddMember(users, kiosk); err != nil {
					return err
				}
				return d.RemoveMember(engineers, zoe)
			},
			func(_, _ *directory.Directory) directory.Changes {
				return directory.Changes{
					Joined: []directory.Membership{{Group: users, User: kiosk}},
					Left:   []directory.Membership{{Group: engineers, User: zoe}},
				}
			},
		},
		{
			"an order changed, which is nothing",
			func(d *directory.Directory) error {
				slices.Reverse(d.Users)
				slices.Reverse(d.Groups)
				slices.Reverse(d.Groups[1].Members)
				return nil
			},
			func(_, _ *directory.Directory) directory.Changes { return directory.Changes{} },
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			before, after := office(t), office(t)
			if err := c.change(after); err != nil {
				t.Fatal(err)
			}
			got, want := directory.Diff(before, after), c.want(before, after)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
			if got.Empty() != reflect.DeepEqual(want, directory.Changes{}) {
				t.Errorf("Empty is %t for %+v", got.Empty(), got)
			}
		})
	}
}

func TestDiffTakesNilForAnEmptyDirectory(t *testing.T) {
	d := office(t)
	if got := directory.Diff(nil, d); len(got.UsersAdded) != 5 || len(got.GroupsAdded) != 3 || len(got.Joined) != 0 {
		t.Errorf("from nothing: %+v", got)
	}
	if got := directory.Diff(d, nil); len(got.UsersRemoved) != 5 || len(got.GroupsRemoved) != 3 || len(got.Left) != 0 {
		t.Errorf("to nothing: %+v", got)
	}
}

func TestDiffSharesNothingWithTheStates(t *testing.T) {
	d := office(t)
	c := directory.Diff(nil, d)
	c.UsersAdded[0].Attributes["Department"] = "other"
	c.GroupsAdded[0].Members[0] = "other"
	if !same(d, office(t)) {
		t.Error("changing the result changed the directory")
	}
}

// Whatever happens between two states, the difference says it all: applied to
// the first state it yields the second.
func TestApplyingADiffTurnsTheFirstStateIntoTheSecond(t *testing.T) {
	random := rand.New(rand.NewPCG(7644, 7643))
	start := office(t)
	for round := range 300 {
		before := start.Clone()
		shuffle(random, before, 10)
		after := before.Clone()
		shuffle(random, after, random.IntN(20))
		untouched := [2]*directory.Directory{before.Clone(), after.Clone()}
		changes := directory.Diff(before, after)
		if !same(untouched[0], before) || !same(untouched[1], after) {
			t.Fatalf("round %d: Diff changed a state", round)
		}
		got := before.Clone()
		apply(t, got, changes)
		if sorted(got); !same(got, sorted(after)) {
			t.Fatalf("round %d: %+v\nyields %+v\nwant   %+v", round, changes, got, after)
		}
	}
}

// shuffle makes n changes; those that cannot be made are left out.
func shuffle(random *rand.Rand, d *directory.Directory, n int) {
	for range n {
		user, group := fmt.Sprintf("u%d", random.IntN(8)), fmt.Sprintf("g%d", random.IntN(4))
		if len(d.Users) > 0 && random.IntN(2) == 0 {
			user = d.Users[random.IntN(len(d.Users))].Key
		}
		if len(d.Groups) > 0 && random.IntN(2) == 0 {
			group = d.Groups[random.IntN(len(d.Groups))].Key
		}
		value := fmt.Sprint(random.IntN(3))
		labels := append(d.AttributeLabels(), "Badge")
		changes := []func() error{
			func() error { return d.AddUser(directory.User{Username: user, LastName: value}) },
			func() error { return d.RemoveUser(user) },
			func() error { return d.SetAttribute(user, labels[random.IntN(len(labels))], value) },
			func() error { return d.SetAttribute(user, labels[1+random.IntN(len(labels)-1)], "") },
			func() error { return d.SetStatus(user, directory.Disabled) },
			func() error { return d.AddGroup(directory.Group{Name: group}) },
			func() error { return d.RemoveGroup(group) },
			func() error { return d.RenameGroup(group, "renamed "+value) },
			func() error { return d.AddMember(group, user) },
			func() error { return d.AddMember(group, user) },
			func() error { return d.RemoveMember(group, user) },
		}
		_ = changes[random.IntN(len(changes))]()
	}
}

// apply plays the changes with the methods that an administrator has. Names
// that are exchanged between two users or groups need a detour.
func apply(t *testing.T, d *directory.Directory, c directory.Changes) {
	t.Helper()
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range c.Left {
		must(d.RemoveMember(m.Group, m.User))
	}
	for _, g := range c.GroupsRemoved {
		must(d.RemoveGroup(g.Key))
	}
	for _, u := range c.UsersRemoved {
		must(d.RemoveUser(u.Key))
	}
	for _, u := range c.UsersChanged {
		must(d.SetAttribute(u.After.Key, directory.Username, "detour "+u.After.Key))
	}
	for _, u := range c.UsersChanged {
		must(d.SetStatus(u.After.Key, u.After.Status))
		must(d.SetAttribute(u.After.Key, directory.Username, u.After.Username))
		for _, label := range u.Attributes {
			value, _ := u.After.Attribute(label)
			must(d.SetAttribute(u.After.Key, label, value))
		}
	}
	for _, r := range c.GroupsRenamed {
		must(d.RenameGroup(r.Key, "detour "+r.Key))
	}
	for _, r := range c.GroupsRenamed {
		must(d.RenameGroup(r.Key, r.After))
	}
	for _, u := range c.UsersAdded {
		must(d.AddUser(u))
	}
	for _, g := range c.GroupsAdded {
		must(d.AddGroup(g))
	}
	for _, m := range c.Joined {
		must(d.AddMember(m.Group, m.User))
	}
}

// sorted orders a directory by keys and drops what reads the same as absent.
func sorted(d *directory.Directory) *directory.Directory {
	slices.SortFunc(d.Users, func(a, b directory.User) int { return cmp.Compare(a.Key, b.Key) })
	slices.SortFunc(d.Groups, func(a, b directory.Group) int { return cmp.Compare(a.Key, b.Key) })
	for i := range d.Users {
		if len(d.Users[i].Attributes) == 0 {
			d.Users[i].Attributes = nil
		}
	}
	for i := range d.Groups {
		slices.Sort(d.Groups[i].Members)
		if len(d.Groups[i].Members) == 0 {
			d.Groups[i].Members = nil
		}
	}
	return d
}
