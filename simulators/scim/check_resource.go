package scim

import (
	"slices"
)

// Check checks a resource, sent by a client or stored by a server, against the
// schemas of its type. The error is an *Error with status 400: invalidSyntax
// when "schemas" is missing or malformed, since the body is then no SCIM
// resource at all; invalidValue for a schema that the type does not have, a
// value of the wrong type, a required attribute or extension that is missing or
// empty, and a second "primary" (RFC 7644 Table 9).
//
// Attributes outside the schemas are ignored: see Normalize. Required
// attributes that are readOnly may be absent, because the server supplies them.
func Check(t *ResourceType, resource *Object) error {
	if err := CheckSchemas(t, resource); err != nil {
		return err
	}
	for _, a := range common {
		if t.Schema.Attribute(a.Name) != nil {
			continue // defined by the schema itself
		}
		if v, _ := resource.Get(a.Name); !IsUnassigned(v) {
			if err := CheckValue(a, v, a.Name); err != nil {
				return err
			}
		}
	}
	if err := checkAttributes(t.Schema.Attributes, resource, ""); err != nil {
		return err
	}
	for _, e := range t.Extensions {
		if err := CheckExtension(e, resource); err != nil {
			return err
		}
	}
	return nil
}

// CheckSchemas checks the attribute "schemas" (RFC 7643 section 3). It must
// name the base schema, it may name extensions, and it names nothing else and
// nothing twice.
func CheckSchemas(t *ResourceType, resource *Object) error {
	v, _ := resource.Get("schemas")
	list, ok := v.([]any)
	if !ok || len(list) == 0 {
		return InvalidSyntax("\"schemas\" has to be an array that contains at least %q", t.Schema.ID)
	}
	seen := map[*Schema]bool{}
	for _, e := range list {
		urn, ok := e.(string)
		if !ok {
			return InvalidSyntax("\"schemas\" has to be an array of strings, got %s in it", KindOf(e))
		}
		s := t.schema(urn)
		if s == nil {
			return InvalidValue("%q in \"schemas\" is not a schema of %s: the schemas are %s", urn, t.Label(), t.urns())
		}
		if seen[s] {
			return InvalidValue("\"schemas\" contains %q twice", urn)
		}
		seen[s] = true
	}
	if !seen[t.Schema] {
		return InvalidValue("\"schemas\" has to contain %q", t.Schema.ID)
	}
	return nil
}

// CheckExtension checks the attributes of an extension, and that a required one
// is there. The error is that of Check.
func CheckExtension(e Extension, resource *Object) error {
	urn := e.Schema.ID
	v, _ := resource.Get(urn)
	if IsUnassigned(v) {
		if e.Required {
			return InvalidValue("the extension %q is required", urn)
		}
		return nil
	}
	o, ok := v.(*Object)
	if !ok {
		return InvalidValue("the extension %q has to be an object, got %s", urn, Shown(v))
	}
	return checkAttributes(e.Schema.Attributes, o, urn+":")
}

// checkAttributes checks attributes in one object; prefix is that of their paths.
func checkAttributes(attributes []*Attribute, o *Object, prefix string) error {
	for _, a := range attributes {
		v, _ := o.Get(a.Name)
		if err := CheckRequired(a, v, prefix+a.Name); err != nil {
			return err
		}
		if err := CheckValue(a, v, prefix+a.Name); err != nil {
			return err
		}
	}
	return nil
}

// CheckRequired checks that a required attribute has a value, and so have the
// required sub-attributes of each value that is there.
func CheckRequired(a *Attribute, v any, path string) error {
	if a.Required && a.Mutability != ReadOnly && isBlank(v) {
		return InvalidValue("%q is required and has to have a value", path)
	}
	if !slices.ContainsFunc(a.SubAttributes, func(sub *Attribute) bool { return sub.Required }) {
		return nil // saves a walk through the members of a group
	}
	for _, e := range Elements(v) {
		o, ok := e.(*Object)
		if !ok {
			continue
		}
		for _, sub := range a.SubAttributes {
			value, _ := o.Get(sub.Name)
			if err := CheckRequired(sub, value, path+"."+sub.Name); err != nil {
				return err
			}
		}
	}
	return nil
}
