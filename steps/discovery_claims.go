package steps

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// discoveryClaims are about what a target says of itself.
var discoveryClaims = mergeClaims(definitionClaims(), map[string]claim{
	"every endpoint of the resource types answers":                       (*world).everyEndpointAnswers,
	"every collection that is served is a resource type":                 (*world).everyCollectionIsListed,
	"every schema can be read alone":                                     readAlone("Schemas"),
	"every resource type can be read alone":                              readAlone("ResourceTypes"),
	"discovery resources name no other type or place":                    ofDiscovery(false),
	"discovery resources name their type and place":                      ofDiscovery(true),
	"at most one authentication scheme is primary":                       (*world).onePrimaryScheme,
	"the list shows all that it counts":                                  (*world).theListIsWhole,
	"the list has no id twice":                                           (*world).theListHasNoIDTwice,
	"the answer to /Me is a resource, a permanent redirect or a refusal": (*world).meIsPlain,
	"what is used to get in is among authenticationSchemes":              (*world).schemesAreListed,
	"the resource type has the name in meta.resourceType":                ofOwnTypes(hasName),
	"the resource type has the schema of its resources":                  ofOwnTypes(hasBaseSchema),
	"the resource type lists the extensions that are in use":             (*world).extensionsAreListed,
})

func (w *world) everyEndpointAnswers(ctx context.Context) error {
	types, err := w.discovered(ctx, "ResourceTypes")
	if err != nil {
		return w.missed(err)
	}
	for _, t := range types {
		endpoint := t.String("endpoint")
		what := "the endpoint of the resource type " + textOf(t.String("name"))
		u, err := url.Parse(endpoint)
		if err != nil || u.IsAbs() || u.Host != "" || strings.Trim(endpoint, "/") == "" {
			return w.expectThat(false, what, "a path relative to the base URI", textOf(endpoint))
		}
		s, err := w.visit(ctx, wire.Request{Method: http.MethodGet, Path: strings.Split(strings.Trim(u.Path, "/"), "/"), Query: [][2]string{{"count", "1"}}})
		if err != nil {
			return err
		}
		// A target may not let everybody list everything.
		answers := s.answer.Status != http.StatusNotFound && (s.answer.Status < 500 || s.answer.Status == http.StatusNotImplemented)
		if err := w.expectThat(answers, what+", "+endpoint, "an endpoint that is there", statusOf(s.answer)); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) everyCollectionIsListed(ctx context.Context) error {
	types, err := w.discovered(ctx, "ResourceTypes")
	if err != nil {
		return w.missed(err)
	}
	for _, collection := range []string{"Users", "Groups"} {
		s, err := w.visit(ctx, wire.Request{Method: http.MethodGet, Path: []string{collection}, Query: [][2]string{{"count", "1"}}})
		if err != nil {
			return err
		}
		listed := typeListed(types, collection) != nil
		served := s.answer.Status == http.StatusOK && hasSchema(s.body, scim.ListResponseURN)
		if err := w.expectThat(listed || !served, "the resource types", "one with the endpoint /"+collection+", which answers with a list", idsIn(scim.NewObject(scim.Member{Name: "Resources", Value: anyOf(types)}))); err != nil {
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
		if strings.Trim(t.String("endpoint"), "/") == collection {
			return t
		}
	}
	return nil
}

// readAlone makes the claim that each resource of a list is found by its id, and
// is the same there.
func readAlone(endpoint string) claim {
	return func(w *world, ctx context.Context) error {
		all, err := w.discovered(ctx, endpoint)
		if err != nil {
			return w.missed(err)
		}
		for _, o := range all {
			id := o.String("id")
			if id == "" { // a resource type needs none
				id = o.String("name")
			}
			s, err := w.visit(ctx, wire.Request{Method: http.MethodGet, Path: []string{endpoint, id}})
			if err != nil {
				return err
			}
			if err := w.expectThat(s.answer.Status == http.StatusOK, "the answer to "+s.String(), "200", statusOf(s.answer)); err != nil {
				return err
			}
			if s.body == nil || !sameState(o, s.body) {
				return w.expectThat(false, "the answer to "+s.String(), "the same as in the list, "+textOf(o), string(s.answer.Body))
			}
		}
		return nil
	}
}

// ofDiscovery makes a claim about the meta of everything that discovery shows;
// unless it has to be there, only what is there is judged.
func ofDiscovery(demanded bool) claim {
	return func(w *world, ctx context.Context) error {
		config, err := w.visit(ctx, wire.Request{Method: http.MethodGet, Path: []string{"ServiceProviderConfig"}})
		if err != nil {
			return err
		}
		if err := w.metaNames(config.body, "ServiceProviderConfig", demanded, "ServiceProviderConfig"); err != nil {
			return err
		}
		for endpoint, kind := range map[string]string{"Schemas": "Schema", "ResourceTypes": "ResourceType"} {
			all, err := w.discovered(ctx, endpoint)
			if err != nil {
				return w.missed(err)
			}
			for _, o := range all {
				if err := w.metaNames(o, kind, demanded, endpoint+"/"+o.String("id"), endpoint+"/"+o.String("name")); err != nil {
					return err
				}
			}
		}
		return nil
	}
}

// metaNames compares meta with the type and the end of the address.
func (w *world) metaNames(o *scim.Object, kind string, demanded bool, places ...string) error {
	meta := o.Object("meta")
	what := " of " + places[0]
	if got := meta.String("resourceType"); got != "" || demanded {
		if err := w.expectThat(got == kind, "meta.resourceType"+what, kind, quotedOrNone(got)); err != nil {
			return err
		}
	}
	location := meta.String("location")
	if location == "" && !demanded {
		return w.expectThat(true, "", "", "")
	}
	path, _, _ := strings.Cut(location, "?")
	if unescaped, err := url.PathUnescape(path); err == nil {
		path = unescaped
	}
	right := slices.ContainsFunc(places, func(end string) bool {
		return strings.HasSuffix("/"+strings.ToLower(path), "/"+strings.ToLower(end))
	})
	return w.expectThat(right, "meta.location"+what, "an address that ends with /"+places[0], quotedOrNone(location))
}

// schemesAreListed is for targets that ask for credentials: these have to be of
// some scheme.
func (w *world) schemesAreListed(ctx context.Context) error {
	s, err := w.visit(ctx, wire.Request{Method: http.MethodGet, Path: []string{"Users"}, Header: http.Header{"Authorization": nil}})
	if err != nil {
		return err
	}
	if s.answer.Status/100 == 2 {
		return &unsupported{"the target serves everybody, also without credentials"}
	}
	config := w.describes(ctx, "ServiceProviderConfig")
	return w.expectThat(len(config.Array("authenticationSchemes")) > 0, "authenticationSchemes",
		"at least one, as "+s.String()+" without credentials answers "+statusOf(s.answer), textOf(config.Array("authenticationSchemes")))
}

// ofOwnTypes makes a claim about the type of the example's resources "A" and "G",
// as far as it has them.
func ofOwnTypes(judge func(w *world, t *scim.Object, s *subject) error) claim {
	return func(w *world, ctx context.Context) error {
		types, err := w.discovered(ctx, "ResourceTypes")
		if err != nil {
			return w.missed(err)
		}
		for _, s := range w.subjects {
			if t := typeListed(types, s.collection); t != nil {
				if err := judge(w, t, s); err != nil {
					return err
				}
			}
		}
		return w.expectThat(true, "", "", "")
	}
}

func hasName(w *world, t *scim.Object, s *subject) error {
	shown := s.shown.Object("meta").String("resourceType")
	return w.expectThat(shown == "" || shown == t.String("name"), "the name of the resource type at /"+s.collection, "the meta.resourceType of its resources, "+shown, textOf(t.String("name")))
}

func hasBaseSchema(w *world, t *scim.Object, s *subject) error {
	return w.expectThat(hasSchema(s.shown, t.String("schema")), "the schema of the resource type at /"+s.collection, "one of the schemas of its resources, "+textOf(s.shown.Array("schemas")), textOf(t.String("schema")))
}

// extensionsAreListed writes an attribute of every schema that is published and
// that no resource type uses as its base: what a user takes of it has to be listed.
func (w *world) extensionsAreListed(ctx context.Context) error {
	p, err := w.published(ctx)
	if err != nil {
		return w.missed(err)
	}
	types, err := w.discovered(ctx, "ResourceTypes")
	if err != nil {
		return w.missed(err)
	}
	sampler := w.sampler(0, "")
	var first []specimen
	for _, s := range p.schemas {
		if strings.HasPrefix(s.ID, "urn:ietf:params:scim:schemas:core:") || typeListed(types, "Users").String("schema") == s.ID {
			continue
		}
		for _, a := range s.Attributes {
			if made, ok := sampler.of(s, a); ok && writable(a) {
				first = append(first, made)
				break
			}
		}
	}
	for _, x := range first {
		s, shown, err := w.tried(ctx, &scim.ResourceType{Endpoint: "/Users"}, http.MethodPost, w.bodyWith("Users", "x"+x.attribute.Name, []specimen{x}))
		if err != nil {
			return err
		}
		urn := x.extension.ID
		taken := s.answer.Status/100 == 2 && (hasSchema(shown, urn) || shown.Object(urn).Len() > 0)
		if err := w.expectThat(!taken || listsExtension(typeListed(types, "Users"), urn), "schemaExtensions of the resource type at /Users", urn+", which users have", textOf(typeListed(types, "Users").Array("schemaExtensions"))); err != nil {
			return err
		}
	}
	return w.expectThat(true, "", "", "")
}

func listsExtension(t *scim.Object, urn string) bool {
	return slices.ContainsFunc(t.Array("schemaExtensions"), func(v any) bool {
		x, _ := v.(*scim.Object)
		return strings.EqualFold(x.String("schema"), urn)
	})
}

func (w *world) onePrimaryScheme(context.Context) error {
	answer, err := w.answered()
	if err != nil {
		return w.missed(err)
	}
	primary := 0
	for _, p := range places(place{value: answer}, "authenticationSchemes[].primary") {
		if p.value == true {
			primary++
		}
	}
	return w.expectThat(primary <= 1, "the primary authentication schemes", "at most one", fmt.Sprint(primary))
}

// theListIsWhole is for lists that are never paged.
func (w *world) theListIsWhole(context.Context) error {
	answer, err := w.answered()
	if err != nil {
		return w.missed(err)
	}
	total, _ := answer.Get("totalResults")
	return w.expect("totalResults in the answer to "+w.theRequest(), fmt.Sprint(len(answer.Array("Resources"))), textOf(total))
}

func (w *world) theListHasNoIDTwice(context.Context) error {
	answer, err := w.answered()
	if err != nil {
		return w.missed(err)
	}
	ids := strings.Split(strings.ToLower(idsIn(answer)), ", ")
	slices.Sort(ids)
	return w.expectThat(len(ids) == len(slices.Compact(slices.Clone(ids))), "the ids in the answer to "+w.theRequest(), "each once", strings.Join(ids, ", "))
}

// meIsPlain looks at the first answer, before a redirect was followed.
func (w *world) meIsPlain(context.Context) error {
	first, err := w.firstOfMe()
	if err != nil {
		return err
	}
	what := "the answer to GET /Me"
	switch {
	case first.Status == http.StatusOK:
		shown, err := w.answered()
		if err != nil {
			return w.missed(err)
		}
		_, isList := shown.Get("totalResults")
		return w.expectThat(!isList && shown.String("id") != "", what, "one resource with its id", textOf(shown))
	case first.Status/100 == 3:
		return w.expectThat(first.Status == http.StatusPermanentRedirect, what, "308, if it is a redirect", fmt.Sprint(first.Status))
	}
	return w.expectThat(first.Status/100 == 4 || first.Status == http.StatusNotImplemented, what, "a resource, 308 or a refusal", fmt.Sprint(first.Status))
}
