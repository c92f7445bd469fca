package ipsie00al1

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// sharedFaults violate features/ipsie00al1/4_shared.feature.
func sharedFaults() rewrite.Table {
	return rewrite.Table{
		{"IPSIE00AL1-4.1-01", "HTTP Basic alone is offered", rewrite.EditConfig(func(o *scim.Object) {
			rewrite.EachOf(o, "authenticationSchemes", func(e *scim.Object) { e.Set("type", "httpbasic") })
		})},
		{"IPSIE00AL1-4.1-01", "no scheme is named", rewrite.SetConfig("authenticationSchemes", "", []any{})},
		{"IPSIE00AL1-4.1-01", "a request without a token is 400", rewrite.OnStatus(rewrite.Anywhere, http.StatusUnauthorized, rewrite.StatusBecomes(http.StatusUnauthorized, http.StatusBadRequest))},

		{"IPSIE00AL1-4.2-01", "a conflict is a bad request", rewrite.Answers(rewrite.At("POST,PATCH", ""), rewrite.StatusBecomes(http.StatusConflict, http.StatusBadRequest))},

		{"IPSIE00AL1-4.3-03", "bulk requests are not declared", rewrite.SetConfig("bulk", "supported", false)},
		{"IPSIE00AL1-4.3-03", "bulk requests are not there", rewrite.RefuseAll(rewrite.At("POST", "/Bulk"), scim.NotImplemented("bulk"))},

		{"IPSIE00AL1-4.3-04", "of several operations the first is done", rewrite.OnlyOperation(rewrite.PatchesUsers, 0)},
		{"IPSIE00AL1-4.3-04", "several operations are refused", rewrite.RefuseBodies(rewrite.PatchesUsers, func(o *scim.Object) bool { return len(rewrite.Operations(o)) > 1 }, scim.InvalidValue("one at a time"))},
	}
}
