package provider

import (
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// column is a hash index over one single-valued string attribute. Its keys are
// the attribute's values as they compare (scim.Fold), so that a look-up finds
// what a filter with eq would.
type column struct {
	urn       string // of the extension that has the attribute, or "" for the base schema
	attribute *scim.Attribute
	entries   map[string][]*entry
}

// columnsOf chooses what is worth an index: what must be unique, and what
// clients look a resource up by before they create or change it, which is
// externalId and a required name.
func columnsOf(t *scim.ResourceType) []*column {
	var columns []*column
	for _, a := range scim.CommonAttributes() {
		if a.Name == "externalId" {
			columns = append(columns, newColumn("", a))
		}
	}
	for urn, a := range attributesOf(t) {
		if indexable(a) && (a.Required || unique(a)) {
			columns = append(columns, newColumn(urn, a))
		}
	}
	return columns
}

func newColumn(urn string, a *scim.Attribute) *column {
	return &column{urn: urn, attribute: a, entries: map[string][]*entry{}}
}

func indexable(a *scim.Attribute) bool {
	text := a.Type == "" || a.Type == scim.String || a.Type == scim.Reference
	return text && !a.MultiValued
}

func unique(a *scim.Attribute) bool {
	return a.Uniqueness == scim.ServerUnique || a.Uniqueness == scim.GlobalUnique
}

// key is what the resource is found under, and false if it has no value.
func (c *column) key(resource *scim.Object) (string, bool) {
	if c.urn != "" {
		resource = resource.Object(c.urn)
	}
	value := resource.String(c.attribute.Name)
	if value == "" {
		return "", false
	}
	return scim.Fold(c.attribute, value), true
}

// lookup returns the entries with this value, in no particular order.
func (c *column) lookup(value string) []*entry {
	return c.entries[scim.Fold(c.attribute, value)]
}

// move takes the entry from the key of one object to that of the other.
func (c *column) move(e *entry, before, after *scim.Object) {
	from, had := c.key(before)
	to, has := c.key(after)
	if had == has && from == to {
		return
	}
	if had {
		c.remove(e, from)
	}
	if has {
		c.entries[to] = append(c.entries[to], e)
	}
}

func (c *column) remove(e *entry, key string) {
	rest := slices.DeleteFunc(c.entries[key], func(x *entry) bool { return x == e })
	if len(rest) == 0 {
		delete(c.entries, key)
		return
	}
	c.entries[key] = rest
}

// is says whether the column indexes what a path was resolved to.
func (c *column) is(r scim.Resolved) bool {
	urn := ""
	if r.Extension != nil {
		urn = r.Extension.ID
	}
	return c.urn == urn && c.attribute.Name == r.Attribute.Name
}
