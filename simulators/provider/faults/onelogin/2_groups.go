package onelogin

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// groupsFaults violate features/onelogin/2_groups.feature.
func groupsFaults() rewrite.Table {
	return rewrite.Table{
		{"ONELOGIN-GROUP-01", "the groups are a bare array", rewrite.Answers(rewrite.ListsGroups, rewrite.BareArray)},
		{"ONELOGIN-GROUP-01", "a filter is demanded", rewrite.RefuseAll(rewrite.ListsGroups, scim.InvalidFilter("say which"))},

		{"ONELOGIN-GROUP-02", "groups cannot be created", rewrite.RefuseAll(rewrite.CreatesGroups, scim.MethodNotAllowed("GET"))},
		{"ONELOGIN-GROUP-02", "a group gets another name", rewrite.Requests(rewrite.CreatesGroups, func(_ *http.Request, body *scim.Object) {
			body.Set("displayName", body.String("displayName")+" (new)")
		})},
	}
}
