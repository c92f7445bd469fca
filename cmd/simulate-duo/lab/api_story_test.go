package lab

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// api is a program that uses the API; every answer has to be 200.
type api struct {
	*testing.T
	origin string
}

func (a api) call(method, path, body string) string {
	a.Helper()
	status, got := call(a.T, a.origin, method, path, body)
	text, err := json.Marshal(got)
	if err != nil {
		a.Fatal(err)
	}
	if status != http.StatusOK {
		a.Fatalf("%s %s: %d %s", method, path, status, text)
	}
	return string(text)
}

func (a api) want(text string, parts ...string) {
	a.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			a.Errorf("%s lacks %s", text, part)
		}
	}
}

// A program does the guide, a fault included, without a page.
func TestAProgramDoesTheGuide(t *testing.T) {
	l, server := newLab(t, Options{})
	a := api{t, server.URL}
	a.want(a.call("PUT", "/api/application", `{"groups": ["DUO - Users"]}`), "users: 1 created; groups: 1 created")
	a.want(a.call("GET", "/api/state", ""), `"enabled":true`)
	a.want(a.call("POST", "/api/verify", ""), `"same":true`)

	t.Run("and waits for what a change sends", func(t *testing.T) {
		a := api{t, server.URL}
		waited := make(chan string, 1)
		go func() { // the wait begins before or after the request: both are answered
			_, got := call(t, server.URL, "GET", "/api/requests/wait?method=POST&q=ada@example.com&timeout=60s", "")
			text, _ := json.Marshal(got)
			waited <- string(text)
		}()
		a.call("POST", "/api/users", `{"username": "ada@example.com", "email": "ada@example.com"}`)
		a.call("PUT", "/api/groups/DUO%20-%20Users/members", `["ada@example.com", "josue@example.com"]`)
		a.want(<-waited, `\"userName\":\"ada@example.com\"`, `"status":201`, `"about":"ada@example.com"`)
	})
	t.Run("and plans", func(t *testing.T) {
		a := api{t, server.URL}
		<-l.answer("what came before") // and nothing is under way any more
		l.Pause(true)
		a.call("POST", "/api/groups", `{"name": "Analysts"}`)
		a.call("PUT", "/api/groups/DUO%20-%20Users/members", `["josue@example.com"]`)
		before := l.wire.last()
		a.want(a.call("POST", "/api/plan", ""), `"about":"ada@example.com"`, `"method":"PATCH"`)
		if l.wire.last() != before {
			t.Error("planning sent requests")
		}
		a.want(a.call("POST", "/api/verify", ""), `"same":false`)
		l.Pause(false)
	})
	t.Run("and lets the interval pass", func(t *testing.T) {
		a := api{t, server.URL}
		a.call("POST", "/api/sync", "")
		before := l.Status().Last
		a.want(a.call("POST", "/api/clock", `{"advance": "6m"}`), `"ahead":"6m0s"`)
		if l.Status().Last.Sub(before).Minutes() < 5 {
			t.Error("no cycle has run")
		}
		if status, _ := call(t, server.URL, "POST", "/api/clock", `{"advance": "-1h"}`); status != http.StatusBadRequest {
			t.Errorf("time went back: %d", status)
		}
	})
	t.Run("and begins anew", func(t *testing.T) {
		a := api{t, server.URL}
		before := a.call("GET", "/api/users", "")
		a.call("PUT", "/api/faults/RFC7644-3.3-05", "")
		a.call("PUT", "/api/chaos", `{"spec": "all=0.01"}`)
		a.call("POST", "/api/reset", "")
		a.want(a.call("GET", "/api/faults?on=true", "")+a.call("GET", "/api/chaos", "")+a.call("GET", "/api/requests", "")+a.call("GET", "/api/snapshot", ""), "[]", `"spec":""`, "josue@example.com")
		if a.call("GET", "/api/users", "") == before || l.SecureAccess().Counts().Users != 0 {
			t.Error("what was done is still there")
		}
		a.want(a.call("PUT", "/api/application", ""), "users: ")
	})
}

func TestASnapshotIsASeed(t *testing.T) {
	l, server := newLab(t, Options{})
	a := api{t, server.URL}
	a.call("PUT", "/api/application", "")
	was := a.call("GET", "/api/snapshot", "")
	a.call("POST", "/api/seed", `{"duo": {"users": [], "groups": []}, "secure_access": [{"users": [], "groups": []}]}`)
	if c := l.SecureAccess().Counts(); c.Users+c.Groups > 0 || len(l.Directory().Users) > 0 {
		t.Errorf("%+v and %d users are left", c, len(l.Directory().Users))
	}
	a.call("POST", "/api/seed", was)
	again := a.call("GET", "/api/snapshot", "")
	for _, part := range []string{`"id":"`, `"key":"`} {
		if strings.Count(again, part) != strings.Count(was, part) || strings.Count(was, part) == 0 {
			t.Errorf("%d × %s became %d", strings.Count(was, part), part, strings.Count(again, part))
		}
	}
	a.want(a.call("POST", "/api/verify", ""), `"same":true`) // the same ids
}

func TestASeedThatMakesNoSenseIsRefused(t *testing.T) {
	_, server := newLab(t, Options{})
	user := `{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "id": "1", "userName": "a"}`
	for body, says := range map[string]string{
		`{"duo": {"users": [{"username": ""}], "groups": []}}`:                "duo: a user needs a username",
		`{"duo": {"users": [], "groups": [{"name": "x", "members": ["y"]}]}}`: "duo: ",
		`{"secure_access": [{"users": [` + user + `,` + user + `]}]}`:         `two resources have the id \"1\"`,
		`{"secure_access": [{"users": [{"userName": 1}]}]}`:                   "secure_access[0]: ",
		`{"secure_access": [{"users": [null]}]}`:                              "secure_access[0]: ",
		`{"secure_access": [{"idp": "Rain", "users": []}]}`:                   "unknown identity provider",
	} {
		status, got := call(t, server.URL, "POST", "/api/seed", body)
		if text, _ := json.Marshal(got); status != http.StatusUnprocessableEntity || !strings.Contains(string(text), says) {
			t.Errorf("%s: %d %s, want %s", body, status, text, says)
		}
	}
	_, elsewhere := newLab(t, Options{Target: "https://scim.example/v2"})
	for path, body := range map[string]string{"/api/seed": `{"secure_access": [{"users": []}]}`, "/api/application": `{}`} {
		method := map[string]string{"/api/seed": "POST", "/api/application": "PUT"}[path]
		if status, got := call(t, elsewhere.URL, method, path, body); status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d %v", path, status, got)
		}
	}
}

func TestASeedNeedsNoSchemas(t *testing.T) {
	l, server := newLab(t, Options{})
	extension := `"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "x"}`
	api{t, server.URL}.call("POST", "/api/seed", `{"secure_access": [{"users": [{"userName": "ada", `+extension+`}], "groups": [{"displayName": "x"}]}]}`)
	d := l.SecureAccess().Directories()[0]
	if users := d.Snapshot("User"); len(users) != 1 || len(users[0].Array("schemas")) != 2 {
		t.Errorf("%v", users)
	}
	if groups := d.Snapshot("Group"); len(groups) != 1 || len(groups[0].Array("schemas")) != 1 {
		t.Errorf("%v", groups)
	}
}
