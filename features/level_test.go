package features

import (
	"slices"
	"testing"
)

func TestLevelsAreStrictOrLenient(t *testing.T) {
	strict := map[Level]bool{
		Must: true, MustNot: true, Shall: true, ShallNot: true, Required: true, Implied: true, Documented: true, Observed: true,
		Should: false, ShouldNot: false, Recommended: false, May: false, Optional: false, Assumed: false,
	}
	for _, l := range Levels() {
		want, ok := strict[l]
		if !ok {
			t.Errorf("%s: say here whether it is strict", l)
		}
		if l.Strict() != want || (Requirement{Level: l}).Strict() != want {
			t.Errorf("%s: strict %v, want %v", l, l.Strict(), want)
		}
		if !l.Known() {
			t.Errorf("%s is not known", l)
		}
	}
	if len(strict) != len(Levels()) {
		t.Errorf("%d levels, want %d", len(Levels()), len(strict))
	}
	for _, l := range []Level{"", "must", "MUST NOT", "VENDOR"} {
		if l.Known() || l.Strict() {
			t.Errorf("%q passes as a level", l)
		}
	}
}

func TestLevelsAreOrderedWorstFirst(t *testing.T) {
	got := []Level{May, "?", Should, Assumed, Must, Observed, ShallNot}
	slices.SortFunc(got, Level.Compare)
	want := []Level{Must, ShallNot, Observed, Should, Assumed, May, "?"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestLevelInWords(t *testing.T) {
	if got := MustNot.Words(); got != "MUST NOT" {
		t.Error(got)
	}
}

func TestIDsHaveAForm(t *testing.T) {
	for id, want := range map[string]bool{
		"RFC7643-2.1-01": true, "RFC7644-3.4.2.2-41": true, "RFC9865-2-12": true, "RFC7643-7-100": true,
		"DUO-CONNECT-01": true, "CSA-GROUP-LIMIT-02": true, "ENTRA-01": true, "OKTA-PUSH-07": true,
		"RFC7642-1-01": false, "RFC7643-01": false, "RFC7643-2.-01": false, "DUO-01": false, "DUO-CONNECT-1": false,
		"duo-connect-01": false, "@DUO-CONNECT-01": false, "MUST": false, "": false, "DUO-CONNECT-01x": false,
	} {
		if IsID(id) != want {
			t.Errorf("%q: %v, want %v", id, !want, want)
		}
	}
}

func TestTheIDAmongTheTagsOfAScenario(t *testing.T) {
	for name, test := range map[string]struct {
		tags []string
		id   string
	}{
		"as godog gives them": {[]string{"@MUST", "@DUO-A-01", "@x"}, "DUO-A-01"},
		"without the sign":    {[]string{"DUO-A-01"}, "DUO-A-01"},
		"no id":               {[]string{"@MUST"}, ""},
		"no tags":             {nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if id, ok := IDIn(test.tags); id != test.id || ok != (id != "") {
				t.Errorf("got %q, %v", id, ok)
			}
		})
	}
}
