package gallery

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// usersFaults violate features/gallery/1_users.feature.
func usersFaults() rewrite.Table {
	return rewrite.Table{
		{"GALLERY-USER-01", "nobody found is a bad request", rewrite.Answers(rewrite.ListsUsers, nobodyIs(http.StatusBadRequest))},
		{"GALLERY-USER-01", "nobody found is not found", rewrite.Answers(rewrite.ListsUsers, nobodyIs(http.StatusNotFound))},
		{"GALLERY-USER-01", "roles are refused", rewrite.RefuseBodies(rewrite.CreatesUsers, rewrite.HasMembers("roles"), refused)},
		{"GALLERY-USER-01", "a new user is not found", rewrite.ShowOnly(rewrite.ListsUsers, rewrite.NoneAtAll)},
		{"GALLERY-USER-01", "the filter is ignored", rewrite.EditFilter(rewrite.ListsUsers, rewrite.ReadsNoFilter)},

		{"GALLERY-USER-02", "users cannot be patched", rewrite.RefuseAll(rewrite.PatchesUsers, scim.MethodNotAllowed("GET", "PUT", "DELETE"))},
		{"GALLERY-USER-02", "a title stays as it was", rewrite.After(rewrite.PatchesUsers, rewrite.Setting("title", "Before"))},
		{"GALLERY-USER-02", "only the first operation counts, and none without a path", rewrite.InTurn(rewrite.OnlyOperation(rewrite.PatchesUsers, 0), rewrite.IgnoreOperations("/Users/*", rewrite.Does("", "-")))},

		{"GALLERY-USER-03", "users cannot be disabled", rewrite.RefuseBodies(rewrite.PatchesUsers, rewrite.HasOperation(setsActive), refused)},
		{"GALLERY-USER-03", "active is ignored", rewrite.Ignore(rewrite.PatchesUsers, rewrite.HasOperation(setsActive))},
		{"GALLERY-USER-03", "a disabled user is shown as active", rewrite.Shown(rewrite.At("GET", "/Users/*"), func(o *scim.Object) { o.Set("active", true) })},

		{"GALLERY-USER-04", "users cannot be deleted", rewrite.RefuseAll(deletesUsers, scim.MethodNotAllowed("GET", "PATCH"))},
		{"GALLERY-USER-04", "a deletion only looks like one", rewrite.Ignore(deletesUsers, rewrite.AnyBody)},

		{"GALLERY-USER-05", "a manager has to be an object", rewrite.RefuseBodies(rewrite.PatchesUsers, rewrite.HasOperation(rewrite.SetsPath(managerPath, "string")), refused)},
		{"GALLERY-USER-05", "the first manager stays", rewrite.Ignore(rewrite.PatchesUsers, rewrite.HasOperation(rewrite.Does("Replace", "")))},
		{"GALLERY-USER-05", "a manager cannot be removed", rewrite.Ignore(rewrite.PatchesUsers, rewrite.HasOperation(rewrite.Does("Remove", "")))},

		{"GALLERY-USER-06", "a disabled user stays disabled", rewrite.Ignore(rewrite.PatchesUsers, rewrite.HasOperation(enables))},
		{"GALLERY-USER-06", "a disabled user is found no more, and its name stays taken", rewrite.ShowOnly(rewrite.ListsUsers, func(_ *http.Request, o *scim.Object) bool { return rewrite.IsActiveUser(o) })},

		{"GALLERY-USER-07", "an operation with a capital letter is refused", rewrite.RefuseBodies(rewrite.PatchesUsers, rewrite.HasOperation(func(op *scim.Object) bool { return op.String("op") != strings.ToLower(op.String("op")) }), refused)},
		{"GALLERY-USER-07", "a user shows only in the next list", rewrite.ShowOnly(rewrite.ListsUsers, rewrite.NoneAtAll)},
	}
}

// nobodyIs answers a look-up that finds nobody by an error.
func nobodyIs(status int) func(*http.Request, *rewrite.Answer) {
	return func(_ *http.Request, a *rewrite.Answer) {
		if a.Status == http.StatusOK && len(a.Resources()) == 0 {
			*a = *rewrite.Refusal(&scim.Error{Status: status, Detail: "nobody"})
		}
	}
}

// enables chooses operations that set active to true, in either form.
func enables(op *scim.Object) bool {
	v := rewrite.ValueOf(op)
	return setsActive(op) && (v == true || v == "True")
}
