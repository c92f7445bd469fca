package rfc7644

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// queryFaults violate features/rfc7644/3.4.2_query.feature.
func queryFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.4.2-01", "a list of users has no schemas", rewrite.OnPages(rewrite.Queries("Users"), rewrite.SetMember("schemas", nil))},
		{"RFC7644-3.4.2-01", "a list of groups has no schemas", rewrite.OnPages(rewrite.Queries("Groups"), rewrite.SetMember("schemas", nil))},
		{"RFC7644-3.4.2-01", "a list names the schema of SCIM 1.1", rewrite.OnPages(rewrite.Queries(), rewrite.SetMember("schemas", []any{"urn:scim:schemas:core:1.0"}))},
		{"RFC7644-3.4.2-01", "a list names the schema of its resources", rewrite.OnPages(rewrite.Queries("Users"), rewrite.SetMember("schemas", []any{scim.UserURN}))},
		{"RFC7644-3.4.2-01", "an empty list has no schemas", rewrite.OnPages(rewrite.Queries(), havingMatches(noMatch, rewrite.SetMember("schemas", nil)))},
		{"RFC7644-3.4.2-01", "a list with one resource has no schemas", rewrite.OnPages(rewrite.Queries(), havingMatches(oneMatch, rewrite.SetMember("schemas", nil)))},
		{"RFC7644-3.4.2-01", "the answer to a search is named a search request", rewrite.OnPages(rewrite.Searches, rewrite.SetMember("schemas", []any{scim.SearchRequestURN}))},

		{"RFC7644-3.4.2-02", "totalResults is a string", rewrite.OnPages(rewrite.Queries(), func(_ *http.Request, a *rewrite.Answer) {
			a.Body.Set("totalResults", string(rewrite.Number(rewrite.WholeOf(a))))
		})},
		{"RFC7644-3.4.2-02", "totalResults of groups is a string", rewrite.OnPages(rewrite.Queries("Groups"), func(_ *http.Request, a *rewrite.Answer) {
			a.Body.Set("totalResults", string(rewrite.Number(rewrite.WholeOf(a))))
		})},
		{"RFC7644-3.4.2-02", "totalResults is missing", rewrite.OnPages(rewrite.Queries(), rewrite.SetMember("totalResults", nil))},
		{"RFC7644-3.4.2-02", "users are listed only where a page or a filter is asked for", rewrite.Answers(rewrite.ByGet("Users").And(asksForNothing), listsNobody)},
		{"RFC7644-3.4.2-02", "groups are listed only where a page or a filter is asked for", rewrite.Answers(rewrite.ByGet("Groups").And(asksForNothing), listsNobody)},
		{"RFC7644-3.4.2-02", "totalResults counts the page", rewrite.OnPages(rewrite.Queries(), func(_ *http.Request, a *rewrite.Answer) {
			a.Body.Set("totalResults", rewrite.Number(len(a.Body.Array("Resources"))))
		})},
		{"RFC7644-3.4.2-02", "totalResults is one too many", rewrite.OnPages(rewrite.Queries(), func(_ *http.Request, a *rewrite.Answer) {
			a.Body.Set("totalResults", rewrite.Number(rewrite.WholeOf(a)+1))
		})},
		{"RFC7644-3.4.2-02", "totalResults of groups is one too few", rewrite.OnPages(rewrite.Queries("Groups"), func(_ *http.Request, a *rewrite.Answer) {
			a.Body.Set("totalResults", rewrite.Number(max(rewrite.WholeOf(a)-1, 0)))
		})},
		{"RFC7644-3.4.2-02", "totalResults counts the resources from startIndex on", rewrite.OnPages(rewrite.Queries(), func(r *http.Request, a *rewrite.Answer) {
			if r.URL.Query().Has("startIndex") {
				a.Body.Set("totalResults", rewrite.Number(len(a.Body.Array("Resources"))))
			}
		})},
		{"RFC7644-3.4.2-02", "totalResults ignores the filter", rewrite.AnswersWith(rewrite.Queries("Users"), func(next http.Handler, r *http.Request, a *rewrite.Answer) {
			if a.OK() {
				a.Body.Set("totalResults", rewrite.Number(rewrite.WholeOf(rewrite.Ask(next, r, http.MethodGet, "Users?count=0", nil))))
			}
		})},
		{"RFC7644-3.4.2-02", "totalResults of a search is 0", rewrite.OnPages(rewrite.Searches, rewrite.SetMember("totalResults", rewrite.Number(0)))},

		{"RFC7644-3.4.2-03", "a single match is an object and no array", rewrite.OnPages(rewrite.Queries(), havingMatches(oneMatch, unwrapped))},
		{"RFC7644-3.4.2-03", "a single group is an object and no array", rewrite.OnPages(rewrite.Queries("Groups"), havingMatches(oneMatch, unwrapped))},
		{"RFC7644-3.4.2-03", "a single match of a search is an object and no array", rewrite.OnPages(rewrite.Searches, havingMatches(oneMatch, unwrapped))},
		{"RFC7644-3.4.2-03", "Resources is missing", rewrite.OnPages(rewrite.Queries(), rewrite.SetMember("Resources", nil))},
		{"RFC7644-3.4.2-03", "Resources of groups is missing", rewrite.OnPages(rewrite.Queries("Groups"), rewrite.SetMember("Resources", nil))},
		{"RFC7644-3.4.2-03", "Resources is called Resource", rewrite.OnPages(rewrite.Queries(), func(_ *http.Request, a *rewrite.Answer) {
			v, _ := a.Body.Get("Resources")
			a.Body.Delete("Resources")
			a.Body.Set("Resource", v)
		})},
		{"RFC7644-3.4.2-03", "Resources is an object by id", rewrite.OnPages(rewrite.Queries(), func(_ *http.Request, a *rewrite.Answer) {
			byID := scim.NewObject()
			for _, o := range a.Resources() {
				byID.Set(o.String("id"), o)
			}
			a.Body.Set("Resources", byID)
		})},
		{"RFC7644-3.4.2-03", "Resources is null where no filter was sent", rewrite.OnPages(rewrite.Queries(), func(r *http.Request, a *rewrite.Answer) {
			if !r.URL.Query().Has("filter") {
				a.Body.Set("Resources", nil)
			}
		})},

		{"RFC7644-3.4.2-04", "a page has no startIndex", rewrite.OnPages(rewrite.Queries(), rewrite.SetMember("startIndex", nil))},
		{"RFC7644-3.4.2-04", "a page has no itemsPerPage", rewrite.OnPages(rewrite.Queries(), rewrite.SetMember("itemsPerPage", nil))},
		{"RFC7644-3.4.2-04", "a page of groups has neither", rewrite.OnPages(rewrite.Queries("Groups"), func(_ *http.Request, a *rewrite.Answer) {
			a.Body.Delete("startIndex")
			a.Body.Delete("itemsPerPage")
		})},
		{"RFC7644-3.4.2-04", "the first page has no startIndex", rewrite.OnPages(rewrite.Queries(), func(r *http.Request, a *rewrite.Answer) {
			if !r.URL.Query().Has("startIndex") {
				a.Body.Delete("startIndex")
			}
		})},
		{"RFC7644-3.4.2-04", "a later page has no itemsPerPage", rewrite.OnPages(rewrite.Queries(), func(r *http.Request, a *rewrite.Answer) {
			if r.URL.Query().Has("startIndex") {
				a.Body.Delete("itemsPerPage")
			}
		})},
		{"RFC7644-3.4.2-04", "startIndex is a string", rewrite.OnPages(rewrite.Queries(), rewrite.SetMember("startIndex", "1"))},

		{"RFC7644-3.4.2-05", "itemsPerPage is the number of all matches", rewrite.OnPages(rewrite.Queries(), func(_ *http.Request, a *rewrite.Answer) {
			a.Body.Set("itemsPerPage", rewrite.Number(rewrite.WholeOf(a)))
		})},
		{"RFC7644-3.4.2-05", "itemsPerPage is the count that was asked for", rewrite.OnPages(rewrite.Queries(), func(r *http.Request, a *rewrite.Answer) {
			if count := r.URL.Query().Get("count"); count != "" {
				a.Body.Set("itemsPerPage", json.Number(count))
			}
		})},
		{"RFC7644-3.4.2-05", "itemsPerPage is always 100", rewrite.OnPages(rewrite.Queries(), rewrite.SetMember("itemsPerPage", rewrite.Number(100)))},
		{"RFC7644-3.4.2-05", "itemsPerPage is one too many on groups", rewrite.OnPages(rewrite.Queries("Groups"), func(_ *http.Request, a *rewrite.Answer) {
			a.Body.Set("itemsPerPage", rewrite.Number(len(a.Body.Array("Resources"))+1))
		})},
		{"RFC7644-3.4.2-05", "itemsPerPage is 0", rewrite.OnPages(rewrite.Queries(), rewrite.SetMember("itemsPerPage", rewrite.Number(0)))},

		{"RFC7644-3.4.2-06", "startIndex is always 1", rewrite.OnPages(rewrite.Queries(), rewrite.SetMember("startIndex", rewrite.Number(1)))},
		{"RFC7644-3.4.2-06", "startIndex counts from 0", rewrite.OnPages(rewrite.Queries(), func(_ *http.Request, a *rewrite.Answer) {
			if l, err := scim.ParseList(a.Body); err == nil {
				a.Body.Set("startIndex", rewrite.Number(l.StartIndex-1))
			}
		})},
		{"RFC7644-3.4.2-06", "startIndex is always 1 on groups", rewrite.OnPages(rewrite.Queries("Groups"), rewrite.SetMember("startIndex", rewrite.Number(1)))},
		{"RFC7644-3.4.2-06", "startIndex is that of the next page", rewrite.OnPages(rewrite.Queries(), func(_ *http.Request, a *rewrite.Answer) {
			if l, err := scim.ParseList(a.Body); err == nil {
				a.Body.Set("startIndex", rewrite.Number(l.StartIndex+len(l.Resources)))
			}
		})},

		{"RFC7644-3.4.2-07", "no match answers 404", emptyRefused(rewrite.Queries(), scim.NotFound("", ""))},
		{"RFC7644-3.4.2-07", "no group answers 404", emptyRefused(rewrite.Queries("Groups"), scim.NotFound("", ""))},
		{"RFC7644-3.4.2-07", "no match of a search answers 404", emptyRefused(rewrite.Searches, scim.NotFound("", ""))},
		{"RFC7644-3.4.2-07", "no match answers 400", emptyRefused(rewrite.Queries("Users"), scim.InvalidFilter("nobody matches"))},
		{"RFC7644-3.4.2-07", "no match answers 204", rewrite.OnPages(rewrite.Queries(), havingMatches(noMatch, func(_ *http.Request, a *rewrite.Answer) {
			*a = *rewrite.NewAnswer(http.StatusNoContent, nil)
		}))},
		{"RFC7644-3.4.2-07", "no match counts one", rewrite.OnPages(rewrite.Queries(), havingMatches(noMatch, rewrite.SetMember("totalResults", rewrite.Number(1))))},
		{"RFC7644-3.4.2-07", "no match shows an empty resource", rewrite.OnPages(rewrite.Queries(), havingMatches(noMatch, rewrite.SetMember("Resources", []any{scim.NewObject()})))},
		{"RFC7644-3.4.2-07", "an id that does not exist answers 404", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing("id eq", "no-id"), scim.NotFound("", ""))},

		{"RFC7644-3.4.2-08", "an unknown parameter is refused", unknownParameter(rewrite.Queries(), parameterRefused)},
		{"RFC7644-3.4.2-08", "an unknown parameter is refused on groups", unknownParameter(rewrite.Queries("Groups"), parameterRefused)},
		{"RFC7644-3.4.2-08", "an unknown parameter is refused beside a filter", unknownParameter(func(r *http.Request) bool {
			return rewrite.Queries("Users")(r) && r.URL.Query().Has("filter")
		}, parameterRefused)},
		{"RFC7644-3.4.2-08", "an unknown parameter empties the list", unknownParameter(rewrite.Queries("Users"), func(_ *http.Request, a *rewrite.Answer) {
			a.Body.Set("totalResults", rewrite.Number(0))
			a.Body.Delete("Resources")
		})},

		{"RFC7644-3.4.2-09", "a user is listed once for each e-mail address that a filter looks into", fansOut(rewrite.Queries("Users"), "emails", true)},
		{"RFC7644-3.4.2-09", "a user is counted once for each e-mail address that a filter looks into", fansOut(rewrite.Queries("Users"), "emails", false)},
		{"RFC7644-3.4.2-09", "a user is listed once for each e-mail address in searches", fansOut(rewrite.ByPost("Users"), "emails", true)},
		{"RFC7644-3.4.2-09", "a user is listed once for each e-mail address in brackets", fansOut(rewrite.Queries("Users").And(rewrite.Says("filter", "emails[")), "emails", true)},
		{"RFC7644-3.4.2-09", "a group is listed once for each member that a filter looks into", fansOut(rewrite.Queries("Groups"), "members", true)},
		{"RFC7644-3.4.2-09", "lists have no externalId", rewrite.Shown(rewrite.ByGet("Users"), rewrite.DropMembers("externalId"))},
		{"RFC7644-3.4.2-09", "lists without a filter have no externalId", rewrite.Shown(rewrite.ByGet("Users").And(rewrite.Lacks("filter")), rewrite.DropMembers("externalId"))},
		{"RFC7644-3.4.2-09", "searches have no externalId", rewrite.Shown(rewrite.ByPost("Users"), rewrite.DropMembers("externalId"))},
		{"RFC7644-3.4.2-09", "lists have no extension", rewrite.Shown(rewrite.ByGet("Users"), rewrite.DropMembers(scim.EnterpriseURN))},
		{"RFC7644-3.4.2-09", "lists show one e-mail address of each user", rewrite.Shown(rewrite.ByGet("Users"), rewrite.Part("emails", rewrite.OnList(rewrite.First)))},
		{"RFC7644-3.4.2-09", "lists show groups without members", rewrite.Shown(rewrite.ByGet("Groups"), rewrite.DropMembers("members"))},
		{"RFC7644-3.4.2-09", "lists without a filter show groups without members", rewrite.Shown(rewrite.ByGet("Groups").And(rewrite.Lacks("filter")), rewrite.DropMembers("members"))},
		{"RFC7644-3.4.2-09", "resources in lists have no id", rewrite.Shown(rewrite.Queries(), func(o *scim.Object) { o.Delete("id") })},
		{"RFC7644-3.4.2-09", "groups in lists have no id", rewrite.Shown(rewrite.Queries("Groups"), func(o *scim.Object) { o.Delete("id") })},
		{"RFC7644-3.4.2-09", "users in lists have no userName", rewrite.Shown(rewrite.Queries("Users"), func(o *scim.Object) { o.Delete("userName") })},
		{"RFC7644-3.4.2-09", "groups in lists have no name", rewrite.Shown(rewrite.Queries("Groups"), func(o *scim.Object) { o.Delete("displayName") })},
		{"RFC7644-3.4.2-09", "resources in lists have no meta", rewrite.Shown(rewrite.Queries(), func(o *scim.Object) { o.Delete("meta") })},
		{"RFC7644-3.4.2-09", "lists show only ids", rewrite.OnPages(rewrite.Queries(), func(_ *http.Request, a *rewrite.Answer) {
			var ids []any
			for _, o := range a.Resources() {
				ids = append(ids, scim.NewObject(scim.Member{Name: "id", Value: o.String("id")}))
			}
			a.Body.Set("Resources", ids)
		})},
		{"RFC7644-3.4.2-09", "resources that match both sides of or are shown twice", rewrite.FilterAnswers(rewrite.Queries(), func(_ http.Handler, _ *http.Request, text string, a *rewrite.Answer) {
			if rewrite.Containing(" or ")(text) && a.OK() {
				a.Body.Set("Resources", append(a.Body.Array("Resources"), a.Body.Array("Resources")...))
			}
		})},
	}
}

// havingMatches restricts an edit to lists with so many matches.
func havingMatches(matches func(n int) bool, edit func(*http.Request, *rewrite.Answer)) func(*http.Request, *rewrite.Answer) {
	return func(r *http.Request, a *rewrite.Answer) {
		if matches(rewrite.WholeOf(a)) {
			edit(r, a)
		}
	}
}

func noMatch(n int) bool { return n == 0 }

func oneMatch(n int) bool { return n == 1 }

// emptyRefused answers an empty list with an error.
func emptyRefused(chosen rewrite.When, e *scim.Error) rewrite.Wrap {
	return rewrite.OnPages(chosen, havingMatches(noMatch, func(_ *http.Request, a *rewrite.Answer) { a.Refuse(e) }))
}

func unwrapped(_ *http.Request, a *rewrite.Answer) {
	if list := a.Body.Array("Resources"); len(list) == 1 {
		a.Body.Set("Resources", list[0])
	}
}

func parameterRefused(_ *http.Request, a *rewrite.Answer) {
	a.Refuse(scim.InvalidValue("the parameter is unknown"))
}

var knownParameters = []string{"filter", "sortBy", "sortOrder", "startIndex", "count", "attributes", "excludedAttributes", "cursor"}

// unknownParameter rewrites the answers to queries with an unknown parameter.
func unknownParameter(chosen rewrite.When, edit func(*http.Request, *rewrite.Answer)) rewrite.Wrap {
	return rewrite.Answers(chosen, func(r *http.Request, a *rewrite.Answer) {
		for name := range r.URL.Query() {
			if !slices.Contains(knownParameters, name) {
				edit(r, a)
				return
			}
		}
	})
}

// fansOut counts a resource once for each element of a list that the filter looks into,
// as a join of tables does, and lists it as often.
func fansOut(chosen rewrite.When, list string, listed bool) rewrite.Wrap {
	return rewrite.OnPages(chosen.And(rewrite.Says("filter", list)), func(_ *http.Request, a *rewrite.Answer) {
		var rows []any
		for _, o := range a.Resources() {
			for range max(len(o.Array(list)), 1) {
				rows = append(rows, o.Clone())
			}
		}
		if listed {
			a.List(rows)
			return
		}
		a.Body.Set("totalResults", rewrite.Number(max(len(rows), rewrite.WholeOf(a))))
	})
}

// asksForNothing holds for a query of everything.
func asksForNothing(p url.Values) bool { return len(p) == 0 }

func listsNobody(_ *http.Request, a *rewrite.Answer) {
	a.Keep(func(*scim.Object) bool { return false })
}
