package engine

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/steps/report"
)

// A target that demands more than the standard and says so in /Schemas is judged by
// everything else.
func TestWhatSchemasCallRequiredIsFilledIn(t *testing.T) {
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, body []byte, serve http.HandlerFunc) {
		isCreation := r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/Users")
		if isCreation && !bytes.Contains(body, []byte(`"emails"`)) {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		if !strings.HasSuffix(r.URL.Path, "/Schemas") {
			serve(w, r)
			return
		}
		own := httptest.NewRecorder()
		serve(own, r)
		text := regexp.MustCompile(`("name":"emails","type":"complex","multiValued":true,[^}]*?"required":)false`).
			ReplaceAllString(own.Body.String(), "${1}true")
		_, _ = io.WriteString(w, text)
	})
	result := mustRun(t, h.options(t, hostileFeature))
	if v := verdictsByExample(result); v["creation"] != report.Passed || v["abuse"] != report.Passed {
		t.Errorf("got %v", v)
	}
	if !slices.ContainsFunc(result.Notes, func(n string) bool { return strings.Contains(n, "required") && strings.Contains(n, "emails") }) {
		t.Errorf("notes: %v", result.Notes)
	}
}

// A target that demands more than its /Schemas say is judged by everything else, too: what it
// demands is found by trying, and told.
func TestWhatATargetDemandsWithoutSayingSoIsFilledIn(t *testing.T) {
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, body []byte, serve http.HandlerFunc) {
		writes := r.Method == http.MethodPost || r.Method == http.MethodPut
		lacks := !bytes.Contains(body, []byte(`"emails"`)) || !bytes.Contains(body, []byte(`"familyName"`))
		if writes && strings.Contains(r.URL.Path, "/Users") && lacks {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		serve(w, r)
	})
	result := mustRun(t, h.options(t, demandingFeature))
	for name, verdict := range verdictsByExample(result) {
		if verdict != report.Passed {
			t.Errorf("%s: %s", name, verdict)
		}
	}
	const want = "everything that this run creates has them: name, emails"
	if !slices.ContainsFunc(result.Notes, func(n string) bool { return strings.HasSuffix(n, want) }) {
		t.Errorf("notes: %v", result.Notes)
	}
}

// demandingFeature writes users without what such a target demands.
const demandingFeature = `Feature: RFC 7644, users with little in them

  @RFC7644-9-01 @MUST
  Rule: A body may have little in it

    Example: a body that stands in the feature
      When the client sends POST /Users with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{marker}-a"}
        """
      Then the answer is 201

    Example: a part of a name
      When the client sends POST /Users with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{marker}-b", "name": {"givenName": "Ann"}}
        """
      Then the answer is 201

    Example: a replacement
      Given a user "A"
      When the client sends PUT /Users/{A.id} with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{A.userName}"}
        """
      Then the answer is 200
`
