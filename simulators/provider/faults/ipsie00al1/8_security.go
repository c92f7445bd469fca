package ipsie00al1

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// securityFaults violate features/ipsie00al1/8_security.feature.
func securityFaults() rewrite.Table {
	return rewrite.Table{
		{"IPSIE00AL1-8-01", "errors have a form of their own", rewrite.OnErrors(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
			a.Body = scim.NewObject(scim.Member{Name: "error", Value: "no"})
		})},
		{"IPSIE00AL1-8-01", "errors have no body", rewrite.OnErrors(rewrite.Anywhere, rewrite.NoBody)},

		{"IPSIE00AL1-8-02", "a database statement is shown", rewrite.OnErrors(rewrite.Anywhere, rewrite.SetMember("detail", "ERROR: duplicate key: SELECT * FROM users WHERE name = 'a'"))},

		{"IPSIE00AL1-10-01", "active is not changed", rewrite.IgnoreOperations("/Users/*", rewrite.OnPath("active"))},
		{"IPSIE00AL1-10-01", "everybody is inactive once and for all", rewrite.MisreadOperations("/Users/*", rewrite.OnPath("active"), func(op *scim.Object) { op.Set("value", false) })},

		{"IPSIE00AL1-10-02", "users are not deleted", rewrite.RefuseAll(rewrite.At("DELETE", "/Users/*"), scim.MethodNotAllowed("GET"))},
		{"IPSIE00AL1-10-02", "a deletion does nothing", rewrite.Ignore(rewrite.At("DELETE", "/Users/*"), rewrite.AnyBody)},
	}
}
