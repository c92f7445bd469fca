package lint

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

const (
	user   = `"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "ada"`
	pathOp = `"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": `
)

func linted(t *testing.T, text string, o Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := Text(&b, Lint("f", []byte(text), o)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWhatIsWrongWithAMessageAlone(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"nothing":                {"{" + user + "}", ""},
		"a name twice":           {"{" + user + ",\n \"USERNAME\": \"b\"}", `f:2:2: RFC7643-2.1-01: USERNAME: the object has "USERNAME" already`},
		"another type":           {"{" + user + ",\n\"active\": \"true\"}", "f:2:11: CLIENT-BODY-04: active: "},
		"two primaries":          {"{" + user + `, "emails": [{"value": "a", "primary": true}, {"value": "b", "primary": true}]}`, "RFC7643-2.4-01: emails: 2 elements are primary"},
		"an extension unnamed":   {"{" + user + `, "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "x"}}`, "CLIENT-BODY-03"},
		"a schema twice":         {`{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "URN:ietf:params:scim:schemas:core:2.0:User"], "userName": "a"}`, "RFC7643-3-03"},
		"no name":                {`{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"]}`, `CLIENT-BODY-05: "userName" is missing`},
		"nothing known":          {`{"a": 1}`, "CLIENT-BODY-01: schemas: it names no schema that is known"},
		"a path cut off":         {"{" + pathOp + `[{"op": "replace", "path": "emails[type eq \"work\"", "value": "x"}]}`, "CLIENT-PATCH-03: Operations[0].path"},
		"a path to nothing":      {"{" + pathOp + `[{"op": "add", "path": "nonsense", "value": "x"}]}`, "CLIENT-PATCH-03"},
		"a path of Groups":       {"{" + pathOp + `[{"op": "add", "path": "members", "value": [{"value": "1"}]}]}`, ""},
		"one element":            {"{" + pathOp + `[{"op": "add", "path": "members", "value": {"value": "1"}}]}`, ""},
		"a value path":           {"{" + pathOp + `[{"op": "replace", "path": "emails[type eq \"work\"].value", "value": "x@example.com"}]}`, ""},
		"active as a text":       {"{" + pathOp + `[{"op": "replace", "path": "active", "value": "False"}]}`, "CLIENT-PATCH-05: Operations[0].value: the value does not fit active, which is of type boolean"},
		"readOnly":               {"{" + pathOp + `[{"op": "replace", "path": "groups", "value": []}]}`, "CLIENT-PATCH-06"},
		"remove of nothing":      {"{" + pathOp + `[{"op": "remove"}]}`, "CLIENT-PATCH-04"},
		"add without a value":    {"{" + pathOp + `[{"op": "add", "path": "title"}]}`, "CLIENT-PATCH-04"},
		"another operation":      {"{" + pathOp + `[{"op": "move", "path": "title", "value": "x"}]}`, "CLIENT-PATCH-02: Operations[0].op"},
		"a broken filter":        {`{"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "filter": "userName eq"}`, "CLIENT-FILTER-01: filter"},
		"a filter by nothing":    {`{"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "filter": "shoeSize eq 7"}`, "CLIENT-FILTER-02: filter"},
		"a filter of groups":     {`{"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "filter": "members.value eq \"7\""}`, ""},
		"a status as a number":   {`{"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": 404}`, "RFC7644-3.12-03: status"},
		"no id in a list":        {`{"schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"], "totalResults": 1, "Resources": [{` + user + `, "meta": {"resourceType": "User"}}]}`, `RFC7643-3.1-02: Resources[0]: "id" is missing`},
		"a bulk without bulkId":  {`{"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": [{"method": "POST", "path": "/Users", "data": {` + user + `}}]}`, "RFC7644-3.7-05: Operations[0]"},
		"an id within a bulk":    {`{"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": [{"method": "POST", "bulkId": "1", "path": "/Users", "data": {` + user + `, "id": "7"}}]}`, "CLIENT-BODY-06: Operations[0].data.id"},
		"no JSON":                {`{"a": tru}`, "f:1:7: CLIENT-MEDIA-02: this is not JSON"},
		"half of it":             {`{"a": `, "CLIENT-MEDIA-02: the JSON ends too early"},
		"a text":                 {`"x"`, "RFC7643-2.1-01: a message is an object"},
		"empty":                  {" \n", "f:1:1: the file is empty"},
		"a byte order mark":      {"\xEF\xBB\xBF{" + user + "}", "f:1:1: RFC7644-3.8-01: the file begins with a byte order mark"},
		"UTF-16":                 {"\xFF\xFE{\x00}\x00", "RFC7644-3.8-01: the file is UTF-16"},
		"Latin-1":                {"{" + user + ", \"title\": \"\xE9\"}", `RFC7644-3.8-01: the byte \\xe9 is no UTF-8`},
		"binary":                 {"\x7fELF\x02\x00\x00", "the file is no text"},
		"10,000 arrays":          {strings.Repeat("[", 10000) + strings.Repeat("]", 10000), "nested deeper than 64 levels"},
		"10,000 objects":         {strings.Repeat(`{"a":`, 10000) + "1" + strings.Repeat("}", 10000), "nested deeper than 64 levels"},
		"too long":               {strings.Repeat(" ", MaxSize+1), "the file has more than"},
		"the second of several":  {"{" + user + "}\n{" + user + ",\n\"active\": 1}\n", "f:3:11: CLIENT-BODY-04: active"},
		"something behind it":    {"{" + user + "} x", "CLIENT-MEDIA-02: this is not JSON"},
		"the second of an array": {"[{" + user + "},\n{" + user + `, "active": 1}]`, "[1].active"},
	} {
		t.Run(name, func(t *testing.T) {
			got := linted(t, c.text, Options{})
			if c.want == "" && got != "" || !strings.Contains(got, strings.ReplaceAll(c.want, `\\`, `\`)) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestWhoSendsAMessageDecidesWhatItNeeds(t *testing.T) {
	for _, c := range []struct {
		text, want string
		o          Options
	}{
		{"{" + user + "}", "", Options{Request: true}},
		{"{" + user + "}", `RFC7643-3.1-02: "id" is missing`, Options{Answer: true}},
		{"{" + user + `, "id": "7"}`, "CLIENT-BODY-06", Options{Request: true}},
		{"{" + pathOp + "[]}", "is not sent in this direction", Options{Answer: true}},
		{`{"userName": "ada"}`, "CLIENT-BODY-01", Options{As: "user"}},
		{"name: x\nbse_url: y\n", `f:2:1: bse_url: unknown key: did you mean "base_url"?`, Options{As: "target"}},
	} {
		if got := linted(t, c.text, c.o); c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s %+v: got %q, want %q", c.text, c.o, got, c.want)
		}
	}
}

func TestAttributesThatTheTargetDoesNotDeclareAreFound(t *testing.T) {
	declared := []*scim.Schema{{ID: scim.UserURN, Attributes: []*scim.Attribute{{Name: "userName"}, {Name: "shoeSize", Type: scim.Integer}}}}
	for text, want := range map[string]string{
		"{" + user + `, "shoeSize": 41, "externalId": "x"}`: "",
		"{" + user + `, "shoeSize": "41"}`:                  "CLIENT-BODY-04: shoeSize",
		"{" + user + `, "title": "x"}`:                      "CLIENT-BODY-02: title: the schemas of the target declare no title",
	} {
		if got := linted(t, text, Options{Declared: declared}); want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

// An id in a finding is one that simulate-duo explain knows.
func TestEveryIDIsARequirement(t *testing.T) {
	known := map[string]bool{}
	all, err := features.LoadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range all {
		known[q.ID] = true
	}
	ids := regexp.MustCompile(`"((?:RFC\d+|CLIENT)-[A-Z0-9.-]*-\d{2})"`)
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, file := range files {
		text, err := os.ReadFile(file.Name())
		if err != nil || strings.HasSuffix(file.Name(), "_test.go") {
			continue
		}
		for _, m := range ids.FindAllStringSubmatch(string(text), -1) {
			if found++; !known[m[1]] {
				t.Errorf("%s: there is no requirement %s", file.Name(), m[1])
			}
		}
	}
	if found < 20 {
		t.Errorf("only %d ids were found", found)
	}
}

func FuzzNothingPanics(f *testing.F) {
	f.Add([]byte("{" + user + "}"))
	f.Add([]byte("{" + pathOp + `[{"op": "add", "path": "a[b", "value": 1}, 7]}`))
	f.Add([]byte(`[{"schemas": [7, null]}, 1] {`))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, finding := range Lint("f", data, Options{}) {
			if finding.Message == "" {
				t.Errorf("a finding says nothing: %+v", finding)
			}
		}
	})
}
