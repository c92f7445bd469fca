package engine

import (
	"slices"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

func TestAQuickRunIsQuick(t *testing.T) {
	h := newHost(t, nil)
	o := h.options(t, "")
	o.Quick, o.Workers, o.Profiles = true, 4, features.DefaultProfiles()
	result := mustRun(t, o)
	if n := h.count.Load(); n > quickRequests || int(n) != result.Summary.Requests {
		t.Errorf("the target saw %d requests, the report tells %d", n, result.Summary.Requests)
	}
	if !slices.ContainsFunc(result.Notes, func(n string) bool { return strings.Contains(n, "quick run") }) {
		t.Errorf("the report does not say that it was quick: %v", result.Notes)
	}
	for _, q := range result.Requirements {
		if strings.HasPrefix(q.ID, "CSA-") && q.Verdict == report.Untested {
			t.Errorf("%s is left out: %s", q.ID, q.Message)
		}
	}
}

func TestWhatPassesKeepsTheExchangeThatDecided(t *testing.T) {
	for _, all := range []bool{false, true} {
		h := newHost(t, nil)
		o := h.options(t, hostileFeature)
		o.EvidenceAll = all
		for _, e := range mustRun(t, o).Requirements[0].Examples {
			if n := len(e.Exchanges); e.Verdict == report.Passed && n != 1 && !all {
				t.Errorf("%s keeps %d exchanges", e.Name, n)
			}
		}
	}
}
