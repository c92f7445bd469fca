package main

import (
	"testing"

	"github.com/simulate-duo/simulate-duo/steps/report"
)

func TestTheExitStatusAnswersWhatIsAsked(t *testing.T) {
	const duo, rfc = "CSA-SYNC-01", "RFC7643-2.1-01"
	of := func(verdicts map[string]report.Verdict) *report.Report {
		var r report.Report
		for id, v := range verdicts {
			r.Requirements = append(r.Requirements, report.Requirement{ID: id, Verdict: v})
			*r.Summary.Of(v)++
		}
		return &r
	}
	for _, c := range []struct {
		duo, rfc report.Verdict
		on       string
		want     int
	}{
		{report.Passed, report.Failed, failOnMust, exitFailed},
		{report.Passed, report.Failed, "duo", exitPassed},
		{report.Failed, report.Passed, "duo", exitFailed},
		{report.Passed, report.Blocked, "duo", exitPassed},
		{report.Blocked, report.Failed, "duo", exitCannot},
		{report.Untested, report.Passed, "duo", exitCannot},
		{report.Failed, report.Passed, failOnNever, exitPassed},
		{report.Failed, report.Blocked, failOnNever, exitCannot},
		{report.Passed, report.Broken, failOnNever, exitCannot},
		{report.Passed, report.Passed, failOnNever, exitPassed},
	} {
		got, _ := (&livingFlags{failOn: c.on}).exitCode(of(map[string]report.Verdict{duo: c.duo, rfc: c.rfc}))
		if got != c.want {
			t.Errorf("duo %s, rfc %s, --fail-on %s: %d, want %d", c.duo, c.rfc, c.on, got, c.want)
		}
	}
}
