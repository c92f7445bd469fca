package wire

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf16"
	"unicode/utf8"
)

// pattern finds a secret in a text in which each of its characters may be
// written plainly or as an escape of URLs or JSON, independently of the others:
// encoders differ in what they escape, so whole encoded forms would never be
// complete.
type pattern []character

type character struct {
	plain   string
	escapes []string // compared without regard to case: %2f is %2F
}

func newPattern(secret string) pattern {
	var p pattern
	for len(secret) > 0 {
		r, n := utf8.DecodeRuneInString(secret)
		p = append(p, characterFor(secret[:n], r))
		secret = secret[n:]
	}
	return p
}

// markStarts notes the bytes with which the pattern can begin.
func (p pattern) markStarts(starts *[256]bool) {
	for _, form := range p[0].forms() {
		starts[form[0]] = true
	}
}

func (c character) forms() []string { return append([]string{c.plain}, c.escapes...) }

// ascii caches the characters of nearly all secrets: every scenario has its own
// tokens, and a run has thousands.
var ascii = sync.OnceValue(func() (all [utf8.RuneSelf]character) {
	for i := range all {
		all[i] = newCharacter(string(rune(i)), rune(i))
	}
	return all
})

func characterFor(plain string, r rune) character {
	if r < utf8.RuneSelf {
		return ascii()[r]
	}
	return newCharacter(plain, r)
}

// escapedAgain escapes an escape within a JSON document that stands in another's string.
var escapedAgain = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// newCharacter knows the escapes of a character, and those of an escape within
// what is escaped again: a URL in a URL, a JSON document in a string of another.
func newCharacter(plain string, r rune) character {
	c := character{plain: plain, escapes: escapesOf(plain, r)}
	for _, e := range c.escapes {
		switch e[0] {
		case '%':
			c.escapes = append(c.escapes, strings.ReplaceAll(e, "%", "%25"))
		case '\\':
			c.escapes = append(c.escapes, escapedAgain.Replace(e))
		}
	}
	return c
}

func escapesOf(plain string, r rune) []string {
	escapes := []string{percent(plain)}
	for _, unit := range [][2]string{{"\"", `\"`}, {"\\", `\\`}, {"/", `\/`}, {" ", "+"}} {
		if plain == unit[0] {
			escapes = append(escapes, unit[1])
		}
	}
	if r == utf8.RuneError && len(plain) == 1 {
		return escapes
	}
	if high, low := utf16.EncodeRune(r); high != utf8.RuneError {
		return append(escapes, fmt.Sprintf(`\u%04x\u%04x`, high, low))
	}
	return append(escapes, fmt.Sprintf(`\u%04x`, r))
}

func percent(s string) string {
	var b strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&b, "%%%02x", s[i])
	}
	return b.String()
}

// match returns where the secret that begins at byte i of the text ends, or -1.
// If cut, a text that ends within the secret, after minSecret characters or
// more, matches up to its end. A text with an ellipsis at that place matches in
// the same way, cut or not.
func (p pattern) match(text string, i int, cut bool) int {
	ends := []int{i} // a text can be read in two ways: "%41" is three characters or an A
	for n, c := range p {
		var next []int
		for _, from := range ends {
			next = c.match(next, text, from)
		}
		if len(next) == 0 {
			if n < minSecret {
				return -1
			}
			return c.matchCut(text, ends, cut)
		}
		ends = next
	}
	return slices.Max(ends)
}

// matchCut returns the end of a secret's beginning, or -1. The rest of the
// secret is missing because the text ends there or was shortened with an
// ellipsis.
func (c character) matchCut(text string, ends []int, cut bool) int {
	for _, from := range ends {
		rest, _, shortened := strings.Cut(text[from:], "…")
		if (shortened || cut) && c.cutOff(rest) {
			return from + len(rest)
		}
	}
	return -1
}

// match appends the ends of the forms that begin at byte from.
func (c character) match(ends []int, text string, from int) []int {
	add := func(end int) {
		if !slices.Contains(ends, end) {
			ends = append(ends, end)
		}
	}
	if strings.HasPrefix(text[from:], c.plain) {
		add(from + len(c.plain))
	}
	for _, e := range c.escapes {
		if end := from + len(e); end <= len(text) && strings.EqualFold(text[from:end], e) {
			add(end)
		}
	}
	return ends
}

// cutOff says whether the rest of the text can be the beginning of this
// character.
func (c character) cutOff(rest string) bool {
	for _, form := range c.forms() {
		if len(rest) < len(form) && strings.EqualFold(rest, form[:len(rest)]) {
			return true
		}
	}
	return false
}
