// Package paging has the steps of lists that come in pages, by index (RFC 7644 section
// 3.4.2.4) or by cursor (RFC 9865), and of their order.
package paging

import (
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// World is what these steps know in one scenario, beside the judge's session.
type World struct {
	*judge.Session

	listing *listing             // the list that the client last paged through
	again   func(n int) [][2]int // the pages of it that the client asks for again
	changed *changedCursor       // the query that it sent with a cursor of that list
}

// New is the world of a scenario with this session.
func New(s *judge.Session) *World { return &World{Session: s} }
