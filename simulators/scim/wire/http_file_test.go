package wire

import (
	"net/http"
	"testing"
)

func TestARequestAsAnHTTPFile(t *testing.T) {
	e := Exchange{
		Method: "POST", URL: "https://example.com/scim/Users",
		RequestHeader: http.Header{"Authorization": {"Bearer [hidden]"}, "Content-Type": {"application/scim+json"}, "Content-Length": {"2"}},
		RequestBody:   []byte(`{"userName":"a"}`),
	}
	const want = `@token = {{$processEnv SCIM_TOKEN}}

POST https://example.com/scim/Users
Authorization: Bearer {{token}}
Content-Type: application/scim+json

{"userName":"a"}
`
	if got, ok := e.HTTPFile(); !ok || got != want {
		t.Errorf("got %v\n%s", ok, got)
	}
	without := Exchange{URL: "https://example.com/scim/Users"}
	if got, ok := without.HTTPFile(); !ok || got != "GET https://example.com/scim/Users\n" {
		t.Errorf("got %v\n%s", ok, got)
	}
}

func TestAnHTTPFileShowsNoToken(t *testing.T) {
	e := Exchange{URL: "u", RequestHeader: http.Header{"Authorization": {"Basic c2VjcmV0"}}}
	if got, ok := e.HTTPFile(); !ok || got != "GET u\nAuthorization: Basic [hidden]\n" {
		t.Errorf("got %v\n%s", ok, got)
	}
}

func TestAnHTTPFileIsNotMadeOfWhatAClientWouldAct(t *testing.T) {
	for name, e := range map[string]Exchange{
		"a variable in a header": {RequestHeader: http.Header{"If-Match": {`"{{$processEnv HOME}}"`}}},
		"a variable in the URL":  {URL: "https://example.com/{{x}}"},
		"a variable in the body": {RequestBody: []byte(`{"a":"{{x}}"}`)},
		"a file as the body":     {RequestBody: []byte("< /etc/passwd")},
		"a second request":       {RequestBody: []byte("{}\n### \nDELETE https://example.com")},
		"a line in a header":     {RequestHeader: http.Header{"If-Match": {"a\nb: c"}}},
		"bytes that are no text": {RequestBody: []byte("\xff")},
		"a body that was cut":    {RequestBody: []byte("{}"), RequestTruncated: true},
	} {
		if got, ok := e.HTTPFile(); ok {
			t.Errorf("%s: got %q", name, got)
		}
	}
}
