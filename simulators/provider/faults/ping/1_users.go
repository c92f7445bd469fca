package ping

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// usersFaults violate features/ping/1_users.feature.
func usersFaults() rewrite.Table {
	filters := func(part string) rewrite.When {
		return func(r *http.Request) bool {
			return rewrite.ListsUsers(r) && strings.Contains(r.URL.Query().Get("filter"), part)
		}
	}
	return rewrite.Table{
		{"PING-USER-01", "the filter is ignored", rewrite.EditFilter(rewrite.ListsUsers, rewrite.ReadsNoFilter)},

		{"PING-USER-02", "addresses cannot be filtered without their value", rewrite.RefuseAll(filters("emails eq"), scim.InvalidFilter("emails has parts"))},
		{"PING-USER-02", "the filter is ignored", rewrite.EditFilter(rewrite.ListsUsers, rewrite.ReadsNoFilter)},

		{"PING-USER-03", "an operator has to be in small letters", rewrite.RefuseAll(filters(" Eq "), scim.InvalidFilter("Eq"))},
		{"PING-USER-03", "a name has to be in its own letters", rewrite.RefuseAll(filters("username"), scim.InvalidFilter("username"))},

		{"PING-USER-04", "the name is lost", rewrite.WithoutSent(rewrite.CreatesUsers, "name")},
		{"PING-USER-04", "a creation is only accepted", rewrite.Answers(rewrite.CreatesUsers, rewrite.StatusBecomes(http.StatusCreated, http.StatusAccepted))},

		{"PING-USER-05", "users cannot be replaced", rewrite.RefuseAll(rewrite.ReplacesUsers, scim.MethodNotAllowed("GET", "PATCH", "DELETE"))},
		{"PING-USER-05", "an update is ignored", rewrite.Ignore(rewrite.ReplacesUsers, rewrite.HasMembers())},

		{"PING-USER-06", "active is ignored", rewrite.WithoutSent(rewrite.ReplacesUsers, "active")},
		{"PING-USER-06", "a disabled user cannot be enabled", rewrite.Ignore(rewrite.ReplacesUsers, rewrite.IsActiveUser)},

		{"PING-USER-07", "a deletion only looks like one", rewrite.Ignore(rewrite.DeletesUsers, rewrite.AnyBody)},
	}
}
