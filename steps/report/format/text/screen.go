package text

import (
	"strings"
	"unicode/utf8"

	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// Style is how WriteText writes. The zero value is right for a pipe or a file.
type Style struct {
	Color bool   // highlight with ANSI escape sequences
	Width int    // columns to wrap prose at; 0 does not wrap
	JSON  string // the file of the JSON report that is written as well; "" for none
}

// screen is the text under construction. Text is made visible before it is added:
// the only control characters are the screen's own.
type screen struct {
	text  []byte
	style Style
}

func (s *screen) add(parts ...string) {
	for _, p := range parts {
		s.text = append(s.text, p...)
	}
}

// SGR parameters of the terminal (ECMA-48 8.3.117).
const (
	bold   = "1"
	dim    = "2"
	red    = "1;31"
	green  = "1;32"
	yellow = "1;33"
)

// paint highlights text where the style allows it.
func (s *screen) paint(sgr, text string) string {
	if !s.style.Color {
		return text
	}
	return "\x1b[" + sgr + "m" + text + "\x1b[0m"
}

// color is how a verdict is painted.
func color(v report.Verdict) string {
	switch v {
	case report.Passed:
		return green
	case report.Failed, report.Broken:
		return red
	case report.Warned, report.Blocked:
		return yellow
	}
	return dim
}

// readyColor is how an answer about readiness is painted.
func readyColor(answer string) string {
	switch answer {
	case report.ReadyYes:
		return green
	case report.ReadyNo:
		return red
	}
	return yellow
}

// line writes one line as it is.
func (s *screen) line(parts ...string) {
	s.add(parts...)
	s.add("\n")
}

// prose writes text after a lead-in, wrapped at the width; further lines are
// indented as far as the lead-in is wide. Only the lead-in is painted.
func (s *screen) prose(sgr, lead, text string) {
	s.wrapped(sgr, lead, text, utf8.RuneCountInString(lead))
}

// sentence is prose whose lead-in is part of the sentence: further lines begin at
// the margin.
func (s *screen) sentence(sgr, lead, text string) { s.wrapped(sgr, lead, text, 0) }

func (s *screen) wrapped(sgr, lead, text string, indent int) {
	s.lead(sgr, lead)
	s.add(strings.TrimPrefix(words.Wrap(lead, text, indent, s.style.Width), lead), "\n")
}

// lead writes a lead-in and paints it without the blanks around it.
func (s *screen) lead(sgr, lead string) {
	text := strings.TrimSpace(lead)
	if text == "" || sgr == "" {
		s.add(lead)
		return
	}
	before, after, _ := strings.Cut(lead, text)
	s.add(before, s.paint(sgr, text), after)
}
