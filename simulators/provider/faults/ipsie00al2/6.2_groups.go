package ipsie00al2

import (
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// groupsFaults violate features/ipsie00al2/6.2_groups.feature.
func groupsFaults() rewrite.Table {
	manyOperations := func(o *scim.Object) bool { return len(rewrite.Operations(o)) > 49 }
	return rewrite.Table{
		{"IPSIE00AL2-6.2.1-01", "the schema has no members", rewrite.EditSchema(scim.GroupURN, rewrite.WithoutDefinition("members"))},
		{"IPSIE00AL2-6.2.1-01", "the schema of groups has no displayName", rewrite.EditSchema(scim.GroupURN, rewrite.WithoutDefinition("displayName"))},

		{"IPSIE00AL2-6.2.1-02", "the externalId of groups is dropped", rewrite.WithoutSent(rewrite.CreatesGroups, "externalId")},

		{"IPSIE00AL2-6.2.1-03", "two groups have one name", rewrite.Answers(rewrite.CreatesGroups, rewrite.StatusBecomes(409, 201))},

		{"IPSIE00AL2-6.2.2-01", "a new group has no members", rewrite.WithoutSent(rewrite.CreatesGroups, "members")},
		{"IPSIE00AL2-6.2.2-01", "groups are not created", rewrite.RefuseAll(rewrite.CreatesGroups, scim.Forbidden("groups are fixed"))},

		{"IPSIE00AL2-6.2.2-02", "a group needs a member", rewrite.RefuseBodies(rewrite.CreatesGroups, rewrite.HasEmptyList, scim.InvalidValue("members"))},

		{"IPSIE00AL2-6.2.3-01", "groups are not listed", rewrite.RefuseAll(rewrite.ListsGroups, scim.Forbidden("ask for one"))},

		{"IPSIE00AL2-6.2.4-01", "groups are not read by their id", rewrite.RefuseAll(rewrite.At("GET", "/Groups/*"), scim.NotFound("Group", ""))},

		{"IPSIE00AL2-6.2.5-01", "filters of groups are ignored", rewrite.EditParameters(rewrite.Queries("Groups"), rewrite.OmitParameters("filter"))},
		{"IPSIE00AL2-6.2.5-01", "filters on the externalId of groups are refused", rewrite.RefuseFilters(rewrite.Queries("Groups"), rewrite.Containing("externalId"), scim.InvalidFilter("externalId"))},
		{"IPSIE00AL2-6.2.5-01", "filters on members are refused", rewrite.RefuseFilters(rewrite.Queries("Groups"), rewrite.Containing("members["), scim.InvalidFilter("members"))},

		{"IPSIE00AL2-6.2.6-01", "a group is not renamed", rewrite.IgnoreOperations("/Groups/*", rewrite.OnPath("displayName"))},

		{"IPSIE00AL2-6.2.6-02", "fifty operations are too many", rewrite.RefuseBodies(rewrite.PatchesGroups, manyOperations, scim.InvalidValue("at most 49"))},
		{"IPSIE00AL2-6.2.6-02", "of fifty operations the last is done", rewrite.OnlyOperation(rewrite.PatchesGroups, -1)},
	}
}
