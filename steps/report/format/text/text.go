// Package text writes a report, and the difference of two, for the terminal.
package text

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// Write writes the report for people: first for whom the target is ready, below it the
// verdict, then what was judged, the counts, the areas, each cause with what to do about it, what could not be judged, the
// profile sweep, and in the last line the verdict and the next step.
func Write(w io.Writer, r *report.Report, style Style) error {
	s := &screen{style: style}
	found := report.Findings(r)
	if r.Insecure != "" {
		s.sentence(red, "", r.Insecure)
	}
	s.result(r, found)
	s.summary(r, found)
	s.areas(r)
	s.findings(found, r.Target)
	s.known(r)
	s.stale(r)
	s.broken(r)
	s.unjudged(r)
	s.unproven(r)
	s.sweep(report.NewSweep(r))
	s.leftBehind(r)
	s.line()
	s.verdict(r, found)
	if _, err := w.Write(s.text); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// result says for whom the target is ready, which is what was asked, and how it ended.
func (s *screen) result(r *report.Report, found []*report.Finding) {
	asked := report.AskedReadiness(r)
	if report.AsksWho(asked) {
		s.line(s.paint(bold, report.WhoQuestion))
	}
	for _, x := range asked {
		s.sentence(readyColor(x.Answer), x.Lead(), x.Why)
	}
	e := report.NewEnding(r, found, "below")
	s.sentence(color(e.Verdict), e.Lead+" ", e.Text)
}

// summary says what was judged, how it went and, if there is one, the one cause.
func (s *screen) summary(r *report.Report, found []*report.Finding) {
	target := words.Visible(r.Target.Name)
	if r.Target.URL != "" {
		target = strings.TrimSpace(target + " at " + words.Visible(r.Target.URL))
	}
	s.line(s.paint(bold, words.Visible(r.Tool.Name)+" "+words.Visible(r.Tool.Version)), ": ", target)
	took := time.Duration(r.DurationMS) * time.Millisecond
	if took > time.Second {
		took = took.Round(100 * time.Millisecond)
	}
	s.prose("", "", words.Sentences(
		words.Count(r.Summary.Total(), "requirement")+": "+r.Summary.Words()+".", report.KnownWords(r),
		fmt.Sprintf("%s in %s.", words.Count(r.Summary.Requests, "request"), took)))
	if text := report.Cost(r); text != "" {
		s.prose("", "", text)
	}
	if r.Partial != "" {
		s.prose(red, "Stopped early: ", words.Short(r.Partial, words.MaxMessage))
	}
	for _, note := range r.Notes {
		s.prose("", "Note: ", words.Short(note, words.MaxMessage))
	}
	if text := report.Headline(r, found); text != "" {
		s.line()
		s.line(s.paint(red, text))
	}
}

// areas writes one line of counts per area, in the order of the features. What
// was not selected at all has no line.
func (s *screen) areas(r *report.Report) {
	var names []string
	sums := map[string]*report.Summary{}
	width := 0
	for _, q := range r.Requirements {
		name := report.AreaOf(&q)
		if sums[name] == nil {
			sums[name] = &report.Summary{}
			names = append(names, name)
			width = max(width, utf8.RuneCountInString(name))
		}
		*sums[name].Of(q.Verdict)++
	}
	names = slices.DeleteFunc(names, func(name string) bool { return sums[name].Worst() == report.Untested })
	if len(names) > 0 {
		s.line()
	}
	for _, name := range names {
		pad := strings.Repeat(" ", width-utf8.RuneCountInString(name)+2)
		s.prose(color(sums[name].Worst()), "  "+name+pad, sums[name].Words())
	}
}

// broken writes the requirements that the harness could not check.
func (s *screen) broken(r *report.Report) {
	reasons := report.Reasons(r, report.Broken)
	if len(reasons) == 0 {
		return
	}
	s.line()
	for _, x := range reasons {
		s.prose(red, "BROKEN  ", x.Text+": "+words.List(x.IDs, words.MaxIDs))
	}
	s.line("        Whether the target meets these could not be told; see each for the reason.")
}

// unjudged writes what says nothing about the target, one line per reason. What is
// blocked stands below what blocks it.
func (s *screen) unjudged(r *report.Report) {
	first := true
	for _, v := range []report.Verdict{report.Unsupported, report.Untested} {
		for _, x := range report.Reasons(r, v) {
			if first {
				s.line()
				s.line(s.paint(bold, "Not judged"))
				first = false
			}
			lead := fmt.Sprintf("  %-11s %3d  ", v, len(x.IDs))
			s.prose(color(v), lead, x.Text+": "+words.List(x.IDs, words.MaxIDs))
		}
	}
}
