package entra

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// groupsFaults violate features/entra/3_groups.feature.
func groupsFaults() rewrite.Table {
	return rewrite.Table{
		{"ENTRA-GROUP-01", "a schema that is none is refused", rewrite.RefuseBodies(rewrite.CreatesGroups, func(o *scim.Object) bool { return len(o.Array("schemas")) > 1 }, scim.InvalidValue("this server does not take that"))},
		{"ENTRA-GROUP-01", "a group needs members", rewrite.RefuseBodies(rewrite.CreatesGroups, func(o *scim.Object) bool { return !rewrite.HasMembers("members")(o) }, scim.InvalidValue("this server does not take that"))},
		{"ENTRA-GROUP-01", "meta is refused", rewrite.RefuseBodies(rewrite.CreatesGroups, rewrite.HasMembers("meta"), scim.InvalidValue("this server does not take that"))},

		{"ENTRA-GROUP-02", "members are shown in lists", rewrite.EditParameters(rewrite.ListsGroups, rewrite.OmitParameters("excludedAttributes"))},
		{"ENTRA-GROUP-02", "members are shown by id", rewrite.EditParameters(rewrite.At("GET", "/Groups/*"), rewrite.OmitParameters("excludedAttributes"))},
		{"ENTRA-GROUP-02", "the group is not found without its members", rewrite.ShowOnly(rewrite.WhenAsked(rewrite.ListsGroups, "excludedAttributes", "members"), rewrite.NoneAtAll)},
		{"ENTRA-GROUP-02", "the filter is ignored", rewrite.EditFilter(rewrite.ListsGroups, rewrite.ReadsNoFilter)},

		{"ENTRA-GROUP-03", "a reference that is null is refused", rewrite.RefuseBodies(rewrite.PatchesGroups, rewrite.HasOperation(func(op *scim.Object) bool {
			return slices.ContainsFunc(op.Array("value"), func(v any) bool { o, ok := v.(*scim.Object); return ok && rewrite.HasMembers("$ref")(o) })
		}), scim.InvalidValue("this server does not take that"))},
		{"ENTRA-GROUP-03", "new members are added in place of the old", rewrite.EachOperation(rewrite.PatchesGroups, func(op *scim.Object) { op.Set("op", "replace") })},
		{"ENTRA-GROUP-03", "new members are ignored", rewrite.Ignore(rewrite.PatchesGroups, rewrite.HasOperation(rewrite.OnPath("members")))},

		{"ENTRA-GROUP-04", "the value of a removal is ignored", rewrite.EachOperation(rewrite.PatchesGroups, func(op *scim.Object) { op.Delete("value") })},
		{"ENTRA-GROUP-04", "a removal with a value is refused", rewrite.RefuseBodies(rewrite.PatchesGroups, rewrite.HasOperation(rewrite.SetsPath("members", "array")), scim.InvalidValue("this server does not take that"))},
		{"ENTRA-GROUP-04", "a removal with a value does nothing", rewrite.Ignore(rewrite.PatchesGroups, rewrite.HasOperation(rewrite.SetsPath("members", "array")))},
		{"ENTRA-GROUP-04", "one member is removed of several", rewrite.EachOperation(rewrite.PatchesGroups, func(op *scim.Object) { op.Set("value", op.Array("value")[:1]) })},

		{"ENTRA-GROUP-05", "a filter in a path is refused", rewrite.RefuseBodies(rewrite.PatchesGroups, rewrite.HasOperation(memberPath), scim.InvalidValue("this server does not take that"))},
		{"ENTRA-GROUP-05", "a filter in a path is ignored", rewrite.EachOperation(rewrite.PatchesGroups, func(op *scim.Object) { op.Set("path", "members") })},
		{"ENTRA-GROUP-05", "a success removes no member", rewrite.Ignore(rewrite.PatchesGroups, rewrite.HasOperation(memberPath))},

		{"ENTRA-GROUP-06", "a new name is ignored", rewrite.Ignore(rewrite.PatchesGroups, rewrite.HasOperation(rewrite.OnPath("displayName")))},
		{"ENTRA-GROUP-06", "a new name empties the group", rewrite.RemoveAsWell(rewrite.PatchesGroups, rewrite.HasOperation(rewrite.OnPath("displayName")), "members")},
		{"ENTRA-GROUP-06", "the new name is not found", rewrite.ShowOnly(rewrite.ListsGroups, rewrite.NoneAtAll)},

		{"ENTRA-GROUP-07", "a change is only accepted", rewrite.Answers(rewrite.PatchesGroups, rewrite.StatusBecomes(http.StatusOK, http.StatusAccepted))},
		{"ENTRA-GROUP-07", "the answer has no id", rewrite.WithoutShown(rewrite.PatchesGroups, "id")},
		{"ENTRA-GROUP-07", "the answer shows the old name", rewrite.Shown(rewrite.PatchesGroups, func(o *scim.Object) { o.Set("displayName", "as before") })},

		{"ENTRA-GROUP-08", "a second group of a name is created", rewrite.Answers(rewrite.CreatesGroups, rewrite.StatusBecomes(http.StatusConflict, http.StatusCreated))},
		{"ENTRA-GROUP-08", "a second group of a name is a bad request", rewrite.Answers(rewrite.CreatesGroups, rewrite.StatusBecomes(http.StatusConflict, http.StatusBadRequest))},

		{"ENTRA-GROUP-09", "a group takes its members along", rewrite.DeleteWithMembers()},
		{"ENTRA-GROUP-09", "a deletion only looks like one", rewrite.Ignore(rewrite.At("DELETE", "/Groups/*"), rewrite.AnyBody)},

		{"ENTRA-GROUP-10", "the condition on members is ignored", rewrite.EditFilter(rewrite.ListsGroups, rewrite.FirstCondition)},
		{"ENTRA-GROUP-10", "members cannot be filtered", rewrite.RefuseAll(rewrite.WhenAsked(rewrite.ListsGroups, "filter", "members"), scim.InvalidFilter("members"))},
	}
}

// memberPath is an operation whose path selects members.
func memberPath(op *scim.Object) bool { return strings.HasPrefix(op.String("path"), "members[") }
