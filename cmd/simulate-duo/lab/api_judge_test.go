package lab

import (
	"net/http"
	"strings"
	"testing"
)

// A program settles what is open about Duo, provisions one user, and judges the other side.
func TestAProgramUsesTheLabsOwnPages(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	l, server := newLab(t, Options{})
	a := api{t, server.URL}
	a.call("PUT", "/api/application", `{"groups": ["DUO - Users"]}`)
	a.want(a.call("PUT", "/api/paused", `{"paused": true}`), `"paused":true`)

	t.Run("a question has another answer from the next request on", func(t *testing.T) {
		a := api{t, server.URL}
		a.want(a.call("GET", "/api/profile", ""), `"user-update":"patch`)
		a.want(a.call("PUT", "/api/profile", `{"user-update": "put"}`), `"user-update":"put"`, `"probe":"`)
		a.call("PUT", "/api/users/josue@example.com", `{"username": "josue@example.com", "display_name": "Josué", "status": "active"}`)
		before := l.wire.last()
		a.want(a.call("POST", "/api/users/josue@example.com/provision", ""), `"name":"read","ok":true`, `"name":"result","ok":true`, `"requests":[`)
		if puts := l.wire.choose(func(e *Exchange) bool { return e.Seq > before && e.Method == http.MethodPut }); len(puts) != 1 {
			t.Errorf("%d PUT", len(puts))
		}
		a.want(a.call("PUT", "/api/profile", `{}`), `"user-update":"patch`)
	})
	t.Run("a run is waited for", func(t *testing.T) {
		a := api{t, server.URL}
		a.want(a.call("GET", "/api/judge", ""), `"state":"none"`)
		a.call("PUT", "/api/faults/CSA-DEPROV-01", "")
		a.want(a.call("POST", "/api/judge", `{"only": ["CSA-DEPROV-01"]}`), `"state":"`)
		a.want(a.call("GET", "/api/judge?wait=100s", ""), `"state":"ended"`, `"verdict":"failed"`, `"failed":1`)
		a.want(a.call("GET", "/api/judge/report", ""), `"CSA-DEPROV-01"`)
		a.want(a.call("DELETE", "/api/judge", ""), `"state":"ended"`)
	})
	for _, test := range []struct{ method, path, body, says string }{
		{"PUT", "/api/profile", `{"user-updates": "put"}`, `did you mean \"user-update\"?`},
		{"PUT", "/api/profile", `{"user-update": 1}`, "the body:1:"},
		{"PUT", "/api/profile", `{`, "the body:1:"},
		{"PUT", "/api/profile", ``, "the body"},
		{"PUT", "/api/paused", `{}`, "write true or false"},
		{"POST", "/api/users/nobody/provision", ``, "nobody"},
		{"POST", "/api/judge", `{"rps": -1}`, "negative"},
		{"POST", "/api/judge", `{"max_requests": 1.5}`, "the body: "},
		{"GET", "/api/judge?wait=long", ``, "write a duration such as 10s"},
	} {
		status, got := call(t, server.URL, test.method, test.path, test.body)
		if text := string(marshal(t, got)); status/100 != 4 || !strings.Contains(text, test.says) {
			t.Errorf("%s %s %s: %d %s, want %s", test.method, test.path, test.body, status, text, test.says)
		}
	}
}
