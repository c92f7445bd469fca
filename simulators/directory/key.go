package directory

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
	"unicode"
)

// keyLength is the length of every key in Duo.
const keyLength = 20

// newKey derives a key from a name: the prefix and 18 upper-case letters or
// digits, the same for names that differ only in case.
func newKey(prefix, name string) string {
	sum := sha256.Sum256([]byte(fold(name)))
	return prefix + base32.StdEncoding.EncodeToString(sum[:])[:keyLength-len(prefix)]
}

// fold maps names that strings.EqualFold calls equal to the same string.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII { // where upper case comes first
			return unicode.ToUpper(r)
		}
		least := r
		for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
			least = min(least, next)
		}
		return least
	}, s)
}
