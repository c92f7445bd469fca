package engine

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/simulate-duo/simulate-duo/steps/report"
)

// What small servers leave out: each of these is in all else right, and each is one finding.

// asking edits a request before it is served: its query, and its body if that is an object.
func asking(edit func(r *http.Request, query url.Values, body map[string]any)) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			sent, _ := io.ReadAll(r.Body)
			query, body := r.URL.Query(), map[string]any(nil)
			if json.Unmarshal(sent, &body) != nil {
				body = nil
			}
			edit(r, query, body)
			if body != nil {
				sent, _ = json.Marshal(body)
			}
			r.URL.RawQuery, r.Body, r.ContentLength = query.Encode(), io.NopCloser(bytes.NewReader(sent)), int64(len(sent))
			next.ServeHTTP(w, r)
		})
	}
}

// both wraps twice.
func both(outer, inner func(http.Handler) http.Handler) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler { return outer(inner(next)) }
}

// PATCH is optional (RFC 7644 section 3.5.2): who neither has it nor says so has no finding by it.
func TestATargetWithoutPatchThatDoesNotSaySoIsAsked(t *testing.T) {
	noPatch := brokenAt(func(r *http.Request, _ []byte) bool { return r.Method == http.MethodPatch }, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusMethodNotAllowed)
	})
	expectVerdicts(t, both(withoutDiscovery, noPatch), map[string]report.Verdict{
		"RFC7644-4-01": report.Failed, "RFC7644-3.5.2.3-08": report.Unsupported, "RFC7644-3.5.2-26": report.Unsupported,
		"RFC7644-3.5.2-22": report.Unsupported, "RFC7644-3.5.1-10": report.Passed, "CSA-SYNC-02": report.Failed,
	})
}

// A list in another order each time is none that the target has sorted.
func TestAListInNoOrderIsNotTakenForSorted(t *testing.T) {
	turn := 0
	shuffled := answering(func(r *http.Request, status int, document any) (int, any) {
		list, isList := document.(map[string]any)
		all, _ := list["Resources"].([]any)
		if !isList || len(all) < 2 || !r.URL.Query().Has("sortBy") {
			return status, document
		}
		turn = (turn + 1) % len(all)
		list["Resources"] = append(append([]any{}, all[turn:]...), all[:turn]...)
		return status, document
	})
	unsorted := asking(func(_ *http.Request, query url.Values, _ map[string]any) { query.Del("sortOrder") })
	expectVerdicts(t, both(withoutDiscovery, both(shuffled, unsorted)), map[string]report.Verdict{"RFC7644-3.4.2.3-01": report.Unsupported, "RFC7644-4-01": report.Failed})
}

// passingOver passes over attributes wherever they are sent.
func passingOver(names ...string) func(http.Handler) http.Handler {
	return asking(func(r *http.Request, _ url.Values, body map[string]any) {
		if !strings.Contains(r.URL.Path, "/Users") {
			return
		}
		eachObject(body, func(o map[string]any) {
			for _, name := range names {
				delete(o, name)
			}
		})
	})
}

// An attribute that is not kept is told by one requirement where it is declared, and nowhere if
// nothing obliges the target to keep it.
func TestAnAttributeThatIsNotKeptIsOneFinding(t *testing.T) {
	t.Parallel()
	t.Run("declared", func(t *testing.T) {
		expectVerdicts(t, passingOver("displayName"), map[string]report.Verdict{
			"RFC7643-7-19": report.Failed, "RFC7644-3.3-03": report.Blocked, "RFC7643-2.3.1-02": report.Blocked, "RFC7643-2.3.8-01": report.Blocked,
			"RFC7643-3-04": report.Blocked, "RFC7644-3.8-01": report.Blocked, "RFC7644-3.5.1-11": report.Blocked,
		})
	})
	t.Run("described nowhere", func(t *testing.T) {
		expectVerdicts(t, both(withoutDiscovery, passingOver("displayName", "timezone", "x509Certificates")), map[string]report.Verdict{
			"RFC7644-3.3-03": report.Passed, "RFC7643-2.3.1-02": report.Passed, "RFC7643-4.1.1-10": report.Unsupported, "RFC7643-2.3.6-01": report.Unsupported,
			"RFC7644-3.3-20": report.Passed,
		})
	})
}

// What is passed over may have any type.
func TestAWrongTypeOfWhatIsPassedOverIsNoFinding(t *testing.T) {
	expectVerdicts(t, both(withoutDiscovery, passingOver("name")), map[string]report.Verdict{"RFC7644-3.3-20": report.Passed, "RFC7644-3.3-03": report.Passed})
}

func TestPagesThatAreOverlookedAreOneFinding(t *testing.T) {
	t.Parallel()
	unpaged := asking(func(_ *http.Request, query url.Values, body map[string]any) {
		for _, name := range []string{"count", "startIndex"} {
			query.Del(name)
			delete(body, name)
		}
	})
	expectVerdicts(t, unpaged, map[string]report.Verdict{
		"RFC7644-3.4.2.4-02": report.Failed, "RFC7644-3.4.2.4-01": report.Blocked, "RFC7644-3.4.2.4-04": report.Blocked, "RFC7644-3.4.2.4-05": report.Blocked,
		"RFC7644-3.4.2.4-06": report.Blocked, "RFC7644-3.4.2-06": report.Blocked, "RFC7644-3.4.2-02": report.Passed,
	})
}

func TestAPartOfMetaThatIsMissingIsOneFinding(t *testing.T) {
	undated := answering(func(_ *http.Request, status int, document any) (int, any) {
		eachObject(document, func(o map[string]any) {
			if meta, ok := o["meta"].(map[string]any); ok {
				delete(meta, "created")
				delete(meta, "lastModified")
			}
		})
		return status, document
	})
	expectVerdicts(t, undated, map[string]report.Verdict{
		"RFC7643-3.1-13": report.Failed, "RFC7643-3.1-15": report.Blocked, "RFC7643-3.1-17": report.Blocked, "RFC7643-3.1-21": report.Passed, "RFC7644-3.3.1-01": report.Passed,
	})
}

func TestFiltersThatAreOverlookedAreOneFinding(t *testing.T) {
	t.Parallel()
	known := func(filter string) bool {
		return strings.HasPrefix(filter, "userName ") || strings.HasPrefix(filter, "displayName ")
	}
	for name, test := range map[string]struct {
		overlooks func(filter string) bool
		want      map[string]report.Verdict
	}{
		"all": {func(string) bool { return true }, map[string]report.Verdict{
			"RFC7644-3.4.2.2-01": report.Failed, "RFC7644-3.4.2.2-02": report.Blocked, "RFC7644-3.4.2.2-35": report.Blocked, "RFC7644-3.4.2.2-16": report.Blocked, "RFC7644-3.4.2.2-45": report.Failed,
		}},
		"on what the target does not filter by": {func(filter string) bool { return !known(filter) }, map[string]report.Verdict{
			"RFC7644-3.4.2.2-35": report.Failed, "RFC7644-3.4.2.2-03": report.Blocked, "RFC7644-3.4.2.2-32": report.Blocked, "RFC7644-3.4.2.2-01": report.Blocked,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			expectVerdicts(t, asking(func(_ *http.Request, query url.Values, _ map[string]any) {
				if test.overlooks(query.Get("filter")) {
					query.Del("filter")
				}
			}), test.want)
		})
	}
}

// A target that reads "a and b" as one value finds nobody by two conditions, whatever they are.
func TestConditionsThatAreNotTakenApartAreOneFinding(t *testing.T) {
	t.Parallel()
	glued := asking(func(_ *http.Request, query url.Values, _ map[string]any) {
		if strings.Contains(query.Get("filter"), " and ") || strings.Contains(query.Get("filter"), " or ") {
			query.Set("filter", `userName eq "nobody of that name"`)
		}
	})
	expectVerdicts(t, glued, map[string]report.Verdict{
		"RFC7644-3.4.2.2-15": report.Failed, "RFC7644-3.4.2.2-05": report.Blocked, "RFC7644-3.4.2.2-11": report.Blocked, "RFC7644-3.4.2.2-01": report.Blocked,
	})
}

func TestADeletionOfNothingThatSucceedsIsOneFinding(t *testing.T) {
	t.Parallel()
	content := answering(func(r *http.Request, status int, document any) (int, any) {
		if r.Method == http.MethodDelete && status == http.StatusNotFound {
			return http.StatusNoContent, nil
		}
		return status, document
	})
	expectVerdicts(t, content, map[string]report.Verdict{"RFC7644-3.4.1-02": report.Failed, "RFC7644-3.6-02": report.Blocked, "RFC7644-3.6-06": report.Blocked})
}

// A target that compares names letter by letter: that it takes a name in capital letters is told
// once, and what it makes of accents is another thing.
func TestANameInOtherLettersIsOneFinding(t *testing.T) {
	t.Parallel()
	var taken sync.Map // names, as they were written
	exact := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			sent, _ := io.ReadAll(r.Body)
			serve := func(body []byte) *httptest.ResponseRecorder {
				answer, again := httptest.NewRecorder(), r.Clone(r.Context())
				again.Body, again.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
				next.ServeHTTP(answer, again)
				return answer
			}
			answer := serve(sent)
			user := map[string]any{}
			if json.Unmarshal(sent, &user) == nil && r.Method == http.MethodPost {
				name, _ := user["userName"].(string)
				if _, known := taken.LoadOrStore(name, true); !known && answer.Code == http.StatusConflict && name != strings.ToLower(name) {
					user["userName"] = "capitals of " + name
					other, _ := json.Marshal(user)
					answer = serve(other)
				}
			}
			w.Header().Set("Content-Type", answer.Header().Get("Content-Type"))
			w.Header().Set("Location", answer.Header().Get("Location"))
			w.WriteHeader(answer.Code)
			_, _ = w.Write(bytes.ReplaceAll(answer.Body.Bytes(), []byte("capitals of "), nil))
		})
	}
	expectVerdicts(t, exact, map[string]report.Verdict{"RFC7643-4.1.1-05": report.Failed, "RFC7644-5-01": report.Blocked, "RFC7643-4.1.1-04": report.Passed})
}

func TestSchemasThatDefineNothingAreOneFinding(t *testing.T) {
	t.Parallel()
	bare := answering(func(r *http.Request, status int, document any) (int, any) {
		if strings.Contains(r.URL.Path, "/Schemas") {
			eachObject(document, func(o map[string]any) { delete(o, "attributes") })
		}
		return status, document
	})
	expectVerdicts(t, bare, map[string]report.Verdict{
		"RFC7644-4-02": report.Failed, "RFC7643-7-02": report.Blocked, "RFC7643-7-04": report.Blocked, "RFC7643-7-05": report.Blocked,
		"RFC7643-7-17": report.Blocked, "RFC7643-7-18": report.Blocked, "RFC7644-3.3-03": report.Passed,
	})
}

func TestAStatusThatIsPassedOverIsOneFinding(t *testing.T) {
	t.Parallel()
	active := asking(func(r *http.Request, _ url.Values, body map[string]any) {
		if _, sent := body["active"]; sent && strings.Contains(r.URL.Path, "/Users") {
			body["active"] = true
		}
	})
	expectVerdicts(t, active, map[string]report.Verdict{"RFC7643-4.1.1-11": report.Failed, "RFC7644-3.3-03": report.Blocked, "RFC7644-3.5.1-01": report.Blocked})
}

// What is said to be done, and is not, at a group: another name, and no members.
func TestAChangeOfAGroupThatIsPassedOverIsOneFinding(t *testing.T) {
	t.Parallel()
	for what, test := range map[string]struct {
		in   string
		want map[string]report.Verdict
	}{
		"its name": {`"displayName"`, map[string]report.Verdict{
			"RFC7644-3.5.2.3-08": report.Failed, "RFC7644-3.5.2.3-01": report.Blocked, "RFC7644-3.5.2-23": report.Blocked, "RFC7644-3.5.2.2-02": report.Passed,
		}},
		"its members": {`"remove"`, map[string]report.Verdict{
			"RFC7644-3.5.2.2-02": report.Failed, "RFC7644-3.5.2.2-03": report.Blocked, "RFC7644-3.5.2.2-09": report.Blocked, "RFC7644-3.5.2.3-08": report.Passed,
		}},
	} {
		t.Run(what, func(t *testing.T) {
			expectVerdicts(t, func(next http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					sent, _ := io.ReadAll(r.Body)
					r.Body = io.NopCloser(bytes.NewReader(sent))
					if r.Method == http.MethodPatch && strings.Contains(r.URL.Path, "/Groups/") && bytes.Contains(sent, []byte(test.in)) {
						r.Method, r.Body, r.ContentLength = http.MethodGet, http.NoBody, 0
					}
					next.ServeHTTP(w, r)
				})
			}, test.want)
		})
	}
}

// An error that comes now and then, as of a database that is locked, is told of all answers, and is
// nothing that an example is about.
func TestAnErrorNowAndThenIsOneFinding(t *testing.T) {
	t.Parallel()
	var sent atomic.Int64
	locked := brokenAt(func(r *http.Request, _ []byte) bool { return r.Method == http.MethodPost && sent.Add(1)%40 == 0 }, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusInternalServerError)
		_, _ = io.WriteString(w, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"500","detail":"database is locked"}`)
	})
	expectVerdicts(t, locked, map[string]report.Verdict{
		"RFC7644-3.12-06": report.Failed, "RFC7643-2.3.1-02": report.Passed, "RFC7644-3.3-14": report.Passed, "RFC7644-3.3-06": report.Passed, "RFC7643-4.1.1-18": report.Passed,
	})
}

// Whoever gives every user an address may refuse to take the last one away: a user without one
// cannot be had there (RFC 7644 section 3.5.2.2 lets a server keep what it requires).
func TestATargetMayRefuseToEmptyWhatItFillsByItself(t *testing.T) {
	addresses := asking(func(r *http.Request, _ url.Values, body map[string]any) {
		if r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/Users") && body["userName"] != nil && body["emails"] == nil {
			body["emails"] = []any{map[string]any{"value": body["userName"]}}
		}
	})
	keeping := brokenAt(func(r *http.Request, body []byte) bool {
		return r.Method == http.MethodPatch && strings.Contains(strings.ReplaceAll(string(body), " ", ""), `"op":"remove","path":"emails"}`)
	}, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/scim+json")
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"400","scimType":"invalidValue","detail":"a user has an address"}`)
	})
	result := expectVerdicts(t, both(keeping, addresses), map[string]report.Verdict{"RFC7644-3.5.2-13": report.Passed})
	i := slices.IndexFunc(result.Requirements, func(q report.Requirement) bool { return q.ID == "RFC7644-3.5.2-13" })
	j := slices.IndexFunc(result.Requirements[i].Examples, func(e report.Example) bool { return e.Name == "removed, then added" })
	if e := result.Requirements[i].Examples[j]; e.Verdict != report.Unsupported || !strings.HasPrefix(e.Message, "every user has emails at this target") {
		t.Errorf("%s is %s: %s", e.Name, e.Verdict, e.Message)
	}
	expectVerdicts(t, keeping, map[string]report.Verdict{"RFC7644-3.5.2-13": report.Failed}) // who gives nobody one has no such reason
}
