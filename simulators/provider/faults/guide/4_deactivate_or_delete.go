package guide

import (
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// deactivateOrDeleteFaults violate features/guide/4_deactivate_or_delete.feature.
func deactivateOrDeleteFaults() rewrite.Table {
	return rewrite.Table{
		{"CSA-DEPROV-01", "a deactivated user is deleted", func(next http.Handler) http.Handler {
			return rewrite.Answers(rewrite.At("PATCH", "/Users/*"), func(r *http.Request, a *rewrite.Answer) {
				if active, _ := a.Body.Get("active"); active == false {
					rewrite.Ask(next, r, http.MethodDelete, "Users/"+url.PathEscape(rewrite.Segments(r)[1]), nil)
				}
			})(next)
		}},
		{"CSA-DEPROV-01", "a deactivation is answered and not made", rewrite.Unchanged(rewrite.At("PATCH", "/Users/*"))},

		{"CSA-DEPROV-02", "a deletion is answered and not made", rewrite.Unchanged(rewrite.At("DELETE", "/Users/*"))},
		{"CSA-DEPROV-02", "a deletion only disables", rewrite.Handle(rewrite.At("DELETE", "/Users/*"), func(next http.Handler, r *http.Request) *rewrite.Answer {
			disable := scim.NewObject(
				scim.Member{Name: "schemas", Value: []any{scim.PatchOpURN}},
				scim.Member{Name: "Operations", Value: []any{scim.NewObject(
					scim.Member{Name: "op", Value: "replace"}, scim.Member{Name: "path", Value: "active"}, scim.Member{Name: "value", Value: false},
				)}},
			)
			rewrite.Ask(next, r, http.MethodPatch, "Users/"+url.PathEscape(rewrite.Segments(r)[1]), disable)
			return rewrite.Bare(http.StatusNoContent)
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

		{"CSA-DEPROV-07", "a deactivated user is not found by name", hidden(func(o *scim.Object) bool { active, _ := o.Get("active"); return active == false })},
	}
}

// hidden leaves resources out of lists.
func hidden(which func(o *scim.Object) bool) rewrite.Wrap {
	return rewrite.HiddenBy(func(o *scim.Object, _ string) bool { return which(o) })
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
				taken[rewrite.Ask(next, r, http.MethodGet, strings.Join(rewrite.EscapedSegments(r), "/"), nil).Body.String("userName")] = true
			}
			if rewrite.At("POST", "/Users")(r) && taken[rewrite.BodyOf(r).String("userName")] {
				return rewrite.Refusal(scim.UniquenessError("the name is taken"))
			}
			return rewrite.Serve(next, r)
		})
	})
}
