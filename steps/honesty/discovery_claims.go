package honesty

import (
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

// discoveryClaims are about what a target says of itself.
var discoveryClaims = map[string]claim{
	"the answer is none, or comes with the permanent location of the subject": (*World).comesWithThePermanentLocation,
	"every endpoint of the resource types answers":                            (*World).everyEndpointAnswers,
	"every collection that is served is a resource type":                      (*World).everyCollectionIsListed,
	"every schema can be read alone":                                          readAlone("Schemas"),
	"every resource type can be read alone":                                   readAlone("ResourceTypes"),
	"discovery resources name no other type or place":                         ofDiscovery(false),
	"discovery resources name their type and place":                           ofDiscovery(true),
	"at most one authentication scheme is primary":                            (*World).onePrimaryScheme,
	"the list shows all that it counts":                                       (*World).theListIsWhole,
	"the list has no id twice":                                                (*World).theListHasNoIDTwice,
	"the answer to /Me is a resource, a permanent redirect or a refusal":      (*World).meIsPlain,
	"what is used to get in is among authenticationSchemes":                   (*World).schemesAreListed,
	"the resource type has the name in meta.resourceType":                     ofOwnTypes(hasName),
	"the resource type has the schema of its resources":                       ofOwnTypes(hasBaseSchema),
	"the resource type lists the extensions that are in use":                  (*World).extensionsAreListed,
}

func (w *World) everyEndpointAnswers(ctx context.Context) error {
	types, err := w.Discovered(ctx, "ResourceTypes")
	if err != nil {
		return w.Missed(err)
	}
	for _, t := range types {
		endpoint := t.String("endpoint")
		what := "the endpoint of the resource type " + judge.Text(t.String("name"))
		u, err := url.Parse(endpoint)
		if err != nil || u.IsAbs() || u.Host != "" || strings.Trim(endpoint, "/") == "" {
			return w.ExpectThat(false, what, "a path relative to the base URI", judge.Text(endpoint))
		}
		s, err := w.Visit(ctx, wire.Request{Method: http.MethodGet, Path: strings.Split(strings.Trim(u.Path, "/"), "/"), Query: [][2]string{{"count", "1"}}})
		if err != nil {
			return err
		}
		// A target may not let everybody list everything.
		answers := s.Response.Status != http.StatusNotFound && (s.Response.Status < 500 || s.Response.Status == http.StatusNotImplemented)
		if err := w.ExpectThat(answers, what+", "+endpoint, "an endpoint that is there", judge.StatusOf(s.Response)); err != nil {
			return err
		}
	}
	return nil
}

func (w *World) everyCollectionIsListed(ctx context.Context) error {
	types, err := w.Discovered(ctx, "ResourceTypes")
	if err != nil {
		return w.Missed(err)
	}
	for _, collection := range []string{"Users", "Groups"} {
		s, err := w.Visit(ctx, wire.Request{Method: http.MethodGet, Path: []string{collection}, Query: [][2]string{{"count", "1"}}})
		if err != nil {
			return err
		}
		listed := typeListed(types, collection) != nil
		served := s.Response.Status == http.StatusOK && judge.HasSchema(s.Body, scim.ListResponseURN)
		if err := w.ExpectThat(listed || !served, "the resource types", "one with the endpoint /"+collection+", which answers with a list", judge.IDsIn(scim.NewObject(scim.Member{Name: "Resources", Value: anyOf(types)}))); err != nil {
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
	return func(w *World, ctx context.Context) error {
		all, err := w.Discovered(ctx, endpoint)
		if err != nil {
			return w.Missed(err)
		}
		for _, o := range all {
			id := o.String("id")
			if id == "" { // a resource type needs none
				id = o.String("name")
			}
			s, err := w.Visit(ctx, wire.Request{Method: http.MethodGet, Path: []string{endpoint, id}})
			if err != nil {
				return err
			}
			if err := w.ExpectThat(s.Response.Status == http.StatusOK, "the answer to "+s.String(), "200", judge.StatusOf(s.Response)); err != nil {
				return err
			}
			if s.Body == nil || !judge.SameState(o, s.Body) {
				return w.ExpectThat(false, "the answer to "+s.String(), "the same as in the list, "+judge.Text(o), string(s.Response.Body))
			}
		}
		return nil
	}
}

// ofDiscovery makes a claim about the meta of everything that discovery shows;
// unless it has to be there, only what is there is judged.
func ofDiscovery(demanded bool) claim {
	return func(w *World, ctx context.Context) error {
		config, err := w.Visit(ctx, wire.Request{Method: http.MethodGet, Path: []string{"ServiceProviderConfig"}})
		if err != nil {
			return err
		}
		if err := w.metaNames(config.Body, "ServiceProviderConfig", demanded, "ServiceProviderConfig"); err != nil {
			return err
		}
		for endpoint, kind := range map[string]string{"Schemas": "Schema", "ResourceTypes": "ResourceType"} {
			all, err := w.Discovered(ctx, endpoint)
			if err != nil {
				return w.Missed(err)
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
	return w.ExpectThat(right, "meta.location"+what, "an address that ends with /"+places[0], judge.QuotedOrNone(location))
}

// schemesAreListed is for targets that ask for credentials: these have to be of
// some scheme.
func (w *World) schemesAreListed(ctx context.Context) error {
	s, err := w.Visit(ctx, wire.Request{Method: http.MethodGet, Path: []string{"Users"}, Header: http.Header{"Authorization": nil}})
	if err != nil {
		return err
	}
	if s.Response.Status/100 == 2 {
		return &judge.Unsupported{Reason: "the target serves everybody, also without credentials"}
	}
	config, err := w.Describe(ctx, "ServiceProviderConfig")
	if err != nil {
		return err
	}
	return w.ExpectThat(len(config.Array("authenticationSchemes")) > 0, "authenticationSchemes",
		"at least one, as "+s.String()+" without credentials answers "+judge.StatusOf(s.Response), judge.Text(config.Array("authenticationSchemes")))
}

// ofOwnTypes makes a claim about the type of the example's resources "A" and "G",
// as far as it has them.
func ofOwnTypes(judge func(w *World, t *scim.Object, s *judge.Subject) error) claim {
	return func(w *World, ctx context.Context) error {
		types, err := w.Discovered(ctx, "ResourceTypes")
		if err != nil {
			return w.Missed(err)
		}
		for _, s := range w.Subjects {
			if t := typeListed(types, s.Collection); t != nil {
				if err := judge(w, t, s); err != nil {
					return err
				}
			}
		}
		return w.ExpectThat(true, "", "", "")
	}
}

func hasName(w *World, t *scim.Object, s *judge.Subject) error {
	shown := s.Shown.Object("meta").String("resourceType")
	return w.ExpectThat(shown == "" || shown == t.String("name"), "the name of the resource type at /"+s.Collection, "the meta.resourceType of its resources, "+shown, judge.Text(t.String("name")))
}

func hasBaseSchema(w *World, t *scim.Object, s *judge.Subject) error {
	return w.ExpectThat(judge.HasSchema(s.Shown, t.String("schema")), "the schema of the resource type at /"+s.Collection, "one of the schemas of its resources, "+judge.Text(s.Shown.Array("schemas")), judge.Text(t.String("schema")))
}

// extensionsAreListed writes an attribute of every schema that is published and
// that no resource type uses as its base: what a user takes of it has to be listed.
func (w *World) extensionsAreListed(ctx context.Context) error {
	p, err := w.published(ctx)
	if err != nil {
		return w.Missed(err)
	}
	types, err := w.Discovered(ctx, "ResourceTypes")
	if err != nil {
		return w.Missed(err)
	}
	sampler := w.sampler(0, "")
	var first []sample
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
		s, shown, err := w.tried(ctx, &scim.ResourceType{Endpoint: "/Users"}, http.MethodPost, w.bodyWith("Users", "x"+x.attribute.Name, []sample{x}))
		if err != nil {
			return err
		}
		urn := x.extension.ID
		taken := s.Response.Status/100 == 2 && (judge.HasSchema(shown, urn) || shown.Object(urn).Len() > 0)
		if err := w.ExpectThat(!taken || listsExtension(typeListed(types, "Users"), urn), "schemaExtensions of the resource type at /Users", urn+", which users have", judge.Text(typeListed(types, "Users").Array("schemaExtensions"))); err != nil {
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

func (w *World) onePrimaryScheme(context.Context) error {
	answer, err := w.Answered()
	if err != nil {
		return w.Missed(err)
	}
	primary := 0
	for _, p := range places(place{value: answer}, "authenticationSchemes[].primary") {
		if p.value == true {
			primary++
		}
	}
	return w.ExpectThat(primary <= 1, "the primary authentication schemes", "at most one", fmt.Sprint(primary))
}

// theListIsWhole is for lists that are never paged.
func (w *World) theListIsWhole(context.Context) error {
	answer, err := w.Answered()
	if err != nil {
		return w.Missed(err)
	}
	total, _ := answer.Get("totalResults")
	return w.Expect("totalResults in the answer to "+w.TheRequest(), fmt.Sprint(len(answer.Array("Resources"))), judge.Text(total))
}

func (w *World) theListHasNoIDTwice(context.Context) error {
	answer, err := w.Answered()
	if err != nil {
		return w.Missed(err)
	}
	ids := strings.Split(strings.ToLower(judge.IDsIn(answer)), ", ")
	slices.Sort(ids)
	return w.ExpectThat(len(ids) == len(slices.Compact(slices.Clone(ids))), "the ids in the answer to "+w.TheRequest(), "each once", strings.Join(ids, ", "))
}

// meIsPlain looks at the first answer, before a redirect was followed.
func (w *World) meIsPlain(context.Context) error {
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
