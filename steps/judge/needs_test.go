package judge

import (
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func TestDemandedAttributesGetValuesThatFit(t *testing.T) {
	schema, err := scim.ParseSchema(MustObject(`{"id": "urn:x", "attributes": [
		{"name": "userName", "required": true},
		{"name": "id", "required": true, "mutability": "readOnly"},
		{"name": "nickName"},
		{"name": "password", "required": true},
		{"name": "active", "type": "boolean", "required": true},
		{"name": "level", "type": "integer", "required": true},
		{"name": "userType", "required": true, "canonicalValues": ["Employee", "Guest"]},
		{"name": "name", "type": "complex", "required": true, "subAttributes": [{"name": "familyName", "required": true}, {"name": "givenName"}]},
		{"name": "emails", "type": "complex", "multiValued": true, "required": true, "subAttributes": [{"name": "value"}, {"name": "type"}]},
		{"name": "tags", "multiValued": true, "required": true}]}`))
	if err != nil {
		t.Fatal(err)
	}
	got := withName(demandedBy(schema, "userName", "s3cret"), "ada")
	want := `{"password":"s3cret","active":true,"level":1,"userType":"Employee","name":{"familyName":"ada"},"emails":[{"value":"ada"}],"tags":["ada"]}`
	if Text(got) != want {
		t.Errorf("got  %s\nwant %s", Text(got), want)
	}
}

// What a target needs is added to a body, and nothing else of it is changed.
func TestABodyGetsWhatTheTargetNeeds(t *testing.T) {
	j := &Session{Run: &Run{Fit: Fit{UserDomain: "example.com", User: MustObject(`{"emails": [{"value": "{name}"}], "title": "x"}`)}}}
	users := []string{"Users"}
	for name, test := range map[string]struct {
		method string
		path   []string
		body   string
		want   string
	}{
		"a creation":          {"POST", users, `{"userName": "ada"}`, `{"emails": [{"value":"ada"}], "title": "x", "userName": "ada"}`},
		"what is there":       {"POST", users, `{"TITLE": 42, "userName": "ada"}`, `{"emails": [{"value":"ada"}], "TITLE": 42, "userName": "ada"}`},
		"what is there twice": {"POST", users, `{"title": null, "emails": "x", "a": 1}`, `{"title": null, "emails": "x", "a": 1}`},
		"broken JSON":         {"POST", users, `{"userName": "ada"`, `{"emails": [{"value":"ada"}], "title": "x", "userName": "ada"`},
		"a replacement":       {"PUT", []string{"Users", "1"}, `{"userName": "ada"}`, `{"emails": [{"value":"ada"}], "title": "x", "userName": "ada"}`},
		"a PATCH":             {"PATCH", []string{"Users", "1"}, `{"a": 1}`, `{"a": 1}`},
		"a search":            {"POST", []string{"Users", ".search"}, `{"a": 1}`, `{"a": 1}`},
		"a group":             {"POST", []string{"Groups"}, `{"a": 1}`, `{"a": 1}`},
		"an array":            {"POST", users, `[{"a": 1}]`, `[{"a": 1}]`},
		"an empty object":     {"POST", users, ` {} `, ` {} `},
		"no JSON":             {"POST", users, `hello {x}`, `hello {x}`},
		"nothing":             {"POST", users, ``, ``},
	} {
		got, _ := j.WithNeeds(test.method, test.path, []byte(test.body)).([]byte)
		if string(got) != test.want {
			t.Errorf("%s: got %s, want %s", name, got, test.want)
		}
	}
}
