package schemas_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/schemas"
)

const (
	userURI  = `"urn:ietf:params:scim:schemas:core:2.0:User"`
	groupURI = `"urn:ietf:params:scim:schemas:core:2.0:Group"`
	message  = `"urn:ietf:params:scim:api:messages:2.0:`
	userMeta = `"meta":{"resourceType":"User","location":"https://scim.example.com/Users/1","created":"2026-03-18T21:11:55.123Z","lastModified":"2026-03-18T21:11:55+01:00","version":"W/\"1\""}`
	userJSON = `{"schemas":[` + userURI + `],"id":"1","userName":"josue@example.com",` + userMeta + `}`
)

// messages is one table for what is accepted (no problems) and what is refused.
var messages = []struct {
	name      string
	direction schemas.Direction
	document  string
	problems  []string // as Error prints them
}{
	{name: "a user to create needs a userName and nothing else", document: `{"schemas":[` + userURI + `],"userName":"josue@example.com"}`},
	{
		name: "a user as the guide's mapping sends it",
		document: `{"schemas":[` + userURI + `,"urn:ietf:params:scim:schemas:extension:ciscoumbrella:2.0:User"],
			"userName":"josue@example.com","displayName":"Josue","emails":[{"value":"josue@example.com","type":"work","primary":true}],
			"name":{"familyName":"Brenes","givenName":"Josue"},"active":true,
			"urn:ietf:params:scim:schemas:extension:ciscoumbrella:2.0:User":{"authName":"josue","nativeObjectId":"1"}}`,
	},
	{
		name:     "attribute names count in any case",
		document: `{"SCHEMAS":["URN:ietf:params:scim:schemas:core:2.0:user"],"USERNAME":"a","NAME":{"FAMILYNAME":"b"}}`,
	},
	{
		name:     "null is the same as absent",
		document: `{"schemas":[` + userURI + `],"userName":"a","name":null,"emails":[{"value":"b","type":null}]}`,
	},
	{
		name:     "attributes and extensions that nobody declared are left alone",
		document: `{"schemas":[` + userURI + `,"urn:example:ext"],"userName":"a","urn:example:ext":{"x":[1]},"favourite":{"colour":2}}`,
	},
	{
		name:     "a user without userName",
		document: `{"schemas":[` + userURI + `],"userName":null}`,
		problems: []string{`"userName" is missing: add it`},
	},
	{
		name: "a user with values of the wrong type",
		document: `{"schemas":[` + userURI + `],"userName":"a","active":"True","emails":["a@example.com"],"name":"A","externalId":7,
			"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"employeeNumber":4711,"manager":"b"},
			"urn:ietf:params:scim:schemas:extension:ciscoumbrella:2.0:User":{"authName":["x"]}}`,
		problems: []string{
			`["urn:ietf:params:scim:schemas:extension:ciscoumbrella:2.0:User"].authName: must be a string, got an array`,
			`["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"].employeeNumber: must be a string, got the number 4711: put it in quotes`,
			`["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"].manager: must be an object, got the string "b"`,
			`active: must be a boolean, got the string "True"`,
			`emails[0]: must be an object, got the string "a@example.com"`,
			`externalId: must be a string, got the number 7: put it in quotes`,
			`name: must be an object, got the string "A"`,
		},
	},
	{
		name:     "one attribute in two spellings",
		document: `{"schemas":[` + userURI + `],"userName":"a","username":"b"}`,
		problems: []string{`userName: given twice in different case: keep one of both`},
	},
	{name: "an answered user", direction: schemas.Answer, document: userJSON},
	{
		name: "an answered user lacks id and meta", direction: schemas.Answer,
		document: `{"schemas":[` + userURI + `],"userName":"a"}`,
		problems: []string{`"id" is missing: add it`, `"meta" is missing: add it`},
	},
	{
		name: "an answered user shows a password, a reserved id, the wrong type and a date without a time", direction: schemas.Answer,
		document: `{"schemas":[` + userURI + `],"id":"bulkId:1","userName":"a","password":"secret","meta":{"resourceType":"Group","location":"x","created":"2026-03-18"}}`,
		problems: []string{
			`a password is never returned (RFC 7643 section 4.1.1): leave it out`,
			`id: an identifier never contains "bulkId", which is reserved (RFC 7643 section 3.1)`,
			`meta.created: the string "2026-03-18": use a date and time such as 2026-03-18T21:11:55Z`,
			`meta.resourceType: must be "User", got the string "Group"`,
		},
	},
	{
		name: "a projection needs only the id", direction: schemas.Projection,
		document: `{"schemas":[` + userURI + `],"id":"1","meta":{"location":"x"}}`,
	},
	{
		name: "a projection without id", direction: schemas.Projection,
		document: `{"schemas":[` + userURI + `],"active":1}`,
		problems: []string{`"id" is missing: add it`, `active: must be a boolean, got the number 1`},
	},
	{name: "a group with members", document: `{"schemas":[` + groupURI + `],"displayName":"DUO - Users","members":[{"value":"1","display":"Josue"}]}`},
	{
		name:     "a group without a name and with members that are no objects",
		document: `{"schemas":[` + groupURI + `],"members":["1",{"display":"Josue"},{"value":2}]}`,
		problems: []string{
			`"displayName" is missing: add it`,
			`members[0]: must be an object, got the string "1"`,
			`members[1]: "value" is missing: add it`,
			`members[2].value: must be a string, got the number 2: put it in quotes`,
		},
	},
	{
		name: "operations of PATCH in any case",
		document: `{"schemas":[` + message + `PatchOp"],"Operations":[{"op":"Replace","path":"active","value":false},{"op":"add","value":{"Title":"x"}},
			{"op":"REMOVE","path":"members[value eq \"1\"]"},{"op":"replace","path":"title","value":null}]}`,
	},
	{
		name: "operations of PATCH that cannot be carried out",
		document: `{"schemas":[` + message + `PatchOp"],"Operations":[{"op":"move","path":"a","value":1},{"op":"add","path":"a"},{"op":"remove"},
			{"op":"replace","value":"x"},{"path":"a"},{"op":1,"path":"a"}]}`,
		problems: []string{
			`Operations[0].op: the string "move": an operation is add, remove or replace`,
			`Operations[1]: "value" is missing: add it`,
			`Operations[2]: "path" is missing: add it`,
			`Operations[3].value: must be an object, got the string "x"`,
			`Operations[4]: "op" is missing: add it`,
			`Operations[5].op: must be a string, got the number 1: put it in quotes`,
		},
	},
	{
		name:     "PATCH without operations",
		document: `{"schemas":[` + message + `PatchOp"],"Operations":[]}`,
		problems: []string{`Operations: must not be empty`},
	},
	{
		name: "PATCH is no answer", direction: schemas.Answer,
		document: `{"schemas":[` + message + `PatchOp"],"Operations":[]}`,
		problems: []string{`schemas: urn:ietf:params:scim:api:messages:2.0:PatchOp is not sent in this direction (answer)`},
	},
	{name: "a search", document: `{"schemas":[` + message + `SearchRequest"],"filter":"userName pr","startIndex":-1,"count":0,"sortBy":"userName","sortOrder":"descending","attributes":["userName"]}`},
	{
		name:     "a search that contradicts itself",
		document: `{"schemas":[` + message + `SearchRequest"],"attributes":["a"],"excludedAttributes":["b"],"sortOrder":"down","count":"1"}`,
		problems: []string{
			`"attributes" and "excludedAttributes" exclude each other (RFC 7644 section 3.9): keep one of both`,
			`count: must be an integer, got the string "1"`,
			`sortOrder: the string "down" is not allowed: use one of "ascending", "descending"`,
		},
	},
	{
		name: "an empty list", direction: schemas.Answer,
		document: `{"schemas":[` + message + `ListResponse"],"totalResults":0}`,
	},
	{
		name: "a count of zero asks for the total alone", direction: schemas.Answer,
		document: `{"schemas":[` + message + `ListResponse"],"totalResults":7,"itemsPerPage":0,"startIndex":1}`,
	},
	{
		name: "a page of users", direction: schemas.Answer,
		document: `{"schemas":[` + message + `ListResponse"],"totalResults":2,"itemsPerPage":1,"startIndex":1,"nextCursor":"x","Resources":[` + userJSON + `]}`,
	},
	{
		name: "a page of projections", direction: schemas.Projection,
		document: `{"schemas":[` + message + `ListResponse"],"totalResults":1,"Resources":[{"schemas":[` + userURI + `],"id":"1"}]}`,
	},
	{
		name: "a list whose totals and entries are wrong", direction: schemas.Answer,
		document: `{"schemas":[` + message + `ListResponse"],"totalResults":"2","startIndex":0,"Resources":[{"schemas":[` + userURI + `],"userName":"a","meta":{}},"x",
			{"schemas":["urn:example:car"]},{"id":"1"},{"schemas":[` + message + `Error"],"status":"404"}]}`,
		problems: []string{
			`Resources[0]: "id" is missing: add it`,
			`Resources[0].meta: "location" is missing: add it`,
			`Resources[0].meta: "resourceType" is missing: add it`,
			`Resources[1]: must be an object, got the string "x"`,
			`Resources[2].schemas: names only unknown schemas ("urn:example:car"): use one of ` + allKinds,
			`Resources[3]: "schemas" is missing or names nothing: it says what the object is (RFC 7643 section 3)`,
			`Resources[4]: a message (error.json) is no resource of a list`,
			`startIndex: must be 1 or more, got the number 0`,
			`totalResults: must be an integer, got the string "2"`,
		},
	},
	{
		name: "a list without its entries", direction: schemas.Answer,
		document: `{"schemas":[` + message + `ListResponse"],"totalResults":1,"itemsPerPage":1}`,
		problems: []string{`"Resources" is missing: add it`},
	},
	{name: "an error", direction: schemas.Answer, document: `{"schemas":[` + message + `Error"],"status":"409","scimType":"uniqueness","detail":"taken"}`},
	{
		name: "an error whose status is a number and whose scimType is invented", direction: schemas.Answer,
		document: `{"schemas":[` + message + `Error"],"status":404,"scimType":"uniquenes"}`,
		problems: []string{
			`scimType: the string "uniquenes" is not allowed: did you mean "uniqueness"?`,
			`status: must be a string, got the number 404: put it in quotes`,
		},
	},
	{
		name: "an error whose status is no HTTP status", direction: schemas.Answer,
		document: `{"schemas":[` + message + `Error"],"status":"4040"}`,
		problems: []string{`status: the string "4040": the status is the HTTP status code, three digits in a string`},
	},
	{
		name: "a service provider's configuration", direction: schemas.Answer,
		document: `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],"patch":{"supported":true},
			"bulk":{"supported":false,"maxOperations":0,"maxPayloadSize":0},"filter":{"supported":true,"maxResults":200},"changePassword":{"supported":false},
			"sort":{"supported":true},"etag":{"supported":true},"pagination":{"cursor":false,"index":true},
			"authenticationSchemes":[{"type":"oauthbearertoken","name":"Bearer","description":"A token"}]}`,
	},
	{
		name: "a service provider's configuration with gaps", direction: schemas.Answer,
		document: `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],"patch":true,"bulk":{"supported":false},
			"filter":{"supported":true,"maxResults":-1},"changePassword":{},"sort":{"supported":true},"etag":{"supported":true}}`,
		problems: []string{
			`"authenticationSchemes" is missing: add it`,
			`bulk: "maxOperations" is missing: add it`,
			`bulk: "maxPayloadSize" is missing: add it`,
			`changePassword: "supported" is missing: add it`,
			`filter.maxResults: must be 0 or more, got the number -1`,
			`patch: must be an object, got true`,
		},
	},
	{
		name: "a resource type", direction: schemas.Answer,
		document: `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],"id":"User","name":"User","endpoint":"/Users","schema":` + userURI + `,
			"schemaExtensions":[{"schema":"urn:example:ext","required":false}]}`,
	},
	{
		name: "a resource type without endpoint", direction: schemas.Answer,
		document: `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],"name":"User","schema":` + userURI + `,"schemaExtensions":[{"schema":"x"}]}`,
		problems: []string{`"endpoint" is missing: add it`, `schemaExtensions[0]: "required" is missing: add it`},
	},
	{
		name: "a schema", direction: schemas.Answer,
		document: `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Schema"],"id":` + userURI + `,"attributes":[{"name":"emails","type":"complex","multiValued":true,
			"subAttributes":[{"name":"$ref","type":"reference","multiValued":false,"referenceTypes":["uri"]}]}]}`,
	},
	{
		name: "a schema with a type and a name that do not exist", direction: schemas.Answer,
		document: `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Schema"],"id":"x","attributes":[{"name":"e mail","type":"text","multiValued":"no","subAttributes":[{"name":"a","multiValued":false,"type":"String"}]}]}`,
		problems: []string{
			`attributes[0].multiValued: must be a boolean, got the string "no"`,
			`attributes[0].name: the string "e mail": an attribute's name is a letter followed by letters, digits, hyphens and underscores (RFC 7643 section 2.1)`,
			`attributes[0].subAttributes[0].type: the string "String" is not allowed: did you mean "string"?`,
			`attributes[0].type: the string "text" is not allowed: use one of "string", "boolean", "decimal", "integer", "dateTime", "binary", "reference", "complex"`,
		},
	},
	{name: "a message of an unknown kind", document: `{"schemas":["urn:a","urn:b"]}`, problems: []string{`schemas: names only unknown schemas ("urn:a", "urn:b"): use one of ` + allKinds}},
	{name: "no schemas at all", document: `{}`, problems: []string{`"schemas" is missing or names nothing: it says what the object is (RFC 7643 section 3)`}},
	{name: "an array", document: `[]`, problems: []string{`must be an object, got an array`}},
	{name: "nothing", document: " \n", problems: []string{`the document is empty`}},
	{name: "half a document", document: "{\"a\":\n  1", problems: []string{`2:3: the JSON document ends too early`}},
	{name: "no JSON", document: "<html>", problems: []string{`1:1: this is not JSON: invalid character '<' looking for beginning of value`}},
	{name: "two documents", document: "{}\n{}", problems: []string{`2:1: there is text after the JSON document`}},
	{name: "a number that no reader can hold", document: `{"schemas":[` + userURI + `],"userName":"a","x":[1e999999999]}`, problems: []string{`x[0]: "1e999999999" is outside the range of numbers`}},
	{name: "text that would act on a terminal", document: `{"schemas":["\u001b[2J"]}`, problems: []string{`schemas: names only unknown schemas ("\x1b[2J"): use one of ` + allKinds}},
}

const allKinds = `"urn:ietf:params:scim:api:messages:2.0:Error", "urn:ietf:params:scim:api:messages:2.0:ListResponse", "urn:ietf:params:scim:api:messages:2.0:PatchOp", "urn:ietf:params:scim:api:messages:2.0:SearchRequest", "urn:ietf:params:scim:schemas:core:2.0:Group", "urn:ietf:params:scim:schemas:core:2.0:ResourceType", "urn:ietf:params:scim:schemas:core:2.0:Schema", "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig", "urn:ietf:params:scim:schemas:core:2.0:User"`

func TestValidateMessage(t *testing.T) {
	for _, c := range messages {
		t.Run(c.name, func(t *testing.T) {
			wantProblems(t, schemas.ValidateMessage([]byte(c.document), c.direction), c.problems...)
		})
	}
}

func TestValidateMessageIsSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	for _, c := range messages {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if err := schemas.ValidateMessage([]byte(c.document), c.direction); (err != nil) != (len(c.problems) > 0) {
				t.Errorf("got %v, want %d problems", err, len(c.problems))
			}
		})
	}
}

func wantProblems(t *testing.T, err error, want ...string) {
	t.Helper()
	if len(want) == 0 {
		if err != nil {
			t.Fatalf("refused:\n%v", err)
		}
		return
	}
	if _, ok := errors.AsType[*schemas.Invalid](err); !ok {
		t.Fatalf("got %v, want an *Invalid", err)
	}
	if got := err.Error(); got != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

// A target file has a member "username", which says nothing about SCIM's userName.
func TestTheFormsOfOtherFilesSpellNoAttribute(t *testing.T) {
	user := `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"username":"ada@example.com"}`
	if err := schemas.ValidateMessage([]byte(user), schemas.Request); err != nil {
		t.Error(err)
	}
}
