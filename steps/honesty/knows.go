package honesty

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// theTargetKnows takes an attribute for known that its schema declares as
// writable, and any if no schema can be read: a requirement of its own demands
// that. With the standard's defaults it also demands that the definition says
// nothing else (RFC 7643 section 2.2).
func (w *World) theTargetKnows(ctx context.Context, path, kind, defaults string) error {
	if refusal, err := w.Missing(ctx, "Schemas"); refusal != "" || err != nil {
		return err
	}
	collection := map[string]string{"users": "Users", "groups": "Groups"}[kind]
	t, err := w.typeOf(ctx, collection)
	var lacks *judge.Unsupported
	if judge.IsRefusal(err) || errors.As(err, &lacks) {
		return nil
	}
	if err != nil {
		return err
	}
	a := declaredAt(t, path)
	switch {
	case a == nil:
		return &judge.Unsupported{Reason: "/Schemas does not declare " + path + " of " + kind}
	case a.Mutability != scim.ReadWrite && !isPartOfElement(t, path, a) || a.Returned != scim.ByDefault && a.Returned != scim.Always:
		return &judge.Unsupported{Reason: fmt.Sprintf("/Schemas declares %s as %s, returned %s", path, a.Mutability, a.Returned)}
	case defaults != "" && !hasDefaults(a):
		return &judge.Unsupported{Reason: "/Schemas declares " + path + " with other characteristics"}
	}
	return nil
}

// isPartOfElement says whether a part that is immutable comes into being with an element of a list.
func isPartOfElement(t *scim.ResourceType, path string, a *scim.Attribute) bool {
	name, _, nested := strings.Cut(path, ".")
	list := t.Schema.Attribute(name)
	return nested && a.Mutability == scim.Immutable && list != nil && list.MultiValued
}

// hasDefaults says whether a definition leaves everything to the defaults, but
// for the type and the parts of a complex attribute.
func hasDefaults(a *scim.Attribute) bool {
	partRequired := slices.ContainsFunc(a.SubAttributes, func(sub *scim.Attribute) bool { return sub.Required })
	return !a.Required && !partRequired && !a.CaseExact && a.Uniqueness == scim.NotUnique && len(a.CanonicalValues) == 0
}

// declaredAt finds the definition of "title", "name.givenName" or "urn:…:User:department".
func declaredAt(t *scim.ResourceType, path string) *scim.Attribute {
	s := t.Schema
	if urn, name, ok := judge.CutURN(path); ok {
		x := t.Extension(urn)
		if x == nil {
			return nil
		}
		s, path = x.Schema, name
	}
	name, sub, nested := strings.Cut(path, ".")
	a := s.Attribute(name)
	if nested {
		return a.Sub(sub)
	}
	return a
}
