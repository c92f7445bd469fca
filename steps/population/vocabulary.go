package population

import (
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// Register tells the sentences of this package with the steps that carry them out.
func (w *World) Register(on judge.Vocabulary) {
	w.givenSteps(on)
	w.whenSteps(on)
	w.resourceSteps(on)
	w.foundSteps(on)
}

// givenSteps are about what there is before the client asks.
func (w *World) givenSteps(on judge.Vocabulary) {
	on(`^the (\d+) users and (\d+) groups of "([^"]+)"$`, w.thePeopleOf)
	on(`^(\d+) users$`, w.manyUsers)
	on(`^(\d+) users whose userName begins with "\{many\}"$`, w.manyUsersOfItsOwn)
	on(`^the target keeps "([^"]+)" of "(\w+)"$`, w.theTargetKeeps)
}

// whenSteps are about what a client asks.
func (w *World) whenSteps(on judge.Vocabulary) {
	on(`^the client creates the group "(\w+)" with (\d+) of these users$`, w.theClientCreatesWithMany)
	on(`^the client replaces the members of "(\w+)" by (\d+) of these users$`, w.theClientReplacesByMany)
	on(`^the client adds (\d+) of these users to "(\w+)"$`, w.theClientAddsMany)
	on(`^the client removes half of these users from "(\w+)"$`, w.theClientRemovesHalf)
	on(`^the client (looks|searches) for (users|groups|resources) where (.+?)(?:, with "([^"]*)")?$`, w.theClientLooksFor)
}

// Resources as they are read again.
func (w *World) resourceSteps(on judge.Vocabulary) {
	on(`^"(\w+)" has exactly the members that it was given$`, w.hasExactlyTheMembers)
}

// What was found, and what is shown of it.
func (w *World) foundSteps(on judge.Vocabulary) {
	on(`^each resource found is listed once and counted once$`, w.eachIsListedOnce)
	on(`^(?:exactly "([^"]*)" (?:is|are)|nothing is) found(?:, or (the filter is refused|the request is refused|the answer is \d+(?: or \d+)*))?$`, w.areFound)
}
