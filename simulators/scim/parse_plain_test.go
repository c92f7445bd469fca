package scim

import (
	"reflect"
	"strings"
	"testing"
)

var plainCorpus = []string{
	``, ` `, `{}`, `[]`, `{"a":1}`, ` { "a" : [ 1 , -2 , 0 , 10 ] , "b" : { } } `, `{"a":true,"b":false,"c":null}`, `"text"`, `7`, `-0`, `-`, `01`, `1.5`, `1e3`, `1E3`, `+1`,
	`{"a":"\u0041"}`, `{"a":"Zoë"}`, "{\"a\":\"\xff\"}", "{\"a\":\"\x01\"}", `{"a":"x`, `{"a"`, `{"a":`, `{"a":1`, `{"a":1,`, `{"a":1,}`, `[1,]`, `[1 2]`, `{a:1}`, `{"a":1}x`, `{}{}`,
	`{"a":1,"A":2}`, `{"a":1,"a":2}`, `tru`, `truex`, `nul`, `[true,false,null]`, `{"a" 1}`, `{,}`, `[,]`, "\ufeff{}", "{\"a\":\"b\u2028\"}", `{"é":1,"É":2}`, `[-]`, `[--1]`, "{\"a\u212a\":1,\"ak\":2}",
	`{"version":"W/\"1\""}`, `"\\"`, `"\/"`, `"a\`, `"a\"`, `"\n"`, `"\"\\\/x"`, "\"\\\"\xff\"", `{"\"":1,"\"":2}`,
	strings.Repeat("[", 63) + strings.Repeat("]", 63), strings.Repeat("[", 64) + strings.Repeat("]", 64), strings.Repeat("[", 65) + strings.Repeat("]", 65), strings.Repeat("[", 70) + strings.Repeat("]", 70),
}

func TestWhatIsReadPlainlyIsReadTheSameWithCare(t *testing.T) {
	for _, text := range plainCorpus {
		samePlainly(t, text)
	}
	if _, ok := parsePlain([]byte(`{"schemas":["a"],"n":[{"v":1}]}`)); !ok {
		t.Error("a plain document is left to the careful reader")
	}
}

func FuzzParsePlain(f *testing.F) {
	for _, text := range plainCorpus {
		f.Add(text)
	}
	f.Fuzz(samePlainly)
}

func samePlainly(t *testing.T, text string) {
	t.Helper()
	got, ok := parsePlain([]byte(text))
	if !ok {
		return
	}
	want, err := parseCarefully([]byte(text), false)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%q is read as %#v, with care as %#v, %v", text, got, want, err)
	}
}

func BenchmarkParse(b *testing.B) {
	document := []byte(`{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"0d3f0236","userName":"ada@example.com","name":{"familyName":"Lovelace","givenName":"Ada"},"emails":[{"value":"ada@example.com","type":"work","primary":true}],"active":true}`)
	for name, parse := range map[string]func([]byte) (any, error){"plain": Parse, "careful": func(data []byte) (any, error) { return parseCarefully(data, false) }} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := parse(document); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
