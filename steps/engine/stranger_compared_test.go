package engine

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// Comparisons that go wrong in their plainest form, and versions that deletions overlook.
func TestAComparisonThatGoesWrongIsOneFinding(t *testing.T) {
	byPrimary := regexp.MustCompile(`emails\.primary eq (true|false)`)
	for name, test := range map[string]struct {
		server func(http.Handler) http.Handler
		want   map[string]report.Verdict
	}{
		"a boolean in a list is compared as a text": {
			asking(func(_ *http.Request, query url.Values, body map[string]any) {
				query.Set("filter", byPrimary.ReplaceAllString(query.Get("filter"), `emails.value eq "sduo-nobody"`))
				if text, _ := body["filter"].(string); text != "" {
					body["filter"] = byPrimary.ReplaceAllString(text, `emails.value eq "sduo-nobody"`)
				}
				if query.Get("filter") == "" {
					query.Del("filter")
				}
			}),
			map[string]report.Verdict{"RFC7644-3.4.2.2-03": report.Failed, "RFC7644-3.4.2.2-22": report.Blocked, "RFC7643-2.4-03": report.Blocked},
		},
		"a deletion overlooks the version": {
			asking(func(r *http.Request, _ url.Values, _ map[string]any) {
				if r.Method == http.MethodDelete {
					r.Header.Del("If-Match")
				}
			}),
			map[string]report.Verdict{"RFC7644-3.14-05": report.Failed},
		},
		"a group takes removals without a path": {
			asking(func(r *http.Request, _ url.Values, body map[string]any) {
				operations, _ := body["Operations"].([]any)
				if !strings.Contains(r.URL.Path, "/Groups/") || r.Method != http.MethodPatch {
					return
				}
				kept := []any{}
				for _, each := range operations {
					o, _ := each.(map[string]any)
					if _, there := o["path"]; there || o["op"] != "remove" {
						kept = append(kept, each)
					}
				}
				if len(kept) < len(operations) {
					body["Operations"] = append(kept, map[string]any{"op": "add", "path": "externalId", "value": "x"})
				}
			}),
			map[string]report.Verdict{"RFC7644-3.5.2-05": report.Failed, "RFC7644-3.5.2-12": report.Blocked},
		},
		"times of the client are refused": {
			brokenAt(func(r *http.Request, sent []byte) bool {
				var body struct{ Meta struct{ Created string } }
				return (r.Method == http.MethodPost || r.Method == http.MethodPut) && json.Unmarshal(sent, &body) == nil && strings.HasSuffix(body.Meta.Created, "Z")
			}, func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(http.StatusBadRequest)
				_, _ = io.WriteString(w, `{"schemas": ["`+scim.ErrorURN+`"], "status": "400", "scimType": "invalidValue"}`)
			}),
			map[string]report.Verdict{"RFC7643-3.1-12": report.Failed, "RFC7644-3.5.1-06": report.Blocked, "RFC7644-3.3-01": report.Blocked},
		},
	} {
		t.Run(name, func(t *testing.T) { expectVerdicts(t, test.server, test.want) })
	}
}
