package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/simulate-duo/simulate-duo/features"
)

// WriteText writes the report for people: what was judged, the counts, the
// areas, each cause with what to do about it, what could not be judged, the
// profile sweep, and in the last line the verdict and the next step.
func WriteText(w io.Writer, r *Report, style Style) error {
	s := &screen{style: style}
	found := findings(r)
	s.summary(r, found)
	s.areas(r)
	for _, f := range found {
		s.line()
		s.finding(f, r.Target)
	}
	s.known(r)
	s.stale(r)
	s.broken(r)
	s.unjudged(r)
	s.unproven(r)
	s.sweep(newSweep(r))
	s.leftBehind(r)
	s.line()
	s.verdict(r, found)
	if _, err := w.Write(s.text); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// summary says what was judged, how it went and, if there is one, the one cause.
func (s *screen) summary(r *Report, found []*finding) {
	target := Visible(r.Target.Name)
	if r.Target.URL != "" {
		target = strings.TrimSpace(target + " at " + Visible(r.Target.URL))
	}
	s.line(s.paint(bold, Visible(r.Tool.Name)+" "+Visible(r.Tool.Version)), ": ", target)
	took := time.Duration(r.DurationMS) * time.Millisecond
	if took > time.Second {
		took = took.Round(100 * time.Millisecond)
	}
	s.prose("", "", fmt.Sprintf("%s: %s. %s%s in %s.", count(r.Summary.total(), "requirement"),
		r.Summary.words(), knownWords(r), count(r.Summary.Requests, "request"), took))
	if text := cost(r); text != "" {
		s.prose("", "", text)
	}
	if r.Partial != "" {
		s.prose(red, "Stopped early: ", short(r.Partial, maxMessage))
	}
	if text := headline(r, found); text != "" {
		s.line()
		s.line(s.paint(red, text))
	}
}

// areas writes one line of counts per area, in the order of the features. What
// was not selected at all has no line.
func (s *screen) areas(r *Report) {
	var names []string
	sums := map[string]*Summary{}
	width := 0
	for _, q := range r.Requirements {
		name := areaOf(&q)
		if sums[name] == nil {
			sums[name] = &Summary{}
			names = append(names, name)
			width = max(width, utf8.RuneCountInString(name))
		}
		*sums[name].of(q.Verdict)++
	}
	names = slices.DeleteFunc(names, func(name string) bool { return sums[name].worst() == Untested })
	if len(names) > 0 {
		s.line()
	}
	for _, name := range names {
		pad := strings.Repeat(" ", width-utf8.RuneCountInString(name)+2)
		s.line("  ", name, pad, s.paint(color(sums[name].worst()), sums[name].words()))
	}
}

// areaOf is the area that the requirement counts in: its feature, or where there
// are dozens of those the whole document or client.
func areaOf(q *Requirement) string {
	_, family, err := features.ClientOf(q.ID)
	if err == nil && family.Area != "" {
		return family.Area
	}
	return cmp.Or(Visible(q.Feature), "(no area)")
}

// broken writes the requirements that the harness could not check.
func (s *screen) broken(r *Report) {
	reasons := reasons(r, Broken)
	if len(reasons) == 0 {
		return
	}
	s.line()
	for _, x := range reasons {
		s.prose(red, "BROKEN  ", x.text+": "+list(x.ids, maxIDs))
	}
	s.line("        The fault is in this program or in the network, not in the target.")
}

// unjudged writes what says nothing about the target, one line per reason.
func (s *screen) unjudged(r *Report) {
	first := true
	for _, v := range []Verdict{Blocked, Unsupported, Untested} {
		for _, x := range reasons(r, v) {
			if first {
				s.line()
				s.line(s.paint(bold, "Not judged"))
				first = false
			}
			lead := fmt.Sprintf("  %-11s %3d  ", v, len(x.ids))
			s.prose(color(v), lead, x.text+": "+list(x.ids, maxIDs))
		}
	}
}
