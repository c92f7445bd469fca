package directory

// Changes is what happened between two states of a directory. Users and groups
// are recognised by their keys. The order is that of the states.
type Changes struct {
	UsersAdded    []User
	UsersRemoved  []User
	UsersChanged  []UserChange
	GroupsAdded   []Group // with their members, which are not listed in Joined
	GroupsRemoved []Group // with their members, which are not listed in Left
	GroupsRenamed []Rename
	Joined        []Membership
	Left          []Membership // also of users that were removed
}

// UserChange is a user whose attributes or status changed.
type UserChange struct {
	Before, After User
	Attributes    []string // labels of the attributes with another value: default ones, then custom ones in alphabetical order
	Status        bool     // the status changed
}

// Rename is a group with another name.
type Rename struct {
	Key           string
	Before, After string
}

// Membership is a user in a group, both by key.
type Membership struct {
	Group, User string
}

// Empty says whether nothing happened.
func (c Changes) Empty() bool {
	return len(c.UsersAdded)+len(c.UsersRemoved)+len(c.UsersChanged)+
		len(c.GroupsAdded)+len(c.GroupsRemoved)+len(c.GroupsRenamed)+
		len(c.Joined)+len(c.Left) == 0
}

// Diff compares two states. It changes neither, and the result shares nothing
// with them. A nil directory is an empty one.
func Diff(before, after *Directory) Changes {
	if before == nil {
		before = &Directory{}
	}
	if after == nil {
		after = &Directory{}
	}
	var c Changes
	diffUsers(&c, before.Clone().Users, after.Clone().Users)
	diffGroups(&c, before.Clone().Groups, after.Clone().Groups)
	return c
}

func diffUsers(c *Changes, before, after []User) {
	was := make(map[string]User, len(before))
	for _, u := range before {
		was[u.Key] = u
	}
	is := make(map[string]bool, len(after))
	for _, u := range after {
		is[u.Key] = true
		old, known := was[u.Key]
		if !known {
			c.UsersAdded = append(c.UsersAdded, u)
			continue
		}
		change := UserChange{Before: old, After: u, Attributes: changedAttributes(old, u), Status: old.Status != u.Status}
		if change.Status || len(change.Attributes) > 0 {
			c.UsersChanged = append(c.UsersChanged, change)
		}
	}
	for _, u := range before {
		if !is[u.Key] {
			c.UsersRemoved = append(c.UsersRemoved, u)
		}
	}
}

func changedAttributes(before, after User) []string {
	var changed []string
	for _, label := range (&Directory{Users: []User{before, after}}).AttributeLabels() {
		was, _ := before.Attribute(label)
		if is, _ := after.Attribute(label); is != was {
			changed = append(changed, label)
		}
	}
	return changed
}

func diffGroups(c *Changes, before, after []Group) {
	was := make(map[string]Group, len(before))
	for _, g := range before {
		was[g.Key] = g
	}
	is := make(map[string]bool, len(after))
	for _, g := range after {
		is[g.Key] = true
		old, known := was[g.Key]
		if !known {
			c.GroupsAdded = append(c.GroupsAdded, g)
			continue
		}
		if old.Name != g.Name {
			c.GroupsRenamed = append(c.GroupsRenamed, Rename{g.Key, old.Name, g.Name})
		}
		c.Joined = append(c.Joined, only(g, old)...)
		c.Left = append(c.Left, only(old, g)...)
	}
	for _, g := range before {
		if !is[g.Key] {
			c.GroupsRemoved = append(c.GroupsRemoved, g)
		}
	}
}

// only lists the members of one state of a group that the other lacks.
func only(one, other Group) []Membership {
	known := make(map[string]bool, len(other.Members))
	for _, m := range other.Members {
		known[m] = true
	}
	var members []Membership
	for _, m := range one.Members {
		if !known[m] {
			members = append(members, Membership{one.Key, m})
		}
	}
	return members
}
