package duo

import (
	"context"
	"encoding/json"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Comparison is how the target stands to the directory.
type Comparison struct {
	Equal   int          // users and groups that are as the directory wants them
	Missing []Difference // users, groups and members that the target lacks
	Extra   []Difference // accounts and groups that belong to nobody in the directory, and members whom Duo does not want
	Drifted []Difference // attributes with another value
}

// Same says whether the target is as the directory wants it. Accounts and groups
// that Duo never linked do not count.
func (c Comparison) Same() bool {
	for _, d := range c.Extra {
		if d.Linked {
			return false
		}
	}
	return len(c.Missing)+len(c.Drifted) == 0
}

// MarshalJSON has Same beside what the comparison holds; a list of nothing is [].
func (c Comparison) MarshalJSON() ([]byte, error) {
	list := func(all []Difference) []Difference { return append([]Difference{}, all...) }
	return json.Marshal(struct {
		Same    bool         `json:"same"`
		Equal   int          `json:"equal"`
		Missing []Difference `json:"missing"`
		Drifted []Difference `json:"drifted"`
		Extra   []Difference `json:"extra"`
	}{c.Same(), c.Equal, list(c.Missing), list(c.Drifted), list(c.Extra)})
}

// Difference is one thing in which the target differs.
type Difference struct {
	Kind      store.Kind `json:"kind"`
	Name      string     `json:"name"`                // the username or the group's name in Duo, or the target's for what Duo does not have
	ID        string     `json:"id,omitempty"`        // the target's; "" for what is missing
	Attribute string     `json:"attribute,omitempty"` // "" for a whole user or group
	Old       string     `json:"old,omitempty"`       // what the target has, as JSON
	New       string     `json:"new,omitempty"`       // what the directory wants, as JSON
	Linked    bool       `json:"linked"`              // Duo provisioned it; false for local accounts and groups
}

// Verify reads the target and compares it with the directory. It changes nothing.
// Users and groups are recognised by their link, or else by name.
func (p *Provisioner) Verify(ctx context.Context, dir *directory.Directory) (Comparison, error) {
	if err := p.resume(dir); err != nil {
		return Comparison{}, err
	}
	c := &cycle{scope: p.scope(dir)}
	if err := c.recall(ctx, p.store); err != nil {
		return Comparison{}, &unwritten{err}
	}
	v := &verifier{p: p, c: c}
	if err := v.users(ctx); err != nil {
		return Comparison{}, err
	}
	if p.app.Groups.ExcludeGroupInformation {
		return v.Comparison, nil
	}
	return v.Comparison, v.groups(ctx)
}

// verifier collects differences.
type verifier struct {
	Comparison
	p      *Provisioner
	c      *cycle
	byName map[string]int // positions of users who are to be provisioned, by folded userName
}

func (v *verifier) users(ctx context.Context) error {
	v.byName = map[string]int{}
	for i, in := range v.c.in {
		if in {
			v.byName[folded(v.p.nameOf(v.c.dir.Users[i]))] = i
		}
	}
	if err := v.p.eachResource(ctx, usersEndpoint, func(found *scim.Object) error { return v.user(ctx, found) }); err != nil {
		return err
	}
	for i, in := range v.c.in {
		if in && v.c.ids[i] == "" {
			v.Missing = append(v.Missing, Difference{Kind: store.UserKind, Name: v.c.dir.Users[i].Username})
		}
	}
	return nil
}

// user compares one account of the target.
func (v *verifier) user(ctx context.Context, found *scim.Object) error {
	link, linked, err := v.p.store.UserByID(ctx, scim.IDOf(found))
	if err != nil {
		return &unwritten{err}
	}
	d := Difference{Kind: store.UserKind, Name: link.Username, ID: scim.IDOf(found), Linked: linked}
	i, stays := v.c.position(link.Key)
	if !linked {
		d.Name = found.String("userName")
		i, stays = v.byName[folded(d.Name)]
	}
	switch {
	case stays && v.c.ids[i] == "":
		v.c.setID(i, d.ID)
		return v.drift(d, i, found)
	case linked && inactive(found):
		v.Equal++ // deprovisioned, as it should be
	default:
		v.Extra = append(v.Extra, d)
	}
	return nil
}

// drift compares the attributes of a user who is to be provisioned.
func (v *verifier) drift(d Difference, position int, found *scim.Object) error {
	wanted, err := v.p.wanted(v.c.dir.Users[position])
	if err != nil {
		return err
	}
	before := len(v.Drifted)
	for _, c := range v.p.differences(v.p.shared(found, wanted), wanted) {
		v.drifted(d, c.at.path(), c.at.get(found), c.value)
	}
	if inactive(found) {
		v.drifted(d, "active", false, true)
	}
	if len(v.Drifted) == before {
		v.Equal++
	}
	return nil
}

func (v *verifier) drifted(d Difference, attribute string, is, wanted any) {
	d.Attribute, d.Old, d.New = attribute, excerpt(is), excerpt(wanted)
	v.Drifted = append(v.Drifted, d)
}

func (v *verifier) groups(ctx context.Context) error {
	byID, byName := map[string]int{}, map[string]int{}
	for i, g := range v.c.scope.groups {
		byName[folded(g.Name)] = i
		if link, ok := v.c.groups[g.Key]; ok {
			byID[link.ID] = i
		}
	}
	seen := make([]bool, len(v.c.scope.groups))
	err := v.p.eachResource(ctx, groupsEndpoint, func(found *scim.Object) error {
		i, ok := byID[scim.IDOf(found)]
		if !ok {
			i, ok = byName[folded(found.String("displayName"))]
		}
		if ok && !seen[i] {
			seen[i] = true
			return v.group(ctx, v.c.scope.groups[i], found)
		}
		return v.extraGroup(ctx, found)
	})
	for i, g := range v.c.scope.groups {
		if !seen[i] {
			v.Missing = append(v.Missing, Difference{Kind: store.GroupKind, Name: g.Name})
		}
	}
	return err
}

// extraGroup notes a group that is not chosen. One that Duo left there as it was
// told to (profile field group-removal) is no longer linked.
func (v *verifier) extraGroup(ctx context.Context, found *scim.Object) error {
	link, linked, err := v.p.store.GroupByID(ctx, scim.IDOf(found))
	if err != nil {
		return &unwritten{err}
	}
	d := Difference{Kind: store.GroupKind, Name: found.String("displayName"), ID: scim.IDOf(found), Linked: linked}
	if linked {
		d.Name = link.Name
	}
	v.Extra = append(v.Extra, d)
	return nil
}

// group compares name and members. Of the other members only Duo's users count.
func (v *verifier) group(ctx context.Context, g scopedGroup, found *scim.Object) error {
	d := Difference{Kind: store.GroupKind, Name: g.Name, ID: scim.IDOf(found), Linked: true}
	differences := func() int { return len(v.Drifted) + len(v.Missing) + len(v.Extra) }
	before := differences()
	if name := found.String("displayName"); name != g.Name {
		v.drifted(d, "displayName", name, g.Name)
	}
	in := valuesOf(found)
	d.Attribute = "members"
	for _, m := range v.c.membersOf(g) {
		if d.New = m.username; !in[m.id] {
			v.Missing = append(v.Missing, d)
		}
		delete(in, m.id)
	}
	d.New = ""
	for id := range in {
		link, linked, err := v.p.store.UserByID(ctx, id)
		if err != nil {
			return &unwritten{err}
		}
		if d.Old = link.Username; linked {
			v.Extra = append(v.Extra, d)
		}
	}
	if differences() == before {
		v.Equal++
	}
	return nil
}
