package draft

import (
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// Register tells the sentences of this package.
func (w *World) Register(on judge.Vocabulary) {
	w.givenSteps(on)
	w.claimSteps(on)
	w.discoverySteps(on)
	w.writeSteps(on)
	w.answerSteps(on)
	w.connectionSteps(on)
}

// givenSteps are about what an example starts from.
func (w *World) givenSteps(on judge.Vocabulary) {
	on(`^a (user|group) "(\w+)" whose id is not its "(\w+)"$`, w.aResourceWithAnotherID)
}

// claimSteps hold what a target says of its own conformance against the verdicts.
func (w *World) claimSteps(on judge.Vocabulary) {
	on(`^all that is binding in (\w+) holds$`, w.allHolds)
	on(`^"(\w+)" is true only if all that is binding in (\w+) holds$`, w.isTrueOnlyIfItHolds)
}

// discoverySteps are about what a target says of itself.
func (w *World) discoverySteps(on judge.Vocabulary) {
	on(`^the "(\w+)" of each resource in the list is its "(\w+)"$`, w.eachHasTheSame)
	on(`^no two resources in the list have the same "endpoint"$`, w.noEndpointTwice)
	on(`^each multi-valued complex attribute whose values have a "type" lists "canonicalValues" for it$`, w.eachListsItsTypes)
	on(`^an authentication scheme in it is "(\w+)" or "(\w+)"$`, w.aSchemeIs)
	on(`^the schema "([^"]+)" in it (?:defines|does (not) define) "(\w+)"$`, w.defines)
	on(`^no schema beside those of RFC 7643 defines an attribute that is named like a credential$`, w.noCredentials)
	on(`^the limit of a page in it is at most (\d+)$`, w.isAtMost)
	on(`^no authentication scheme in it is "(\w+)"$`, w.noSchemeIs)
	on(`^its "([^"]+)" or "([^"]+)" is a number above 0$`, w.oneIsAboveZero)
}

// writeSteps are about what a client asks.
func (w *World) writeSteps(on judge.Vocabulary) {
	on(`^the client creates a user with an attribute of RFC 7643 that the schemas of the target do not define, if there is any$`, w.createsWithUndefined)
	on(`^the client patches "(\w+)" by (\d+) operations that add "([^"]*)" in turn$`, w.patchesByMany)
}

// answerSteps are about answers and what became of resources.
func (w *World) answerSteps(on judge.Vocabulary) {
	on(`^the answer is a refusal if the filter (.+) finds "(\w+)", and a success otherwise$`, w.conflictsAsFound)
	on(`^the answer is a success, or (\d{3}) with scimType (\w+)$`, w.isASuccessOrAnError)
	on(`^the answer is the second page of one by index, or pages by cursor are announced and work$`, w.isPaged)
	on(`^it shows at least (\d+) resources$`, w.showsAtLeast)
	on(`^it does not list "(\w+)"$`, w.doesNotList)
	on(`^its "meta\.location" is the address of "(\w+)" below "(/\w+)"$`, w.hasItsAddress)
	on(`^the "(\w+)" of "(\w+)" now have exactly the values "([^"]*)"$`, w.haveExactly)
}

// connectionSteps are about the connection itself.
func (w *World) connectionSteps(on judge.Vocabulary) {
	on(`^the client opens a connection that offers TLS 1\.3 alone$`, w.connectsByTLS13)
	on(`^the connection is made$`, w.isConnected)
	on(`^the client reads the metadata of the authorization server$`, w.readsMetadata)
	on(`^they have "(\w+)"$`, w.theyHave)
	on(`^they list "(\w+)"(?: or "(\w+)")? in "(\w+)"(, if they have it)?$`, w.theyList)
}
