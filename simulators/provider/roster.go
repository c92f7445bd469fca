package provider

import (
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
	"github.com/simulate-duo/simulate-duo/simulators/scim/patch"
)

// rosterFrom is how many members make a roster worth its upkeep: one of them is
// then added or removed without a walk over the others.
const rosterFrom = 100

// silentFrom is how many members are too many to be sent back after each change:
// a PATCH answers 204 unless the client asks for attributes (RFC 7644 section
// 3.5.2 leaves the choice).
const silentFrom = 1001

// roster is the members of a large group. They stand in an array that is its own
// and changes in place: readers copy what they need of it under the lock.
type roster struct {
	by      *reference
	members []any
	places  map[string]int // by the id of the member
}

// rosterOf returns the roster of a large group, or nil.
func rosterOf(e *entry) *roster {
	if e.roster != nil {
		return e.roster
	}
	i := slices.IndexFunc(e.kind.references, (*reference).isMembership)
	if i < 0 {
		return nil
	}
	members := e.resource.Array(e.kind.references[i].attribute.Name)
	if len(members) < rosterFrom {
		return nil
	}
	r := &roster{by: e.kind.references[i], members: slices.Clone(members), places: make(map[string]int, len(members))}
	for place, m := range members {
		o, _ := m.(*scim.Object)
		r.places[o.String("value")] = place
	}
	e.roster = r
	return r
}

// enlist makes the target a member of a large group.
func (s *store) enlist(e *entry, target *entry) {
	r := e.roster
	r.places[target.id] = len(r.members)
	r.members = append(r.members, scim.NewObject(scim.Member{Name: "value", Value: target.id}))
	if target.referrers == nil {
		target.referrers = map[edge]struct{}{}
	}
	target.referrers[edge{e, r.by}] = struct{}{}
	s.publish(e)
}

// strike takes the target out of a large group. The last member moves to its
// place: the order of members says nothing (RFC 7643 section 2.4).
func (s *store) strike(e *entry, target *entry) {
	r := e.roster
	place, last := r.places[target.id], len(r.members)-1
	moved, _ := r.members[last].(*scim.Object)
	r.members[place] = moved
	r.places[moved.String("value")] = place
	r.members[last] = nil
	r.members = r.members[:last]
	delete(r.places, target.id)
	delete(target.referrers, edge{e, r.by})
	s.publish(e)
}

// publish shows the members of the roster in the resource.
func (s *store) publish(e *entry) {
	changed := shallow(e.resource)
	changed.Set(e.roster.by.attribute.Name, e.roster.members)
	e.resource = changed
}

// membership is one member that a PATCH wants to be in a group or out of it.
type membership struct {
	target *entry
	in     bool
}

// membershipsOf reads the operations of a PATCH on a large group if they do
// nothing but add and remove members that they name by id, and would be accepted.
// Everything else takes the common way.
func (p *Provider) membershipsOf(e *entry, operations []patch.Operation) ([]membership, bool) {
	r := rosterOf(e)
	if r == nil {
		return nil, false
	}
	var order []string
	wanted := map[string]bool{}
	for _, op := range operations {
		ids, ok := r.named(e.kind, op)
		if !ok {
			return nil, false
		}
		for _, id := range ids {
			if _, again := wanted[id]; !again {
				order = append(order, id)
			}
			wanted[id] = op.Op == "add"
		}
	}
	var changes []membership
	for _, id := range order {
		target := p.store.byID[id]
		_, in := r.places[id]
		if target == nil || !r.by.permits(target.kind) || !in && !wanted[id] {
			return nil, false // the common way knows what to say, or whether another spelling is meant
		}
		if in != wanted[id] {
			changes = append(changes, membership{target, wanted[id]})
		}
	}
	return changes, len(r.members)-len(changes) > 0
}

// named lists the ids of the members that an operation adds or removes.
func (r *roster) named(k *kind, op patch.Operation) ([]string, bool) {
	switch {
	case op.Op == "replace":
		return nil, false
	case strings.EqualFold(op.Path, r.by.attribute.Name):
		return r.idsIn(op.Value)
	case op.Op == "add" || op.Given:
		return nil, false
	}
	path, err := filter.ParsePath(op.Path, k.ResourceType)
	if err != nil || path.Sub != "" || path.URN != "" || !strings.EqualFold(path.Attr, r.by.attribute.Name) {
		return nil, false
	}
	c, ok := path.Filter.(filter.Compare)
	if !ok || c.Op != filter.Eq || c.Path.Filter != nil || c.Path.Sub != "" || !strings.EqualFold(c.Path.Attr, "value") {
		return nil, false
	}
	id, ok := c.Value.(string)
	return []string{id}, ok
}

// idsIn reads an array of members that say nothing but their ids.
func (r *roster) idsIn(value any) ([]string, bool) {
	list, ok := value.([]any)
	if !ok || len(list) == 0 {
		return nil, false
	}
	ids := make([]string, 0, len(list))
	for _, v := range list {
		o, _ := v.(*scim.Object)
		id := o.String("value")
		if id == "" || o.Len() != 1 {
			return nil, false
		}
		ids = append(ids, id)
	}
	return ids, true
}

// changeMembers makes the changes, which count as one modification.
func (p *Provider) changeMembers(e *entry, changes []membership) {
	for _, c := range changes {
		if c.in {
			p.store.enlist(e, c.target)
		} else {
			p.store.strike(e, c.target)
		}
	}
	if len(changes) > 0 {
		e.touch(p.now())
	}
}
