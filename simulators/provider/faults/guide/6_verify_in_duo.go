package guide

import (
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// verifyInDuoFaults violate features/guide/6_verify_in_duo.feature.
func verifyInDuoFaults() rewrite.Table {
	return rewrite.Table{
		{"CSA-GUIDE-01", "users cannot be created", rewrite.Forbid(rewrite.At("POST", "/Users"), scim.Forbidden("read-only"))},
		{"CSA-GUIDE-01", "groups cannot be created", rewrite.Forbid(rewrite.At("POST", "/Groups"), scim.NotImplemented("no groups"))},
	}
}
