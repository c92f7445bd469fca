package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// What --fail-on takes beside the names of clients. By default everything counts
// that a run judges and that is binding.
const (
	failOnMust   = "must"
	failOnShould = "should"
	failOnNever  = "never"
)

// failOnValues is what --fail-on takes, as a list.
func failOnValues(conjunction string) string {
	return strings.Join([]string{features.JoinProfiles(features.Profiles(), ", "), failOnMust, failOnShould}, ", ") + " " + conjunction + " " + failOnNever
}

// checkFailOn refuses what --fail-on does not know, and clients that the run does
// not judge.
func (f playFlags) checkFailOn(judged []steps.Profile) error {
	on := f.living.failOn
	if p, known := features.Newest(on); known {
		on = string(p)
	}
	switch {
	case on == failOnMust, on == failOnShould, on == failOnNever:
		return nil
	case !slices.Contains(features.Profiles(), features.Profile(on)):
		return fmt.Errorf("--fail-on %s: known are %s", on, failOnValues("and"))
	case !slices.Contains(judged, features.Profile(on)):
		return fmt.Errorf("--fail-on %s: this run does not judge that: add it to --profile", on)
	}
	return nil
}

// exitCode is the exit status by what --fail-on asks for, and what to say of it: ""
// where the report says it already.
func (f *livingFlags) exitCode(r *report.Report) (code int, says string) {
	switch f.failOn {
	case failOnMust, failOnShould:
		return r.ExitCode(), ""
	case failOnNever:
		code = r.ExitCode()
		if code == exitFailed && len(r.Undecided()) > 0 {
			code = exitCannot
		} else if code == exitFailed {
			code = exitPassed
		}
		return code, fmt.Sprintf("Exit status %d, as --fail-on never does not count failures.", code)
	}
	of := features.Profile(f.failOn)
	if p, known := features.Newest(f.failOn); known {
		of = p
	}
	if code, says, isGate := gateCode(r, of); isGate {
		return code, says
	}
	asked := r.Of(of)
	code = asked.ExitCode()
	return code, fmt.Sprintf("Exit status %d, as --fail-on %s counts %s alone: %s.", code, f.failOn,
		words.Count(asked.Summary.Total(), "requirement"), asked.Summary.Words())
}

// gateCode is the exit status by whether a gate would take the target in; false for a profile
// that is none.
func gateCode(r *report.Report, profile features.Profile) (code int, says string, isGate bool) {
	for i, c := range features.Clients() {
		if c.Profile != profile || !c.Gate {
			continue
		}
		x := report.Readinesses(r)[i]
		code = map[string]int{report.ReadyNo: exitFailed, report.ReadyUnknown: exitCannot}[x.Answer]
		return code, fmt.Sprintf("Exit status %d, as --fail-on %s counts whether it would be accepted.", code, profile), true
	}
	return 0, "", false
}
