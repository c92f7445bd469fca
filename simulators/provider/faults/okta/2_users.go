package okta

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// usersFaults violate features/okta/2_users.feature.
func usersFaults() rewrite.Table {
	return rewrite.Table{
		{"OKTA-USER-01", "the filter is ignored", rewrite.EditFilter(rewrite.ListsUsers, rewrite.ReadsNoFilter)},
		{"OKTA-USER-01", "a filter and a page exclude each other", rewrite.RefuseAll(rewrite.WhenAsked(rewrite.WhenAsked(rewrite.ListsUsers, "filter", ""), "startIndex", ""), scim.InvalidValue("startIndex"))},
		{"OKTA-USER-01", "the first page is that from 0", rewrite.Requests(rewrite.ListsUsers, func(r *http.Request, _ *scim.Object) {
			rewrite.EditQuery(r, func(q url.Values) {
				if q.Get("startIndex") == "1" {
					q.Set("startIndex", "2")
				}
			})
		})},

		{"OKTA-USER-02", "an empty result is a server error", rewrite.RefuseAll(rewrite.ListsUsers, scim.Internal("it broke"))},
		{"OKTA-USER-02", "an empty result is a bad request", rewrite.RefuseAll(rewrite.ListsUsers, scim.InvalidFilter("nobody"))},
		{"OKTA-USER-02", "a user is made up", rewrite.Answers(rewrite.ListsUsers, func(_ *http.Request, a *rewrite.Answer) { a.Body.Set("Resources", []any{scim.NewObject()}) })},

		{"OKTA-USER-03", "capital letters count", rewrite.ShowOnly(rewrite.ListsUsers, func(r *http.Request, o *scim.Object) bool {
			return strings.Contains(r.URL.Query().Get("filter"), o.String("userName"))
		})},

		{"OKTA-USER-04", "the answer has no body", rewrite.Mute(rewrite.CreatesUsers)},
		{"OKTA-USER-04", "groups are refused", rewrite.RefuseBodies(rewrite.CreatesUsers, rewrite.HasMembers("groups"), scim.InvalidValue("this server does not take that"))},
		{"OKTA-USER-04", "a password is refused", rewrite.RefuseBodies(rewrite.CreatesUsers, rewrite.HasMembers("password"), scim.InvalidValue("this server does not take that"))},
		{"OKTA-USER-04", "the password is shown", rewrite.Shown(rewrite.CreatesUsers, func(o *scim.Object) { o.Set("password", "1mz050nq-Aa9!kq") })},
		{"OKTA-USER-04", "the external id is lost", rewrite.WithoutSent(rewrite.CreatesUsers, "externalId")},
		{"OKTA-USER-04", "the answer has no active", rewrite.WithoutShown(rewrite.CreatesUsers, "active")},

		{"OKTA-USER-05", "a duplicate is a success", rewrite.Answers(rewrite.CreatesUsers, rewrite.StatusBecomes(http.StatusConflict, http.StatusOK))},
		{"OKTA-USER-05", "a duplicate is a bad request", rewrite.Answers(rewrite.CreatesUsers, rewrite.StatusBecomes(http.StatusConflict, http.StatusBadRequest))},
		{"OKTA-USER-05", "the conflict has no body", rewrite.OnStatus(rewrite.Anywhere, http.StatusConflict, rewrite.NoBody)},

		{"OKTA-USER-06", "a user cannot be read", rewrite.RefuseAll(rewrite.At("GET", "/Users/*"), scim.NotFound("User", ""))},
		{"OKTA-USER-06", "another id is shown", rewrite.Shown(rewrite.At("GET", "/Users/*"), func(o *scim.Object) { o.Set("id", "another") })},

		{"OKTA-USER-07", "an unknown user is an empty answer", rewrite.Answers(rewrite.At("GET", "/Users/*"), rewrite.StatusBecomes(http.StatusNotFound, http.StatusOK))},
		{"OKTA-USER-07", "the error has no detail", rewrite.OnStatus(rewrite.Anywhere, http.StatusNotFound, rewrite.SetMember("detail", nil))},
		{"OKTA-USER-07", "the error has no schema", rewrite.OnStatus(rewrite.Anywhere, http.StatusNotFound, rewrite.SetMember("schemas", nil))},
		{"OKTA-USER-07", "the error has no body", rewrite.OnStatus(rewrite.Anywhere, http.StatusNotFound, rewrite.NoBody)},

		{"OKTA-USER-08", "an id in the body is refused", rewrite.RefuseBodies(rewrite.ReplacesUsers, rewrite.HasMembers("id"), scim.InvalidValue("this server does not take that"))},
		{"OKTA-USER-08", "meta in the body is refused", rewrite.RefuseBodies(rewrite.ReplacesUsers, rewrite.HasMembers("meta"), scim.InvalidValue("this server does not take that"))},
		{"OKTA-USER-08", "an update is ignored", rewrite.Ignore(rewrite.ReplacesUsers, rewrite.HasMembers())},
		{"OKTA-USER-08", "an update has no answer", rewrite.Mute(rewrite.ReplacesUsers)},
		{"OKTA-USER-08", "an update loses the external id", rewrite.WithoutSent(rewrite.ReplacesUsers, "externalId")},
		{"OKTA-USER-08", "an update answers with the user as before", rewrite.Shown(rewrite.ReplacesUsers, func(o *scim.Object) { o.Set("displayName", "Before") })},

		{"OKTA-USER-09", "an update takes the user out of its groups", leavingGroups(rewrite.HasMembers())},
		{"OKTA-USER-09", "an empty list takes the user out of its groups", leavingGroups(func(o *scim.Object) bool { return rewrite.HasMembers("groups")(o) && len(o.Array("groups")) == 0 })},
		{"OKTA-USER-09", "groups in the body are refused", rewrite.RefuseBodies(rewrite.ReplacesUsers, rewrite.HasMembers("groups"), scim.InvalidValue("this server does not take that"))},

		{"OKTA-USER-10", "active is ignored", rewrite.WithoutSent(rewrite.ReplacesUsers, "active")},
		{"OKTA-USER-10", "a deactivated user cannot be activated", rewrite.Ignore(rewrite.ReplacesUsers, rewrite.IsActiveUser)},
		{"OKTA-USER-10", "a deactivated user loses the name", rewrite.Requests(rewrite.ReplacesUsers, func(_ *http.Request, o *scim.Object) {
			if !rewrite.IsActiveUser(o) {
				o.Delete("displayName")
			}
		})},

		{"OKTA-USER-11", "a path is demanded", rewrite.RefuseBodies(rewrite.PatchesUsers, rewrite.HasOperation(rewrite.NamesMember("active")), scim.InvalidValue("this server does not take that"))},
		{"OKTA-USER-11", "an operation without a path is ignored", rewrite.Ignore(rewrite.PatchesUsers, rewrite.HasOperation(rewrite.NamesMember("active")))},
		{"OKTA-USER-11", "an operation without a path replaces everything", rewrite.RemoveAsWell(rewrite.PatchesUsers, rewrite.HasOperation(rewrite.NamesMember("active")), "displayName")},
		{"OKTA-USER-11", "the answer shows the user as before", rewrite.Shown(rewrite.PatchesUsers, func(o *scim.Object) { o.Set("active", true) })},

		{"OKTA-USER-12", "a deactivated user is not found", rewrite.ShowOnly(rewrite.ListsUsers, func(_ *http.Request, o *scim.Object) bool { return rewrite.IsActiveUser(o) })},
		{"OKTA-USER-12", "a list shows every user as active", rewrite.Shown(rewrite.ListsUsers, func(o *scim.Object) { o.Set("active", true) })},

		{"OKTA-USER-13", "a password is refused", rewrite.RefuseBodies(rewrite.PatchesUsers, rewrite.HasOperation(rewrite.NamesMember("password")), scim.InvalidValue("this server does not take that"))},
		{"OKTA-USER-13", "a password is shown", rewrite.Shown(rewrite.At("GET", "/Users/*"), func(o *scim.Object) { o.Set("password", "2na161or-Bb8!lr") })},
		{"OKTA-USER-13", "a password clears the name", rewrite.RemoveAsWell(rewrite.PatchesUsers, rewrite.HasOperation(rewrite.NamesMember("password")), "displayName")},
	}
}

// leavingGroups takes a user out of all groups when its PUT fits.
func leavingGroups(fits rewrite.Payload) rewrite.Wrap {
	puts := rewrite.At("PUT", "/Users/*")
	return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
		if puts(r) && fits(rewrite.BodyOf(r)) {
			for _, group := range rewrite.Ask(next, r, http.MethodGet, "Groups", nil).Resources() {
				rewrite.ChangeMember(next, r, "remove", group.String("id"), rewrite.Segments(r)[1])
			}
		}
		return nil
	})
}
