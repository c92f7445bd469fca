package schemas_test

import (
	"errors"
	"testing"

	"github.com/simulate-duo/simulate-duo/schemas"
)

// FuzzDecodeYAML holds that no file makes the reader panic, and that what is
// refused is refused as *Invalid, with words.
func FuzzDecodeYAML(f *testing.F) {
	for _, seed := range []string{
		"", "users: []\n", "users:\n  - username: a\n    attributes: {Team: \"1\"}\ngroups:\n  - name: g\n    members: [a]\n",
		"a: [b, {c: d}]", "- - - a", "? a\n: b", "a: |\n  x\n  y\n", "a: >-\n x", "---\na: 1\n...\n---\n", "\"\\u0041\": '\\'", "!!x &a *b", "a: 1e999", "\ta: b", "a:\r\n  b: c\r\n", "{", "a: {b, c}", "# only\n", "%YAML 1.2\n---\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var into any
		positions, err := schemas.DecodeYAML(schemas.Directory, "fuzz.yaml", data, &into)
		mustExplain(t, positions != nil, err)
	})
}

// FuzzValidateMessage holds the same for SCIM messages.
func FuzzValidateMessage(f *testing.F) {
	for _, c := range messages {
		f.Add([]byte(c.document), int(c.direction))
	}
	f.Fuzz(func(t *testing.T, document []byte, direction int) {
		err := schemas.ValidateMessage(document, schemas.Direction(direction))
		mustExplain(t, err == nil, err)
	})
}

func mustExplain(t *testing.T, accepted bool, err error) {
	t.Helper()
	if accepted != (err == nil) {
		t.Fatalf("accepted is %t, but the error is %v", accepted, err)
	}
	var invalid *schemas.Invalid
	if err != nil && !errors.As(err, &invalid) {
		t.Fatalf("the error is a %T, not an *Invalid: %v", err, err)
	}
	if invalid == nil {
		return
	}
	if len(invalid.Problems) == 0 {
		t.Fatal("refused without a problem")
	}
	for _, p := range invalid.Problems {
		if p.Message == "" {
			t.Fatalf("a problem without words: %+v", p)
		}
	}
}
