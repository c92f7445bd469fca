package honesty

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// endpoint is that of a resource type, with the answer to a GET of it.
type endpoint struct {
	typeName string
	path     string
	answer   *judge.Answer // nil if the path is not relative to the base URI
}

func (w *World) theClientAsksEachEndpoint(ctx context.Context) error {
	types, err := w.Discovered(ctx, "ResourceTypes")
	if err != nil {
		return w.Missed(err)
	}
	w.endpoints = nil
	for _, t := range types {
		e := endpoint{typeName: t.String("name"), path: t.String("endpoint")}
		if u, err := url.Parse(e.path); err == nil && !u.IsAbs() && u.Host == "" && strings.Trim(e.path, "/") != "" {
			a, err := w.Visit(ctx, wire.Request{Method: http.MethodGet, Path: strings.Split(strings.Trim(u.Path, "/"), "/"), Query: [][2]string{{"count", "1"}}})
			if err != nil {
				return err
			}
			e.answer = &a
		}
		w.endpoints = append(w.endpoints, e)
	}
	return nil
}

// eachEndpointAnswers: a target may not let everybody list everything.
func (w *World) eachEndpointAnswers() error {
	for _, e := range w.endpoints {
		what := "the endpoint of the resource type " + judge.Text(e.typeName)
		if e.answer == nil {
			return w.ExpectThat(false, what, "a path relative to the base URI", judge.Text(e.path))
		}
		status := e.answer.Response.Status
		answers := status != http.StatusNotFound && (status < 500 || status == http.StatusNotImplemented)
		if err := w.ExpectThat(answers, what+", "+e.path, "an endpoint that is there", judge.StatusOf(e.answer.Response)); err != nil {
			return err
		}
	}
	return nil
}

func (w *World) eachListedPathIsAnEndpoint(ctx context.Context) error {
	answers, err := w.Answers()
	if err != nil {
		return err
	}
	types, err := w.Discovered(ctx, "ResourceTypes")
	if err != nil {
		return w.Missed(err)
	}
	for _, a := range answers {
		served := a.Response.Status == http.StatusOK && judge.HasSchema(a.Body, scim.ListResponseURN)
		known := typeListed(types, a.Request.Path[0]) != nil
		if err := w.ExpectThat(known || !served, "the resource types", "one with the endpoint /"+a.Request.Path[0]+", which answers with a list", judge.IDsIn(scim.NewObject(scim.Member{Name: "Resources", Value: anyOf(types)}))); err != nil {
			return err
		}
	}
	return nil
}

func anyOf(objects []*scim.Object) []any {
	all := make([]any, len(objects))
	for i, o := range objects {
		all[i] = o
	}
	return all
}

func typeListed(types []*scim.Object, collection string) *scim.Object {
	for _, t := range types {
		if judge.EndpointOf(t) == collection {
			return t
		}
	}
	return nil
}

// pair is a resource as a list shows it, and as it is read alone.
type pair struct {
	listed *scim.Object
	alone  judge.Answer
}

func (w *World) theClientReadsEach(ctx context.Context, kind string) error {
	endpoint := map[string]string{"schema": "Schemas", "resource type": "ResourceTypes"}[kind]
	all, err := w.Discovered(ctx, endpoint)
	if err != nil {
		return w.Missed(err)
	}
	w.alone = nil
	for _, o := range all {
		id := cmp.Or(o.String("id"), o.String("name")) // a resource type needs no id
		a, err := w.Visit(ctx, wire.Request{Method: http.MethodGet, Path: []string{endpoint, id}})
		if err != nil {
			return err
		}
		w.alone = append(w.alone, pair{o, a})
	}
	return nil
}

func (w *World) eachIsTheSame() error {
	for _, p := range w.alone {
		what := "the answer to " + p.alone.String()
		if err := w.ExpectThat(p.alone.Response.Status == http.StatusOK, what, "200", judge.StatusOf(p.alone.Response)); err != nil {
			return err
		}
		if p.alone.Body == nil || !judge.SameState(p.listed, p.alone.Body) {
			return w.ExpectThat(false, what, "the same as in the list, "+judge.Text(p.listed), string(p.alone.Response.Body))
		}
	}
	return nil
}

func (w *World) noResourceNamesAnother() error { return w.ofDiscovery(false) }

func (w *World) eachResourceNamesItself() error { return w.ofDiscovery(true) }

// discoveryKinds are the resource types of the discovery endpoints.
var discoveryKinds = map[string]string{
	"ServiceProviderConfig": "ServiceProviderConfig", "Schemas": "Schema", "ResourceTypes": "ResourceType",
}

// ofDiscovery judges the meta of everything that the discovery endpoints show; unless it
// has to be there, only what is there is judged.
func (w *World) ofDiscovery(demanded bool) error {
	answers, err := w.Answers()
	if err != nil {
		return err
	}
	for _, a := range answers {
		endpoint := a.Request.Path[0]
		if endpoint == "ServiceProviderConfig" {
			if err := w.metaNames(a.Body, endpoint, demanded, endpoint); err != nil {
				return err
			}
			continue
		}
		if len(a.Request.Path) > 1 { // the elements of the lists are the same
			continue
		}
		all, err := judge.ResourcesIn(a.String(), a.Response)
		if err != nil {
			return w.Missed(err)
		}
		for _, o := range all {
			if err := w.metaNames(o, discoveryKinds[endpoint], demanded, endpoint+"/"+o.String("id"), endpoint+"/"+o.String("name")); err != nil {
				return err
			}
		}
	}
	return nil
}

// metaNames compares meta with the type and the end of the address.
func (w *World) metaNames(o *scim.Object, kind string, demanded bool, places ...string) error {
	meta := o.Object("meta")
	what := " of " + places[0]
	if got := meta.String("resourceType"); got != "" || demanded {
		if err := w.ExpectThat(got == kind, "meta.resourceType"+what, kind, judge.QuotedOrNone(got)); err != nil {
			return err
		}
	}
	location := meta.String("location")
	if location == "" && !demanded {
		return w.ExpectThat(true, "", "", "")
	}
	path, _, _ := strings.Cut(location, "?")
	if unescaped, err := url.PathUnescape(path); err == nil {
		path = unescaped
	}
	right := slices.ContainsFunc(places, func(end string) bool {
		return strings.HasSuffix("/"+strings.ToLower(path), "/"+strings.ToLower(end))
	})
	if err := w.ExpectThat(right, "meta.location"+what, "an address that ends with /"+places[0], judge.QuotedOrNone(location)); err != nil {
		return err
	}
	return w.ExpectThat(w.isBelowTheBase(path, places), "meta.location"+what, "the address at which it is read, below "+w.Conn.URL, judge.QuotedOrNone(location))
}

// isBelowTheBase says whether an address on the host of the target is the base URL and one of
// these places: with another path in between, nothing is found there. What is on another host,
// or no whole address, is not looked at.
func (w *World) isBelowTheBase(path string, places []string) bool {
	base, err := url.Parse(w.Conn.URL)
	at, wrong := url.Parse(path)
	if err != nil || wrong != nil || at.Host != base.Host {
		return true
	}
	return slices.ContainsFunc(places, func(end string) bool {
		return strings.EqualFold(at.Path, strings.TrimSuffix(base.Path, "/")+"/"+end)
	})
}

// theTypeOf is the resource type, in the list of the last answer, of a resource of the
// example; nil if it lists none for it.
func (w *World) theTypeOf(name string) (t *scim.Object, s *judge.Subject, err error) {
	if s, err = w.Subject(name); err != nil {
		return nil, nil, err
	}
	types, err := w.listed()
	if err != nil {
		return nil, nil, w.Missed(err)
	}
	return typeListed(types, s.Collection), s, nil
}

func (w *World) theTypeHasTheName(name string) error {
	t, s, err := w.theTypeOf(name)
	if err != nil {
		return err
	}
	shown := s.Shown.Object("meta").String("resourceType")
	return w.ExpectThat(t == nil || shown == "" || shown == t.String("name"), "the name of the resource type at /"+s.Collection,
		"the meta.resourceType of its resources, "+shown, judge.Text(t.String("name")))
}

func (w *World) theTypeHasTheSchema(name string) error {
	t, s, err := w.theTypeOf(name)
	if err != nil {
		return err
	}
	return w.ExpectThat(t == nil || judge.HasSchema(s.Shown, t.String("schema")), "the schema of the resource type at /"+s.Collection,
		"one of the schemas of its resources, "+judge.Text(s.Shown.Array("schemas")), judge.Text(t.String("schema")))
}

// theClientWritesEachExtension writes an attribute of every schema that is published and
// that no resource type uses as its base, each to a user of its own.
func (w *World) theClientWritesEachExtension(ctx context.Context) error {
	p, err := w.published(ctx)
	if err != nil {
		return w.Missed(err)
	}
	base := ""
	if t := p.types["Users"]; t != nil {
		base = t.Schema.ID
	}
	w.stored = nil
	for _, s := range p.schemas {
		if strings.HasPrefix(s.ID, "urn:ietf:params:scim:schemas:core:") || s.ID == base {
			continue
		}
		stored, err := w.storesExtension(ctx, s)
		if err != nil {
			return err
		}
		if stored {
			w.stored = append(w.stored, s.ID)
		}
	}
	return nil
}

// storesExtension says whether a new user keeps the first attribute of the schema that
// can be written.
func (w *World) storesExtension(ctx context.Context, s *scim.Schema) (bool, error) {
	for _, a := range s.Attributes {
		made, ok := w.sampler(0, "").of(s, a)
		if !ok || !writable(a) {
			continue
		}
		body := w.bodyWith("Users", "x"+a.Name, []sample{made})
		answer, shown, err := w.tried(ctx, &scim.ResourceType{Endpoint: "/Users"}, http.MethodPost, body)
		taken := err == nil && answer.Response.Status/100 == 2
		return taken && (judge.HasSchema(shown, s.ID) || shown.Object(s.ID).Len() > 0), err
	}
	return false, nil
}

func (w *World) eachStoredExtensionIsListed(ctx context.Context) error {
	types, err := w.Discovered(ctx, "ResourceTypes")
	if err != nil {
		return w.Missed(err)
	}
	t := typeListed(types, "Users")
	for _, urn := range w.stored {
		if err := w.ExpectThat(listsExtension(t, urn), "schemaExtensions of the resource type at /Users", urn+", which users have", judge.Text(t.Array("schemaExtensions"))); err != nil {
			return err
		}
	}
	return w.ExpectThat(true, "", "", "")
}

func listsExtension(t *scim.Object, urn string) bool {
	return slices.ContainsFunc(t.Array("schemaExtensions"), func(v any) bool {
		x, _ := v.(*scim.Object)
		return strings.EqualFold(x.String("schema"), urn)
	})
}

func (w *World) noIDTwice() error {
	answer, err := w.Answered()
	if err != nil {
		return w.Missed(err)
	}
	ids := strings.Split(strings.ToLower(judge.IDsIn(answer)), ", ")
	slices.Sort(ids)
	return w.ExpectThat(len(ids) == len(slices.Compact(slices.Clone(ids))), "the ids in the answer to "+w.TheRequest(), "each once", strings.Join(ids, ", "))
}

// meIsPlain looks at the first answer, before a redirect was followed.
func (w *World) meIsPlain() error {
	first, err := w.firstOfMe()
	if err != nil {
		return err
	}
	what := "the answer to GET /Me"
	switch {
	case first.Status == http.StatusOK:
		shown, err := w.Answered()
		if err != nil {
			return w.Missed(err)
		}
		_, isList := shown.Get("totalResults")
		return w.ExpectThat(!isList && shown.String("id") != "", what, "one resource with its id", judge.Text(shown))
	case first.Status/100 == 3:
		return w.ExpectThat(first.Status == http.StatusPermanentRedirect, what, "308, if it is a redirect", fmt.Sprint(first.Status))
	}
	return w.ExpectThat(first.Status/100 == 4 || first.Status == http.StatusNotImplemented, what, "a resource, 308 or a refusal", fmt.Sprint(first.Status))
}
