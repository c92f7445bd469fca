package main

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
)

// findFaults finds what the texts name: each an id of a requirement, which means
// the first of its faults, or "ID/name".
func findFaults(wanted []string) ([]faults.Fault, error) {
	found := make([]faults.Fault, len(wanted))
	for i, text := range wanted {
		var err error
		if found[i], err = findFault(text); err != nil {
			return nil, fmt.Errorf("--fault: %w", err)
		}
	}
	return found, nil
}

// areOfEvents says whether a fault is one of a server with events, which has to be one then.
func areOfEvents(wanted []faults.Fault) bool {
	return slices.ContainsFunc(wanted, func(f faults.Fault) bool { return strings.HasPrefix(f.Requirement, "RFC9967-") })
}

// withFaults puts the faults before the simulator.
func withFaults(simulator http.Handler, wanted []faults.Fault) http.Handler {
	for _, fault := range wanted {
		simulator = fault.Wrap(simulator)
	}
	return simulator
}

func findFault(text string) (faults.Fault, error) {
	id, _, _ := strings.Cut(text, "/")
	if len(faults.Of(id)) == 0 {
		return faults.Fault{}, fmt.Errorf("nothing violates %q: %s", id, didYouMean(id, faultyIDs(), "simulate-duo requirements lists the ids"))
	}
	return faults.Find(text)
}

// faultyIDs are the requirements that there are faults for.
func faultyIDs() []string {
	var ids []string
	for _, f := range faults.All() {
		ids = append(ids, f.Requirement)
	}
	return ids
}
