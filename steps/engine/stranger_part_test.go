package engine

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// What servers know of wholes, users, short names and reads alone: each lack is one finding.
func TestWhatIsKnownInPartIsOneFinding(t *testing.T) {
	hasPart := func(names string) bool {
		return strings.Contains(strings.ToLower(names), "name.") && !strings.Contains(names, ",")
	}
	for name, test := range map[string]struct {
		server func(http.Handler) http.Handler
		want   map[string]report.Verdict
	}{
		"attributes choose no parts": {
			asking(func(_ *http.Request, query url.Values, _ map[string]any) {
				for _, name := range []string{"attributes", "excludedAttributes"} {
					if hasPart(query.Get(name)) {
						query.Set(name, map[string]string{"attributes": "id", "excludedAttributes": "sduoNothing"}[name])
					}
				}
			}),
			map[string]report.Verdict{"RFC7644-3.4.2.5-05": report.Failed, "RFC7644-3.4.2.5-03": report.Blocked, "RFC7644-3.10-01": report.Blocked, "RFC7644-3.10-02": report.Blocked},
		},
		"a search for groups overlooks its filter": {
			asking(func(r *http.Request, _ url.Values, body map[string]any) {
				if strings.HasSuffix(r.URL.Path, "/Groups/.search") {
					delete(body, "filter")
				}
			}),
			map[string]report.Verdict{"RFC7644-3.4.3-01": report.Failed, "RFC7644-3.4.3-05": report.Blocked, "RFC7644-3.4.3-07": report.Blocked, "RFC7644-3.4.2.2-46": report.Blocked},
		},
		"the tag is in reads alone": {
			func(next http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					next.ServeHTTP(tagless{w, r.Method == http.MethodPost}, r)
				})
			},
			map[string]report.Verdict{
				"RFC7644-3.14-01": report.Failed, "RFC7644-3.14-09": report.Blocked, "RFC7644-3.14-03": report.Passed, "RFC7644-3.14-06": report.Passed,
				"RFC7644-3.14-07": report.Passed, "RFC7644-3.14-08": report.Passed,
			},
		},
		"a path begins with no URN": {
			asking(func(r *http.Request, _ url.Values, body map[string]any) {
				operations, _ := body["Operations"].([]any)
				for _, each := range operations {
					o, _ := each.(map[string]any)
					if path, _ := o["path"].(string); strings.Contains(r.URL.Path, "/Users/") && strings.HasPrefix(strings.ToLower(path), strings.ToLower(scim.UserURN)+":") {
						o["path"] = "sduoNoSuchAttribute"
					}
				}
			}),
			map[string]report.Verdict{"RFC7644-3.5.2-16": report.Failed, "RFC7644-3.5.2-17": report.Blocked},
		},
		"a filter with a URN finds nobody": {
			asking(func(_ *http.Request, query url.Values, _ map[string]any) {
				if strings.Contains(strings.ToLower(query.Get("filter")), "schemas:core:2.0:user:") {
					query.Set("filter", `userName eq "sduo-nobody"`)
				}
			}),
			map[string]report.Verdict{"RFC7644-3.4.2.2-29": report.Failed, "RFC7644-3.10-01": report.Blocked, "RFC7644-3.10-02": report.Blocked},
		},
	} {
		t.Run(name, func(t *testing.T) { expectVerdicts(t, test.server, test.want) })
	}
}

// tagless leaves the tag out of an answer, if so.
type tagless struct {
	http.ResponseWriter
	so bool
}

func (t tagless) WriteHeader(status int) {
	if t.so {
		t.Header().Del("ETag")
	}
	t.ResponseWriter.WriteHeader(status)
}
