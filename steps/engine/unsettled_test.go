package engine

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/steps/report"
)

// What the standard lets a target do, or does not settle, is a warning at most.
func TestWhatTheStandardLeavesOpenIsNoFailure(t *testing.T) {
	relative := func(from string) func(http.Handler) http.Handler {
		return answering(func(_ *http.Request, status int, document any) (int, any) {
			eachObject(document, func(o map[string]any) {
				if meta, ok := o["meta"].(map[string]any); ok {
					location, _ := meta["location"].(string)
					if _, after, found := strings.Cut(location, from); found {
						meta["location"] = from + after
					}
				}
			})
			return status, document
		})
	}
	unwrapping := asking(func(_ *http.Request, _ url.Values, body map[string]any) {
		operations, _ := body["Operations"].([]any)
		for _, each := range operations {
			operation, _ := each.(map[string]any)
			path, _ := operation["path"].(string)
			if list, _ := operation["value"].([]any); len(list) == 1 && (path == "active" || path == "displayName" || path == "name.familyName") {
				operation["value"] = list[0]
			}
		}
	})
	for name, test := range map[string]struct {
		wrap func(http.Handler) http.Handler
		want map[string]report.Verdict
	}{
		"a location that starts at the host":         {relative("/scim/"), map[string]report.Verdict{"RFC7643-3.1-21": report.Warned}},
		"a location that starts at the service root": {relative("Users/"), map[string]report.Verdict{"RFC7643-3.1-21": report.Warned}},
		"a location that leads to nowhere":           {relative("/Users/"), map[string]report.Verdict{"RFC7643-3.1-21": report.Failed}},
		"a list of one for a single value":           {unwrapping, map[string]report.Verdict{"RFC7644-3.5.2-10": report.Passed}},
		"a group with an empty name": {
			wrapOf(t, "RFC7643-4.2-01", "a new group with an empty displayName is taken"), map[string]report.Verdict{"RFC7643-4.2-01": report.Warned},
		},
		"a member twice who was sent twice": {wrapOf(t, "RFC7643-4.2-07", "a new group keeps a member twice"), map[string]report.Verdict{"RFC7643-4.2-07": report.Warned}},
		"a member twice who was sent once":  {wrapOf(t, "RFC7643-4.2-07", "lists show members twice"), map[string]report.Verdict{"RFC7643-4.2-07": report.Failed}},
		"a missing name that is told first": {wrapOf(t, "RFC7644-2-01", "the body is looked at before the credentials"), map[string]report.Verdict{"RFC7644-2-01": report.Warned}},
	} {
		t.Run(name, func(t *testing.T) { expectVerdicts(t, test.wrap, test.want) })
	}
}
