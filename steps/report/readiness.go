package report

import "strings"

// readiness is whether a target is ready for somebody who asks for it.
type readiness struct {
	name   string // what it is ready for
	answer string // readyYes, readyWarned, readyNo or readyUnknown
	why    string
	group  string // the requirements that it rests on; see groupOf
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
	all := []readiness{
		{name: "Duo-ready", group: groupDuo},
		{name: "RFC", group: groupRFC},
		{name: "Entra-ready", group: groupEntra},
		{name: "Okta-ready", group: groupOkta},
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

// Whose requirements they are.
const (
	groupDuo   = "Duo and Secure Access"
	groupRFC   = "RFC"
	groupEntra = "Microsoft Entra ID"
	groupOkta  = "Okta"
	groupOther = "Other"
)

// groupOf says by the id whose requirement it is.
func groupOf(id string) string {
	prefix, _, _ := strings.Cut(id, "-")
	switch {
	case prefix == "DUO", prefix == "CSA":
		return groupDuo
	case strings.HasPrefix(prefix, "RFC"):
		return groupRFC
	case prefix == "ENTRA":
		return groupEntra
	case prefix == "OKTA":
		return groupOkta
	}
	return groupOther
}
