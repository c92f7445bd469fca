package report

import "fmt"

// known writes what is not met and known not to be, with the baseline's reasons.
func (s *screen) known(r *Report) {
	excuses := r.excuses()
	if len(excuses) == 0 {
		return
	}
	s.line()
	s.line(s.paint(bold, "Known not to be met"))
	for _, q := range excuses {
		s.prose(dim, "  "+string(q.Verdict)+"  "+Visible(q.ID)+"  "+Visible(q.Level.Words())+"  ", Visible(q.Title))
		s.prose(dim, "    known    ", short(q.Known, maxMessage))
	}
}

// stale writes the lines of the baseline that are to be removed.
func (s *screen) stale(r *Report) {
	stale := r.stale()
	if len(stale) == 0 {
		return
	}
	s.line()
	for _, q := range stale {
		s.prose(red, "OUTDATED  ", Visible(q.ID)+": "+staleWords(q)+".")
	}
}

// unproven writes which lines of the baseline this run could not look into.
func (s *screen) unproven(r *Report) {
	var blocked []string
	for _, q := range r.those(func(q *Requirement) bool { return q.Known != "" && q.Verdict == Blocked }) {
		blocked = append(blocked, Visible(q.ID))
	}
	if len(blocked) > 0 {
		s.prose("", "  ", "Whether the baseline still holds for "+list(blocked, maxIDs)+" cannot be told: blocked.")
	}
}

// knownWords says how much is known not to be met, and leaves room for what follows.
func knownWords(r *Report) string {
	if n := len(r.excuses()); n > 0 {
		return fmt.Sprintf("Known not to be met: %d. ", n)
	}
	return ""
}

// openWarnings is every requirement that warned and is not known to.
func openWarnings(r *Report) []*Requirement {
	return r.those(func(q *Requirement) bool { return q.Verdict == Warned && !excused(q) })
}
