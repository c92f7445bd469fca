package scim

import (
	"fmt"
	"testing"
)

func TestALenientReaderReadsWhatAListHolds(t *testing.T) {
	for text, want := range map[string]string{
		`{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":2,"Resources":[{"id":"a"},{"id":"b"}]}`: "2: a b",
		`{"totalResults":0,"Resources":null}`:                                        "0:",
		`{"totalResults":0}`:                                                         "0:",
		`{"totalResults":"12","Resources":[{"id":"a"}]}`:                             "12: a",
		`{"Resources":[{"id":"a"}]}`:                                                 "1: a",
		`{"totalResults":3,"Resources":[{"id":7},null,"x",[]]}`:                      "3: 7",
		`[{"id":"a"},{"id":"b"}]`:                                                    "2: a b",
		`{"totalResults":-1,"Resources":[]}`:                                         "0:",
		`{"id":"a","userName":"ada"}`:                                                "none",
		`{"totalResults":1,"Resources":{"id":"a"}}`:                                  "none",
		`{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"404"}`: "none",
		`"a text"`: "none",
	} {
		v, err := Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		got := "none"
		if l, ok := ReadList(v); ok {
			got = fmt.Sprintf("%d:", l.TotalResults)
			for _, r := range l.Resources {
				got += " " + IDOf(r)
			}
		}
		if got != want {
			t.Errorf("%s is read as %q, want %q", text, got, want)
		}
	}
}

// Null is the same as absent (RFC 7643 section 2.5), and without a match Resources
// may be absent (RFC 7644 section 3.4.2).
func TestAListWithoutAMatchMayHaveNullForItsResources(t *testing.T) {
	o, err := ParseObject([]byte(`{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"Resources":null}`))
	if err != nil {
		t.Fatal(err)
	}
	if l, err := ParseList(o); err != nil || len(l.Resources) != 0 {
		t.Errorf("got %+v, %v", l, err)
	}
}
