// Package ipsie00al2 holds the faults against features/ipsie00al2: servers that do not keep to level
// AL2 of IPSIE's SCIM profile, draft 00. They stand before a provider that does.
package ipsie00al2

import (
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
)

// Faults returns the faults of this folder, in the order of the requirements.
func Faults() rewrite.Table {
	return slices.Concat(
		usersFaults(),
		groupsFaults(),
		complianceFaults(),
	)
}
