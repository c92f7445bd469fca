package main

import (
	"math"
	"runtime/debug"
)

// enoughMemory is what a run is to stay below: beside it the process has some 30 MB. It needs a
// third of that, and the rest is garbage that costs little to collect earlier.
const enoughMemory = 112 << 20

// spareMemory lets the garbage of a run be collected earlier, unless $GOMEMLIMIT says otherwise.
func spareMemory() {
	if debug.SetMemoryLimit(-1) == math.MaxInt64 {
		debug.SetMemoryLimit(enoughMemory)
	}
}
