package bulk

import (
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// Register tells the sentences of this package with the steps that carry them out.
func (w *World) Register(on judge.Vocabulary) {
	w.whenSteps(on)
	w.resultSteps(on)
}

// whenSteps are about what a client asks.
func (w *World) whenSteps(on judge.Vocabulary) {
	on(`^the client sends in bulk(?:, failing on (\d+) errors?)?$`, w.theClientSendsInBulk)
	on(`^the client sends a bulk request (of \d+ users|(?:beyond|within) (?:maxOperations|maxPayloadSize))$`, w.theClientSendsABulkRequest)
}

// The results of bulk requests and of what was done at once.
func (w *World) resultSteps(on judge.Vocabulary) {
	on(`^operation (\d+) (is answered \d+(?: or \d+)*|is refused|was not tried)$`, w.operationEnded)
	on(`^operation (\d+) created the (user|group) "(\w+)"(, unless it is answered 409)?$`, w.operationCreatedUnless)
	on(`^the operations (\d+) to (\d+) were created together or refused together$`, w.createdOrRefusedTogether)
	on(`^each operation created its user$`, w.everyOperationCreated)
	on(`^each result has the "location" of its resource, except of a creation that failed$`, w.everyResult(w.hasItsLocation))
	on(`^each result has its HTTP status as a string$`, w.everyResult(w.hasItsStatus))
	on(`^each result of a failure has the SCIM error as its "response"$`, w.everyResult(w.explainsItself))
	on(`^each "bulkId" comes back in one result$`, w.everyBulkIDComesBack)
	on(`^the "detail" of the error names "(\w+)" or its value$`, w.theErrorNamesTheLimit)
	on(`^the answer is 200 with a refusal of operation 1 if "bulk\.supported" is true in /ServiceProviderConfig, and 403, 404, 405 or 501 with a SCIM error otherwise$`, w.isServedAsDeclared)
	on(`^the "response" in the result of operation (\d+), if there is any, shows "(\w+)" as it is read now$`, w.theResponseShows)
	on(`^the (location|version) in the result of operation (\d+) is that of "(\w+)"(, or absent)?$`, w.theResultNames)
}
