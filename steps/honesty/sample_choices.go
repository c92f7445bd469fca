package honesty

import (
	"fmt"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// declaredAttributes are the attributes of a type and those that all types have,
// with their extension. Of schemas, id and meta the standard's definition holds,
// whatever the target says.
func declaredAttributes(t *scim.ResourceType) []sample {
	var all []sample
	for _, a := range t.Schema.Attributes {
		if c := commonAttribute(a.Name); c == nil || c.Name == "externalId" {
			all = append(all, sample{attribute: a})
		}
	}
	for _, a := range scim.CommonAttributes() {
		if a.Name != "schemas" && (a.Name != "externalId" || t.Schema.Attribute(a.Name) == nil) {
			all = append(all, sample{attribute: a})
		}
	}
	for _, x := range t.Extensions {
		for _, a := range x.Schema.Attributes {
			all = append(all, sample{extension: x.Schema, attribute: a})
		}
	}
	return all
}

// samplesOf makes those of the top-level attributes that are chosen.
func (s *sampler) samplesOf(t *scim.ResourceType, chosen func(a *scim.Attribute) bool) []sample {
	var all []sample
	for _, d := range declaredAttributes(t) {
		if d.extension == nil && strings.EqualFold(d.attribute.Name, judge.Naming(t.Endpoint[1:])) || !chosen(d.attribute) {
			continue
		}
		if made, ok := s.of(d.extension, d.attribute); ok {
			all = append(all, made)
		}
	}
	return all
}

func writableSamples(s *sampler, t *scim.ResourceType) []sample {
	return s.samplesOf(t, writable)
}

func hidden(a *scim.Attribute) bool {
	return a.Mutability == scim.WriteOnly || a.Returned == scim.Never
}

func hiddenSamples(s *sampler, t *scim.ResourceType) []sample {
	return s.samplesOf(t, func(a *scim.Attribute) bool { return hidden(a) && a.Mutability != scim.ReadOnly })
}

// readOnlySamples are those of whole readOnly attributes, and of readOnly
// parts of complex ones: there is no telling apart the parts of a list's elements.
func readOnlySamples(s *sampler, t *scim.ResourceType) []sample {
	force := *s
	force.force = true
	var all []sample
	for _, d := range declaredAttributes(t) {
		a := d.attribute
		if a.Mutability == scim.ReadOnly && (a.Type != scim.Complex || a.MultiValued) {
			if made, ok := force.of(d.extension, a); ok {
				all = append(all, made)
			}
			continue
		}
		for _, sub := range a.SubAttributes {
			if sub.Mutability == scim.ReadOnly && !a.MultiValued && !sub.MultiValued {
				all = append(all, sample{extension: d.extension, attribute: a, sub: sub, value: force.single(sub, a.Name)})
			}
		}
	}
	return all
}

// immutableSamples are those of whole immutable attributes, and of the
// immutable value in the first element of a list of references.
func immutableSamples(s *sampler, t *scim.ResourceType) []sample {
	all := s.samplesOf(t, func(a *scim.Attribute) bool { return a.Mutability == scim.Immutable && writable(a) })
	for _, d := range declaredAttributes(t) {
		value, ref := d.attribute.Sub("value"), d.attribute.Sub("$ref")
		if d.attribute.MultiValued && writable(d.attribute) && value != nil && ref != nil && value.Mutability == scim.Immutable {
			if users := s.ids["User"]; len(users) > 1 {
				d.sub, d.element, d.value = value, users[0], users[1]
				all = append(all, d)
			}
		}
	}
	return all
}

// canonicalSamples have one element for each type that the schema suggests.
func canonicalSamples(s *sampler, t *scim.ResourceType) []sample {
	var all []sample
	for _, d := range declaredAttributes(t) {
		kind := d.attribute.Sub("type")
		if kind == nil || !d.attribute.MultiValued || !writable(d.attribute) || !writable(kind) || d.attribute.Sub("$ref") != nil {
			continue
		}
		var elements []any
		for i, word := range kind.CanonicalValues {
			element, ok := s.turned(i).complex(d.attribute).(*scim.Object)
			if !ok {
				break
			}
			distinguish(element, i)
			element.Delete("primary")
			element.Set("type", word)
			elements = append(elements, element)
		}
		if len(elements) > 0 {
			d.value = elements
			all = append(all, d)
		}
	}
	return all
}

// distinguish makes the elements of a list tell apart where their form is given.
func distinguish(element *scim.Object, i int) {
	value := element.String("value")
	switch {
	case strings.HasPrefix(value, "tel:"):
		element.Set("value", fmt.Sprintf("tel:+1-201-555-01%02d", i))
	case strings.HasSuffix(value, "name"):
		element.Set("value", fmt.Sprintf("samplename%d", i))
	}
}
