package report

import "github.com/simulate-duo/simulate-duo/features"

// readiness is whether a target is ready for somebody who asks for it.
type readiness struct {
	name   string // what it is ready for
	answer string // readyYes, readyWarned, readyNo or readyUnknown
	why    string
	group  string // the client whose requirements it rests on; see groupOf
}

// The answers to whether a target is ready.
const (
	readyYes     = "yes"
	readyWarned  = "with warnings"
	readyNo      = "no"
	readyUnknown = "not judged"
)

// readinesses says for whom the target is ready, by the requirements of each.
func readinesses(r *Report) []readiness {
	var all []readiness
	for _, c := range features.Clients() {
		all = append(all, readiness{name: c.Readiness, group: c.Title})
	}
	for i := range all {
		var sum Summary
		leftOut := 0
		for _, q := range r.Requirements {
			if groupOf(q.ID) != all[i].group {
				continue
			}
			*sum.of(q.Verdict)++
			if q.Verdict == Untested && q.Message == notSelected {
				leftOut++
			}
		}
		all[i].answer, all[i].why = ready(sum, leftOut, r.Partial != "")
	}
	return all
}

// ready answers from the verdicts. One failure is enough for a no; for a yes
// everything has to be judged that can be, and nothing left out of the run.
func ready(sum Summary, leftOut int, partial bool) (answer, why string) {
	judged := count(sum.judged(), "requirement")
	switch {
	case sum.Failed > 0:
		return readyNo, count(sum.Failed, "requirement") + " not met"
	case sum.Broken > 0:
		return readyUnknown, count(sum.Broken, "requirement") + " could not be checked"
	case sum.Blocked > 0:
		return readyUnknown, count(sum.Blocked, "requirement") + " blocked"
	case sum.judged() == 0:
		return readyUnknown, "none of its requirements was judged"
	case partial:
		return readyUnknown, "the run stopped early"
	case leftOut > 0:
		return readyUnknown, count(leftOut, "requirement") + " not selected for this run"
	case sum.Warned > 0:
		return readyWarned, count(sum.Warned, "warning") + " in " + judged
	}
	return readyYes, judged + " judged, all hold"
}

// groupOf is the title of the client whose requirement it is. A result that
// belongs to no requirement belongs to nobody.
func groupOf(id string) string {
	client, _, err := features.ClientOf(id)
	if err != nil {
		return "no client"
	}
	return client.Title
}
