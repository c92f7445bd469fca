package engine

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/steps/report"
)

// brokenAt answers 500 to the requests that are chosen.
func brokenAt(chosen func(r *http.Request, body []byte) bool, broken http.HandlerFunc) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			r.Body = io.NopCloser(bytes.NewReader(body))
			if chosen(r, body) {
				broken(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

func internalError(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/scim+json")
	w.WriteHeader(http.StatusInternalServerError)
	_, _ = io.WriteString(w, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"500","detail":"conflict"}`)
}

// Where the plainest request of a kind fails, one requirement tells it, and the others of
// the kind are blocked by it.
func TestWhatFailsInItsPlainestFormIsOneFinding(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		chosen func(r *http.Request, body []byte) bool
		broken http.HandlerFunc
		want   map[string]report.Verdict
	}{
		"every PATCH": {
			func(r *http.Request, _ []byte) bool { return r.Method == http.MethodPatch }, internalError,
			map[string]report.Verdict{"RFC7644-3.5.2.3-08": report.Failed, "RFC7644-3.5.2.1-04": report.Blocked, "RFC7644-3.5.1-10": report.Passed},
		},
		"every search by POST": {
			func(r *http.Request, _ []byte) bool { return strings.HasSuffix(r.URL.Path, "/.search") }, internalError,
			map[string]report.Verdict{"RFC7644-3.4.3-01": report.Failed, "RFC7644-3.4.3-07": report.Blocked, "RFC7644-3.4.2.2-01": report.Passed},
		},
		"every filter on what is in a list": {
			func(r *http.Request, _ []byte) bool { return strings.Contains(r.URL.Query().Get("filter"), "emails.") }, internalError,
			map[string]report.Verdict{"RFC7644-3.4.2.2-22": report.Failed, "RFC7643-2.4-03": report.Blocked, "RFC7644-3.4.2.2-09": report.Blocked},
		},
		"a body that ends the connection": {
			func(r *http.Request, body []byte) bool {
				return r.Method == http.MethodPost && bytes.Contains(body, []byte("x509Certificates")) && bytes.Contains(body, []byte("recorded"))
			},
			func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
			map[string]report.Verdict{"RFC7644-3.12-06": report.Failed, "RFC7643-3.1-02": report.Passed, "RFC7643-2.1-01": report.Passed},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { expectVerdicts(t, brokenAt(test.chosen, test.broken), test.want) })
	}
}
