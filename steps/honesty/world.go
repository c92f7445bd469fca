// Package honesty holds what a target declares of itself, at /Schemas, /ResourceTypes and
// /ServiceProviderConfig, against what it shows and takes.
package honesty

import (
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// World is what these steps know in one scenario, beside the judge's session.
type World struct {
	*judge.Session

	writings        []writing        // what was written to see what becomes of it
	written         int              // number of resources created for that
	lookUps         []lookUp         // the filters by what was written
	trials          []trial          // what the schemas permit or forbid
	representations *representations // a user and a group as all kinds of answers show them
	views           []view           // what is judged of it
	attempt         *attempt         // to use what /ServiceProviderConfig advertises
	endpoints       []endpoint       // of the resource types, as they were asked
	alone           []pair           // resources of a list, as they are read alone
	stored          []string         // the URNs of extensions that the target stored
}

// New is the world of a scenario with this session.
func New(s *judge.Session) *World { return &World{Session: s} }
