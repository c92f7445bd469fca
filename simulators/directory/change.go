package directory

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// The methods below change a directory as an administrator would in Duo. Users
// are named by key or username, groups by key or name. An error leaves the
// directory as it was.

// AddUser adds a user. Without a key the user gets one derived from the
// username, without a status the user is active.
func (d *Directory) AddUser(u User) error {
	if strings.TrimSpace(u.Username) == "" {
		return fmt.Errorf("directory: a user needs a username")
	}
	if u.Key == "" {
		u.Key = newKey("DU", u.Username)
	}
	if u.Status == "" {
		u.Status = Active
	}
	if err := u.Status.check(); err != nil {
		return err
	}
	for label := range u.Attributes {
		if err := checkCustom(label); err != nil {
			return err
		}
	}
	if other, taken := taken(d.userIndex, u.Key, u.Username); taken {
		return thereIs("user", d.Users[other])
	}
	d.Users = append(d.Users, u.clone())
	d.index.users.Load().added(d.Users)
	return nil
}

// taken finds the row that has this key or this name. A key is looked for as a
// key first, so that it hides a name which looks like one.
func taken(find func(string) int, key, name string) (int, bool) {
	i := find(key)
	if i < 0 {
		i = find(name)
	}
	return i, i >= 0
}

func thereIs(kind string, row named) error {
	key, name := row.names()
	return fmt.Errorf("directory: there is a %s %q with key %s already", kind, name, key)
}

// RemoveUser removes a user from the directory and from every group.
func (d *Directory) RemoveUser(user string) error {
	i, err := d.findUser(user)
	if err != nil {
		return err
	}
	u := d.Users[i]
	for _, g := range slices.Clone(d.groupPlaces(u.Key)) {
		d.removeMember(g, u.Key)
	}
	d.Users = slices.Delete(d.Users, i, i+1)
	d.index.users.Load().removed(u, d.Users)
	return nil
}

// attributeName is the rule for the names of custom attributes (Duo
// documentation, "User Attributes").
var attributeName = regexp.MustCompile(`^[A-Za-z0-9 .-]{1,256}$`)

// SetAttribute gives a user's default or custom attribute a value; "" takes
// the value away.
func (d *Directory) SetAttribute(user, label, value string) error {
	i, err := d.findUser(user)
	if err != nil {
		return err
	}
	if label == Username {
		return d.setUsername(i, value)
	}
	u := d.Users[i].clone()
	if field := defaultField(&u, label); field != nil {
		*field = value
	} else if err := setCustom(&u, label, value); err != nil {
		return err
	}
	d.Users[i] = u
	return nil
}

func (d *Directory) setUsername(i int, value string) error {
	if strings.TrimSpace(value) == "" {
		return fmt.Errorf("directory: user %q needs a username", d.Users[i].Username)
	}
	if j := d.userIndex(value); j >= 0 && j != i {
		return thereIs("user", d.Users[j])
	}
	before := d.Users[i].Username
	d.Users[i].Username = value
	d.index.users.Load().renamed(before, value)
	return nil
}

func setCustom(u *User, label, value string) error {
	if err := checkCustom(label); err != nil {
		return err
	}
	if value == "" {
		delete(u.Attributes, label)
		return nil
	}
	if u.Attributes == nil {
		u.Attributes = map[string]string{}
	}
	u.Attributes[label] = value
	return nil
}

func checkCustom(label string) error {
	if defaultField(&User{}, label) != nil {
		return fmt.Errorf("directory: %s is a default attribute of Duo: it cannot be a custom one", label)
	}
	if !attributeName.MatchString(label) {
		return fmt.Errorf("directory: %q cannot name an attribute: use 1 to 256 letters, digits, spaces, hyphens and periods", label)
	}
	return nil
}

// SetStatus gives a user one of the statuses of this package.
func (d *Directory) SetStatus(user string, status Status) error {
	i, err := d.findUser(user)
	if err != nil {
		return err
	}
	if err := status.check(); err != nil {
		return err
	}
	d.Users[i].Status = status
	return nil
}

func (s Status) check() error {
	switch s {
	case Active, Bypass, Disabled, LockedOut, PendingDeletion:
		return nil
	}
	return fmt.Errorf("directory: %q is no status of a user: use %s, %s, %s, %s or %s",
		s, Active, Bypass, Disabled, LockedOut, PendingDeletion)
}

// AddGroup adds a group. Without a key the group gets one derived from its
// name. Members are named by key or username.
func (d *Directory) AddGroup(g Group) error {
	if strings.TrimSpace(g.Name) == "" {
		return fmt.Errorf("directory: a group needs a name")
	}
	if g.Key == "" {
		g.Key = newKey("DG", g.Name)
	}
	if other, taken := taken(d.groupIndex, g.Key, g.Name); taken {
		return thereIs("group", d.Groups[other])
	}
	members, err := d.newMembers(g)
	if err != nil {
		return err
	}
	d.Groups = append(d.Groups, Group{Key: g.Key, Name: g.Name, Members: members})
	d.index.groups.Load().added(d.Groups)
	d.index.memberships.Store(nil)
	return nil
}

// newMembers turns the members of a group that is to be added into keys.
func (d *Directory) newMembers(g Group) ([]string, error) {
	members := make([]string, 0, len(g.Members))
	seen := make(map[string]bool, len(g.Members))
	for _, ref := range g.Members {
		i, err := d.findUser(ref)
		if err != nil {
			return nil, err
		}
		u := d.Users[i]
		if seen[u.Key] {
			return nil, fmt.Errorf("directory: %q is a member of group %q already", u.Username, g.Name)
		}
		if err := d.roomFor(u); err != nil {
			return nil, err
		}
		seen[u.Key] = true
		members = append(members, u.Key)
	}
	return members, nil
}

// roomFor says whether a user can join one more group.
func (d *Directory) roomFor(u User) error {
	if len(d.groupPlaces(u.Key)) >= MaxGroupsPerUser {
		return fmt.Errorf("directory: %q is in %d groups already, as many as Duo allows a user", u.Username, MaxGroupsPerUser)
	}
	return nil
}

// RemoveGroup removes a group; its members stay.
func (d *Directory) RemoveGroup(group string) error {
	i, err := d.findGroup(group)
	if err != nil {
		return err
	}
	g := d.Groups[i]
	d.Groups = slices.Delete(d.Groups, i, i+1)
	d.index.groups.Load().removed(g, d.Groups)
	d.index.memberships.Store(nil)
	return nil
}

// RenameGroup gives a group another name; its key stays.
func (d *Directory) RenameGroup(group, name string) error {
	i, err := d.findGroup(group)
	if err != nil {
		return err
	}
	if strings.TrimSpace(name) == "" {
		return fmt.Errorf("directory: group %q needs a name", d.Groups[i].Name)
	}
	if j := d.groupIndex(name); j >= 0 && j != i {
		return thereIs("group", d.Groups[j])
	}
	before := d.Groups[i].Name
	d.Groups[i].Name = name
	d.index.groups.Load().renamed(before, name)
	return nil
}

// AddMember puts a user into a group.
func (d *Directory) AddMember(group, user string) error {
	g, u, err := d.findBoth(group, user)
	if err != nil {
		return err
	}
	key := d.Users[u].Key
	if d.HasMember(d.Groups[g].Key, key) {
		return fmt.Errorf("directory: %q is a member of group %q already", d.Users[u].Username, d.Groups[g].Name)
	}
	if err := d.roomFor(d.Users[u]); err != nil {
		return err
	}
	d.Groups[g].Members = append(d.Groups[g].Members, key)
	d.index.memberships.Load().join(key, int32(g)) //nolint:gosec // a place in a slice of groups
	return nil
}

// RemoveMember takes a user out of a group.
func (d *Directory) RemoveMember(group, user string) error {
	g, u, err := d.findBoth(group, user)
	if err != nil {
		return err
	}
	if !d.HasMember(d.Groups[g].Key, d.Users[u].Key) {
		return fmt.Errorf("directory: %q is not a member of group %q", d.Users[u].Username, d.Groups[g].Name)
	}
	d.removeMember(int32(g), d.Users[u].Key) //nolint:gosec // likewise
	return nil
}

func (d *Directory) removeMember(g int32, userKey string) {
	if i := slices.Index(d.Groups[g].Members, userKey); i >= 0 {
		d.Groups[g].Members = slices.Delete(d.Groups[g].Members, i, i+1)
	}
	d.index.memberships.Load().leave(userKey, g)
}

func (d *Directory) findBoth(group, user string) (g, u int, err error) {
	if g, err = d.findGroup(group); err != nil {
		return 0, 0, err
	}
	u, err = d.findUser(user)
	return g, u, err
}

func (d *Directory) findUser(user string) (int, error) {
	i := d.userIndex(user)
	if i < 0 {
		return 0, fmt.Errorf("directory: there is no user %q: name one by key or username", user)
	}
	return i, nil
}

func (d *Directory) findGroup(group string) (int, error) {
	i := d.groupIndex(group)
	if i < 0 {
		return 0, fmt.Errorf("directory: there is no group %q: name one by key or name", group)
	}
	return i, nil
}
