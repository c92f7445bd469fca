package faults

import (
	"slices"
)

func patchFaults() []Fault {
	return slices.Concat(patchMessageFaults(), patchPathFaults(), patchEffectFaults(), patchAddFaults(), patchRemoveFaults(), patchReplaceFaults())
}
