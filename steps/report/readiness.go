package report

import (
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// Readiness is whether a target is ready for somebody who asks for it.
type Readiness struct {
	Name   string `json:"name"`   // what it is ready for
	Answer string `json:"answer"` // ReadyYes, ReadyWarned, ReadyNo or ReadyUnknown
	Why    string `json:"why"`
	Group  string `json:"group"` // the client whose requirements it rests on; see GroupOf
	Asked  bool   `json:"-"`     // whether the run was to judge any of them
	Gate   bool   `json:"-"`     // it is whether somebody takes the target in, see TestsOf
}

// The answers to whether a target is ready.
const (
	ReadyYes     = "yes"
	ReadyWarned  = "with warnings"
	ReadyNo      = "no"
	ReadyUnknown = "not judged"
)

// essential is the tag of a Rule whose client cannot work with a target that does not offer
// what it is about, though the target may be right not to.
const essential = "essential"

// quickly follows why a quick run finds a target ready: the full run tries more examples of
// the same requirements.
const quickly = ", as far as a quick run tells"

// Readinesses says for whom the target is ready, by the requirements of each.
func Readinesses(r *Report) []Readiness {
	var all []Readiness
	clients := features.Clients()
	if r.Target.Client {
		clients = []features.Client{features.Provisioners()}
	}
	for _, c := range clients {
		all = append(all, Readiness{Name: c.Readiness, Group: c.Title, Gate: c.Gate})
	}
	for i := range all {
		sum, leftOut, lacks := ofGroup(r, all[i].Group)
		all[i].Asked = sum.Total() > sum.Untested
		all[i].Answer, all[i].Why = ready(sum, leftOut, r.Partial != "")
		if all[i].Gate {
			all[i].Answer, all[i].Why = accepted(TestsOf(r, clients[i].Profile), r.Partial != "")
		}
		if undone := LeftOutWords(r); r.Target.Client && undone != "" && (all[i].Answer == ReadyYes || all[i].Answer == ReadyWarned) {
			all[i].Answer, all[i].Why = ReadyUnknown, undone
		}
		if lacks != "" && sum.Failed == 0 {
			all[i].Answer, all[i].Why = ReadyNo, lacks
		}
		if c := features.Clients(); !r.Target.Client && c[i].Profile == features.Duo {
			all[i] = all[i].byDuosToken(r.Target)
		}
		if r.Quick && (all[i].Answer == ReadyYes || all[i].Answer == ReadyWarned) {
			all[i].Why += quickly
		}
	}
	return all
}

// ofGroup counts a client's requirements by verdict, and those that --quick has left out.
// lacks says what the target does not offer that the client cannot do without.
func ofGroup(r *Report, group string) (sum Summary, leftOut int, lacks string) {
	for _, q := range r.Requirements {
		if GroupOf(q.ID) != group {
			continue
		}
		*sum.Of(q.Verdict)++
		if q.Essential && q.Verdict == Unsupported {
			lacks = q.Message
		}
		if q.Verdict == Untested && q.Message == notSelected {
			leftOut++
		}
	}
	return sum, leftOut, lacks
}

// byDuosToken adds what is known of how Duo authenticates, where the target was judged by
// other credentials. That Duo offers nothing else is assumed: its documentation names the
// bearer token, and no source names another way for an application of one's own.
func (x Readiness) byDuosToken(t Target) Readiness {
	if t.Access == nil {
		return x
	}
	if x.Answer == ReadyYes {
		x.Answer = ReadyWarned
	}
	x.Why += ", judged by " + t.Access.Words + "; Duo's generic application offers a bearer token that does not change, and whether it offers anything else is not known (assumed: it does not), so give Duo's connection such a token"
	return x
}

// AskedReadiness is the readiness for those whose requirements the run was to
// judge.
func AskedReadiness(r *Report) []Readiness {
	return slices.DeleteFunc(Readinesses(r), func(x Readiness) bool { return !x.Asked })
}

// WhoQuestion stands above the rows where several identity providers were judged.
const WhoQuestion = "Who can provision you?"

// AsksWho says whether several of these are about identity providers.
func AsksWho(asked []Readiness) bool {
	providers := 0
	for _, x := range asked {
		if strings.HasSuffix(x.Name, "-ready") {
			providers++
		}
	}
	return providers > 1
}

// Words is the readiness in a line: "Duo-ready: no, 3 requirements not met".
func (x Readiness) Words() string { return x.Lead() + x.Why }

// Lead is what comes before the reason: "Duo-ready: no, ", "Entra gallery: not accepted: ".
func (x Readiness) Lead() string {
	if x.Gate && x.Answer == ReadyNo {
		return x.Name + ": " + x.Says() + ": "
	}
	return x.Name + ": " + x.Says() + ", "
}

// Says is the answer in words.
func (x Readiness) Says() string {
	switch {
	case !x.Gate:
		return x.Answer
	case x.Answer == ReadyNo:
		return "not accepted"
	case x.Answer == ReadyYes, x.Answer == ReadyWarned:
		return "would be accepted"
	}
	return x.Answer
}

// ready answers from the verdicts. One failure is enough for a no; for a yes
// everything has to be judged that can be, and nothing left out of the run.
func ready(sum Summary, leftOut int, partial bool) (answer, why string) {
	judged := words.Count(sum.Judged(), "requirement")
	switch {
	case sum.Failed > 0:
		return ReadyNo, words.Count(sum.Failed, "requirement") + " not met"
	case sum.Broken > 0:
		return ReadyUnknown, words.Count(sum.Broken, "requirement") + " could not be checked"
	case sum.Blocked > 0:
		return ReadyUnknown, words.Count(sum.Blocked, "requirement") + " blocked"
	case sum.Judged() == 0:
		return ReadyUnknown, "none of its requirements was judged"
	case partial:
		return ReadyUnknown, "the run stopped early"
	case leftOut > 0:
		return ReadyUnknown, words.Count(leftOut, "requirement") + " not selected for this run"
	case sum.Warned > 0:
		return ReadyWarned, words.Count(sum.Warned, "warning") + " in " + judged
	}
	return ReadyYes, judged + " judged, all hold"
}

// GroupOf is the title of the client whose requirement it is. A result that
// belongs to no requirement belongs to no client.
func GroupOf(id string) string {
	client, _, err := features.ClientOf(id)
	if err != nil {
		return "no client"
	}
	return client.Title
}
