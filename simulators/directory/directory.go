// Package directory is the identity store that the simulated Duo provisions
// from: users and groups.
//
// Groups are flat, as in Duo's Admin API: a group holds users, never groups.
package directory

import (
	"maps"
	"slices"
)

// Status is a user's status, in the words of Duo's Admin API.
type Status string

// The statuses of Duo's Admin API (Duo documentation, "Retrieve Users").
const (
	Active          Status = "active"
	Bypass          Status = "bypass"
	Disabled        Status = "disabled"
	LockedOut       Status = "locked out"
	PendingDeletion Status = "pending deletion"
)

// The labels of Duo's default user attributes, as the attribute mapping of an
// application shows them (Cisco guide 225885). Only Username must have a value.
const (
	Username    = "Username"
	DisplayName = "Display Name"
	Email       = "Email Address"
	FirstName   = "First Name"
	LastName    = "Last Name"
)

// User is a person in Duo.
type User struct {
	Key         string // DU and 18 upper-case letters or digits; never changes
	Username    string // unique without regard to case
	DisplayName string
	Email       string
	FirstName   string
	LastName    string
	Status      Status
	Attributes  map[string]string // custom attributes by label
}

// Group is a set of users.
type Group struct {
	Key     string   // DG and 18 upper-case letters or digits; never changes
	Name    string   // unique without regard to case
	Members []string // keys of users, each once
}

// Directory is one state of Duo's users and groups. Build it with the readers of
// this package, from literal slices, or with the methods that change it. Once it
// is in use, keys, names and members change through those methods alone: look-ups
// go by indexes that do not see what was overwritten in place. Look-ups may run
// concurrently, changes may not.
type Directory struct {
	Users  []User
	Groups []Group

	index indexes
}

// Attribute returns the value of an attribute by its Duo label: one of the
// default attributes, or a custom one. Without a value ok is false.
func (u User) Attribute(label string) (value string, ok bool) {
	if field := defaultField(&u, label); field != nil {
		value = *field
	} else {
		value = u.Attributes[label]
	}
	return value, value != ""
}

// defaultField is the default attribute with this label, or nil for a custom one.
func defaultField(u *User, label string) *string {
	switch label {
	case Username:
		return &u.Username
	case DisplayName:
		return &u.DisplayName
	case Email:
		return &u.Email
	case FirstName:
		return &u.FirstName
	case LastName:
		return &u.LastName
	}
	return nil
}

func (u User) clone() User {
	u.Attributes = maps.Clone(u.Attributes)
	return u
}

func (g Group) clone() Group {
	g.Members = slices.Clone(g.Members)
	return g
}

// User finds a user by key, or else by username in any case.
func (d *Directory) User(keyOrUsername string) (User, bool) {
	if i := d.userIndex(keyOrUsername); i >= 0 {
		return d.Users[i], true
	}
	return User{}, false
}

// UserIndex is the place in Users of the user with this key, at the same cost
// however many there are.
func (d *Directory) UserIndex(key string) (int, bool) {
	i := d.userIndex(key)
	return i, i >= 0 && d.Users[i].Key == key
}

// Group finds a group by key, or else by name in any case.
func (d *Directory) Group(keyOrName string) (Group, bool) {
	if i := d.groupIndex(keyOrName); i >= 0 {
		return d.Groups[i], true
	}
	return Group{}, false
}

// GroupsOf lists the groups that a user is a member of, in the directory's order.
func (d *Directory) GroupsOf(userKey string) []Group {
	var groups []Group
	for _, i := range d.groupPlaces(userKey) {
		groups = append(groups, d.Groups[i])
	}
	return groups
}

// HasMember says whether a user is in a group, both by key.
func (d *Directory) HasMember(groupKey, userKey string) bool {
	return slices.ContainsFunc(d.groupPlaces(userKey), func(i int32) bool { return d.Groups[i].Key == groupKey })
}

// AttributeLabels lists every attribute that the directory knows: the default
// ones, then the custom ones of any user in alphabetical order.
func (d *Directory) AttributeLabels() []string {
	return append([]string{Username, DisplayName, Email, FirstName, LastName}, d.CustomLabels()...)
}

// CustomLabels lists the custom attributes of any user in alphabetical order.
func (d *Directory) CustomLabels() []string {
	custom := map[string]bool{}
	for _, u := range d.Users {
		for label := range u.Attributes {
			custom[label] = true
		}
	}
	return slices.Sorted(maps.Keys(custom))
}

// Clone returns a copy that shares nothing with the directory.
func (d *Directory) Clone() *Directory {
	c := &Directory{Users: make([]User, len(d.Users)), Groups: make([]Group, len(d.Groups))}
	for i, u := range d.Users {
		c.Users[i] = u.clone()
	}
	for i, g := range d.Groups {
		c.Groups[i] = g.clone()
	}
	return c
}

func (d *Directory) userIndex(ref string) int  { return find(&d.index.users, d.Users, ref) }
func (d *Directory) groupIndex(ref string) int { return find(&d.index.groups, d.Groups, ref) }
