package duo

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func TestRetryAfter(t *testing.T) {
	for _, c := range []struct {
		name   string
		status int
		after  string
		times  int
		waits  []time.Duration
		failed bool
	}{
		{"seconds", 429, "7", 1, []time.Duration{7 * time.Second}, false},
		{"503 without a time waits a second", 503, "", 1, []time.Duration{time.Second}, false},
		{"three times at most", 429, "1", 9, []time.Duration{time.Second, time.Second, time.Second}, true},
		{"longer than a minute is left to the next pass", 429, "3600", 1, nil, true},
		{"nonsense counts as no time", 429, "soon", 1, []time.Duration{time.Second}, false},
		{"500 is not asked again", 500, "1", 1, nil, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t, people("josue"))
			left := c.times
			r.stub.instead = func(w http.ResponseWriter, q *http.Request) bool {
				if q.Method != http.MethodPost || left == 0 {
					return false
				}
				left--
				if c.after != "" {
					w.Header().Set("Retry-After", c.after)
				}
				answerError(w, &scim.Error{Status: c.status})
				return true
			}
			sum := r.enable()
			if !slices.Equal(r.slept, c.waits) && c.times == 1 || (sum.UsersFailed > 0) != c.failed {
				t.Errorf("waited %v, want %v; %v", r.slept, c.waits, sum)
			}
			if c.times > 1 && !slices.Equal(r.slept[:len(c.waits)], c.waits) {
				t.Errorf("waited %v, want %v first", r.slept, c.waits)
			}
		})
	}
}

func TestAnswersWithoutAUsableIdAreFailures(t *testing.T) {
	for body, says := range map[string]string{
		`{}`:           "the resource has no id",
		`{"id": ""}`:   "the resource's id is",
		`{"id": null}`: "the resource's id is null",
		``:             "without an id",
		`<html>`:       "an HTML page",
		`{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"400","detail":"no"}`: "an error message under a status of success: 400 no",
	} {
		t.Run(body, func(t *testing.T) {
			r := newRig(t, people("josue"))
			r.app.Groups.ExcludeGroupInformation = true
			r.stub.instead = func(w http.ResponseWriter, q *http.Request) bool {
				if q.Method != http.MethodPost {
					return false
				}
				w.WriteHeader(http.StatusCreated)
				_, _ = w.Write([]byte(body))
				return true
			}
			r.enable()
			if f := r.failure(); !strings.Contains(f, says) {
				t.Errorf("%q does not say %q", f, says)
			}
		})
	}
}

// The address of a new resource is demanded, the body is only recommended (RFC 7644
// section 3.3); and a number is an id that can be used, though it has to be a text.
func TestAnIdIsTakenWhereItCanBeHad(t *testing.T) {
	for name, answer := range map[string]struct{ location, body, id string }{
		"from the Location of an answer without a body": {"https://scim.example/v2/Users/id%207", "", "id 7"},
		"from a Location below a base URL with /Users/": {"https://scim.example/Users/v2/Users/id%207", "", "id 7"},
		"from a number": {"", `{"id": 7}`, "7"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, people("josue"))
			r.app.Groups.ExcludeGroupInformation = true
			r.stub.instead = func(w http.ResponseWriter, q *http.Request) bool {
				if q.Method != http.MethodPost {
					return false
				}
				if answer.location != "" {
					w.Header().Set("Location", answer.location)
				}
				w.WriteHeader(http.StatusCreated)
				_, _ = w.Write([]byte(answer.body))
				return true
			}
			if sum := r.enable(); sum.Failed() > 0 {
				t.Errorf("%v: %q", sum, r.told())
			}
			if link, _, err := r.store.User(t.Context(), person("josue").Key); err != nil || link.ID != answer.id {
				t.Errorf("the link names the account %q, want %q: %v", link.ID, answer.id, err)
			}
		})
	}
}

func TestADroppedConnectionIsAFailureThatTheNextPassRepairs(t *testing.T) {
	r := newRig(t, people("josue"))
	drop := true
	r.stub.instead = func(w http.ResponseWriter, q *http.Request) bool {
		if q.Method != http.MethodPost || !drop {
			return false
		}
		drop = false
		r.stub.insert(usersEndpoint, body(q)) // the work is done, the answer is lost
		w.Header().Set("Content-Length", "1000")
		_, _ = w.Write([]byte(`{"id":`))
		panic(http.ErrAbortHandler)
	}
	r.enable()
	if f := r.failure(); !strings.Contains(f, "connection dropped") {
		t.Error(f)
	}
	if sum := r.sync(); sum.UsersMatched != 1 || sum.Failed() > 0 {
		t.Errorf("%v: %q", sum, r.told())
	}
	equal(t, "members", r.membersAt(users), []string{josue})
}

func TestAListThatNeverEndsIsGivenUp(t *testing.T) {
	r := newRig(t, people("josue"), choosing(Profile{UserLookup: UserLookupList}))
	asked := 0
	r.stub.instead = func(w http.ResponseWriter, q *http.Request) bool {
		if q.Method != http.MethodGet || q.URL.Path != "/Users" {
			return false
		}
		asked++
		answer(w, 200, (&scim.List{TotalResults: 1 << 30, Resources: []*scim.Object{scim.NewObject(member("id", fmt.Sprint(asked)))}}).Object())
		return true
	}
	r.enable()
	if f := r.failure(); !strings.Contains(f, "does not end within 1000 pages") || asked > 10 {
		t.Errorf("%s, after %d pages", f, asked)
	}
}

func TestLongListsAreReadToTheirEnd(t *testing.T) {
	r := newRig(t, people("josue"), choosing(Profile{UserLookup: UserLookupList}))
	for i := range 250 {
		r.stub.have(t, usersEndpoint, fmt.Sprintf(`{"userName": "user-%d"}`, i))
	}
	r.stub.have(t, usersEndpoint, `{"userName": "josue@example.com"}`)
	if sum := r.enable(); sum.UsersMatched != 1 {
		t.Errorf("%v", sum)
	}
}

// The canary: a target that echoes the token in every way it can.
func TestTheTokenIsInNoEntryAndNoError(t *testing.T) {
	forms := []string{token, strings.ReplaceAll(token, "-", "%2D"), base64.StdEncoding.EncodeToString([]byte("x" + token))}
	r := newRig(t, people("josue", "aiko"))
	r.enable()
	r.stub.mu.Lock()
	r.stub.instead = func(w http.ResponseWriter, _ *http.Request) bool {
		answer(w, 500, (&scim.Error{Status: 500, Detail: strings.Join(forms, " ")}).Object())
		return true
	}
	r.stub.mu.Unlock()
	r.must(r.dir.SetAttribute(josue, directory.LastName, "Rojas"))
	r.must(r.dir.RemoveUser(aiko))
	r.must(r.dir.RenameGroup(users, "DUO - People"))
	r.sync()
	_, err := r.SaveAndEnable(t.Context(), r.dir)
	check(t, err, ServerError, "[hidden]")
	var out bytes.Buffer
	r.must(r.Log().WriteJSON(&out))
	r.must(r.Log().WriteCSV(&out, time.UTC))
	fmt.Fprint(&out, err, r.Log().Entries())
	for _, secret := range append(forms, base64.StdEncoding.EncodeToString([]byte(token))[:20]) {
		if strings.Contains(out.String(), secret) {
			t.Errorf("%q is in the log or the error", secret)
		}
	}
	if strings.Count(out.String(), "[hidden]") < 6 {
		t.Error("the canary was not echoed: the test proves nothing")
	}
}

// Whatever a target answers, a pass ends, without a panic.
func FuzzAnswers(f *testing.F) {
	f.Add(200, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":1,"Resources":[{"id":"1","userName":"josue@example.com","active":"False","name":"text","emails":{"value":1}}]}`)
	f.Add(201, `{"id":"1"}`)
	f.Add(409, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"]}`)
	f.Add(503, `{"Resources":[{}]}`)
	r := newRig(f, people("josue", "aiko"))
	f.Fuzz(func(t *testing.T, status int, document string) {
		if status < 200 || status > 599 {
			return
		}
		for _, a := range []Profile{{}, {UserLookup: UserLookupList, GroupLookup: GroupLookupList, Reactivate: Put}} {
			p, err := New(guideApplication(), a, &r.client, Options{Sleep: r.opt.Sleep})
			if err != nil {
				t.Fatal(err)
			}
			r.stub.mu.Lock()
			asked := 0
			r.stub.instead = func(w http.ResponseWriter, _ *http.Request) bool {
				if asked++; asked == 1 {
					return false // the connection test succeeds
				}
				w.WriteHeader(status)
				if status != http.StatusNoContent && status != http.StatusNotModified {
					_, _ = w.Write([]byte(document))
				}
				return true
			}
			r.stub.mu.Unlock()
			dir := people("josue", "aiko")
			_, _ = p.SaveAndEnable(t.Context(), dir)
			_ = dir.RemoveUser(aiko)
			_ = dir.RenameGroup(users, "DUO - People")
			_, _ = p.Sync(t.Context(), dir)
			_ = p.Log().View(time.UTC)
		}
	})
}
