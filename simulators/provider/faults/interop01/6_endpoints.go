package interop01

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// endpointsFaults violate features/interop01/6_endpoints.feature.
func endpointsFaults() rewrite.Table {
	byIndex := rewrite.EditParameters(rewrite.Queries(), rewrite.OmitParameters("startIndex", "count"))
	return rewrite.Table{
		{"INTEROP01-6.1-01", "the endpoint of groups is not there", rewrite.RefuseAll(rewrite.ListsGroups, scim.NotFound("", ""))},
		{"INTEROP01-6.1-01", "two types have one endpoint", rewrite.Shown(rewrite.DiscoveryResource("ResourceTypes"), rewrite.Setting("endpoint", "/Users"))},

		{"INTEROP01-6.1-02", "groups are listed among the users", rewrite.AnswersWith(rewrite.ListsUsers, func(next http.Handler, r *http.Request, a *rewrite.Answer) {
			if a.OK() && a.Body != nil {
				a.List(append(a.Body.Array("Resources"), rewrite.Ask(next, r, http.MethodGet, "Groups?count=200", nil).Body.Array("Resources")...))
			}
		})},
		{"INTEROP01-6.1-02", "groups are read among the users", foundElsewhere("/Users/*", func(_ http.Handler, _ *http.Request, name string) string {
			return "Groups/" + url.PathEscape(name)
		})},

		{"INTEROP01-6.1-04", "users are not read by their id", rewrite.RefuseAll(rewrite.At("GET", "/Users/*"), scim.NotFound("User", ""))},
		{"INTEROP01-6.1-04", "groups have another address", rewrite.EditShown(rewrite.AGroup, "meta/location", rewrite.ToText(func(s string) string { return s + "/view" }))},

		{"INTEROP01-6.1-05", "users are read by their userName", foundElsewhere("/Users/*", foundBy("Users", "userName"))},
		{"INTEROP01-6.1-05", "users are read by their externalId", foundElsewhere("/Users/*", foundBy("Users", "externalId"))},
		{"INTEROP01-6.1-05", "groups are read by their displayName", foundElsewhere("/Groups/*", foundBy("Groups", "displayName"))},

		{"INTEROP01-6.2-01", "the configuration is XML", rewrite.Answers(rewrite.At("GET", "/ServiceProviderConfig"), func(_ *http.Request, a *rewrite.Answer) {
			a.Body, a.Raw = nil, []byte("<ServiceProviderConfig/>")
		})},
		{"INTEROP01-6.2-01", "a refusal is a page", rewrite.OnStatus(rewrite.Anywhere, http.StatusNotFound, func(_ *http.Request, a *rewrite.Answer) {
			a.Body, a.Raw = nil, []byte("<html><body>Not Found</body></html>")
		})},

		{"INTEROP01-6.2-02", "bodies are application/json", rewrite.SetContentType(rewrite.Anywhere, "application/json")},
		{"INTEROP01-6.2-02", "errors are application/problem+json", rewrite.OnErrors(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
			a.Header.Set("Content-Type", "application/problem+json")
		})},

		{"INTEROP01-6.3-01", "filters are not declared", rewrite.SetConfig("filter", "supported", false)},
		{"INTEROP01-6.3-01", "filters are ignored", rewrite.EditParameters(rewrite.Queries(), rewrite.OmitParameters("filter"))},

		{"INTEROP01-6.3-02", "of two conditions the first counts", rewrite.EditFilter(rewrite.ListsUsers, rewrite.FirstCondition)},
		{"INTEROP01-6.3-02", "and is refused", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing(" and "), scim.InvalidFilter("one condition at a time"))},
		{"INTEROP01-6.3-02", "eq is ignored at groups", rewrite.EditParameters(rewrite.Queries("Groups"), rewrite.OmitParameters("filter"))},

		{"INTEROP01-6.3-03", "an undefined attribute finds nothing", rewrite.TakeBadFilters(rewrite.Queries(), false)},
		{"INTEROP01-6.3-03", "an undefined attribute finds everything", rewrite.TakeBadFilters(rewrite.Queries(), true)},
		{"INTEROP01-6.3-03", "an undefined attribute finds nothing at groups", rewrite.TakeBadFilters(rewrite.Queries("Groups"), false)},
		{"INTEROP01-6.3-03", "the refusal has the scimType invalidPath", rewrite.ErrorBecomes(rewrite.Queries(), "invalidFilter", scim.InvalidPath("no such attribute"))},

		{"INTEROP01-6.4-01", "there are no pages at all", rewrite.InTurn(rewrite.SetConfig("pagination", "cursor", false), byIndex)},
		{"INTEROP01-6.4-01", "groups have no pages at all", rewrite.InTurn(rewrite.SetConfig("pagination", "cursor", false),
			rewrite.EditParameters(rewrite.Queries("Groups"), rewrite.OmitParameters("startIndex", "count")))},
		{"INTEROP01-6.4-01", "pages by cursor are announced, and there are none", rewrite.EditParameters(rewrite.Queries(), rewrite.OmitParameters("startIndex", "count", "cursor"))},

		{"INTEROP01-6.4-02", "a page holds fifty by default", rewrite.EditParameters(rewrite.Queries().And(rewrite.Lacks("count")), rewrite.SetParameter("count", "50"))},

		{"INTEROP01-6.4-03", "a page holds fifty at most", rewrite.EditParameters(rewrite.Queries(), rewrite.EditNumber("count", func(n int) int { return min(n, 50) }))},
		{"INTEROP01-6.4-03", "a page holds 99 at most", rewrite.EditParameters(rewrite.Queries(), rewrite.EditNumber("count", func(n int) int { return min(n, 99) }))},

		{"INTEROP01-6.4-04", "no limit is announced", rewrite.EditConfig(func(o *scim.Object) {
			rewrite.PartOf(o, "filter").Set("maxResults", rewrite.Number(0))
			o.Object("pagination").Delete("maxPageSize")
		})},

		{"INTEROP01-6.4-05", "a page has more resources than the limit", rewrite.SetConfig("filter", "maxResults", rewrite.Number(2))},
	}
}

// foundElsewhere reads, where there is nothing with this id, what another path leads to; "" if
// to nothing.
func foundElsewhere(place string, path func(next http.Handler, r *http.Request, name string) string) rewrite.Wrap {
	return rewrite.AnswersWith(rewrite.At("GET", place), func(next http.Handler, r *http.Request, a *rewrite.Answer) {
		if a.Status != http.StatusNotFound {
			return
		}
		if other := path(next, r, rewrite.Segments(r)[1]); other != "" {
			*a = *rewrite.Ask(next, r, http.MethodGet, other, nil)
		}
	})
}

// foundBy is the path of the resource whose attribute has this value.
func foundBy(collection, attribute string) func(next http.Handler, r *http.Request, name string) string {
	return func(next http.Handler, r *http.Request, name string) string {
		query := url.Values{"filter": {attribute + " eq " + strconv.Quote(name)}}
		for _, o := range rewrite.Ask(next, r, http.MethodGet, collection+"?"+query.Encode(), nil).Resources() {
			return collection + "/" + url.PathEscape(o.String("id"))
		}
		return ""
	}
}
