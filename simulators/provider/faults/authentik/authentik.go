// Package authentik holds the faults against features/authentik: servers that authentik cannot
// work with.
package authentik

import (
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
)

// Faults returns the faults of this folder, in the order of the requirements.
func Faults() rewrite.Table {
	return slices.Concat(
		usersFaults(),
		groupsFaults(),
	)
}
