package engine

import (
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// guideRun is the guide with the story and one requirement that many alternatives concern.
func guideRun(t *testing.T, h *host, ids ...string) Options {
	o := h.options(t, "")
	o.Profiles, o.Only = []Profile{features.Duo}, append([]string{"CSA-GUIDE-01"}, ids...)
	return o
}

func TestARealTargetSeesEachShapeOfRequestOnce(t *testing.T) {
	t.Parallel()
	plays := func(r *report.Report) map[string]int {
		n := map[string]int{}
		for _, q := range r.Requirements {
			for _, e := range q.Examples {
				if e.Profile != report.DefaultProfile {
					n[e.Profile]++
				}
			}
		}
		return n
	}
	h := newHost(t, nil)
	ids := []string{"CSA-DEPROV-01", "CSA-DEPROV-03", "CSA-SYNC-05"}
	shown := plays(mustRun(t, guideRun(t, h, ids...)))
	o := guideRun(t, h, ids...)
	o.Target, o.JournalDir = judge.Embedded(), ""
	embedded := plays(mustRun(t, o))
	for profile, n := range embedded {
		if shown[profile] == 0 || shown[profile] > n {
			t.Errorf("%s was played %d times on the real target and %d times on the embedded one", profile, shown[profile], n)
		}
	}
	sum := func(m map[string]int) (total int) {
		for _, n := range m {
			total += n
		}
		return total
	}
	if sum(shown)*3 > sum(embedded) {
		t.Errorf("%d plays of %d", sum(shown), sum(embedded))
	}
}

// From the first request under an alternative on, this target refuses every change.
func TestAnAlternativeIsNotBlamedForATargetThatHasChanged(t *testing.T) {
	t.Parallel()
	var broken atomic.Bool
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, _ []byte, serve http.HandlerFunc) {
		if r.Method == http.MethodPut {
			broken.Store(true)
		}
		if broken.Load() && (r.Method == http.MethodPatch || r.Method == http.MethodPut) {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		serve(w, r)
	})
	result := mustRun(t, guideRun(t, h, "CSA-DEPROV-01"))
	for _, q := range result.Requirements {
		for _, e := range q.Examples {
			if e.Profile != report.DefaultProfile && (e.Verdict == report.Warned || e.Verdict == report.Failed) {
				t.Errorf("%s, %s under %s: %s", q.ID, e.Name, e.Profile, e.Message)
			}
		}
	}
	if !slices.ContainsFunc(result.Notes, func(n string) bool { return strings.Contains(n, "the target changed under this run") }) {
		t.Errorf("notes: %v", result.Notes)
	}
}

func TestAnAlternativeThatFaresWorseIsBelieved(t *testing.T) {
	t.Parallel()
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, _ []byte, serve http.HandlerFunc) {
		if r.Method == http.MethodPut {
			w.WriteHeader(http.StatusNotImplemented)
			return
		}
		serve(w, r)
	})
	result := mustRun(t, guideRun(t, h, "CSA-DEPROV-01"))
	warned := 0
	for _, q := range result.Requirements {
		for _, e := range q.Examples {
			if strings.HasSuffix(e.Profile, "=put") && e.Verdict == report.Warned {
				warned++
			}
		}
	}
	if warned == 0 || len(result.Notes) != 0 {
		t.Errorf("%d warnings, notes %v", warned, result.Notes)
	}
}
