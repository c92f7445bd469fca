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

// One of two ways in is enough, although the other fails; and no way in is too little, although
// nothing fails.
func TestTheExitStatusAnswersWhetherAGateTakesTheTargetIn(t *testing.T) {
	for _, c := range []struct {
		create, secret, assertion report.Verdict
		want                      int
	}{
		{report.Passed, report.Passed, report.Failed, exitPassed},
		{report.Passed, report.Untested, report.Untested, exitFailed},
		{report.Failed, report.Passed, report.Untested, exitFailed},
		{report.Blocked, report.Passed, report.Untested, exitCannot},
	} {
		r := &report.Report{Requirements: []report.Requirement{
			{ID: "GALLERY-USER-01", Title: "Create_User_Test: a user", Verdict: c.create},
			{ID: "GALLERY-SCIM-07", Title: "Validate_Credentials_Test: a token", Verdict: c.secret, OneOf: "authentication"},
			{ID: "GALLERY-SCIM-08", Title: "Federated_Identity_Test: a token", Verdict: c.assertion, OneOf: "authentication"},
		}}
		if got, _ := (&livingFlags{failOn: "entra-gallery"}).exitCode(r); got != c.want {
			t.Errorf("%+v: %d", c, got)
		}
	}
}
