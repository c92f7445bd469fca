// Package guide holds the faults against features/guide: what a target of Duo can
// get wrong while Cisco's guide is followed.
package guide

import (
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
)

// Faults returns the faults of this folder, in the order of the requirements.
func Faults() rewrite.Table {
	return slices.Concat(
		connectFaults(),
		mapAttributesFaults(),
		syncGroupFaults(),
		deactivateOrDeleteFaults(),
		verifyInSecureAccessFaults(),
		verifyInDuoFaults(),
		lockOutFaults(),
	)
}
