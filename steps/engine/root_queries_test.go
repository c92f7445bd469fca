package engine

import (
	"net/http"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// A target may find that a list without a filter is too much. It is judged by how it says so,
// once, and all that needs such a list is not offered. Only 400 tooMany is right.
func TestListsWithoutAFilterMayBeDeclined(t *testing.T) {
	t.Parallel()
	for name, refusal := range map[string]*scim.Error{
		"too many":        scim.TooMany("a list needs a filter"),
		"without a word":  {Status: http.StatusBadRequest, Detail: "a list needs a filter"},
		"not found":       {Status: http.StatusNotFound},
		"not implemented": {Status: http.StatusNotImplemented},
		"forbidden":       {Status: http.StatusForbidden},
	} {
		t.Run(name, func(t *testing.T) {
			refuse := rewrite.RefuseAll(rewrite.Queries().And(rewrite.Lacks("filter")), refusal)
			told := report.Failed
			if refusal.ScimType == scim.ScimTypeTooMany {
				told = report.Passed
			}
			expectVerdicts(t, refuse, map[string]report.Verdict{
				"RFC7644-3.4.2.1-02": told, "RFC7644-3.4.2.3-08": report.Unsupported,
				"RFC7644-3.4.2.4-01": report.Passed, "RFC7644-3.4.2.4-06": report.Passed, "RFC7644-3.4.2.4-08": report.Passed, // with a filter
			})
		})
	}
}

// Queries of the service root are an offer: whichever way the target declines them, nothing
// is wrong with it, and no other query is judged otherwise.
func TestQueriesOfTheRootMayBeDeclined(t *testing.T) {
	t.Parallel()
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
