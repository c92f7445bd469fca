// Package login finds out whether the people whom a client provisions really get in at the
// target, and whether those get in no more whom it deactivates or deletes: by the login
// probe of the target file.
package login

import (
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// World is what these steps know in one scenario, beside the judge's session.
type World struct {
	*judge.Session

	people map[string]*person
}

// New is the world of a scenario with this session.
func New(s *judge.Session) *World {
	return &World{Session: s, people: map[string]*person{}}
}

// Register tells the sentences of this package with the steps that carry them out.
func (w *World) Register(on judge.Vocabulary) {
	on(`^a person "(\w+)"( who is not active)? with a password$`, w.aPerson)
	on(`^a person "(\w+)" who can log in$`, w.aPersonWhoCanLogIn)
	on(`^a person "(\w+)" who is logged in$`, w.aPersonWhoIsLoggedIn)
	on(`^a person "(\w+)" with the user name of "(\w+)" and another password$`, w.aPersonWithTheNameOf)
	on(`^"(\w+)" was (deactivated|activated) by a (PATCH|PUT)$`, w.wasSetActive)
	on(`^"(\w+)" was deleted$`, w.wasDeleted)
	on(`^"(\w+)" logs in$`, w.logsIn)
	on(`^"(\w+)" uses the session from before$`, w.usesTheSession)
	on(`^"(\w+)" is (not )?let in$`, w.isLetIn)
	on(`^the session of "(\w+)" is refused$`, w.theSessionIsRefused)
}
