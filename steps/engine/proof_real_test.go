package engine

import (
	"net/http"
	"os"
	"strconv"
	"testing"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// At a real target examples share, believe and reuse what they can, to save requests. No
// fault may escape by that. PROVE_REAL=n proves every nth fault, PROVE_REAL=1 all of them,
// which takes some minutes.
func TestEveryFaultIsNoticedAtARealTarget(t *testing.T) {
	nth, err := strconv.Atoi(os.Getenv("PROVE_REAL"))
	if err != nil || nth < 1 {
		t.Skip("PROVE_REAL=1 proves them")
	}
	for i, fault := range faults.All() {
		if i%nth != 0 || fault.Requirement[:3] != "RFC" {
			continue
		}
		t.Run(fault.Requirement+" "+fault.Name, func(t *testing.T) {
			for of, why := range notAtAHost {
				if fault.Requirement+" "+fault.Name == of || fault.Requirement == of {
					t.Skip(why)
				}
			}
			t.Parallel()
			q := judgedAtHost(t, fault.Requirement, fault.Wrap)
			if q.Verdict != report.Failed && q.Verdict != report.Warned {
				t.Errorf("not noticed: the verdict is %s %s", q.Verdict, q.Message)
			}
		})
	}
}

// notAtAHost are the faults that a run at a real target need not notice, and why.
var notAtAHost = map[string]string{
	"RFC7644-2-06":    "it takes a second client",
	"RFC7643-4.2-08":  "it takes hundreds of users, which are made with --large alone",
	"RFC7644-3.12-06": "each member gets null and one other wrong type, not all of them",
	"RFC7644-2-03 after a wrong token the right one is refused too": "that is taken for a lock-out: it is waited for, told, and ends the run if it does not end",
}

// judgedAtHost runs one requirement against a real target behind a wrapper.
func judgedAtHost(t *testing.T, id string, wrap faults.Wrap) report.Requirement {
	t.Helper()
	p, err := provider.New(provider.Config{BasePath: "/scim/v2", Authorize: provider.BearerAuth(hostToken)})
	if err != nil {
		t.Fatal(err)
	}
	wrapped := wrap(p)
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, _ []byte, _ http.HandlerFunc) { wrapped.ServeHTTP(w, r) })
	o := h.options(t, "")
	o.Target = judge.Target{Name: "host", URL: h.URL + "/scim/v2", Token: hostToken}
	o.Only, o.Profiles, o.NoSweep, o.Enough = []string{id}, features.Profiles(), true, isFinding
	for _, q := range mustRun(t, o).Requirements {
		if q.ID == id {
			return q
		}
	}
	t.Fatalf("there is no requirement %s", id)
	return report.Requirement{}
}
