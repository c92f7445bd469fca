package faults

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// serviceRoot are the queries of everything.
var serviceRoot = queries("")

func onlyType(collection string) func(*http.Request, *answer) {
	return func(_ *http.Request, a *answer) {
		kept := []any{}
		for _, o := range a.resources() {
			if o.Object("meta").String("resourceType") == collection {
				kept = append(kept, o)
			}
		}
		a.body.Set("Resources", kept)
		a.body.Set("totalResults", number(len(kept)))
	}
}

func endpointFaults() []Fault {
	return []Fault{
		{"RFC7644-3.4.2.1-01", "the root lists users only", onLists(serviceRoot, onlyType("User"))},
		{"RFC7644-3.4.2.1-01", "the root lists groups only", onLists(serviceRoot, onlyType("Group"))},
		{"RFC7644-3.4.2.1-01", "a search of the root finds users only", onLists(func(r *http.Request) bool { return searches(r) && serviceRoot(r) }, onlyType("User"))},
		{"RFC7644-3.4.2.1-01", "a search of the root finds nothing", onLists(func(r *http.Request) bool { return searches(r) && serviceRoot(r) }, onlyType("nothing"))},
		{"RFC7644-3.4.2.1-01", "totalResults of the root counts users only", onLists(serviceRoot, func(_ *http.Request, a *answer) {
			users := 0
			for _, o := range a.resources() {
				if o.Object("meta").String("resourceType") == "User" {
					users++
				}
			}
			a.body.Set("totalResults", number(users))
		})},
		{"RFC7644-3.4.2.1-01", "the root ignores filters", ahead(serviceRoot, dropFilter)},

		{"RFC7644-3.4.2.1-02", "too many users answer 400 without scimType", everythingRefused(queries("Users"), &scim.Error{Status: 400})},
		{"RFC7644-3.4.2.1-02", "too many users answer 413", everythingRefused(queries("Users"), &scim.Error{Status: 413, ScimType: "tooMany"})},
		{"RFC7644-3.4.2.1-02", "too many users answer 403", everythingRefused(queries("Users"), &scim.Error{Status: 403, ScimType: "tooMany"})},
		{"RFC7644-3.4.2.1-02", "too many users answer 500", everythingRefused(queries("Users"), &scim.Error{Status: 500})},
		{"RFC7644-3.4.2.1-02", "too many groups answer 400 with invalidFilter", everythingRefused(queries("Groups"), &scim.Error{Status: 400, ScimType: "invalidFilter"})},
		{"RFC7644-3.4.2.1-02", "too much at the root answers 500", everythingRefused(serviceRoot, &scim.Error{Status: 500})},
		{"RFC7644-3.4.2.1-02", "too many matches answer 400 without scimType", refusingFilter(queries("Users"), func(text string) bool { return text == "userName pr" }, &scim.Error{Status: 400})},

		{"RFC7644-3.4.2.1-03", "the root refuses an attribute of one type", refusingFilter(serviceRoot, containing("userName"), scim.InvalidFilter("unknown attribute"))},
		{"RFC7644-3.4.2.1-03", "the root refuses an attribute of groups", refusingFilter(serviceRoot, containing("members"), scim.InvalidFilter("unknown attribute"))},
		{"RFC7644-3.4.2.1-03", "an attribute of another type is always true", compared(serviceRoot, func(c filter.Compare) filter.Filter {
			if about(c, "userName") && c.Op == filter.Pr {
				return everybody()
			}
			return c
		})},
		{"RFC7644-3.4.2.1-03", "not is false where an attribute is of another type", rebuilt(serviceRoot, func(f filter.Filter) filter.Filter {
			return filter.And{Left: f, Right: filter.Compare{Path: filter.Path{Attr: "userName"}, Op: filter.Pr}}
		})},
		{"RFC7644-3.4.2.1-03", "groups have no members at the root", compared(serviceRoot, func(c filter.Compare) filter.Filter {
			if about(c, "members") || about(c, "members.value") {
				return nobody()
			}
			return c
		})},

		{"RFC7644-3.4.2.1-04", "meta.resourceType is always true at the root", compared(serviceRoot, func(c filter.Compare) filter.Filter {
			if about(c, "meta.resourceType") {
				return everybody()
			}
			return c
		})},
		{"RFC7644-3.4.2.1-04", "meta.resourceType is never Group", compared(serviceRoot, func(c filter.Compare) filter.Filter {
			if about(c, "meta.resourceType") && c.Value == "Group" {
				return nobody()
			}
			return c
		})},
		{"RFC7644-3.4.2.1-04", "meta.resourceType is the name of the endpoint", compared(serviceRoot, func(c filter.Compare) filter.Filter {
			if v, ok := c.Value.(string); ok && about(c, "meta.resourceType") {
				c.Value = v + "s"
			}
			return c
		})},

		{"RFC7644-3.4.2.1-05", "users are looked for among everything", ahead(at("GET", "/Users"), toRoot)},
		{"RFC7644-3.4.2.1-05", "groups are looked for among everything", ahead(at("GET", "/Groups"), toRoot)},
	}
}

// toRoot sends a query of one type to the root of the service.
func toRoot(r *http.Request) {
	if r.URL.Query().Has("filter") {
		r.URL.Path, r.URL.RawPath = root(r), ""
	}
}

// everythingRefused refuses queries without a filter.
func everythingRefused(chosen when, e *scim.Error) Wrap {
	return answers(chosen, func(r *http.Request, a *answer) {
		if r.Method == http.MethodGet && !r.URL.Query().Has("filter") && len(r.URL.Query()) == 0 {
			a.refuse(e)
		}
	})
}
