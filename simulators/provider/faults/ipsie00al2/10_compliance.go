package ipsie00al2

import (
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// complianceFaults violate features/ipsie00al2/10_compliance.feature.
func complianceFaults() rewrite.Table {
	return rewrite.Table{
		{"IPSIE00AL2-10-01", "there are no bulk requests", rewrite.RefuseAll(rewrite.At("POST", "/Bulk"), scim.NotImplemented("bulk"))},

		{"IPSIE00AL2-10-02", "users cannot be deleted", rewrite.RefuseAll(rewrite.At("DELETE", "/Users/*"), scim.MethodNotAllowed("GET"))},
		{"IPSIE00AL2-10-02", "users cannot be changed", rewrite.RefuseAll(rewrite.PatchesUsers, scim.NotImplemented("PATCH"))},
	}
}
