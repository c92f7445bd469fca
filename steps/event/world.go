// Package event has the sentences of RFC 9967: asynchronous requests, and security events as
// they are polled from a target or were recorded.
package event

import (
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// World is what these steps know in one scenario, beside the judge's session.
type World struct {
	*judge.Session

	life   *life    // what was done, and what came of it
	tokens []*token // the security events that are judged
	first  int      // the status of a request that was sent before the last one
	poll   *polled  // the answer to a poll
}

// New is the world of a scenario with this session.
func New(s *judge.Session) *World { return &World{Session: s} }

// Register tells the sentences of this package with the steps that carry them out.
func (w *World) Register(on judge.Vocabulary) {
	w.asyncSteps(on)
	w.tokenSteps(on)
	w.payloadSteps(on)
	w.toldSteps(on)
	w.resultSteps(on)
}

// asyncSteps are about requests that prefer to be answered asynchronously.
func (w *World) asyncSteps(on judge.Vocabulary) {
	on(`^the client (replaces|patches|deletes) "(\w+)" and prefers an asynchronous answer( within 2 seconds)?$`, w.writesAsync)
	on(`^the client creates the user "(\w+)" and prefers an asynchronous answer$`, w.createsAsync)
	on(`^the client sends a bulk request and prefers an asynchronous answer$`, w.sendsBulkAsync)
	on(`^the client patches "(\w+)" and prefers an asynchronous answer, and again with the Accept "([^"]+)"$`, w.patchesWithAccept)
	on(`^the client patches "(\w+)" (\d) times and prefers asynchronous answers$`, w.patchesTimes)
	on(`^the answer is as without the preference, or 202 if asynchronous requests are announced$`, w.isAsAlways)
	on(`^if it is 202, it has no body$`, w.hasNoBody)
	on(`^if it is 202, it has the header "([^"]+)"(?: with "([^"]+)")?$`, w.hasHeader)
	on(`^if it is 202, its Location is the address of "(\w+)", or one where the result is read$`, w.leadsTo)
	on(`^if it is 202, nobody reads what is at its Location without a token$`, w.isProtected)
	on(`^if it is 202, "(\w+)" has the change in time$`, w.isDone)
	on(`^if the first answer is 202, the second one is, too$`, w.isAcceptedToo)
	on(`^the answer is not 202, or came no sooner than these 2 seconds$`, w.hasWaited)
	on(`^if they are 202, no two have the same "Set-Txn"$`, w.haveTheirOwnTxn)
	on(`^"securityEvents\.asyncRequest" of it is "none", "long" or "request", in capitals or not, if there$`, w.announcesAKnownWord)
	on(`^"securityEvents\.eventUris" of it is a list of the URIs of events, if there$`, w.announcesURIs)
}

// tokenSteps are about the claims of security events.
func (w *World) tokenSteps(on judge.Vocabulary) {
	on(`^users come, change and go, and the client reads the security events of it$`, w.readsTheEvents)
	on(`^every token can be read$`, w.canBeRead)
	on(`^each has "iss", "iat", "jti" and "events"$`, w.haveTheClaimsOfAll)
	on(`^each has an object "sub_id" among its claims$`, w.haveASubject)
	on(`^no event has a "sub_id" in it$`, w.haveNoSubjectInside)
	on(`^none has the claim "sub"$`, w.haveNoSub)
	on(`^the "format" of each "sub_id" is "scim"$`, w.areOfFormatSCIM)
	on(`^the "uri" of each "sub_id" is the path of a resource below the base URI$`, w.haveARelativeURI)
	on(`^an "externalId" or "id" in "sub_id" is that of the resource$`, w.haveTheRightIDs)
	on(`^each has a "txn", which is a string$`, w.haveATxn)
	on(`^no two changes have the same "txn"$`, w.haveTheirOwnTransaction)
	on(`^no two tokens have the same "jti"$`, w.haveTheirOwnJTI)
	on(`^each signature is that of a key of the publisher$`, w.areSigned)
	on(`^a client without a token polls the security events$`, w.pollsAsNobody)
	on(`^it gets none$`, w.getsNone)
}

// payloadSteps are about what events say.
func (w *World) payloadSteps(on judge.Vocabulary) {
	on(`^a "version" in an event is the tag that the resource got by it$`, w.haveTheTag)
	on(`^the names in "attributes" are paths of attributes$`, w.namePaths)
	on(`^an event with "data" ends in "full", and one without in "notice"$`, w.endAsTheySay)
	on(`^each creation, change and replacement has one of "data" and "attributes", and not both$`, w.haveOneOfBoth)
	on(`^the "data" of a creation and of a replacement show what was sent$`, w.showWhatWasSent)
	on(`^the "attributes" of an event name what was changed$`, w.nameWhatWasChanged)
	on(`^none shows a password$`, w.showNoPassword)
	on(`^each URI of an event is registered$`, w.areRegistered)
	on(`^each URI of an event is made of a class, a name and what qualifies it$`, w.haveTheForm)
	on(`^each URI of an event is in "securityEvents\.eventUris"$`, w.areAnnounced)
}

// toldSteps are about which events tell of what.
func (w *World) toldSteps(on judge.Vocabulary) {
	on(`^the (creation|change|replacement|deletion) of a user is told by its event$`, w.isTold)
	on(`^no deletion is told by a removal from the feed$`, w.noDeletionIsARemoval)
	on(`^no deletion ends in "full" or "notice"$`, w.noDeletionIsQualified)
	on(`^a deletion says nothing but that$`, w.aDeletionIsEmpty)
	on(`^nothing is told of a resource that happened after its deletion$`, w.nothingAfterTheDeletion)
}

// resultSteps are about the results of asynchronous requests.
func (w *World) resultSteps(on judge.Vocabulary) {
	on(`^the result of each asynchronous request is told by an event with its Set-Txn as "txn"$`, w.resultsAreTold)
	on(`^each result has the method and the status of its request$`, w.resultsAreLikeBulk)
	on(`^the result of a request that failed has the error as its "response"$`, w.failuresHaveAResponse)
	on(`^each operation of an asynchronous bulk request is told by an event$`, w.eachOperationIsTold)
	on(`^the "txn" of each is the Set-Txn of the request, a colon and the place of the operation, from 0$`, w.operationsAreNumbered)
	on(`^no "txn" of an operation ends in its bulkId$`, w.operationsAreNotCalledByBulkID)
	on(`^the event at each place is that of the operation at that place$`, w.operationsKeepTheirPlaces)
}
