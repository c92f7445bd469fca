package judge

import (
	"strings"
	"testing"
)

func TestAFilterNeedsItsPartsInTheirPlainestForm(t *testing.T) {
	for _, c := range []struct{ path, filter, needs string }{
		{"Users", `USERNAME SW "a"`, `userName sw "sduo"`},
		{"Users", `urn:ietf:params:scim:schemas:core:2.0:User:name.familyname eq "x"`, `name.familyName eq "sduo"`},
		{"Users", `userName eq "a" AND active eq true`, `userName eq "sduo"; active eq true; userName eq "sduo" and userName eq "sduo"`},
		{"Users", `not (title pr)`, `title pr; not (userName eq "sduo")`},
		{"Users", `(userName eq "a")`, `userName eq "sduo"; (userName eq "sduo")`},
		{"Users", `emails[type eq "work" and primary eq true]`, `emails[value eq "sduo"]`},
		{"Users", `meta.created gt "2011-05-13T04:42:34+05:30"`, `meta.created gt "2020-01-01T00:00:00Z"`},
		{"Groups", `displayName co "x"`, `displayName co "sduo"`},
		{"", `members.value eq "x"`, `members.value eq "sduo"`},
		{"Users", `active gt true`, ``}, // to be refused
		{"Users", `name eq "x"`, ``},    // complex
		{"Users", `sduoUnknown eq "x"`, ``},
		{"Users", `userName eq`, ``},
		{"Users", ``, ``},
	} {
		var path, got []string
		if c.path != "" {
			path = []string{c.path}
		}
		for _, form := range plainForms(path, c.filter) {
			got = append(got, form.Filter)
		}
		if strings.Join(got, "; ") != c.needs {
			t.Errorf("/%s %s needs %q, want %q", c.path, c.filter, strings.Join(got, "; "), c.needs)
		}
	}
}

func TestTheUsualSpellingKeepsWhatAFilterSays(t *testing.T) {
	for text, want := range map[string]string{
		`USERNAME EQ "A"`: `userName eq "A"`,
		`URN:IETF:params:scim:schemas:core:2.0:user:NAME.familyname eq "x" OR title PR`: `urn:ietf:params:scim:schemas:core:2.0:User:name.familyName eq "x" or title pr`,
		`sduoUnknown eq "x"`: `sduoUnknown eq "x"`,
	} {
		if got, ok := usualSpelling([]string{"Users"}, text); !ok || got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}
