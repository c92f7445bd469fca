package words

import (
	"strings"
	"unicode/utf8"
)

// Wrap is text after a lead-in, broken at blanks so that no line has more columns than width
// if that can be; further lines are indented by as many. A width of 0 breaks nothing.
func Wrap(lead, text string, indent, width int) string {
	var b strings.Builder
	b.WriteString(lead)
	column := utf8.RuneCountInString(lead)
	for i, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case width > 0 && column > indent && column+min(i, 1)+n > width:
			b.WriteString("\n" + strings.Repeat(" ", indent))
			column = indent
		case i > 0:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += n
	}
	return b.String()
}
