// Package draft has the sentences of drafts that profile the standard: what they want beyond
// it, and whether a claim to conform is true.
package draft

import (
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// World is what these steps know in one scenario, beside the judge's session.
type World struct {
	*judge.Session

	handshake error // of the connection that was tried; nil if it was made
	tried     bool

	metadata   map[string]any // of the authorization server
	metadataAt string         // where they were found
}

// New is the world of a scenario with this session.
func New(s *judge.Session) *World { return &World{Session: s} }
