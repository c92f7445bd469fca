package report

import (
	"fmt"
	"slices"
)

// Weighs says whether the verdict counts against the target, be it known or not.
func (r *Report) Weighs(v Verdict) bool { return v == Failed || v == Warned && r.Strict }

// Excused says whether the requirement is not met, and a baseline knows.
func Excused(q *Requirement) bool {
	return q.Known != "" && (q.Verdict == Failed || q.Verdict == Warned)
}

// Unmet is the number of requirements that count against the target: those that
// failed, and with Strict those that warned, without the known ones.
func (r *Report) Unmet() int {
	n := r.Summary.Failed
	if r.Strict {
		n += r.Summary.Warned
	}
	for i := range r.Requirements {
		if q := &r.Requirements[i]; Excused(q) && r.Weighs(q.Verdict) {
			n--
		}
	}
	return n
}

// Undecided is every requirement that was meant to be judged and was not, or not
// wholly: it is broken, or blocked, or has a warning beside an example that is
// blocked. A baseline that lists it excuses what is blocked, never what is broken.
// Of what failed enough is known, unless a baseline excuses the failure.
func (r *Report) Undecided() []*Requirement { return r.Those(Undecided) }

// Undecided says whether the requirement is one of Report.Undecided.
func Undecided(q *Requirement) bool {
	has := func(v Verdict) bool {
		return slices.ContainsFunc(q.Examples, func(e Example) bool { return e.Verdict == v })
	}
	switch q.Verdict {
	case Broken:
		return true
	case Blocked:
		return q.Known == ""
	case Warned:
		return q.Known == "" && has(Blocked)
	case Failed:
		return q.Known != "" && has(Broken)
	}
	return false
}

// Excuses is every requirement that is known not to be met, in their order.
func (r *Report) Excuses() []*Requirement {
	return r.Those(Excused)
}

// outdated says whether a baseline lists the requirement as a failure and it is
// none any more. What the run did not judge, or only in part, says nothing.
func (r *Report) outdated(q *Requirement) bool {
	unjudged := func(e Example) bool { return e.Verdict == Untested }
	return q.Known != "" && r.Partial == "" && (q.Verdict == Passed || q.Verdict == Unsupported) &&
		!slices.ContainsFunc(q.Examples, unjudged)
}

// Stale is every requirement that a baseline lists without need.
func (r *Report) Stale() []*Requirement { return r.Those(r.outdated) }

// Those is every requirement for which the question is answered with yes, in their order.
func (r *Report) Those(which func(*Requirement) bool) []*Requirement {
	var found []*Requirement
	for i := range r.Requirements {
		if q := &r.Requirements[i]; which(q) {
			found = append(found, q)
		}
	}
	return found
}

// StaleWords says why a line of the baseline has to go.
func StaleWords(q *Requirement) string {
	if q.Verdict == Passed {
		return "the baseline lists it as a known failure, and it passes now: remove its line"
	}
	return "the baseline lists it as a known failure, and it is " + string(q.Verdict) + " now: remove its line"
}

// KnownWords says in a sentence how much is known not to be met; "" if nothing is.
func KnownWords(r *Report) string {
	if n := len(r.Excuses()); n > 0 {
		return fmt.Sprintf("Known not to be met: %d.", n)
	}
	return ""
}

// OpenWarnings is every requirement that warned and is not known to.
func OpenWarnings(r *Report) []*Requirement {
	return r.Those(func(q *Requirement) bool { return q.Verdict == Warned && !Excused(q) })
}
