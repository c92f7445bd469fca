package ipsie00al1

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// deprovisioningFaults violate features/ipsie00al1/5_deprovisioning.feature.
func deprovisioningFaults() rewrite.Table {
	activates := rewrite.SetsPath("active", scim.KindOf(true))
	isOn := func(op *scim.Object) bool { return activates(op) && rewrite.ValueOf(op) == true }
	return rewrite.Table{
		{"IPSIE00AL1-5.1-04", "nobody is activated again", rewrite.IgnoreOperations("/Users/*", isOn)},
		{"IPSIE00AL1-5.1-04", "activating again is refused", rewrite.RefuseOperations("/Users/*", isOn, scim.Forbidden("the account was closed"))},

		{"IPSIE00AL1-5.2-02", "the name of a deleted user stays taken", rewrite.RefuseAgain(rewrite.CreatesUsers, func(o *scim.Object) string { return o.String("userName") }, scim.UniquenessError("userName"))},

		{"IPSIE00AL1-5.3-01", "users are not read by their id", rewrite.RefuseAll(rewrite.At("GET", "/Users/*"), scim.NotFound("User", ""))},

		{"IPSIE00AL1-5.4-01", "filters are ignored", rewrite.EditParameters(rewrite.Queries("Users"), rewrite.OmitParameters("filter"))},
		{"IPSIE00AL1-5.4-01", "filters on externalId find nobody", rewrite.EditFilter(rewrite.ListsUsers, rewrite.ReplaceTexts("externalId", "nickName"))},
		{"IPSIE00AL1-5.4-01", "filters on e-mail addresses are refused", rewrite.RefuseFilters(rewrite.Queries("Users"), rewrite.Containing("emails["), scim.InvalidFilter("no brackets"))},
		{"IPSIE00AL1-5.4-01", "two conditions within brackets are refused", rewrite.RefuseFilters(rewrite.Queries("Users"), rewrite.Containing("emails[", " and "), scim.InvalidFilter("one condition"))},
		{"IPSIE00AL1-5.4-01", "the type of an e-mail address finds everybody", rewrite.EditFilter(rewrite.ListsUsers, rewrite.ReplaceTexts(` and value eq`, ` or value eq`))},
		{"IPSIE00AL1-5.4-01", "nobody found is an error", rewrite.OnStatus(rewrite.ListsUsers, http.StatusOK, rewrite.As500)},
	}
}
