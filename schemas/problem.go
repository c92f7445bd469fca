package schemas

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Problem is one thing that is wrong with a document.
type Problem struct {
	Path    string // where, as a reader would write it: users[2].attributes["Cost Center"]; "" is the document itself
	Line    int    // from 1; 0 when unknown
	Column  int    // from 1, in characters; 0 when unknown
	Message string // what is wrong, and the remedy
	Source  string // the offending line, where the document could not be read at all
	atKey   bool   // the name at the end of Path is at fault, not the value
	missing string // the member that the object at Path lacks
}

// Invalid is the error for a document that does not fit its schema or breaks a
// rule that a schema cannot express. It lists every problem in line order.
type Invalid struct {
	Schema   Name
	File     string // as the caller named it; "" for a message
	Problems []Problem
}

// maxPrinted bounds how many problems one error message prints; a file with
// more is wrong as a whole, and its reader starts at the top.
const maxPrinted = 50

// Error has one line for each problem: file:line:column: path: message.
func (e *Invalid) Error() string {
	lines := make([]string, 0, len(e.Problems)+1)
	for i, p := range e.Problems {
		if i == maxPrinted {
			lines = append(lines, fmt.Sprintf("and %d more problems", len(e.Problems)-i))
			break
		}
		lines = append(lines, p.line(e.File))
	}
	return strings.Join(lines, "\n")
}

func (p Problem) line(file string) string {
	var b strings.Builder
	b.WriteString(file)
	if p.Line > 0 {
		if file != "" {
			b.WriteByte(':')
		}
		fmt.Fprintf(&b, "%d:%d", p.Line, p.Column)
	}
	for _, part := range []string{p.Path, p.Message} {
		if part != "" && b.Len() > 0 {
			b.WriteString(": ")
		}
		b.WriteString(part)
	}
	if p.Source != "" {
		fmt.Fprintf(&b, "\n%s", p.excerpt())
	}
	return b.String()
}

// excerpt shows the offending line with a mark under the column. Tabs become
// single spaces so that the mark stands where the column is.
func (p Problem) excerpt() string {
	runes := []rune(strings.ReplaceAll(p.Source, "\t", " "))
	first := max(0, p.Column-60)
	last := min(len(runes), first+120)
	if first > last {
		first = last
	}
	label := strconv.Itoa(p.Line)
	mark := strings.Repeat(" ", max(0, p.Column-1-first))
	return fmt.Sprintf("  %s | %s\n  %s | %s^", label, printable(runes[first:last]), strings.Repeat(" ", len(label)), mark)
}

// printable replaces what a terminal would obey rather than show.
func printable(runes []rune) string {
	out := make([]rune, len(runes))
	for i, r := range runes {
		out[i] = r
		if !strconv.IsPrint(r) {
			out[i] = '\uFFFD'
		}
	}
	return string(out)
}

// newInvalid sorts the problems and returns them as one error, or nil if there
// are none.
func newInvalid(schema Name, file string, problems []Problem) error {
	if len(problems) == 0 {
		return nil
	}
	slices.SortStableFunc(problems, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Path, b.Path),
			cmp.Compare(a.Message, b.Message),
		)
	})
	return &Invalid{Schema: schema, File: file, Problems: slices.Compact(problems)}
}
