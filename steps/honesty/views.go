package honesty

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// representations is a user and a group with everything that can be written to them,
// as every kind of answer shows them: what they show is held against the schemas.
type representations struct {
	views []view
	asked map[string]map[string]bool // attributes that were accepted, by collection and path
}

// view is one resource in one answer.
type view struct {
	answer   judge.Answer
	object   *scim.Object
	id       string // of the resource
	kind     *scim.ResourceType
	asks     string // what the request asked for: "" for nothing special, "attributes", "excluded" or "request"
	exchange *wire.Exchange
}

// fullResources makes both once in a run, at a place of its own that is cleared when it is over.
func (w *World) fullResources(ctx context.Context) error {
	x, err := judge.SharedBy(ctx, w.Run, "a user and a group in every kind of answer", func(ctx context.Context, _ *judge.Session) (*representations, error) {
		own, err := w.Run.NewSession()
		if err != nil {
			return nil, err
		}
		defer own.Close(ctx, false)
		return New(own).makeViews(ctx)
	})
	w.representations = x
	return err
}

// theClientLooksAtBoth takes the answers to all kinds of requests about the two.
func (w *World) theClientLooksAtBoth() error {
	if w.representations == nil {
		return fmt.Errorf("there are no resources with a value for every attribute")
	}
	w.views = w.representations.views
	return nil
}

func (w *World) makeViews(ctx context.Context) (*representations, error) {
	if err := w.Make(ctx, "R", "Users", w.Template("Users", "r")); err != nil {
		return nil, err
	}
	x := &representations{asked: map[string]map[string]bool{}}
	for _, collection := range []string{"Users", "Groups"} {
		t, err := w.typeOf(ctx, collection)
		if err == nil {
			err = w.viewsOf(ctx, x, t)
		}
		if err != nil && (collection == "Users" || !judge.IsUnsupported(err)) {
			return nil, err
		}
	}
	users, err := w.typeOf(ctx, "Users")
	if err != nil {
		return nil, err
	}
	r := w.Subjects["R"] // who is a member of the group now
	return x, w.show(ctx, x, users, r.ID, "", wire.Request{Method: http.MethodGet, Path: []string{r.Collection, r.ID}})
}

func (w *World) viewsOf(ctx context.Context, x *representations, t *scim.ResourceType) error {
	collection := t.Endpoint[1:]
	wr, err := w.fullWriting(ctx, t)
	if err != nil {
		return err
	}
	x.asked[collection] = map[string]bool{}
	for _, p := range wr.samples {
		x.asked[collection][p.path()] = true
	}
	id := scim.IDOf(wr.after)
	x.add(w, t, id, "", wr.answer)
	for _, r := range w.viewRequests(t, wr, id) {
		if err := w.show(ctx, x, t, id, r.asks, r.Request); err != nil {
			return err
		}
	}
	return nil
}

// fullWriting creates the resource: with everything, also what the standard
// knows and the target does not declare; or with all that is declared; or with
// what of that the target takes.
func (w *World) fullWriting(ctx context.Context, t *scim.ResourceType) (*writing, error) {
	s := w.sampler(0, "")
	collection := t.Endpoint[1:]
	declared := append(writableSamples(s, t), hiddenSamples(s, t)...)
	w.Subjects["X"] = &judge.Subject{Collection: collection}
	wr, err := w.writeByPost(ctx, "X", append(slices.Clone(declared), undeclaredSamples(s, t)...))
	if err != nil || wr.accepted() {
		return wr, err
	}
	if err := w.writeAll(ctx, "X", http.MethodPost, declared); err != nil {
		return nil, err
	}
	best := &writing{}
	for i, wr := range w.writings {
		if wr.accepted() && wr.collection == collection && len(wr.samples) > len(best.samples) {
			best = &w.writings[i]
		}
	}
	if len(best.samples) > 0 {
		return best, nil
	}
	wr, err = w.writeByPost(ctx, "X", nil)
	if err == nil && !wr.accepted() {
		err = &judge.Mismatch{What: "the answer to " + wr.answer.String(), Want: "201", Got: judge.StatusOf(wr.answer.Response)}
	}
	return wr, err
}

// undeclaredSamples are of attributes of the standard that the target does not
// declare: it may ignore or refuse them, but not show them.
func undeclaredSamples(s *sampler, t *scim.ResourceType) []sample {
	standard := &scim.ResourceType{Endpoint: t.Endpoint, Schema: scim.UserSchema()}
	if t.Endpoint == "/Users" {
		standard.Extensions = []scim.Extension{{Schema: scim.EnterpriseSchema()}}
	} else {
		standard.Schema = scim.GroupSchema()
	}
	var all []sample
	for _, p := range writableSamples(s, standard) {
		known := t.Schema
		if p.extension != nil {
			known = nil
			if x := t.Extension(p.extension.ID); x != nil {
				known = x.Schema
			}
		}
		if p.attribute.Name != "externalId" && lacksPart(known.Attribute(p.attribute.Name), p.attribute) {
			all = append(all, p)
		}
	}
	return all
}

// lacksPart says whether a definition is missing, or one of its parts is.
func lacksPart(own, standard *scim.Attribute) bool {
	return own == nil || slices.ContainsFunc(standard.SubAttributes, func(sub *scim.Attribute) bool { return own.Sub(sub.Name) == nil })
}

// viewRequest is a request with what it asks for.
type viewRequest struct {
	wire.Request
	asks string
}

// viewRequests show the resource in all kinds of answers.
func (w *World) viewRequests(t *scim.ResourceType, wr *writing, id string) []viewRequest {
	collection := t.Endpoint[1:]
	name := judge.Naming(collection)
	find := name + " eq " + judge.Text(wr.after.String(name))
	get := func(asks string, path []string, query ...[2]string) viewRequest {
		return viewRequest{wire.Request{Method: http.MethodGet, Path: path, Query: query}, asks}
	}
	one, all := []string{collection, id}, []string{collection}
	put, _ := wr.answer.Request.Body.(*scim.Object)
	requests := []viewRequest{
		get("", one),
		get("attributes", one, [2]string{"attributes", name}),
		get("excluded", one, [2]string{"excludedAttributes", strings.Join(alwaysReturned(t), ",")}),
		get("", all, [2]string{"filter", find}),
		get("attributes", all, [2]string{"filter", find}, [2]string{"attributes", name}),
		get("excluded", all, [2]string{"filter", find}, [2]string{"excludedAttributes", strings.Join(alwaysReturned(t), ",")}),
		{wire.Request{Method: http.MethodPost, Path: []string{collection, ".search"}, Body: scim.NewObject(
			scim.Member{Name: "schemas", Value: []any{scim.SearchRequestURN}}, scim.Member{Name: "filter", Value: find})}, ""},
		{wire.Request{Method: http.MethodPut, Path: one, Body: put}, ""},
		{wire.Request{Method: http.MethodPatch, Path: one, Body: judge.PatchOp([]any{scim.NewObject(
			scim.Member{Name: "op", Value: "replace"},
			scim.Member{Name: "path", Value: "displayName"},
			scim.Member{Name: "value", Value: w.GroupName("shown")},
		)})}, ""},
	}
	requests = append(requests, patchedViews(t, put, one, find)...)
	if asked := returnedOnRequest(t); len(asked) > 0 {
		requests = append(requests, get("request", one, [2]string{"attributes", strings.Join(asked, ",")}))
	}
	return requests
}

// patchedViews write again what texts of its schema the resource was created with, by one operation for
// each attribute and without a path, and read what has become of it.
func patchedViews(t *scim.ResourceType, body *scim.Object, one []string, find string) []viewRequest {
	var operations []any
	value := scim.NewObject()
	for name, v := range body.All() {
		if _, isText := v.(string); !isText || t.Schema.Attribute(name) == nil || strings.EqualFold(name, "password") || strings.EqualFold(name, judge.Naming(one[0])) {
			continue
		}
		operations = append(operations, scim.NewObject(
			scim.Member{Name: "op", Value: "replace"}, scim.Member{Name: "path", Value: name}, scim.Member{Name: "value", Value: v}))
		value.Set(name, v)
	}
	if len(operations) == 0 {
		return nil
	}
	whole := []any{scim.NewObject(scim.Member{Name: "op", Value: "replace"}, scim.Member{Name: "value", Value: value})}
	return []viewRequest{
		{wire.Request{Method: http.MethodPatch, Path: one, Body: judge.PatchOp(operations)}, ""},
		{wire.Request{Method: http.MethodGet, Path: one}, ""},
		{wire.Request{Method: http.MethodPatch, Path: one, Body: judge.PatchOp(whole)}, ""},
		{wire.Request{Method: http.MethodGet, Path: one}, ""},
		{wire.Request{Method: http.MethodGet, Path: one[:1], Query: [][2]string{{"filter", find}}}, ""},
	}
}

func pathsOf(t *scim.ResourceType, chosen func(a *scim.Attribute) bool) []string {
	var paths []string
	for _, d := range declaredAttributes(t) {
		if chosen(d.attribute) {
			paths = append(paths, d.path())
		}
	}
	return paths
}

func alwaysReturned(t *scim.ResourceType) []string {
	return pathsOf(t, func(a *scim.Attribute) bool { return a.Returned == scim.Always })
}

func returnedOnRequest(t *scim.ResourceType) []string {
	return pathsOf(t, func(a *scim.Attribute) bool { return a.Returned == scim.OnRequest && !hidden(a) })
}

// show keeps what an answer shows of the resource; a refusal shows nothing.
func (w *World) show(ctx context.Context, x *representations, t *scim.ResourceType, id, asks string, r wire.Request) error {
	s, err := w.Visit(ctx, r)
	if err != nil {
		return err
	}
	x.add(w, t, id, asks, s)
	return nil
}

func (x *representations) add(w *World, t *scim.ResourceType, id, asks string, s judge.Answer) {
	if s.Body == nil || s.Response.Status/100 != 2 {
		return
	}
	var exchange *wire.Exchange
	if all := w.Wire.Exchanges(); len(all) > 0 {
		exchange = all[len(all)-1]
	}
	shown := []any{s.Body}
	if _, isList := s.Body.Get("totalResults"); isList {
		shown = s.Body.Array("Resources")
	}
	for _, v := range shown {
		o, _ := v.(*scim.Object)
		if o != nil && (len(shown) == 1 || scim.IDOf(o) == id) {
			x.views = append(x.views, view{answer: s, object: o, id: id, kind: t, asks: asks, exchange: exchange})
		}
	}
}
