package report

// knownView is a requirement that a baseline lists.
type knownView struct {
	Verdict          Verdict
	ID, Level, Title string
	Reason           string // the baseline's, or why its line is to be removed
}

// knownViews is what is not met and known not to be.
func knownViews(r *Report) []knownView {
	return each(r.excuses(), func(q *Requirement) knownView { return newKnown(q, q.Known) })
}

// staleViews is what the baseline lists without need.
func staleViews(r *Report) []knownView {
	return each(r.stale(), func(q *Requirement) knownView { return newKnown(q, staleWords(q)) })
}

func newKnown(q *Requirement, reason string) knownView {
	return knownView{q.Verdict, Visible(q.ID), levelName(q.Level), Visible(q.Title), short(reason, maxMessage)}
}

// unknown is the number of requirements with the verdict that no baseline lists.
func unknown(r *Report, v Verdict) int {
	return len(r.those(func(q *Requirement) bool { return q.Verdict == v && !excused(q) }))
}
