// Package model compares a target with models of our own: of PATCH and PUT under random
// sequences of requests, and of filters made at random. What differs is made as small as
// it can be.
package model

import (
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/population"
)

// World is what these steps know in one scenario: the population and the judge's session.
type World struct {
	*population.World

	compared bool  // the target was compared with a model
	wrong    error // the Mismatch that the comparison found; nil if it found none
}

// New is the world of a scenario with this session.
func New(s *judge.Session) *World { return &World{World: population.New(s)} }

// few is how many random requests of a kind a real target gets, unless the run was told
// that it may be given much.
const few = 5

func (w *World) fewer(n int) int {
	if w.Run.Target.IsEmbedded() || w.Run.Large {
		return n
	}
	return min(n, few)
}
