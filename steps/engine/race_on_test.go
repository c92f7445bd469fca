//go:build race

package engine

// Under the race detector everything takes several times as long, and what races
// does so in any run: the proofs are thinned out. All of them run without it.
const (
	everyNth   = 25 // fault
	everyGroup = 3  // of variations, of faults and manners of a client

	raced = true // what only counts, or measures memory, is left to the run without the detector
)
