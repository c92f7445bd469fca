package html

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// diffLine is a line of two texts side by side.
type diffLine struct {
	Sign string // "-" only expected, "+" only got, " " in both
	Text string
}

// Limits on what a diff shows of one value.
const (
	maxDiffBytes = 2000
	maxDiffLines = 40
)

// lineDiff compares what was expected with what came, line by line; JSON is
// indented first, so that one changed member is one changed line.
func lineDiff(want, got string) []diffLine {
	a, b := diffLines(want), diffLines(got)
	longest := commonLines(a, b)
	var all []diffLine
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			all = append(all, diffLine{" ", a[i]})
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && longest[i+1][j] >= longest[i][j+1]:
			all = append(all, diffLine{"-", a[i]})
			i++
		default:
			all = append(all, diffLine{"+", b[j]})
			j++
		}
	}
	return all
}

// commonLines holds at [i][j] how many lines a[i:] and b[j:] have in common, in
// order.
func commonLines(a, b []string) [][]int {
	table := make([][]int, len(a)+1)
	for i := range table {
		table[i] = make([]int, len(b)+1)
	}
	for i, x := range slices.Backward(a) {
		for j, y := range slices.Backward(b) {
			if x == y {
				table[i][j] = table[i+1][j+1] + 1
			} else {
				table[i][j] = max(table[i+1][j], table[i][j+1])
			}
		}
	}
	return table
}

// diffLines returns the lines to show of a value, with a note of how much was cut.
func diffLines(value string) []string {
	if value == "" {
		return nil
	}
	text, left := cut(indented(value), maxDiffBytes)
	lines := strings.Split(strings.TrimRight(visibleLines(text), "\n"), "\n")
	if len(lines) > maxDiffLines {
		for _, l := range lines[maxDiffLines:] {
			left += len(l) + 1
		}
		lines = lines[:maxDiffLines]
	}
	if left > 0 {
		lines = append(lines, moreBytes(left))
	}
	return lines
}

// indented is a JSON object or array with its members on lines of their own, and
// any other text as it is.
func indented(s string) string {
	if trimmed := strings.TrimSpace(s); strings.HasPrefix(trimmed, "{") || strings.HasPrefix(trimmed, "[") {
		var b bytes.Buffer
		if json.Indent(&b, []byte(trimmed), "", "  ") == nil {
			return b.String()
		}
	}
	return strings.ReplaceAll(s, "\r\n", "\n")
}

// visibleLines is Visible for a text of several lines.
func visibleLines(s string) string {
	return words.Escape(s, func(r rune) bool { return r == '\n' || r == '\t' || unicode.IsPrint(r) })
}

// cut is at most limit bytes of s, and how many bytes are left.
func cut(s string, limit int) (shown string, left int) {
	shown = words.Head(s, max(0, limit))
	return shown, len(s) - len(shown)
}

// moreBytes says where the rest of something is that was cut.
func moreBytes(n int) string {
	if n == 1 {
		return "… 1 more byte in the JSON report"
	}
	return "… " + words.Grouped(n) + " more bytes in the JSON report"
}
