//go:build !race

package engine

// All proofs run; see race_on_test.go.
const (
	everyNth   = 1 // fault
	everyGroup = 1 // of variations, of faults and manners of a client

	raced = false // what only counts, or measures memory, is left to the run without the detector
)
