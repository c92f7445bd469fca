package lab

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestWhoMayUseTheLab(t *testing.T) {
	for _, test := range []struct {
		name   string
		access Access
		may    bool
	}{
		{"this machine", Access{Listen: "127.0.0.1:8443"}, true},
		{"this machine by name", Access{Listen: "localhost:8443"}, true},
		{"this machine, IPv6", Access{Listen: "[::1]:8443"}, true},
		{"everyone", Access{Listen: "0.0.0.0:8443"}, false},
		{"everyone, without a host", Access{Listen: ":8443"}, false},
		{"everyone, IPv6", Access{Listen: "[::]:8443"}, false},
		{"a name of the network", Access{Listen: "lab.example:8443"}, false},
		{"everyone with a password", Access{Listen: ":8443", Password: "open sesame"}, true},
		{"everyone on purpose", Access{Listen: ":8443", Open: true}, true},
		{"no address", Access{Listen: "8443"}, false},
	} {
		if err := test.access.Check(); (err == nil) != test.may {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

// asked is what a request is answered with.
func asked(t *testing.T, l *Lab, method, path string, edit func(*http.Request)) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, l.opt.Origin+path, strings.NewReader("username=ada"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	edit(r)
	w := httptest.NewRecorder()
	l.Handler().ServeHTTP(w, r)
	return w
}

func TestOtherSitesCannotUseTheLab(t *testing.T) {
	l, _ := newLab(t, Options{})
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	for _, test := range []struct {
		name, method, path string
		edit               func(*http.Request)
		status             int
	}{
		{"its own page", "POST", "/duo/users/new", header("Origin", l.opt.Origin), http.StatusSeeOther},
		{"a program that is no browser", "POST", "/duo/groups", func(*http.Request) {}, http.StatusUnprocessableEntity},
		{"a form of another site", "POST", "/duo/users/new", header("Origin", "https://evil.example"), http.StatusForbidden},
		{"a form of another port", "POST", "/duo/users/new", header("Origin", "http://127.0.0.1:1"), http.StatusForbidden},
		{"a form of an unknown site", "POST", "/duo/users/new", header("Origin", "null"), http.StatusForbidden},
		{"a script of another site", "POST", "/api/sync", header("Sec-Fetch-Site", "cross-site"), http.StatusForbidden},
		{"a deletion by another site", "DELETE", "/api/requests", header("Sec-Fetch-Site", "same-site"), http.StatusForbidden},
		{"a name that was made to point here", "GET", "/", func(r *http.Request) { r.Host = "evil.example" }, http.StatusMisdirectedRequest},
		{"that name with the port", "GET", "/api/state", func(r *http.Request) { r.Host = "evil.example:8443" }, http.StatusMisdirectedRequest},
		{"localhost", "GET", "/", func(r *http.Request) { r.Host = "localhost:8443" }, http.StatusOK},
		{"IPv6", "GET", "/", func(r *http.Request) { r.Host = "[::1]:8443" }, http.StatusOK},
	} {
		t.Run(test.name, func(t *testing.T) {
			if w := asked(t, l, test.method, test.path, test.edit); w.Code != test.status {
				t.Errorf("status %d, want %d: %s", w.Code, test.status, w.Body)
			}
		})
	}
	if _, ok := l.Directory().User("ada"); !ok {
		t.Error("the lab's own page could not add a user")
	}
}

func TestAPasswordIsAskedForEverywhereButAtTheEndpoint(t *testing.T) {
	l, _ := newLab(t, Options{Access: Access{Listen: "0.0.0.0:1", Password: "open sesame"}})
	for path, status := range map[string]int{"/": 401, "/api/state": 401, "/lab.js": 401, "/api/events": 401, "/identity/v2/scim/Users": 401, "/identity/v2/scim/ServiceProviderConfig": 200} {
		if w := asked(t, l, "GET", path, func(*http.Request) {}); w.Code != status {
			t.Errorf("%s: status %d", path, w.Code)
		}
	}
	for password, status := range map[string]int{"open sesame": 200, "open": 401, "": 401} {
		if w := asked(t, l, "GET", "/", func(r *http.Request) { r.SetBasicAuth("anyone", password); r.Host = "lab.example" }); w.Code != status {
			t.Errorf("%q: status %d", password, w.Code)
		}
	}
}

func TestEveryAnswerForbidsWhatThePagesDoNotNeed(t *testing.T) {
	l, _ := newLab(t, Options{})
	for _, path := range []string{"/", pathWire, "/lab.css", "/api/state", "/nothing"} {
		h := asked(t, l, "GET", path, func(*http.Request) {}).Header()
		for _, part := range []string{"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"} {
			if !strings.Contains(h.Get("Content-Security-Policy"), part) {
				t.Errorf("%s: the policy lacks %s", path, part)
			}
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v", path, h)
		}
	}
	for _, text := range []string{"<script>", "style=", " onclick=", "javascript:"} {
		for name, page := range templateTexts(t) {
			if strings.Contains(page, text) {
				t.Errorf("%s has %s", name, text)
			}
		}
	}
}

func templateTexts(t *testing.T) map[string]string {
	t.Helper()
	files, err := templates.ReadDir("templates")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, f := range files {
		text, err := templates.ReadFile("templates/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		texts[f.Name()] = string(text)
	}
	return texts
}

func TestABodyBeyondTheLimitIsRefused(t *testing.T) {
	_, server := newLab(t, Options{})
	large := bytes.Repeat([]byte("x"), maxBody+1)
	for path, kind := range map[string]string{"/duo/users/new": "application/x-www-form-urlencoded", "/api/users": "application/json"} {
		answer, err := http.Post(server.URL+path, kind, bytes.NewReader(append([]byte(`{"username":"`), large...)))
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode != http.StatusRequestEntityTooLarge {
			t.Errorf("%s: %s", path, answer.Status)
		}
	}
}

// canary is a token that nothing may show.
const canary = "canary-4d1f5d6a7c"

func TestNothingShowsAToken(t *testing.T) {
	target := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = w.Write([]byte(`{"detail":"you sent ` + r.Header.Get("Authorization") + `"}`))
	}))
	defer target.Close()
	l, server := newLab(t, Options{Target: target.URL})
	v := visitorAt(t, server.URL)
	v.post(pathCatalog, "application", "generic")
	v.post(pathProvisioning, "base_url", target.URL, "token", canary, "action", "connect")
	v.post(pathProvisioning, "base_url", target.URL, "token", canary, "action", "save", "group", "DGUSERS0000000000001")
	v.post("/wire/1/again")
	for _, path := range []string{"/", pathProvisioning, pathWire, "/wire/1", "/wire/2", "/wire/3", pathPeople, pathActivity, pathActivity + "/export?format=json", "/api/state", "/api/requests", "/api/requests/1", "/api/requests/wait?count=3", "/api/snapshot", "/api/log"} {
		if strings.Contains(v.get(path), canary) {
			t.Errorf("%s shows the token", path)
		}
	}
	events, _, _ := l.events.since(0, ringSize)
	for _, e := range events {
		if strings.Contains(string(e.data), canary) {
			t.Errorf("the event %s shows the token", e.kind)
		}
	}
	v.want(v.get("/wire/1"), "RFC7644-3.12-05")
}
