package safety

import (
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

func TestPreflight(t *testing.T) {
	page := func(status int, contentType, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", contentType)
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		}
	}
	for _, test := range []struct {
		name    string
		handler http.HandlerFunc
		stops   bool
		want    string // in the message; "" for no error
	}{
		{"a list", page(200, scim.MediaType, `{"schemas":["`+scim.ListResponseURN+`"],"totalResults":0,"Resources":[]}`), false, ""},
		{"401", page(401, scim.MediaType, `{}`), true, "refuses the token (401)"},
		{"403", page(403, "text/plain", `no`), true, "refuses the token (403)"},
		{"200 with 401 in the body", page(200, scim.MediaType, `{"schemas":["`+scim.ErrorURN+`"],"status":"401"}`), true, "refuses the token (401)"},
		{"200 with 403 as a number in the body", page(200, "application/json", `{"status":403}`), true, "refuses the token (403)"},
		{"a connection that is dropped", onUsers(func(w http.ResponseWriter) { drop(w, "") }), false, "connection dropped"},
		{"every connection is dropped", func(w http.ResponseWriter, _ *http.Request) { drop(w, "") }, true, "no answer either"},
		{"an answer that is no HTTP", onUsers(func(w http.ResponseWriter) { drop(w, "220 smtp ready\r\n\r\n") }), false, "malformed"},
		{"no answer is HTTP", func(w http.ResponseWriter, _ *http.Request) { drop(w, "220 smtp ready\r\n\r\n") }, true, "no answer either"},
		{"a redirect that leads nowhere", page(302, "text/html", ""), true, "302"},
		{"404 to everything", page(404, "text/plain", "not here"), true, "nothing at"},
		{"404 to everything, as SCIM errors", page(404, scim.MediaType, `{"schemas":["`+scim.ErrorURN+`"],"status":"404"}`), true, "nothing at"},
		{"500", page(500, "text/plain", "oops"), false, "500"},
		{"HTML", page(200, "text/html", "<html><title>Log in</title></html>"), true, `an HTML page ("Log in")`},
		{"nothing", page(200, "", ""), true, "empty"},
		{"JSON that is no list", page(200, "application/json", `{"status":"ok"}`), true, "list"},
		{"SCIM resources that are no list", page(200, scim.MediaType, `{"schemas":["`+scim.UserURN+`"]}`), false, "list"},
		{"bare arrays for lists", page(200, "application/json", `[]`), false, "a JSON array"},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := httptest.NewServer(test.handler)
			defer server.Close()
			wantPreflight(t, Preflight(t.Context(), &wire.Client{BaseURL: server.URL, Token: testToken}), test.stops, test.want)
		})
	}
	t.Run("a target that wants a token and gets none", func(t *testing.T) {
		server := httptest.NewServer(page(401, "", ""))
		defer server.Close()
		wantPreflight(t, Preflight(t.Context(), &wire.Client{BaseURL: server.URL}), true, "wants a token")
	})
}

// onUsers does what is wrong to a request for users, and answers all others.
func onUsers(wrong func(http.ResponseWriter)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/Users") {
			wrong(w)
		}
	}
}

func TestPreflightWithoutAnAnswer(t *testing.T) {
	closed := httptest.NewServer(nil)
	closed.Close()
	secure := httptest.NewUnstartedServer(nil)
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	defer secure.Close()
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = silent.Close() }()
	away := httptest.NewServer(http.RedirectHandler("https://login.example.com/", http.StatusFound))
	defer away.Close()
	for _, test := range []struct {
		name, base, want string
		timeout          time.Duration
	}{
		{"nobody listens", closed.URL, "unreachable", time.Minute},
		{"the certificate is of an unknown authority", secure.URL, "with --ca-file", time.Minute},
		{"the server accepts and never answers", "http://" + silent.Addr().String(), "timed out", 100 * time.Millisecond},
		{"everything is sent on to another host", away.URL, "redirected", time.Minute},
		{"the base URL is none", "ftp://example.com", "https:// or http://", time.Minute},
	} {
		t.Run(test.name, func(t *testing.T) {
			client := &wire.Client{BaseURL: test.base, Token: testToken, HTTP: &http.Client{Timeout: test.timeout}}
			err := Preflight(t.Context(), client)
			wantPreflight(t, err, true, test.want)
			if _, ok := errors.AsType[*wire.TransportError](err); !ok {
				t.Errorf("the cause is lost: %v", err)
			}
		})
	}
}

func wantPreflight(t *testing.T, err error, stops bool, want string) {
	t.Helper()
	if want == "" {
		if err != nil {
			t.Errorf("got %v", err)
		}
		return
	}
	var p *PreflightError
	if !errors.As(err, &p) {
		t.Fatalf("got %v", err)
	}
	if p.Stops != stops || !strings.Contains(p.Error(), want) || strings.Contains(p.Error(), "\n") || strings.Contains(p.Error(), testToken) {
		t.Errorf("stops %v, %q; want %v and %q", p.Stops, p.Error(), stops, want)
	}
}

// A wrong base URL costs its user a whole run, or a few requests.
func TestPreflightFindsTheBaseURLThatWasMeant(t *testing.T) {
	for _, test := range []struct{ name, at, given, meant string }{
		{"the users' endpoint", "/scim/v2", "/scim/v2/Users", "/scim/v2"},
		{"the users' endpoint with a slash", "/scim/v2", "/scim/v2/users/", "/scim/v2"},
		{"another endpoint", "/scim/v2", "/scim/v2/ServiceProviderConfig", "/scim/v2"},
		{"the host alone", "/scim/v2", "", "/scim/v2"},
		{"without the version", "/api/scim/v2", "/api/scim", "/api/scim/v2"},
		{"without scim", "/api/scim", "/api", "/api/scim"},
		{"one segment too many", "/api/scim", "/api/scim/tenant", "/api/scim"},
	} {
		t.Run(test.name, func(t *testing.T) {
			requests := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				requests++
				if r.URL.Path != test.at+"/Users" {
					w.WriteHeader(404)
					return
				}
				_, _ = io.WriteString(w, `{"schemas":["`+scim.ListResponseURN+`"],"totalResults":0,"Resources":[]}`)
			}))
			defer server.Close()
			err := Preflight(t.Context(), &wire.Client{BaseURL: server.URL + test.given, Token: testToken})
			wantPreflight(t, err, true, "run again with --target "+server.URL+test.meant)
			if requests > maxPreflight {
				t.Errorf("it took %d requests", requests)
			}
		})
	}
}

func TestPreflightDecidesWithinTenRequests(t *testing.T) {
	for _, path := range []string{"", "/a/b/c", "/scim/v2/Users"} {
		requests := 0
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			requests++
			_, _ = io.WriteString(w, "<html><title>Welcome</title></html>")
		}))
		err := Preflight(t.Context(), &wire.Client{BaseURL: server.URL + path, Token: testToken})
		server.Close()
		wantPreflight(t, err, true, "the base URL is that to which a client appends /Users")
		if requests > maxPreflight {
			t.Errorf("%q took %d requests", path, requests)
		}
	}
}
