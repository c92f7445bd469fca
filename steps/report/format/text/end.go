package text

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// sweep writes what the alternatives of the provisioner's profile showed.
func (s *screen) sweep(w report.Sweep) {
	if w.Tried == 0 {
		return
	}
	s.line()
	tried := words.Count(w.Tried, "alternative") + " tried"
	if len(w.Worse) == 0 {
		s.prose(bold, "Profile sweep: ", tried+", none fares worse than the default profile.")
		return
	}
	verb := "fare"
	if len(w.Worse) == 1 {
		verb = "fares"
	}
	s.prose(bold, "Profile sweep: ", fmt.Sprintf("%s, %d %s worse than the default profile:", tried, len(w.Worse), verb))
	width := 0
	for _, a := range w.Worse {
		width = max(width, utf8.RuneCountInString(words.Visible(a.Name)))
	}
	for _, a := range w.Worse {
		name := words.Visible(a.Name)
		pad := strings.Repeat(" ", width-utf8.RuneCountInString(name)+2)
		s.prose(yellow, "  "+name+pad, words.Visible(words.List(a.IDs, words.MaxIDs)))
	}
}

// leftBehind writes what the run could not remove from the target.
func (s *screen) leftBehind(r *report.Report) {
	if len(r.LeftBehind) == 0 {
		return
	}
	s.line()
	s.line(s.paint(red, "Left behind at the target, to be removed with simulate-duo sweep or by hand:"))
	for _, item := range r.LeftBehind[:min(len(r.LeftBehind), maxLeft)] {
		s.line("  ", words.Short(item, words.MaxMessage))
	}
	if more := len(r.LeftBehind) - maxLeft; more > 0 {
		s.line("  ", fmt.Sprintf("and %d more: simulate-duo sweep tries each of them; --report json=FILE lists them", more))
	}
}

// maxLeft is how many of what was left behind are listed before they are counted.
const maxLeft = 10

// verdict writes the last line: how it ended, and what to do next.
func (s *screen) verdict(r *report.Report, found []*report.Finding) {
	e := report.NewEnding(r, found, "above")
	s.sentence(color(e.Verdict), e.Lead+" ", e.Text+" "+e.Next)
}
