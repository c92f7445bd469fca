package honesty

import (
	"context"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// published is what a target says of its schemas, as far as it can be read:
// what the rules about honesty hold it to.
type published struct {
	schemas []*scim.Schema
	types   map[string]*scim.ResourceType // of the collections "Users" and "Groups", as far as listed
	missing string                        // how GET /Schemas is refused; "" if it is there
}

// published reads the schemas and resource types. A target without /Schemas is held to the
// standard's own, those of RFC 7643 section 8.7.
func (w *World) published(ctx context.Context) (*published, error) {
	p := &published{types: map[string]*scim.ResourceType{}}
	var err error
	if p.missing, err = w.Missing(ctx, "Schemas"); err != nil {
		return nil, err
	}
	if p.missing != "" {
		p.schemas = []*scim.Schema{scim.UserType().Schema, scim.GroupType().Schema, scim.EnterpriseSchema()}
	} else if err := p.read(ctx, w); err != nil {
		return nil, err
	}
	answer, err := w.Discovery(ctx, "ResourceTypes")
	if err != nil {
		return nil, err
	}
	types, _ := judge.ResourcesIn("GET /ResourceTypes", answer) // without any, see typeAt
	for collection, urn := range map[string]string{"Users": scim.UserURN, "Groups": scim.GroupURN} {
		p.types[collection] = p.typeAt(collection, types, urn)
	}
	return p, nil
}

func (p *published) read(ctx context.Context, w *World) error {
	answer, err := w.Discovery(ctx, "Schemas")
	if err != nil {
		return err
	}
	described, err := judge.ResourcesIn("GET /Schemas", answer)
	if err != nil {
		return err
	}
	for _, o := range described {
		s, err := scim.ParseSchema(o)
		if err != nil {
			return &judge.Mismatch{What: "GET /Schemas", Want: "schemas that can be read", Got: err.Error()}
		}
		p.schemas = append(p.schemas, s)
	}
	return nil
}

// declaredByItself blocks what only the target's own word can be held against: which
// attributes it has, and which of them it demands.
func (w *World) declaredByItself(ctx context.Context) error {
	p, err := w.published(ctx)
	if err == nil && p.missing != "" {
		return &judge.Blocked{Reason: "the target does not say it: GET /Schemas is answered " + p.missing}
	}
	return err
}

// typeAt assembles the resource type of a collection; a target without
// /ResourceTypes is taken to have the standard's type, if it has its schema.
func (p *published) typeAt(collection string, types []*scim.Object, standard string) *scim.ResourceType {
	if len(types) == 0 {
		types = []*scim.Object{scim.NewObject(
			scim.Member{Name: "endpoint", Value: collection}, scim.Member{Name: "schema", Value: standard})}
	}
	for _, o := range types {
		if judge.EndpointOf(o) != collection {
			continue
		}
		base := p.schema(o.String("schema"))
		if base == nil {
			continue
		}
		t := &scim.ResourceType{Name: o.String("name"), Endpoint: "/" + collection, Schema: base}
		for _, v := range o.Array("schemaExtensions") {
			x, _ := v.(*scim.Object)
			if s := p.schema(x.String("schema")); s != nil {
				required, _ := x.Get("required")
				t.Extensions = append(t.Extensions, scim.Extension{Schema: s, Required: required == true})
			}
		}
		return t
	}
	return nil
}

// schema finds a schema by its URN in any case, or nil.
func (p *published) schema(urn string) *scim.Schema {
	for _, s := range p.schemas {
		if strings.EqualFold(s.ID, urn) {
			return s
		}
	}
	return nil
}

// typeOf is the published type of a collection.
func (w *World) typeOf(ctx context.Context, collection string) (*scim.ResourceType, error) {
	p, err := w.published(ctx)
	if err != nil {
		return nil, err
	}
	if t := p.types[collection]; t != nil {
		return t, nil
	}
	return nil, &judge.Unsupported{Reason: "/ResourceTypes lists no type at /" + collection + " whose schema /Schemas lists"}
}
