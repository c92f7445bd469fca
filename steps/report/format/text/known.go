package text

import (
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// known writes the failures that the baseline knows, with its reasons.
func (s *screen) known(r *report.Report) {
	excuses := r.Excuses()
	if len(excuses) == 0 {
		return
	}
	s.line()
	s.line(s.paint(bold, "Known not to be met"))
	for _, q := range excuses {
		s.prose(dim, "  "+string(q.Verdict)+"  "+words.Visible(q.ID)+"  "+words.Visible(q.Level.Words())+"  ", words.Visible(q.Title))
		s.prose(dim, "    known    ", words.Short(q.Known, words.MaxMessage))
	}
}

// stale writes the lines of the baseline that are to be removed.
func (s *screen) stale(r *report.Report) {
	stale := r.Stale()
	if len(stale) == 0 {
		return
	}
	s.line()
	for _, q := range stale {
		s.prose(red, "OUTDATED  ", words.Visible(q.ID)+": "+report.StaleWords(q)+".")
	}
}

// unproven writes which lines of the baseline this run could not look into.
func (s *screen) unproven(r *report.Report) {
	var blocked []string
	for _, q := range r.Those(func(q *report.Requirement) bool { return q.Known != "" && q.Verdict == report.Blocked }) {
		blocked = append(blocked, words.Visible(q.ID))
	}
	if len(blocked) > 0 {
		s.prose("", "  ", "Whether the baseline still holds for "+words.List(blocked, words.MaxIDs)+" cannot be told: blocked.")
	}
}
