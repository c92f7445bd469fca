// Package standard has the sentences of the RFCs and of other clients than Duo, with the
// steps that carry them out. Paging, bulk requests and simultaneous requests have
// packages of their own below it.
package standard

import (
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// World is what these steps know in one scenario, beside the judge's session.
type World struct {
	*judge.Session

	followed []followed        // the references that were followed, with the answers
	outcomes map[string]string // what became of a member that is no resource, by method
	tried    *triedFilters     // several filters, as the target took them
	lost     []error           // of requests of the record that the target does not answer
}

// New is the world of a scenario with this session.
func New(s *judge.Session) *World { return &World{Session: s} }
