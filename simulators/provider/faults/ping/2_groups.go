package ping

import (
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// groupsFaults violate features/ping/2_groups.feature.
func groupsFaults() rewrite.Table {
	return rewrite.Table{
		{"PING-GROUP-01", "the groups are a bare array", rewrite.Answers(rewrite.ListsGroups, rewrite.BareArray)},
		{"PING-GROUP-01", "a filter is demanded", rewrite.RefuseAll(rewrite.ListsGroups, scim.InvalidFilter("say which"))},

		{"PING-GROUP-02", "the members of a new group are lost", rewrite.WithoutSent(rewrite.CreatesGroups, "members")},
		{"PING-GROUP-02", "a group without an external id is refused", rewrite.RefuseBodies(rewrite.CreatesGroups, func(body *scim.Object) bool {
			return !rewrite.HasMember("externalId")(body)
		}, rewrite.NotTaken())},

		{"PING-GROUP-03", "a group takes its members along", rewrite.DeleteWithMembers()},
		{"PING-GROUP-03", "a deletion only looks like one", rewrite.Ignore(rewrite.DeletesGroups, rewrite.AnyBody)},
	}
}
