package auth0

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// usersFaults violate features/auth0/1_users.feature.
func usersFaults() rewrite.Table {
	asksBy := func(attribute string) rewrite.When {
		return func(r *http.Request) bool {
			return rewrite.ListsUsers(r) && strings.HasPrefix(r.URL.Query().Get("filter"), attribute)
		}
	}
	lacks := func(name string) func(*scim.Object) bool {
		return func(body *scim.Object) bool { return !rewrite.HasMember(name)(body) }
	}
	return rewrite.Table{
		{"AUTH0-USER-01", "the filter is ignored", rewrite.EditFilter(rewrite.ListsUsers, rewrite.ReadsNoFilter)},
		{"AUTH0-USER-01", "externalId cannot be filtered, and that is no bad request", rewrite.RefuseAll(asksBy("externalId"), scim.NotImplemented("no such filter"))},
		{"AUTH0-USER-01", "a bar in a value ends it", rewrite.EditFilter(rewrite.ListsUsers, rewrite.ReplaceTexts("|", "\"|"))},
		{"AUTH0-USER-01", "a Content-Type without a body is refused", rewrite.RefuseAll(rewrite.WithHeader(rewrite.ListsUsers, "Content-Type", ""), scim.UnsupportedMediaType("no body"))},

		{"AUTH0-USER-02", "the filter is ignored", rewrite.EditFilter(rewrite.ListsUsers, rewrite.ReadsNoFilter)},
		{"AUTH0-USER-02", "userName cannot be filtered", rewrite.RefuseAll(asksBy("userName"), scim.InvalidFilter("no such filter"))},

		{"AUTH0-USER-03", "an empty list has no Resources", rewrite.Answers(rewrite.ListsUsers, func(_ *http.Request, a *rewrite.Answer) {
			if len(a.Body.Array("Resources")) == 0 {
				a.Body.Delete("Resources")
			}
		})},
		{"AUTH0-USER-03", "nobody is not found", rewrite.RefuseAll(rewrite.ListsUsers, scim.NotFound("User", ""))},

		{"AUTH0-USER-04", "a creation is answered by 200", rewrite.Answers(rewrite.CreatesUsers, rewrite.StatusBecomes(http.StatusCreated, http.StatusOK))},
		{"AUTH0-USER-04", "the answer has no body", rewrite.Mute(rewrite.CreatesUsers)},
		{"AUTH0-USER-04", "the id is a number", rewrite.Shown(rewrite.CreatesUsers, func(o *scim.Object) { o.Set("id", rewrite.Number(7)) })},
		{"AUTH0-USER-04", "the external id is lost", rewrite.WithoutSent(rewrite.CreatesUsers, "externalId")},

		{"AUTH0-USER-05", "a duplicate is a bad request", rewrite.Answers(rewrite.CreatesUsers, rewrite.StatusBecomes(http.StatusConflict, http.StatusBadRequest))},
		{"AUTH0-USER-05", "a list shows no external id", rewrite.Shown(rewrite.ListsUsers, rewrite.DropMembers("externalId"))},

		{"AUTH0-USER-06", "an id is demanded in the body", rewrite.RefuseBodies(rewrite.ReplacesUsers, lacks("id"), rewrite.NotTaken())},
		{"AUTH0-USER-06", "an update is only accepted", rewrite.Answers(rewrite.ReplacesUsers, rewrite.StatusBecomes(http.StatusOK, http.StatusAccepted))},
		{"AUTH0-USER-06", "an update is ignored", rewrite.Ignore(rewrite.ReplacesUsers, rewrite.HasMembers())},

		{"AUTH0-USER-07", "what is missing stays", rewrite.KeepOld(rewrite.ReplacesUsers, "nickName", lacks("nickName"))},
		{"AUTH0-USER-07", "an attribute that is not sent takes another along", rewrite.Requests(rewrite.ReplacesUsers, func(_ *http.Request, body *scim.Object) {
			if lacks("nickName")(body) {
				body.Delete("displayName")
			}
		})},

		{"AUTH0-USER-08", "active is ignored", rewrite.WithoutSent(rewrite.ReplacesUsers, "active")},
		{"AUTH0-USER-08", "a deactivated user cannot be activated", rewrite.Ignore(rewrite.ReplacesUsers, rewrite.IsActiveUser)},

		{"AUTH0-USER-09", "a deactivated user is not found", rewrite.ShowOnly(rewrite.ListsUsers, func(_ *http.Request, o *scim.Object) bool { return rewrite.IsActiveUser(o) })},

		{"AUTH0-USER-10", "a deletion only looks like one", rewrite.Ignore(rewrite.DeletesUsers, rewrite.AnyBody)},
		{"AUTH0-USER-10", "a deletion is only accepted", rewrite.Answers(rewrite.DeletesUsers, rewrite.StatusBecomes(http.StatusNoContent, http.StatusAccepted))},
	}
}
