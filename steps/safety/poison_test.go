package safety

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// What a hurried server stores it may be unable to show again: then it takes lists with
// it. Clean-up has to find its own all the same.

// poisoned answers every creation 500 after it has stored it, and breaks each list that
// contains what the run has made.
func poisoned(f *foreignTarget, breakList func(w http.ResponseWriter, body []byte)) {
	post := only("POST", "/", afterwards(func(w http.ResponseWriter, _ *httptest.ResponseRecorder) { answer(w, 500, nil) }))
	list := only("GET", "/", afterwards(func(w http.ResponseWriter, own *httptest.ResponseRecorder) {
		if bytes.Contains(own.Body.Bytes(), []byte("sduo")) && bytes.Contains(own.Body.Bytes(), []byte("Resources")) {
			breakList(w, own.Body.Bytes())
			return
		}
		w.WriteHeader(own.Code)
		_, _ = w.Write(own.Body.Bytes())
	}))
	f.around = func(w http.ResponseWriter, r *http.Request, serve http.HandlerFunc) bool {
		isByName := strings.Contains(r.URL.RawQuery, "attributes=userName")
		return post(w, r, serve) || !isByName && list(w, r, serve)
	}
}

func TestCleanupFindsItsOwnInBrokenLists(t *testing.T) {
	deep := strings.Repeat(`{"x":`, 10_000) + "1" + strings.Repeat("}", 10_000)
	ok := func(f func([]byte) []byte) func(http.ResponseWriter, []byte) {
		return func(w http.ResponseWriter, body []byte) { _, _ = w.Write(f(body)) }
	}
	replaced := func(old, with string) func([]byte) []byte {
		return func(body []byte) []byte { return bytes.ReplaceAll(body, []byte(old), []byte(with)) }
	}
	for name, breakList := range map[string]func(http.ResponseWriter, []byte){
		"that name an attribute twice":      ok(replaced(`"userName":"sduo`, `"Active":1,"active":2,"userName":"sduo`)),
		"that name the user name twice":     ok(replaced(`"userName":"sduo`, `"USERNAME":"Ann","userName":"sduo`)),
		"that nest 10,000 levels deep":      ok(replaced(`"userName":"sduo`, `"deep":`+deep+`,"userName":"sduo`)),
		"whose totalResults is a text":      ok(replaced(`"totalResults":`, `"totalResults":"many","was":`)),
		"that have no schemas":              ok(replaced(`"schemas"`, `"s"`)),
		"whose elements are of wrong types": ok(replaced(`"Resources":[`, `"Resources":[null,1,"x",[],{},`)),
		"that are bare arrays": ok(func(b []byte) []byte {
			return bytes.TrimSuffix(b[bytes.Index(b, []byte(`"Resources":`))+12:], []byte("}"))
		}),
		"that are answered 500":               func(w http.ResponseWriter, _ []byte) { answer(w, 500, nil) },
		"that end in the middle":              func(w http.ResponseWriter, _ []byte) { drop(w, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{") },
		"that are not answered but with HTML": ok(func([]byte) []byte { return []byte("<html></html>") }),
	} {
		t.Run(name, func(t *testing.T) {
			f := newForeignTarget(t)
			for i := range 30 {
				f.add("Users", user("employee-"+strconv.Itoa(i)))
			}
			f.add("Groups", group("staff"))
			before := f.content()
			poisoned(f, breakList)
			r := newRig(t, f.URL)
			scope, client := r.scope()
			for n := range 3 {
				_, _ = do(t, client, "POST", "/Users", user(testMarker.Scenario(n)))
			}
			_, _ = do(t, client, "POST", "/Groups", group("sduo-0a1b2c3d-sales"))
			_, _ = do(t, client, "POST", "/Users", `{"userName":"sduo-0a1b2c3d-broken","a":[1,}`)
			scope.Cleanup(t.Context())
			wantNothingLeft(t, r.guard.Cleanup(t.Context()))
			if after := f.content(); after != before {
				t.Errorf("the target was changed: %s", lastLines(after, 30))
			}
		})
		t.Run("sweep of lists "+name, func(t *testing.T) {
			f := newForeignTarget(t)
			f.add("Users", user("ann"))
			before := f.content()
			poisoned(f, breakList)
			r := newRig(t, f.URL)
			_, client := r.scope()
			_, _ = do(t, client, "POST", "/Users", user("sduo-0a1b2c3d-1"))
			r.die()
			result := mustSweep(t, f.URL, r.dir)
			wantNothingLeft(t, result.Left)
			if after := f.content(); after != before {
				t.Errorf("the target was changed: %s, %+v", after, result)
			}
		})
	}
}

// What a list shows under an id at which there is nothing cannot be removed: it is told.
func TestWhatAListShowsUnderAWrongIDIsTold(t *testing.T) {
	f := newForeignTarget(t)
	f.add("Users", user("ann"))
	poisoned(f, func(w http.ResponseWriter, body []byte) {
		_, _ = w.Write(wrongID.ReplaceAll(body, []byte(`$1"id":"777"`)))
	})
	r := newRig(t, f.URL)
	_, client := r.scope()
	_, _ = do(t, client, "POST", "/Users", user("sduo-0a1b2c3d-1"))
	told := func(left []Leftover) {
		t.Helper()
		if len(left) != 1 || !strings.Contains(left[0].Why, "a list shows sduo-0a1b2c3d-1 under this id") || !strings.Contains(left[0].Command, "sduo-0a1b2c3d-1") {
			t.Errorf("left: %v", left)
		}
	}
	told(r.guard.Cleanup(t.Context()))
	r.die()
	told(mustSweep(t, f.URL, r.dir).Left)
}

// wrongID matches the id behind a name of the run.
var wrongID = regexp.MustCompile(`("userName":"sduo[^}]*)"id":"\d+"`)

// A walk finds in time what would break every list a little later, whatever was answered
// to its creation, and in whatever form it was stored.
func TestCleanupAllFindsWhatNoAnswerAndNoFilterTells(t *testing.T) {
	for name, body := range map[string]string{
		"an object for a name": `{"userName":{"value":"sduo-0a1b2c3d-1"}}`,
		"an array for a name":  `{"userName":["x","sduo-0a1b2c3d-1"]}`,
		"a name":               user("sduo-0a1b2c3d-1"),
	} {
		for _, code := range []int{500, 400} {
			t.Run(fmt.Sprintf("%s, answered %d", name, code), func(t *testing.T) {
				f := newForeignTarget(t)
				f.add("Users", user("ann"))
				before := f.content()
				f.around = func(w http.ResponseWriter, r *http.Request, serve http.HandlerFunc) bool {
					post := only("POST", "/", afterwards(func(w http.ResponseWriter, _ *httptest.ResponseRecorder) { answer(w, code, nil) }))
					isFilter := r.URL.Query().Has("filter")
					if isFilter {
						answer(w, 500, nil)
					}
					return isFilter || post(w, r, serve)
				}
				r := newRig(t, f.URL)
				scope, client := r.scope()
				mustDo(t, client, "POST", "/Users", body, code)
				wantNothingLeft(t, scope.CleanupAll(t.Context()))
				if after := f.content(); after != before {
					t.Errorf("the target was changed: %s", after)
				}
			})
		}
	}
}

// One place of a list that shows nothing must not hide those behind it.
func TestCleanupPassesSomebodyElsesBrokenUser(t *testing.T) {
	f := newForeignTarget(t)
	for i := range 130 {
		f.add("Users", user("employee-"+strconv.Itoa(i)))
	}
	before := f.content()
	f.around = func(w http.ResponseWriter, r *http.Request, serve http.HandlerFunc) bool {
		own := httptest.NewRecorder()
		serve(own, r)
		if r.Method == "GET" && strings.Contains(own.Body.String(), `"employee-7"`) {
			own = httptest.NewRecorder()
			answer(own, 500, nil)
		}
		if r.Method == "POST" {
			own.Body.Reset()
		}
		w.WriteHeader(own.Code)
		_, _ = w.Write(own.Body.Bytes())
		return true
	}
	f.ignoreFilters = true
	r := newRig(t, f.URL)
	_, client := r.scope()
	mustDo(t, client, "POST", "/Users", user("sduo-0a1b2c3d-1"), 201)
	left := r.guard.Cleanup(t.Context())
	if after := f.content(); after != before {
		t.Errorf("the target was changed: %s", lastLines(after, 10))
	}
	if len(left) != 1 || !strings.Contains(left[0].Why, "startIndex=8&count=1") || !strings.Contains(left[0].Command, "filter=userName+eq") {
		t.Errorf("left: %v; want the one place that may hide something of ours, and how to look", left)
	}
}

func TestCleanupByIDHoweverTheServerShowsIt(t *testing.T) {
	for name, show := range map[string]func(w http.ResponseWriter, own []byte){
		"as a list": func(w http.ResponseWriter, own []byte) {
			_, _ = w.Write([]byte(`{"totalResults":1,"Resources":[` + string(own) + `]}`))
		},
		"as an array":      func(w http.ResponseWriter, own []byte) { _, _ = w.Write([]byte(`[` + string(own) + `]`)) },
		"without any name": func(w http.ResponseWriter, _ []byte) { _, _ = w.Write([]byte(`{"status":"ok"}`)) },
		"with attributes twice": func(w http.ResponseWriter, own []byte) {
			_, _ = w.Write(append([]byte(`{"active":1,"Active":2,`), own[1:]...))
		},
		"with a number as its id": func(w http.ResponseWriter, own []byte) {
			_, _ = w.Write(bytes.Replace(own, []byte(`"id":"1"`), []byte(`"id":1`), 1))
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := newForeignTarget(t)
			f.around = only("GET", "/Users/", func(w http.ResponseWriter, r *http.Request, serve http.HandlerFunc) {
				own := httptest.NewRecorder()
				serve(own, r)
				if own.Code != 200 {
					w.WriteHeader(own.Code)
					return
				}
				show(w, own.Body.Bytes())
			})
			r := newRig(t, f.URL)
			_, client := r.scope()
			mustDo(t, client, "POST", "/Users", user("sduo-0a1b2c3d-1"), 201)
			mustDo(t, client, "POST", "/Users", user("sduo-0a1b2c3d-2"), 201)
			f.mu.Lock()
			f.resources["Users"][1].Set("id", "2")
			f.mu.Unlock()
			wantNothingLeft(t, r.guard.Cleanup(t.Context()))
			if got := f.content(); strings.Contains(got, "sduo") {
				t.Errorf("still there: %s", got)
			}
		})
	}
}

func TestCleanupRepeatsADeleteThatDidNothing(t *testing.T) {
	f := newForeignTarget(t)
	tries := map[string]int{}
	f.around = only("DELETE", "/", func(w http.ResponseWriter, r *http.Request, serve http.HandlerFunc) {
		if tries[r.URL.Path]++; tries[r.URL.Path] == 1 {
			w.WriteHeader(204)
			return
		}
		serve(w, r)
	})
	r := newRig(t, f.URL)
	scope, client := r.scope()
	mustDo(t, client, "POST", "/Users", user("sduo-0a1b2c3d-1"), 201)
	scope.Cleanup(t.Context())
	wantNothingLeft(t, r.guard.Cleanup(t.Context()))
	if got := f.content(); strings.Contains(got, "sduo") {
		t.Errorf("still there: %s", got)
	}
}

func TestLeftoverSaysHowToRemoveIt(t *testing.T) {
	f := newForeignTarget(t)
	f.around = only("DELETE", "/", status(405))
	r := newRig(t, f.URL)
	_, client := r.scope()
	mustDo(t, client, "POST", "/Users", user("sduo-0a1b2c3d-1"), 201)
	left := r.guard.Cleanup(t.Context())
	want := `curl -X DELETE -H "Authorization: Bearer $SCIM_TOKEN" '` + f.URL + `/Users/1'`
	if len(left) != 1 || left[0].Command != want || !strings.HasSuffix(left[0].String(), "; by hand: "+want) {
		t.Errorf("got %v, want %s", left, want)
	}
}
