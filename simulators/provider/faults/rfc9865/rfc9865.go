// Package rfc9865 holds the faults against features/rfc9865: cursor-based
// pagination.
package rfc9865

import (
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
)

// Faults returns the faults of this folder, in the order of the requirements.
func Faults() rewrite.Table {
	return slices.Concat(
		errorsFaults(),
		queryFaults(),
		configurationFaults(),
		securityFaults(),
	)
}
