package faults

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// searchFaults are about queries by POST.
func searchFaults() []Fault {
	return []Fault{
		{"RFC7644-3.4.3-01", "there are no searches", turnsDown(byPost(), scim.NotFound("/.search", ""))},
		{"RFC7644-3.4.3-01", "there are no searches for groups", turnsDown(byPost("Groups"), scim.NotFound("/Groups/.search", ""))},
		{"RFC7644-3.4.3-01", "POST is not allowed on .search", turnsDown(byPost(), scim.MethodNotAllowed("GET"))},
		{"RFC7644-3.4.3-01", "a search answers 201", foundAs(http.StatusCreated)},
		{"RFC7644-3.4.3-01", "a search answers 202", foundAs(http.StatusAccepted)},
		{"RFC7644-3.4.3-01", "a search that finds nothing answers 404", onPages(byPost(), func(_ *http.Request, a *answer) {
			if wholeOf(a) == 0 {
				a.refuse(scim.NotFound("User", "any"))
			}
		})},
		{"RFC7644-3.4.3-01", "a search answers a bare resource", onPages(byPost(), func(_ *http.Request, a *answer) {
			if all := a.resources(); len(all) == 1 {
				a.body = all[0]
			}
		})},
		{"RFC7644-3.4.3-01", "a search answers with its own schema", onPages(byPost(), func(_ *http.Request, a *answer) {
			a.body.Set("schemas", []any{scim.SearchRequestURN})
		})},
		{"RFC7644-3.4.3-01", "a search finds everything", misasked(byPost(), omit("filter"))},
		{"RFC7644-3.4.3-01", "a search finds nothing", misasked(byPost(), put("filter", "id eq \"none\""))},
		{"RFC7644-3.4.3-01", "a search for groups finds users", func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if byPost("Groups")(r) {
					r.URL.Path = strings.Replace(r.URL.Path, "/Groups/", "/Users/", 1)
				}
				next.ServeHTTP(w, r)
			})
		}},
		{"RFC7644-3.4.3-01", "a search is a server error", broken(byPost())},

		{"RFC7644-3.4.3-02", "the root shows users only", rootShows("User")},
		{"RFC7644-3.4.3-02", "the root shows groups only", rootShows("Group")},
		{"RFC7644-3.4.3-02", "a search of the root is a server error", broken(rootSearch)},
		{"RFC7644-3.4.3-02", "a search of the root finds nothing", misasked(rootSearch, put("filter", "id eq \"none\""))},
		{"RFC7644-3.4.3-02", "a search of the root ignores the attributes", misasked(rootSearch, omit("attributes"))},
		{"RFC7644-3.4.3-02", "a search of the root finds everything", both(misasked(rootSearch, omit("filter")), seeded)},
		{"RFC7644-3.4.3-02", "a search of the root counts one type", onPages(rootSearch, member("totalResults", func(*http.Request, *answer) any { return number(1) }))},

		{"RFC7644-3.4.3-03", "the schema is not asked for", withSchema(byPost(), func(*scim.Object) bool { return true })},
		{"RFC7644-3.4.3-03", "the schema is not asked for in searches for groups", withSchema(byPost("Groups"), func(*scim.Object) bool { return true })},
		{"RFC7644-3.4.3-03", "any schema will do", withSchema(byPost(), func(o *scim.Object) bool { return len(o.Array("schemas")) > 0 })},
		{"RFC7644-3.4.3-03", "schemas may be empty", withSchema(byPost(), func(o *scim.Object) bool { _, there := o.Get("schemas"); return there && len(o.Array("schemas")) == 0 })},
		{"RFC7644-3.4.3-03", "schemas may be missing", withSchema(byPost(), func(o *scim.Object) bool { _, there := o.Get("schemas"); return !there })},
		{"RFC7644-3.4.3-03", "a missing schema is a server error", broken(func(r *http.Request) bool { return byPost()(r) && len(bodyOf(r).Array("schemas")) == 0 })},

		{"RFC7644-3.4.3-04", "filter is ignored", misasked(byPost(), omit("filter"))},
		{"RFC7644-3.4.3-04", "filter is ignored in searches for groups", misasked(byPost("Groups"), omit("filter"))},
		{"RFC7644-3.4.3-04", "sortBy is ignored", misasked(byPost(), omit("sortBy"))},
		{"RFC7644-3.4.3-04", "sortOrder is ignored", misasked(byPost(), omit("sortOrder"))},
		{"RFC7644-3.4.3-04", "count is ignored", misasked(byPost(), omit("count"))},
		{"RFC7644-3.4.3-04", "startIndex is ignored", misasked(byPost(), omit("startIndex"))},
		{"RFC7644-3.4.3-04", "attributes is ignored", misasked(byPost(), omit("attributes"))},
		{"RFC7644-3.4.3-04", "attributes is ignored in searches for groups", misasked(byPost("Groups"), omit("attributes"))},
		{"RFC7644-3.4.3-04", "excludedAttributes is ignored", misasked(byPost(), omit("excludedAttributes"))},
		{"RFC7644-3.4.3-04", "excludedAttributes is ignored in searches for groups", misasked(byPost("Groups"), omit("excludedAttributes"))},
		{"RFC7644-3.4.3-04", "only the first of attributes counts", misasked(byPost(), firstName("attributes"))},
		{"RFC7644-3.4.3-04", "only the first of excludedAttributes counts", misasked(byPost(), firstName("excludedAttributes"))},
		{"RFC7644-3.4.3-04", "a list of attributes is refused", turnsDown(byPost().when(asks), scim.InvalidValue("attributes is a text"))},
		{"RFC7644-3.4.3-04", "startIndex is off by one", misasked(byPost(), counted("startIndex", func(n int) int { return n + 1 }))},
		{"RFC7644-3.4.3-04", "the parameters of the URL count", func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if byPost()(r) {
					body := bodyOf(r)
					body = scim.NewObject(scim.Member{Name: "schemas", Value: body.Array("schemas")})
					setBody(r, body)
				}
				next.ServeHTTP(w, r)
			})
		}},

		{"RFC7644-3.4.3-05", "broken JSON is taken for no parameters", forgiving(func(o *scim.Object) bool { return o == nil })},
		{"RFC7644-3.4.3-05", "broken JSON is a server error", broken(func(r *http.Request) bool { return byPost()(r) && bodyOf(r) == nil })},
		{"RFC7644-3.4.3-05", "no body is a server error", broken(func(r *http.Request) bool { return byPost()(r) && r.ContentLength == 0 })},
		{"RFC7644-3.4.3-05", "a broken filter is ignored", ifRefused(byPost().when(has("filter")), omit("filter"))},
		{"RFC7644-3.4.3-05", "a broken filter finds nothing", ifRefused(byPost().when(has("filter")), put("filter", "id eq \"none\""))},
		{"RFC7644-3.4.3-05", "a broken filter is a server error", failed(byPost().when(has("filter")), scim.Internal("cannot parse"))},
		{"RFC7644-3.4.3-05", "a broken filter of groups is a server error", failed(byPost("Groups").when(has("filter")), scim.Internal("cannot parse"))},
		{"RFC7644-3.4.3-05", "a broken filter is a conflict", failed(byPost().when(has("filter")), scim.Conflict("cannot parse"))},
		{"RFC7644-3.4.3-05", "a broken filter is called a wrong value", failed(byPost().when(has("filter")), scim.InvalidValue("cannot parse"))},
		{"RFC7644-3.4.3-05", "broken JSON is called a wrong filter", failed(func(r *http.Request) bool { return byPost()(r) && bodyOf(r) == nil }, scim.InvalidFilter("cannot parse"))},

		{"RFC7644-3.4.3-06", "a filter that is a number is a server error", broken(typedAs("filter", "number"))},
		{"RFC7644-3.4.3-06", "a startIndex that is a text is a server error", broken(typedAs("startIndex", "string"))},
		{"RFC7644-3.4.3-06", "a count that is a list is a server error", broken(typedAs("count", "array"))},
		{"RFC7644-3.4.3-06", "attributes that are a text are a server error", broken(typedAs("attributes", "string"))},
		{"RFC7644-3.4.3-06", "a sortBy that is an object is a server error", broken(typedAs("sortBy", "object"))},

		{"RFC7644-3.4.3-07", "a search shows less", shown(byPost(), lost("emails", "members"))},
		{"RFC7644-3.4.3-07", "a search shows only ids", shown(byPost(), onlyShows("schemas", "id"))},
		{"RFC7644-3.4.3-07", "a search shows fewer resources", onPages(byPost(), rearranged(withoutLast))},
		{"RFC7644-3.4.3-07", "a search shows no meta", shown(byPost(), lost("meta"))},
		{"RFC7644-3.4.3-07", "a search counts one too many", onPages(byPost(), member("totalResults", func(_ *http.Request, a *answer) any { return number(wholeOf(a) + 1) }))},
	}
}

func foundAs(status int) Wrap {
	return answers(byPost(), func(_ *http.Request, a *answer) {
		if a.ok() {
			a.status = status
		}
	})
}

var rootSearch = byPost("")

// rootShows leaves one type in the answers to searches of the root.
func rootShows(resourceType string) Wrap {
	return onPages(rootSearch, func(_ *http.Request, a *answer) {
		kept := []any{}
		for _, o := range a.resources() {
			if o.Object("meta").String("resourceType") == resourceType {
				kept = append(kept, o)
			}
		}
		a.body.Set("Resources", kept)
		a.body.Set("totalResults", number(len(kept)))
	})
}

// withSchema puts the right schema into searches that fit.
func withSchema(chosen when, fits func(body *scim.Object) bool) Wrap {
	return requests(chosen, func(_ *http.Request, body *scim.Object) {
		if body != nil && fits(body) {
			body.Set("schemas", []any{scim.SearchRequestURN})
		}
	})
}

// forgiving takes searches that fit for a search of everything.
func forgiving(fits func(body *scim.Object) bool) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if byPost()(r) && fits(bodyOf(r)) {
				setBody(r, scim.NewObject(scim.Member{Name: "schemas", Value: []any{scim.SearchRequestURN}}))
			}
			next.ServeHTTP(w, r)
		})
	}
}

// ifRefused asks for something else where the provider refuses.
func ifRefused(chosen when, change parameterEdit) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !chosen(r) {
				next.ServeHTTP(w, r)
				return
			}
			other := copied(r, change)
			a := serve(next, r)
			if !a.ok() {
				a = serve(next, other)
			}
			a.send(w)
		})
	}
}

// failed gives refusals another form.
func failed(chosen when, e *scim.Error) Wrap {
	return answers(chosen, func(_ *http.Request, a *answer) {
		if !a.ok() {
			a.refuse(e)
		}
	})
}

// typedAs is a search in which a parameter has a value of this kind.
func typedAs(name, kind string) when {
	return func(r *http.Request) bool {
		if !byPost()(r) {
			return false
		}
		v, there := bodyOf(r).Get(name)
		return there && scim.KindOf(v) == kind
	}
}
