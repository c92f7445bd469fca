package engine

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/steps/report"
)

// What is not removed is told by the requirement on deletion, and not only as left behind.
func TestADeletionThatTheCleanUpIsRefusedIsAFinding(t *testing.T) {
	const feature = `Feature: RFC 7644
  @RFC7644-3.6-01 @SHALL
  Rule: a deletion
    Text.
    Example: a user
      Given a user "A"
      When the client deletes "A"
      Then the answer is 204

  @RFC7644-3.3-03 @SHALL
  Rule: a creation
    Text.
    Example: creation
      When the client creates the user "A" with
        """
        {"title": "Analyst"}
        """
      Then the answer is 201
`
	refusals := 0
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, _ []byte, serve http.HandlerFunc) {
		if r.Method == http.MethodDelete {
			seen, read := httptest.NewRecorder(), r.Clone(r.Context())
			read.Method = http.MethodGet
			serve(seen, read)
			if strings.Contains(seen.Body.String(), "Analyst") {
				refusals++
				http.Error(w, "a key refers to this row", http.StatusInternalServerError)
				return
			}
		}
		serve(w, r)
	})
	result := mustRun(t, h.options(t, feature))
	for _, q := range result.Requirements {
		if q.ID == deletion && (q.Verdict != report.Failed || len(q.Examples) != 2 || report.Deciding(q.Examples[1]).Method != http.MethodDelete) {
			t.Errorf("%s with %d examples after %d refusals: %s", q.Verdict, len(q.Examples), refusals, q.Message)
		}
	}
	if len(result.LeftBehind) != 1 {
		t.Errorf("left behind: %v", result.LeftBehind)
	}
}

// And so is a success that removes nothing, where no more may be made to see that.
func TestADeletionThatRemovesNothingIsAFinding(t *testing.T) {
	t.Parallel()
	feature := strings.ReplaceAll(creatingFeature(6), "Given a user", "When the client creates the user") + `
  @RFC7644-3.6-01 @SHALL
  Rule: a deletion
    Text.
    Example: a user
      When the client creates the user "A"
      And the client deletes "A"
      Then the answer is 204
      And "A" is gone
`
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, _ []byte, serve http.HandlerFunc) {
		if r.Method == http.MethodDelete {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		serve(w, r)
	})
	o := h.options(t, feature)
	o.MaxLeft, o.Workers = 4, 1
	result := mustRun(t, o)
	for _, q := range result.Requirements {
		if q.ID != deletion {
			continue
		}
		if x := q.Examples[len(q.Examples)-1]; q.Verdict != report.Failed || x.Want != "404" || report.Deciding(x).Method != http.MethodGet {
			t.Errorf("%s: %s, want %s", q.Verdict, q.Message, x.Want)
		}
	}
}
