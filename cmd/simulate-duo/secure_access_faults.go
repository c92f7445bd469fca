package main

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
)

// withFaults puts the wanted faults before the simulator: each an id of a
// requirement, which means the first of its faults, or "ID/name".
func withFaults(simulator http.Handler, wanted []string) (http.Handler, error) {
	for _, text := range wanted {
		fault, err := findFault(text)
		if err != nil {
			return nil, fmt.Errorf("--fault: %w", err)
		}
		simulator = fault.Wrap(simulator)
	}
	return simulator, nil
}

func findFault(text string) (faults.Fault, error) {
	id, name, _ := strings.Cut(text, "/")
	of := faults.Of(id)
	if len(of) == 0 {
		return faults.Fault{}, fmt.Errorf("nothing violates %q; simulate-duo requirements lists the ids", id)
	}
	names := make([]string, len(of))
	for i, f := range of {
		if name == "" || f.Name == name {
			return f, nil
		}
		names[i] = f.Name
	}
	return faults.Fault{}, fmt.Errorf("no fault of %s is called %q; there is: %s", id, name, strings.Join(names, "; "))
}
