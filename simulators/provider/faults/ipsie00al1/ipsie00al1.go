// Package ipsie00al1 holds the faults against features/ipsie00al1: servers that do not keep to level
// AL1 of IPSIE's SCIM profile, draft 00. They stand before a provider that does.
package ipsie00al1

import (
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
)

// Faults returns the faults of this folder, in the order of the requirements.
func Faults() rewrite.Table {
	return slices.Concat(
		sharedFaults(),
		deprovisioningFaults(),
		securityFaults(),
	)
}
