package onelogin

import (
	"net/http"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// usersFaults violate features/onelogin/1_users.feature.
func usersFaults() rewrite.Table {
	return rewrite.Table{
		{"ONELOGIN-CONNECT-01", "an empty result is a server error", rewrite.RefuseAll(rewrite.ListsUsers, scim.Internal("it broke"))},
		{"ONELOGIN-CONNECT-01", "an empty result is a bad request", rewrite.RefuseAll(rewrite.ListsUsers, scim.InvalidFilter("nobody"))},
		{"ONELOGIN-CONNECT-01", "a user is made up", rewrite.Answers(rewrite.ListsUsers, func(_ *http.Request, a *rewrite.Answer) {
			a.Body.Set("Resources", []any{scim.NewObject()})
		})},

		{"ONELOGIN-CONNECT-02", "who has no name is refused", rewrite.RefuseAll(rewrite.WithoutHeader(rewrite.ListsUsers, "User-Agent"), scim.Forbidden("say who you are"))},

		{"ONELOGIN-USER-01", "the filter is ignored", rewrite.EditFilter(rewrite.ListsUsers, rewrite.ReadsNoFilter)},

		{"ONELOGIN-USER-02", "the name is lost", rewrite.WithoutSent(rewrite.CreatesUsers, "name")},
		{"ONELOGIN-USER-02", "an extension without values is refused", rewrite.RefuseBodies(rewrite.CreatesUsers, func(body *scim.Object) bool {
			return slices.Contains(body.Array("schemas"), any(scim.EnterpriseURN)) && !rewrite.HasMember(scim.EnterpriseURN)(body)
		}, rewrite.NotTaken())},

		{"ONELOGIN-USER-03", "an id is demanded in the body", rewrite.RefuseBodies(rewrite.ReplacesUsers, func(body *scim.Object) bool {
			return !rewrite.HasMember("id")(body)
		}, rewrite.NotTaken())},
		{"ONELOGIN-USER-03", "an update is ignored", rewrite.Ignore(rewrite.ReplacesUsers, rewrite.HasMembers())},

		{"ONELOGIN-USER-04", "an unknown schema breaks the server", rewrite.RefuseBodies(rewrite.CreatesUsers, func(body *scim.Object) bool {
			return slices.Contains(body.Array("schemas"), any("urn:scim:schemas:core:2.0"))
		}, scim.Internal("it broke"))},

		{"ONELOGIN-USER-05", "a deletion only looks like one", rewrite.Ignore(rewrite.DeletesUsers, rewrite.AnyBody)},
	}
}
