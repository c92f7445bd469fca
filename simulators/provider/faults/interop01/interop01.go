// Package interop01 holds the faults against features/interop01: servers that do not keep to the
// SCIM Interoperability Profile, draft 01. They stand before a provider that does.
package interop01

import (
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
)

// Faults returns the faults of this folder, in the order of the requirements.
func Faults() rewrite.Table {
	return slices.Concat(
		conformanceFaults(),
		dataModelFaults(),
		endpointsFaults(),
		updatesFaults(),
		lifecycleFaults(),
		securityFaults(),
	)
}
