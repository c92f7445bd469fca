package engine

import (
	"cmp"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// At a real target examples share, believe and reuse what they can, to save requests. No
// fault may escape by that. PROVE_REAL=n proves every nth fault, PROVE_REAL=1 all of them,
// which takes some minutes.
func TestEveryFaultIsNoticedAtARealTarget(t *testing.T) {
	nth := everyNthBy(t, "PROVE_REAL")
	for i, fault := range faults.All() {
		if i%nth != 0 || fault.Requirement[:3] != "RFC" {
			continue
		}
		t.Run(fault.Requirement+" "+fault.Name, func(t *testing.T) {
			skipAtAHost(t, fault)
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
	"RFC9967":            "the host offers no events",
	"CSA-LOGIN":          "nobody logs in at the host",
	"CSA-VERIFY-04":      "the host has no extension of Secure Access",
	"RFC7644-2-06":       "it takes a second client",
	"RFC7644-6":          "it takes a second tenant",
	"RFC9865-5.2-01":     "it takes a second client",
	"RFC7643-4.2-08":     "it takes hundreds of users, which are made with --large alone",
	"RFC7644-3.12-06":    "each member gets null and one other wrong type, not all of them",
	"RFC7644-3.4.2.4-11": "it takes hundreds of users, which are made with --large alone",
	"RFC7644-3.2-04 an unknown endpoint answers 400":                        "all that is below the base path of the host is unknown to it: that is told before the run",
	"RFC7643-7-19 an attribute of the target's own extension is not stored": "the host has no extension of its own",
	"RFC7644-2-03 after a wrong token the right one is refused too":         "that is taken for a lock-out: it is waited for, told, and ends the run if it does not end",
}

// everyNthBy is how many of the faults the variable asks for: each, or every nth.
func everyNthBy(t *testing.T, variable string) int {
	t.Helper()
	nth, err := strconv.Atoi(os.Getenv(variable))
	if err != nil || nth < 1 {
		t.Skip(variable + "=1 tries all")
	}
	return nth
}

func skipAtAHost(t *testing.T, fault faults.Fault) {
	t.Helper()
	document, _, _ := strings.Cut(fault.Requirement, "-")
	topic := fault.Requirement[:strings.LastIndex(fault.Requirement, "-")]
	if why := cmp.Or(notAtAHost[fault.Requirement+" "+fault.Name], notAtAHost[fault.Requirement], notAtAHost[topic], notAtAHost[document]); why != "" {
		t.Skip(why)
	}
}

// optionsBehind are those of a run at a real target behind a wrapper.
func optionsBehind(t *testing.T, wrap faults.Wrap) Options {
	t.Helper()
	p, err := provider.New(provider.Config{BasePath: "/scim/v2", Authorize: provider.BearerAuth(hostToken)})
	if err != nil {
		t.Fatal(err)
	}
	wrapped := wrap(p)
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, _ []byte, _ http.HandlerFunc) {
		defer func() {
			if why := recover(); why != nil && why != http.ErrAbortHandler { //nolint:errorlint // it is this very value
				t.Errorf("the fault panics at %s %s: %v", r.Method, r.URL, why)
			}
		}()
		wrapped.ServeHTTP(w, r)
	})
	o := h.options(t, "")
	o.NoSweep = true
	return o
}

// judgedAtHost runs one requirement against a real target behind a wrapper.
func judgedAtHost(t *testing.T, id string, wrap faults.Wrap) report.Requirement {
	t.Helper()
	o := optionsBehind(t, wrap)
	o.Only, o.Profiles, o.Enough = []string{id}, features.Profiles(), isFinding
	for _, q := range mustRun(t, o).Requirements {
		if q.ID == id {
			return q
		}
	}
	t.Fatalf("there is no requirement %s", id)
	return report.Requirement{}
}
