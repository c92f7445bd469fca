package scim

import (
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// Fold returns the key under which a string value of attribute a is compared,
// sorted and kept unique. Two values are the same for SCIM exactly when their
// keys are.
//
// Every key is in Unicode normalization form C, so that a text has one key
// whether its accents are composed or not. Unless the attribute is case exact
// (RFC 7643 section 2.2; binaries and references always are, sections 2.3.6 and
// 2.3.7) the key is also case folded. The key of a userName has its full-width
// and half-width characters mapped as well: these are the mapping steps of the
// UsernameCaseMapped profile (RFC 7613 section 3.2), which RFC 7644 section 5
// prescribes. The profile also refuses some strings, for example those with a
// space. Fold refuses none, because every stored value needs a key.
//
// A nil attribute means a comparison without regard to case.
func Fold(a *Attribute, s string) string {
	exact := a != nil && (a.CaseExact || a.Type == Binary || a.Type == Reference)
	if isASCII(s) {
		if exact {
			return s
		}
		return strings.ToLower(s)
	}
	if a != nil && strings.EqualFold(a.Name, "userName") {
		s = width.Fold.String(s)
	}
	if !exact {
		// Folding the decomposed form gives composed and decomposed spellings
		// of a capital letter one key (Unicode, definition D145). Lower case
		// follows because Cherokee folds to capitals, and the library does so
		// inconsistently.
		s = strings.ToLower(cases.Fold().String(norm.NFD.String(s)))
	}
	return norm.NFC.String(s)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
