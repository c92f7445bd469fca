package report

import "slices"

// weighs says whether the verdict counts against the target, be it known or not.
func (r *Report) weighs(v Verdict) bool { return v == Failed || v == Warned && r.Strict }

// excused says whether the requirement is not met, and a baseline knows.
func excused(q *Requirement) bool {
	return q.Known != "" && (q.Verdict == Failed || q.Verdict == Warned)
}

// unmet is the number of requirements that count against the target: those that
// failed, and with Strict those that warned, without the known ones.
func (r *Report) unmet() int {
	n := r.Summary.Failed
	if r.Strict {
		n += r.Summary.Warned
	}
	for i := range r.Requirements {
		if q := &r.Requirements[i]; excused(q) && r.weighs(q.Verdict) {
			n--
		}
	}
	return n
}

// excuses is every requirement that is known not to be met, in their order.
func (r *Report) excuses() []*Requirement {
	return r.those(excused)
}

// outdated says whether a baseline lists the requirement as a failure and it is
// none any more. What the run did not judge, or only in part, says nothing.
func (r *Report) outdated(q *Requirement) bool {
	unjudged := func(e Example) bool { return e.Verdict == Untested }
	return q.Known != "" && r.Partial == "" && (q.Verdict == Passed || q.Verdict == Unsupported) &&
		!slices.ContainsFunc(q.Examples, unjudged)
}

// stale is every requirement that a baseline lists without need.
func (r *Report) stale() []*Requirement { return r.those(r.outdated) }

func (r *Report) those(which func(*Requirement) bool) []*Requirement {
	var found []*Requirement
	for i := range r.Requirements {
		if q := &r.Requirements[i]; which(q) {
			found = append(found, q)
		}
	}
	return found
}

// staleWords says what is wrong with a line of the baseline.
func staleWords(q *Requirement) string {
	if q.Verdict == Passed {
		return "the baseline lists it as a known failure, and it passes now: remove its line"
	}
	return "the baseline lists it as a known failure, and it is " + string(q.Verdict) + " now: remove its line"
}
