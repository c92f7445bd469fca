package wire

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// isControl reports whether a terminal might act on r or r hides text: control
// characters, line and paragraph separators, and format characters such as
// those that reverse the writing direction.
func isControl(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029'
}

// Excerpt is at most the first n characters of a foreign text on one line. It
// is safe for a terminal: white space is collapsed, control characters and
// broken UTF-8 show as escapes.
func Excerpt(text string, n int) string {
	var b strings.Builder
	count, space := 0, false
	for i, r := range text {
		if count >= n {
			b.WriteString("…")
			break
		}
		if unicode.IsSpace(r) {
			space = count > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			count++
			space = false
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, text[i])
		case isControl(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
		count++
	}
	return b.String()
}
