package faults

import (
	"encoding/json"
	"net/http"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// queryFaults are about the list as a message, and about where it is asked for.
func queryFaults() []Fault {
	return slices.Concat(listFaults(), pageMemberFaults(), endpointFaults())
}

// onLists rewrites the list that answers a query.
func onLists(chosen when, edit func(r *http.Request, a *answer)) Wrap {
	return answers(chosen, func(r *http.Request, a *answer) {
		if a.ok() && a.body != nil {
			edit(r, a)
		}
	})
}

func totalOf(a *answer) int {
	l, err := scim.ParseList(a.body)
	if err != nil {
		return 0
	}
	return l.TotalResults
}

// lackingMember and withMember change one member of a list.
func lackingMember(name string) func(*http.Request, *answer) {
	return func(_ *http.Request, a *answer) { a.body.Delete(name) }
}

func withMember(name string, value any) func(*http.Request, *answer) {
	return func(_ *http.Request, a *answer) { a.body.Set(name, value) }
}

// havingMatches restricts an edit to lists with so many matches.
func havingMatches(matches func(n int) bool, edit func(*http.Request, *answer)) func(*http.Request, *answer) {
	return func(r *http.Request, a *answer) {
		if matches(totalOf(a)) {
			edit(r, a)
		}
	}
}

func noMatch(n int) bool  { return n == 0 }
func oneMatch(n int) bool { return n == 1 }

// emptyRefused answers an empty list with an error.
func emptyRefused(chosen when, e *scim.Error) Wrap {
	return onLists(chosen, havingMatches(noMatch, func(_ *http.Request, a *answer) { a.refuse(e) }))
}

func listFaults() []Fault {
	return []Fault{
		{"RFC7644-3.4.2-01", "a list of users has no schemas", onLists(queries("Users"), lackingMember("schemas"))},
		{"RFC7644-3.4.2-01", "a list of groups has no schemas", onLists(queries("Groups"), lackingMember("schemas"))},
		{"RFC7644-3.4.2-01", "a list names the schema of SCIM 1.1", onLists(queries(), withMember("schemas", []any{"urn:scim:schemas:core:1.0"}))},
		{"RFC7644-3.4.2-01", "a list names the schema of what is in it", onLists(queries("Users"), withMember("schemas", []any{scim.UserURN}))},
		{"RFC7644-3.4.2-01", "an empty list has no schemas", onLists(queries(), havingMatches(noMatch, lackingMember("schemas")))},
		{"RFC7644-3.4.2-01", "a list with one resource has no schemas", onLists(queries(), havingMatches(oneMatch, lackingMember("schemas")))},
		{"RFC7644-3.4.2-01", "the answer to a search is named a search request", onLists(searches, withMember("schemas", []any{scim.SearchRequestURN}))},

		{"RFC7644-3.4.2-02", "totalResults is a string", onLists(queries(), func(_ *http.Request, a *answer) {
			a.body.Set("totalResults", string(number(totalOf(a))))
		})},
		{"RFC7644-3.4.2-02", "totalResults of groups is a string", onLists(queries("Groups"), func(_ *http.Request, a *answer) {
			a.body.Set("totalResults", string(number(totalOf(a))))
		})},
		{"RFC7644-3.4.2-02", "totalResults is missing", onLists(queries(), lackingMember("totalResults"))},
		{"RFC7644-3.4.2-02", "totalResults counts the page", onLists(queries(), func(_ *http.Request, a *answer) {
			a.body.Set("totalResults", number(len(a.body.Array("Resources"))))
		})},
		{"RFC7644-3.4.2-02", "totalResults is one too many", onLists(queries(), func(_ *http.Request, a *answer) {
			a.body.Set("totalResults", number(totalOf(a)+1))
		})},
		{"RFC7644-3.4.2-02", "totalResults of groups is one too few", onLists(queries("Groups"), func(_ *http.Request, a *answer) {
			a.body.Set("totalResults", number(max(totalOf(a)-1, 0)))
		})},
		{"RFC7644-3.4.2-02", "totalResults counts what is left from startIndex on", onLists(queries(), func(r *http.Request, a *answer) {
			if r.URL.Query().Has("startIndex") {
				a.body.Set("totalResults", number(len(a.body.Array("Resources"))))
			}
		})},
		{"RFC7644-3.4.2-02", "totalResults ignores the filter", func(next http.Handler) http.Handler {
			return answers(queries("Users"), func(r *http.Request, a *answer) {
				if a.ok() {
					a.body.Set("totalResults", number(totalOf(ask(next, r, http.MethodGet, "Users?count=0", nil))))
				}
			})(next)
		}},
		{"RFC7644-3.4.2-02", "totalResults of a search is 0", onLists(searches, withMember("totalResults", number(0)))},

		{"RFC7644-3.4.2-03", "a single match is an object and no array", onLists(queries(), havingMatches(oneMatch, unwrapped))},
		{"RFC7644-3.4.2-03", "a single group is an object and no array", onLists(queries("Groups"), havingMatches(oneMatch, unwrapped))},
		{"RFC7644-3.4.2-03", "a single match of a search is an object and no array", onLists(searches, havingMatches(oneMatch, unwrapped))},
		{"RFC7644-3.4.2-03", "Resources is missing", onLists(queries(), lackingMember("Resources"))},
		{"RFC7644-3.4.2-03", "Resources of groups is missing", onLists(queries("Groups"), lackingMember("Resources"))},
		{"RFC7644-3.4.2-03", "Resources is called Resource", onLists(queries(), func(_ *http.Request, a *answer) {
			v, _ := a.body.Get("Resources")
			a.body.Delete("Resources")
			a.body.Set("Resource", v)
		})},
		{"RFC7644-3.4.2-03", "Resources is an object by id", onLists(queries(), func(_ *http.Request, a *answer) {
			byID := scim.NewObject()
			for _, o := range a.resources() {
				byID.Set(o.String("id"), o)
			}
			a.body.Set("Resources", byID)
		})},
		{"RFC7644-3.4.2-03", "Resources is null where no filter was sent", onLists(queries(), func(r *http.Request, a *answer) {
			if !r.URL.Query().Has("filter") {
				a.body.Set("Resources", nil)
			}
		})},

		{"RFC7644-3.4.2-07", "no match answers 404", emptyRefused(queries(), scim.NotFound("", ""))},
		{"RFC7644-3.4.2-07", "no group answers 404", emptyRefused(queries("Groups"), scim.NotFound("", ""))},
		{"RFC7644-3.4.2-07", "no match of a search answers 404", emptyRefused(searches, scim.NotFound("", ""))},
		{"RFC7644-3.4.2-07", "no match answers 400", emptyRefused(queries("Users"), scim.InvalidFilter("nobody matches"))},
		{"RFC7644-3.4.2-07", "no match answers 204", onLists(queries(), havingMatches(noMatch, func(_ *http.Request, a *answer) {
			*a = answer{status: http.StatusNoContent, header: http.Header{}}
		}))},
		{"RFC7644-3.4.2-07", "no match counts one", onLists(queries(), havingMatches(noMatch, withMember("totalResults", number(1))))},
		{"RFC7644-3.4.2-07", "no match shows an empty resource", onLists(queries(), havingMatches(noMatch, withMember("Resources", []any{scim.NewObject()})))},
		{"RFC7644-3.4.2-07", "an id that does not exist answers 404", refusingFilter(queries(), containing("id eq", "no-id"), scim.NotFound("", ""))},

		{"RFC7644-3.4.2-08", "an unknown parameter is refused", unknownParameter(queries(), parameterRefused)},
		{"RFC7644-3.4.2-08", "an unknown parameter is refused on groups", unknownParameter(queries("Groups"), parameterRefused)},
		{"RFC7644-3.4.2-08", "an unknown parameter is refused beside a filter", unknownParameter(func(r *http.Request) bool {
			return queries("Users")(r) && r.URL.Query().Has("filter")
		}, parameterRefused)},
		{"RFC7644-3.4.2-08", "an unknown parameter empties the list", unknownParameter(queries("Users"), func(_ *http.Request, a *answer) {
			a.body.Set("totalResults", number(0))
			a.body.Delete("Resources")
		})},

		{"RFC7644-3.4.2-09", "resources in lists have no id", shown(queries(), func(o *scim.Object) { o.Delete("id") })},
		{"RFC7644-3.4.2-09", "groups in lists have no id", shown(queries("Groups"), func(o *scim.Object) { o.Delete("id") })},
		{"RFC7644-3.4.2-09", "users in lists have no userName", shown(queries("Users"), func(o *scim.Object) { o.Delete("userName") })},
		{"RFC7644-3.4.2-09", "groups in lists have no name", shown(queries("Groups"), func(o *scim.Object) { o.Delete("displayName") })},
		{"RFC7644-3.4.2-09", "resources in lists have no meta", shown(queries(), func(o *scim.Object) { o.Delete("meta") })},
		{"RFC7644-3.4.2-09", "lists show only ids", onLists(queries(), func(_ *http.Request, a *answer) {
			var ids []any
			for _, o := range a.resources() {
				ids = append(ids, scim.NewObject(scim.Member{Name: "id", Value: o.String("id")}))
			}
			a.body.Set("Resources", ids)
		})},
		{"RFC7644-3.4.2-09", "what matches both sides of or is shown twice", asked(queries(), func(_ http.Handler, _ *http.Request, text string, a *answer) {
			if containing(" or ")(text) && a.ok() {
				a.body.Set("Resources", append(a.body.Array("Resources"), a.body.Array("Resources")...))
			}
		})},
	}
}

func unwrapped(_ *http.Request, a *answer) {
	if list := a.body.Array("Resources"); len(list) == 1 {
		a.body.Set("Resources", list[0])
	}
}

func parameterRefused(_ *http.Request, a *answer) {
	a.refuse(scim.InvalidValue("the parameter is unknown"))
}

var knownParameters = []string{"filter", "sortBy", "sortOrder", "startIndex", "count", "attributes", "excludedAttributes", "cursor"}

func unknownParameter(chosen when, edit func(*http.Request, *answer)) Wrap {
	return answers(chosen, func(r *http.Request, a *answer) {
		for name := range r.URL.Query() {
			if !slices.Contains(knownParameters, name) {
				edit(r, a)
				return
			}
		}
	})
}

func pageMemberFaults() []Fault {
	return []Fault{
		{"RFC7644-3.4.2-04", "a page has no startIndex", onLists(queries(), lackingMember("startIndex"))},
		{"RFC7644-3.4.2-04", "a page has no itemsPerPage", onLists(queries(), lackingMember("itemsPerPage"))},
		{"RFC7644-3.4.2-04", "a page of groups has neither", onLists(queries("Groups"), func(_ *http.Request, a *answer) {
			a.body.Delete("startIndex")
			a.body.Delete("itemsPerPage")
		})},
		{"RFC7644-3.4.2-04", "the first page has no startIndex", onLists(queries(), func(r *http.Request, a *answer) {
			if !r.URL.Query().Has("startIndex") {
				a.body.Delete("startIndex")
			}
		})},
		{"RFC7644-3.4.2-04", "a later page has no itemsPerPage", onLists(queries(), func(r *http.Request, a *answer) {
			if r.URL.Query().Has("startIndex") {
				a.body.Delete("itemsPerPage")
			}
		})},
		{"RFC7644-3.4.2-04", "startIndex is a string", onLists(queries(), withMember("startIndex", "1"))},
		{"RFC7644-3.4.2-05", "itemsPerPage is the number of all matches", onLists(queries(), func(_ *http.Request, a *answer) {
			a.body.Set("itemsPerPage", number(totalOf(a)))
		})},
		{"RFC7644-3.4.2-05", "itemsPerPage is the count that was asked for", onLists(queries(), func(r *http.Request, a *answer) {
			if count := r.URL.Query().Get("count"); count != "" {
				a.body.Set("itemsPerPage", json.Number(count))
			}
		})},
		{"RFC7644-3.4.2-05", "itemsPerPage is always 100", onLists(queries(), withMember("itemsPerPage", number(100)))},
		{"RFC7644-3.4.2-05", "itemsPerPage is one too many on groups", onLists(queries("Groups"), func(_ *http.Request, a *answer) {
			a.body.Set("itemsPerPage", number(len(a.body.Array("Resources"))+1))
		})},
		{"RFC7644-3.4.2-05", "itemsPerPage is 0", onLists(queries(), withMember("itemsPerPage", number(0)))},
		{"RFC7644-3.4.2-06", "startIndex is always 1", onLists(queries(), withMember("startIndex", number(1)))},
		{"RFC7644-3.4.2-06", "startIndex counts from 0", onLists(queries(), func(_ *http.Request, a *answer) {
			if l, err := scim.ParseList(a.body); err == nil {
				a.body.Set("startIndex", number(l.StartIndex-1))
			}
		})},
		{"RFC7644-3.4.2-06", "startIndex is always 1 on groups", onLists(queries("Groups"), withMember("startIndex", number(1)))},
		{"RFC7644-3.4.2-06", "startIndex is that of the next page", onLists(queries(), func(_ *http.Request, a *answer) {
			if l, err := scim.ParseList(a.body); err == nil {
				a.body.Set("startIndex", number(l.StartIndex+len(l.Resources)))
			}
		})},
	}
}
