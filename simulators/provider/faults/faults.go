// Package faults makes a service provider wrong on purpose, one requirement at a
// time, to prove that the harness notices; and different in ways that the
// standard permits, to prove that it does not cry wolf.
//
// A fault stands before a provider that is right and rewrites what goes in or
// comes out, as a mistake in a server would: the provider itself has no switches
// that could be left on. The faults that violate features/FOLDER/FILE.feature
// are in FOLDER/FILE.go; what they are made of is in package rewrite.
package faults

import (
	"fmt"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/auth0"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/authentik"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/entra"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/gallery"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/guide"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/interop01"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/ipsie00al1"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/ipsie00al2"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/keycloak"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/oin"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/okta"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/onelogin"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/ping"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rfc7643"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rfc7644"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rfc9865"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rfc9967"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/scimgateway"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/variations"
)

// Fault is one way to violate one requirement.
type Fault struct {
	Requirement string // its id
	Name        string // what the server does wrong, in words; unique within the requirement
	Wrap        Wrap
}

// Variation is something that a server may do and that no verdict may depend on.
type Variation = variations.Variation

// Wrap puts behaviour before a provider. A wrap may keep state between requests;
// each call starts anew.
type Wrap = rewrite.Wrap

// All returns every fault, in the order of the feature files.
func All() []Fault {
	var all []Fault
	for _, row := range slices.Concat(
		guide.Faults(), rfc7643.Faults(), rfc7644.Faults(), rfc9865.Faults(), rfc9967.Faults(), entra.Faults(), gallery.Faults(), okta.Faults(), oin.Faults(),
		authentik.Faults(), auth0.Faults(), scimgateway.Faults(), keycloak.Faults(), onelogin.Faults(), ping.Faults(), interop01.Faults(),
		ipsie00al1.Faults(), ipsie00al2.Faults(),
	) {
		all = append(all, Fault(row))
	}
	return all
}

// Of returns the faults of one requirement.
func Of(requirement string) []Fault {
	return slices.DeleteFunc(All(), func(f Fault) bool { return f.Requirement != requirement })
}

// Find returns the fault that a text names: the id of a requirement, which means the
// first of its faults, or the id, "/" and a name. The error says that nothing violates the
// requirement, or which names there are.
func Find(text string) (Fault, error) {
	id, name, _ := strings.Cut(text, "/")
	of := Of(id)
	if len(of) == 0 {
		return Fault{}, fmt.Errorf("nothing violates %q: simulate-duo requirements lists the ids", id)
	}
	names := make([]string, len(of))
	for i, f := range of {
		if name == "" || f.Name == name {
			return f, nil
		}
		names[i] = f.Name
	}
	return Fault{}, fmt.Errorf("no fault of %s is called %q; there is: %s", id, name, strings.Join(names, "; "))
}

// Variations returns what the standard permits and servers really do.
func Variations() []Variation { return variations.All() }
