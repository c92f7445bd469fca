package schemas_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/schemas"
)

// file is what the tests decode: the shape of an application file.
type file struct {
	Name    string `yaml:"name"`
	Type    string `yaml:"type"`
	BaseURL string `yaml:"base_url"`
	Mapping []struct {
		Duo         string `yaml:"duo"`
		Application string `yaml:"application"`
	} `yaml:"attribute_mapping"`
	Groups struct {
		Select  []string `yaml:"select"`
		Use     string   `yaml:"use"`
		Exclude bool     `yaml:"exclude_group_information"`
	} `yaml:"groups"`
	SSOAccess      []string `yaml:"sso_access"`
	Deprovisioning string   `yaml:"deprovisioning"`
	Enabled        *bool    `yaml:"enabled"`
}

const valid = `name: Cisco Secure Access - Single Sign-On # shown in the Activity Log
type: cisco-secure-access
base_url: https://scim.example.com/v2
attribute_mapping:
  - {duo: Username, application: userName}
  - duo: Display Name
    application: "displayName"
groups:
  select: ['DUO - Users', "Größe"]
  exclude_group_information: true
deprovisioning: delete
`

func TestDecodeYAMLReadsWhatFitsTheSchema(t *testing.T) {
	for name, text := range map[string]string{
		"as it is":                       valid,
		"with the line ends of Windows":  strings.ReplaceAll(valid, "\n", "\r\n"),
		"with a byte order mark":         "\uFEFF" + valid,
		"between document markers":       "---\n" + valid + "...\n",
		"with an empty document after":   valid + "---\n",
		"after comments and empty lines": "\n# a comment\n\n" + valid,
	} {
		t.Run(name, func(t *testing.T) {
			var got file
			if _, err := schemas.DecodeYAML(schemas.Application, "app.yaml", []byte(text), &got); err != nil {
				t.Fatal(err)
			}
			if got.Name != "Cisco Secure Access - Single Sign-On" || got.Deprovisioning != "delete" || !got.Groups.Exclude || got.Enabled != nil {
				t.Errorf("got %+v", got)
			}
			if len(got.Mapping) != 2 || got.Mapping[1].Application != "displayName" {
				t.Errorf("the mapping is %+v", got.Mapping)
			}
			if want := []string{"DUO - Users", "Größe"}; !reflect.DeepEqual(got.Groups.Select, want) {
				t.Errorf("the groups are %q, want %q", got.Groups.Select, want)
			}
		})
	}
}

func TestDecodeYAMLTellsWhereAndWhat(t *testing.T) {
	for _, c := range []struct {
		name string
		text string
		want []string
	}{
		{"an empty file", "", []string{`f.yaml: the file is empty: it must hold one YAML document`}},
		{"nothing but a comment", "# nothing\n", []string{`f.yaml: the file is empty: it must hold one YAML document`}},
		{
			"a list that never ends", "name: [a\n",
			[]string{`f.yaml:1:7: sequence end token ']' not found`, `  1 | name: [a`, `    |       ^`},
		},
		{
			"a quote that never ends", "name: x\ntype: \"y\n",
			[]string{`f.yaml:2:7: could not find end character of double-quoted text`, `  2 | type: "y`, `    |       ^`},
		},
		{
			"an indentation that fits nothing", "groups:\n    select: []\n  use: sso_access\n",
			[]string{`f.yaml:3:3: value is not allowed in this context`, `  3 |   use: sso_access`, `    |   ^`},
		},
		{
			"a tab as indentation", "groups:\n\tselect: []\n",
			[]string{`f.yaml:2:1: a tab cannot indent YAML: use spaces`, `  2 |  select: []`, `    | ^`},
		},
		{
			"a key twice", "name: a\ntype: generic\nname: b\n",
			[]string{`f.yaml:3:1: mapping key "name" already defined at [1:1]: keep one of both`, `  3 | name: b`, `    | ^`},
		},
		{
			"two documents", "name: a\n---\nname: b\n",
			[]string{`f.yaml:3:1: a second document starts here: keep one document in the file`, `  3 | name: b`, `    | ^`},
		},
		{
			"an alias", "name: &a x\ntype: *a\n",
			[]string{`f.yaml:1:7: anchors, aliases and merge keys are not supported: write the value out where it is used`, `  1 | name: &a x`, `    |       ^`},
		},
		{
			"a tag", "name: !!binary aGk=\n",
			[]string{`f.yaml:1:7: tags are not supported: remove "!!binary"`, `  1 | name: !!binary aGk=`, `    |       ^`},
		},
		{
			"an explicit key", "? name\n: a\n",
			[]string{`f.yaml:1:1: keys after "?" are not supported: write key: value`, `  1 | ? name`, `    | ^`},
		},
		{
			"a directive", "%YAML 1.2\n---\nname: a\n",
			[]string{`f.yaml:1:1: directives are not supported: remove the line`, `  1 | %YAML 1.2`, `    | ^`},
		},
		{
			"a key that is a number", "name: a\n1: b\n",
			[]string{`f.yaml:2:1: a key must be text: put it in quotes`, `  2 | 1: b`, `    | ^`},
		},
		{
			"a value that JSON lacks", "name: .inf\n",
			[]string{`f.yaml:1:7: inf cannot stand here: put it in quotes if it is text`, `  1 | name: .inf`, `    |       ^`},
		},
		{
			"bytes that are not UTF-8", "name: a\ntype: \xff\n",
			[]string{`f.yaml:2:7: byte 0xFF is not UTF-8: save the file as UTF-8`, "  2 | type: \uFFFD", `    |       ^`},
		},
		{
			"a control character", "name: Größe \x1b[2J\n",
			[]string{`f.yaml:1:13: control character U+001B: remove it`, "  1 | name: Größe \uFFFD[2J", `    |             ^`},
		},
		{
			"a list where an object belongs", "- name: a\n",
			[]string{`f.yaml:1:1: must be an object, got an array`},
		},
		{
			"everything that is wrong, in line order",
			`nmae: Größe
type: cisco-secure-acess
base_url: scim.example.com
attribute_mapping:
  - {duo: Username, applicaton: userName}
  - duo: 7
    application: ""
groups:
  select: [A, B, A]
  use: sso_access
sso_access:
deprovisioning: remove
enabled: yes
token: secret
`,
			[]string{
				`f.yaml:1:1: "name" is missing: add it`,
				`f.yaml:1:1: nmae: unknown key: did you mean "name"?`,
				`f.yaml:2:7: type: the string "cisco-secure-acess" is not allowed: did you mean "cisco-secure-access"?`,
				`f.yaml:3:11: base_url: the string "scim.example.com": use an http or https URL without query, fragment, user or password`,
				`f.yaml:5:5: attribute_mapping[0]: "application" is missing: add it`,
				`f.yaml:5:21: attribute_mapping[0].applicaton: unknown key: did you mean "application"?`,
				`f.yaml:6:10: attribute_mapping[1].duo: must be a string, got the number 7: put it in quotes`,
				`f.yaml:7:18: attribute_mapping[1].application: must not be empty`,
				`f.yaml:9:3: groups: use exactly one of "select" (Select groups) and "use: sso_access" (Use groups with SSO access)`,
				`f.yaml:9:11: groups.select: entry 2 repeats entry 0: keep one of both`,
				`f.yaml:11:12: sso_access: must be an array, got nothing: write [], or remove the key`,
				`f.yaml:12:17: deprovisioning: the string "remove" is not allowed: use one of "deactivate", "delete"`,
				`f.yaml:13:10: enabled: must be a boolean, got the string "yes"`,
				`f.yaml:14:1: token: unknown key: use one of "attribute_mapping", "base_url", "deprovisioning", "enabled", "groups", "name", "sso_access", "type"`,
			},
		},
		{
			"neither way to choose groups", strings.Replace(valid, "select: ['DUO - Users', \"Größe\"]\n  ", "", 1),
			[]string{`f.yaml:9:3: groups: use exactly one of "select" (Select groups) and "use: sso_access" (Use groups with SSO access)`},
		},
		{
			"no rows", "name: a\ntype: generic\nattribute_mapping: []\ngroups: {select: []}\n",
			[]string{`f.yaml:3:20: attribute_mapping: must not be empty`},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			var into file
			_, err := schemas.DecodeYAML(schemas.Application, "f.yaml", []byte(c.text), &into)
			wantProblems(t, err, c.want...)
		})
	}
}

func TestDecodeYAMLRefusesFilesThatExhaustTheReader(t *testing.T) {
	keys := &strings.Builder{}
	for i := range 1001 {
		fmt.Fprintf(keys, "k%d: v\n", i)
	}
	for _, c := range []struct {
		name, text, want string
	}{
		{"more than 4 MiB", strings.Repeat("# long\n", 1<<20), "the file has 7340032 bytes, more than the 4194304 that are read: split it"},
		{"brackets in brackets", strings.Repeat("[", 1<<16), "f.yaml:1:33: nested deeper than 32 levels"},
		{"braces in braces", strings.Repeat("{a: ", 1<<14), "f.yaml:1:129: nested deeper than 32 levels"},
		{"dashes after dashes", strings.Repeat("- ", 1<<15), "f.yaml:1:257: this entry starts beyond column 256"},
		{"a thousand and one keys in a block", keys.String(), "f.yaml:1001:6: more than 1000 keys in one object"},
		{"a thousand and one keys in braces", "{" + strings.ReplaceAll(keys.String(), "\n", ", ") + "}", "more than 1000 keys in one object"},
		{"entries without a value", strings.Repeat("-\n", 1<<16), "f.yaml:101:1: more than 100 keys and entries without a value"},
		{"keys without a value", "a: {" + strings.Repeat("b, ", 1<<16) + "}", "more than 100 keys and entries without a value"},
		{"a key as long as a book", strings.Repeat("k", 513) + ": a", "f.yaml:1:1: a key has 513 bytes, more than 512: shorten it"},
		{"aliases of aliases", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "f.yaml:1:4: anchors, aliases and merge keys are not supported"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var into any
			_, err := schemas.DecodeYAML(schemas.Application, "f.yaml", []byte(c.text), &into)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want %q", err, c.want)
			}
			if len(err.Error()) > 1000 {
				t.Errorf("the message has %d bytes", len(err.Error()))
			}
		})
	}
}

func TestAFileWithThousandsOfProblemsPrintsTheFirst(t *testing.T) {
	var into any
	_, err := schemas.DecodeYAML(schemas.Directory, "f.yaml", []byte("users:\n"+strings.Repeat("- a\n", 3000)), &into)
	lines := strings.Split(err.Error(), "\n")
	if want := `f.yaml:2:3: users[0]: must be an object, got the string "a"`; lines[0] != want {
		t.Errorf("the first line is %q, want %q", lines[0], want)
	}
	if want := "and 2950 more problems"; lines[len(lines)-1] != want {
		t.Errorf("the last line is %q, want %q", lines[len(lines)-1], want)
	}
}

func TestPositionsServeRulesThatASchemaCannotExpress(t *testing.T) {
	var into file
	p, err := schemas.DecodeYAML(schemas.Application, "f.yaml", []byte(valid), &into)
	if err != nil {
		t.Fatal(err)
	}
	got := p.Invalid(
		p.Problem(schemas.Path("sso_access", 3), "not in the file"),
		p.Problem(schemas.Path("groups", "select", 1), "no group %q", "Größe"),
		p.KeyProblem(schemas.Path("groups", "select"), "the key"),
		p.Problem(schemas.Path("attribute_mapping", 1, "application"), "a value in quotes"),
		p.Problem("", "the document"),
	)
	wantProblems(t, got,
		`f.yaml:1:1: the document`,
		`f.yaml:1:1: sso_access[3]: not in the file`,
		`f.yaml:7:18: attribute_mapping[1].application: a value in quotes`,
		`f.yaml:9:3: groups.select: the key`,
		`f.yaml:9:27: groups.select[1]: no group "Größe"`,
	)
	if err := p.Invalid(); err != nil {
		t.Errorf("no problems are an error: %v", err)
	}
}

func TestPath(t *testing.T) {
	for _, c := range []struct {
		steps []any
		want  string
	}{
		{nil, ""},
		{[]any{"users", 2, "email"}, "users[2].email"},
		{[]any{0, 1}, "[0][1]"},
		{[]any{"attributes", "Cost Center"}, `attributes["Cost Center"]`},
		{[]any{"attributes", `a"]b`, "c"}, `attributes["a\"]b"].c`},
		{[]any{"a.b", ""}, `["a.b"][""]`},
		{[]any{"Größe", "x-1", "$ref"}, `["Größe"].x-1.$ref`},
	} {
		if got := schemas.Path(c.steps...); got != c.want {
			t.Errorf("Path(%q) is %s, want %s", c.steps, got, c.want)
		}
	}
}

func TestSuggestion(t *testing.T) {
	known := []string{"Username", "Display Name", "Email Address"}
	for word, want := range map[string]string{
		"username":                `did you mean "Username"?`,
		"Usrname":                 `did you mean "Username"?`,
		"DisplayName":             `did you mean "Display Name"?`,
		"Phone":                   `use one of "Username", "Display Name", "Email Address"`,
		"":                        `use one of "Username", "Display Name", "Email Address"`,
		strings.Repeat("x", 5000): `use one of "Username", "Display Name", "Email Address"`,
	} {
		if got := schemas.Suggestion(word, known); got != want {
			t.Errorf("Suggestion(%.20q) is %s, want %s", word, got, want)
		}
	}
}
