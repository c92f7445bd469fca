package authentik

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// usersFaults violate features/authentik/1_users.feature.
func usersFaults() rewrite.Table {
	config := rewrite.At("GET", "/ServiceProviderConfig")
	return rewrite.Table{
		{"AUTHENTIK-CONNECT-01", "there is no configuration", rewrite.RefuseAll(config, scim.NotFound("ServiceProviderConfig", ""))},
		{"AUTHENTIK-CONNECT-01", "the configuration says nothing of PATCH", rewrite.Answers(config, func(_ *http.Request, a *rewrite.Answer) { a.Body.Delete("patch") })},
		{"AUTHENTIK-CONNECT-01", "a number is a string", rewrite.Answers(config, func(_ *http.Request, a *rewrite.Answer) {
			rewrite.PartOf(a.Body, "bulk").Set("maxOperations", "1000")
		})},

		{"AUTHENTIK-USER-01", "the answer has no body", rewrite.Mute(rewrite.CreatesUsers)},
		{"AUTHENTIK-USER-01", "a creation is answered by 200", rewrite.Answers(rewrite.CreatesUsers, rewrite.StatusBecomes(http.StatusCreated, http.StatusOK))},
		{"AUTHENTIK-USER-01", "an empty list of photos is refused", rewrite.RefuseBodies(rewrite.CreatesUsers, rewrite.HasMembers("photos"), rewrite.NotTaken())},
		{"AUTHENTIK-USER-01", "the name is lost", rewrite.WithoutSent(rewrite.CreatesUsers, "name")},

		{"AUTHENTIK-USER-02", "a duplicate is a bad request", rewrite.Answers(rewrite.CreatesUsers, rewrite.StatusBecomes(http.StatusConflict, http.StatusBadRequest))},
		{"AUTHENTIK-USER-02", "the filter is ignored", rewrite.EditFilter(rewrite.ListsUsers, rewrite.ReadsNoFilter)},

		{"AUTHENTIK-USER-03", "an id in the body is refused", rewrite.RefuseBodies(rewrite.ReplacesUsers, rewrite.HasMembers("id"), rewrite.NotTaken())},
		{"AUTHENTIK-USER-03", "an update is ignored", rewrite.Ignore(rewrite.ReplacesUsers, rewrite.HasMembers())},
		{"AUTHENTIK-USER-03", "users cannot be replaced", rewrite.RefuseAll(rewrite.ReplacesUsers, scim.MethodNotAllowed("GET", "PATCH", "DELETE"))},

		{"AUTHENTIK-USER-04", "active is ignored", rewrite.WithoutSent(rewrite.ReplacesUsers, "active")},
		{"AUTHENTIK-USER-04", "a deactivated user cannot be activated", rewrite.Ignore(rewrite.ReplacesUsers, rewrite.IsActiveUser)},

		{"AUTHENTIK-USER-05", "a deletion only looks like one", rewrite.Ignore(rewrite.DeletesUsers, rewrite.AnyBody)},
		{"AUTHENTIK-USER-05", "users cannot be deleted", rewrite.RefuseAll(rewrite.DeletesUsers, scim.MethodNotAllowed("GET", "PATCH", "PUT"))},

		{"AUTHENTIK-USER-06", "a user who is gone is a bad request", rewrite.Answers(rewrite.ReplacesUsers, rewrite.StatusBecomes(http.StatusNotFound, http.StatusBadRequest))},
		{"AUTHENTIK-USER-06", "a PUT of a user who is gone succeeds", rewrite.Answers(rewrite.ReplacesUsers, rewrite.StatusBecomes(http.StatusNotFound, http.StatusOK))},
	}
}
