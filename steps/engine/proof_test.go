package engine

import (
	"context"
	"net/http"
	"slices"
	"testing"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	duofaults "github.com/simulate-duo/simulate-duo/simulators/duo/faults"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
	"github.com/simulate-duo/simulate-duo/steps/guide"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// A check that cannot fail proves nothing: every requirement has faults that it
// has to notice, and does not notice anything where there is none.
//
// With -short each requirement has to notice one of its faults.
func TestEveryFaultIsNoticedByItsOwnRequirement(t *testing.T) {
	tried := map[string]bool{}
	for i, fault := range faults.All() {
		if i%everyNth != 0 || testing.Short() && tried[fault.Requirement] {
			continue
		}
		tried[fault.Requirement] = true
		t.Run(fault.Requirement+" "+fault.Name, func(t *testing.T) {
			t.Parallel()
			q := judged(t, fault.Requirement, fault.Wrap)
			if q.Verdict != report.Failed && q.Verdict != report.Warned {
				t.Errorf("not noticed: the verdict is %s %s", q.Verdict, q.Message)
			}
		})
	}
}

const metadataTest = "the embedded target has no authorization server: TestTheMetadataOfAnAuthorizationServer"

// unproven are the requirements on what no wire can falsify, with what proves them instead.
var unproven = map[string]string{
	"IPSIE00AL1-4.1-02": metadataTest, "IPSIE00AL1-4.1-03": metadataTest, "IPSIE00AL1-4.1-04": metadataTest, "IPSIE00AL1-4.1-05": metadataTest,
	"INTEROP01-7.1-02": "the embedded target has no TLS: TestTLS13IsSpoken",
	"CSA-INTEGRATE-01": "a dashboard without HTTP: simulators/secureaccess tests it",
	"CSA-INTEGRATE-04": "a dashboard without HTTP: simulators/secureaccess tests it",
}

func TestEveryRequirementHasAFaultAndEveryFaultARequirement(t *testing.T) {
	proven := map[string]bool{}
	for _, f := range faults.All() {
		proven[f.Requirement] = true
	}
	for _, f := range duofaults.All() {
		proven[f.Requirement] = true
	}
	all, err := features.Load(features.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range all {
		_, excepted := unproven[q.ID]
		if proven[q.ID] == (q.Unobservable || excepted) {
			t.Errorf("%s (%s): proven %v, unobservable %v, excepted %v", q.ID, q.Place(), proven[q.ID], q.Unobservable, excepted)
		}
		delete(proven, q.ID)
	}
	for id := range proven {
		t.Errorf("a fault is kept for %s, which is no requirement", id)
	}
}

// The same for what the simulated Duo can do wrong.
func TestEveryFaultOfDuoIsNoticedByItsOwnRequirement(t *testing.T) {
	tried := map[string]bool{}
	for _, fault := range duofaults.All() {
		if testing.Short() && tried[fault.Requirement] {
			continue
		}
		tried[fault.Requirement] = true
		t.Run(fault.Requirement+" "+fault.Name, func(t *testing.T) {
			t.Parallel()
			q := judgedWith(t, fault.Requirement, func(o *Options) {
				o.Enough = isFinding
				o.Duo = func(app duo.Application, profile duo.Profile, client *wire.Client, options duo.Options) (guide.Provisioner, error) {
					return fault.New(app, profile, client, options)
				}
			})
			if q.Verdict != report.Failed && q.Verdict != report.Warned {
				t.Errorf("not noticed: the verdict is %s %s", q.Verdict, q.Message)
			}
		})
	}
}

// judged runs one requirement against the embedded target behind a wrapper.
func judged(t *testing.T, id string, wrap faults.Wrap) report.Requirement {
	t.Helper()
	return judgedWith(t, id, func(o *Options) {
		if o.Embedded = behind(wrap); !isJudgedByOthers(t, id) {
			o.Enough = isFinding
		}
	})
}

// isJudgedByOthers says whether the requirement is judged by the verdicts on others.
func isJudgedByOthers(t *testing.T, id string) bool {
	t.Helper()
	all, err := features.Load(features.FS)
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(all, func(q features.Requirement) bool { return q.ID == id && isClaim(q) })
}

// isFinding ends a proof: the fault is noticed.
func isFinding(e report.Example) bool {
	return e.Verdict == report.Failed || e.Verdict == report.Warned
}

// behind puts a wrapper before the embedded target.
func behind(wrap faults.Wrap) func(*secureaccess.Server) http.Handler {
	if wrap == nil {
		return nil
	}
	return func(s *secureaccess.Server) http.Handler { return wrap(s) }
}

func judgedWith(t *testing.T, id string, set func(*Options)) report.Requirement {
	t.Helper()
	options := guideOptions(t)
	options.Only, options.Profiles, options.NoSweep, options.Workers = []string{id}, features.Profiles(), true, 1
	set(&options)
	result, err := Run(context.Background(), options)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range result.Requirements {
		if q.ID != id {
			continue
		}
		for _, e := range q.Examples {
			if e.Verdict == report.Broken {
				t.Errorf("%q is broken: %s", e.Name, e.Message)
			}
		}
		return q
	}
	t.Fatalf("there is no requirement %s", id)
	return report.Requirement{}
}
