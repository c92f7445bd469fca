package features

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"
)

var (
	exampleLine = regexp.MustCompile(`^\s*(Example|Scenario Outline): (.*)`)
	stepLine    = regexp.MustCompile(`^\s*(?:Given|When|Then|And|But) (.*)`)
	// identifying matches the values by which servers tell one resource from another.
	identifying = regexp.MustCompile(`\\?"(userName|externalId|employeeNumber|displayName|value)\\?":\s*\\?"((?:[^"\\]|\\.)*?)\\?"`)
)

// Examples run side by side, on servers that keep names, addresses and numbers unique: a
// value by which a resource is told from others has a placeholder, or stands in one example.
func TestNoTwoExamplesShareAValueThatMayHaveToBeUnique(t *testing.T) {
	owner := map[string]string{}
	files, err := fs.Glob(FS, "*/*.feature")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := fs.ReadFile(FS, file)
		if err != nil {
			t.Fatal(err)
		}
		example, step, rows := "", "", false
		for line := range strings.SplitSeq(string(text), "\n") {
			if m := exampleLine.FindStringSubmatch(line); m != nil {
				example, rows = file+", "+m[2], m[1] != "Example" // each row is an example
			}
			if m := stepLine.FindStringSubmatch(line); m != nil {
				step = m[1]
			}
			for _, m := range identifying.FindAllStringSubmatch(line, -1) {
				if !mayHaveToBeUnique(m[1], m[2], step) {
					continue
				}
				if first, known := owner[m[1]+m[2]]; known && (first != example || rows) || rows {
					t.Errorf("%s %q stands in %q and in %q: put {marker} into it", m[1], m[2], first, example)
				}
				owner[m[1]+m[2]] = example
			}
		}
	}
}

// mayHaveToBeUnique leaves out what the marker makes unique, what a table fills in, and
// blanks, which are refused.
func mayHaveToBeUnique(attribute, value, step string) bool {
	switch {
	case strings.ContainsAny(value, "{<") || strings.TrimSpace(value) == "":
		return false
	case attribute == "value":
		return strings.Contains(value, "@")
	case attribute == "displayName":
		return strings.Contains(step, "creates the group") || strings.Contains(step, `group "`) && strings.Contains(step, "with")
	}
	return true
}
