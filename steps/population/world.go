// Package population has the users and groups that every kind of query finds something
// in, and many users for long lists and large groups. They are made once in a run. What
// a search should find is evaluated on what the target showed of each of them.
package population

import (
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// World is what these steps know in one scenario, beside the judge's session.
type World struct {
	*judge.Session

	many        []string // the ids of many users
	given       []string // those of them that a group was given
	search      *Search  // the last search for members of the population
	foundBefore bool     // a filter of the example has found what it should
}

// New is the world of a scenario with this session.
func New(s *judge.Session) *World { return &World{Session: s} }

// Of is the world of this package among those of a scenario; nil if there is none.
func Of[T any](worlds []T) *World {
	for _, w := range worlds {
		if found, ok := any(w).(*World); ok {
			return found
		}
	}
	return nil
}
