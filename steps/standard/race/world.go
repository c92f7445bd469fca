// Package race has the steps of several clients that act at the same time.
package race

import (
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// World is what these steps know in one scenario, beside the judge's session.
type World struct {
	*judge.Session

	race *race // what several clients did at once
}

// New is the world of a scenario with this session.
func New(s *judge.Session) *World { return &World{Session: s} }
