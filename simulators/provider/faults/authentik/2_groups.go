package authentik

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// groupsFaults violate features/authentik/2_groups.feature.
func groupsFaults() rewrite.Table {
	renames := rewrite.HasOperation(rewrite.NamesMember("displayName"))
	return rewrite.Table{
		{"AUTHENTIK-GROUP-01", "the answer has no body", rewrite.Mute(rewrite.CreatesGroups)},
		{"AUTHENTIK-GROUP-01", "a creation is answered by 200", rewrite.Answers(rewrite.CreatesGroups, rewrite.StatusBecomes(http.StatusCreated, http.StatusOK))},

		{"AUTHENTIK-GROUP-02", "the filter is ignored", rewrite.EditFilter(rewrite.ListsGroups, rewrite.ReadsNoFilter)},
		{"AUTHENTIK-GROUP-02", "groups cannot be filtered", rewrite.RefuseAll(rewrite.WhenAsked(rewrite.ListsGroups, "filter", ""), scim.InvalidFilter("no filter of groups"))},

		{"AUTHENTIK-GROUP-03", "only the first operation counts", rewrite.OnlyOperation(rewrite.PatchesGroups, 0)},
		{"AUTHENTIK-GROUP-03", "only the last operation counts", rewrite.OnlyOperation(rewrite.PatchesGroups, -1)},
		{"AUTHENTIK-GROUP-03", "new members are added in place of the old", rewrite.EachOperation(rewrite.PatchesGroups, rewrite.Becomes("replace"))},

		{"AUTHENTIK-GROUP-04", "a removal empties the group", rewrite.EachOperation(rewrite.PatchesGroups, func(op *scim.Object) {
			if op.String("op") == "remove" {
				op.Delete("value")
			}
		})},
		{"AUTHENTIK-GROUP-04", "a removal with a value is ignored", rewrite.Ignore(rewrite.PatchesGroups, rewrite.HasOperation(func(op *scim.Object) bool { return op.String("op") == "remove" }))},
		{"AUTHENTIK-GROUP-04", "only one member leaves at a time", rewrite.Requests(rewrite.PatchesGroups, func(_ *http.Request, body *scim.Object) {
			if all := rewrite.Operations(body); len(all) > 1 && all[0].String("op") == "remove" {
				body.Set("Operations", []any{all[0]})
			}
		})},

		{"AUTHENTIK-GROUP-05", "schemas in the value are refused", rewrite.RefuseBodies(rewrite.PatchesGroups, rewrite.HasOperation(rewrite.NamesMember("schemas")), rewrite.NotTaken())},
		{"AUTHENTIK-GROUP-05", "the id in the value is refused", rewrite.RefuseBodies(rewrite.PatchesGroups, rewrite.HasOperation(rewrite.NamesMember("id")), rewrite.NotTaken())},
		{"AUTHENTIK-GROUP-05", "a new name is ignored", rewrite.Ignore(rewrite.PatchesGroups, renames)},
		{"AUTHENTIK-GROUP-05", "a new name empties the group", rewrite.RemoveAsWell(rewrite.PatchesGroups, renames, "members")},

		{"AUTHENTIK-GROUP-06", "reading a group shows no members", rewrite.WithoutShown(rewrite.At("GET", "/Groups/*"), "members")},
		{"AUTHENTIK-GROUP-06", "reading a group shows one member", rewrite.Shown(rewrite.At("GET", "/Groups/*"), func(o *scim.Object) {
			o.Set("members", rewrite.First(o.Array("members")))
		})},

		{"AUTHENTIK-GROUP-07", "a group takes its members along", rewrite.DeleteWithMembers()},
		{"AUTHENTIK-GROUP-07", "a deletion only looks like one", rewrite.Ignore(rewrite.DeletesGroups, rewrite.AnyBody)},
	}
}
