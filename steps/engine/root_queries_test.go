package engine

import (
	"net/http"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// Queries of the service root are an offer: whichever way the target declines them, nothing
// is wrong with it, and no other query is judged otherwise.
func TestQueriesOfTheRootMayBeDeclined(t *testing.T) {
	for name, refusal := range map[string]*scim.Error{
		"forbidden":       {Status: http.StatusForbidden},
		"not found":       {Status: http.StatusNotFound},
		"no such method":  {Status: http.StatusMethodNotAllowed},
		"not implemented": {Status: http.StatusNotImplemented},
		"too many":        scim.TooMany("name a type of resource"),
	} {
		t.Run(name, func(t *testing.T) {
			expectVerdicts(t, rewrite.Answers(rewrite.Queries(""), rewrite.AsError(refusal)), map[string]report.Verdict{
				"RFC7644-3.4.2.1-01": report.Unsupported, "RFC7644-3.4.2.1-02": report.Passed, "RFC7644-3.4.2.1-03": report.Unsupported,
				"RFC7644-3.4.2.1-04": report.Unsupported, "RFC7644-3.4.3-02": report.Unsupported, "RFC7644-3.4.2.4-07": report.Passed,
			})
		})
	}
}
