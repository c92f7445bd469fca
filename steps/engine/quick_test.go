package engine

import (
	"slices"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

func TestAQuickRunIsQuick(t *testing.T) {
	t.Parallel()
	h := newHost(t, nil)
	o := h.options(t, "")
	o.Quick, o.Workers, o.Profiles = true, 4, features.DefaultProfiles()
	result := mustRun(t, o)
	if n := h.count.Load(); n > quickRequests || int(n) != result.Summary.Requests {
		t.Errorf("the target saw %d requests, the report tells %d", n, result.Summary.Requests)
	}
	if !result.Quick || !slices.ContainsFunc(result.Notes, func(n string) bool { return strings.Contains(n, "quick run") }) {
		t.Errorf("the report does not say that it was quick: %v", result.Notes)
	}
	for _, q := range result.Requirements {
		if strings.HasPrefix(q.ID, "CSA-") && q.Verdict == report.Untested {
			t.Errorf("%s is left out: %s", q.ID, q.Message)
		}
	}
}

// mostRequests is what a default run sends at most to a target that offers everything.
const mostRequests = 10000

func TestADefaultRunIsCheap(t *testing.T) {
	if raced {
		t.Skip("it takes minutes under the race detector; .ci/run runs it without")
	}
	if testing.Short() {
		t.Skip("it plays everything")
	}
	h := newHost(t, nil)
	o := h.options(t, "")
	o.Profiles = features.DefaultProfiles()
	result := mustRun(t, o)
	if n := h.count.Load(); n > mostRequests || int(n) != result.Summary.Requests {
		t.Errorf("the target saw %d requests, the report tells %d, and at most %d are right", n, result.Summary.Requests, mostRequests)
	}
	t.Logf("%d requests", h.count.Load())
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
