package steps

import (
	"github.com/cucumber/godog"
)

// The steps that the dialects of other clients need beyond the common ones.

func (w *world) dialectSteps(sc *godog.ScenarioContext) {
	w.on(sc, `^the answer, if it has a body, has$`, w.theAnswerIfAnyHas)
}

// theAnswerIfAnyHas is theAnswerHas for requests that may be answered by nothing.
func (w *world) theAnswerIfAnyHas(doc *godog.DocString) error {
	if w.last != nil && len(w.last.Body) == 0 {
		return w.theAnswerIsASuccess()
	}
	return w.theAnswerHas(doc)
}
