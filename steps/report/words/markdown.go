package words

import (
	"slices"
	"strings"
)

// Markdown is text in which nothing is Markdown or HTML.
func Markdown(s string) string {
	var b strings.Builder
	for _, c := range Visible(s) {
		if slices.Contains([]rune("\\`*_{}[]<>#|!~&"), c) {
			b.WriteByte('\\')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// Fence is a block of code that nothing in the text can end.
func Fence(language, text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence + language + "\n" + strings.TrimSuffix(text, "\n") + "\n" + fence + "\n"
}
