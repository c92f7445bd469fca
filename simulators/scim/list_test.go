package scim

import (
	"strings"
	"testing"
)

func TestListObject(t *testing.T) {
	for _, c := range []struct {
		name string
		list List
		want string
	}{
		{
			"a page says where it is",
			List{TotalResults: 5, StartIndex: 3, ItemsPerPage: 1, Resources: []*Object{NewObject(Member{"id", "7"})}},
			`{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":5,"startIndex":3,"itemsPerPage":1,"Resources":[{"id":"7"}]}`,
		},
		{
			"an empty page has an empty array",
			List{TotalResults: 5, StartIndex: 1},
			`{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":5,"startIndex":1,"itemsPerPage":0,"Resources":[]}`,
		},
		{
			"a list that is not paged has neither startIndex nor itemsPerPage",
			List{},
			`{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"Resources":[]}`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Marshal(c.list.Object())
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			o, err := ParseObject(got)
			if err != nil {
				t.Fatal(err)
			}
			back, err := ParseList(o)
			if err != nil {
				t.Fatal(err)
			}
			if !Equal(back.Object(), c.list.Object()) {
				t.Errorf("read back as %+v", back)
			}
		})
	}
}

func TestParseList(t *testing.T) {
	const schemas = `"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"]`
	for _, c := range []struct {
		name, body string
		problem    []string // none: it is a list
	}{
		{"a total alone, as after count=0", `{` + schemas + `,"totalResults":3}`, nil},
		{"names in another case", `{"SCHEMAS":["urn:ietf:params:scim:api:messages:2.0:listresponse"],"totalresults":0,"resources":[]}`, nil},
		{"no schemas", `{"totalResults":0}`, []string{"schemas is missing"}},
		{"no total", `{` + schemas + `,"Resources":[]}`, []string{"totalResults is missing"}},
		{"a total that is a string", `{` + schemas + `,"totalResults":"3"}`, []string{"totalResults has to be an integer, got string"}},
		{"a total with a fraction", `{` + schemas + `,"totalResults":3.5}`, []string{"totalResults has to be an integer, got 3.5"}},
		{"a total beyond any integer", `{` + schemas + `,"totalResults":1e999999999}`, []string{"totalResults has to be an integer"}},
		{"a negative total", `{` + schemas + `,"totalResults":-1}`, []string{"totalResults cannot be negative, got -1"}},
		{"a startIndex that is null", `{` + schemas + `,"totalResults":0,"startIndex":null}`, []string{"startIndex has to be an integer, got null"}},
		{"a resource that is no object", `{` + schemas + `,"totalResults":2,"Resources":[{},"x"]}`, []string{"element 1 of Resources has to be an object, got string"}},
		{
			"several findings at once", `{` + schemas + `,"totalResults":"1","itemsPerPage":true,"Resources":{}}`,
			[]string{"totalResults has to be", "itemsPerPage has to be an integer, got boolean", "Resources has to be an array, got object"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			o, err := ParseObject([]byte(c.body))
			if err != nil {
				t.Fatal(err)
			}
			l, err := ParseList(o)
			if len(c.problem) == 0 && err != nil {
				t.Errorf("refused: %v", err)
			}
			if len(c.problem) > 0 && (l != nil || err == nil) {
				t.Fatalf("accepted as %+v", l)
			}
			for _, p := range c.problem {
				if !strings.Contains(err.Error(), p) {
					t.Errorf("the error does not say %q: %v", p, err)
				}
			}
		})
	}
	t.Run("no object at all", func(t *testing.T) {
		if _, err := ParseList(nil); err == nil {
			t.Error("accepted")
		}
	})
}
