package keycloak

import (
	"net/http"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// usersFaults violate features/keycloak/1_users.feature.
func usersFaults() rewrite.Table {
	untyped := func(body *scim.Object) bool {
		return slices.ContainsFunc(rewrite.ObjectsIn(body.Array("emails")), func(e *scim.Object) bool { return !rewrite.HasMember("type")(e) })
	}
	asText := func(op *scim.Object) bool { return rewrite.OnPath("active")(op) && op.String("value") != "" }
	return rewrite.Table{
		{"KEYCLOAK-USER-01", "the answer has no body", rewrite.Mute(rewrite.CreatesUsers)},
		{"KEYCLOAK-USER-01", "the answer has no active", rewrite.WithoutShown(rewrite.CreatesUsers, "active")},
		{"KEYCLOAK-USER-01", "the answer has no display name", rewrite.WithoutShown(rewrite.CreatesUsers, "displayName")},
		{"KEYCLOAK-USER-01", "a creation is answered by 200", rewrite.Answers(rewrite.CreatesUsers, rewrite.StatusBecomes(http.StatusCreated, http.StatusOK))},

		{"KEYCLOAK-USER-02", "an address without a type is refused", rewrite.RefuseBodies(rewrite.CreatesUsers, untyped, rewrite.NotTaken())},
		{"KEYCLOAK-USER-02", "an address without a type is lost", rewrite.Requests(rewrite.CreatesUsers, func(_ *http.Request, body *scim.Object) {
			if untyped(body) {
				body.Delete("emails")
			}
		})},

		{"KEYCLOAK-USER-03", "an id in the body is refused", rewrite.RefuseBodies(rewrite.ReplacesUsers, rewrite.HasMembers("id"), rewrite.NotTaken())},
		{"KEYCLOAK-USER-03", "an update is ignored", rewrite.Ignore(rewrite.ReplacesUsers, rewrite.HasMembers())},

		{"KEYCLOAK-USER-04", "active is ignored", rewrite.WithoutSent(rewrite.ReplacesUsers, "active")},
		{"KEYCLOAK-USER-04", "a disabled user cannot be enabled", rewrite.Ignore(rewrite.ReplacesUsers, rewrite.IsActiveUser)},

		{"KEYCLOAK-USER-05", "a boolean that is a text breaks the server", rewrite.RefuseBodies(rewrite.PatchesUsers, rewrite.HasOperation(asText), scim.Internal("it broke"))},
		{"KEYCLOAK-USER-05", "every text is true", rewrite.EachOperation(rewrite.PatchesUsers, func(op *scim.Object) {
			if asText(op) {
				op.Set("value", true)
			}
		})},

		{"KEYCLOAK-USER-06", "a deletion only looks like one", rewrite.Ignore(rewrite.DeletesUsers, rewrite.AnyBody)},
	}
}
