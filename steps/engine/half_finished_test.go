package engine

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/steps/report"
)

// Half-finished servers lack one kind of request as a whole. One requirement of the standard
// tells it, and one of the guide if Duo sends such a request; the others wait for them.
func TestAKindOfRequestThatIsRefusedIsOneFinding(t *testing.T) {
	const failed, blocked, passed = report.Failed, report.Blocked, report.Passed
	to := func(method, path string) func(*http.Request, []byte) bool {
		return func(r *http.Request, _ []byte) bool {
			return r.Method == method && (strings.HasSuffix(path, "/") && strings.Contains(r.URL.Path, path) || strings.HasSuffix(r.URL.Path, path))
		}
	}
	filters := func(path string) func(*http.Request, []byte) bool {
		return func(r *http.Request, _ []byte) bool {
			return strings.HasSuffix(r.URL.Path, path) && r.URL.Query().Has("filter")
		}
	}
	for _, test := range []struct {
		kind    string
		refuses func(*http.Request, []byte) bool
		want    map[string]report.Verdict
	}{
		{"creations of users", to("POST", "/Users"), map[string]report.Verdict{
			"RFC7644-3.3-03": failed, "CSA-SYNC-01": failed, "CSA-SYNC-02": blocked, "CSA-MAP-01": blocked, "CSA-GUIDE-01": blocked,
			"RFC7643-2.1-03": blocked, "RFC7644-3.3-05": blocked, "RFC7644-3.8-06": blocked, "RFC7644-3.3-40": blocked,
		}},
		{"creations of groups", to("POST", "/Groups"), map[string]report.Verdict{
			"RFC7644-3.3-03": failed, "CSA-SYNC-02": failed, "CSA-SYNC-01": blocked, "RFC7643-2.1-03": blocked, "RFC7644-3.3-08": blocked, "RFC7643-4.2-02": blocked,
		}},
		{"groups with members", func(r *http.Request, body []byte) bool {
			return to("POST", "/Groups")(r, body) && bytes.Contains(body, []byte(`"value"`))
		}, map[string]report.Verdict{"RFC7643-4.2-09": failed, "RFC7644-3.3-03": blocked, "RFC7644-3.1-03": blocked}},
		{"PATCH of users", to("PATCH", "/Users/"), map[string]report.Verdict{
			"RFC7644-3.5.2.3-08": failed, "CSA-MAP-06": failed, "CSA-DEPROV-01": blocked, "CSA-DEPROV-04": blocked, "CSA-SYNC-04": blocked, "CSA-SYNC-01": passed,
			"RFC7644-3.5.2-16": blocked, "RFC7644-3.5.2-26": blocked, "RFC7643-4.1.1-16": blocked, "RFC7643-3.1-16": blocked, "RFC7644-3.3-08": blocked,
		}},
		{"PATCH of groups", to("PATCH", "/Groups/"), map[string]report.Verdict{
			"RFC7644-3.5.2.3-08": failed, "CSA-SYNC-02": failed, "CSA-MAP-01": blocked, "RFC7644-3.5.2.1-03": blocked, "RFC7644-2-01": blocked,
			"RFC7643-4.1.2-10": blocked, "RFC7644-3.5.2-40": blocked, "RFC7644-3.5.2-22": blocked,
		}},
		{"PUT of users", to("PUT", "/Users/"), map[string]report.Verdict{
			"RFC7644-3.5.1-01": failed, "RFC7644-3.5.1-06": blocked, "RFC7644-3.5.1-12": blocked, "CSA-SYNC-01": passed,
		}},
		{"reads of groups", to("GET", "/Groups/"), map[string]report.Verdict{
			"RFC7644-3.4.1-01": failed, "CSA-SYNC-02": failed, "CSA-SYNC-03": blocked, "RFC7644-3.14-01": blocked, "RFC7643-3.1-12": blocked, "RFC7643-2.3.7-04": blocked,
		}},
		{"lists of groups", to("GET", "/Groups"), map[string]report.Verdict{
			"RFC7644-3.4.2-01": failed, "CSA-SYNC-02": failed, "RFC7644-3.4.2.3-01": blocked, "RFC7644-3.4.2.4-07": blocked, "RFC7644-3.4.2.2-33": blocked,
		}},
		{"look-ups of users", filters("/Users"), map[string]report.Verdict{
			"CSA-SYNC-05": failed, "CSA-SYNC-01": blocked, "CSA-MAP-01": blocked, "CSA-GUIDE-01": blocked, "RFC7644-3.4.2.2-33": failed,
			"RFC7644-3.4.2.2-34": blocked, "RFC7644-3.4.2.2-13": blocked,
		}},
		{"look-ups of groups", filters("/Groups"), map[string]report.Verdict{
			"CSA-SYNC-02": failed, "CSA-SYNC-01": blocked, "CSA-SYNC-05": blocked, "RFC7644-3.4.2.2-33": failed, "RFC7644-3.4.2.2-34": blocked,
		}},
	} {
		for _, refusal := range []struct {
			status int
			body   string
		}{
			{http.StatusBadRequest, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"400","scimType":"invalidValue","detail":"no"}`},
			{http.StatusInternalServerError, "<html>oops</html>"},
		} {
			if refusal.status == http.StatusInternalServerError && strings.HasPrefix(test.kind, "look-ups") {
				continue // that filters are refused with another error is a matter of its own
			}
			t.Run(fmt.Sprint(test.kind, " by ", refusal.status), func(t *testing.T) {
				t.Parallel()
				expectVerdicts(t, brokenAt(test.refuses, func(w http.ResponseWriter, _ *http.Request) {
					w.WriteHeader(refusal.status)
					_, _ = w.Write([]byte(refusal.body))
				}), test.want)
			})
		}
	}
}
