// Package gate has the sentences of the lists of tests that decide whether the gallery of
// Microsoft Entra ID or the Okta Integration Network take an application in: what their
// provisioning services send, and what is asked about attributes, tokens and pace.
package gate

import (
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// World is what these steps know in one scenario, beside the judge's session.
type World struct {
	*judge.Session

	replaced []replacement // by the last change of mapped attributes
	load     *loadResult   // of the look-ups of --load
}

// New is the world of a scenario with this session.
func New(s *judge.Session) *World { return &World{Session: s} }

// Register tells the sentences of this package with the steps that carry them out.
func (w *World) Register(on judge.Vocabulary) {
	w.serviceSteps(on)
	w.oktaSteps(on)
	w.mappingSteps(on)
	w.authenticationSteps(on)
	w.loadSteps(on)
}

// serviceSteps are about what the provisioning service of Entra ID does.
func (w *World) serviceSteps(on judge.Vocabulary) {
	on(`^the provisioning service creates the (user|group) "(\w+)"$`, w.creates)
	on(`^the provisioning service has created the (user|group) "(\w+)"$`, w.hasCreated)
	on(`^the provisioning service has created (\d+) groups$`, w.hasCreatedGroups)
	on(`^the provisioning service changes every mapped single-valued attribute of "(\w+)"$`, w.changesEach)
	on(`^the provisioning service disables "(\w+)"$`, w.disables)
	on(`^the provisioning service assigns "(\w+)" again$`, w.assignsAgain)
	on(`^the provisioning service removes "(\w+)" from the members of "(\w+)"$`, w.removesMember)
}

// mappingSteps are about the attributes that the application maps.
func (w *World) mappingSteps(on judge.Vocabulary) {
	on(`^the attribute "([^"]+)" of (users|groups) is mapped$`, w.isMapped)
	on(`^the list describes "([^"]+)"$`, w.theListDescribes)
	on(`^it describes each mapped attribute of (users|groups)$`, w.describesEach)
	on(`^the client patches "(\w+)", replacing each mapped optional attribute by (an empty text|null)$`, w.replacesByNothing)
	on(`^the client patches "(\w+)", replacing each mapped single-valued attribute$`, w.replacesEach)
	on(`^"(\w+)" has no value of them$`, w.hasNoValueOfThem)
	on(`^each of these values of "(\w+)" is read back$`, w.eachIsReadBack)
}
