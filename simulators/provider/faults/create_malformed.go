package faults

import (
	"bytes"
	"net/http"
	"unicode/utf8"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func malformedFaults() []Fault {
	return []Fault{
		{"RFC7644-3.3-08", "broken JSON answers 500", refusedBodies(at("POST", "/Users"), brokenJSON, as500)},
		{"RFC7644-3.3-08", "broken JSON answers 500 with a page", refusedBodies(at("POST", "/Users"), brokenJSON, asPage)},
		{"RFC7644-3.3-08", "broken JSON answers 500 at the groups", refusedBodies(at("POST", "/Groups"), brokenJSON, as500)},
		{"RFC7644-3.3-08", "broken JSON answers 500 to PUT", refusedBodies(at("PUT", ""), brokenJSON, as500)},
		{"RFC7644-3.3-08", "broken JSON answers 500 to PATCH", refusedBodies(at("PATCH", ""), brokenJSON, as500)},
		{"RFC7644-3.3-08", "broken JSON answers 500 to a search", refusedBodies(at("POST", "/Users/.search"), brokenJSON, as500)},
		{"RFC7644-3.3-08", "broken JSON answers 500 to a bulk request", refusedBodies(at("POST", "/Bulk"), brokenJSON, as500)},
		{"RFC7644-3.3-08", "broken JSON answers 422", refusedBodies(at("POST", "/Users"), brokenJSON, asError(&scim.Error{Status: 422}))},
		{"RFC7644-3.3-08", "broken JSON has the scimType invalidValue", refusedBodies(at("POST", "/Users"), brokenJSON, errorMember("scimType", scim.ScimTypeInvalidValue))},
		{"RFC7644-3.3-08", "broken JSON has the scimType invalidFilter", refusedBodies(at("", ""), brokenJSON, errorMember("scimType", scim.ScimTypeInvalidFilter))},
		{"RFC7644-3.3-08", "broken JSON has an answer without a body", refusedBodies(at("POST", "/Users"), brokenJSON, rewording("text/plain", ""))},
		{"RFC7644-3.3-08", "half a document is completed", mending(at("POST", "/Users"), closing)},
		{"RFC7644-3.3-08", "half a document is completed in a PUT", mending(at("PUT", "/Users/*"), closing)},
		{"RFC7644-3.3-08", "half a change is completed", mending(at("PATCH", "/Users/*"), closing)},
		{"RFC7644-3.3-08", "XML answers 500", refusedBodies(at("POST", "/Users"), bodyContains("<User>"), as500)},
		{"RFC7644-3.3-08", "form data is a success", refusedBodies(at("POST", "/Users"), bodyContains("userName="), stored)},
		{"RFC7644-3.3-08", "single quotes are a server error", refusedBodies(at("POST", "/Users"), bodyContains("'schemas'"), as500)},

		{"RFC7644-3.3-09", "a missing user name answers 500", refusedBodies(creations("Users"), everything, as500)},
		{"RFC7644-3.3-09", "a missing user name answers 409", refusedBodies(creations("Users"), everything, asError(scim.UniquenessError("null is taken")))},
		{"RFC7644-3.3-09", "a missing user name has the scimType invalidFilter", refusedBodies(creations("Users"), everything, errorMember("scimType", scim.ScimTypeInvalidFilter))},
		{"RFC7644-3.3-09", "a missing user name answers 422", refusedBodies(creations("Users"), everything, asError(&scim.Error{Status: 422}))},
		{"RFC7644-3.3-09", "a missing user name is made up", defaulting("Users", "userName", "user-")},
		{"RFC7644-3.3-09", "an empty user name is taken", mending(creations("Users"), func(raw []byte) []byte {
			return bytes.Replace(raw, []byte(`"userName": ""`), []byte(`"userName": "-"`), 1)
		})},
		{"RFC7644-3.3-09", "the user name null is taken", mending(creations("Users"), func(raw []byte) []byte {
			return bytes.Replace(raw, []byte(`"userName": null`), []byte(`"userName": "null"`), 1)
		})},
		{"RFC7644-3.3-09", "a group needs no name", defaulting("Groups", "displayName", "group-")},
		{"RFC7644-3.3-09", "the name null of a group is taken", mending(creations("Groups"), func(raw []byte) []byte {
			return bytes.Replace(raw, []byte(`"displayName": null`), []byte(`"displayName": "null"`), 1)
		})},
		{"RFC7644-3.3-09", "a missing name of a group answers 500", refusedBodies(creations("Groups"), everything, as500)},

		{"RFC7644-3.3-10", "a wrong type answers 500", refusedBodies(creations("Users"), everything, as500)},
		{"RFC7644-3.3-10", "a wrong type answers 422", refusedBodies(creations("Users"), everything, asError(&scim.Error{Status: 422}))},
		{"RFC7644-3.3-10", "a wrong type has the scimType mutability", refusedBodies(creations("Users"), everything, errorMember("scimType", scim.ScimTypeMutability))},
		{"RFC7644-3.3-10", "a wrong type of a group answers 500", refusedBodies(creations("Groups"), everything, as500)},
		{"RFC7644-3.3-10", "a name that is a text is dropped", dropping(creations("Users"), func(name string, v any) bool { return name == "name" && isText(v) })},
		{"RFC7644-3.3-10", "a display name that is an object is dropped", dropping(creations("Users"), func(name string, v any) bool {
			return name == "displayName" && scim.KindOf(v) == "object"
		})},
		{"RFC7644-3.3-10", "active that is a text is dropped", dropping(creations("Users"), func(name string, v any) bool { return name == "active" && v == "perhaps" })},
		{"RFC7644-3.3-10", "active that is an object is dropped", dropping(creations("Users"), func(name string, v any) bool {
			return name == "active" && scim.KindOf(v) == "object"
		})},
		{"RFC7644-3.3-10", "e-mail addresses that are a number are dropped", dropping(creations("Users"), func(name string, v any) bool {
			return name == "emails" && scim.KindOf(v) == "number"
		})},
		{"RFC7644-3.3-10", "e-mail addresses that are numbers are dropped", dropping(creations("Users"), func(name string, v any) bool {
			list, ok := v.([]any)
			return name == "emails" && ok && len(list) > 0 && scim.KindOf(list[0]) == "number"
		})},
		{"RFC7644-3.3-10", "members that are a number are dropped", dropping(creations("Groups"), func(name string, v any) bool {
			return name == "members" && scim.KindOf(v) == "number"
		})},
		{"RFC7644-3.3-10", "a boolean that is a text is stored as a text", echoing("active", isText)},
		{"RFC7644-3.3-10", "a number is stored as a number", echoing("displayName", func(v any) bool { return scim.KindOf(v) == "number" })},
		{"RFC7644-3.3-10", "one address is stored without an array", echoing("emails", func(v any) bool { return scim.KindOf(v) == "object" })},
		{"RFC7644-3.3-10", "schemas that are a number are not looked at", mending(creations("Users"), func(raw []byte) []byte {
			return bytes.Replace(raw, []byte(`"schemas": 42`), []byte(`"schemas": ["`+scim.UserURN+`"]`), 1)
		})},

		{"RFC7644-3.3-11", "an unknown attribute is stored", keeping("*", "sduoUnknown")},
		{"RFC7644-3.3-11", "an unknown attribute of a user is stored", keeping("Users", "sduoUnknown")},
		{"RFC7644-3.3-11", "an unknown attribute of a group is stored", keeping("Groups", "sduoUnknown")},
		{"RFC7644-3.3-11", "an unknown sub-attribute is stored", keeping("Users", "name.sduoUnknown")},
		{"RFC7644-3.3-11", "an unknown extension is stored", echoing("urn:example:params:scim:schemas:extension:sduo:2.0:User", func(any) bool { return true })},
		{"RFC7644-3.3-11", "an unknown attribute is echoed once", echoingOnce("sduoUnknown")},
		{"RFC7644-3.3-11", "an unknown attribute is a server error", breakingDown(func(r *http.Request) bool { return bytes.Contains(rawBody(r), []byte("sduoUnknown")) })},
		{"RFC7644-3.3-11", "an empty name is a server error", breakingDown(func(r *http.Request) bool { return bytes.Contains(rawBody(r), []byte(`"":`)) })},

		{"RFC7644-3.3-12", "no schemas are needed", mending(creations("Users"), func(raw []byte) []byte {
			if bytes.Contains(raw, []byte(`"schemas"`)) {
				return raw
			}
			return bytes.Replace(raw, []byte("{"), []byte(`{"schemas":["`+scim.UserURN+`"],`), 1)
		})},
		{"RFC7644-3.3-12", "a foreign schema will do", mending(creations("Users"), replacing("urn:example:params:scim:schemas:Sduo", scim.UserURN))},
		{"RFC7644-3.3-12", "the schema of messages will do", mending(creations("Users"), replacing(scim.ListResponseURN, scim.UserURN))},
		{"RFC7644-3.3-12", "the schema of a group will do for a user", mending(creations("Users"), replacing(scim.GroupURN, scim.UserURN))},
		{"RFC7644-3.3-12", "the schema of a user will do for a group", mending(creations("Groups"), replacing(scim.UserURN, scim.GroupURN))},
		{"RFC7644-3.3-12", "a missing schema answers 500", refusedBodies(creations("*"), everything, as500)},
		{"RFC7644-3.3-12", "a foreign schema answers 404", refusedBodies(creations("*"), everything, asError(scim.NotFound("schema", "foreign")))},

		{"RFC7644-3.3-13", "an empty body answers 500", refusedBodies(creations("Users"), empty, as500)},
		{"RFC7644-3.3-13", "an empty body is a success", refusedBodies(creations("Users"), empty, stored)},
		{"RFC7644-3.3-13", "an empty body answers 411", refusedBodies(creations("Users"), empty, asError(&scim.Error{Status: 411}))},
		{"RFC7644-3.3-13", "an empty body of a group answers 500", refusedBodies(creations("Groups"), empty, as500)},
		{"RFC7644-3.3-13", "an empty change answers 500", refusedBodies(at("PATCH", ""), empty, as500)},
		{"RFC7644-3.3-13", "an empty change is a success", refusedBodies(at("PATCH", ""), empty, func(_ *http.Request, a *answer) {
			*a = answer{status: 204, header: http.Header{}}
		})},
		{"RFC7644-3.3-13", "an array answers 500", refusedBodies(creations("Users"), noObject, as500)},
		{"RFC7644-3.3-13", "the first element of an array is created", mending(creations("Users"), func(raw []byte) []byte {
			return bytes.TrimSuffix(bytes.TrimPrefix(raw, []byte("[")), []byte("]"))
		})},
		{"RFC7644-3.3-13", "an array answers 201", refusedBodies(creations("Users"), noObject, stored)},
		{"RFC7644-3.3-13", "an array answers 500 to PUT", refusedBodies(at("PUT", ""), noObject, as500)},
		{"RFC7644-3.3-13", "an array answers 500 to PATCH", refusedBodies(at("PATCH", ""), noObject, as500)},
		{"RFC7644-3.3-13", "the empty body's error has no body", refusedBodies(creations("Users"), empty, rewording("text/plain", ""))},

		{"RFC7644-3.3-14", "text/plain is a server error", byType("POST", "text/plain", as500)},
		{"RFC7644-3.3-14", "XML is a server error", byType("POST", "application/xml", as500)},
		{"RFC7644-3.3-14", "a form is a server error", byType("POST", "application/x-www-form-urlencoded", as500)},
		{"RFC7644-3.3-14", "no media type is a server error", byType("POST", "", as500)},
		{"RFC7644-3.3-14", "a nonsensical media type is a server error", byType("POST", "no media type", as500)},
		{"RFC7644-3.3-14", "XML is a success", byType("POST", "application/xml", stored)},
		{"RFC7644-3.3-14", "a form is a success", byType("POST", "application/x-www-form-urlencoded", stored)},
		{"RFC7644-3.3-14", "a 415 is a plain text", answers(at("", ""), func(r *http.Request, a *answer) {
			if a.status == http.StatusUnsupportedMediaType {
				rewording("text/plain", "Unsupported Media Type")(r, a)
			}
		})},
		{"RFC7644-3.3-14", "XML is a server error in a change", byType("PATCH", "application/xml", as500)},
		{"RFC7644-3.3-14", "a foreign media type answers 404", byType("POST", "application/xml", asError(scim.NotFound("endpoint", "")))},

		{"RFC7644-3.3-15", "a large body answers 500", refusedBodies(creations("*"), large, as500)},
		{"RFC7644-3.3-15", "a large body answers 502", refusedBodies(creations("*"), large, func(_ *http.Request, a *answer) {
			*a = answer{status: 502, header: http.Header{"Content-Type": {"text/html"}}, raw: []byte("<h1>Bad Gateway</h1>")}
		})},
		{"RFC7644-3.3-15", "a large body cuts the connection", hangingUp(large)},
		{"RFC7644-3.3-15", "many members answer 500", breakingDown(func(r *http.Request) bool { return bytes.Contains(rawBody(r), []byte("sduo49999")) })},
		{"RFC7644-3.3-15", "after a large body nothing works", lockedAfter(large)},

		{"RFC7644-3.3-16", "a repeated name answers 500", refusedBodies(creations("*"), brokenJSON, as500)},
		{"RFC7644-3.3-16", "a repeated name answers 409", refusedBodies(creations("*"), brokenJSON, asError(scim.UniquenessError("the name is taken")))},
		{"RFC7644-3.3-16", "one value is told and the other one kept", tellingOther()},
		{"RFC7644-3.3-16", "a schema named twice is a server error", breakingDown(func(r *http.Request) bool {
			list := bodyOf(r).Array("schemas")
			return len(list) == 2 && list[0] == list[1]
		})},

		{"RFC7644-3.3-17", "what stands behind the document is forgotten", mending(creations("*"), cutting)},
		{"RFC7644-3.3-17", "text behind the document answers 500", refusedBodies(creations("*"), brokenJSON, as500)},
		{"RFC7644-3.3-17", "a second document is forgotten", mending(creations("*"), func(raw []byte) []byte {
			if before, _, found := bytes.Cut(raw, []byte("}{")); found {
				return append(bytes.Clone(before), '}')
			}
			return raw
		})},
		{"RFC7644-3.3-17", "a bracket too many is forgotten", mending(creations("*"), func(raw []byte) []byte {
			if !brokenJSON(raw[:max(len(raw)-1, 0)]) {
				return raw[:len(raw)-1]
			}
			return raw
		})},

		{"RFC7644-3.3-18", "deep arrays answer 500", refusedBodies(creations("*"), bodyContains("[[[["), as500)},
		{"RFC7644-3.3-18", "deep objects answer 500", refusedBodies(creations("*"), bodyContains(`{"a":{"a":`), as500)},
		{"RFC7644-3.3-18", "deep arrays cut the connection", hangingUp(bodyContains("[[[["))},
		{"RFC7644-3.3-18", "a deep attribute answers 500", refusedBodies(creations("*"), bodyContains(`{"givenName":{"givenName":`), as500)},
		{"RFC7644-3.3-18", "after deep arrays nothing works", lockedAfter(bodyContains("[[[["))},

		{"RFC7644-3.3-19", "bytes that are no text answer 500", refusedBodies(creations("*"), func(raw []byte) bool { return !utf8.Valid(raw) }, as500)},
		{"RFC7644-3.3-19", "a NUL character answers 500", breakingDown(func(r *http.Request) bool { return bytes.Contains(rawBody(r), []byte(`\u0000`)) })},
		{"RFC7644-3.3-19", "half a surrogate answers 500", breakingDown(func(r *http.Request) bool { return bytes.Contains(rawBody(r), []byte(`\ud83d`)) })},
		{"RFC7644-3.3-19", "control characters answer 500", breakingDown(func(r *http.Request) bool { return bytes.Contains(rawBody(r), []byte(`\u0001`)) })},
		{"RFC7644-3.3-19", "bytes that are no text are echoed", refusedBodies(creations("*"), func(raw []byte) bool { return !utf8.Valid(raw) }, func(_ *http.Request, a *answer) {
			a.body, a.raw = nil, []byte("{\"schemas\":[\""+scim.ErrorURN+"\"],\"status\":\"400\",\"detail\":\"a\xff\xfe\"}")
		})},

		{"RFC7644-3.3-20", "what was refused is stored", storingAnyway(creations("*"))},
		{"RFC7644-3.3-20", "a user that was refused is stored", storingAnyway(creations("Users"))},
		{"RFC7644-3.3-20", "a group that was refused is stored", storingAnyway(creations("Groups"))},
		{"RFC7644-3.3-20", "a refused name is reserved", reserving()},
	}
}
