package words

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits on what one value may take of the screen, in bytes of the original.
const (
	MaxMessage = 300 // a message
	MaxValue   = 600 // what was expected, or what came
)

// Visible makes everything that could act on a terminal, or deceive a reader,
// plain to see: control characters, escape sequences, text direction overrides,
// invisible characters and bytes that are no UTF-8.
func Visible(s string) string { return Escape(s, unicode.IsPrint) }

// Command is Visible for a shell command: line feeds, tabs and what a shell needs stay, and
// characters that a terminal would act on are escaped.
func Command(s string) string {
	return Escape(s, func(r rune) bool {
		return r == '\n' || r == '\t' || !unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
	})
}

// Escape writes runes that are not to be kept, and stray bytes, as in a Go
// string literal.
func Escape(s string, keep func(rune) bool) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case keep(r):
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < 0x100:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	return b.String()
}

// Short is Visible, cut after limit bytes with a note of how long it was.
func Short(s string, limit int) string {
	if len(s) <= limit {
		return Visible(s)
	}
	return Visible(Head(s, limit)) + fmt.Sprintf("… (%d bytes)", len(s))
}

// Head is at most limit bytes of s and does not end within a character.
func Head(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for i := limit; i > limit-utf8.UTFMax; i-- {
		if utf8.RuneStart(s[i]) {
			return s[:i]
		}
	}
	return s[:limit]
}

// Valid replaces bytes that are no UTF-8 by their visible form, because JSON
// cannot hold them; everything else JSON can.
func Valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return Escape(s, func(rune) bool { return true })
}
