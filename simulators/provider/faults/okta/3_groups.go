package okta

import (
	"net/http"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// groupsFaults violate features/okta/3_groups.feature.
func groupsFaults() rewrite.Table {
	return rewrite.Table{
		{"OKTA-GROUP-01", "an empty list of members is refused", rewrite.StrictAbout(rewrite.CreatesGroups, rewrite.HasMembers("members"))},
		{"OKTA-GROUP-01", "the answer has no body", rewrite.Mute(rewrite.CreatesGroups)},
		{"OKTA-GROUP-01", "the answer has no name", rewrite.TellsNo(rewrite.CreatesGroups, "displayName")},

		{"OKTA-GROUP-02", "the id is refused", rewrite.StrictAbout(rewrite.PatchesGroups, rewrite.HasOperation(rewrite.NamesMember("id")))},
		{"OKTA-GROUP-02", "a path is demanded", rewrite.StrictAbout(rewrite.PatchesGroups, rewrite.HasOperation(rewrite.NamesMember("displayName")))},
		{"OKTA-GROUP-02", "a new name is overlooked", rewrite.DeafTo(rewrite.PatchesGroups, rewrite.HasOperation(rewrite.NamesMember("displayName")))},
		{"OKTA-GROUP-02", "a new name empties the group", rewrite.RemovesAsWell(rewrite.PatchesGroups, rewrite.HasOperation(rewrite.NamesMember("displayName")), "members")},

		{"OKTA-GROUP-03", "its own name is a conflict", rewrite.InsteadOf(rewrite.PatchesGroups, rewrite.HasOperation(rewrite.NamesMember("displayName")), func(_ http.Handler, _ *http.Request, a *rewrite.Answer) {
			a.Refuse(scim.UniquenessError("another Group has this displayName"))
		})},
		{"OKTA-GROUP-03", "its own name empties the group", rewrite.RemovesAsWell(rewrite.PatchesGroups, rewrite.HasOperation(rewrite.NamesMember("displayName")), "members")},
		{"OKTA-GROUP-03", "new members are added in place of the old", rewrite.Mistakes(rewrite.PatchesGroups, func(op *scim.Object) { op.Set("op", "replace") })},

		{"OKTA-GROUP-04", "only the first operation counts", rewrite.OnlyOperation(rewrite.PatchesGroups, 0)},
		{"OKTA-GROUP-04", "only the last operation counts", rewrite.OnlyOperation(rewrite.PatchesGroups, -1)},
		{"OKTA-GROUP-04", "a removal empties the group", rewrite.Mistakes(rewrite.PatchesGroups, func(op *scim.Object) { op.Set("path", "members") })},

		{"OKTA-GROUP-05", "a full push only adds", rewrite.Mistakes(rewrite.PatchesGroups, func(op *scim.Object) { op.Set("op", "add") })},
		{"OKTA-GROUP-05", "a full push is overlooked", rewrite.DeafTo(rewrite.PatchesGroups, rewrite.HasOperation(rewrite.OnPath("members")))},
		{"OKTA-GROUP-05", "a full push brings one member", rewrite.Mistakes(rewrite.PatchesGroups, func(op *scim.Object) { op.Set("value", op.Array("value")[:1]) })},
		{"OKTA-GROUP-05", "a display name is refused", rewrite.StrictAbout(rewrite.PatchesGroups, rewrite.HasOperation(func(op *scim.Object) bool {
			return slices.ContainsFunc(op.Array("value"), func(v any) bool { o, ok := v.(*scim.Object); return ok && rewrite.HasMembers("display")(o) })
		}))},

		{"OKTA-GROUP-06", "a change is only accepted", rewrite.Recoded(rewrite.PatchesGroups, http.StatusOK, http.StatusAccepted)},
		{"OKTA-GROUP-06", "the answer has no id", rewrite.TellsNo(rewrite.PatchesGroups, "id")},
		{"OKTA-GROUP-06", "the answer has no name", rewrite.TellsNo(rewrite.PatchesGroups, "displayName")},

		{"OKTA-GROUP-07", "groups cannot be replaced", rewrite.TurnsDown(replacesGroups, scim.MethodNotAllowed("GET", "PATCH", "DELETE"))},
		{"OKTA-GROUP-07", "members in the body are lost", rewrite.Forgets(replacesGroups, "members")},
		{"OKTA-GROUP-07", "an update is overlooked", rewrite.DeafTo(replacesGroups, rewrite.HasMembers())},

		{"OKTA-GROUP-08", "a group takes its members along", rewrite.WithItsMembers()},
		{"OKTA-GROUP-08", "a deletion only looks like one", rewrite.OnlyApparently(rewrite.At("DELETE", "/Groups/*"))},
		{"OKTA-GROUP-08", "a deletion answers 200", rewrite.Recoded(rewrite.At("DELETE", "/Groups/*"), http.StatusNoContent, http.StatusOK)},
	}
}

var (
	replacesGroups = rewrite.At("PUT", "/Groups/*")
)
