package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/features"
	duofaults "github.com/simulate-duo/simulate-duo/simulators/duo/faults"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
)

// oneRequirement finds the requirement with this id.
func oneRequirement(all []features.Requirement, id string) (features.Requirement, error) {
	ids := make([]string, len(all))
	for i, q := range all {
		if ids[i] = q.ID; q.ID == id {
			return q, nil
		}
	}
	return features.Requirement{}, unknownID(id, ids)
}

// requirementWhole writes all there is about one requirement: whose it is and where
// it is written, its checks as they run, and the faults that prove them.
func requirementWhole(w io.Writer, q features.Requirement) error {
	client, _, err := features.ClientOf(q.ID)
	if err != nil {
		return err
	}
	rule, err := features.RuleText(features.FSOf(q), q)
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s  %s\n\n", q.ID, q.Level.Words(), q.Title)
	judges, checks := "--profile "+string(client.Profile), "simulate-duo --target URL --tags @"+q.ID
	if client.Profile == features.Provisioners().Profile {
		judges, checks = "judge-client", "simulate-duo judge-client"
	}
	if q.Unobservable {
		checks = "none: it cannot be observed from outside"
	}
	fmt.Fprintf(&b, "whose    %s, %s\narea     %s\nwritten  %s\nfile     features/%s\nchecks   %s\n", client.Title, judges, q.Feature, q.Source, q.Place(), checks)
	for i, name := range faultNames(q.ID) {
		label := ""
		if i == 0 {
			label = "faults"
		}
		fmt.Fprintf(&b, "%-7s  %s\n", label, name)
	}
	fmt.Fprintf(&b, "\n%s", rule)
	_, err = io.WriteString(w, b.String())
	return err
}

// faultNames are the faults that prove the checks of the requirement.
func faultNames(id string) []string {
	var names []string
	for _, f := range faults.Of(id) {
		names = append(names, f.Name)
	}
	for _, f := range slices.Concat(duofaults.All(), duofaults.OfClients()) {
		if f.Requirement == id {
			names = append(names, f.Name)
		}
	}
	return names
}
