package engine

import (
	"net/http"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/steps/report"
)

// An id in bulk that is unknown is answered 400: one requirement is about that status, and for the
// others a failure is a failure.
func TestAnotherStatusForUnknownIDsInBulkIsOneFinding(t *testing.T) {
	another := answering(func(r *http.Request, status int, document any) (int, any) {
		if strings.HasSuffix(r.URL.Path, "/Bulk") {
			eachObject(document, func(o map[string]any) {
				if o["status"] == "404" {
					o["status"] = "400"
				}
			})
		}
		return status, document
	})
	expectVerdicts(t, another, map[string]report.Verdict{
		"RFC7644-3.7.3-03": report.Failed, "RFC7644-3.7-01": report.Passed, "RFC7644-3.7-02": report.Passed, "RFC7644-3.7-03": report.Passed,
		"RFC7644-3.7-07": report.Passed, "RFC7644-3.7-09": report.Passed, "RFC7644-3.7-11": report.Passed, "RFC7644-3.7.3-01": report.Passed, "RFC7644-3.7.3-02": report.Passed,
	})
}
