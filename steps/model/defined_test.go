package model

import (
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

func TestASmallerRequestStaysWithinWhatIsDefined(t *testing.T) {
	m := &model{t: scim.UserType(), method: "PATCH", kind: "user", keeps: keeps{plurals: pluralSubs}}
	state := judge.MustObject(`{"title": "Fir", "name": {"givenName": "Ann", "middleName": "B"},
		"emails": [{"type": "work", "value": "a@example.com", "display": "A"}]}`)
	for name, c := range map[string]struct {
		operations []string
		want       bool
	}{
		"a value is replaced":                       {[]string{`{"op": "replace", "path": "title", "value": "Elm"}`}, true},
		"what is there is removed":                  {[]string{`{"op": "remove", "path": "title"}`}, true},
		"what is not there is removed":              {[]string{`{"op": "remove", "path": "nickName"}`}, false},
		"it is removed twice":                       {[]string{`{"op": "remove", "path": "title"}`, `{"op": "remove", "path": "title"}`}, false},
		"a part of an element that is there":        {[]string{`{"op": "add", "path": "emails[type eq \"work\"].value", "value": "b@example.com"}`}, true},
		"a part of an element that is not":          {[]string{`{"op": "add", "path": "addresses[type eq \"work\"].streetAddress", "value": "1 Main Street"}`}, false},
		"an element is replaced by as much":         {[]string{`{"op": "replace", "path": "emails[type eq \"work\"]", "value": {"type": "work", "value": "b@example.com", "display": "B"}}`}, true},
		"an element is replaced by less":            {[]string{`{"op": "replace", "path": "emails[type eq \"work\"]", "value": {"type": "work", "value": "b@example.com"}}`}, false},
		"an object is added with all that is there": {[]string{`{"op": "add", "path": "name", "value": {"givenName": "Bea", "middleName": "B"}}`}, true},
		"a part of an object is added":              {[]string{`{"op": "add", "value": {"name": {"givenName": "Bea"}}}`}, false},
		"a second element of one type is added":     {[]string{`{"op": "add", "path": "emails", "value": [{"type": "work", "value": "b@example.com"}]}`}, false},
	} {
		var parts []any
		for _, text := range c.operations {
			parts = append(parts, judge.MustObject(text))
		}
		if got := m.defined(state, parts); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestAShrunkRequestFailsForTheSameReason(t *testing.T) {
	found := &judge.Mismatch{What: "the answer", Want: "a success", Got: "500 (boom)"}
	for _, c := range []struct {
		other judge.Mismatch
		want  bool
	}{
		{judge.Mismatch{What: "the answer", Want: "a success", Got: "500 (bang)"}, true},
		{judge.Mismatch{What: "the answer", Want: "a success", Got: "400 (noTarget)"}, false},
		{judge.Mismatch{What: "title", Want: `"Fir"`, Got: "none"}, false},
	} {
		if got := sameReason(found, &c.other); got != c.want {
			t.Errorf("%v: %v, want %v", &c.other, got, c.want)
		}
	}
	lost := &judge.Mismatch{What: "emails", Want: `[{"type":"work"},{"type":"home"}]`, Got: `[{"type":"work"}]`}
	twice := &judge.Mismatch{What: "emails", Want: `[{"type":"work"}]`, Got: `[{"type":"work"},{"type":"work"}]`}
	if sameReason(lost, twice) {
		t.Error("a value that is lost and one that is there twice are one reason")
	}
}
