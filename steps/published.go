package steps

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// published is what a target says of its schemas, as far as it can be read:
// what the rules about honesty hold it to.
type published struct {
	schemas []*scim.Schema
	types   map[string]*scim.ResourceType // of the collections "Users" and "Groups", as far as listed
}

// published reads the schemas and resource types once in a run.
func (w *world) published(ctx context.Context) (*published, error) {
	return w.run.shared.published.get(func() (*published, error) {
		common, err := w.run.commonWorld()
		if err != nil {
			return nil, err
		}
		return common.readPublished(ctx)
	})
}

func (w *world) readPublished(ctx context.Context) (*published, error) {
	described, err := w.discovered(ctx, "Schemas")
	if err != nil {
		return nil, err
	}
	p := &published{types: map[string]*scim.ResourceType{}}
	for _, o := range described {
		s, err := scim.ParseSchema(o)
		if err != nil {
			return nil, &Mismatch{What: "GET /Schemas", Want: "schemas that can be read", Got: err.Error()}
		}
		p.schemas = append(p.schemas, s)
	}
	types, err := w.discovered(ctx, "ResourceTypes")
	if _, wrong := isMismatch(err); err != nil && !wrong {
		return nil, err
	}
	for collection, urn := range map[string]string{"Users": scim.UserURN, "Groups": scim.GroupURN} {
		p.types[collection] = p.typeAt(collection, types, urn)
	}
	return p, nil
}

// typeAt assembles the resource type of a collection; a target without
// /ResourceTypes is taken to have the standard's type, if it has its schema.
func (p *published) typeAt(collection string, types []*scim.Object, standard string) *scim.ResourceType {
	if len(types) == 0 {
		types = []*scim.Object{scim.NewObject(
			scim.Member{Name: "endpoint", Value: collection}, scim.Member{Name: "schema", Value: standard})}
	}
	for _, o := range types {
		if strings.Trim(o.String("endpoint"), "/") != collection {
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
func (w *world) typeOf(ctx context.Context, collection string) (*scim.ResourceType, error) {
	p, err := w.published(ctx)
	if err != nil {
		return nil, err
	}
	if t := p.types[collection]; t != nil {
		return t, nil
	}
	return nil, &unsupported{"/ResourceTypes lists no type at /" + collection + " whose schema /Schemas lists"}
}

// discovered reads the resources of /Schemas or /ResourceTypes.
func (w *world) discovered(ctx context.Context, endpoint string) ([]*scim.Object, error) {
	what := "GET /" + endpoint
	answer, err := w.send(ctx, w.judge(), wire.Request{Method: http.MethodGet, Path: []string{endpoint}})
	if err != nil {
		return nil, err
	}
	if answer.Status != http.StatusOK {
		return nil, &Mismatch{What: what, Want: "200", Got: statusOf(answer)}
	}
	body, err := answer.Object()
	if err != nil {
		return nil, &Mismatch{What: what, Want: "a list", Got: err.Error()}
	}
	var all []*scim.Object
	for i, v := range body.Array("Resources") {
		o, ok := v.(*scim.Object)
		if !ok {
			return nil, &Mismatch{What: fmt.Sprintf("%s, Resources[%d]", what, i), Want: "an object", Got: scim.KindOf(v)}
		}
		all = append(all, o)
	}
	if len(all) == 0 {
		return nil, &Mismatch{What: what, Want: "Resources", Got: "none"}
	}
	return all, nil
}
