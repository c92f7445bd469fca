// Package entra holds the faults against features/entra: servers that Entra ID
// cannot work with.
package entra

import (
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
)

// Faults returns the faults of this folder, in the order of the requirements.
func Faults() rewrite.Table {
	return slices.Concat(
		connectFaults(),
		usersFaults(),
		groupsFaults(),
	)
}
