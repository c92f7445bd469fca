package scim

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestParseRefusesWhatReadersWouldReadDifferently(t *testing.T) {
	for name, c := range map[string]struct{ document, says string }{
		"no document":                   {" \n", "the body is empty"},
		"half a document":               {`{"a":[1,`, "ends too early"},
		"text after the document":       {`{"a":1} x`, "after the JSON document"},
		"two documents":                 {`{}{}`, "after the JSON document"},
		"a name twice":                  {`{"a":1,"a":2}`, `"a" and "a" name the same attribute twice`},
		"a name twice in another case":  {`{"userName":"a","USERNAME":"b"}`, `"userName" and "USERNAME"`},
		"a name twice among many":       {manyMembers(40, `"M39":0`), `"m39" and "M39"`},
		"a name twice, early and late":  {manyMembers(40, `"M1":0`), `"m1" and "M1"`},
		"a name twice in an inner part": {`{"a":{"b":1,"B":2}}`, `"b" and "B"`},
		"nesting beyond the limit":      {strings.Repeat(`[`, 100) + strings.Repeat(`]`, 100), "nested deeper than 64"},
		"more values than the limit":    {`[` + strings.Repeat(`{},`, MaxValues) + `{}]`, "more than 1048576 values"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Parse([]byte(c.document)); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want an error with %q", err, c.says)
			}
		})
	}
}

// manyMembers is an object with the members m0, m1, … and one more.
func manyMembers(n int, more string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `"m%d":%d,`, i, i)
	}
	return "{" + b.String() + more + "}"
}

func TestObjectKeepsItsOrderAndItsDigits(t *testing.T) {
	const document = `{"z":1.50,"a":{"y":"<&>","x":[true,null,1e2]},"m":-0}`
	v, err := Parse([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	if out, err := Marshal(v); err != nil || string(out) != document {
		t.Errorf("got %s, %v", out, err)
	}
}

func TestObjectFindsMembersInAnyCase(t *testing.T) {
	o := NewObject(Member{"userName", "a"}, Member{"USERNAME", "b"})
	if o.Len() != 1 || o.String("UserName") != "b" {
		t.Errorf("got %d members, userName %q", o.Len(), o.String("UserName"))
	}
	if !o.Delete("username") || o.Len() != 0 || o.Delete("username") {
		t.Error("deleting once removes the member, deleting twice says that there was none")
	}
}

func TestCloneSharesNothing(t *testing.T) {
	o := NewObject(Member{"a", []any{NewObject(Member{"b", "c"})}})
	c := o.Clone()
	c.Array("a")[0].(*Object).Set("b", "changed")
	if got := o.Array("a")[0].(*Object).String("b"); got != "c" {
		t.Errorf("the original has become %q", got)
	}
}

func TestEqualComparesMeaning(t *testing.T) {
	for name, c := range map[string]struct {
		a, b string
		same bool
	}{
		"members in another order":     {`{"a":1,"b":2}`, `{"b":2,"a":1}`, true},
		"names in another case":        {`{"a":1}`, `{"A":1}`, true},
		"numbers written otherwise":    {`1.0`, `1`, true},
		"an exponent":                  {`1e2`, `100`, true},
		"a huge exponent":              {`1e999999999`, `1e999999998`, false},
		"arrays in another order":      {`[1,2]`, `[2,1]`, false},
		"a string and a number":        {`"1"`, `1`, false},
		"null and an absent member":    {`{"a":null}`, `{}`, false},
		"strings in another case":      {`"a"`, `"A"`, false},
		"an object and an array":       {`{}`, `[]`, false},
		"one member more on one side":  {`{"a":1}`, `{"a":1,"b":2}`, false},
		"different values of one name": {`{"a":1}`, `{"a":2}`, false},
		"arrays of different length":   {`[1]`, `[1,1]`, false},
		"true and true":                {`true`, `true`, true},
		"a long and a short array":     {`[]`, `[null]`, false},
	} {
		t.Run(name, func(t *testing.T) {
			a, errA := Parse([]byte(c.a))
			b, errB := Parse([]byte(c.b))
			if errA != nil || errB != nil {
				t.Fatal(errA, errB)
			}
			if Equal(a, b) != c.same || Equal(b, a) != c.same {
				t.Errorf("Equal(%s, %s) is %v", c.a, c.b, Equal(a, b))
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{`{"a":[1,null,true,"x"]}`, `{"A":1,"a":2}`, `[[[[`, `1e999999999`, "\xff"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		v, err := Parse(data)
		if err != nil {
			return
		}
		out, err := Marshal(v)
		if err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		again, err := Parse(out)
		if err != nil || !Equal(v, again) {
			t.Fatalf("%s is not what was read: %v", out, err)
		}
	})
}

// The time to read an object grows with its size and not with its square.
func BenchmarkParseObjectWithManyMembers(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		document := []byte(manyMembers(n, `"last":0`))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.SetBytes(int64(len(document)))
			for b.Loop() {
				if _, err := Parse(document); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func TestATextIsWrittenAsTheEncoderWritesIt(t *testing.T) {
	for _, text := range []string{"", "plain", `a"b`, `a\b`, "a\x00b", "a\x1fb", "a\x7fb", "<&>", "Zoë", "\u2028", "\xff", "~"} {
		var want bytes.Buffer
		e := json.NewEncoder(&want)
		e.SetEscapeHTML(false)
		if err := e.Encode(text); err != nil {
			t.Fatal(err)
		}
		got, err := Marshal(text)
		if err != nil || string(got)+"\n" != want.String() {
			t.Errorf("%q is written as %s, %v; want %s", text, got, err, want.String())
		}
	}
}
