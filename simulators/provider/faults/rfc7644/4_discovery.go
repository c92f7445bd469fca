package rfc7644

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// discoveryFaults violate features/rfc7644/4_discovery.feature.
func discoveryFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-4-01", "the configuration has no schemas", rewrite.EditConfig(func(o *scim.Object) { o.Delete("schemas") })},
		{"RFC7644-4-01", "the configuration has the schema of SCIM 1.1", rewrite.SetConfig("schemas", "", []any{"urn:scim:schemas:core:1.0"})},
		{"RFC7644-4-01", "the configuration has the plural in its schema", rewrite.SetConfig("schemas", "", []any{scim.ServiceProviderConfigURN + "s"})},
		{"RFC7644-4-01", "the configuration is a list", rewrite.Answers(rewrite.At("GET", "/ServiceProviderConfig"), func(_ *http.Request, a *rewrite.Answer) {
			a.Body = (&scim.List{TotalResults: 1, Resources: []*scim.Object{a.Body}}).Object()
		})},
		{"RFC7644-4-01", "there is no configuration", noEndpoint("ServiceProviderConfig")},
		{"RFC7644-4-01", "the configuration answers 201", rewrite.Answers(rewrite.At("GET", "/ServiceProviderConfig"), func(_ *http.Request, a *rewrite.Answer) { a.Status = 201 })},

		{"RFC7644-4-02", "/Schemas answers with an array", rewrite.Answers(rewrite.At("GET", "/"+"Schemas"), rewrite.BareArray)},
		{"RFC7644-4-02", "/Schemas has no schema of lists", relisted("Schemas", func(o *scim.Object) { o.Delete("schemas") })},
		{"RFC7644-4-02", "/Schemas has no totalResults", relisted("Schemas", func(o *scim.Object) { o.Delete("totalResults") })},
		{"RFC7644-4-02", "/Schemas counts one too many", relisted("Schemas", func(o *scim.Object) { o.Set("totalResults", rewrite.Number(len(o.Array("Resources"))+1)) })},
		{"RFC7644-4-02", "/Schemas shows one less than it counts", relisted("Schemas", func(o *scim.Object) { o.Set("Resources", o.Array("Resources")[1:]) })},
		{"RFC7644-4-02", "/Schemas lists only ids", relisted("Schemas", func(o *scim.Object) {
			for _, s := range rewrite.ObjectsIn(o.Array("Resources")) {
				s.Delete("attributes")
			}
		})},
		{"RFC7644-4-02", "/Schemas is empty", rewrite.EditListing("Schemas", func([]any) []any { return []any{} })},
		{"RFC7644-4-02", "/Schemas lists a schema twice", rewrite.EditListing("Schemas", func(all []any) []any { return append(slices.Clone(all), all[0]) })},
		{"RFC7644-4-02", "/Schemas lacks the schema of users", rewrite.EditListing("Schemas", rewrite.WithoutID(scim.UserURN))},
		{"RFC7644-4-02", "schemas have no schemas themselves", rewrite.Shown(rewrite.DiscoveryResource("Schemas"), func(o *scim.Object) { o.Delete("schemas") })},
		{"RFC7644-4-02", "schemas name themselves as their schema", rewrite.Shown(rewrite.DiscoveryResource("Schemas"), func(o *scim.Object) { o.Set("schemas", []any{o.String("id")}) })},
		{"RFC7644-4-02", "there is no /Schemas", noEndpoint("Schemas")},

		{"RFC7644-4-03", "no schema is found alone", rewrite.Answers(rewrite.At("GET", "/Schemas/*"), func(_ *http.Request, a *rewrite.Answer) { a.Refuse(scim.NotFound("Schema", "x")) })},
		{"RFC7644-4-03", "only core schemas are found alone", rewrite.Answers(rewrite.At("GET", "/Schemas/*"), func(r *http.Request, a *rewrite.Answer) {
			if strings.Contains(r.URL.Path, "extension") {
				a.Refuse(scim.NotFound("Schema", "x"))
			}
		})},
		{"RFC7644-4-03", "a schema alone is a list of one", rewrite.Answers(rewrite.At("GET", "/Schemas/*"), func(_ *http.Request, a *rewrite.Answer) {
			if a.OK() {
				a.Body = (&scim.List{TotalResults: 1, Resources: []*scim.Object{a.Body}}).Object()
			}
		})},
		{"RFC7644-4-03", "a schema alone is all schemas", servingAnother("/Schemas/*", "Schemas")},
		{"RFC7644-4-03", "every schema alone is that of users", servingAnother("/Schemas/*", "Schemas/"+scim.UserURN)},
		{"RFC7644-4-03", "a schema alone lacks an attribute", rewrite.Answers(rewrite.At("GET", "/Schemas/*"), func(_ *http.Request, a *rewrite.Answer) {
			if all := a.Body.Array("attributes"); len(all) > 1 {
				a.Body.Set("attributes", all[1:])
			}
		})},
		{"RFC7644-4-03", "an unknown schema answers 200", rewrite.Answers(rewrite.At("GET", "/Schemas/*"), emptySuccess)},
		{"RFC7644-4-03", "an unknown schema answers 400", rewrite.Answers(rewrite.At("GET", "/Schemas/*"), rewrite.StatusBecomes(404, 400))},
		{"RFC7644-4-03", "an unknown schema answers 500", rewrite.Answers(rewrite.At("GET", "/Schemas/*"), rewrite.StatusBecomes(404, 500))},
		{"RFC7644-4-03", "an unknown schema answers without a body", rewrite.Answers(rewrite.At("GET", "/Schemas/*"), withoutErrorBody)},

		{"RFC7644-4-04", "/ResourceTypes answers with an array", rewrite.Answers(rewrite.At("GET", "/"+"ResourceTypes"), rewrite.BareArray)},
		{"RFC7644-4-04", "/ResourceTypes has the schema of resource types itself", relisted("ResourceTypes", func(o *scim.Object) { o.Set("schemas", []any{scim.ResourceTypeURN}) })},
		{"RFC7644-4-04", "/ResourceTypes counts nothing", relisted("ResourceTypes", func(o *scim.Object) { o.Set("totalResults", rewrite.Number(0)) })},
		{"RFC7644-4-04", "/ResourceTypes counts in a text", relisted("ResourceTypes", func(o *scim.Object) { o.Set("totalResults", "2") })},
		{"RFC7644-4-04", "/ResourceTypes calls its list resources", relisted("ResourceTypes", func(o *scim.Object) {
			o.Set("items", o.Array("Resources"))
			o.Delete("Resources")
		})},
		{"RFC7644-4-04", "resource types have no schemas", rewrite.Shown(rewrite.DiscoveryResource("ResourceTypes"), func(o *scim.Object) { o.Delete("schemas") })},
		{"RFC7644-4-04", "there is no /ResourceTypes", noEndpoint("ResourceTypes")},

		{"RFC7644-4-05", "no resource type is found alone", rewrite.Answers(rewrite.At("GET", "/ResourceTypes/*"), func(_ *http.Request, a *rewrite.Answer) { a.Refuse(scim.NotFound("ResourceType", "x")) })},
		{"RFC7644-4-05", "a resource type alone is a list of one", rewrite.Answers(rewrite.At("GET", "/ResourceTypes/*"), func(_ *http.Request, a *rewrite.Answer) {
			if a.OK() {
				a.Body = (&scim.List{TotalResults: 1, Resources: []*scim.Object{a.Body}}).Object()
			}
		})},
		{"RFC7644-4-05", "a resource type alone has no extensions", rewrite.Answers(rewrite.At("GET", "/ResourceTypes/*"), func(_ *http.Request, a *rewrite.Answer) { a.Body.Delete("schemaExtensions") })},
		{"RFC7644-4-05", "a resource type alone has another endpoint", rewrite.Answers(rewrite.At("GET", "/ResourceTypes/*"), func(_ *http.Request, a *rewrite.Answer) {
			if a.OK() {
				a.Body.Set("endpoint", "/Accounts")
			}
		})},
		{"RFC7644-4-05", "an unknown resource type answers 200", rewrite.Answers(rewrite.At("GET", "/ResourceTypes/*"), emptySuccess)},
		{"RFC7644-4-05", "an unknown resource type answers 403", rewrite.Answers(rewrite.At("GET", "/ResourceTypes/*"), rewrite.StatusBecomes(404, 403))},

		{"RFC7644-4-06", "/Schemas is paged by startIndex", pagingDiscovery("Schemas", true, false)},
		{"RFC7644-4-06", "/Schemas is paged by count", pagingDiscovery("Schemas", false, true)},
		{"RFC7644-4-06", "/ResourceTypes is paged by startIndex", pagingDiscovery("ResourceTypes", true, false)},
		{"RFC7644-4-06", "/ResourceTypes is paged by count", pagingDiscovery("ResourceTypes", false, true)},
		{"RFC7644-4-06", "/Schemas is sorted", rewrite.Answers(rewrite.At("GET", "/Schemas"), sortedByID)},
		{"RFC7644-4-06", "paging parameters are refused", rewrite.Answers(rewrite.At("GET", "/Schemas"), func(r *http.Request, a *rewrite.Answer) {
			if r.URL.Query().Has("count") {
				a.Refuse(scim.InvalidValue("no paging here"))
			}
		})},
		{"RFC7644-4-06", "the configuration is refused with paging parameters", rewrite.Answers(rewrite.At("GET", "/ServiceProviderConfig"), func(r *http.Request, a *rewrite.Answer) {
			if r.URL.Query().Has("startIndex") {
				a.Refuse(scim.InvalidValue("no paging here"))
			}
		})},

		{"RFC7644-4-07", "/Schemas ignores filters", unfiltered("Schemas")},
		{"RFC7644-4-07", "/ResourceTypes ignores filters", unfiltered("ResourceTypes")},
		{"RFC7644-4-07", "the configuration ignores filters", unfiltered("ServiceProviderConfig")},
		{"RFC7644-4-07", "filters on discovery answer 400", rewrite.Answers(isFilteredDiscovery, rewrite.StatusBecomes(403, 400))},

		{"RFC7644-4-08", "POST to /Schemas creates", pretendingDone("POST", "/Schemas", 201)},
		{"RFC7644-4-08", "POST to /ResourceTypes creates", pretendingDone("POST", "/ResourceTypes", 201)},
		{"RFC7644-4-08", "POST to the configuration is taken", pretendingDone("POST", "/ServiceProviderConfig", 200)},
		{"RFC7644-4-08", "PUT to a schema is taken", pretendingDone("PUT", "/Schemas/*", 200)},
		{"RFC7644-4-08", "PUT to a resource type is taken", pretendingDone("PUT", "/ResourceTypes/*", 200)},
		{"RFC7644-4-08", "PATCH of a schema is taken", pretendingDone("PATCH", "/Schemas/*", 204)},
		{"RFC7644-4-08", "DELETE of a schema is taken", pretendingDone("DELETE", "/Schemas/*", 204)},
		{"RFC7644-4-08", "DELETE of a resource type is taken", pretendingDone("DELETE", "/ResourceTypes/*", 204)},
		{"RFC7644-4-08", "POST to /Schemas breaks the server", pretendingDone("POST", "/Schemas", 500)},

		{"RFC7644-4-09", "schemas say that they are resource types", discoveryMeta("Schemas", "resourceType", "ResourceType")},
		{"RFC7644-4-09", "resource types have the resourceType that they describe", discoveryMeta("ResourceTypes", "resourceType", "User")},
		{"RFC7644-4-09", "the configuration says that it is a schema", discoveryMeta("ServiceProviderConfig", "resourceType", "Schema")},
		{"RFC7644-4-09", "the addresses of resource types have a part that the base path has not", discoveryAddress("ResourceTypes", func(at string) string { return strings.Replace(at, "/ResourceTypes", "/elsewhere/ResourceTypes", 1) })},
		{"RFC7644-4-09", "the address of the configuration has two slashes", discoveryAddress("ServiceProviderConfig", func(at string) string {
			return strings.Replace(at, "/ServiceProviderConfig", "//ServiceProviderConfig", 1)
		})},
		{"RFC7644-4-09", "every schema is at one place", discoveryMeta("Schemas", "location", "https://example.com/scim/Schemas")},
		{"RFC7644-4-09", "every resource type is at the endpoint", discoveryMeta("ResourceTypes", "location", "https://example.com/scim/Users")},

		{"RFC7644-4-10", "schemas have no meta", rewrite.Shown(rewrite.DiscoveryResource("Schemas"), func(o *scim.Object) { o.Delete("meta") })},
		{"RFC7644-4-10", "resource types have no meta", rewrite.Shown(rewrite.DiscoveryResource("ResourceTypes"), func(o *scim.Object) { o.Delete("meta") })},
		{"RFC7644-4-10", "the configuration has no meta", rewrite.EditConfig(func(o *scim.Object) { o.Delete("meta") })},
		{"RFC7644-4-10", "resource types do not say where they are", discoveryMeta("ResourceTypes", "location", nil)},

		{"RFC7644-4-11", "everything below the configuration is the configuration", servingInstead("/ServiceProviderConfig/*", "ServiceProviderConfig")},
	}
}

// noEndpoint answers 404 for an endpoint and everything below it.
func noEndpoint(endpoint string) rewrite.Wrap {
	return rewrite.Answers(rewrite.DiscoveryResource(endpoint), func(r *http.Request, a *rewrite.Answer) { a.Refuse(scim.NotFound(r.URL.Path, "")) })
}

// servingInstead answers reads of a place with what stands at another path.
func servingInstead(place, path string) rewrite.Wrap {
	return rewrite.Handle(rewrite.At("GET", place), func(next http.Handler, r *http.Request) *rewrite.Answer {
		return rewrite.Ask(next, r, "GET", path, nil)
	})
}

// servingAnother answers reads of what there is at a place with what stands at another path.
func servingAnother(place, path string) rewrite.Wrap {
	return rewrite.AnswersWith(rewrite.At("GET", place), func(next http.Handler, r *http.Request, a *rewrite.Answer) {
		if a.OK() {
			*a = *rewrite.Ask(next, r, "GET", path, nil)
		}
	})
}

// relisted edits a list of a discovery endpoint.
func relisted(endpoint string, edit func(o *scim.Object)) rewrite.Wrap {
	return rewrite.Answers(rewrite.At("GET", "/"+endpoint), func(_ *http.Request, a *rewrite.Answer) {
		if a.Body != nil && a.OK() {
			edit(a.Body)
		}
	})
}

// emptySuccess turns 404 into a success without content.
func emptySuccess(_ *http.Request, a *rewrite.Answer) {
	if a.Status == http.StatusNotFound {
		a.Status, a.Body = http.StatusOK, scim.NewObject(scim.Member{Name: "schemas", Value: []any{}})
	}
}

// withoutErrorBody takes the body from 404.
func withoutErrorBody(_ *http.Request, a *rewrite.Answer) {
	if a.Status == http.StatusNotFound {
		a.Body, a.Raw = nil, nil
	}
}

// pagingDiscovery pages a list that is to be shown whole.
func pagingDiscovery(endpoint string, byIndex, byCount bool) rewrite.Wrap {
	return rewrite.Answers(rewrite.At("GET", "/"+endpoint), func(r *http.Request, a *rewrite.Answer) {
		all := a.Body.Array("Resources")
		if i, err := strconv.Atoi(r.URL.Query().Get("startIndex")); byIndex && err == nil {
			all = all[min(i-1, len(all)):]
		}
		if n, err := strconv.Atoi(r.URL.Query().Get("count")); byCount && err == nil {
			all = all[:min(n, len(all))]
		}
		a.Body.Set("Resources", all)
	})
}

// sortedByID sorts a list by id if a sortOrder asks for it.
func sortedByID(r *http.Request, a *rewrite.Answer) {
	all := slices.Clone(a.Body.Array("Resources"))
	id := func(v any) string { o, _ := v.(*scim.Object); return o.String("id") }
	switch r.URL.Query().Get("sortOrder") {
	case "ascending":
		slices.SortFunc(all, func(a, b any) int { return strings.Compare(id(a), id(b)) })
	case "descending":
		slices.SortFunc(all, func(a, b any) int { return strings.Compare(id(b), id(a)) })
	}
	a.Body.Set("Resources", all)
}

// isFilteredDiscovery chooses reads of discovery endpoints with a filter.
func isFilteredDiscovery(r *http.Request) bool {
	return r.Method == http.MethodGet && rewrite.IsDiscovery(r) && r.URL.Query().Has("filter")
}

// unfiltered answers a filter on a discovery endpoint with everything.
func unfiltered(endpoint string) rewrite.Wrap {
	return rewrite.Requests(rewrite.At("GET", "/"+endpoint), func(r *http.Request, _ *scim.Object) { r.URL.RawQuery = "" })
}

// pretendingDone answers as if something had been done.
func pretendingDone(method, place string, status int) rewrite.Wrap {
	return rewrite.Handle(rewrite.At(method, place), func(_ http.Handler, r *http.Request) *rewrite.Answer {
		a := &rewrite.Answer{Status: status, Header: http.Header{"Content-Type": {"application/scim+json"}}}
		if status != http.StatusNoContent {
			a.Body = rewrite.BodyOf(r)
		}
		return a
	})
}

// discoveryMeta sets a member of the meta of discovery resources; nil removes it.
func discoveryMeta(endpoint, member string, value any) rewrite.Wrap {
	return rewrite.Shown(rewrite.DiscoveryResource(endpoint), func(o *scim.Object) {
		if value == nil {
			o.Object("meta").Delete(member)
			return
		}
		rewrite.PartOf(o, "meta").Set(member, value)
	})
}

// discoveryAddress edits the addresses that discovery resources show.
func discoveryAddress(endpoint string, edit func(at string) string) rewrite.Wrap {
	return rewrite.EditShown(rewrite.DiscoveryResource(endpoint), "meta/location", rewrite.ToText(edit))
}
