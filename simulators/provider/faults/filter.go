package faults

import "slices"

// filterFaults are the ways to read a filter wrongly, to overlook it, and to
// refuse it wrongly.
func filterFaults() []Fault {
	return slices.Concat(
		operatorFaults(), filterOrderFaults(), logicFaults(), filterListFaults(), valueFaults(), valueTextFaults(), attributeFaults(),
		droppedFaults(), refusedFilterFaults(), randomFaults(),
	)
}
