package rewrite

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// As500 turns an answer into an internal server error.
func As500(_ *http.Request, a *Answer) {
	a.Refuse(scim.Internal("an unexpected error has occurred"))
}

// AsPage turns an answer into the HTML page that a framework sends for an
// internal error.
func AsPage(_ *http.Request, a *Answer) {
	*a = Answer{Status: 500, Header: http.Header{"Content-Type": {"text/html"}}, Raw: []byte("<h1>Server Error (500)</h1>")}
}

// AsError turns an answer into this error.
func AsError(e *scim.Error) func(*http.Request, *Answer) {
	return func(_ *http.Request, a *Answer) { a.Refuse(e) }
}

// Stored turns an answer into 201, as if a user had been stored.
func Stored(_ *http.Request, a *Answer) {
	*a = *NewAnswer(201, scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.UserURN}}, scim.Member{Name: "id", Value: "1"},
	))
}

// RefusalIsSuccess turns a 400 into 204.
func RefusalIsSuccess(_ *http.Request, a *Answer) {
	if a.Status == http.StatusBadRequest {
		*a = *NewAnswer(http.StatusNoContent, nil)
	}
}

// StatusBecomes changes one status into another, also in the body of an error.
func StatusBecomes(from, to int) func(*http.Request, *Answer) {
	return func(_ *http.Request, a *Answer) {
		if a.Status != from {
			return
		}
		a.Status = to
		if a.Body.String("status") != "" {
			a.Body.Set("status", strconv.Itoa(to))
		}
	}
}

// ReplaceBody gives an answer another body.
func ReplaceBody(contentType, text string) func(*http.Request, *Answer) {
	return func(_ *http.Request, a *Answer) {
		a.Body, a.Raw = nil, []byte(text)
		a.Header.Set("Content-Type", contentType)
	}
}

// NoBody takes the body away.
func NoBody(_ *http.Request, a *Answer) { a.Body, a.Raw = nil, nil }

// SetMember gives the body a member; nil takes it out.
func SetMember(name string, value any) func(*http.Request, *Answer) {
	return func(_ *http.Request, a *Answer) {
		switch {
		case a.Body == nil:
		case value == nil:
			a.Body.Delete(name)
		default:
			a.Body.Set(name, value)
		}
	}
}

// BareArray leaves of a list only the array of its resources.
func BareArray(_ *http.Request, a *Answer) {
	if a.Body != nil && a.OK() {
		a.Raw, _ = scim.Marshal(a.Body.Array("Resources"))
		a.Body = nil
	}
}

// Number is a JSON number.
func Number(n int) json.Number { return json.Number(strconv.Itoa(n)) }

// TextOf is a string as it is, and anything else as JSON.
func TextOf(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	data, _ := scim.Marshal(v)
	return string(data)
}

// Value is the value of a member; nil if there is none.
func Value(o *scim.Object, name string) any {
	v, _ := o.Get(name)
	return v
}

// Pick is a if yes, and b if not.
func Pick(yes bool, a, b int) int {
	if yes {
		return a
	}
	return b
}
