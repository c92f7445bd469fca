package keycloak

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// groupsFaults violate features/keycloak/2_groups.feature.
func groupsFaults() rewrite.Table {
	relative := func(body *scim.Object) bool {
		return slices.ContainsFunc(rewrite.ObjectsIn(body.Array("members")), func(m *scim.Object) bool { return strings.HasPrefix(m.String("$ref"), "Users/") })
	}
	asText := func(op *scim.Object) bool { return op.String("path") == "" && op.String("value") != "" }
	hasNoMembers := func(body *scim.Object) bool { return !rewrite.HasMember("members")(body) }
	return rewrite.Table{
		{"KEYCLOAK-GROUP-01", "a relative reference is refused", rewrite.RefuseBodies(rewrite.CreatesGroups, relative, rewrite.NotTaken())},
		{"KEYCLOAK-GROUP-01", "the members of a new group are lost", rewrite.WithoutSent(rewrite.CreatesGroups, "members")},
		{"KEYCLOAK-GROUP-01", "the answer has no body", rewrite.Mute(rewrite.CreatesGroups)},

		{"KEYCLOAK-GROUP-02", "an update is ignored", rewrite.Ignore(rewrite.ReplacesGroups, rewrite.HasMembers())},
		{"KEYCLOAK-GROUP-02", "a new name empties the group", rewrite.WithoutSent(rewrite.ReplacesGroups, "members")},
		{"KEYCLOAK-GROUP-02", "groups cannot be replaced", rewrite.RefuseAll(rewrite.ReplacesGroups, scim.MethodNotAllowed("GET", "PATCH", "DELETE"))},

		{"KEYCLOAK-GROUP-03", "members in the body are ignored", rewrite.KeepOld(rewrite.ReplacesGroups, "members", rewrite.AnyBody)},
		{"KEYCLOAK-GROUP-03", "only the first member is stored", rewrite.Requests(rewrite.ReplacesGroups, func(_ *http.Request, body *scim.Object) {
			body.Set("members", rewrite.First(body.Array("members")))
		})},

		{"KEYCLOAK-GROUP-04", "members that are not sent stay", rewrite.KeepOld(rewrite.ReplacesGroups, "members", hasNoMembers)},
		{"KEYCLOAK-GROUP-04", "members are demanded", rewrite.RefuseBodies(rewrite.ReplacesGroups, hasNoMembers, rewrite.NotTaken())},

		{"KEYCLOAK-GROUP-05", "only the last operation counts", rewrite.OnlyOperation(rewrite.PatchesGroups, -1)},
		{"KEYCLOAK-GROUP-05", "the members cannot be replaced", rewrite.RefuseBodies(rewrite.PatchesGroups, rewrite.HasOperation(rewrite.OnPath("members")), rewrite.NotTaken())},

		{"KEYCLOAK-GROUP-06", "a text breaks the server", rewrite.RefuseBodies(rewrite.PatchesGroups, rewrite.HasOperation(asText), scim.Internal("it broke"))},
		{"KEYCLOAK-GROUP-06", "a text empties the group", rewrite.Requests(rewrite.PatchesGroups, func(_ *http.Request, body *scim.Object) {
			for _, op := range rewrite.Operations(body) {
				if asText(op) {
					op.Set("op", "remove")
					op.Set("path", "members")
					op.Delete("value")
				}
			}
		})},

		{"KEYCLOAK-GROUP-07", "a group takes its members along", rewrite.DeleteWithMembers()},
		{"KEYCLOAK-GROUP-07", "a deletion only looks like one", rewrite.Ignore(rewrite.DeletesGroups, rewrite.AnyBody)},
	}
}
