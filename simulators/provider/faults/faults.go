// Package faults makes a service provider wrong on purpose, one requirement at a
// time, to prove that the harness notices; and different in ways that the
// standard permits, to prove that it does not cry wolf.
//
// A fault stands before a provider that is right and rewrites what goes in or
// comes out, as a mistake in a server would: the provider itself has no switches
// that could be left on. Each fault is a few lines in the table of its area.
package faults

import (
	"net/http"
	"slices"
)

// Fault is one way to violate one requirement.
type Fault struct {
	Requirement string // its id
	Name        string // what the server does wrong, in words; unique within the requirement
	Wrap        Wrap
}

// Variation is something that a server may do and that no verdict may hang on.
type Variation struct {
	Name string // what the server does, in words; unique
	Why  string // what permits it: the section, or that it is real servers' habit and forbidden nowhere
	Wrap Wrap
}

// Wrap puts behaviour before a provider. A wrapper may keep state between
// requests; each call starts anew.
type Wrap func(next http.Handler) http.Handler

// All returns every fault, in the order of the areas.
func All() []Fault {
	return slices.Concat(
		guideFaults(), resourceFaults(), userFaults(), schemaFaults(), createFaults(), queryFaults(), filterFaults(),
		sortFaults(), pageFaults(), projectionFaults(), replaceFaults(), patchFaults(), deleteFaults(),
		bulkFaults(), protocolFaults(), securityFaults(), versionFaults(), cursorFaults(), dialectFaults(),
	)
}

// Of returns the faults of one requirement.
func Of(requirement string) []Fault {
	return slices.DeleteFunc(All(), func(f Fault) bool { return f.Requirement != requirement })
}
