package model

import (
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// Register tells the sentences of this package with the steps that carry them out.
func (w *World) Register(on judge.Vocabulary) {
	w.resourceSteps(on)
	w.foundSteps(on)
}

// Resources as they are read again.
func (w *World) resourceSteps(on judge.Vocabulary) {
	on(`^the target does as the model in (\d+) random (PATCH|PUT) requests to a (user|group), seed (\d+)$`, w.theTargetDoesAsTheModel)
}

// What was found, and what is shown of it.
func (w *World) foundSteps(on judge.Vocabulary) {
	on(`^(\d+) random filters on (users|groups), made from the seed (\d+), find exactly whom they describe$`, w.randomFilters)
}
