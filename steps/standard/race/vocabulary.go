package race

import (
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// Register tells the sentences of this package with the steps that carry them out.
func (w *World) Register(on judge.Vocabulary) {
	w.whenSteps(on)
	w.resourceSteps(on)
	w.resultSteps(on)
}

// whenSteps are about what a client asks.
func (w *World) whenSteps(on judge.Vocabulary) {
	on(`^(\d+) clients (create|replace|patch|delete) (?:the (user|group) )?"(\w+)" at once(?:, each if it has the tag "([^"]*)")?$`, w.clientsActAtOnce)
	on(`^the clients (add|remove) the users "([^"]*)" (?:to|from) "(\w+)" at once$`, w.clientsChangeMembersAtOnce)
	on(`^the clients patch "(\w+)" at once, each with one of$`, w.clientsPatchAtOnce)
}

// Resources as they are read again.
func (w *World) resourceSteps(on judge.Vocabulary) {
	on(`^(exactly one|no) (user|group) is called "([^"]*)"$`, w.isCalled)
}

// The results of bulk requests and of what was done at once.
func (w *World) resultSteps(on judge.Vocabulary) {
	on(`^exactly one of them succeeds, and the others are answered (\d+(?: or \d+)*)$`, w.exactlyOneSucceeds)
	on(`^"(\w+)" is as (?:the one|one of those) that succeeded made it$`, w.isAsOneMadeIt)
	on(`^every change that was answered with a success is in "(\w+)"$`, w.noChangeIsLost)
}
