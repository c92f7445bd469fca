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
		{"OKTA-GROUP-01", "an empty list of members is refused", rewrite.RefuseBodies(rewrite.CreatesGroups, rewrite.HasMembers("members"), scim.InvalidValue("this server does not take that"))},
		{"OKTA-GROUP-01", "the answer has no body", rewrite.Mute(rewrite.CreatesGroups)},
		{"OKTA-GROUP-01", "the answer has no name", rewrite.WithoutShown(rewrite.CreatesGroups, "displayName")},

		{"OKTA-GROUP-02", "the id is refused", rewrite.RefuseBodies(rewrite.PatchesGroups, rewrite.HasOperation(rewrite.NamesMember("id")), scim.InvalidValue("this server does not take that"))},
		{"OKTA-GROUP-02", "a path is demanded", rewrite.RefuseBodies(rewrite.PatchesGroups, rewrite.HasOperation(rewrite.NamesMember("displayName")), scim.InvalidValue("this server does not take that"))},
		{"OKTA-GROUP-02", "a new name is ignored", rewrite.Ignore(rewrite.PatchesGroups, rewrite.HasOperation(rewrite.NamesMember("displayName")))},
		{"OKTA-GROUP-02", "a new name empties the group", rewrite.RemoveAsWell(rewrite.PatchesGroups, rewrite.HasOperation(rewrite.NamesMember("displayName")), "members")},

		{"OKTA-GROUP-03", "its own name is a conflict", rewrite.RefuseBodies(rewrite.PatchesGroups, rewrite.HasOperation(rewrite.NamesMember("displayName")), scim.UniquenessError("another Group has this displayName"))},
		{"OKTA-GROUP-03", "its own name empties the group", rewrite.RemoveAsWell(rewrite.PatchesGroups, rewrite.HasOperation(rewrite.NamesMember("displayName")), "members")},
		{"OKTA-GROUP-03", "new members are added in place of the old", rewrite.EachOperation(rewrite.PatchesGroups, func(op *scim.Object) { op.Set("op", "replace") })},

		{"OKTA-GROUP-04", "only the first operation counts", rewrite.OnlyOperation(rewrite.PatchesGroups, 0)},
		{"OKTA-GROUP-04", "only the last operation counts", rewrite.OnlyOperation(rewrite.PatchesGroups, -1)},
		{"OKTA-GROUP-04", "a removal empties the group", rewrite.EachOperation(rewrite.PatchesGroups, func(op *scim.Object) { op.Set("path", "members") })},

		{"OKTA-GROUP-05", "a full push only adds", rewrite.EachOperation(rewrite.PatchesGroups, func(op *scim.Object) { op.Set("op", "add") })},
		{"OKTA-GROUP-05", "a full push is ignored", rewrite.Ignore(rewrite.PatchesGroups, rewrite.HasOperation(rewrite.OnPath("members")))},
		{"OKTA-GROUP-05", "a full push brings one member", rewrite.EachOperation(rewrite.PatchesGroups, func(op *scim.Object) { op.Set("value", op.Array("value")[:1]) })},
		{"OKTA-GROUP-05", "a display name is refused", rewrite.RefuseBodies(rewrite.PatchesGroups, rewrite.HasOperation(func(op *scim.Object) bool {
			return slices.ContainsFunc(op.Array("value"), func(v any) bool { o, ok := v.(*scim.Object); return ok && rewrite.HasMembers("display")(o) })
		}), scim.InvalidValue("this server does not take that"))},

		{"OKTA-GROUP-06", "a change is only accepted", rewrite.Answers(rewrite.PatchesGroups, rewrite.StatusBecomes(http.StatusOK, http.StatusAccepted))},
		{"OKTA-GROUP-06", "the answer has no id", rewrite.WithoutShown(rewrite.PatchesGroups, "id")},
		{"OKTA-GROUP-06", "the answer has no name", rewrite.WithoutShown(rewrite.PatchesGroups, "displayName")},

		{"OKTA-GROUP-07", "groups cannot be replaced", rewrite.RefuseAll(rewrite.ReplacesGroups, scim.MethodNotAllowed("GET", "PATCH", "DELETE"))},
		{"OKTA-GROUP-07", "members in the body are lost", rewrite.WithoutSent(rewrite.ReplacesGroups, "members")},
		{"OKTA-GROUP-07", "an update is ignored", rewrite.Ignore(rewrite.ReplacesGroups, rewrite.HasMembers())},

		{"OKTA-GROUP-08", "a group takes its members along", rewrite.DeleteWithMembers()},
		{"OKTA-GROUP-08", "a deletion only looks like one", rewrite.Ignore(rewrite.At("DELETE", "/Groups/*"), rewrite.AnyBody)},
		{"OKTA-GROUP-08", "a deletion answers 200", rewrite.Answers(rewrite.At("DELETE", "/Groups/*"), rewrite.StatusBecomes(http.StatusNoContent, http.StatusOK))},
	}
}
