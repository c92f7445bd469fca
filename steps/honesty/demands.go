package honesty

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// demandClaims are about what a schema demands of a resource: attributes and
// extensions that have to be there, values that occur only once. Each judges
// users, and groups where the target has them.
var demandClaims = map[string]claim{
	"a resource with only the required attributes is accepted by a POST": ofEachType(byMethod(http.MethodPost, acceptsRequired)),
	"a resource with only the required attributes is accepted by a PUT":  ofEachType(byMethod(http.MethodPut, acceptsRequired)),
	"a required attribute is demanded by a POST":                         ofEachType(byMethod(http.MethodPost, demandsRequired)),
	"a required attribute is demanded by a PUT":                          ofEachType(byMethod(http.MethodPut, demandsRequired)),
	"a required extension is demanded by a POST":                         ofEachType(byMethod(http.MethodPost, demandsExtensions)),
	"a required extension is demanded by a PUT":                          ofEachType(byMethod(http.MethodPut, demandsExtensions)),
	"an optional extension may be left out":                              ofEachType(byMethod(http.MethodPost, sparesExtensions)),
	"a unique value is refused to a second resource by a POST":           ofEachType(byMethod(http.MethodPost, refusesSecond)),
	"a unique value is refused to a second resource by a PUT":            ofEachType(byMethod(http.MethodPut, refusesSecond)),
	"a unique value is refused to a second resource by a PATCH":          ofEachType(byMethod(http.MethodPatch, refusesSecond)),
}

// ofEachType makes a claim of what has to hold for users and for groups.
func ofEachType(holds func(ctx context.Context, w *World, t *scim.ResourceType) error) claim {
	return func(w *World, ctx context.Context) error {
		for _, collection := range []string{"Users", "Groups"} {
			t, err := w.typeOf(ctx, collection)
			if err == nil {
				err = holds(ctx, w, t)
			}
			if err != nil && (collection == "Users" || !judge.IsUnsupported(err)) {
				return err
			}
		}
		return w.ExpectThat(true, "", "", "")
	}
}

type demand func(ctx context.Context, w *World, t *scim.ResourceType, method string) error

func byMethod(method string, d demand) func(ctx context.Context, w *World, t *scim.ResourceType) error {
	return func(ctx context.Context, w *World, t *scim.ResourceType) error { return d(ctx, w, t, method) }
}

// requiredBody has just what the schemas require. The mark is in a name, or in
// externalId if no name is required.
func (w *World) requiredBody(t *scim.ResourceType, which string) *scim.Object {
	s := w.sampler(0, "")
	collection := t.Endpoint[1:]
	body := scim.NewObject(scim.Member{Name: "schemas", Value: []any{t.Schema.ID}})
	for _, a := range t.Schema.Attributes {
		if !a.Required || a.Mutability == scim.ReadOnly {
			continue
		}
		if strings.EqualFold(a.Name, judge.Naming(collection)) {
			body.Set(a.Name, w.Template(collection, which).String(a.Name))
		} else if p, ok := s.of(nil, a); ok {
			p.put(body)
		}
	}
	for _, x := range t.Extensions {
		if x.Required {
			putExtension(s, body, x.Schema)
		}
	}
	if body.String(judge.Naming(collection)) == "" {
		body.Set("externalId", w.Mark()+"-"+which)
	}
	return judge.WithSchemas(body)
}

// putExtension fills in the required attributes of an extension, or one if none is.
func putExtension(s *sampler, body *scim.Object, x *scim.Schema) {
	var first *sample
	for _, a := range x.Attributes {
		p, ok := s.of(x, a)
		if !ok || !writable(a) {
			continue
		}
		if first == nil {
			first = &p
		}
		if a.Required {
			p.put(body)
		}
	}
	if first != nil && body.Object(x.ID) == nil {
		first.put(body)
	}
}

// someone makes a resource of the type: the smallest, or the fullest if the target
// demands more than it declares. Without either nothing can be told.
func (w *World) someone(ctx context.Context, t *scim.ResourceType, name string, with ...sample) error {
	collection := t.Endpoint[1:]
	w.written++
	which := strconv.Itoa(w.written)
	err := w.Make(ctx, name, collection, w.bodyWith(collection, which, with))
	if !judge.IsRefusal(err) {
		return err
	}
	full := w.Make(ctx, name, collection, w.bodyWith(collection, which, append(writableSamples(w.sampler(0, ""), t), with...)))
	if judge.IsRefusal(full) {
		return &judge.Untested{Reason: "the target refuses the test data: " + err.Error()}
	}
	return full
}

// tried creates a resource with the body, or replaces a fresh one by it. The answer
// comes with the resource as it is read afterwards, if there is one.
func (w *World) tried(ctx context.Context, t *scim.ResourceType, method string, body *scim.Object) (judge.Answer, *scim.Object, error) {
	collection := t.Endpoint[1:]
	path, name := []string{collection}, "tried"+collection
	if method == http.MethodPut {
		if err := w.someone(ctx, t, name); err != nil {
			return judge.Answer{}, nil, err
		}
		path = append(path, w.Subjects[name].ID)
	}
	s, err := w.Visit(ctx, wire.Request{Method: method, Path: path, Body: body})
	if err != nil || s.Response.Status/100 != 2 {
		return s, nil, err
	}
	if method == http.MethodPost {
		if err := w.Adopt(ctx, name, collection, s.Response); err != nil {
			return s, nil, err
		}
	}
	if err := w.Settle(ctx); err != nil {
		return s, nil, err
	}
	now, err := w.Reread(ctx, name)
	if err != nil {
		return s, nil, err
	}
	return s, now.Shown, nil
}

func acceptsRequired(ctx context.Context, w *World, t *scim.ResourceType, method string) error {
	return w.expectAccepted(ctx, t, method, w.requiredBody(t, "required"), "with all that /Schemas requires and nothing else")
}

// expectAccepted holds a refusal against the target only if it takes a resource
// with more in it: else it is our test data that it does not like.
func (w *World) expectAccepted(ctx context.Context, t *scim.ResourceType, method string, body *scim.Object, how string) error {
	s, _, err := w.tried(ctx, t, method, body)
	if err != nil {
		return err
	}
	if s.Response.Status/100 != 2 {
		if err := w.someone(ctx, t, "fuller"); err != nil {
			return err
		}
	}
	return w.ExpectThat(s.Response.Status/100 == 2, "the answer to "+s.String()+" "+how+", "+judge.Text(s.Request.Body), "a success", judge.StatusOf(s.Response))
}

// demandsRequired leaves out each required attribute. A target that then fills
// one in by itself has it, too.
func demandsRequired(ctx context.Context, w *World, t *scim.ResourceType, method string) error {
	for _, a := range t.Schema.Attributes {
		if !a.Required || a.Mutability == scim.ReadOnly {
			continue
		}
		body := w.Template(t.Endpoint[1:], "without"+a.Name)
		body.Delete(a.Name)
		body.Set("externalId", w.Mark()+"-without-"+a.Name)
		s, now, err := w.tried(ctx, t, method, body)
		if err != nil {
			return err
		}
		p := sample{attribute: a}
		demanded := s.Response.Status/100 != 2 || hidden(a) || !scim.IsUnassigned(p.in(now))
		if err := w.ExpectThat(demanded, "the answer to "+s.String()+" without "+a.Name, "a refusal, as /Schemas declares it as required", judge.StatusOf(s.Response)); err != nil {
			return err
		}
	}
	return nil
}

// demandsExtensions leaves out each required extension; without any there is
// nothing that could be left out, and the smallest resource is accepted.
func demandsExtensions(ctx context.Context, w *World, t *scim.ResourceType, method string) error {
	for _, x := range t.Extensions {
		if !x.Required {
			continue
		}
		body := w.requiredBody(t, "without-extension")
		body.Delete(x.Schema.ID)
		body.Set("schemas", withoutURN(body.Array("schemas"), x.Schema.ID))
		s, now, err := w.tried(ctx, t, method, body)
		if err != nil {
			return err
		}
		demanded := s.Response.Status/100 != 2 || now.Object(x.Schema.ID).Len() > 0
		if err := w.ExpectThat(demanded, "the answer to "+s.String()+" without "+x.Schema.ID, "a refusal, as /ResourceTypes says that it is required", judge.StatusOf(s.Response)); err != nil {
			return err
		}
	}
	return nil
}

func withoutURN(list []any, urn string) []any {
	var rest []any
	for _, v := range list {
		if v != urn {
			rest = append(rest, v)
		}
	}
	return rest
}

// sparesExtensions sends no extension but those that are required.
func sparesExtensions(ctx context.Context, w *World, t *scim.ResourceType, method string) error {
	body := w.Template(t.Endpoint[1:], "plain")
	for _, x := range t.Extensions {
		if x.Required {
			putExtension(w.sampler(0, ""), body, x.Schema)
		}
	}
	return w.expectAccepted(ctx, t, method, judge.WithSchemas(body), "without the extensions that are not required")
}

// refusesSecond gives a value that is declared as unique to a second resource.
func refusesSecond(ctx context.Context, w *World, t *scim.ResourceType, method string) error {
	collection := t.Endpoint[1:]
	for _, d := range declaredAttributes(t) {
		a := d.attribute
		if a.Uniqueness != scim.ServerUnique && a.Uniqueness != scim.GlobalUnique || !writable(a) || a.Type != scim.String || a.MultiValued {
			continue
		}
		p, _ := w.sampler(0, "").of(d.extension, a)
		if strings.EqualFold(a.Name, judge.Naming(collection)) {
			p.value = w.Template(collection, "first").String(a.Name)
		}
		if err := w.someone(ctx, t, "first", p); err != nil {
			return err
		}
		s, err := w.writeSecond(ctx, t, method, p)
		if err != nil {
			return err
		}
		refused := s.Response.Status >= 400 && s.Response.Status < 500 || notOffered(s)
		if err := w.ExpectThat(refused, "the answer to "+s.String()+" with the "+p.path()+" of another resource", "409 or another refusal, as it is declared as unique", judge.StatusOf(s.Response)); err != nil {
			return err
		}
	}
	return nil
}

func (w *World) writeSecond(ctx context.Context, t *scim.ResourceType, method string, p sample) (judge.Answer, error) {
	path := []string{t.Endpoint[1:]}
	body := w.Template(path[0], "second"+p.attribute.Name)
	if method != http.MethodPost {
		if err := w.someone(ctx, t, "second"); err != nil {
			return judge.Answer{}, err
		}
		path = append(path, w.Subjects["second"].ID)
		body = w.Subjects["second"].Shown.Clone()
	}
	p.put(body)
	body = judge.WithSchemas(body)
	if method == http.MethodPatch {
		body = judge.PatchOp(operations([]sample{p}))
	}
	return w.Visit(ctx, wire.Request{Method: method, Path: path, Body: body})
}
