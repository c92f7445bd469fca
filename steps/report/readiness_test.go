package report

import (
	"cmp"
	"testing"
)

func TestReadiness(t *testing.T) {
	for _, c := range []struct {
		name    string
		sum     Summary
		leftOut int
		partial bool
		answer  string
	}{
		{"everything holds", Summary{Passed: 3, Unsupported: 2, Untested: 1}, 0, false, ReadyYes},
		{"a warning", Summary{Passed: 3, Warned: 1}, 0, false, ReadyWarned},
		{"one failure is enough", Summary{Passed: 300, Failed: 1, Broken: 2, Blocked: 1}, 0, true, ReadyNo},
		{"something is broken", Summary{Passed: 3, Broken: 1}, 0, false, ReadyUnknown},
		{"something is blocked", Summary{Passed: 3, Blocked: 1}, 0, false, ReadyUnknown},
		{"the run stopped early", Summary{Passed: 3, Untested: 9}, 0, true, ReadyUnknown},
		{"some was left out of the run", Summary{Passed: 3, Untested: 2}, 2, false, ReadyUnknown},
		{"nothing was judged", Summary{Untested: 9, Unsupported: 1}, 0, false, ReadyUnknown},
	} {
		if answer, why := ready(c.sum, c.leftOut, c.partial); answer != c.answer || why == "" {
			t.Errorf("%s: %s (%s), want %s", c.name, answer, why, c.answer)
		}
	}
}

// A quick run leaves out examples that may fail.
func TestAQuickRunPromisesNoMoreThanItKnows(t *testing.T) {
	for verdict, want := range map[Verdict]string{
		Passed: "Duo-ready: yes, 1 requirement judged, all hold, as far as a quick run tells",
		Warned: "Duo-ready: with warnings, 1 warning in 1 requirement, as far as a quick run tells",
		Failed: "Duo-ready: no, 1 requirement not met",
	} {
		r := &Report{Quick: true, Requirements: []Requirement{{ID: "CSA-AUTH-01", Verdict: verdict}}}
		if got := Readinesses(r)[0].Words(); got != want {
			t.Errorf("%s: %q, want %q", verdict, got, want)
		}
	}
}

func TestReadinessRestsOnTheRequirementsOfEach(t *testing.T) {
	r := &Report{Requirements: []Requirement{
		{ID: "DUO-CONNECT-01", Verdict: Passed}, {ID: "CSA-AUTH-01", Verdict: Warned},
		{ID: "RFC7643-2.1-01", Verdict: Passed}, {ID: "RFC9865-4-01", Verdict: Failed},
		{ID: "ENTRA-USER-01", Verdict: Passed}, {ID: "unknown", Verdict: Failed},
	}}
	want := map[string]string{"Duo-ready": ReadyWarned, "RFC": ReadyNo, "Entra-ready": ReadyYes, "Entra gallery": ReadyUnknown, "Okta-ready": ReadyUnknown, "Okta OIN": ReadyUnknown, "Interop profile (draft 01)": ReadyUnknown, "IPSIE AL1 (draft 00)": ReadyUnknown, "IPSIE AL2 (draft 00)": ReadyUnknown}
	for _, x := range Readinesses(r) {
		if x.Answer != cmp.Or(want[x.Name], ReadyUnknown) {
			t.Errorf("%s: %s, want %s", x.Name, x.Answer, want[x.Name])
		}
	}
}

// A client that does a few tasks says nothing about the rest.
func TestAClientThatLeavesTasksOutIsNotJudged(t *testing.T) {
	untested := func(id string, tasks ...string) Requirement {
		q := Requirement{ID: id, Verdict: Untested}
		for _, task := range tasks {
			q.Examples = append(q.Examples, Example{Name: "e", Verdict: Untested, LeftOut: task})
		}
		return q
	}
	r := &Report{Target: Target{Client: true}}
	r.add(Requirement{ID: "CLIENT-CREATE-01", Verdict: Passed})
	r.add(untested("CLIENT-PAGE-04", ""))
	if got := Readinesses(r)[0].Words(); got != "Well-behaved client: yes, 1 requirement judged, all hold" || r.ExitCode() != 0 {
		t.Errorf("what did not arise counts: %s, %d", got, r.ExitCode())
	}
	r.add(untested("CLIENT-GROUP-02", "rename the group"))
	r.add(untested("CLIENT-DEPROV-01", "deactivate two users", "rename the group"))
	if got := Readinesses(r)[0].Words(); got != "Well-behaved client: not judged, 2 requirements: 2 tasks were left out" {
		t.Error(got)
	}
	if end := NewEnding(r, nil, "above"); r.ExitCode() != 2 || end.Lead != "Inconclusive." {
		t.Errorf("%d, %s %s", r.ExitCode(), end.Lead, end.Text)
	}
	r.add(Requirement{ID: "CLIENT-CREATE-02", Verdict: Failed})
	if got := Readinesses(r)[0].Answer; got != ReadyNo || r.ExitCode() != 1 {
		t.Errorf("a failure is enough: %s, %d", got, r.ExitCode())
	}
}

// A target may be right not to offer something without which a client cannot work.
func TestWhatIsEssentialAndNotOfferedIsANo(t *testing.T) {
	r := &Report{Requirements: []Requirement{
		{ID: "SCIMGATEWAY-USER-01", Verdict: Passed}, {ID: "SCIMGATEWAY-USER-03", Verdict: Unsupported, Essential: true, Message: "it refuses them"},
		{ID: "AUTH0-USER-01", Verdict: Passed}, {ID: "AUTH0-USER-02", Verdict: Unsupported},
	}}
	want := map[string]string{"scimgateway-ready": "scimgateway-ready: no, it refuses them", "Auth0-ready": "Auth0-ready: yes, 1 requirement judged, all hold"}
	asked := AskedReadiness(r)
	for _, x := range asked {
		if x.Words() != want[x.Name] {
			t.Errorf("%q, want %q", x.Words(), want[x.Name])
		}
	}
	if len(asked) != 2 || !AsksWho(asked) || AsksWho(asked[:1]) {
		t.Errorf("%+v", asked)
	}
}
