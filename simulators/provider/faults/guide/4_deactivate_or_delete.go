package guide

import (
	"net/http"
	"net/url"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// deactivateOrDeleteFaults violate features/guide/4_deactivate_or_delete.feature.
func deactivateOrDeleteFaults() rewrite.Table {
	return rewrite.Table{
		{"CSA-DEPROV-01", "a deactivated user is deleted", rewrite.AnswersWith(rewrite.At("PATCH", "/Users/*"), func(next http.Handler, r *http.Request, a *rewrite.Answer) {
			if active, _ := a.Body.Get("active"); active == false {
				rewrite.Ask(next, r, http.MethodDelete, "Users/"+url.PathEscape(rewrite.Segments(r)[1]), nil)
			}
		})},
		{"CSA-DEPROV-01", "a deactivation is answered and not made", rewrite.Ignore(rewrite.At("PATCH", "/Users/*"), rewrite.AnyBody)},

		{"CSA-DEPROV-02", "a deletion is answered and not made", rewrite.Ignore(rewrite.At("DELETE", "/Users/*"), rewrite.AnyBody)},
		{"CSA-DEPROV-02", "a deletion only disables", rewrite.Handle(rewrite.At("DELETE", "/Users/*"), func(next http.Handler, r *http.Request) *rewrite.Answer {
			disable := rewrite.PatchOf(rewrite.Operation("replace", "active", false))
			if a := rewrite.Ask(next, r, http.MethodPatch, "Users/"+url.PathEscape(rewrite.Segments(r)[1]), disable); !a.OK() {
				return a
			}
			return rewrite.NewAnswer(http.StatusNoContent, nil)
		})},

		{"CSA-DEPROV-03", "the members of a group are disabled", rewrite.Shown(rewrite.At("GET", "/Users/*"), func(o *scim.Object) {
			if len(o.Array("groups")) > 0 {
				o.Set("active", false)
			}
		})},

		{"CSA-DEPROV-04", "a deactivated user loses its name", rewrite.Shown(rewrite.At("GET", "/Users/*"), func(o *scim.Object) {
			if active, _ := o.Get("active"); active == false {
				o.Delete("name")
			}
		})},

		{"CSA-DEPROV-05", "a returning user stays disabled", rewrite.Requests(rewrite.At("PATCH,PUT", "/Users/*"), func(_ *http.Request, body *scim.Object) {
			rewrite.DropOperations(body, func(op *scim.Object) bool { v, _ := op.Get("value"); return v == true })
		})},

		{"CSA-DEPROV-06", "the name of a deleted user stays taken", nameStaysTaken()},

		{"CSA-DEPROV-07", "a deactivated user is not found by name", rewrite.ShowOnly(rewrite.ListsUsers, func(_ *http.Request, o *scim.Object) bool { return rewrite.IsActiveUser(o) })},
	}
}

// nameStaysTaken refuses a user whose name a deleted one had.
func nameStaysTaken() rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var mu sync.Mutex
		taken := map[string]bool{}
		return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
			mu.Lock()
			defer mu.Unlock()
			if rewrite.At("DELETE", "/Users/*")(r) {
				taken[rewrite.Now(next, r).Body.String("userName")] = true
			}
			if rewrite.At("POST", "/Users")(r) && taken[rewrite.BodyOf(r).String("userName")] {
				return rewrite.Refusal(scim.UniquenessError("the name is taken"))
			}
			return rewrite.Serve(next, r)
		})
	})
}
