package main

import (
	"math"
	"runtime/debug"
	"testing"
)

func TestARunSparesMemoryUnlessTheUserKnowsBetter(t *testing.T) {
	before := debug.SetMemoryLimit(math.MaxInt64)
	defer debug.SetMemoryLimit(before)
	if spareMemory(); debug.SetMemoryLimit(-1) != enoughMemory {
		t.Errorf("the limit is %d", debug.SetMemoryLimit(-1))
	}
	debug.SetMemoryLimit(1 << 30)
	if spareMemory(); debug.SetMemoryLimit(-1) != 1<<30 {
		t.Errorf("the limit of the user has become %d", debug.SetMemoryLimit(-1))
	}
}
