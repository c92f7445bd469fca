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
// Every key is in Unicode normalization form C, so that one text has one key
// however its accents were typed. Unless the attribute is case exact (RFC 7643
// section 2.2; binaries and references always are, sections 2.3.6 and 2.3.7)
// the key is also case folded. The key of a userName has its full-width and
// half-width characters mapped as well: these are the mapping steps of the
// UsernameCaseMapped profile (RFC 7613 section 3.2), which RFC 7644 section 5
// prescribes. The profile would also refuse some strings, for example those
// with a space; a key is wanted for every stored value, so Fold refuses none.
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
		// Folding the decomposed form is what makes composed and decomposed
		// spellings of a capital letter meet (Unicode, definition D145).
		// Lower case comes after it because Cherokee alone folds to capitals, of
		// which the library is not consistent.
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
