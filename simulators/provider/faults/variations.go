package faults

import "slices"

// Variations returns what the standard permits and servers really do. None of it
// may change a verdict.
func Variations() []Variation {
	return slices.Concat(wireVariations(), shapeVariations(), choiceVariations(), meVariations(), bulkVariations())
}
