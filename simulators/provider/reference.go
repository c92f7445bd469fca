package provider

import (
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// reference is an attribute that names other resources by their id: the members
// of a group, the manager of a user. In the store an element holds nothing but
// what the client may choose, the id; the address, type and name of the target
// are filled in when it is read and are therefore never out of date.
type reference struct {
	urn       string // of the extension that has the attribute, or ""
	attribute *scim.Attribute
	types     []string // names of the resource types that may be referred to
}

// referencesOf finds the attributes a client can write that have an id in
// "value" and the address of a resource in "$ref" (RFC 7643 section 2.4).
func referencesOf(t *scim.ResourceType) []*reference {
	var references []*reference
	for urn, a := range attributesOf(t) {
		ref := a.Sub("$ref")
		if a.Mutability == scim.ReadOnly || a.Sub("value") == nil || ref == nil || len(ref.ReferenceTypes) == 0 {
			continue
		}
		if ref.ReferenceTypes[0] == "external" || ref.ReferenceTypes[0] == "uri" {
			continue
		}
		references = append(references, &reference{urn: urn, attribute: a, types: ref.ReferenceTypes})
	}
	return references
}

// isMembership tells members of a group from other references.
func (r *reference) isMembership() bool { return r.urn == "" && r.attribute.Name == "members" }

// holder is the object that has the attribute: the resource or its extension.
func (r *reference) holder(resource *scim.Object) *scim.Object {
	if r.urn == "" {
		return resource
	}
	return resource.Object(r.urn)
}

// elements are the references that a resource makes through this attribute.
func (r *reference) elements(resource *scim.Object) []*scim.Object {
	value, _ := r.holder(resource).Get(r.attribute.Name)
	switch v := value.(type) {
	case *scim.Object:
		return []*scim.Object{v}
	case []any:
		elements := make([]*scim.Object, 0, len(v))
		for _, x := range v {
			if o, ok := x.(*scim.Object); ok {
				elements = append(elements, o)
			}
		}
		return elements
	}
	return nil
}

// with returns a copy of the resource that makes these references instead.
// The copy shares what it does not change with the original; an extension that
// it leaves empty is for setSchemas to remove.
func (r *reference) with(resource *scim.Object, elements []*scim.Object) *scim.Object {
	changed := shallow(resource)
	holder := changed
	if r.urn != "" {
		holder = shallow(changed.Object(r.urn))
		changed.Set(r.urn, holder)
	}
	switch {
	case len(elements) == 0:
		holder.Delete(r.attribute.Name)
	case r.attribute.MultiValued:
		array := make([]any, len(elements))
		for i := range elements {
			array[i] = elements[i]
		}
		holder.Set(r.attribute.Name, array)
	default:
		holder.Set(r.attribute.Name, elements[0])
	}
	return changed
}

// without is with for the references that do not lead to this id.
func (r *reference) without(resource *scim.Object, id string) *scim.Object {
	rest := slices.DeleteFunc(r.elements(resource), func(o *scim.Object) bool {
		return o.String("value") == id
	})
	return r.with(resource, rest)
}

// derivedParts are the sub-attributes that follow from the id.
var derivedParts = []string{"$ref", "type", "display", "displayName"}

// bare returns the element without what is derived from its id.
func (r *reference) bare(element *scim.Object) *scim.Object {
	kept := scim.NewObject()
	for name, v := range element.All() {
		if !slices.ContainsFunc(derivedParts, func(s string) bool { return strings.EqualFold(s, name) }) {
			kept.Set(name, v)
		}
	}
	return kept
}

// full returns the element with what is derived from its target, as far as the
// schema declares it.
func (r *reference) full(element *scim.Object, target *entry, base string) *scim.Object {
	filled := shallow(element)
	for _, sub := range r.attribute.SubAttributes {
		switch sub.Name {
		case "$ref":
			filled.Set(sub.Name, target.location(base))
		case "type":
			filled.Set(sub.Name, target.kind.Name)
		case "display", "displayName":
			if name := target.displayName(); name != "" {
				filled.Set(sub.Name, name)
			}
		}
	}
	return filled
}

// shallow copies an object but not its values.
func shallow(o *scim.Object) *scim.Object {
	c := scim.NewObject()
	for name, v := range o.All() {
		c.Set(name, v)
	}
	return c
}

// permits says whether the attribute may refer to resources of this kind.
func (r *reference) permits(k *kind) bool { return slices.Contains(r.types, k.Name) }
