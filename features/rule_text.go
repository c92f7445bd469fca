package features

import (
	"fmt"
	"io/fs"
	"strings"
)

// RuleText is the Rule of the requirement as it stands in its file: from its tags to
// its last example, without the indentation of the file.
func RuleText(fsys fs.FS, q Requirement) (string, error) {
	data, err := fs.ReadFile(fsys, q.File)
	if err != nil {
		return "", fmt.Errorf("read requirement %s: %w", q.ID, err)
	}
	lines := strings.Split(string(data), "\n")
	if q.Line < 1 || q.Line > len(lines) {
		return "", fmt.Errorf("read requirement %s: %s has no such line", q.ID, q.Place())
	}
	from, to := q.Line-1, q.Line
	for from > 0 && isTag(lines[from-1]) {
		from--
	}
	for to < len(lines) && !isRule(lines[to]) {
		to++
	}
	for to > q.Line && to < len(lines) && (isTag(lines[to-1]) || strings.TrimSpace(lines[to-1]) == "") {
		to--
	}
	return unindented(lines[from:to]), nil
}

func isTag(line string) bool { return strings.HasPrefix(strings.TrimSpace(line), "@") }

func isRule(line string) bool { return strings.HasPrefix(strings.TrimSpace(line), "Rule:") }

// unindented are the lines as far to the left as the first can be.
func unindented(lines []string) string {
	margin := lines[0][:len(lines[0])-len(strings.TrimLeft(lines[0], " "))]
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(strings.TrimPrefix(line, margin) + "\n")
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}
