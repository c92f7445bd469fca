package safety

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

func TestGuardRefusesWhatIsNotOurs(t *testing.T) {
	own := string(testMarker) + "-alice"
	for _, test := range []struct{ name, method, path, body string }{
		{"to create a user without the marker", "POST", "/Users", user("ann")},
		{"to create a user with the marker of another run", "POST", "/Users", user("sduo-99999999-ann")},
		{"to change a user that it did not create", "PATCH", "/Users/1", user(own)},
		{"to replace a user that it did not create", "PUT", "/Users/1", user(own)},
		{"to delete a user that it did not create", "DELETE", "/Users/1", ""},
		{"to delete a whole collection", "DELETE", "/Users", ""},
		{"to delete a collection that is named like its marker", "DELETE", "/" + own, ""},
		{"to delete the service itself", "DELETE", "/", ""},
		{"to replace at an id that it made up what has no marker", "PUT", "/Users/" + own, user("ann")},
		{"an unknown method", "PURGE", "/Users/1", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newForeignTarget(t)
			f.add("Users", user("ann"))
			r := newRig(t, f.URL)
			_, client := r.scope()
			_, err := do(t, client, test.method, test.path, test.body)
			var refusal *Refusal
			if !errors.As(err, &refusal) {
				t.Fatalf("got %v, want a refusal", err)
			}
			if refusal.Method != test.method || refusal.Why == "" {
				t.Errorf("got %+v", refusal)
			}
			if got := f.requests(""); len(got) != 0 {
				t.Errorf("the target saw %v", got)
			}
			if r.guard.Requests() != 0 {
				t.Errorf("%d requests were counted", r.guard.Requests())
			}
		})
	}
}

func TestGuardLetsPass(t *testing.T) {
	own := string(testMarker) + "-alice"
	for _, test := range []struct{ name, method, path, body string }{
		{"reading", "GET", "/Users/1", ""},
		{"reading by POST", "POST", "/Users/.search", `{"filter":"userName pr"}`},
		{"reading everything by POST", "POST", "/.search", `{}`},
		{"creating with the marker", "POST", "/Users", user(own)},
		{"creating with the marker in what is no JSON", "POST", "/Users", "{" + own},
		{"creating from nothing", "POST", "/Users", ""},
		{"creating from null", "POST", "/Users", " null"},
		{"creating from a number", "POST", "/Users", "42"},
		{"creating from an empty object", "POST", "/Users", "{}"},
		{"replacing by null at an id that it made up", "PUT", "/Users/" + own, "null"},
		{"deleting at an id that it made up", "DELETE", "/Users/" + own, ""},
		{"changing at an id that it made up", "PATCH", "/Groups/" + own, `{}`},
		{"replacing at an id that it made up", "PUT", "/Users/" + own, user(own)},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newForeignTarget(t)
			r := newRig(t, f.URL)
			_, client := r.scope()
			if _, err := do(t, client, test.method, test.path, test.body); err != nil {
				t.Fatal(err)
			}
			if len(f.requests(test.method)) != 1 || r.guard.Requests() != 1 {
				t.Errorf("the target saw %v, the guard counted %d", f.requests(""), r.guard.Requests())
			}
		})
	}
}

func TestGuardKnowsItsOwnByID(t *testing.T) {
	f := newForeignTarget(t)
	foreign := f.add("Users", user("ann"))
	r := newRig(t, f.URL)
	_, client := r.scope()
	id := idIn(t, mustDo(t, client, "POST", "/Users", user("sduo-0a1b2c3d-1"), 201))
	mustDo(t, client, "PATCH", "/Users/"+id, `{"active":false}`, 204)
	mustDo(t, client, "PUT", "/Users/"+id, user("sduo-0a1b2c3d-2"), 200)
	if _, err := do(t, client, "PUT", "/Users/"+id, user("ann2")); !isRefusal(err) {
		t.Errorf("a replacement without the marker: %v", err)
	}
	if _, err := do(t, client, "DELETE", "/Users/"+foreign, ""); !isRefusal(err) {
		t.Errorf("the user next to ours: %v", err)
	}
	if _, err := do(t, client, "DELETE", "/Groups/"+id, ""); !isRefusal(err) {
		t.Errorf("the same id elsewhere: %v", err)
	}
	mustDo(t, client, "DELETE", "/Users/"+id, "", 204)
}

func TestGuardRefusesWhatLeavesTheTarget(t *testing.T) {
	f := newForeignTarget(t)
	r := newRig(t, f.URL+"/scim/v2")
	for _, base := range []string{f.URL, f.URL + "/scim", f.URL + "/scim/v22", strings.Replace(f.URL, "127.0.0.1", "localhost", 1) + "/scim/v2"} {
		client := r.client(r.guard.Scope(), http.DefaultTransport)
		client.BaseURL = base
		if _, err := do(t, client, "POST", "/Users", user("sduo-0a1b2c3d-1")); !isRefusal(err) {
			t.Errorf("a creation at %s: %v", base, err)
		}
		if _, err := do(t, client, "GET", "/Users", ""); err != nil {
			t.Errorf("reading at %s: %v", base, err)
		}
	}
}

func TestGuardHandsOnAnswersAsTheyAre(t *testing.T) {
	f := newForeignTarget(t)
	long := strings.Repeat("x", 3*maxAnswer)
	f.around = only("POST", "/Users", func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) {
		w.WriteHeader(201)
		_, _ = w.Write([]byte(long))
	})
	r := newRig(t, f.URL)
	_, client := r.scope()
	if got := mustDo(t, client, "POST", "/Users", user("sduo-0a1b2c3d-1"), 201); string(got.Body) != long {
		t.Errorf("%d bytes came through, want %d", len(got.Body), len(long))
	}

	f.around = only("POST", "/Users", func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) {
		drop(w, "HTTP/1.1 201 Created\r\nLocation: /Users/17\r\nContent-Length: 900\r\n\r\n{\"id\":")
	})
	_, err := do(t, client, "POST", "/Users", user("sduo-0a1b2c3d-2"))
	var transport *wire.TransportError
	if !errors.As(err, &transport) || transport.Kind != wire.Dropped {
		t.Errorf("an answer that ends half-way: %v", err)
	}
	if journal := readFile(t, r.journal.file.Name()); !strings.Contains(journal, `"/Users/17"`) {
		t.Errorf("the Location of the answer that ended half-way is not in the journal:\n%s", journal)
	}
}

func TestGuardNoticesTheEndOfTheRequests(t *testing.T) {
	f := newForeignTarget(t)
	r := newRig(t, f.URL)
	client := r.client(r.guard.Scope(), NewThrottle(http.DefaultTransport, 0, 1))
	mustDo(t, client, "GET", "/Users", "", 200)
	if r.guard.Exhausted() {
		t.Error("exhausted too early")
	}
	if _, err := do(t, client, "POST", "/Users", user("sduo-0a1b2c3d-1")); !errors.Is(err, ErrMaxRequests) {
		t.Errorf("got %v", err)
	}
	if !r.guard.Exhausted() || r.guard.Requests() != 1 {
		t.Errorf("exhausted %v after %d requests", r.guard.Exhausted(), r.guard.Requests())
	}
	if r.guard.pick(isDoubtful) != nil {
		t.Error("a request that was never sent is in doubt")
	}
}

func TestGuardHoldsBulkToTheSameRules(t *testing.T) {
	post := func(name string) string {
		return `{"method":"POST","path":"/Users","bulkId":"b1","data":` + user(name) + `}`
	}
	own := "sduo-0a1b2c3d-bulk"
	for _, test := range []struct {
		name, body string
		refused    bool
	}{
		{"a creation with the marker", `{"Operations":[` + post(own) + `]}`, false},
		{"one with and one without", `{"Operations":[` + post(own) + `,` + post("ann") + `]}`, true},
		{"a deletion of what is not ours", `{"Operations":[` + post(own) + `,{"method":"delete","path":"/Users/1"}]}`, true},
		{"a deletion of a collection", `{"Operations":[` + post(own) + `,{"method":"DELETE","path":"/Users"}]}`, true},
		{"an operation without a path", `{"Operations":[` + post(own) + `,{"method":"DELETE"}]}`, true},
		{"a change of what the same request creates", `{"Operations":[` + post(own) + `,{"method":"PATCH","path":"/Users/bulkId:b1","data":{}}]}`, false},
		{"what is no JSON, with the marker", `{"Operations":[` + own, false},
		{"what is no JSON and could delete", `{"Operations":["delete","/Users/1",` + own, true},
		{"no operations and no marker", `{"operation":[` + post("ann") + `]}`, true},
		{"null, which asks for nothing", `{"failOnErrors":1,"Operations":null}`, false},
		{"null beside operations of another spelling", `{"Operations":null,"operations":[` + post("ann") + `]}`, true},
		{"a change of what is ours, without the marker in it", `{"Operations":[{"method":"PATCH","path":"/Users/` + own + `","data":{"active":false}}]}`, false},
		{"an empty list, which asks for nothing", `{"Operations":[]}`, false},
		{"an empty object in place of the list", `{"Operations":{}}`, false},
		{"one operation in place of the list", `{"Operations":` + post("ann") + `}`, true},
		{"null in place of an operation", `{"Operations":[null]}`, false},
		{"a list in place of an operation", `{"Operations":[[{"method":"DELETE","path":"/Users/1"}]]}`, true},
		{"a method that is none, with the marker", `{"Operations":[{"method":null,"path":"/Users","data":` + user(own) + `}]}`, false},
		{"a method that is none, without the marker", `{"Operations":[{"method":42,"path":"/Users","data":` + user("ann") + `}]}`, true},
		{"a method in a list that could delete", `{"Operations":[{"method":["delete"],"path":"/Users/1","data":` + user(own) + `}]}`, true},
		{"a path that is none", `{"Operations":[{"method":"POST","path":42,"data":` + user(own) + `}]}`, false},
		{"a creation of nothing", `{"Operations":[{"method":"POST","path":"/Users","bulkId":"` + own + `","data":null}]}`, false},
		{"a creation of something without the marker", `{"Operations":[{"method":"POST","path":"/Users","bulkId":"` + own + `","data":{"value":42}}]}`, true},
		{"that and a reading that could be something else", `{"Operations":[{"method":"PATCH","path":"/Users/1","data":{}},"x"]}`, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newForeignTarget(t)
			f.around = only("POST", "/Bulk", status(http.StatusNotImplemented))
			r := newRig(t, f.URL)
			_, client := r.scope()
			_, err := do(t, client, "POST", "/Bulk", test.body)
			if isRefusal(err) != test.refused || !test.refused && err != nil {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestGuardRemembersWhatABulkRequestCreated(t *testing.T) {
	f := newForeignTarget(t)
	f.around = only("POST", "/Bulk", func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) {
		id := f.add("Users", user("sduo-0a1b2c3d-1"))
		f.add("Users", user("sduo-0a1b2c3d-2"))
		_, _ = w.Write([]byte(`{"Operations":[{"method":"POST","bulkId":"b1","status":"201","location":"https://elsewhere/v2/Users/` + id + `"},{"bulkId":"b3","status":"400"}]}`))
	})
	r := newRig(t, f.URL)
	_, client := r.scope()
	var ops []string
	for _, n := range []string{"1", "2", "3"} {
		ops = append(ops, `{"method":"POST","path":"/Users","bulkId":"b`+n+`","data":`+user("sduo-0a1b2c3d-"+n)+`}`)
	}
	mustDo(t, client, "POST", "/Bulk", `{"Operations":[`+strings.Join(ops, ",")+`]}`, 200)
	if got := len(r.guard.pick(isDoubtful)); got != 1 {
		t.Errorf("%d creations are in doubt, want the one that the answer does not mention", got)
	}
	wantNothingLeft(t, r.guard.Cleanup(t.Context()))
	if got := f.content(); strings.Contains(got, "sduo") {
		t.Errorf("still there: %s", got)
	}
}

func TestLocatedPath(t *testing.T) {
	for _, test := range []struct{ name, location, want string }{
		{"absolute", "https://example.com/scim/v2/Users/17", "/Users/17"},
		{"relative", "/Users/17", "/Users/17"},
		{"of a server that does not know its prefix", "http://10.0.0.1:8080/Users/17?x=1#y", "/Users/17"},
		{"with an id that needs encoding", "/Users/a%2Fb%20c", "/Users/a%2Fb%20c"},
		{"with a trailing slash", "/Users/17/", "/Users/17"},
		{"of another collection", "/Groups/17", ""},
		{"of the collection itself", "/Users", ""},
		{"that climbs", "/Users/../Users/17", ""},
		{"whose id climbs", "/Users/..", ""},
		{"that is no URL", "http://[::1/Users/17", ""},
		{"empty", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := pathText(locatedPath([]string{"Users"}, test.location)); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func isRefusal(err error) bool {
	var r *Refusal
	return errors.As(err, &r)
}

func idIn(t *testing.T, r *wire.Response) string {
	t.Helper()
	o, err := r.Object()
	if err != nil {
		t.Fatal(err)
	}
	return o.String("id")
}
