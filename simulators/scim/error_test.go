package scim

import (
	"net/http"
	"strings"
	"testing"
)

func TestErrorConstructors(t *testing.T) {
	// Status and scimType by RFC 7644 section 3.12 (tables 8 and 9), and RFC 9865 section 2.1.
	for _, c := range []struct {
		err      *Error
		status   int
		scimType string
		header   http.Header
	}{
		{InvalidFilter("x"), 400, "invalidFilter", nil},
		{TooMany("x"), 400, "tooMany", nil},
		{UniquenessError("x"), 409, "uniqueness", nil},
		{MutabilityError("x"), 400, "mutability", nil},
		{InvalidSyntax("x"), 400, "invalidSyntax", nil},
		{InvalidPath("x"), 400, "invalidPath", nil},
		{NoTarget("x"), 400, "noTarget", nil},
		{InvalidValue("x"), 400, "invalidValue", nil},
		{InvalidCursor("x"), 400, "invalidCursor", nil},
		{ExpiredCursor("x"), 400, "expiredCursor", nil},
		{InvalidCount("x"), 400, "invalidCount", nil},
		{Unauthorized("SCIM", "x"), 401, "", http.Header{"Www-Authenticate": {`Bearer realm="SCIM"`}}},
		{Forbidden("x"), 403, "", nil},
		{NotFound("User", "7"), 404, "", nil},
		{MethodNotAllowed("GET", "PUT"), 405, "", http.Header{"Allow": {"GET, PUT"}}},
		{NotAcceptable("x"), 406, "", nil},
		{Conflict("x"), 409, "", nil},
		{PreconditionFailed("x"), 412, "", nil},
		{TooLarge(1024), 413, "", nil},
		{UnsupportedMediaType("x"), 415, "", nil},
		{Internal("x"), 500, "", nil},
		{NotImplemented("x"), 501, "", nil},
	} {
		t.Run(c.err.Error(), func(t *testing.T) {
			if c.err.Status != c.status || c.err.ScimType != c.scimType || c.err.Detail == "" {
				t.Errorf("got %d %q %q, want %d %q and a detail", c.err.Status, c.err.ScimType, c.err.Detail, c.status, c.scimType)
			}
			for name := range c.header {
				if got, want := c.err.Header.Get(name), c.header.Get(name); got != want {
					t.Errorf("%s is %q, want %q", name, got, want)
				}
			}
			data, err := Marshal(c.err.Object())
			if err != nil {
				t.Fatal(err)
			}
			parsed, err := ParseError(c.status, data)
			if err != nil {
				t.Errorf("its own message is refused: %v", err)
			}
			if parsed.ScimType != c.scimType || parsed.Detail != c.err.Detail {
				t.Errorf("read back as %q %q", parsed.ScimType, parsed.Detail)
			}
		})
	}
}

func TestErrorTexts(t *testing.T) {
	for want, err := range map[string]*Error{
		"400 invalidFilter: no such operator":       InvalidFilter("no such %s", "operator"),
		"400 invalidValue: 100% wrong":              InvalidValue("100% wrong"),
		"404: there is no User with the id \"a/b\"": NotFound("User", "a/b"),
		"404: there is no endpoint /Usres":          NotFound("/Usres", ""),
		"404 Not Found":                             {Status: 404},
		"599":                                       {Status: 599},
		"409 uniqueness":                            {Status: 409, ScimType: "uniqueness"},
	} {
		if got := err.Error(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestErrorObject(t *testing.T) {
	t.Run("the status is a string and comes after the schemas", func(t *testing.T) {
		got, err := Marshal(UniquenessError("userName is taken").Object())
		if err != nil {
			t.Fatal(err)
		}
		want := `{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"409","scimType":"uniqueness","detail":"userName is taken"}`
		if string(got) != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	})
	t.Run("what is not known is not there", func(t *testing.T) {
		o := (&Error{Status: 500}).Object()
		for _, name := range []string{"scimType", "detail"} {
			if _, ok := o.Get(name); ok {
				t.Errorf("%s is there", name)
			}
		}
	})
}

func TestParseErrorSaysWhatIsWrong(t *testing.T) {
	const schemas = `"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"]`
	for _, c := range []struct {
		name, body       string
		scimType, detail string // what can be read all the same
		problem          string // "" for none
	}{
		{"a complete message", `{` + schemas + `,"status":"409","scimType":"uniqueness","detail":"taken"}`, "uniqueness", "taken", ""},
		{"names and URN in another case", `{"Schemas":["URN:ietf:params:scim:api:messages:2.0:error"],"STATUS":"409","SCIMTYPE":"uniqueness"}`, "uniqueness", "", ""},
		{"a status that is a number", `{` + schemas + `,"status":409,"scimType":"uniqueness","detail":"taken"}`, "uniqueness", "taken", `has to be a string such as "409", got number`},
		{"a status that is not the HTTP status", `{` + schemas + `,"status":"400","detail":"taken"}`, "", "taken", `is "400", but the HTTP status is 409`},
		{"no status", `{` + schemas + `}`, "", "", "has no status"},
		{"a detail that is no string", `{` + schemas + `,"status":"409","detail":["taken"]}`, "", "", "detail of the SCIM error message has to be a string, got array"},
		{"no schemas", `{"status":"409","detail":"taken"}`, "", "", "schemas is missing"},
		{"schemas that are no array", `{"schemas":"urn:ietf:params:scim:api:messages:2.0:Error"}`, "", "", "schemas has to be an array, got string"},
		{"another schema", `{"schemas":[1,"urn:ietf:params:scim:schemas:core:2.0:User"]}`, "", "", "schemas does not name urn:ietf:params:scim:api:messages:2.0:Error"},
		{"an array", `[]`, "", "", "a JSON object was expected, got array"},
		{"an empty body", ``, "", "", "the body is empty"},
		{"HTML", `<html>`, "", "", "not a SCIM error message"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, err := ParseError(409, []byte(c.body))
			if e == nil || e.Status != 409 || e.ScimType != c.scimType || e.Detail != c.detail {
				t.Errorf("got %+v", e)
			}
			switch {
			case c.problem == "" && err != nil:
				t.Errorf("refused: %v", err)
			case c.problem != "" && (err == nil || !strings.Contains(err.Error(), c.problem)):
				t.Errorf("got the error %v, want %q", err, c.problem)
			}
		})
	}
}
