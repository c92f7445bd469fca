package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// Test is one test of a gate: a list of tests that decides whether an application is taken in.
type Test struct {
	Name string // as it is published; the title of a Rule that is beside the tests
	*Requirement
	isTest bool
}

// TestsOf are the tests of the gate with this profile, and what it requires beside them, in
// their order.
func TestsOf(r *Report, gate features.Profile) []Test {
	var all []Test
	for i := range r.Requirements {
		q := &r.Requirements[i]
		if client, _, err := features.ClientOf(q.ID); err != nil || client.Profile != gate {
			continue
		}
		name := features.TestName(q.Title)
		t := Test{name, q, name != ""}
		if !t.isTest {
			t.Name = q.Title
		}
		all = append(all, t)
	}
	return all
}

// gateCount is what the tests of a gate say about acceptance.
type gateCount struct {
	missing, undecided, leftOut []string
	passed, warned, skipped     int
}

// accepted answers whether a gate would take the target in. One mandatory test that fails is
// enough for a no, and so are alternatives of which none has passed, be they skipped. For a yes
// every test has to be judged, or skipped because the target has not what it is about.
func accepted(tests []Test, partial bool) (answer, why string) {
	p := countOf(tests)
	switch {
	case len(p.leftOut) == len(tests):
		return ReadyUnknown, "none of its tests was played"
	case len(p.missing) > 0:
		return ReadyNo, "these are missing: " + strings.Join(p.missing, ", ")
	case partial:
		return ReadyUnknown, "the run stopped early"
	case len(p.undecided) > 0:
		return ReadyUnknown, "could not be judged: " + strings.Join(p.undecided, ", ")
	case len(p.leftOut) > 0:
		return ReadyUnknown, words.Count(len(p.leftOut), "test") + " not selected for this run"
	case p.warned > 0:
		return ReadyWarned, p.counts()
	}
	return ReadyYes, p.counts()
}

func (p *gateCount) counts() string {
	text := fmt.Sprintf("%d tests passed", p.passed)
	if p.warned > 0 {
		text += ", " + words.Count(p.warned, "optional one") + " did not"
	}
	if p.skipped > 0 {
		text += fmt.Sprintf(", %d skipped", p.skipped)
	}
	return text
}

func countOf(tests []Test) gateCount {
	var p gateCount
	groups := map[string][]Test{}
	for _, t := range tests {
		if t.OneOf != "" {
			groups[t.OneOf] = append(groups[t.OneOf], t)
			continue
		}
		p.count(t)
	}
	for _, name := range groupsOf(tests) {
		p.countOneOf(groups[name])
	}
	return p
}

// groupsOf are the names of the alternatives, in their order.
func groupsOf(tests []Test) []string {
	var names []string
	for _, t := range tests {
		if t.OneOf != "" && !slices.Contains(names, t.OneOf) {
			names = append(names, t.OneOf)
		}
	}
	return names
}

func (p *gateCount) count(t Test) {
	switch {
	case t.Verdict == Failed:
		p.missing = append(p.missing, t.Name)
	case t.Verdict == Broken, t.Verdict == Blocked:
		p.undecided = append(p.undecided, t.Name)
	case !t.isTest: // what is asked beside the tests is judged on demand
	case t.Verdict == Untested && t.Message == notSelected:
		p.leftOut = append(p.leftOut, t.Name)
	case t.Verdict == Untested:
		p.undecided = append(p.undecided, t.Name)
	case t.Verdict == Warned:
		p.warned++
	case t.Verdict == Unsupported:
		p.skipped++
	default:
		p.passed++
	}
}

// countOneOf counts alternatives: as soon as one has passed, the others do not matter.
func (p *gateCount) countOneOf(tests []Test) {
	var names []string
	has := map[Verdict]bool{}
	leftOut := true
	for _, t := range tests {
		names = append(names, t.Name)
		has[t.Verdict] = true
		leftOut = leftOut && t.Verdict == Untested && t.Message == notSelected
	}
	together := strings.Join(names, " or ")
	switch {
	case has[Passed]:
		p.passed++
		p.skipped += len(tests) - 1
	case leftOut:
		p.leftOut = append(p.leftOut, names...)
	case has[Broken], has[Blocked]:
		p.undecided = append(p.undecided, together)
	default:
		p.missing = append(p.missing, together+" (one of them has to pass)")
	}
}
