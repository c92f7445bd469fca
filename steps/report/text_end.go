package report

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// sweep writes what the alternatives of the provisioner's profile showed.
func (s *screen) sweep(w sweep) {
	if w.tried == 0 {
		return
	}
	s.line()
	tried := count(w.tried, "alternative") + " tried"
	if len(w.worse) == 0 {
		s.prose(bold, "Profile sweep: ", tried+", none fares worse than the default profile.")
		return
	}
	verb := "fare"
	if len(w.worse) == 1 {
		verb = "fares"
	}
	s.prose(bold, "Profile sweep: ", fmt.Sprintf("%s, %d %s worse than the default profile:", tried, len(w.worse), verb))
	width := 0
	for _, a := range w.worse {
		width = max(width, utf8.RuneCountInString(Visible(a.name)))
	}
	for _, a := range w.worse {
		name := Visible(a.name)
		pad := strings.Repeat(" ", width-utf8.RuneCountInString(name)+2)
		s.prose(yellow, "  "+name+pad, Visible(list(a.ids, maxIDs)))
	}
}

// leftBehind writes what the run could not remove from the target.
func (s *screen) leftBehind(r *Report) {
	if len(r.LeftBehind) == 0 {
		return
	}
	s.line()
	s.line(s.paint(red, "Left behind at the target, to be removed with simulate-duo sweep or by hand:"))
	for _, item := range r.LeftBehind {
		s.line("  ", short(item, maxMessage))
	}
}

// verdict writes the last line: how it ended, and what to do next.
func (s *screen) verdict(r *Report, found []*finding) {
	e := newEnding(r, found, "above")
	s.prose(color(e.verdict), e.lead+" ", e.text)
}
