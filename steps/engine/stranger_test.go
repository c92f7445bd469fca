package engine

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// What servers of strangers do, each of which is right in all else: one deviation is one
// finding, at its home.

// answering edits what a server answers: the status, and the document if there is one.
func answering(edit func(r *http.Request, status int, document any) (int, any)) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			answer := httptest.NewRecorder()
			next.ServeHTTP(answer, r)
			maps.Copy(w.Header(), answer.Header())
			var document any
			if json.Unmarshal(answer.Body.Bytes(), &document) != nil {
				w.WriteHeader(answer.Code)
				_, _ = w.Write(answer.Body.Bytes())
				return
			}
			status, document := edit(r, answer.Code, document)
			w.WriteHeader(status)
			if document != nil {
				_ = json.NewEncoder(w).Encode(document)
			}
		})
	}
}

// eachObject edits every object of a document.
func eachObject(v any, edit func(o map[string]any)) {
	switch v := v.(type) {
	case map[string]any:
		for _, inner := range v {
			eachObject(inner, edit)
		}
		edit(v)
	case []any:
		for _, inner := range v {
			eachObject(inner, edit)
		}
	}
}

// A member "username" beside "userName": JSON permits it, and so whoever reads JSON reads it.
func TestANameInTwoSpellingsIsOneFinding(t *testing.T) {
	t.Parallel()
	twice := answering(func(_ *http.Request, status int, document any) (int, any) {
		eachObject(document, func(o map[string]any) {
			if name, isUser := o["userName"]; isUser && o["id"] != nil {
				o["username"] = name
			}
		})
		return status, document
	})
	expectVerdicts(t, twice, map[string]report.Verdict{
		"RFC7643-2.1-01": report.Failed, "CSA-MAP-01": report.Passed, "CSA-SYNC-01": report.Passed, "CSA-SYNC-03": report.Passed,
		"RFC7644-3.4.2.4-01": report.Passed, "RFC7644-3.4.3-01": report.Passed, "RFC7644-3.5.1-11": report.Passed, "RFC7644-3.14-06": report.Passed,
	})
}

// Ids that are numbers, also where one resource refers to another.
func TestIDsThatAreNumbersAreToldByTheirForm(t *testing.T) {
	t.Parallel()
	numbers := answering(func(_ *http.Request, status int, document any) (int, any) {
		eachObject(document, func(o map[string]any) {
			for _, name := range []string{"id", "value"} {
				text, _ := o[name].(string)
				if n, err := strconv.Atoi(text); err == nil && (name == "id" || o["$ref"] != nil) {
					o[name] = n
				}
			}
		})
		return status, document
	})
	expectVerdicts(t, numbers, map[string]report.Verdict{
		"RFC7643-3.1-02": report.Failed, "RFC7643-7-21": report.Failed, "CSA-SYNC-02": report.Passed, "CSA-DEPROV-01": report.Passed,
		"RFC7643-2.3.7-04": report.Passed, "RFC7643-4.1.2-10": report.Passed, "RFC7643-4.2-04": report.Passed,
		"RFC7643-4.2-08": report.Passed, "RFC7643-7-19": report.Passed, "RFC7644-3.5.2.1-03": report.Passed, "RFC7644-3.5.2.2-03": report.Passed,
	})
}

// An id that is unknown, or no longer known, is answered 500.
func TestAnUnknownIDThatIsAnErrorOfTheServerIsOneFinding(t *testing.T) {
	t.Parallel()
	breaks := answering(func(r *http.Request, status int, document any) (int, any) {
		parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
		if status != http.StatusNotFound || len(parts) != 3 || parts[1] != "Users" && parts[1] != "Groups" {
			return status, document
		}
		return http.StatusInternalServerError, map[string]any{"schemas": []string{"urn:ietf:params:scim:api:messages:2.0:Error"}, "status": "500"}
	})
	expectVerdicts(t, breaks, map[string]report.Verdict{
		"RFC7644-3.4.1-02": report.Failed, "RFC7644-3.14-10": report.Blocked, "RFC7644-3.2-01": report.Blocked,
		"RFC7644-3.5.1-09": report.Blocked, "RFC7644-3.5.2-19": report.Blocked, "RFC7644-3.6-02": report.Blocked, "RFC7644-3.6-06": report.Blocked,
		"RFC7644-3.6-01": report.Passed, "RFC7644-3.1-03": report.Passed, "RFC7644-3.7-01": report.Passed, "RFC7644-3.6-07": report.Passed,
		"CSA-DEPROV-02": report.Passed,
	})
}

// Every order hangs: the requirement on orders tells it, and the others wait for it.
func TestATargetThatHangsAtEveryOrderIsOneFinding(t *testing.T) {
	hangs := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Query().Has("sortBy") {
				panic(http.ErrAbortHandler)
			}
			next.ServeHTTP(w, r)
		})
	}
	result := expectVerdicts(t, hangs, map[string]report.Verdict{
		"RFC7644-3.4.2.3-01": report.Failed, "RFC7644-3.4.2.3-02": report.Blocked, "RFC7644-3.4.2.3-05": report.Blocked, "RFC7644-3.10-02": report.Blocked,
		"RFC7643-3.1-02": report.Passed,
	})
	for _, q := range result.Requirements {
		for _, e := range q.Examples {
			if x := report.Deciding(e); e.Verdict == report.Failed && (x == nil || !strings.Contains(x.URL, "sortBy=")) {
				t.Errorf("%s, %s: what decides is %v", q.ID, e.Name, x)
			}
		}
	}
}

// A PUT with the meta that a read shows is refused.
func TestATargetThatRefusesMetaIsOneFinding(t *testing.T) {
	t.Parallel()
	refuses := func(r *http.Request, body []byte) bool {
		return (r.Method == http.MethodPut || r.Method == http.MethodPost) && bytes.Contains(body, []byte(`"lastModified"`))
	}
	refuse := func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"400","scimType":"invalidValue","detail":"meta"}`))
	}
	expectVerdicts(t, brokenAt(refuses, refuse), map[string]report.Verdict{
		"RFC7643-3.1-12": report.Failed, "RFC7643-2.4-07": report.Blocked, "RFC7643-4.1.1-11": report.Blocked, "RFC7643-4.2-09": report.Blocked,
		"RFC7643-4.3-01": report.Blocked, "RFC7644-3.14-05": report.Blocked, "RFC7644-3.14-08": report.Blocked, "RFC7644-3.5.1-11": report.Blocked,
		"RFC7644-3.3-01": report.Blocked, "RFC7644-3.5.1-01": report.Passed,
	})
}

// Value paths of one form alone: what needs another waits for the requirement on forms.
func TestFormsOfPathsThatAreRefusedAreOneFinding(t *testing.T) {
	t.Parallel()
	refuses := func(r *http.Request, body []byte) bool {
		return r.Method == http.MethodPatch && strings.Contains(r.URL.Path, "/Users/") && (bytes.Contains(body, []byte(`]"`)) || bytes.Contains(body, []byte("[value ")))
	}
	refuse := func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"400","scimType":"invalidPath","detail":"not supported"}`))
	}
	expectVerdicts(t, brokenAt(refuses, refuse), map[string]report.Verdict{
		"RFC7644-3.5.2-16": report.Failed, "RFC7644-3.5.2.1-09": report.Blocked, "RFC7644-3.5.2.2-03": report.Blocked, "RFC7644-3.5.2.3-05": report.Blocked,
		"RFC7644-3.5.2-13": report.Blocked, "RFC7644-3.5.2-14": report.Blocked, "RFC7644-3.5.2-21": report.Blocked, "RFC7644-3.5.2-22": report.Blocked,
		"RFC7644-3.5.2-23": report.Blocked, "RFC7644-3.5.2.3-06": report.Blocked,
	})
}

// A router that answers 404 without a body where there is no route, and a service that answers
// errors as it should everywhere else.
func TestARouterWithoutABodyIsOneFinding(t *testing.T) {
	unrouted := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
			known := []string{"Users", "Groups", "Schemas", "ResourceTypes", "ServiceProviderConfig", "Bulk", ".search", "Me"}
			if len(parts) < 2 || !slices.Contains(known, parts[1]) || len(parts) == 3 && r.Method == http.MethodPost && parts[2] != ".search" || len(parts) > 3 {
				w.WriteHeader(http.StatusNotFound)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
	expectVerdicts(t, unrouted, map[string]report.Verdict{
		"RFC7644-3.12-01": report.Failed, "RFC7644-3.2-02": report.Blocked, "RFC7644-3.2-04": report.Blocked, "RFC7644-3.4.1-02": report.Passed,
	})
}

// Each user gets an address of the userName, which stays, and which is unique, also among those
// of people who were deleted.
func TestAnAddressThatIsUniqueIsTheServersBusiness(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		keepsDeleted bool
		want         map[string]report.Verdict
	}{
		"of those who are there": {false, map[string]report.Verdict{
			"RFC7643-4.1.1-16": report.Passed, "RFC7644-3.5.2-26": report.Passed, "RFC7644-3.6-04": report.Passed, "RFC7644-3.6-03": report.Passed,
		}},
		"of those who were there": {true, map[string]report.Verdict{"RFC7644-3.6-04": report.Warned, "RFC7644-3.6-03": report.Blocked}},
	} {
		t.Run(name, func(t *testing.T) { expectVerdicts(t, uniqueAddresses(test.keepsDeleted), test.want) })
	}
}

// uniqueAddresses keeps of each user the address that it made of the first userName.
func uniqueAddresses(keepsDeleted bool) func(http.Handler) http.Handler {
	var mu sync.Mutex
	addresses := map[string]string{} // by id
	return func(next http.Handler) http.Handler {
		shows := answering(func(_ *http.Request, status int, document any) (int, any) {
			eachObject(document, func(o map[string]any) {
				id, _ := o["id"].(string)
				name, isUser := o["userName"].(string)
				if !isUser || id == "" {
					return
				}
				mu.Lock()
				defer mu.Unlock()
				if addresses[id] == "" {
					addresses[id] = strings.ToLower(name)
				}
				if o["emails"] == nil {
					o["emails"] = []any{map[string]any{"value": addresses[id], "primary": true}}
				}
			})
			return status, document
		})(next)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			r.Body = io.NopCloser(bytes.NewReader(body))
			user := struct{ UserName string }{}
			_ = json.Unmarshal(body, &user)
			mu.Lock()
			taken := r.Method == http.MethodPost && user.UserName != "" && slices.Contains(slices.Collect(maps.Values(addresses)), strings.ToLower(user.UserName))
			if r.Method == http.MethodDelete && !keepsDeleted {
				delete(addresses, r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:])
			}
			mu.Unlock()
			if taken {
				w.WriteHeader(http.StatusConflict)
				_, _ = io.WriteString(w, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"409","scimType":"uniqueness"}`)
				return
			}
			shows.ServeHTTP(w, r)
		})
	}
}

// A target that knows one filter refuses the others: that is no answer without Resources.
func TestARefusedFilterIsToldByItsStatus(t *testing.T) {
	refuses := func(r *http.Request, _ []byte) bool {
		filter := r.URL.Query().Get("filter")
		return filter != "" && (!strings.HasPrefix(filter, "userName eq ") || strings.Count(filter, " ") > 2)
	}
	refuse := func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"400","scimType":"invalidFilter"}`))
	}
	expectVerdicts(t, brokenAt(refuses, refuse), map[string]report.Verdict{"RFC7643-4.2-09": report.Passed, "RFC7644-3.4.2.2-48": report.Warned})
}

// No creation tells where the resource is: that is told by the requirement on creations, and not
// once more as an effect of a preference.
func TestALocationThatIsNeverToldIsOneFinding(t *testing.T) {
	silent := rewrite.InTurn(
		rewrite.SetConfig("securityEvents", "", nil),
		rewrite.Answers(rewrite.At("POST", "/*"), func(_ *http.Request, a *rewrite.Answer) { a.Header.Del("Location") }),
		rewrite.Ahead(rewrite.Anywhere, func(r *http.Request) { r.Header.Del("Prefer") }),
	)
	expectVerdicts(t, silent, map[string]report.Verdict{"RFC7644-3.3-05": report.Failed, "RFC9967-4-03": report.Passed})
}

// Servers that die of a user without a name, or of a group without members, are found out by
// trying, as those that refuse them: one requirement tells it, and all others are judged.
func TestATargetThatDiesOfWhatItDemandsIsOneFinding(t *testing.T) {
	t.Parallel()
	dies := func(next http.Handler) http.Handler {
		return withoutDiscovery(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			r.Body = io.NopCloser(bytes.NewReader(body))
			var sent map[string]any
			writes := (r.Method == http.MethodPost || r.Method == http.MethodPut) && json.Unmarshal(body, &sent) == nil
			emails, _ := sent["emails"].([]any)
			_, isNamed := sent["name"].(map[string]any)
			_, hasMembers := sent["members"]
			switch {
			case writes && strings.HasPrefix(r.URL.Path, "/scim/Users") && !isNamed, writes && strings.HasPrefix(r.URL.Path, "/scim/Groups") && !hasMembers:
				w.WriteHeader(http.StatusInternalServerError)
			case writes && strings.HasPrefix(r.URL.Path, "/scim/Users") && len(emails) == 0:
				_, _ = io.WriteString(w, "'NoneType' object is not subscriptable")
			default:
				next.ServeHTTP(w, r)
			}
		}))
	}
	result := expectVerdicts(t, dies, map[string]report.Verdict{
		"RFC7643-7-18": report.Failed, "CSA-MAP-04": report.Failed, "RFC7644-3.3-03": report.Passed, "RFC7643-3.1-06": report.Passed,
		"RFC7643-4.1.1-11": report.Passed, "RFC7644-3.8-01": report.Passed, "RFC7643-4.2-02": report.Passed, "RFC7644-3.4.2.2-02": report.Passed,
		"RFC7644-3.5.1-01": report.Passed, "RFC7644-3.5.2.3-01": report.Passed, "RFC7644-3.6-01": report.Passed,
	})
	said := strings.Join(result.Notes, "\n")
	for _, want := range []string{"takes no user without", ": name, emails", "takes no group without", ": members"} {
		if !strings.Contains(said, want) {
			t.Errorf("the notes do not say %q: %s", want, said)
		}
	}
}

// Neither groups nor deletions are offered: two requirements tell it.
func TestATargetWithoutGroupsAndDeletionsIsTwoFindings(t *testing.T) {
	t.Parallel()
	users := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			isGroup := strings.HasPrefix(r.URL.Path, "/scim/Groups")
			if isGroup && r.Method != http.MethodGet || r.Method == http.MethodDelete {
				w.WriteHeader(http.StatusMethodNotAllowed)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
	result := expectVerdictsLeaving(t, users, map[string]report.Verdict{
		"RFC7644-3.3-03": report.Failed, "RFC7644-3.6-01": report.Failed, "RFC7643-4.2-02": report.Blocked, "RFC7643-3.1-01": report.Blocked,
		"RFC7643-3.1-12": report.Blocked, "RFC7644-3.3-05": report.Blocked, "RFC7644-3.3-13": report.Blocked, "RFC7644-3.8-06": report.Blocked,
		"RFC7644-3.4.1-02": report.Blocked,
	})
	if len(result.LeftBehind) == 0 {
		t.Error("nothing is said of what is left behind")
	}
}

// A server without /Schemas keeps four attributes of a user: that it has no others is nobody's fault.
func TestAttributesThatATargetDoesNotHaveAreNoFindings(t *testing.T) {
	few := func(next http.Handler) http.Handler {
		return withoutDiscovery(answering(func(_ *http.Request, status int, document any) (int, any) {
			eachObject(document, func(o map[string]any) {
				if o["userName"] == nil {
					return
				}
				for name := range o {
					if !slices.Contains([]string{"schemas", "id", "meta", "userName", "active", "name", "emails", "externalId"}, name) {
						delete(o, name)
					}
				}
			})
			return status, document
		})(next))
	}
	expectVerdicts(t, few, map[string]report.Verdict{
		"RFC7643-2.3.6-01": report.Unsupported, "RFC7643-4.1.1-08": report.Unsupported, "RFC7643-4.1.1-10": report.Unsupported,
		"RFC7643-3-04":   report.Unsupported,
		"RFC7644-3.3-03": report.Passed, "RFC7643-2.4-07": report.Passed,
	})
}

// No group ever shows its members, whatever becomes of them.
func TestMembersThatAreNeverShownAreOneFinding(t *testing.T) {
	t.Parallel()
	hides := answering(func(_ *http.Request, status int, document any) (int, any) {
		eachObject(document, func(o map[string]any) {
			if o["displayName"] != nil && o["members"] != nil {
				o["members"] = []any{}
			}
		})
		return status, document
	})
	expectVerdicts(t, hides, map[string]report.Verdict{
		"RFC7643-4.2-09": report.Failed, "RFC7643-2.3.8-01": report.Blocked, "RFC7643-4.1.1-11": report.Blocked, "RFC7643-4.1.1-12": report.Blocked,
		"RFC7643-4.2-08": report.Blocked, "RFC7644-3.3-03": report.Blocked, "RFC7644-3.5.1-05": report.Blocked, "RFC7644-3.5.1-11": report.Blocked,
		"RFC7644-3.5.2.1-03": report.Blocked, "RFC7644-3.5.2.3-04": report.Blocked, "RFC7644-3.6-01": report.Passed,
	})
}

// No resource has meta, and no creation tells a Location.
func TestMetaThatIsNeverShownIsOneFinding(t *testing.T) {
	t.Parallel()
	hides := func(next http.Handler) http.Handler {
		plain := answering(func(_ *http.Request, status int, document any) (int, any) {
			eachObject(document, func(o map[string]any) {
				if o["userName"] != nil || o["displayName"] != nil {
					delete(o, "meta")
				}
			})
			return status, document
		})(next)
		return withoutDiscovery(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			plain.ServeHTTP(withoutLocation{w}, r)
		}))
	}
	expectVerdicts(t, hides, map[string]report.Verdict{
		"RFC7643-3.1-13": report.Failed, "RFC7643-3.1-15": report.Blocked, "RFC7643-3.1-17": report.Blocked, "RFC7644-3.3.1-01": report.Blocked,
		"RFC7644-3.4.1-01": report.Blocked, "RFC7644-3.5.1-06": report.Blocked, "RFC7644-3.5.2-23": report.Blocked, "RFC7643-3.1-01": report.Blocked,
		"RFC7644-3.3-05": report.Failed,
	})
}

// withoutLocation writes an answer without the header Location.
type withoutLocation struct{ http.ResponseWriter }

func (w withoutLocation) WriteHeader(status int) {
	w.Header().Del("Location")
	w.ResponseWriter.WriteHeader(status)
}

// A deletion that is answered 200 with an empty object shows no resource.
func TestADeletionThatShowsAnObjectIsOneFinding(t *testing.T) {
	t.Parallel()
	shows := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodDelete {
				next.ServeHTTP(w, r)
				return
			}
			answer := httptest.NewRecorder()
			next.ServeHTTP(answer, r)
			if answer.Code != http.StatusNoContent {
				maps.Copy(w.Header(), answer.Header())
				w.WriteHeader(answer.Code)
				_, _ = w.Write(answer.Body.Bytes())
				return
			}
			w.Header().Set("Content-Type", "application/scim+json")
			_, _ = io.WriteString(w, "{}")
		})
	}
	expectVerdicts(t, shows, map[string]report.Verdict{
		"RFC7644-3.6-01": report.Failed, "RFC7643-3.1-02": report.Passed, "RFC7643-2.1-01": report.Passed, "RFC7643-3-01": report.Passed,
	})
}
