package provider

import (
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
	"github.com/simulate-duo/simulate-duo/simulators/scim/patch"
)

// What the SCIM 2.0 Interoperability Profile wants otherwise than the standard. Sections
// are those of draft-zollner-scim-interop-profile-01.

// interopConformant is the attribute of /ServiceProviderConfig by which a server claims to
// keep to the profile (section 4).
const interopConformant = "interopProfileConformant"

// configSchema describes /ServiceProviderConfig.
func (p *Provider) configSchema() *scim.Schema {
	s := scim.ServiceProviderConfigSchema()
	if p.config.Events {
		s.Attributes = append(s.Attributes, scim.SecurityEventsAttribute())
	}
	if p.config.Interop {
		s.Attributes = append(s.Attributes, &scim.Attribute{
			Name: interopConformant, Type: scim.Boolean, Description: "Whether the SCIM 2.0 Interoperability Profile is kept.",
			Mutability: scim.ReadOnly, Returned: scim.ByDefault, Uniqueness: scim.NotUnique,
		})
	}
	return s
}

// interopType is a copy of the type whose types of values are declared (section 5.4), and
// without password.
func interopType(t *scim.ResourceType) *scim.ResourceType {
	c := *t
	c.Schema = interopSchema(t.Schema)
	c.Extensions = slices.Clone(t.Extensions)
	for i, x := range t.Extensions {
		c.Extensions[i].Schema = interopSchema(x.Schema)
	}
	return &c
}

func interopSchema(s *scim.Schema) *scim.Schema {
	c := *s
	c.Attributes = nil
	for _, a := range s.Attributes {
		if strings.EqualFold(a.Name, "password") {
			continue
		}
		c.Attributes = append(c.Attributes, withTypes(a))
	}
	return &c
}

// withTypes declares types of values where the attribute has some and declares none.
func withTypes(a *scim.Attribute) *scim.Attribute {
	kind := a.Sub("type")
	if !a.MultiValued || kind == nil || len(kind.CanonicalValues) > 0 {
		return a
	}
	c, declared := *a, *kind
	declared.CanonicalValues = []string{"work", "home", "other"}
	c.SubAttributes = slices.Clone(a.SubAttributes)
	c.SubAttributes[slices.Index(c.SubAttributes, kind)] = &declared
	return &c
}

// checkDefined refuses a resource that has an attribute or names a schema that its type
// does not define (section 5.3).
func (k *kind) checkDefined(sent *scim.Object) error {
	if !k.strict {
		return nil
	}
	for _, v := range sent.Array("schemas") {
		urn, isText := v.(string)
		if isText && !slices.ContainsFunc(k.Schemas(), func(s *scim.Schema) bool { return strings.EqualFold(s.ID, urn) }) {
			return scim.InvalidSyntax("%q is no schema of %s", urn, k.Label())
		}
	}
	for name, v := range sent.All() {
		if x := k.Extension(name); x != nil {
			if err := membersDefined(x.Schema.Attributes, name, v); err != nil {
				return err
			}
			continue
		}
		a := k.attribute(name)
		if a == nil {
			return scim.InvalidSyntax("%q is not an attribute of %s", name, k.Label())
		}
		if err := membersDefined(a.SubAttributes, name, v); err != nil {
			return err
		}
	}
	return nil
}

// membersDefined refuses an object, or one in a list, with a member that is none of the
// attributes.
func membersDefined(attributes []*scim.Attribute, path string, v any) error {
	switch v := v.(type) {
	case []any:
		for _, element := range v {
			if err := membersDefined(attributes, path, element); err != nil {
				return err
			}
		}
	case *scim.Object:
		for name, value := range v.All() {
			i := slices.IndexFunc(attributes, func(a *scim.Attribute) bool { return strings.EqualFold(a.Name, name) })
			if i < 0 {
				return scim.InvalidSyntax("%q has no %q", path, name)
			}
			if err := membersDefined(attributes[i].SubAttributes, path+"."+name, value); err != nil {
				return err
			}
		}
	}
	return nil
}

// constrain holds the operations of a PATCH to what the profile leaves of it: each has a
// path (section 6.5.1.1), which is defined, as is what it is given (section 5.3), and a
// complex attribute that is replaced keeps nothing of what it was (section 6.5.2.1).
func (k *kind) constrain(operations []patch.Operation) error {
	if !k.strict {
		return nil
	}
	for i := range operations {
		op := &operations[i]
		if op.Path == "" {
			return scim.InvalidSyntax("operation %d has no path: name the attribute that it changes", i+1)
		}
		if err := operandDefined(k, op); err != nil {
			return err
		}
		op.Whole = true
	}
	return nil
}

func operandDefined(k *kind, op *patch.Operation) error {
	path, err := filter.ParsePath(op.Path, k.ResourceType)
	if err != nil && !strings.HasPrefix(strings.ToLower(op.Path), "urn:") {
		return nil // patch.Apply says what is wrong with it
	}
	r, found := filter.Resolve(k.ResourceType, filter.Path{URN: path.URN, Attr: path.Attr, Sub: path.Sub})
	switch {
	case err != nil || !found:
		return scim.InvalidSyntax("%q is not defined for %s", op.Path, k.Label())
	case r.Attribute == nil:
		return membersDefined(r.Extension.Attributes, op.Path, op.Value)
	}
	return membersDefined(r.Leaf().SubAttributes, op.Path, op.Value)
}
