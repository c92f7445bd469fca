package engine

import (
	"slices"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// A fault that its own requirement notices alone may be hidden where everything is judged, behind
// a requirement that others wait for; and it may be told many times. Nothing may be hidden: the
// owner of a target with one fault is told at least once what is wrong. How often is logged, with
// those that tell it: more than twice is a reason to look what the others share with the home.
// PROVE_WHOLE=n takes every nth fault, ten seconds each; all of them take a night.
func TestEveryFaultIsToldWhenEverythingIsJudged(t *testing.T) {
	nth := everyNthBy(t, "PROVE_WHOLE")
	for i, fault := range faults.All() {
		if i%nth != 0 || !slices.Contains(features.DefaultProfiles(), ProfileOf(fault.Requirement)) {
			continue
		}
		t.Run(fault.Requirement+" "+fault.Name, func(t *testing.T) {
			skipAtAHost(t, fault)
			t.Parallel()
			told := map[report.Verdict][]string{}
			o := optionsBehind(t, fault.Wrap)
			o.Workers = 4
			o.OnWarning = func(text string) {
				if strings.Contains(text, safety.HeldBack) {
					t.Error(text)
				}
			}
			for _, q := range mustRun(t, o).Requirements {
				told[q.Verdict] = append(told[q.Verdict], q.ID)
			}
			failed, warned, blocked, broken := told[report.Failed], told[report.Warned], told[report.Blocked], told[report.Broken]
			t.Logf("%d failed, %d warned, %d blocked: %s", len(failed), len(warned), len(blocked), strings.Join(append(failed, warned...), " "))
			if len(failed)+len(warned) == 0 {
				t.Errorf("nobody tells it; %d requirements are blocked", len(blocked))
			}
			if len(broken) > 0 {
				t.Errorf("broken: %s", broken)
			}
		})
	}
}
