package scim

import "testing"

func TestFold(t *testing.T) {
	exact := &Attribute{Name: "externalId", CaseExact: true}
	inexact := &Attribute{Name: "title"}
	userName := UserSchema().Attribute("userName")
	for _, c := range []struct {
		name string
		a    *Attribute
		x, y string
		same bool
	}{
		{"case does not matter by default", inexact, "Bob", "bOB", true},
		{"case does not matter without an attribute", nil, "Bob", "bOB", true},
		{"case matters where the schema says so", exact, "Bob", "bOB", false},
		{"case matters in references", &Attribute{Type: Reference}, "https://x/A", "https://x/a", false},
		{"case matters in binaries", &Attribute{Type: Binary}, "QUJD", "qUJD", false},
		{"composed and decomposed accents are the same", exact, "Jos\u00e9", "Jose\u0301", true},
		{"composed and decomposed capitals are the same", inexact, "\u00c9RIC", "e\u0301ric", true},
		{"the sharp s folds to two letters", inexact, "STRASSE", "stra\u00dfe", true},
		{"the final sigma folds to sigma", inexact, "\u039f\u03a3", "\u03bf\u03c2", true},
		{"the Kelvin sign folds to k", inexact, "\u212a", "K", true},
		{"Cherokee folds to capitals", inexact, "\u13ac", "\uab7c", true},
		{"different letters stay different", inexact, "Bob", "Rob", false},
		{"an accent is a difference", inexact, "Jose", "Jos\u00e9", false},
		{"full-width letters of a userName are mapped", userName, "\uff22\uff4f\uff42", "bob", true},
		{"half-width katakana of a userName are mapped", userName, "\uff76\uff9e", "\u30ac", true},
		{"full-width letters elsewhere are not mapped", inexact, "\uff22\uff4f\uff42", "bob", false},
		{"a userName that PRECIS refuses still has a key", userName, "J\u00e9r\u00f4me Le Roux", "j\u00c9r\u00d4me le roux", true},
		{"an empty string has a key", userName, "", "", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			x, y := Fold(c.a, c.x), Fold(c.a, c.y)
			if (x == y) != c.same {
				t.Errorf("the keys are %q and %q, want the same: %t", x, y, c.same)
			}
			if again := Fold(c.a, x); again != x {
				t.Errorf("the key of the key %q is %q", x, again)
			}
		})
	}
}

func FuzzFoldIsStable(f *testing.F) {
	f.Add("Bob")
	f.Add("\u0345\u0301\uff76\uff9e\u0130")
	userName := UserSchema().Attribute("userName")
	f.Fuzz(func(t *testing.T, s string) {
		for _, a := range []*Attribute{nil, userName, {CaseExact: true}} {
			if key := Fold(a, s); Fold(a, key) != key {
				t.Errorf("the key of %q is %q, whose key is %q", s, key, Fold(a, key))
			}
		}
	})
}
