package interop01

import (
	"net/http"
	"net/url"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// lifecycleFaults violate features/interop01/6.6_lifecycle.feature.
func lifecycleFaults() rewrite.Table {
	conflicts := func(method string, edit func(*http.Request, *rewrite.Answer)) rewrite.Wrap {
		return rewrite.OnStatus(rewrite.At(method, ""), http.StatusConflict, edit)
	}
	hidesInactive := rewrite.ShowOnly(rewrite.ListsUsers, func(_ *http.Request, o *scim.Object) bool { return rewrite.IsActiveUser(o) })
	return rewrite.Table{
		{"INTEROP01-6.6-01", "a deactivated user is not found", hidesInactive},
		{"INTEROP01-6.6-01", "a group without members is not found", rewrite.ShowOnly(rewrite.ListsGroups, func(_ *http.Request, o *scim.Object) bool { return len(o.Array("members")) > 0 })},

		{"INTEROP01-6.6-02", "a deactivated user cannot be read", inactiveIsGone()},

		{"INTEROP01-6.6-03", "a deleted user is answered 410", rewrite.MissingBecomes("GET", "/Users/*", http.StatusGone)},
		{"INTEROP01-6.6-03", "a second deletion is a success", rewrite.MissingBecomes("DELETE", "/Users/*", http.StatusNoContent)},
		{"INTEROP01-6.6-03", "a change of a deleted user is confirmed", rewrite.MissingBecomes("PATCH", "/Users/*", http.StatusOK)},
		{"INTEROP01-6.6-03", "a deleted group is answered 400", rewrite.MissingBecomes("GET", "/Groups/*", http.StatusBadRequest)},

		{"INTEROP01-6.6-04", "a deleted user is listed", rewrite.InTurn(inactiveIsGone(), deactivatesInstead())},
		{"INTEROP01-6.6-04", "a deleted group is listed", rewrite.Ignore(rewrite.At("DELETE", "/Groups/*"), rewrite.AnyBody)},

		{"INTEROP01-6.6-05", "no user can be renamed to a deleted one", rewrite.InTurn(inactiveIsGone(), hidesInactive, deactivatesInstead())},

		{"INTEROP01-6.6-06", "the name of a deleted user stays taken", rewrite.InTurn(inactiveIsGone(), hidesInactive, deactivatesInstead())},

		{"INTEROP01-6.6-07", "DELETE deactivates", deactivatesInstead()},
		{"INTEROP01-6.6-07", "DELETE does nothing", rewrite.Ignore(rewrite.At("DELETE", "/Users/*"), rewrite.AnyBody)},

		{"INTEROP01-6.6-08", "a user is still there after DELETE", rewrite.Ignore(rewrite.At("DELETE", "/Users/*"), rewrite.AnyBody)},
		{"INTEROP01-6.6-08", "a group is still there after DELETE", rewrite.Ignore(rewrite.At("DELETE", "/Groups/*"), rewrite.AnyBody)},
		{"INTEROP01-6.6-08", "DELETE is not there", rewrite.RefuseAll(rewrite.At("DELETE", "/Users/*"), scim.MethodNotAllowed("GET"))},

		{"INTEROP01-6.9.1-01", "a conflict of a creation is a bad request", conflicts("POST", rewrite.StatusBecomes(http.StatusConflict, http.StatusBadRequest))},
		{"INTEROP01-6.9.1-01", "a conflict of a change is a bad request", conflicts("PATCH", rewrite.StatusBecomes(http.StatusConflict, http.StatusBadRequest))},
		{"INTEROP01-6.9.1-01", "a conflict is a success", conflicts("POST", rewrite.StatusBecomes(http.StatusConflict, http.StatusOK))},

		{"INTEROP01-6.9.1-02", "a conflict of a creation has no scimType", conflicts("POST", rewrite.SetMember("scimType", nil))},
		{"INTEROP01-6.9.1-02", "a conflict of a change has no scimType", conflicts("PATCH", rewrite.SetMember("scimType", nil))},
		{"INTEROP01-6.9.1-02", "a conflict has no body", conflicts("POST", rewrite.NoBody)},
	}
}

// inactiveIsGone does not let inactive users be read.
func inactiveIsGone() rewrite.Wrap {
	return rewrite.Answers(rewrite.At("GET", "/Users/*"), func(_ *http.Request, a *rewrite.Answer) {
		if a.OK() && a.Body != nil && !rewrite.IsActiveUser(a.Body) {
			a.Refuse(scim.NotFound("User", ""))
		}
	})
}

// deactivatesInstead makes a deletion of a user a change of active.
func deactivatesInstead() rewrite.Wrap {
	return rewrite.Handle(rewrite.At("DELETE", "/Users/*"), func(next http.Handler, r *http.Request) *rewrite.Answer {
		a := rewrite.Ask(next, r, http.MethodPatch, "Users/"+url.PathEscape(rewrite.Segments(r)[1]),
			rewrite.PatchOf(rewrite.Operation("replace", "active", false)))
		if a.OK() {
			a = rewrite.NewAnswer(http.StatusNoContent, nil)
		}
		return a
	})
}
