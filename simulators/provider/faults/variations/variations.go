// Package variations holds what the standard permits and real servers do, so that
// no check takes it for a mistake.
package variations

import (
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
)

// Variation is something that a server may do and that no verdict may depend on.
type Variation struct {
	Name string // what the server does, in words; unique
	Why  string // what permits it: the section, or that real servers do it and nothing forbids it
	Wrap rewrite.Wrap
}

// All returns every variation. Those of the wire come first: where several stand
// before one provider, they have to be outermost.
func All() []Variation {
	return slices.Concat(wireVariations(), shapeVariations(), choiceVariations(), meVariations(), bulkVariations(), eventVariations())
}
