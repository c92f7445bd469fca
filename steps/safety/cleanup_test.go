package safety

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

func TestCleanupLeavesTheTargetAsItWas(t *testing.T) {
	alice := user("sduo-0a1b2c3d-alice")
	create := func(t *testing.T, c *wire.Client) {
		_, _ = do(t, c, "POST", "/Users", alice)
		_, _ = do(t, c, "POST", "/Groups", group("sduo-0a1b2c3d-sales"))
	}
	for _, test := range []struct {
		name string
		set  func(f *foreignTarget)
		play func(t *testing.T, c *wire.Client)
	}{
		{"that behaves", nil, create},
		{"when the scenario has deleted its user itself", nil, func(t *testing.T, c *wire.Client) {
			id := idIn(t, mustDo(t, c, "POST", "/Users", alice, 201))
			mustDo(t, c, "DELETE", "/Users/"+id, "", 204)
		}},
		{"when the scenario has taken the marker off", nil, func(t *testing.T, c *wire.Client) {
			id := idIn(t, mustDo(t, c, "POST", "/Users", alice, 201))
			mustDo(t, c, "PATCH", "/Users/"+id, `{"userName":"ann"}`, 204)
		}},
		{"that stores a creation and answers 500", func(f *foreignTarget) {
			f.around = only("POST", "/", afterwards(func(w http.ResponseWriter, _ *httptest.ResponseRecorder) { answer(w, 500, nil) }))
		}, create},
		{"that stores a creation and answers 400", func(f *foreignTarget) {
			f.around = only("POST", "/", afterwards(func(w http.ResponseWriter, _ *httptest.ResponseRecorder) { answer(w, 400, nil) }))
		}, create},
		{"that answers 201 with nothing", func(f *foreignTarget) {
			f.around = only("POST", "/", afterwards(func(w http.ResponseWriter, _ *httptest.ResponseRecorder) { w.WriteHeader(201) }))
		}, create},
		{"that answers 201 with a Location alone", func(f *foreignTarget) {
			f.around = only("POST", "/", afterwards(func(w http.ResponseWriter, own *httptest.ResponseRecorder) {
				w.Header().Set("Location", own.Header().Get("Location"))
				w.WriteHeader(201)
			}))
		}, create},
		{"that answers 201 with a page of HTML", func(f *foreignTarget) {
			f.around = only("POST", "/", afterwards(func(w http.ResponseWriter, _ *httptest.ResponseRecorder) {
				w.WriteHeader(201)
				_, _ = w.Write([]byte("<html><title>Welcome</title></html>"))
			}))
		}, create},
		{"that drops the connection before the answer", func(f *foreignTarget) {
			f.around = only("POST", "/", afterwards(func(w http.ResponseWriter, _ *httptest.ResponseRecorder) { drop(w, "") }))
		}, create},
		{"that drops the connection in the middle of the answer", func(f *foreignTarget) {
			f.around = only("POST", "/", afterwards(func(w http.ResponseWriter, own *httptest.ResponseRecorder) {
				drop(w, "HTTP/1.1 201 Created\r\nContent-Length: 1000\r\n\r\n"+own.Body.String())
			}))
		}, create},
		{"that names an id which does not exist", func(f *foreignTarget) {
			f.around = only("POST", "/", afterwards(func(w http.ResponseWriter, own *httptest.ResponseRecorder) {
				w.WriteHeader(201)
				_, _ = w.Write([]byte(strings.Replace(own.Body.String(), `"id":"`, `"id":"x`, 1)))
			}))
		}, create},
		{"that names one resource in the body and another in Location", func(f *foreignTarget) {
			f.around = only("POST", "/", afterwards(func(w http.ResponseWriter, own *httptest.ResponseRecorder) {
				w.Header().Set("Location", strings.TrimRight(own.Header().Get("Location"), "0123456789")+"1")
				w.WriteHeader(201)
				_, _ = w.Write(own.Body.Bytes())
			}))
		}, create},
		{"that ignores filters and forgets ids", func(f *foreignTarget) {
			f.ignoreFilters = true
			f.around = only("POST", "/", afterwards(func(w http.ResponseWriter, _ *httptest.ResponseRecorder) { w.WriteHeader(201) }))
		}, create},
		{"that ignores filters and pages and forgets ids", func(f *foreignTarget) {
			f.ignoreFilters, f.ignorePages = true, true
			f.around = only("POST", "/", afterwards(func(w http.ResponseWriter, _ *httptest.ResponseRecorder) { w.WriteHeader(201) }))
		}, create},
		{"that is busy now and then", func(f *foreignTarget) {
			n := 0
			f.around = func(w http.ResponseWriter, r *http.Request, _ http.HandlerFunc) bool {
				if n++; r.Method == "POST" || n%3 == 0 {
					return false
				}
				w.Header().Set("Retry-After", "7")
				answer(w, []int{429, 503}[n%2], nil)
				return true
			}
		}, create},
		{"that drops connections now and then", func(f *foreignTarget) {
			n := 0
			f.around = func(w http.ResponseWriter, r *http.Request, _ http.HandlerFunc) bool {
				if n++; r.Method == "POST" || n%3 == 0 {
					return false
				}
				drop(w, "")
				return true
			}
		}, create},
		{"that answers DELETE with 500 and deletes all the same", func(f *foreignTarget) {
			tries := map[string]int{}
			f.around = only("DELETE", "/", func(w http.ResponseWriter, r *http.Request, serve http.HandlerFunc) {
				if tries[r.URL.Path]++; tries[r.URL.Path] == 1 {
					serve(httptest.NewRecorder(), r)
					answer(w, 500, nil)
					return
				}
				serve(w, r)
			})
		}, create},
		{"that takes a moment to forget", func(f *foreignTarget) {
			late := map[string]int{}
			f.around = only("GET", "/Users/", func(w http.ResponseWriter, r *http.Request, serve http.HandlerFunc) {
				own := httptest.NewRecorder()
				serve(own, r)
				if own.Code == 404 && late[r.URL.Path] < 2 {
					late[r.URL.Path]++
					answer(w, 200, scim.NewObject())
					return
				}
				w.WriteHeader(own.Code)
				_, _ = w.Write(own.Body.Bytes())
			})
		}, create},
		{"that has no GET by id", func(f *foreignTarget) {
			f.around = func(w http.ResponseWriter, r *http.Request, _ http.HandlerFunc) bool {
				refused := r.Method == "GET" && strings.Count(r.URL.Path, "/") > 1
				if refused {
					answer(w, 405, nil)
				}
				return refused
			}
		}, create},
		{"that stores a user without a name, and of it only what it knows", func(f *foreignTarget) {
			f.keep = []string{"schemas", "userName", "meta"}
			f.around = only("POST", "/Users", func(w http.ResponseWriter, r *http.Request, serve http.HandlerFunc) { serve(w, r) })
		}, func(t *testing.T, c *wire.Client) {
			mustDo(t, c, "POST", "/Users", fmt.Sprintf(`{"displayName":"sduo-0a1b2c3d","meta":{"created":%q}}`, time.Now().UTC().Format(time.RFC3339)), 201)
		}},
		{"that creates by PUT", func(f *foreignTarget) {
			f.around = only("PUT", "/Users/", func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) {
				f.add("Users", alice)
				w.WriteHeader(200)
			})
		}, func(t *testing.T, c *wire.Client) {
			mustDo(t, c, "PUT", "/Users/sduo-0a1b2c3d-unknown", alice, 200)
		}},
		{"that answers a POST to its configuration with the configuration", func(f *foreignTarget) {
			f.around = only("POST", "/ServiceProviderConfig", func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) {
				_, _ = w.Write([]byte(`{"patch":{"supported":true}}`))
			})
		}, func(t *testing.T, c *wire.Client) {
			mustDo(t, c, "POST", "/ServiceProviderConfig", alice, 200)
		}},
		{"whose ids are numbers", func(f *foreignTarget) {
			f.around = only("POST", "/", afterwards(func(w http.ResponseWriter, own *httptest.ResponseRecorder) {
				o, _ := scim.ParseObject(own.Body.Bytes())
				w.WriteHeader(201)
				fmt.Fprintf(w, `{"id":%s,"userName":"sduo-0a1b2c3d-x"}`, o.String("id"))
			}))
		}, create},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newForeignTarget(t)
			f.add("Users", user("ann"))
			for i := range 250 {
				f.add("Users", user(fmt.Sprintf("employee-%d", i)))
			}
			f.add("Groups", group("staff"))
			before := f.content()
			if test.set != nil {
				test.set(f)
			}
			r := newRig(t, f.URL)
			scope, client := r.scope()
			test.play(t, client)
			scope.Cleanup(t.Context())
			wantNothingLeft(t, r.guard.Cleanup(t.Context()))
			if after := f.content(); after != before {
				t.Errorf("the target was changed: %s", lastLines(after, 30))
			}
			if err := r.guard.Close(); err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(r.journal.file.Name()); !os.IsNotExist(err) {
				t.Errorf("the journal of a clean run is still there: %v", err)
			}
		})
	}
}

func lastLines(text string, n int) string {
	lines := strings.Split(text, "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}

func TestCleanupOfAScenarioLeavesTheOthersAlone(t *testing.T) {
	f := newForeignTarget(t)
	r := newRig(t, f.URL)
	one, oneClient := r.scope()
	_, twoClient := r.scope()
	mustDo(t, oneClient, "POST", "/Users", user("sduo-0a1b2c3d-1"), 201)
	mustDo(t, oneClient, "POST", "/Groups", group("sduo-0a1b2c3d-1"), 201)
	mustDo(t, twoClient, "POST", "/Users", user("sduo-0a1b2c3d-2"), 201)
	f.add("Users", user("sduo-0a1b2c3d-3")) // as if it was being created at this moment
	wantNothingLeft(t, one.Cleanup(t.Context()))
	if got := f.content(); strings.Contains(got, "3d-1") || !strings.Contains(got, "3d-2") || !strings.Contains(got, "3d-3") {
		t.Errorf("got %s", got)
	}
	if got, want := f.requests("DELETE"), []string{"DELETE /Groups/2", "DELETE /Users/1"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want groups before users: %v", got, want)
	}
	wantNothingLeft(t, r.guard.Cleanup(t.Context()))
	if got := f.content(); strings.Contains(got, "sduo") {
		t.Errorf("got %s", got)
	}
}

// Whoever walks the collection during the run meets what others have made and still need.
func TestCleanupAllOfAScenarioLeavesTheOthersAlone(t *testing.T) {
	f := newForeignTarget(t)
	r := newRig(t, f.URL)
	one, oneClient := r.scope()
	_, twoClient := r.scope()
	mustDo(t, twoClient, "POST", "/Users", user("sduo-0a1b2c3d-2"), 201)
	f.around = only("POST", "/Users", afterwards(func(w http.ResponseWriter, _ *httptest.ResponseRecorder) { answer(w, 500, nil) }))
	mustDo(t, oneClient, "POST", "/Users", `{"userName":{"value":"sduo-0a1b2c3d-1"}}`, 500)
	mustDo(t, twoClient, "POST", "/Users", user("sduo-0a1b2c3d-3"), 500) // whose answer one may not have seen yet
	wantNothingLeft(t, one.CleanupAll(t.Context()))
	if got := f.content(); strings.Contains(got, "3d-1") || !strings.Contains(got, "3d-2") || !strings.Contains(got, "3d-3") {
		t.Errorf("got %s", got)
	}
	f.around = nil
	wantNothingLeft(t, r.guard.Cleanup(t.Context()))
	if got := f.content(); strings.Contains(got, "sduo") {
		t.Errorf("got %s", got)
	}
}

func TestCleanupIsNotHeldBackByMaxRequests(t *testing.T) {
	f := newForeignTarget(t)
	throttle := NewThrottle(http.DefaultTransport, 0, 1)
	guard, err := NewGuard(&wire.Client{BaseURL: f.URL, HTTP: &http.Client{Transport: throttle}}, testMarker, nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &wire.Client{BaseURL: f.URL, HTTP: &http.Client{Transport: guard.Scope().Transport(throttle)}}
	mustDo(t, client, "POST", "/Users", user("sduo-0a1b2c3d-1"), 201)
	wantNothingLeft(t, guard.Cleanup(t.Context()))
	if got := f.content(); strings.Contains(got, "sduo") {
		t.Errorf("still there: %s", got)
	}
}

func TestCleanupOfARunThatCreatedNothingAsksNothing(t *testing.T) {
	f := newForeignTarget(t)
	r := newRig(t, f.URL)
	_, client := r.scope()
	mustDo(t, client, "GET", "/Users", "", 200)
	wantNothingLeft(t, r.guard.Cleanup(t.Context()))
	if got := f.requests(""); len(got) != 1 {
		t.Errorf("the target saw %v", got)
	}
	var none *Guard
	if none.Cleanup(t.Context()) != nil || none.Close() != nil || none.Exhausted() {
		t.Error("a nil guard has something to clean up")
	}
}

func TestCleanupOfScenariosAtTheSameTime(t *testing.T) {
	f := newForeignTarget(t)
	f.add("Users", user("ann"))
	before := f.content()
	r := newRig(t, f.URL)
	r.guard.sleep = Pause
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			scope, client := r.scope()
			for i := range 5 {
				_, _ = do(t, client, "POST", "/Users", user(fmt.Sprintf("%s-%d", testMarker.Scenario(n), i)))
				_, _ = do(t, client, "POST", "/Groups", group(fmt.Sprintf("%s-%d", testMarker.Scenario(n), i)))
			}
			for _, l := range scope.Cleanup(t.Context()) {
				t.Errorf("left: %s", l)
			}
		})
	}
	all.Wait()
	if got := strings.ReplaceAll(f.content(), "[]", ""); strings.Contains(got, "sduo") {
		t.Errorf("left by scenarios: %s", got)
	}
	wantNothingLeft(t, r.guard.Cleanup(t.Context()))
	if !strings.Contains(f.content(), "ann") || len(f.content()) < len(before) {
		t.Error("somebody else's user is gone")
	}
}
