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
	sum := r.Summary
	switch {
	case r.Partial != "":
		s.prose(red, "Stopped early. ", "What was judged until then is above. Next: remove the cause and run again.")
	case sum.Broken > 0:
		s.prose(red, "Broken. ", brokenWords(sum)+" Next: run again with --trace, and report it if it stays.")
	case sum.judged() == 0:
		s.prose(red, "Nothing judged. ", "Nothing can be said about the target. Next: see the reasons above.")
	case sum.Failed > 0:
		s.prose(red, "Failed. ", count(sum.Failed, "requirement")+" not met. Next: "+nextAfter(found))
	case sum.Warned > 0:
		s.prose(yellow, "Passed with warnings. ", "Nothing binding is violated. Next: decide about the "+count(sum.Warned, "warning")+" above.")
	case r.Target.Embedded:
		s.prose(green, "Passed. ", "Everything that was judged holds. Next: simulate-duo --target URL judges your own endpoint.")
	default:
		s.prose(green, "Passed. ", "Everything that was judged holds. Next: connect Duo, and watch its Activity Log at the first sync.")
	}
}

// brokenWords does not let what else failed go unsaid.
func brokenWords(sum Summary) string {
	text := count(sum.Broken, "requirement") + " could not be checked, through no fault of the target."
	if sum.Failed > 0 {
		text += fmt.Sprintf(" Besides, %d failed.", sum.Failed)
	}
	return text
}

// nextAfter is the next step after failures: one cause, one short run to see
// that it is gone.
func nextAfter(found []*finding) string {
	if len(found) == 0 { // a report that was put together by hand
		return "see the reasons above."
	}
	return "mend the first cause above, then run again with --tags @" + Visible(found[0].hits[0].requirement.ID) + "."
}
