package rfc7644

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// filterEndpointFaults violate features/rfc7644/3.4.2.1_endpoints.feature.
func filterEndpointFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.4.2.1-01", "the root lists users only", rewrite.OnPages(serviceRoot, rewrite.OnlyType("User"))},
		{"RFC7644-3.4.2.1-01", "the root lists groups only", rewrite.OnPages(serviceRoot, rewrite.OnlyType("Group"))},
		{"RFC7644-3.4.2.1-01", "a search of the root finds users only", rewrite.OnPages(func(r *http.Request) bool { return rewrite.Searches(r) && serviceRoot(r) }, rewrite.OnlyType("User"))},
		{"RFC7644-3.4.2.1-01", "a search of the root finds nothing", rewrite.OnPages(func(r *http.Request) bool { return rewrite.Searches(r) && serviceRoot(r) }, rewrite.OnlyType("nothing"))},
		{"RFC7644-3.4.2.1-01", "totalResults of the root counts users only", rewrite.OnPages(serviceRoot, func(_ *http.Request, a *rewrite.Answer) {
			users := 0
			for _, o := range a.Resources() {
				if o.Object("meta").String("resourceType") == "User" {
					users++
				}
			}
			a.Body.Set("totalResults", rewrite.Number(users))
		})},
		{"RFC7644-3.4.2.1-01", "the root ignores filters", rewrite.Ahead(serviceRoot, rewrite.OmitFilter)},

		{"RFC7644-3.4.2.1-02", "too many users answer 400 without scimType", everythingRefused(rewrite.Queries("Users"), &scim.Error{Status: 400})},
		{"RFC7644-3.4.2.1-02", "too many users answer 413", everythingRefused(rewrite.Queries("Users"), &scim.Error{Status: 413, ScimType: "tooMany"})},
		{"RFC7644-3.4.2.1-02", "too many users answer 403", everythingRefused(rewrite.Queries("Users"), &scim.Error{Status: 403, ScimType: "tooMany"})},
		{"RFC7644-3.4.2.1-02", "too many users answer 500", everythingRefused(rewrite.Queries("Users"), &scim.Error{Status: 500})},
		{"RFC7644-3.4.2.1-02", "too many groups answer 400 with invalidFilter", everythingRefused(rewrite.Queries("Groups"), &scim.Error{Status: 400, ScimType: "invalidFilter"})},
		{"RFC7644-3.4.2.1-02", "too much at the root answers 500", everythingRefused(serviceRoot, &scim.Error{Status: 500})},
		{"RFC7644-3.4.2.1-02", "too many matches answer 400 without scimType", rewrite.RefuseFilters(rewrite.Queries("Users"), func(text string) bool { return text == "userName pr" }, &scim.Error{Status: 400})},

		{"RFC7644-3.4.2.1-03", "the root refuses an attribute of one type", rewrite.RefuseFilters(serviceRoot, rewrite.Containing("userName"), scim.InvalidFilter("unknown attribute"))},
		{"RFC7644-3.4.2.1-03", "the root refuses an attribute of groups", rewrite.RefuseFilters(serviceRoot, rewrite.Containing("members"), scim.InvalidFilter("unknown attribute"))},
		{"RFC7644-3.4.2.1-03", "an attribute of another type is always true", rewrite.EditComparisons(serviceRoot, func(c filter.Compare) filter.Filter {
			if rewrite.About(c, "userName") && c.Op == filter.Pr {
				return rewrite.Everybody()
			}
			return c
		})},
		{"RFC7644-3.4.2.1-03", "not is false where an attribute is of another type", rewrite.EditFilterTree(serviceRoot, func(f filter.Filter) filter.Filter {
			return filter.And{Left: f, Right: filter.Compare{Path: filter.Path{Attr: "userName"}, Op: filter.Pr}}
		})},
		{"RFC7644-3.4.2.1-03", "groups have no members at the root", rewrite.EditComparisons(serviceRoot, func(c filter.Compare) filter.Filter {
			if rewrite.About(c, "members") || rewrite.About(c, "members.value") {
				return rewrite.Nobody()
			}
			return c
		})},

		{"RFC7644-3.4.2.1-04", "meta.resourceType is always true at the root", rewrite.EditComparisons(serviceRoot, func(c filter.Compare) filter.Filter {
			if rewrite.About(c, "meta.resourceType") {
				return rewrite.Everybody()
			}
			return c
		})},
		{"RFC7644-3.4.2.1-04", "meta.resourceType is never Group", rewrite.EditComparisons(serviceRoot, func(c filter.Compare) filter.Filter {
			if rewrite.About(c, "meta.resourceType") && c.Value == "Group" {
				return rewrite.Nobody()
			}
			return c
		})},
		{"RFC7644-3.4.2.1-04", "meta.resourceType is the name of the endpoint", rewrite.EditComparisons(serviceRoot, func(c filter.Compare) filter.Filter {
			if v, ok := c.Value.(string); ok && rewrite.About(c, "meta.resourceType") {
				c.Value = v + "s"
			}
			return c
		})},

		{"RFC7644-3.4.2.1-05", "users are looked for among everything", rewrite.Ahead(rewrite.At("GET", "/Users"), toRoot)},
		{"RFC7644-3.4.2.1-05", "groups are looked for among everything", rewrite.Ahead(rewrite.At("GET", "/Groups"), toRoot)},
	}
}

// serviceRoot are the queries of everything.
var serviceRoot = rewrite.Queries("")

// toRoot sends a query of one type to the root of the service.
func toRoot(r *http.Request) {
	if r.URL.Query().Has("filter") {
		r.URL.Path, r.URL.RawPath = rewrite.Root(r), ""
	}
}

// everythingRefused refuses queries without a filter.
func everythingRefused(chosen rewrite.When, e *scim.Error) rewrite.Wrap {
	return rewrite.Answers(chosen, func(r *http.Request, a *rewrite.Answer) {
		if r.Method == http.MethodGet && !r.URL.Query().Has("filter") && len(r.URL.Query()) == 0 {
			a.Refuse(e)
		}
	})
}
