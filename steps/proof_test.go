package steps

import (
	"context"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// A check that cannot fail proves nothing: every requirement has faults that it
// has to notice, and does not notice anything where there is none.
func TestEveryFaultIsNoticedByItsOwnRequirement(t *testing.T) {
	for _, fault := range faults.All() {
		t.Run(fault.Requirement+" "+fault.Name, func(t *testing.T) {
			t.Parallel()
			q := judge(t, fault.Requirement, fault.Wrap)
			if q.Verdict != report.Failed && q.Verdict != report.Warned {
				t.Errorf("not noticed: the verdict is %s %s", q.Verdict, q.Message)
			}
		})
	}
}

// judge runs one requirement against the embedded target behind a wrapper.
func judge(t *testing.T, id string, wrap faults.Wrap) report.Requirement {
	t.Helper()
	options := guideOptions(t)
	options.Only, options.Profiles, options.NoSweep, options.Workers = []string{id}, AllProfiles, true, 1
	options.Wrap = wrap
	result, err := Run(context.Background(), options)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range result.Requirements {
		if q.ID == id {
			return q
		}
	}
	t.Fatalf("there is no requirement %s", id)
	return report.Requirement{}
}
