package report_test

import (
	"maps"
	"testing"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// What waits for a requirement that tells nothing is told itself: no finding is lost.
func TestNothingWaitsForARequirementThatTellsNothing(t *testing.T) {
	const failed, blocked, passed, unsupported = report.Failed, report.Blocked, report.Passed, report.Unsupported
	for name, test := range map[string]struct {
		verdicts map[string]report.Verdict
		waits    map[string]string // for whom
		want     map[string]report.Verdict
	}{
		"for one that has failed":   {map[string]report.Verdict{"A": failed}, map[string]string{"B": "A", "C": "B"}, map[string]report.Verdict{"A": failed, "B": blocked, "C": blocked}},
		"for one that has passed":   {map[string]report.Verdict{"A": passed}, map[string]string{"B": "A", "C": "B"}, map[string]report.Verdict{"A": passed, "B": failed, "C": blocked}},
		"for one without a verdict": {nil, map[string]string{"B": "A"}, map[string]report.Verdict{"B": failed}},
		"for what is not offered":   {map[string]report.Verdict{"A": unsupported}, map[string]string{"B": "A"}, map[string]report.Verdict{"A": unsupported, "B": blocked}},
		"for each other":            {nil, map[string]string{"A": "B", "B": "A", "C": "A"}, map[string]report.Verdict{"A": blocked, "B": failed, "C": blocked}},
		"for itself":                {nil, map[string]string{"A": "A"}, map[string]report.Verdict{"A": failed}},
	} {
		t.Run(name, func(t *testing.T) {
			var c report.Collector
			var all []features.Requirement
			for _, id := range []string{"A", "B", "C"} {
				all = append(all, features.Requirement{ID: id, Level: features.Must, Examples: []features.Example{{Name: "one"}}})
				if verdict, judged := test.verdicts[id]; judged {
					c.Add(id, report.Example{Name: "one", Verdict: verdict})
				}
				if home, waits := test.waits[id]; waits {
					c.Add(id, report.Example{Name: "one", Verdict: blocked, Message: "see " + home,
						Waits: &report.Waiting{Home: home, Verdict: failed, Message: "what", Want: "this", Got: "that"}})
				}
			}
			for range 2 { // the report of an unfinished run changes nothing
				got := map[string]report.Verdict{}
				for _, q := range c.Report(all).Requirements {
					if q.Verdict != report.Untested {
						got[q.ID] = q.Verdict
					}
				}
				if !maps.Equal(got, test.want) {
					t.Errorf("got %v, want %v", got, test.want)
				}
			}
		})
	}
}

// Who does not know for whom it waits finds the first requirement that has found the same, and
// tells it itself if there is none.
func TestWhoFindsTheSameAsAnotherWaitsForThatOne(t *testing.T) {
	const failed, blocked, passed = report.Failed, report.Blocked, report.Passed
	for name, test := range map[string]struct {
		other report.Verdict
		got   string
		want  report.Verdict
	}{
		"the other one has failed so":         {failed, "that", blocked},
		"the other one has failed in its way": {failed, "another", failed},
		"the other one holds":                 {passed, "that", failed},
	} {
		t.Run(name, func(t *testing.T) {
			var c report.Collector
			var all []features.Requirement
			for _, id := range []string{"A", "B"} {
				all = append(all, features.Requirement{ID: id, Level: features.Must, Examples: []features.Example{{Name: "one"}}})
			}
			alike := func(_ string, e report.Example) bool { return e.Got == "that" }
			c.Add("A", report.Example{Name: "one", Verdict: blocked, Message: "found elsewhere", Waits: &report.Waiting{Verdict: failed, Message: "what", Want: "this", Got: "that", Alike: alike}})
			c.Add("B", report.Example{Name: "one", Verdict: test.other, Got: test.got})
			for range 2 { // the report of an unfinished run changes nothing
				a := c.Report(all).Requirements[0]
				if a.Verdict != test.want {
					t.Errorf("got %s, want %s", a.Verdict, test.want)
				}
				if told := a.Examples[0].Message; test.want == blocked && told != "found elsewhere; see B" {
					t.Errorf("got %q, want it to say where", told)
				}
			}
		})
	}
}
