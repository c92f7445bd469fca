package engine

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// refusingWith answers the chosen requests with this status and scimType.
func refusingWith(status int, scimType string, chosen func(r *http.Request, body string) bool) func(http.Handler) http.Handler {
	return brokenAt(func(r *http.Request, body []byte) bool { return chosen(r, string(body)) }, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/scim+json")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(`{"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "` + http.StatusText(status) + `", "scimType": "` + scimType + `"}`))
	})
}

// Flaws of servers that nobody here wrote: each is told by one requirement.
func TestAFlawOfAStrangerIsOneFinding(t *testing.T) {
	const failed, blocked = report.Failed, report.Blocked
	isList := func(r *http.Request) bool {
		return r.Method == http.MethodGet && (strings.HasSuffix(r.URL.Path, "/Users") || strings.HasSuffix(r.URL.Path, "/Groups"))
	}
	for name, test := range map[string]struct {
		wrap func(http.Handler) http.Handler
		want map[string]report.Verdict
	}{
		"a PATCH with a choice dies": {
			refusingWith(http.StatusInternalServerError, "", func(r *http.Request, _ string) bool {
				return r.Method == http.MethodPatch && r.URL.Query().Has("attributes")
			}),
			map[string]report.Verdict{"RFC7644-3.9-02": failed, "RFC7644-3.5.2-15": blocked},
		},
		"a list without a filter is its first three, whatever page is asked for": {
			asking(func(r *http.Request, query url.Values, _ map[string]any) {
				if isList(r) && !query.Has("filter") {
					query.Del("startIndex")
					query.Set("count", "3")
				}
			}),
			map[string]report.Verdict{"RFC7644-3.4.2.4-02": failed, "RFC7644-3.4.2.4-01": blocked, "RFC7644-3.4.2.4-04": blocked, "RFC7644-3.4.2.4-05": blocked},
		},
		"a quote in a filter is refused": {
			refusingWith(http.StatusBadRequest, "invalidFilter", func(r *http.Request, body string) bool {
				return strings.Contains(r.URL.Query().Get("filter"), `\"`) || strings.Contains(body, `"filter"`) && strings.Contains(body, `\\\"`)
			}),
			map[string]report.Verdict{"RFC7644-3.4.2.2-36": failed, "RFC7644-3.4.2.2-46": blocked},
		},
		"a PUT shows the password": {
			wrapOf(t, "RFC7644-3.5.1-19", "the answer to a PUT shows the password"), map[string]report.Verdict{"RFC7643-4.1.1-13": failed, "RFC7644-3.5.1-19": blocked},
		},
		"the configuration can be posted": {
			asking(func(r *http.Request, _ url.Values, _ map[string]any) {
				if strings.HasSuffix(r.URL.Path, "/ServiceProviderConfig") && r.Method == http.MethodPost {
					r.Method = http.MethodGet
				}
			}),
			map[string]report.Verdict{"RFC7644-4-08": failed, "RFC7644-3.2-02": blocked},
		},
		"the documentation is nowhere": {
			answering(func(r *http.Request, status int, document any) (int, any) {
				if o, ok := document.(map[string]any); ok && strings.HasSuffix(r.URL.Path, "/ServiceProviderConfig") {
					o["documentationUri"] = ""
				}
				return status, document
			}),
			map[string]report.Verdict{"RFC7643-5-13": failed, "RFC7643-2.3.7-01": blocked},
		},
		"an unknown id of a group is an error of the server": {
			refusingWith(http.StatusInternalServerError, "", func(r *http.Request, _ string) bool {
				return strings.Contains(r.URL.Path, "/Groups/") && (strings.Contains(r.URL.Path, "unknown") || strings.HasSuffix(r.URL.Path, "-no-such-id"))
			}),
			map[string]report.Verdict{"RFC7644-3.4.1-02": failed, "RFC7644-3.2-01": blocked},
		},
		"an externalId is not changed by PATCH": {
			rewrite.IgnoreOperations("/Users/*", rewrite.Does("replace", "externalId")),
			map[string]report.Verdict{"RFC7644-3.5.2.3-08": failed, "RFC7644-3.5.2-23": blocked},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			expectVerdicts(t, test.wrap, test.want)
		})
	}
}
