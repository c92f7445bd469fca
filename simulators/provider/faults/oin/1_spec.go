package oin

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// specFaults violate features/oin/1_spec.feature.
func specFaults() rewrite.Table {
	return rewrite.Table{
		{"OIN-SPEC-01", "the list has no itemsPerPage", rewrite.WithoutShown(rewrite.ListsUsers, "itemsPerPage")},
		{"OIN-SPEC-01", "users in a list have no name", rewrite.Shown(rewrite.ListsUsers, rewrite.DropMembers("name"))},
		{"OIN-SPEC-01", "users in a list have no active", rewrite.Shown(rewrite.ListsUsers, rewrite.DropMembers("active"))},
		{"OIN-SPEC-01", "the list has no schema", rewrite.WithoutShown(rewrite.ListsUsers, "schemas")},

		{"OIN-SPEC-02", "a user cannot be read", rewrite.RefuseAll(readsUsers, scim.MethodNotAllowed("PUT"))},
		{"OIN-SPEC-02", "a user is read without e-mail addresses", rewrite.Shown(readsUsers, rewrite.DropMembers("emails"))},
		{"OIN-SPEC-02", "another id is shown", rewrite.Shown(readsUsers, func(o *scim.Object) { o.Set("id", "another") })},

		{"OIN-SPEC-03", "nobody found is 404", rewrite.Answers(rewrite.ListsUsers, func(_ *http.Request, a *rewrite.Answer) {
			if a.OK() && len(a.Resources()) == 0 {
				*a = *rewrite.Refusal(scim.NotFound("User", ""))
			}
		})},
		{"OIN-SPEC-03", "the filter is ignored", rewrite.EditFilter(rewrite.ListsUsers, rewrite.ReadsNoFilter)},

		{"OIN-SPEC-04", "an unknown id is a bad request", rewrite.Answers(readsUsers, rewrite.StatusBecomes(http.StatusNotFound, http.StatusBadRequest))},
		{"OIN-SPEC-04", "the error has no detail", rewrite.OnStatus(rewrite.Anywhere, http.StatusNotFound, rewrite.SetMember("detail", nil))},
		{"OIN-SPEC-04", "the error has no body", rewrite.OnStatus(rewrite.Anywhere, http.StatusNotFound, rewrite.NoBody)},

		{"OIN-SPEC-05", "the filter is ignored", rewrite.EditFilter(rewrite.ListsUsers, rewrite.ReadsNoFilter)},
		{"OIN-SPEC-05", "the list has no schema", rewrite.WithoutShown(rewrite.ListsUsers, "schemas")},

		{"OIN-SPEC-06", "a creation is answered by 200", rewrite.Answers(rewrite.CreatesUsers, rewrite.StatusBecomes(http.StatusCreated, http.StatusOK))},
		{"OIN-SPEC-06", "the answer has no active", rewrite.WithoutShown(rewrite.CreatesUsers, "active")},
		{"OIN-SPEC-06", "the answer has no name", rewrite.WithoutShown(rewrite.CreatesUsers, "name")},

		{"OIN-SPEC-07", "the name is lost", rewrite.WithoutSent(rewrite.CreatesUsers, "name")},
		{"OIN-SPEC-07", "a user cannot be read", rewrite.RefuseAll(readsUsers, scim.Forbidden("no"))},

		{"OIN-SPEC-08", "a duplicate is a bad request", rewrite.Answers(rewrite.CreatesUsers, rewrite.StatusBecomes(http.StatusConflict, http.StatusBadRequest))},
		{"OIN-SPEC-08", "a duplicate is a success", rewrite.Answers(rewrite.CreatesUsers, rewrite.StatusBecomes(http.StatusConflict, http.StatusCreated))},

		{"OIN-SPEC-09", "capital letters are refused", rewrite.RefuseFilters(rewrite.ListsUsers, func(text string) bool { return strings.Contains(text, "SPEC") }, scim.InvalidFilter("capitals"))},

		{"OIN-SPEC-10", "there are no groups", rewrite.RefuseAll(rewrite.ListsGroups, scim.NotFound("Groups", ""))},

		{"OIN-SPEC-11", "a wrong token is answered by 403", rewrite.Answers(rewrite.Anywhere, rewrite.StatusBecomes(http.StatusUnauthorized, http.StatusForbidden))},
		{"OIN-SPEC-11", "the refusal has no status", rewrite.OnStatus(rewrite.Anywhere, http.StatusUnauthorized, rewrite.SetMember("status", nil))},
		{"OIN-SPEC-11", "the refusal has no body", rewrite.OnStatus(rewrite.Anywhere, http.StatusUnauthorized, rewrite.NoBody)},

		{"OIN-SPEC-12", "the error has no status", rewrite.OnStatus(rewrite.Anywhere, http.StatusNotFound, rewrite.SetMember("status", nil))},
		{"OIN-SPEC-12", "the error has no schema", rewrite.OnStatus(rewrite.Anywhere, http.StatusNotFound, rewrite.SetMember("schemas", nil))},
	}
}
