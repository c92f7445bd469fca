package scim

import "strings"

// Normalize returns what a server takes from a resource that a client sent, in
// canonical form (RFC 7644 sections 3.3 and 3.5.1): attribute names, extension
// URNs and the entries of "schemas" in the spelling of the schemas; without
// unassigned attributes, without readOnly ones and without what the schemas do
// not define. The entries of "schemas" are made to name the extensions that
// have values. Two things stay for Check to refuse: an entry that is no schema
// of the type, and an empty element of a multi-valued attribute. The order of
// the members stays, and so do values of wrong type. The resource itself is not
// changed.
func Normalize(t *ResourceType, resource *Object) *Object {
	n := &Object{}
	for name, v := range resource.All() {
		if e := t.Extension(name); e != nil {
			if v = normalizeExtension(e.Schema, v); !IsUnassigned(v) {
				n.Set(e.Schema.ID, v)
			}
			continue
		}
		if r, ok := t.Find("", name, ""); ok {
			setNormal(n, r.Attribute, v)
		}
	}
	SyncSchemas(t, n)
	return n
}

func normalizeExtension(s *Schema, v any) any {
	o, ok := v.(*Object)
	if !ok {
		return CloneValue(v)
	}
	return normalizeMembers(s.Attributes, o)
}

// normalizeMembers keeps the members that are attributes a client may set.
func normalizeMembers(attributes []*Attribute, o *Object) *Object {
	n := &Object{}
	for name, v := range o.All() {
		if a := find(attributes, name); a != nil {
			setNormal(n, a, v)
		}
	}
	return n
}

func setNormal(o *Object, a *Attribute, v any) {
	if a.Mutability == ReadOnly {
		return
	}
	v = NormalizeValue(a, v)
	single := a.Type == Complex && !a.MultiValued
	if isNull(a, v) || single && IsUnassigned(v) {
		return
	}
	o.Set(a.Name, v)
}

// NormalizeValue copies an attribute's value into canonical form. An element
// with nothing to keep stays as an empty object, for Check to refuse.
func NormalizeValue(a *Attribute, v any) any {
	switch v := v.(type) {
	case []any:
		list := make([]any, 0, len(v))
		for _, e := range v {
			// An array in an array fits no attribute and stays for the check.
			if o, ok := e.(*Object); ok && a.Type == Complex {
				e = normalizeMembers(a.SubAttributes, o)
			}
			list = append(list, CloneValue(e))
		}
		return list
	case *Object:
		if a.Type == Complex {
			return normalizeMembers(a.SubAttributes, v)
		}
	}
	return CloneValue(v)
}

// SyncSchemas rewrites the entries of "schemas" in the spelling of the schemas,
// each once, and makes them name exactly the extensions that have values (RFC
// 7644 section 3.5.2). A resource without the attribute is not changed; Check
// refuses it.
func SyncSchemas(t *ResourceType, resource *Object) {
	v, _ := resource.Get("schemas")
	list, ok := v.([]any)
	if !ok {
		return
	}
	var synced []any
	seen := map[string]bool{}
	keep := func(urn string) {
		if !seen[strings.ToLower(urn)] {
			seen[strings.ToLower(urn)] = true
			synced = append(synced, urn)
		}
	}
	for _, e := range list {
		urn, ok := e.(string)
		if !ok {
			synced = append(synced, e)
			continue
		}
		s := t.schema(urn)
		switch {
		case s == nil:
			keep(urn)
		case s == t.Schema || HasExtension(resource, s):
			keep(s.ID)
		}
	}
	for _, e := range t.Extensions {
		if HasExtension(resource, e.Schema) {
			keep(e.Schema.ID)
		}
	}
	resource.Set("schemas", synced)
}

// HasExtension says whether the resource has a value of the extension s.
func HasExtension(resource *Object, s *Schema) bool {
	v, _ := resource.Get(s.ID)
	return !IsUnassigned(v)
}
