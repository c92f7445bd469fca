// Package ping holds the faults against features/ping: servers that Ping cannot
// work with.
package ping

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
