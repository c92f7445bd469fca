package engine

import (
	"bytes"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/simulate-duo/simulate-duo/steps/report"
)

// thriftyFeature has four examples with the same Givens. The last one blames the target for
// what it does right.
const thriftyFeature = `Feature: RFC 7644, from one start

  @RFC7644-9-02 @MUST
  Rule: Examples with the same Givens

    Scenario Outline: <filter>
      Given a stored user "A" with
        """json
        {"displayName": "{marker}"}
        """
      When the client sends GET /Users with the query
        | filter | <filter> |
      Then the answer is 200
      And its "totalResults" is <found>

      Examples:
        | filter                         | found |
        | displayName eq "{marker}"      | 1     |
        | displayName sw "{marker}"      | 1     |
        | displayName eq "{marker}-none" | 0     |
        | displayName co "{marker}"      | 2     |
`

// created counts how often a host is asked to create the user "A" of an example.
func created(t *testing.T) (h *host, creations *atomic.Int64) {
	t.Helper()
	creations = &atomic.Int64{}
	h = newHost(t, func(w http.ResponseWriter, r *http.Request, body []byte, serve http.HandlerFunc) {
		if r.Method == http.MethodPost && bytes.Contains(body, []byte("-A@")) && bytes.Contains(body, []byte("displayName")) {
			creations.Add(1)
		}
		serve(w, r)
	})
	return h, creations
}

func TestExamplesWithTheSameGivensStartFromTheSameUser(t *testing.T) {
	h, creations := created(t)
	o := h.options(t, strings.Replace(thriftyFeature, "        | displayName co \"{marker}\"      | 2     |\n", "", 1))
	for name, verdict := range verdictsByExample(mustRun(t, o)) {
		if verdict != report.Passed {
			t.Errorf("%s: %s", name, verdict)
		}
	}
	if creations.Load() != 1 {
		t.Errorf("the user was created %d times for three examples that only read, want once", creations.Load())
	}
}

func TestWhatIsFoundWrongOnBorrowedGroundIsConfirmedOnItsOwn(t *testing.T) {
	h, creations := created(t)
	result := mustRun(t, h.options(t, thriftyFeature))
	verdicts := verdictsByExample(result)
	if got := verdicts[`displayName co "{marker}"`]; got != report.Failed {
		t.Errorf("the example that blames the target is %s: %v", got, verdicts)
	}
	if creations.Load() != 2 {
		t.Errorf("the user was created %d times, want once for all and once for the finding", creations.Load())
	}
	for _, e := range result.Requirements[0].Examples {
		if e.Verdict == report.Failed && (len(e.Exchanges) == 0 || e.Exchanges[0].Method != http.MethodPost) {
			t.Errorf("the finding does not show what it starts from: %+v", e.Exchanges)
		}
	}
}

func TestWhatTheTargetSaysOfItselfIsReadOnce(t *testing.T) {
	var reads atomic.Int64
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, _ []byte, serve http.HandlerFunc) {
		if strings.HasSuffix(r.URL.Path, "/Schemas") {
			reads.Add(1)
		}
		serve(w, r)
	})
	feature := `Feature: RFC 7644, discovery

  @RFC7644-9-03 @MUST
  Rule: Read by several examples

    Scenario Outline: <n>
      When the client sends GET /Schemas
      Then the answer is 200
      And its "Resources" is an array

      Examples:
        | n     |
        | one   |
        | two   |
        | three |
`
	for name, verdict := range verdictsByExample(mustRun(t, h.options(t, feature))) {
		if verdict != report.Passed {
			t.Errorf("%s: %s", name, verdict)
		}
	}
	if reads.Load() != 1 {
		t.Errorf("/Schemas was read %d times by a run of three examples, want once", reads.Load())
	}
}
