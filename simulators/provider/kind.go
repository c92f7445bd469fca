package provider

import (
	"fmt"
	"iter"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// kind is a resource type with the resources of that type and what the
// provider has to know about its attributes.
type kind struct {
	*scim.ResourceType
	common     []*scim.Attribute
	columns    []*column
	references []*reference
	memberOf   *scim.Attribute // "groups", derived from memberships, or nil
	activity   *scim.Attribute // "active", which defaults to true, or nil
	strict     bool            // nothing is taken that is not defined, see Config.Interop
	all        sequence
}

func newKind(t *scim.ResourceType) (*kind, error) {
	if segment := strings.TrimPrefix(t.Endpoint, "/"); segment == t.Endpoint || segment == "" || strings.Contains(segment, "/") {
		return nil, fmt.Errorf("resource type %q: endpoint %q has to be a slash and one path segment", t.Name, t.Endpoint)
	}
	for _, a := range attributesOf(t) {
		if err := supported(a); err != nil {
			return nil, fmt.Errorf("resource type %q: %w", t.Name, err)
		}
	}
	k := &kind{
		ResourceType: t,
		common:       scim.CommonAttributes(),
		columns:      columnsOf(t),
		references:   referencesOf(t),
	}
	if a := t.Schema.Attribute("groups"); a != nil && a.Mutability == scim.ReadOnly {
		k.memberOf = a
	}
	if a := t.Schema.Attribute("active"); a != nil && a.Type == scim.Boolean {
		k.activity = a
	}
	return k, nil
}

// supported refuses characteristics that this provider would announce in
// /Schemas and then not honour.
func supported(a *scim.Attribute) error {
	switch {
	case unique(a) && !indexable(a):
		return fmt.Errorf("attribute %s: only a single-valued string can be unique", a.Name)
	case a.Required && hidden(a):
		return fmt.Errorf("attribute %s: what is never returned is not kept, so it cannot be required", a.Name)
	}
	for _, sub := range a.SubAttributes {
		if unique(sub) {
			return fmt.Errorf("attribute %s.%s: a sub-attribute cannot be unique", a.Name, sub.Name)
		}
	}
	return nil
}

// hidden says whether no answer ever shows the attribute. Such a value is
// not kept either: RFC 7643 section 9.2 forbids to keep a password in clear
// text, and no user signs in to this provider, so it does not need the hash either.
func hidden(a *scim.Attribute) bool {
	return a.Returned == scim.Never || a.Mutability == scim.WriteOnly
}

// attributesOf yields the top-level attributes of the type's schemas, each with
// the URN of its extension, or "" for the base schema.
func attributesOf(t *scim.ResourceType) iter.Seq2[string, *scim.Attribute] {
	return func(yield func(string, *scim.Attribute) bool) {
		for _, a := range t.Schema.Attributes {
			if !yield("", a) {
				return
			}
		}
		for _, x := range t.Extensions {
			for _, a := range x.Schema.Attributes {
				if !yield(x.Schema.ID, a) {
					return
				}
			}
		}
	}
}

// attribute finds the definition of a top-level member of a resource, be it of
// the base schema or common to all types; nil if there is none.
func (k *kind) attribute(name string) *scim.Attribute {
	if a := k.Schema.Attribute(name); a != nil {
		return a
	}
	for _, a := range k.common {
		if strings.EqualFold(a.Name, name) {
			return a
		}
	}
	return nil
}
