package engine

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/simulate-duo/simulate-duo/steps/report"
)

// changingRows are the examples of changingFeature.
const changingRows = 60

// changingFeature changes a user in each of its examples, and reads him then.
func changingFeature() string {
	var b strings.Builder
	b.WriteString(`Feature: RFC 7644, changes

  @RFC7644-9-04 @MUST
  Rule: A change shows

    Scenario Outline: <name>
      Given a stored user "A" with
        """json
        {"title": "Engineer"}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "displayName", "value": "<name>"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"displayName": "<name>", "title": "Engineer"}
        """

      Examples:
        | name |
`)
	for i := range changingRows {
		fmt.Fprintf(&b, "        | row %d |\n", i)
	}
	return b.String()
}

// counts are the requests to users that a host has seen, by method, and with an id or not.
type counts struct{ reads, creations, removals atomic.Int64 }

var oneUser = regexp.MustCompile(`/Users/[^/]+$`)

func (c *counts) see(r *http.Request) {
	isOne := oneUser.MatchString(r.URL.Path)
	switch {
	case r.Method == http.MethodGet && isOne:
		c.reads.Add(1)
	case r.Method == http.MethodDelete && isOne:
		c.removals.Add(1)
	case r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/Users"):
		c.creations.Add(1)
	}
}

// judgeChanges judges a host that may do something of its own with a request: false if not.
func judgeChanges(t *testing.T, own func(w http.ResponseWriter, r *http.Request, body []byte, serve http.HandlerFunc) bool) (*counts, map[string]report.Verdict) {
	t.Helper()
	c := &counts{}
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, body []byte, serve http.HandlerFunc) {
		c.see(r)
		if own == nil || !own(w, r, body, serve) {
			serve(w, r)
		}
	})
	verdicts := verdictsByExample(mustRun(t, h.options(t, changingFeature())))
	if len(verdicts) != changingRows {
		t.Fatalf("%d examples were judged, want %d", len(verdicts), changingRows)
	}
	return c, verdicts
}

func allPass(t *testing.T, verdicts map[string]report.Verdict) {
	t.Helper()
	for name, verdict := range verdicts {
		if verdict != report.Passed {
			t.Errorf("%s: %s, want passed", name, verdict)
		}
	}
}

func TestOneListReadsWhatManyExamplesHaveChanged(t *testing.T) {
	c, verdicts := judgeChanges(t, nil)
	allPass(t, verdicts)
	if n := c.reads.Load(); n >= changingRows {
		t.Errorf("%d changes took %d reads of one user, want fewer than one each", changingRows, n)
	}
}

func TestWhatAnAnswerOnlyPretendsIsFoundAllTheSame(t *testing.T) {
	_, verdicts := judgeChanges(t, func(w http.ResponseWriter, r *http.Request, body []byte, serve http.HandlerFunc) bool {
		if r.Method != http.MethodPatch || !bytes.Contains(body, []byte(`"row 55"`)) {
			return false
		}
		r.Method, r.Body = http.MethodGet, http.NoBody
		was := httptest.NewRecorder()
		serve(was, r)
		pretended := bytes.Replace(was.Body.Bytes(), []byte(`"userName"`), []byte(`"displayName":"row 55","userName"`), 1)
		w.Header().Set("Content-Type", "application/scim+json")
		_, _ = w.Write(pretended)
		return true
	})
	if verdicts["row 55"] != report.Failed {
		t.Errorf("a change that is answered and not made is %s, want failed", verdicts["row 55"])
	}
	delete(verdicts, "row 55")
	allPass(t, verdicts)
}

func TestReadsAreNotHeldWhereListsShowLess(t *testing.T) {
	_, verdicts := judgeChanges(t, func(w http.ResponseWriter, r *http.Request, _ []byte, _ http.HandlerFunc) bool {
		if !strings.Contains(r.URL.Query().Get("filter"), " or ") {
			return false
		}
		w.WriteHeader(http.StatusBadRequest)
		return true
	})
	allPass(t, verdicts)
}

func TestAChangedUserServesTheNextExample(t *testing.T) {
	c, verdicts := judgeChanges(t, nil)
	allPass(t, verdicts)
	if made, gone := c.creations.Load(), c.removals.Load(); made > changingRows/2 || gone > made {
		t.Errorf("%d examples that change a user took %d creations and %d removals, want half at most", changingRows, made, gone)
	}
}

// A PUT that keeps what was there makes no user that could serve the next example.
func TestNoUserServesAgainWhereAPUTKeepsWhatWasThere(t *testing.T) {
	c, verdicts := judgeChanges(t, func(w http.ResponseWriter, r *http.Request, body []byte, serve http.HandlerFunc) bool {
		if r.Method != http.MethodPut {
			return false
		}
		kept := bytes.Replace(body, []byte(`"userName"`), []byte(`"displayName":"who was before","userName"`), 1)
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(kept)), int64(len(kept))
		serve(w, r)
		return true
	})
	allPass(t, verdicts)
	if made := c.creations.Load(); made < changingRows {
		t.Errorf("%d examples took %d creations, want one each: a PUT makes no new users here", changingRows, made)
	}
}
