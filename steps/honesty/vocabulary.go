package honesty

import (
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// Register tells the sentences of this package with the steps that carry them out.
func (w *World) Register(on judge.Vocabulary) {
	for _, register := range []func(judge.Vocabulary){
		w.givenSteps, w.writingSteps, w.demandSteps, w.shownSteps, w.advertisedSteps,
		w.discoverySteps, w.definitionSteps, w.valueSteps,
	} {
		register(on)
	}
}

// givenSteps are about what the target says of itself before the client asks.
func (w *World) givenSteps(on judge.Vocabulary) {
	on(`^the target knows "([^"]+)" of (users|groups)( with the standard's defaults)?$`, w.theTargetKnows)
	on(`^the target declares "([^"]+)" of (users|groups) as (\w+)$`, w.theTargetDeclares)
	on(`^the target publishes its schemas$`, w.theSchemasOfTheTarget)
	on(`^the schemas of the target, or those of RFC 7643 section 8\.7 where it publishes none$`, w.theSchemasOrTheStandards)
}

// writingSteps are about values that the client sends, and what becomes of them.
func (w *World) writingSteps(on judge.Vocabulary) {
	const writes = `^the client (creates a resource like|replaces|patches) "(\w+)", sending `
	on(writes+`a value for every writable attribute$`, w.writes(writableSamples))
	on(writes+`a value for every readOnly attribute$`, w.writesReadOnly)
	on(writes+`another value for every immutable attribute$`, w.writesImmutable)
	on(writes+`a value for every attribute that is "writeOnly" or returned "never"$`, w.writes(hiddenSamples))
	on(writes+`an element of every canonical type$`, w.writes(canonicalSamples))
	on(`^each value that was accepted is read back$`, w.eachValueIsReadBack)
	on(`^each value of a case-exact attribute that was accepted is read back to the letter$`, w.eachCaseExactTextIsKept)
	on(`^no element that was accepted is read back with another type$`, w.noElementHasAnotherType)
	on(`^no value of "displayName", "name", "nickName" or "title" was refused$`, w.noPlainTextWasRefused)
	on(`^none of these values is stored, and those that were stored before are unchanged$`, w.nothingHasChanged)
	on(`^no answer to this request, to reads and to searches shows these values$`, w.noAnswerShowsTheseValues)
	on(`^the client looks for the resource by each value that it shows$`, w.theClientLooksByEachValue)
	on(`^each of these filters finds the resource, or is refused$`, w.eachFilterFindsTheResource)
}

// demandSteps are about what a schema demands of a resource: attributes and extensions
// that have to be there, values that occur only once.
func (w *World) demandSteps(on judge.Vocabulary) {
	const sends = `^the client sends a user and a group `
	on(sends+`with only the required attributes by a (POST|PUT)$`, w.ofEachType(w.tryRequired))
	on(sends+`without one of the required attributes by a (POST|PUT)$`, w.ofEachType(w.tryWithoutRequired))
	on(sends+`without one of the required extensions by a (POST|PUT)$`, w.ofEachType(w.tryWithoutExtension))
	on(sends+`without the extensions that are not required by a (POST|PUT)$`, w.ofEachType(w.tryPlain))
	on(`^the client sends each value that is declared as unique to a second resource by a (POST|PUT|PATCH)$`, w.ofEachType(w.tryTwice))
	on(`^each of these requests is a success$`, w.eachIsASuccess)
	on(`^each of these requests is refused$`, w.eachIsRefused)
	on(`^each of these requests is refused, unless the target fills in what is missing$`, w.eachIsRefusedOrFilled)
}

// shownSteps are about everything that the target shows of a user and a group.
func (w *World) shownSteps(on judge.Vocabulary) {
	on(`^a user and a group with a value for every attribute that a client can write$`, w.fullResources)
	on(`^the client reads, lists, searches, replaces and patches both of them$`, w.theClientLooksAtBoth)
	on(`^no answer shows an attribute that the schemas of its resource type do not declare$`, w.noneIsUndeclared)
	on(`^each answer shows multi-valued attributes as arrays, and no others$`, w.ofEveryShown(hasDeclaredPlurality))
	on(`^each answer shows values of the declared types$`, w.ofEveryShown(hasDeclaredType))
	on(`^no answer shows an attribute that is declared as "writeOnly" or as returned "never"$`, w.ofEveryShown(isReturned))
	on(`^no answer to a read or a search shows an attribute that is declared as returned on "request", unless it is asked for$`, w.ofEveryShown(isAskedFor))
	on(`^an answer to a request for one attribute shows no others, except those that are declared as returned "always"$`, w.ofEveryShown(givesWay))
	on(`^each answer shows the attributes that are declared as returned "always"$`, w.alwaysReturnedIsShown)
	on(`^each answer to a request for attributes that are declared as returned on "request" shows them$`, w.requestedIsShown)
}

// advertisedSteps try what /ServiceProviderConfig advertises.
func (w *World) advertisedSteps(on judge.Vocabulary) {
	on(`^the client patches the displayName of "A"$`, w.trying(tryPatch))
	on(`^the client creates a user by a bulk request$`, w.trying(tryBulk))
	on(`^the client looks for "A" by its userName$`, w.trying(tryFilter))
	on(`^the client sorts "A" and "B" by userName, up and down$`, w.trying(trySort))
	on(`^the client reads "A" to see its ETag$`, w.trying(tryETag))
	on(`^the client changes the password of "A"$`, w.trying(tryPassword))
	on(`^the client asks for one user more than "filter\.maxResults" in /ServiceProviderConfig$`, w.trying(tryMaxResults))
	on(`^that has its effect, if "([^"]+)" is true in /ServiceProviderConfig$`, w.worksIfAdvertised)
	on(`^that has its effect or is refused, if "([^"]+)" is not true$`, w.isNotIgnored)
	on(`^"([^"]+)" is true in /ServiceProviderConfig, if that has its effect$`, w.isAdvertisedIfItWorks)
	on(`^the answer has at most "filter\.maxResults" resources$`, w.keepsMaxResults)
}

// discoverySteps are about /ResourceTypes, /Schemas and /Me.
func (w *World) discoverySteps(on judge.Vocabulary) {
	on(`^the client sends GET to the "endpoint" of each resource type$`, w.theClientAsksEachEndpoint)
	on(`^each "endpoint" is relative to the base URI, and is answered neither by 404 nor by a server error$`, w.eachEndpointAnswers)
	on(`^each path that is answered by a list is the "endpoint" of a resource type$`, w.eachListedPathIsAnEndpoint)
	on(`^the client reads each (schema|resource type) by its id$`, w.theClientReadsEach)
	on(`^each of them is the same as in the list$`, w.eachIsTheSame)
	on(`^no resource names another type in "meta\.resourceType", or another address in "meta\.location"$`, w.noResourceNamesAnother)
	on(`^each resource names its type in "meta\.resourceType" and its address in "meta\.location"$`, w.eachResourceNamesItself)
	on(`^the client creates a user with an attribute of each extension that /Schemas describes$`, w.theClientWritesEachExtension)
	on(`^the resource type of users lists each extension that was stored$`, w.eachStoredExtensionIsListed)
	on(`^the resource type of "(\w+)" has the "meta\.resourceType" of "\w+" as its "name"$`, w.theTypeHasTheName)
	on(`^the resource type of "(\w+)" has one of the "schemas" of "\w+" as its "schema"$`, w.theTypeHasTheSchema)
	on(`^no two resources in the list have the same "id"$`, w.noIDTwice)
	on(`^the same request with "([^"]*)" answers the same$`, w.theSameRequestWith)
	on(`^the answer, before any redirect, is a resource with an "id", or 308, or a refusal$`, w.meIsPlain)
	on(`^the answer, before any redirect, is a refusal, or has the address of a resource other than /Me in the header Location$`, w.comesWithThePermanentLocation)
}

// definitionSteps are about the attribute definitions in the answer of /Schemas.
func (w *World) definitionSteps(on judge.Vocabulary) {
	const has = `^each attribute definition has "([^"]+)" with `
	const unless = `(?:, unless its type is "([^"]*)")?$`
	on(has+`a text`+unless, w.eachDefinitionHasAText)
	on(has+`true or false`+unless, w.eachDefinitionHasAFlag)
	on(has+`one of "([^"]*)"`+unless, w.eachDefinitionHasOneOf)
	on(`^each "description" of an attribute definition is a string, if there is any$`, w.ofEveryDefinition(describesItself))
	on(`^each definition of a complex attribute has "subAttributes"$`, w.ofEveryDefinition(listsParts))
	on(`^each definition of a reference has "referenceTypes"$`, w.ofEveryDefinition(listsReferences))
	on(`^no schema defines an attribute twice$`, w.noAttributeIsDefinedTwice)
	on(`^no definition of an attribute contradicts RFC 7643 section 8\.7$`, w.standardIsKept)
	on(`^the list has each schema that "(\w+)" names$`, w.theListHasEachSchemaOf)
}

// valueSteps are about all values at a path of the answer.
func (w *World) valueSteps(on judge.Vocabulary) {
	const every = `^every "([^"]+)" of the answer `
	on(every+`is one of "([^"]*)"(, if there)?$`, w.everyIsOneOf)
	on(every+`is the id of a schema(, if there)?$`, w.everyIsTheIDOfASchema)
	on(every+`is a text(, if there)?$`, w.everyIsAText)
	on(every+`is an? (string|boolean|array|absolute URI)(, if there)?$`, w.everyIsA)
	on(every+`has the digits "(\d+)" or "(\d+)"$`, w.everyHasTheDigits)
}
