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

// Resolve finds the definitions that a path names, in any case, and says
// whether all of them exist. The filter of the path is not looked at.
//
// The base schema's URN as a prefix is the same as none (RFC 7644 section
// 3.10). The common attributes schemas, id, externalId and meta belong to every
// type (RFC 7643 section 3.1). Attributes of extensions need their URN.
func (t *ResourceType) Resolve(p Path) (Resolved, bool) {
	if t == nil {
		return Resolved{}, false
	}
	var r Resolved
	if p.URN == "" || strings.EqualFold(p.URN, t.Schema.ID) {
		r.Attribute = t.Schema.Attribute(p.Attr)
		if r.Attribute == nil {
			r.Attribute = find(common, p.Attr)
		}
	} else if e := t.Extension(p.URN); e != nil {
		r.Extension = e.Schema
		if p.Attr == "" {
			return r, p.Sub == "" && p.Filter == nil
		}
		r.Attribute = e.Schema.Attribute(p.Attr)
	}
	if r.Attribute == nil {
		return Resolved{}, false
	}
	if p.Sub != "" {
		if r.Sub = r.Attribute.Sub(p.Sub); r.Sub == nil {
			return Resolved{}, false
		}
	}
	return r, true
}

// schemas lists the base schema and the extensions; a nil type has none.
func (t *ResourceType) schemas() []*Schema {
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
	for _, s := range t.schemas() {
		if strings.EqualFold(s.ID, urn) {
			return s
		}
	}
	return nil
}
