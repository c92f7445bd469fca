package report

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// Diff is what became of the requirements between two reports.
type Diff struct {
	old, changed *Report
	changes      []change
	same         int
}

// change is one requirement of which the two reports say different things.
type change struct {
	kind kind
	old  *Requirement // nil if the old report does not have it
	now  *Requirement // nil if the new one does not
}

type kind int

// The kinds of changes, in the order in which they are written.
const (
	worsened kind = iota
	otherwise
	improved
	appeared
	vanished
	unchanged
)

// Compare compares two reports, the older first. It refuses what says nothing:
// runs that stopped early or judged nothing, and reports of nothing in common.
func Compare(old, changed *Report) (*Diff, error) {
	for i, r := range []*Report{old, changed} {
		name := []string{"old", "new"}[i]
		switch {
		case r.Partial != "":
			return nil, fmt.Errorf("the %s run stopped early (%s): run it to its end", name, short(r.Partial, maxMessage))
		case r.Summary.judged() == 0:
			return nil, fmt.Errorf("the %s run judged nothing", name)
		}
	}
	d := &Diff{old: old, changed: changed}
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
		d.changes = append(d.changes, change{k, old, now})
		return
	}
	if now != nil && now.Verdict.Judged() {
		d.same++
	}
}

// kindOf says what kind of change it is. What passed and could not be judged
// any more, for want of a precondition or by a fault of the harness, is worse;
// what failed and could not be judged any more is not better.
func kindOf(old, now *Requirement) kind {
	was, is := verdictOf(old), verdictOf(now)
	switch {
	case was == Passed && (is == Blocked || is == Broken):
		return worsened
	case !was.Judged() && !is.Judged():
		return unchanged
	case !was.Judged():
		return appeared
	case !is.Judged():
		return vanished
	case is.rank() < was.rank():
		return worsened
	case is.rank() > was.rank():
		return improved
	case is != Passed && deciding(old) != deciding(now):
		return otherwise
	}
	return unchanged
}

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
func (d *Diff) Worse() bool { return d.count(worsened) > 0 }

func (d *Diff) count(k kind) int {
	n := 0
	for _, c := range d.changes {
		if c.kind == k {
			n++
		}
	}
	return n
}

// Write writes the differences for people: worst first, within a kind in the
// order of the requirements.
func (d *Diff) Write(w io.Writer, style Style) error {
	s := &screen{style: style}
	s.compared("old", d.old)
	s.compared("new", d.changed)
	if d.old.Target.URL != d.changed.Target.URL {
		s.prose(yellow, "Beware: ", "the reports are of two targets.")
	}
	for _, section := range []struct {
		kind         kind
		title, color string
	}{
		{worsened, "Worse", red}, {otherwise, "Not met in another way", yellow}, {improved, "Better", green},
		{appeared, "Judged for the first time", bold}, {vanished, "No longer judged", bold},
	} {
		if d.count(section.kind) == 0 {
			continue
		}
		s.line()
		s.line(s.paint(section.color, section.title))
		for _, c := range d.changes {
			if c.kind == section.kind {
				s.change(c)
			}
		}
	}
	s.line()
	s.line(fmt.Sprintf("Worse: %d, in another way: %d, better: %d, for the first time: %d, no longer: %d, the same: %d.",
		d.count(worsened), d.count(otherwise), d.count(improved), d.count(appeared), d.count(vanished), d.same))
	_, err := w.Write(s.text)
	return err
}

// compared writes which report it is.
func (s *screen) compared(which string, r *Report) {
	s.prose(dim, which+"  ", fmt.Sprintf("%s, %s, %s %s: %s", strings.TrimSpace(Visible(r.Target.Name+" "+r.Target.URL)),
		r.Started.UTC().Format(time.RFC3339), Visible(r.Tool.Name), Visible(r.Tool.Version), r.Summary.words()))
}

func (s *screen) change(c change) {
	q := c.now
	if q == nil {
		q = c.old
	}
	verdicts := string(verdictOf(c.old)) + " -> " + string(verdictOf(c.now))
	switch {
	case c.old == nil:
		verdicts = string(c.now.Verdict)
	case c.now == nil:
		verdicts = string(c.old.Verdict) + ", now gone"
	}
	s.prose(bold, "  "+Visible(q.ID)+"  "+Visible(q.Level.Words())+"  ", verdicts+": "+Visible(q.Title))
	if c.kind <= otherwise || c.kind == appeared && q.Verdict != Passed {
		s.prose(dim, "    ", short(q.Message, maxMessage))
	}
}
