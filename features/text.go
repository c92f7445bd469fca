package features

import (
	"regexp"
	"strconv"
	"strings"
)

// unindent removes the file's indentation and the empty lines around.
func unindent(description string) string {
	lines := strings.Split(strings.TrimSpace(description), "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.Join(lines, "\n")
}

// sectionOf is the section that an id of the standards names, or "".
func sectionOf(id string) string {
	_, family, err := ClientOf(id)
	if err != nil || family.Form != BySection {
		return ""
	}
	section, _, _ := strings.Cut(strings.TrimPrefix(id, family.Prefix+"-"), "-")
	return family.Area + " section " + section
}

// sourceIn is what the text says after "Source:" up to the end of the sentence,
// or "". A Feature speaks for its Rules "unless a Rule names another".
func sourceIn(text string) string {
	_, after, found := strings.Cut(strings.Join(strings.Fields(text), " "), "Source: ")
	if !found {
		return ""
	}
	sentence, _, _ := strings.Cut(after, ". ")
	sentence, _, _ = strings.Cut(sentence, ", unless a Rule ")
	return strings.TrimSuffix(sentence, ".")
}

// swallowed is what Gherkin reads as text although it was meant to run:
// "Example Outline" is not one of its keywords, and the steps and the table
// after it then belong to the description.
var swallowed = regexp.MustCompile(`(?m)^\s*(?:Example (?:Outline|Template):|Examples:|\|)`)

func (s *source) checkText(line int64, text string) {
	if swallowed.MatchString(text) {
		s.report(line, "the text below holds an outline or a table that Gherkin took for prose: the keyword is \"Scenario Outline:\"")
	}
}

// syntaxLine is one line of the parser's error.
var syntaxLine = regexp.MustCompile(`^\((\d+):\d+\): (.*)$`)

// syntaxProblems turns the parser's error, which holds several lines, into
// problems with a position.
func syntaxProblems(file string, err error) []problem {
	var problems []problem
	for text := range strings.Lines(err.Error()) {
		m := syntaxLine.FindStringSubmatch(strings.TrimSpace(text))
		if m == nil {
			continue
		}
		line, _ := strconv.Atoi(m[1]) // digits; a number too long is no line of ours
		problems = append(problems, problem{file, line, m[2]})
	}
	if len(problems) == 0 { // an error of reading has no position
		problems = []problem{{file, 1, err.Error()}}
	}
	return problems
}
