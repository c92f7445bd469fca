// Package faults makes the simulated Duo wrong on purpose, one requirement at a
// time, to prove that the requirements on it can fail. A fault does not reach
// into the provisioner: it changes what goes in (settings, people, profile,
// answers) or what comes out (requests, log entries), as a mistake within would.
package faults

import (
	"context"
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Fault is one way in which a provisioner can violate one requirement. What is
// nil stays as it is.
type Fault struct {
	Requirement string // its id
	Name        string // what Duo does wrong, in words; unique within the requirement

	Settings  func(app *duo.Application, dir *directory.Directory) // what it makes of the settings
	People    func(dir *directory.Directory)                       // whom it sees
	Profile   duo.Profile                                          // fields that it answers otherwise
	Transport func(next http.RoundTripper) http.RoundTripper       // what it does to requests and answers
	Entry     func(e *duo.Entry, token string) (keep bool)         // what it writes into the log
	Sync      func(ctx context.Context, client *wire.Client) error // what it does beside every pass
}
