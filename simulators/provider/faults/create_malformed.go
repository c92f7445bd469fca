package faults

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// rawBody reads the request's body, which can then be read again.
func rawBody(r *http.Request) []byte {
	raw, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(raw))
	return raw
}

// refusedBodies rewrites the errors that answer chosen requests whose body is
// such.
func refusedBodies(chosen when, such func(raw []byte) bool, edit func(r *http.Request, a *answer)) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !chosen(r) {
				next.ServeHTTP(w, r)
				return
			}
			raw := rawBody(r)
			a := serve(next, r)
			if a.status >= 400 && such(raw) {
				edit(r, a)
			}
			a.send(w)
		})
	}
}

// mending lets through what the provider would refuse, in another form.
func mending(chosen when, mend func(raw []byte) []byte) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if chosen(r) {
				mended := mend(rawBody(r))
				r.Body = io.NopCloser(bytes.NewReader(mended))
				r.ContentLength = int64(len(mended))
			}
			next.ServeHTTP(w, r)
		})
	}
}

// dropping leaves out the members of the body that do not pass.
func dropping(chosen when, wrong func(name string, value any) bool) Wrap {
	return requests(chosen, func(_ *http.Request, body *scim.Object) {
		if body == nil {
			return
		}
		for name, value := range body.Clone().All() {
			if wrong(name, value) {
				body.Delete(name)
			}
		}
	})
}

func brokenJSON(raw []byte) bool {
	_, err := scim.Parse(raw)
	return err != nil
}

func noObject(raw []byte) bool {
	v, err := scim.Parse(raw)
	_, isObject := v.(*scim.Object)
	return err == nil && !isObject
}

func empty(raw []byte) bool { return len(bytes.TrimSpace(raw)) == 0 }

func bodyContains(part string) func([]byte) bool {
	return func(raw []byte) bool { return bytes.Contains(raw, []byte(part)) }
}

func everything([]byte) bool { return true }

// as500 is what a server answers that has not looked.
func as500(_ *http.Request, a *answer) {
	a.refuse(scim.Internal("an unexpected error has occurred"))
}

// asPage is the same with the page of a framework.
func asPage(_ *http.Request, a *answer) {
	*a = answer{status: 500, header: http.Header{"Content-Type": {"text/html"}}, raw: []byte("<h1>Server Error (500)</h1>")}
}

func asError(e *scim.Error) func(*http.Request, *answer) {
	return func(_ *http.Request, a *answer) { a.refuse(e) }
}

// stored answers 201 to what was refused, as if it were stored.
func stored(_ *http.Request, a *answer) {
	*a = answer{status: 201, header: http.Header{"Content-Type": {"application/scim+json"}}, body: scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.UserURN}}, scim.Member{Name: "id", Value: "1"},
	)}
}

// closing completes a document that ends too early.
func closing(raw []byte) []byte {
	if brokenJSON(raw) && !brokenJSON(append(bytes.Clone(raw), '}')) {
		return append(bytes.Clone(raw), '}')
	}
	return raw
}

// cutting forgets what stands behind the document, as a reader of streams does.
func cutting(raw []byte) []byte {
	for i := range raw {
		if raw[i] == '}' && !brokenJSON(raw[:i+1]) {
			return raw[:i+1]
		}
	}
	return raw
}

// mendingNames repairs a repeated name.
func mendingNames(raw []byte) []byte {
	return bytes.Replace(raw, []byte(`"DISPLAYNAME"`), []byte(`"title"`), 1)
}

// defaulting fills in what is required.
func defaulting(of, name, value string) Wrap {
	return requests(creations(of), func(_ *http.Request, body *scim.Object) {
		if body != nil && body.String(name) == "" && (name == "userName" || name == "displayName") {
			body.Set(name, value+body.String("displayName")+body.String("externalId"))
		}
	})
}

func isText(v any) bool { _, ok := v.(string); return ok }

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

func large(raw []byte) bool { return len(raw) > 1<<18 }

func replacing(old, by string) func([]byte) []byte {
	return func(raw []byte) []byte { return bytes.ReplaceAll(raw, []byte(old), []byte(by)) }
}

// byType treats requests by their Content-Type alone.
func byType(method, contentType string, edit func(*http.Request, *answer)) Wrap {
	return answers(func(r *http.Request) bool {
		return r.Method == method && r.Header.Get("Content-Type") == contentType
	}, edit)
}

// hangingUp ends the connection in place of an answer.
func hangingUp(such func([]byte) bool) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if creations("*")(r) && such(rawBody(r)) {
				panic(http.ErrAbortHandler)
			}
			next.ServeHTTP(w, r)
		})
	}
}

// lockedAfter answers 503 to everything once such a body has come.
func lockedAfter(such func([]byte) bool) Wrap {
	return func(next http.Handler) http.Handler {
		down := make(chan struct{}, 1)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if len(down) > 0 {
				w.WriteHeader(http.StatusServiceUnavailable)
				return
			}
			if creations("*")(r) && such(rawBody(r)) {
				down <- struct{}{}
			}
			next.ServeHTTP(w, r)
		})
	}
}

// echoing accepts a member of a creation that is such, and shows it from then on.
func echoing(name string, such func(v any) bool) Wrap {
	return func(next http.Handler) http.Handler {
		keeper := keeping("*", name)(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			dropping(creations("*"), func(n string, v any) bool { return strings.EqualFold(n, name) && such(v) })(next).ServeHTTP(w, r)
		}))
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if v, there := bodyOf(r).Get(name); creations("*")(r) && (!there || !such(v)) {
				next.ServeHTTP(w, r)
				return
			}
			keeper.ServeHTTP(w, r)
		})
	}
}

// echoingOnce shows a member in the answer to the creation only.
func echoingOnce(name string) Wrap {
	return func(next http.Handler) http.Handler {
		return onCreated("*", func(r *http.Request, a *answer) {
			if v, there := bodyOf(r).Get(name); there {
				a.body.Set(name, v)
			}
		})(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			raw := rawBody(r)
			next.ServeHTTP(w, r)
			r.Body = io.NopCloser(bytes.NewReader(raw))
		}))
	}
}

// tellingOther takes the last of two values and tells the first.
func tellingOther() Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			raw := rawBody(r)
			if !creations("*")(r) || !bytes.Contains(raw, []byte("DISPLAYNAME")) {
				next.ServeHTTP(w, r)
				return
			}
			mended := bytes.Replace(mendingNames(raw), []byte(`"title"`), []byte(`"nickName"`), 1)
			r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(mended)), int64(len(mended))
			a := serve(next, r)
			if a.body != nil {
				a.body.Set("displayName", a.body.String("nickName"))
				a.body.Delete("nickName")
			}
			a.send(w)
		})
	}
}

// storingAnyway stores of a refused creation what can be stored.
func storingAnyway(chosen when) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !chosen(r) {
				next.ServeHTTP(w, r)
				return
			}
			body := bodyOf(r)
			a := serve(next, r)
			if a.status == http.StatusBadRequest && body != nil {
				body.Delete("name")
				body.Delete("members")
				ask(next, r, http.MethodPost, segments(r)[0], body)
			}
			a.send(w)
		})
	}
}

// reserving takes the name of a refused creation for used.
func reserving() Wrap {
	return func(next http.Handler) http.Handler {
		used := map[string]bool{}
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			name := bodyOf(r).String("userName")
			a := serve(next, r)
			if creations("Users")(r) && used[name] {
				a.refuse(scim.UniquenessError("the name is taken"))
			}
			if creations("Users")(r) && a.status == http.StatusBadRequest {
				used[name] = true
			}
			a.send(w)
		})
	}
}
