package guide

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// syncGroupFaults violate features/guide/3_sync_group.feature.
func syncGroupFaults() rewrite.Table {
	return rewrite.Table{
		{"CSA-SYNC-01", "users are created disabled", rewrite.Requests(rewrite.At("POST", "/Users"), func(_ *http.Request, body *scim.Object) {
			if body != nil {
				body.Set("active", false)
			}
		})},
		{"CSA-SYNC-01", "a created user is not found", filtersFindNothing("/Users")},

		{"CSA-SYNC-02", "members are dropped", rewrite.Requests(rewrite.At("PATCH", "/Groups/*"), func(_ *http.Request, body *scim.Object) {
			rewrite.DropOperations(body, func(*scim.Object) bool { return true })
		})},
		{"CSA-SYNC-02", "only the first of several members is taken", rewrite.Requests(rewrite.At("PATCH", "/Groups/*"), func(_ *http.Request, body *scim.Object) {
			eachOperation(body, func(op *scim.Object) {
				if list := op.Array("value"); len(list) > 1 {
					op.Set("value", list[:1])
				}
			})
		})},

		{"CSA-SYNC-03", "a user that exists is not found", filtersFindNothing("/Users")},

		{"CSA-SYNC-04", "a disabled user cannot be enabled", rewrite.Requests(rewrite.At("PATCH,PUT", "/Users/*"), func(_ *http.Request, body *scim.Object) {
			rewrite.DropOperations(body, func(op *scim.Object) bool { return op.String("path") == "active" })
		})},

		{"CSA-SYNC-05", "filters are ignored", rewrite.Requests(rewrite.At("GET", "/Users"), func(r *http.Request, _ *scim.Object) { rewrite.EditQuery(r, func(q url.Values) { q.Del("filter") }) })},
		{"CSA-SYNC-05", "names are matched with their case", rewrite.ShowOnly(rewrite.ListsUsers, func(r *http.Request, o *scim.Object) bool {
			return strings.Contains(r.URL.Query().Get("filter"), o.String("userName"))
		})},

		{"CSA-SYNC-06", "a second user of a name is accepted", twice()},
		{"CSA-SYNC-06", "a duplicate answers 400", rewrite.Answers(rewrite.At("POST", "/Users"), func(_ *http.Request, a *rewrite.Answer) {
			if a.Status == http.StatusConflict {
				a.Refuse(scim.InvalidValue("taken"))
			}
		})},

		{"CSA-SYNC-07", "adding a member removes the others", rewrite.Requests(rewrite.At("PATCH", "/Groups/*"), func(_ *http.Request, body *scim.Object) {
			eachOperation(body, func(op *scim.Object) {
				if op.String("op") == "add" {
					op.Set("op", "replace")
				}
			})
		})},

		{"CSA-SYNC-08", "a member who leaves one group leaves all", rewrite.Handle(rewrite.At("PATCH", "/Groups/*"), leaveAll)},
		{"CSA-SYNC-08", "members are not removed", rewrite.Requests(rewrite.At("PATCH", "/Groups/*"), func(_ *http.Request, body *scim.Object) {
			rewrite.DropOperations(body, func(op *scim.Object) bool { return op.String("op") == "remove" })
		})},

		{"CSA-SYNC-09", "a group cannot be renamed", rewrite.Requests(rewrite.At("PATCH", "/Groups/*"), func(_ *http.Request, body *scim.Object) {
			rewrite.DropOperations(body, func(op *scim.Object) bool { return op.String("path") == "displayName" })
		})},

		{"CSA-SYNC-10", "a group that exists is not found", filtersFindNothing("/Groups")},

		{"CSA-SYNC-11", "totalResults is a string", rewrite.Answers(rewrite.At("GET", "/Users"), func(_ *http.Request, a *rewrite.Answer) {
			if total, ok := a.Body.Get("totalResults"); ok {
				text, _ := scim.Marshal(total)
				a.Body.Set("totalResults", string(text))
			}
		})},
		{"CSA-SYNC-11", "a created user has no meta", rewrite.Shown(rewrite.At("POST", "/Users"), func(o *scim.Object) { o.Delete("meta") })},

		{"CSA-LIMIT-01", "users are refused as well", rewrite.RefuseBodies(rewrite.At("POST", "/Users"), func(body *scim.Object) bool { return strings.HasPrefix(body.String("userName"), "miguel") }, scim.InvalidValue("incomplete"))},
	}
}

func eachOperation(body *scim.Object, edit func(op *scim.Object)) {
	for _, op := range rewrite.Operations(body) {
		edit(op)
	}
}

// filtersFindNothing answers every filter on the collection with an empty list.
func filtersFindNothing(place string) rewrite.Wrap {
	return rewrite.Answers(rewrite.At("GET", place), func(r *http.Request, a *rewrite.Answer) {
		if r.URL.Query().Has("filter") && a.OK() {
			a.List([]any{})
		}
	})
}

// twice takes a user whose name is taken: under the name with a suffix, shown without it.
func twice() rewrite.Wrap {
	const suffix = "~2"
	hide := rewrite.EditShown(rewrite.Resource, "userName", rewrite.ToText(func(name string) string { return strings.TrimSuffix(name, suffix) }))
	byName := regexp.MustCompile(`(^|[ (])userName eq "([^"]*)"`)
	find := rewrite.EditFilter(rewrite.Queries(), func(text string) string {
		return byName.ReplaceAllString(text, `$1(userName eq "$2" or userName eq "$2`+suffix+`")`)
	})
	create := rewrite.Handle(rewrite.CreatesUsers, func(next http.Handler, r *http.Request) *rewrite.Answer {
		body := rewrite.BodyOf(r)
		if body != nil && rewrite.UserByName(next, r, body.String("userName")) != nil {
			body.Set("userName", body.String("userName")+suffix)
			rewrite.SetBody(r, body)
		}
		return nil
	})
	return rewrite.InTurn(create, find, hide)
}

// leaveAll takes who is removed from one group out of all others.
func leaveAll(next http.Handler, r *http.Request) *rewrite.Answer {
	before := rewrite.Current(next, r).Array("members")
	a := rewrite.Serve(next, r)
	now := rewrite.Current(next, r).Array("members")
	for _, member := range before {
		if rewrite.Contains(now, member) {
			continue
		}
		user := rewrite.ElementValue(member)
		for _, g := range rewrite.Ask(next, r, http.MethodGet, "Groups?count=200", nil).Resources() {
			if slices.ContainsFunc(g.Array("members"), func(m any) bool { return rewrite.ElementValue(m) == user }) {
				rewrite.ChangeMember(next, r, "remove", g.String("id"), user)
			}
		}
	}
	return a
}
