package engine

import (
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// A fault that its own requirement notices alone may be hidden where everything is judged, behind
// a requirement that others wait for; and it may be told many times. Nothing may be hidden: the
// owner of a target with one fault is told at least once what is wrong. How often is logged, with
// those that tell it: more than twice is a reason to look what the others share with the home.
// PROVE_WHOLE=n takes every nth fault, ten seconds each; all of them take a night.
func TestEveryFaultIsToldWhenEverythingIsJudged(t *testing.T) {
	nth, err := strconv.Atoi(os.Getenv("PROVE_WHOLE"))
	if err != nil || nth < 1 {
		t.Skip("PROVE_WHOLE=1 tries them")
	}
	for i, fault := range faults.All() {
		if i%nth != 0 || !slices.Contains(features.DefaultProfiles(), ProfileOf(fault.Requirement)) {
			continue
		}
		t.Run(fault.Requirement+" "+fault.Name, func(t *testing.T) {
			if why, ok := notAtAHost[fault.Requirement+" "+fault.Name]; ok {
				t.Skip(why)
			}
			if why, ok := notAtAHost[fault.Requirement]; ok {
				t.Skip(why)
			}
			t.Parallel()
			told := map[report.Verdict][]string{}
			for _, q := range judgedWhole(t, fault.Wrap).Requirements {
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

// judgedWhole judges a target with a fault as a user would: by everything, at a real target.
func judgedWhole(t *testing.T, wrap faults.Wrap) *report.Report {
	t.Helper()
	p, err := provider.New(provider.Config{BasePath: "/scim/v2", Authorize: provider.BearerAuth(hostToken)})
	if err != nil {
		t.Fatal(err)
	}
	wrapped := wrap(p)
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, _ []byte, _ http.HandlerFunc) { wrapped.ServeHTTP(w, r) })
	o := h.options(t, "")
	o.Target = judge.Target{Name: "host", URL: h.URL + "/scim/v2", Token: hostToken}
	o.Workers, o.NoSweep = 4, true
	return mustRun(t, o)
}
