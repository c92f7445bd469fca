package engine

import (
	"bytes"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/steps/report"
)

// How servers of strangers read filters and paths, and what they list.

// Only what is asked of a userName alone is understood: whatever stands behind eq is taken for one.
func TestATargetThatComparesOnlyNamesIsToldAtTheHomes(t *testing.T) {
	t.Parallel()
	names := func(next http.Handler) http.Handler {
		return withoutDiscovery(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			query := r.URL.Query()
			if text := query.Get("filter"); text != "" && r.URL.Path == "/scim/Users" {
				parts := strings.Split(text, "eq ")
				if len(parts) < 2 {
					w.WriteHeader(http.StatusInternalServerError)
					return
				}
				query.Set("filter", `userName eq "`+strings.NewReplacer(`"`, "", `\`, "").Replace(parts[1])+`"`)
				r.URL.RawQuery = query.Encode()
			}
			next.ServeHTTP(w, r)
		}))
	}
	expectVerdicts(t, names, map[string]report.Verdict{
		"RFC7644-3.4.2.2-02": report.Failed, "RFC7644-3.4.2.2-15": report.Failed, "RFC7644-3.4.2.2-07": report.Failed, "RFC7644-3.4.2.2-06": report.Failed, "RFC7644-3.4.2.2-08": report.Failed,
		"RFC7644-3.4.2.2-03": report.Blocked, "RFC7644-3.4.2.2-18": report.Blocked, "RFC7644-3.4.2.2-21": report.Blocked, "RFC7644-3.4.2.2-23": report.Blocked,
		"RFC7644-3.4.2.2-28": report.Blocked, "RFC7644-3.4.2.2-32": report.Blocked, "RFC7644-3.4.2.2-37": report.Blocked, "RFC7644-3.4.2.2-38": report.Blocked,
		"RFC7644-3.4.2.2-40": report.Blocked, "RFC7643-2.4-03": report.Blocked, "RFC7644-3.4.2-02": report.Blocked, "RFC7644-7.8-01": report.Blocked,
	})
}

// A look-up by the userName compares the address, where there is one.
func TestALookUpThatComparesAddressesIsOneFinding(t *testing.T) {
	t.Parallel()
	byName := regexp.MustCompile(`userName eq ("[^"]*")`)
	addresses := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			query := r.URL.Query()
			if text := query.Get("filter"); strings.HasPrefix(text, "userName eq") && r.URL.Path == "/scim/Users" {
				query.Set("filter", byName.ReplaceAllString(text, "(emails.value eq $1 or userName eq $1 and not (emails pr))"))
				r.URL.RawQuery = query.Encode()
			}
			next.ServeHTTP(w, r)
		})
	}
	expectVerdicts(t, addresses, map[string]report.Verdict{
		"RFC7643-4.1.1-18": report.Failed, "RFC7643-2.4-07": report.Blocked, "RFC7644-3.9-04": report.Blocked, "RFC7644-3.4.2.5-05": report.Blocked,
	})
}

// The path of an attribute of the extension is cut at its first dot.
func TestAPathOfAnExtensionThatIsMisreadIsOneFinding(t *testing.T) {
	cut := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if body, _ := io.ReadAll(r.Body); r.Method == http.MethodPatch {
				r.Body = io.NopCloser(bytes.NewReader(bytes.ReplaceAll(body, []byte(`"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"`), []byte(`"nickName"`))))
			} else {
				r.Body = io.NopCloser(bytes.NewReader(body))
			}
			next.ServeHTTP(w, r)
		})
	}
	expectVerdicts(t, cut, map[string]report.Verdict{
		"RFC7643-4.3-01": report.Failed, "RFC7644-3.5.2-18": report.Blocked, "RFC7644-3.10-03": report.Blocked,
		"RFC7644-3.5.2.3-02": report.Blocked,
	})
}

// Lists without a filter show nobody: how they show them is not asked then.
func TestUsersThatAreNotListedAreNotComparedWithARead(t *testing.T) {
	empty := answering(func(r *http.Request, status int, document any) (int, any) {
		if o, isObject := document.(map[string]any); isObject && o["Resources"] != nil && !r.URL.Query().Has("filter") && r.URL.Path == "/scim/Users" {
			o["Resources"], o["totalResults"], o["itemsPerPage"] = []any{}, 0, 0
		}
		return status, document
	})
	result := expectVerdicts(t, empty, map[string]report.Verdict{"RFC7644-3.4.2.4-07": report.Failed})
	if n := result.Summary.Broken; n > 0 {
		t.Errorf("%d are broken", n)
	}
}

// Whatever the operator, what is equal is found: pages of what begins with something tell it no more.
func TestATargetThatTakesEveryOperatorForEqIsToldOnce(t *testing.T) {
	equates := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			query := r.URL.Query()
			if text := query.Get("filter"); text != "" && r.URL.Path == "/scim/Users" {
				query.Set("filter", strings.ReplaceAll(text, " sw ", " eq "))
				r.URL.RawQuery = query.Encode()
			}
			next.ServeHTTP(w, r)
		})
	}
	expectVerdicts(t, equates, map[string]report.Verdict{
		"RFC7644-3.4.2.2-07": report.Failed, "RFC7644-3.4.2.4-01": report.Blocked, "RFC7644-3.4.2.4-03": report.Blocked,
		"RFC7644-3.4.2.4-05": report.Blocked, "RFC7644-3.4.2.4-08": report.Blocked,
	})
}

// A filter is read as far as the first "and".
func TestATargetThatReadsOneConditionShowsNobodyByAPassword(t *testing.T) {
	first := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			query := r.URL.Query()
			if text, _, joined := strings.Cut(query.Get("filter"), " and "); joined {
				query.Set("filter", text)
				r.URL.RawQuery = query.Encode()
			}
			next.ServeHTTP(w, r)
		})
	}
	expectVerdicts(t, first, map[string]report.Verdict{"RFC7644-3.4.2.2-15": report.Failed, "RFC7644-7.5.2-01": report.Blocked})
}
