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
	representations *representations // what the schemas are held against
}

// New is the world of a scenario with this session.
func New(s *judge.Session) *World { return &World{Session: s} }
