package engine

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// A server that knows less than the standard, and says so in /Schemas, passes over the rest in
// POST and PUT and refuses a PATCH of it. It shows everybody as active all the same.
func TestWhatATargetNeitherDeclaresNorKeepsIsNoFinding(t *testing.T) {
	unknown := []string{"active", "department", "primary"}
	forgets := asking(func(r *http.Request, _ url.Values, body map[string]any) {
		if r.Method != http.MethodPatch && strings.Contains(r.URL.Path, "/Users") {
			eachObject(body, func(o map[string]any) {
				for _, name := range unknown {
					delete(o, name)
				}
			})
		}
	})
	refuses := brokenAt(func(r *http.Request, body []byte) bool {
		return r.Method == http.MethodPatch && strings.Contains(r.URL.Path, "/Users") && (strings.Contains(string(body), `"active"`) || strings.Contains(string(body), `department"`))
	}, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/scim+json")
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "400", "scimType": "invalidPath"}`))
	})
	shows := answering(func(r *http.Request, status int, document any) (int, any) {
		eachObject(document, func(o map[string]any) {
			if o["userName"] != nil && o["id"] != nil {
				o["active"] = true
			}
			for _, list := range []string{"attributes", "subAttributes"} {
				if definitions, ok := o[list].([]any); ok && strings.Contains(r.URL.Path, "/Schemas") {
					o[list] = slices.DeleteFunc(definitions, func(d any) bool {
						definition, _ := d.(map[string]any)
						name, _ := definition["name"].(string)
						return slices.Contains(unknown, name)
					})
				}
			}
		})
		return status, document
	})
	expectVerdicts(t, both(shows, both(refuses, forgets)), map[string]report.Verdict{
		"RFC7643-4.1.1-11": report.Failed, // it says that somebody is active who was to be none
		"RFC7643-4.1.1-12": report.Blocked, "RFC7644-3.5.2-10": report.Passed, "RFC7644-3.3-10": report.Passed, "RFC7644-3.5.1-15": report.Passed,
		"RFC7643-3.3-03": report.Passed, "RFC7643-3.3-06": report.Unsupported, "RFC7643-3.1-18": report.Passed, "RFC7644-3.6-02": report.Passed,
	})
}

// Which values a target takes, only its user may know: that it takes no other than the one which
// the run is told to give is no finding.
func TestAValueThatTheRunIsToldToGiveIsNotChanged(t *testing.T) {
	h := newHost(t, func(w http.ResponseWriter, r *http.Request, body []byte, serve http.HandlerFunc) {
		if strings.Contains(string(body), `"organization"`) && !strings.Contains(string(body), `"Ours"`) {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		serve(w, r)
	})
	options := h.options(t, `Feature: RFC 7644, an organization

  @RFC7644-9-01 @MUST
  Rule: An organization is kept

    Example: another one
      When the client creates the user "A" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"organization": "Theirs"}}
        """
      Then the answer is 201

    Example: a part that nobody has given
      When the client creates the user "B" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours"}}
        """
      Then the answer is 201
`)
	options.Fit.User = judge.MustObject(`{"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"organization": "Ours"}}`)
	want := map[string]report.Verdict{"another one": report.Unsupported, "a part that nobody has given": report.Passed}
	if got := verdictsByExample(mustRun(t, options)); !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// Addresses of which a server keeps nothing but the value serve whatever is not about their other
// parts: what is, cannot be asked where the server declares none of them, and otherwise waits for
// the requirement that tells that they are not kept.
func TestAddressesWithoutATypeServeAllThatIsNotAboutIt(t *testing.T) {
	for name, test := range map[string]struct {
		declares bool
		about    report.Verdict
	}{"who declares none": {false, report.Passed}, "who declares it": {true, report.Blocked}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			shows := answering(func(_ *http.Request, status int, document any) (int, any) {
				eachObject(document, func(o map[string]any) {
					emails, _ := o["emails"].([]any)
					for _, e := range emails {
						if email, is := e.(map[string]any); is {
							delete(email, "type")
						}
					}
					if parts, is := o["subAttributes"].([]any); is && o["name"] == "emails" && !test.declares {
						o["subAttributes"] = slices.DeleteFunc(parts, func(d any) bool { return d.(map[string]any)["name"] == "type" })
					}
				})
				return status, document
			})
			want := map[string]report.Verdict{
				"RFC7644-3.4.2.5-01": test.about, "RFC7644-3.4.2.5-03": report.Passed, "RFC7644-3.4.2.5-06": report.Passed,
				"RFC7644-3.5.1-08": report.Passed, "RFC7644-3.9-02": report.Passed, "RFC7644-3.5.2.3-06": test.about, "RFC7644-3.5.2.3-05": test.about,
			}
			if test.declares {
				want["RFC7643-7-19"] = report.Failed
			}
			expectVerdicts(t, shows, want)
		})
	}
}
