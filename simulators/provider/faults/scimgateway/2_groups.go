package scimgateway

import (
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// groupsFaults violate features/scimgateway/2_groups.feature.
func groupsFaults() rewrite.Table {
	return rewrite.Table{
		{"SCIMGATEWAY-GROUP-01", "the filter is ignored", rewrite.EditFilter(rewrite.ListsGroups, rewrite.ReadsNoFilter)},
		{"SCIMGATEWAY-GROUP-01", "plain JSON is not offered", rewrite.RefuseAll(rewrite.WithHeader(rewrite.ListsGroups, "Accept", "application/json"), scim.NotAcceptable("application/json"))},

		{"SCIMGATEWAY-GROUP-02", "members are demanded", lenient(rewrite.RefuseBodies(rewrite.CreatesGroups, func(body *scim.Object) bool {
			return !rewrite.HasMember("members")(body)
		}, rewrite.NotTaken()))},
		{"SCIMGATEWAY-GROUP-02", "plain JSON is refused", lenient(rewrite.RefuseAll(rewrite.WithHeader(rewrite.CreatesGroups, "Content-Type", "application/json"), scim.UnsupportedMediaType("application/json")))},

		{"SCIMGATEWAY-GROUP-03", "only the first member joins", lenient(rewrite.EachOperation(rewrite.PatchesGroups, rewrite.FirstOnly))},
		{"SCIMGATEWAY-GROUP-03", "new members are added in place of the old", lenient(rewrite.EachOperation(rewrite.PatchesGroups, rewrite.Becomes("replace")))},

		{"SCIMGATEWAY-GROUP-04", "a removal empties the group", lenient(rewrite.EachOperation(rewrite.PatchesGroups, func(op *scim.Object) {
			if op.String("op") == "remove" {
				op.Delete("value")
			}
		}))},
		{"SCIMGATEWAY-GROUP-04", "a removal with a value is ignored", lenient(rewrite.Ignore(rewrite.PatchesGroups, rewrite.HasOperation(func(op *scim.Object) bool { return op.String("op") == "remove" })))},

		{"SCIMGATEWAY-GROUP-05", "the filter is ignored", rewrite.EditFilter(rewrite.ListsGroups, rewrite.ReadsNoFilter)},
		{"SCIMGATEWAY-GROUP-05", "members cannot be filtered", rewrite.RefuseAll(rewrite.WhenAsked(rewrite.ListsGroups, "filter", "members"), scim.InvalidFilter("no such filter"))},

		{"SCIMGATEWAY-GROUP-06", "a group takes its members along", rewrite.DeleteWithMembers()},
		{"SCIMGATEWAY-GROUP-06", "a deletion only looks like one", rewrite.Ignore(rewrite.DeletesGroups, rewrite.AnyBody)},
	}
}
