package report

import (
	"errors"
	"fmt"

	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// Diff is what became of the requirements between two reports.
type Diff struct {
	Old, New *Report
	Changes  []Change
	Same     int
}

// Change is one requirement of which the two reports say different things.
type Change struct {
	Kind Kind
	Old  *Requirement // nil if the old report does not have it
	Now  *Requirement // nil if the new one does not
}

// Kind is what kind of change it is.
type Kind int

// The kinds of changes, in the order in which they are written.
const (
	Worsened Kind = iota
	Otherwise
	Improved
	Appeared
	Vanished
	unchanged
)

// Compare compares two reports, the older first. It refuses what says nothing:
// runs that stopped early or judged nothing, and reports of nothing in common.
func Compare(old, changed *Report) (*Diff, error) {
	for i, r := range []*Report{old, changed} {
		name := []string{"old", "new"}[i]
		switch {
		case r.Partial != "":
			return nil, fmt.Errorf("the %s run stopped early (%s): run it to its end", name, words.Short(r.Partial, words.MaxMessage))
		case r.Summary.Judged() == 0:
			return nil, fmt.Errorf("the %s run judged nothing", name)
		}
	}
	d := &Diff{Old: old, New: changed}
	common := 0
	for i := range changed.Requirements {
		now := &changed.Requirements[i]
		before := old.Find(now.ID)
		if before != nil && before.Verdict.Judged() && now.Verdict.Judged() {
			common++
		}
		d.add(before, now)
	}
	for i := range old.Requirements {
		if before := &old.Requirements[i]; changed.Find(before.ID) == nil {
			d.add(before, nil)
		}
	}
	if common == 0 {
		return nil, errors.New("no requirement was judged in both")
	}
	return d, nil
}

func (d *Diff) add(old, now *Requirement) {
	if k := kindOf(old, now); k != unchanged {
		d.Changes = append(d.Changes, Change{k, old, now})
		return
	}
	if now != nil && now.Verdict.Judged() {
		d.Same++
	}
}

// kindOf says what kind of change it is. What passed and could not be judged
// any more, for want of a precondition or by a fault of the harness, is worse;
// what failed and could not be judged any more is not better.
func kindOf(old, now *Requirement) Kind {
	was, is := verdictOf(old), verdictOf(now)
	switch {
	case was == Passed && (is == Blocked || is == Broken):
		return Worsened
	case !was.Judged() && !is.Judged():
		return unchanged
	case !was.Judged():
		return Appeared
	case !is.Judged():
		return Vanished
	case is.Rank() < was.Rank():
		return Worsened
	case is.Rank() > was.Rank():
		return Improved
	case is != Passed && deciding(old) != deciding(now):
		return Otherwise
	}
	return unchanged
}

// Was is the verdict of the old report; untested if it does not have the requirement.
func (c Change) Was() Verdict { return verdictOf(c.Old) }

// Is is the verdict of the new report, likewise.
func (c Change) Is() Verdict { return verdictOf(c.Now) }

func verdictOf(q *Requirement) Verdict {
	if q == nil {
		return Untested
	}
	return q.Verdict
}

// deciding is the cause of a requirement's verdict.
func deciding(q *Requirement) string {
	for _, e := range q.Examples {
		if e.Verdict == q.Verdict {
			return Cause(e)
		}
	}
	return ""
}

// Worse says whether anything became worse.
func (d *Diff) Worse() bool { return d.Count(Worsened) > 0 }

// Count is the number of changes of this kind.
func (d *Diff) Count(k Kind) int {
	n := 0
	for _, c := range d.Changes {
		if c.Kind == k {
			n++
		}
	}
	return n
}
