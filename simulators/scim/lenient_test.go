package scim_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/scimtest"
)

func TestParseLenientlyReadsWhatParseReads(t *testing.T) {
	for _, text := range []string{
		`{}`, `[]`, `"a"`, `1`, `-0.5e3`, `true`, `null`, ` {"a": [1, {"b": "\u00e9\ud83d\ude00 \"x\""}, null, false]} `,
		`{"Resources":[{"id":"1"},{"id":"2","emails":[]}],"totalResults":2}`,
	} {
		want, err := scim.Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		got, flaws, err := scim.ParseLeniently([]byte(text))
		if err != nil || len(flaws) > 0 || scimtest.JSON(t, got) != scimtest.JSON(t, want) {
			t.Errorf("%s: got %s, %v, %v", text, scimtest.JSON(t, got), flaws, err)
		}
	}
}

func TestParseLenientlyReadsOver(t *testing.T) {
	deep := strings.Repeat(`{"a":`, 10_000) + "1" + strings.Repeat("}", 10_000)
	for _, test := range []struct{ name, text, want, flaw string }{
		{"a name twice", `{"id":"1","Active":true,"active":false}`, `{"id":"1","Active":true,"active":false}`,
			`"Active" and "active" name the same attribute twice`},
		{"deep nesting", `{"Resources":[{"id":"1","x":` + deep + `},{"id":"2"}]}`, "", "Resources[0].x.a.a"},
		{"a comma too many", `{"a":[1,2,],}`, `{"a":[1,2]}`, ""},
		{"no number", `{"a":NaN,"b":1}`, `{"a":null,"b":1}`, `a: "NaN" is no JSON value`},
		{"an end within a text", `{"Resources":[{"id":"1"},{"id":"2","userName":"sd`, `{"Resources":[{"id":"1"},{"id":"2"}]}`, "ends too early"},
		{"an end within a number", `{"Resources":[{"id":"1"},{"id":2`, `{"Resources":[{"id":"1"},{}]}`, ""},
		{"an end behind a name", `{"id":"1","userName"`, `{"id":"1"}`, "ends too early"},
		{"a name without a value", `{"a","b":1}`, `{"b":1}`, `"a" has no value`},
		{"a name without quotes", `{a:{"c":[1]},"b":1}`, `{"b":1}`, "a name was expected at byte 1"},
		{"a line feed in a text", "{\"a\":\"x\ny\",\"b\":1}", `{"a":"x\ny","b":1}`, "characters that JSON does not permit"},
		{"bytes that are no UTF-8", "{\"a\":\"x\xff\n\"}", `{"a":"x�\n"}`, "characters that JSON does not permit"},
		{"text behind it", `{"a":1} trailing`, `{"a":1}`, "text after the JSON document"},
		{"two documents", `{"a":1}{"b":2}`, `{"a":1}`, "text after the JSON document"},
		{"wrong brackets", `{"a":[1},"b":2]}`, `{"a":[1,"b",2]}`, "stands in an array"},
		{"a stray colon", `{"a"::1}`, `{"a":null}`, `is no value`},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, flaws, err := scim.ParseLeniently([]byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			if text := scimtest.JSON(t, got); test.want != "" && text != test.want {
				t.Errorf("got %s, want %s", text, test.want)
			}
			if !strings.Contains(fmt.Sprint(flaws), test.flaw) {
				t.Errorf("flaws: %v, want %s", flaws, test.flaw)
			}
		})
	}
}

func TestParseLenientlyKeepsTheElementsAroundABrokenOne(t *testing.T) {
	deep := strings.Repeat("[", 100_000)
	v, _, err := scim.ParseLeniently([]byte(`{"Resources":[{"id":"1"},{"id":"2","x":` + deep + strings.Repeat("]", 100_000) + `},{"id":"3"}]}`))
	o, _ := v.(*scim.Object)
	if err != nil || len(o.Array("Resources")) != 3 {
		t.Fatalf("got %v, %v", o.Array("Resources"), err)
	}
	if last, _ := o.Array("Resources")[2].(*scim.Object); last.String("id") != "3" {
		t.Errorf("the last element is %v", last)
	}
}

func TestParseLenientlyEndsAtTheLimitOfValues(t *testing.T) {
	v, flaws, err := scim.ParseLeniently([]byte(`[` + strings.Repeat(`{},`, 2*scim.MaxValues) + `{}]`))
	if err != nil || len(flaws) != 2 || !strings.Contains(flaws[0].What, "more than 1048576 values") || !flaws[1].Cut {
		t.Fatalf("got %v and %v", flaws, err)
	}
	if a, _ := v.([]any); len(a) != scim.MaxValues-1 {
		t.Errorf("%d elements were read, want all up to the limit", len(a))
	}
}

func TestParseLenientlyRefusesWhatIsNoJSON(t *testing.T) {
	for text, want := range map[string]string{
		"": "the body is empty", " \n": "the body is empty",
		"<!DOCTYPE html>": `begins with "<!DOCTYPE html>"`, "Internal Server Error": "no JSON document",
	} {
		if _, _, err := scim.ParseLeniently([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzParseLeniently(f *testing.F) {
	f.Add([]byte(`{"a":[1,{"b":"c"}],"A":null}`))
	f.Add([]byte(`{"a":[1},"b":]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		lenient, flaws, err := scim.ParseLeniently(data)
		if len(flaws) > 20 {
			t.Errorf("%d flaws", len(flaws))
		}
		strict, wrong := scim.Parse(data)
		switch {
		case wrong == nil && (err != nil || len(flaws) > 0 || scimtest.JSON(t, lenient) != scimtest.JSON(t, strict)):
			t.Errorf("%q: got %v, %v, %v, want %v", data, lenient, flaws, err, strict)
		case wrong != nil && err == nil && len(flaws) == 0:
			t.Errorf("%q is read without a flaw: %v", data, wrong)
		}
	})
}
