// Package oin holds the faults against features/oin: servers that the Okta Integration
// Network would not take in.
package oin

import (
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Faults returns the faults of this folder, in the order of the requirements.
func Faults() rewrite.Table {
	return slices.Concat(
		specFaults(),
		crudFaults(),
		planFaults(),
	)
}

var (
	readsUsers = rewrite.At("GET", "/Users/*")
	putsUsers  = rewrite.At("PUT", "/Users/*")
	refused    = scim.InvalidValue("this server does not take that")
)
