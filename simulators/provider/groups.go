package provider

import (
	"cmp"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// groupsOf derives the groups that the entry belongs to, directly or through
// other groups, direct ones first (RFC 7643 section 4.1.2, "groups"). A cycle of
// groups is walked once.
func groupsOf(e *entry, a *scim.Attribute, base string) []any {
	var groups []any
	seen := map[*entry]bool{}
	level := containing([]*entry{e}, seen)
	for how := "direct"; len(level) > 0; how = "indirect" {
		for _, g := range level {
			groups = append(groups, groupElement(g, a, how, base))
		}
		level = containing(level, seen)
	}
	return groups
}

// containing returns the groups that have one of the entries as a member and
// were not seen before, in the order of their creation.
func containing(members []*entry, seen map[*entry]bool) []*entry {
	var groups []*entry
	for _, m := range members {
		for edge := range m.referrers {
			if edge.by.isMembership() && !seen[edge.from] {
				seen[edge.from] = true
				groups = append(groups, edge.from)
			}
		}
	}
	slices.SortFunc(groups, func(a, b *entry) int { return cmp.Compare(a.seq, b.seq) })
	return groups
}

// groupElement is one value of "groups", as far as the schema declares it.
func groupElement(g *entry, a *scim.Attribute, how, base string) *scim.Object {
	o := scim.NewObject()
	for _, sub := range a.SubAttributes {
		switch sub.Name {
		case "value":
			o.Set(sub.Name, g.id)
		case "$ref":
			o.Set(sub.Name, g.location(base))
		case "display":
			o.Set(sub.Name, g.displayName())
		case "type":
			o.Set(sub.Name, how)
		}
	}
	return o
}
