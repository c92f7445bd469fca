package faults

import "slices"

func patchFaults() []Fault {
	return slices.Concat(patchMessageFaults(), patchAnswerFaults(), patchPathFaults(), patchEffectFaults(), patchAddFaults(), patchRemoveFaults(), patchReplaceFaults())
}
