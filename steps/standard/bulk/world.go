// Package bulk has the steps of bulk requests (RFC 7644 section 3.7).
package bulk

import (
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// World is what these steps know in one scenario, beside the judge's session.
type World struct {
	*judge.Session

	bulk *bulkSent // the last bulk request
}

// New is the world of a scenario with this session.
func New(s *judge.Session) *World { return &World{Session: s} }
