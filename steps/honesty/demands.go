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

// trial is a request that a schema permits or forbids.
type trial struct {
	answer judge.Answer
	how    string // the request, in words
	filled bool   // it was left out of the request, and the resource has it all the same
}

// ofEachType makes the step that tries something with users, and with groups where the
// target has them.
func (w *World) ofEachType(try func(ctx context.Context, t *scim.ResourceType, method string) error) func(ctx context.Context, method string) error {
	return func(ctx context.Context, method string) error {
		w.trials = nil
		for _, collection := range []string{"Users", "Groups"} {
			t, err := w.typeOf(ctx, collection)
			if err == nil {
				err = try(ctx, t, method)
			}
			if err != nil && (collection == "Users" || !judge.IsUnsupported(err)) {
				return err
			}
		}
		return nil
	}
}

func (w *World) eachIsASuccess() error {
	return w.ofEveryTrial("a success", func(t trial) bool { return t.answer.Response.Status/100 == 2 })
}

func (w *World) eachIsRefused() error {
	return w.ofEveryTrial("409 or another refusal", func(t trial) bool {
		return t.answer.Response.Status/100 == 4 || notOffered(t.answer)
	})
}

func (w *World) eachIsRefusedOrFilled() error {
	return w.ofEveryTrial("a refusal", func(t trial) bool { return t.answer.Response.Status/100 != 2 || t.filled })
}

// ofEveryTrial judges what was tried; where the schemas leave nothing to try, all is well.
func (w *World) ofEveryTrial(want string, right func(t trial) bool) error {
	for _, t := range w.trials {
		if !right(t) {
			return w.ExpectThat(false, "the answer to "+t.answer.String()+" "+t.how, want, judge.StatusOf(t.answer.Response))
		}
	}
	return w.ExpectThat(true, "", "", "")
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

func (w *World) tryRequired(ctx context.Context, t *scim.ResourceType, method string) error {
	declared := "/Schemas"
	if p, err := w.published(ctx); err != nil {
		return err
	} else if p.missing != "" {
		declared = "RFC 7643" // without /Schemas a client reads it there
	}
	return w.tryComplete(ctx, t, method, w.requiredBody(t, "required"), "with all that "+declared+" requires and nothing else")
}

// tryComplete holds a refusal against the target only if it takes a resource with more
// in it: else it is our test data that it does not like.
func (w *World) tryComplete(ctx context.Context, t *scim.ResourceType, method string, body *scim.Object, how string) error {
	s, _, err := w.tried(ctx, t, method, body)
	if err != nil {
		return err
	}
	if s.Response.Status/100 != 2 {
		if err := w.someone(ctx, t, "fuller"); err != nil {
			return err
		}
	}
	w.trials = append(w.trials, trial{answer: s, how: how + ", " + judge.Text(s.Request.Body)})
	return nil
}

// tryWithoutRequired leaves out each required attribute. A target that then fills
// one in by itself has it, too.
func (w *World) tryWithoutRequired(ctx context.Context, t *scim.ResourceType, method string) error {
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
		filled := hidden(a) || !scim.IsUnassigned(p.in(now))
		w.trials = append(w.trials, trial{s, "without " + a.Name + ", which /Schemas declares as required", filled})
	}
	return nil
}

// tryWithoutExtension leaves out each required extension; without any there is nothing
// that could be left out.
func (w *World) tryWithoutExtension(ctx context.Context, t *scim.ResourceType, method string) error {
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
		filled := now.Object(x.Schema.ID).Len() > 0
		w.trials = append(w.trials, trial{s, "without " + x.Schema.ID + ", which /ResourceTypes says is required", filled})
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

// tryPlain sends no extension but those that are required.
func (w *World) tryPlain(ctx context.Context, t *scim.ResourceType, method string) error {
	body := w.Template(t.Endpoint[1:], "plain")
	for _, x := range t.Extensions {
		if x.Required {
			putExtension(w.sampler(0, ""), body, x.Schema)
		}
	}
	return w.tryComplete(ctx, t, method, judge.WithSchemas(body), "without the extensions that are not required")
}

// tryTwice gives a value that is declared as unique to a second resource.
func (w *World) tryTwice(ctx context.Context, t *scim.ResourceType, method string) error {
	for _, d := range declaredAttributes(t) {
		if !isUnique(d.attribute) {
			continue
		}
		p, _ := w.sampler(0, "").of(d.extension, d.attribute)
		if collection := t.Endpoint[1:]; strings.EqualFold(d.attribute.Name, judge.Naming(collection)) {
			p.value = w.Template(collection, "first").String(d.attribute.Name)
		}
		if err := w.someone(ctx, t, "first", p); err != nil {
			return err
		}
		s, err := w.writeSecond(ctx, t, method, p)
		if err != nil {
			return err
		}
		w.trials = append(w.trials, trial{answer: s, how: "with the " + p.path() + " of another resource, which is declared as unique"})
	}
	return nil
}

// isUnique says whether a text is declared as unique that a client can write.
func isUnique(a *scim.Attribute) bool {
	unique := a.Uniqueness == scim.ServerUnique || a.Uniqueness == scim.GlobalUnique
	return unique && writable(a) && a.Type == scim.String && !a.MultiValued
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
