package rfc7644

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// searchFaults violate features/rfc7644/3.4.3_search.feature.
func searchFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.4.3-01", "there are no searches", rewrite.RefuseAll(rewrite.ByPost(), scim.NotFound("/.search", ""))},
		{"RFC7644-3.4.3-01", "there are no searches for groups", rewrite.RefuseAll(rewrite.ByPost("Groups"), scim.NotFound("/Groups/.search", ""))},
		{"RFC7644-3.4.3-01", "POST is not allowed on .search", rewrite.RefuseAll(rewrite.ByPost(), scim.MethodNotAllowed("GET"))},
		{"RFC7644-3.4.3-01", "a search answers 201", foundAs(http.StatusCreated)},
		{"RFC7644-3.4.3-01", "a search answers 202", foundAs(http.StatusAccepted)},
		{"RFC7644-3.4.3-01", "a search that finds nothing answers 404", rewrite.OnPages(rewrite.ByPost(), func(_ *http.Request, a *rewrite.Answer) {
			if rewrite.WholeOf(a) == 0 {
				a.Refuse(scim.NotFound("User", "any"))
			}
		})},
		{"RFC7644-3.4.3-01", "a search answers a bare resource", rewrite.OnPages(rewrite.ByPost(), func(_ *http.Request, a *rewrite.Answer) {
			if all := a.Resources(); len(all) == 1 {
				a.Body = all[0]
			}
		})},
		{"RFC7644-3.4.3-01", "a search answers with its own schema", rewrite.OnPages(rewrite.ByPost(), func(_ *http.Request, a *rewrite.Answer) {
			a.Body.Set("schemas", []any{scim.SearchRequestURN})
		})},
		{"RFC7644-3.4.3-01", "a search finds everything", rewrite.EditParameters(rewrite.ByPost(), rewrite.OmitParameters("filter"))},
		{"RFC7644-3.4.3-01", "a search finds nothing", rewrite.EditParameters(rewrite.ByPost(), rewrite.SetParameter("filter", "id eq \"none\""))},
		{"RFC7644-3.4.3-01", "a search for groups finds users", rewrite.Handle(rewrite.ByPost("Groups"), func(_ http.Handler, r *http.Request) *rewrite.Answer {
			r.URL.Path = strings.Replace(r.URL.Path, "/Groups/", "/Users/", 1)
			return nil
		})},
		{"RFC7644-3.4.3-01", "a search is a server error", rewrite.Break(rewrite.ByPost())},

		{"RFC7644-3.4.3-02", "the root shows users only", rewrite.OnPages(rootSearch, rewrite.OnlyType("User"))},
		{"RFC7644-3.4.3-02", "the root shows groups only", rewrite.OnPages(rootSearch, rewrite.OnlyType("Group"))},
		{"RFC7644-3.4.3-02", "a search of the root is a server error", rewrite.Break(rootSearch)},
		{"RFC7644-3.4.3-02", "a search of the root finds nothing", rewrite.EditParameters(rootSearch, rewrite.SetParameter("filter", "id eq \"none\""))},
		{"RFC7644-3.4.3-02", "a search of the root ignores the attributes", rewrite.EditParameters(rootSearch, rewrite.OmitParameters("attributes"))},
		{"RFC7644-3.4.3-02", "a search of the root finds everything", rewrite.InTurn(rewrite.EditParameters(rootSearch, rewrite.OmitParameters("filter")), rewrite.SeedUsers())},
		{"RFC7644-3.4.3-02", "a search of the root counts one type", rewrite.OnPages(rootSearch, rewrite.ComputeMember("totalResults", func(*http.Request, *rewrite.Answer) any { return rewrite.Number(1) }))},

		{"RFC7644-3.4.3-03", "null will do for schemas", withSchema(rewrite.ByPost(), func(o *scim.Object) bool { v, there := o.Get("schemas"); return there && v == nil })},
		{"RFC7644-3.4.3-03", "a number will do for schemas", withSchema(rewrite.ByPost(), func(o *scim.Object) bool { return typeOf(o, "schemas") == "number" })},
		{"RFC7644-3.4.3-03", "a null among the schemas will do", withSchema(rewrite.ByPost(), func(o *scim.Object) bool { return slices.Contains(o.Array("schemas"), nil) })},
		{"RFC7644-3.4.3-03", "the schema is not asked for", withSchema(rewrite.ByPost(), func(*scim.Object) bool { return true })},
		{"RFC7644-3.4.3-03", "the schema is not asked for in searches for groups", withSchema(rewrite.ByPost("Groups"), func(*scim.Object) bool { return true })},
		{"RFC7644-3.4.3-03", "any schema will do", withSchema(rewrite.ByPost(), func(o *scim.Object) bool { return len(o.Array("schemas")) > 0 })},
		{"RFC7644-3.4.3-03", "schemas may be empty", withSchema(rewrite.ByPost(), func(o *scim.Object) bool { _, there := o.Get("schemas"); return there && len(o.Array("schemas")) == 0 })},
		{"RFC7644-3.4.3-03", "schemas may be missing", withSchema(rewrite.ByPost(), func(o *scim.Object) bool { _, there := o.Get("schemas"); return !there })},
		{"RFC7644-3.4.3-03", "a missing schema is a server error", rewrite.Break(func(r *http.Request) bool { return rewrite.ByPost()(r) && len(rewrite.BodyOf(r).Array("schemas")) == 0 })},

		{"RFC7644-3.4.3-04", "filter is ignored", rewrite.EditParameters(rewrite.ByPost(), rewrite.OmitParameters("filter"))},
		{"RFC7644-3.4.3-04", "filter is ignored in searches for groups", rewrite.EditParameters(rewrite.ByPost("Groups"), rewrite.OmitParameters("filter"))},
		{"RFC7644-3.4.3-04", "sortBy is ignored", rewrite.EditParameters(rewrite.ByPost(), rewrite.OmitParameters("sortBy"))},
		{"RFC7644-3.4.3-04", "sortOrder is ignored", rewrite.EditParameters(rewrite.ByPost(), rewrite.OmitParameters("sortOrder"))},
		{"RFC7644-3.4.3-04", "count is ignored", rewrite.EditParameters(rewrite.ByPost(), rewrite.OmitParameters("count"))},
		{"RFC7644-3.4.3-04", "startIndex is ignored", rewrite.EditParameters(rewrite.ByPost(), rewrite.OmitParameters("startIndex"))},
		{"RFC7644-3.4.3-04", "attributes is ignored", rewrite.EditParameters(rewrite.ByPost(), rewrite.OmitParameters("attributes"))},
		{"RFC7644-3.4.3-04", "attributes is ignored in searches for groups", rewrite.EditParameters(rewrite.ByPost("Groups"), rewrite.OmitParameters("attributes"))},
		{"RFC7644-3.4.3-04", "excludedAttributes is ignored", rewrite.EditParameters(rewrite.ByPost(), rewrite.OmitParameters("excludedAttributes"))},
		{"RFC7644-3.4.3-04", "excludedAttributes is ignored in searches for groups", rewrite.EditParameters(rewrite.ByPost("Groups"), rewrite.OmitParameters("excludedAttributes"))},
		{"RFC7644-3.4.3-04", "only the first of attributes counts", rewrite.EditParameters(rewrite.ByPost(), rewrite.FirstName("attributes"))},
		{"RFC7644-3.4.3-04", "only the first of excludedAttributes counts", rewrite.EditParameters(rewrite.ByPost(), rewrite.FirstName("excludedAttributes"))},
		{"RFC7644-3.4.3-04", "a list of attributes is refused", rewrite.RefuseAll(rewrite.ByPost().And(rewrite.Asks), scim.InvalidValue("attributes is a text"))},
		{"RFC7644-3.4.3-04", "startIndex is off by one", rewrite.EditParameters(rewrite.ByPost(), rewrite.EditNumber("startIndex", func(n int) int { return n + 1 }))},
		{"RFC7644-3.4.3-04", "the parameters of the URL count", rewrite.Handle(rewrite.ByPost(), func(_ http.Handler, r *http.Request) *rewrite.Answer {
			body := rewrite.BodyOf(r)
			body = scim.NewObject(scim.Member{Name: "schemas", Value: body.Array("schemas")})
			rewrite.SetBody(r, body)
			return nil
		})},

		{"RFC7644-3.4.3-05", "broken JSON is taken for no parameters", forgiving(func(o *scim.Object) bool { return o == nil })},
		{"RFC7644-3.4.3-05", "broken JSON is a server error", rewrite.Break(func(r *http.Request) bool { return rewrite.ByPost()(r) && rewrite.BodyOf(r) == nil })},
		{"RFC7644-3.4.3-05", "no body is a server error", rewrite.Break(func(r *http.Request) bool { return rewrite.ByPost()(r) && r.ContentLength == 0 })},
		{"RFC7644-3.4.3-05", "a broken filter is ignored", ifRefused(rewrite.ByPost().And(rewrite.Has("filter")), rewrite.OmitParameters("filter"))},
		{"RFC7644-3.4.3-05", "a broken filter finds nothing", ifRefused(rewrite.ByPost().And(rewrite.Has("filter")), rewrite.SetParameter("filter", "id eq \"none\""))},
		{"RFC7644-3.4.3-05", "a broken filter is a server error", failed(rewrite.ByPost().And(rewrite.Has("filter")), scim.Internal("cannot parse"))},
		{"RFC7644-3.4.3-05", "a broken filter of groups is a server error", failed(rewrite.ByPost("Groups").And(rewrite.Has("filter")), scim.Internal("cannot parse"))},
		{"RFC7644-3.4.3-05", "a broken filter is a conflict", failed(rewrite.ByPost().And(rewrite.Has("filter")), scim.Conflict("cannot parse"))},
		{"RFC7644-3.4.3-05", "a broken filter is called a wrong value", failed(rewrite.ByPost().And(rewrite.Has("filter")), scim.InvalidValue("cannot parse"))},
		{"RFC7644-3.4.3-05", "broken JSON is called a wrong filter", failed(func(r *http.Request) bool { return rewrite.ByPost()(r) && rewrite.BodyOf(r) == nil }, scim.InvalidFilter("cannot parse"))},

		{"RFC7644-3.4.3-06", "a filter that is null is a server error", rewrite.Break(typedAs("filter", "null"))},
		{"RFC7644-3.4.3-06", "a filter that is an object is a server error", rewrite.Break(typedAs("filter", "object"))},
		{"RFC7644-3.4.3-06", "a startIndex that is null is a server error", rewrite.Break(typedAs("startIndex", "null"))},
		{"RFC7644-3.4.3-06", "a count that is null is a server error", rewrite.Break(typedAs("count", "null"))},
		{"RFC7644-3.4.3-06", "attributes that are null is a server error", rewrite.Break(typedAs("attributes", "null"))},
		{"RFC7644-3.4.3-06", "a sortBy that is null is a server error", rewrite.Break(typedAs("sortBy", "null"))},
		{"RFC7644-3.4.3-06", "a count with a fraction is a server error", rewrite.Break(rewrite.ByPost().And(rewrite.Says("count", ".")))},
		{"RFC7644-3.4.3-06", "a null among the attributes is a server error", rewrite.Break(func(r *http.Request) bool {
			return rewrite.ByPost()(r) && slices.Contains(rewrite.BodyOf(r).Array("attributes"), nil)
		})},
		{"RFC7644-3.4.3-06", "a filter that is a number is a server error", rewrite.Break(typedAs("filter", "number"))},
		{"RFC7644-3.4.3-06", "a startIndex that is a text is a server error", rewrite.Break(typedAs("startIndex", "string"))},
		{"RFC7644-3.4.3-06", "a count that is a list is a server error", rewrite.Break(typedAs("count", "array"))},
		{"RFC7644-3.4.3-06", "attributes that are a text are a server error", rewrite.Break(typedAs("attributes", "string"))},
		{"RFC7644-3.4.3-06", "a sortBy that is an object is a server error", rewrite.Break(typedAs("sortBy", "object"))},

		{"RFC7644-3.4.3-07", "a search shows less", rewrite.Shown(rewrite.ByPost(), rewrite.DropMembers("emails", "members"))},
		{"RFC7644-3.4.3-07", "a search shows only ids", rewrite.Shown(rewrite.ByPost(), rewrite.KeepMembers("schemas", "id"))},
		{"RFC7644-3.4.3-07", "a search shows fewer resources", rewrite.OnPages(rewrite.ByPost(), rewrite.EditResources(rewrite.WithoutLast))},
		{"RFC7644-3.4.3-07", "a search shows no meta", rewrite.Shown(rewrite.ByPost(), rewrite.DropMembers("meta"))},
		{"RFC7644-3.4.3-07", "a search counts one too many", rewrite.OnPages(rewrite.ByPost(), rewrite.ComputeMember("totalResults", func(_ *http.Request, a *rewrite.Answer) any { return rewrite.Number(rewrite.WholeOf(a) + 1) }))},
	}
}

func foundAs(status int) rewrite.Wrap {
	return rewrite.Answers(rewrite.ByPost(), func(_ *http.Request, a *rewrite.Answer) {
		if a.OK() {
			a.Status = status
		}
	})
}

var rootSearch = rewrite.ByPost("")

// withSchema puts the right schema into searches that fit.
func withSchema(chosen rewrite.When, fits func(body *scim.Object) bool) rewrite.Wrap {
	return rewrite.Requests(chosen, func(_ *http.Request, body *scim.Object) {
		if body != nil && fits(body) {
			body.Set("schemas", []any{scim.SearchRequestURN})
		}
	})
}

// forgiving takes searches that fit for a search of everything.
func forgiving(fits func(body *scim.Object) bool) rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(_ http.Handler, r *http.Request) *rewrite.Answer {
		if rewrite.ByPost()(r) && fits(rewrite.BodyOf(r)) {
			rewrite.SetBody(r, scim.NewObject(scim.Member{Name: "schemas", Value: []any{scim.SearchRequestURN}}))
		}
		return nil
	})
}

// ifRefused asks for something else where the provider refuses.
func ifRefused(chosen rewrite.When, change rewrite.ParameterEdit) rewrite.Wrap {
	return rewrite.Handle(chosen, func(next http.Handler, r *http.Request) *rewrite.Answer {
		other := rewrite.CopyWith(r, change)
		a := rewrite.Serve(next, r)
		if !a.OK() {
			a = rewrite.Serve(next, other)
		}
		return a
	})
}

// failed gives refusals another form.
func failed(chosen rewrite.When, e *scim.Error) rewrite.Wrap {
	return rewrite.Answers(chosen, func(_ *http.Request, a *rewrite.Answer) {
		if !a.OK() {
			a.Refuse(e)
		}
	})
}

// typedAs is a search in which a parameter has a value of this kind.
func typedAs(name, kind string) rewrite.When {
	return func(r *http.Request) bool {
		if !rewrite.ByPost()(r) {
			return false
		}
		v, there := rewrite.BodyOf(r).Get(name)
		return there && scim.KindOf(v) == kind
	}
}

// typeOf is the kind of a member, as scim.KindOf calls it.
func typeOf(o *scim.Object, name string) string {
	v, _ := o.Get(name)
	return scim.KindOf(v)
}
