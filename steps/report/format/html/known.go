package html

import (
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// knownView is a requirement that a baseline lists.
type knownView struct {
	Verdict          report.Verdict
	ID, Level, Title string
	Reason           string // the baseline's, or why its line is to be removed
}

// knownViews lists the failures that the baseline knows.
func knownViews(r *report.Report) []knownView {
	return words.Each(r.Excuses(), func(q *report.Requirement) knownView { return newKnown(q, q.Known) })
}

// staleViews lists the lines that the baseline does not need any more.
func staleViews(r *report.Report) []knownView {
	return words.Each(r.Stale(), func(q *report.Requirement) knownView { return newKnown(q, report.StaleWords(q)) })
}

func newKnown(q *report.Requirement, reason string) knownView {
	return knownView{q.Verdict, words.Visible(q.ID), levelName(q.Level), words.Visible(q.Title), words.Short(reason, words.MaxMessage)}
}

// unknown is the number of requirements with the verdict that no baseline lists.
func unknown(r *report.Report, v report.Verdict) int {
	return len(r.Those(func(q *report.Requirement) bool { return q.Verdict == v && !report.Excused(q) }))
}
