package scim

import "strings"

// Resolved is what a path names in the schemas of a resource type. Its parts
// belong to the type and must not be changed.
type Resolved struct {
	Attribute *Attribute // nil when the path names a whole extension
	Sub       *Attribute // nil when the path names no sub-attribute
	Extension *Schema    // nil for attributes of the base schema and common ones
}

// Leaf is the definition of the values that the path names: the sub-attribute
// if there is one, else the attribute.
func (r Resolved) Leaf() *Attribute {
	if r.Sub != nil {
		return r.Sub
	}
	return r.Attribute
}

// Find finds the definitions of an attribute and its sub-attribute, in any
// case, and says whether all that is named exists. The URN may be "", and so
// may the sub-attribute; the URN of an extension without an attribute names the
// whole extension.
//
// The base schema's URN as a prefix is the same as none (RFC 7644 section
// 3.10). The common attributes schemas, id, externalId and meta belong to every
// type (RFC 7643 section 3.1). Attributes of extensions need their URN.
func (t *ResourceType) Find(urn, attribute, sub string) (Resolved, bool) {
	if t == nil {
		return Resolved{}, false
	}
	var r Resolved
	if urn == "" || strings.EqualFold(urn, t.Schema.ID) {
		r.Attribute = t.Schema.Attribute(attribute)
		if r.Attribute == nil {
			r.Attribute = find(common, attribute)
		}
	} else if e := t.Extension(urn); e != nil {
		r.Extension = e.Schema
		if attribute == "" {
			return r, sub == ""
		}
		r.Attribute = e.Schema.Attribute(attribute)
	}
	if r.Attribute == nil {
		return Resolved{}, false
	}
	if sub != "" {
		if r.Sub = r.Attribute.Sub(sub); r.Sub == nil {
			return Resolved{}, false
		}
	}
	return r, true
}

// Schemas lists the base schema and the extensions; a nil type has none.
func (t *ResourceType) Schemas() []*Schema {
	if t == nil {
		return nil
	}
	all := make([]*Schema, 0, 1+len(t.Extensions))
	all = append(all, t.Schema)
	for _, e := range t.Extensions {
		all = append(all, e.Schema)
	}
	return all
}

// schema finds one of the type's schemas by its URN in any case, or nil.
func (t *ResourceType) schema(urn string) *Schema {
	for _, s := range t.Schemas() {
		if strings.EqualFold(s.ID, urn) {
			return s
		}
	}
	return nil
}
