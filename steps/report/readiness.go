package report

import (
	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// Readiness is whether a target is ready for somebody who asks for it.
type Readiness struct {
	Name   string // what it is ready for
	Answer string // readyYes, readyWarned, readyNo or readyUnknown
	Why    string
	Group  string // the client whose requirements it rests on; see groupOf
}

// The answers to whether a target is ready.
const (
	readyYes     = "yes"
	readyWarned  = "with warnings"
	readyNo      = "no"
	readyUnknown = "not judged"
)

// Readinesses says for whom the target is ready, by the requirements of each.
func Readinesses(r *Report) []Readiness {
	var all []Readiness
	for _, c := range features.Clients() {
		all = append(all, Readiness{Name: c.Readiness, Group: c.Title})
	}
	for i := range all {
		var sum Summary
		leftOut := 0
		for _, q := range r.Requirements {
			if GroupOf(q.ID) != all[i].Group {
				continue
			}
			*sum.Of(q.Verdict)++
			if q.Verdict == Untested && q.Message == notSelected {
				leftOut++
			}
		}
		all[i].Answer, all[i].Why = ready(sum, leftOut, r.Partial != "")
	}
	return all
}

// ready answers from the verdicts. One failure is enough for a no; for a yes
// everything has to be judged that can be, and nothing left out of the run.
func ready(sum Summary, leftOut int, partial bool) (answer, why string) {
	judged := words.Count(sum.Judged(), "requirement")
	switch {
	case sum.Failed > 0:
		return readyNo, words.Count(sum.Failed, "requirement") + " not met"
	case sum.Broken > 0:
		return readyUnknown, words.Count(sum.Broken, "requirement") + " could not be checked"
	case sum.Blocked > 0:
		return readyUnknown, words.Count(sum.Blocked, "requirement") + " blocked"
	case sum.Judged() == 0:
		return readyUnknown, "none of its requirements was judged"
	case partial:
		return readyUnknown, "the run stopped early"
	case leftOut > 0:
		return readyUnknown, words.Count(leftOut, "requirement") + " not selected for this run"
	case sum.Warned > 0:
		return readyWarned, words.Count(sum.Warned, "warning") + " in " + judged
	}
	return readyYes, judged + " judged, all hold"
}

// GroupOf is the title of the client whose requirement it is. A result that
// belongs to no requirement belongs to nobody.
func GroupOf(id string) string {
	client, _, err := features.ClientOf(id)
	if err != nil {
		return "no client"
	}
	return client.Title
}
