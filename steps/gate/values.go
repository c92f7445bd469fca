package gate

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// replacement is a value that was sent for a mapped attribute.
type replacement struct {
	mapped
	value any
}

// body is the user or group as Entra ID creates it, with a value for each mapped attribute
// but references.
func (w *World) body(ctx context.Context, kind, name string) (*scim.Object, error) {
	collection := judge.CollectionOf(kind)
	base := w.Template(collection, name)
	if kind == "group" { // members follow by PATCH
		base.Set("schemas", []any{scim.GroupURN, "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"})
		base.Set("meta", scim.NewObject(scim.Member{Name: "resourceType", Value: "Group"}))
		base.Set("externalId", w.Mark()+"-"+name)
		return base, nil
	}
	base.Set("active", true)
	base.Set("externalId", w.Mark()+"-"+name)
	base.Set("meta", scim.NewObject(scim.Member{Name: "resourceType", Value: "User"}))
	base.Set("roles", []any{})
	all, err := w.settable(ctx, collection)
	if err != nil {
		return nil, err
	}
	for _, m := range all {
		m.in(base, w.sample(m, 1))
	}
	return judge.WithSchemas(base), nil
}

// settable are the mapped attributes that a client can give values of its own: no
// references, none that identify the resource, and none for which the target file has one.
func (w *World) settable(ctx context.Context, collection string) ([]defined, error) {
	all, err := w.mappings(collection)
	if err != nil {
		return nil, err
	}
	schemas, err := w.definitions(ctx)
	if err != nil {
		return nil, err
	}
	var found []defined
	for _, m := range all {
		if m.is("id", "userName", "active", "externalId", "roles", "groups", "manager", "members") || w.isGivenByFile(m, collection) {
			continue
		}
		d := defined{mapped: m}
		if _, d.definition = m.undescribed(schemas, collection); d.definition == nil {
			continue // Schema_Discoverability_Test tells it
		}
		if d.definition.Type == scim.Reference || d.definition.Type == scim.Complex || d.definition.Mutability == scim.ReadOnly {
			continue
		}
		d.required = isRequired(m, schemas, collection)
		found = append(found, d)
	}
	return found, nil
}

// defined is a mapped attribute with its definition.
type defined struct {
	mapped
	definition *scim.Attribute
	required   bool // the attribute as a whole is
}

func isRequired(m mapped, schemas []*scim.Schema, collection string) bool {
	a := named(m.schemaOf(schemas, collection).Attributes, m.name)
	return a != nil && a.Required
}

// isGivenByFile says whether the target file has a value for the attribute: the target takes
// no other, or not none.
func (w *World) isGivenByFile(m mapped, collection string) bool {
	given := w.Run.Fit.User
	if collection == "Groups" {
		given = w.Run.Fit.Group
	}
	if m.urn != "" {
		v, _ := given.Get(m.urn)
		given, _ = v.(*scim.Object)
	}
	_, has := given.Get(m.name)
	return has
}

// in puts a value at the attribute's place in a resource.
func (m mapped) in(o *scim.Object, value any) {
	if m.urn != "" {
		o = inner(o, m.urn)
	}
	switch {
	case m.kind != "":
		element := scim.NewObject(scim.Member{Name: "type", Value: m.kind})
		list := o.Array(m.name)
		found := false
		for _, v := range list {
			if e, ok := v.(*scim.Object); ok && strings.EqualFold(e.String("type"), m.kind) {
				element, found = e, true
			}
		}
		if !found {
			if m.is("emails") && len(list) == 0 {
				element.Set("primary", true)
			}
			o.Set(m.name, append(list, element))
		}
		element.Set(m.part, value)
	case m.part != "":
		inner(o, m.name).Set(m.part, value)
	default:
		o.Set(m.name, value)
	}
}

// inner is the complex value of this name, made if there is none.
func inner(o *scim.Object, name string) *scim.Object {
	v, _ := o.Get(name)
	if value, ok := v.(*scim.Object); ok {
		return value
	}
	value := scim.NewObject()
	o.Set(name, value)
	return value
}

// of is the value at the attribute's place, or nil.
func (m mapped) of(o *scim.Object) any {
	if m.urn != "" {
		v, _ := o.Get(m.urn)
		o, _ = v.(*scim.Object)
	}
	v, _ := o.Get(m.name)
	if m.kind != "" {
		list, _ := v.([]any)
		v = nil
		for _, e := range list {
			if element, ok := e.(*scim.Object); ok && strings.EqualFold(element.String("type"), m.kind) {
				v = element
			}
		}
	}
	if m.part == "" {
		return v
	}
	parent, _ := v.(*scim.Object)
	value, _ := parent.Get(m.part)
	return value
}

// sample is a value that fits the attribute; another one for another n.
func (w *World) sample(d defined, n int) any {
	if values := d.definition.CanonicalValues; len(values) > 0 {
		return values[n%len(values)]
	}
	switch d.definition.Type {
	case scim.Boolean:
		return n%2 == 0
	case scim.Integer, scim.Decimal:
		return json.Number(fmt.Sprint(n))
	case scim.DateTime:
		return fmt.Sprintf("2030-01-%02dT00:00:00Z", n)
	}
	path := strings.ToLower(d.path)
	switch {
	case strings.Contains(path, "emails"):
		return fmt.Sprintf("%s-%s-%d@%s", w.Mark(), d.kind, n, w.Run.Fit.UserDomain)
	case strings.Contains(path, "phonenumbers"):
		return fmt.Sprintf("+1 202 555 01%02d", n)
	case strings.HasSuffix(path, "language"), strings.HasSuffix(path, "locale"):
		return []string{"en-US", "de-DE"}[n%2]
	case strings.HasSuffix(path, "timezone"):
		return []string{"Europe/Berlin", "America/New_York"}[n%2]
	case strings.HasSuffix(path, "country"):
		return []string{"US", "DE"}[n%2]
	case strings.HasSuffix(path, "postalcode"):
		return fmt.Sprintf("1234%d", n)
	}
	return fmt.Sprintf("%s %d", w.Mark(), n)
}
