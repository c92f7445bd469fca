package duo

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

func TestConnectSaysWhyItFails(t *testing.T) {
	text := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		}
	}
	elsewhere := httptest.NewServer(text(200, "{}"))
	defer elsewhere.Close()
	for _, c := range []struct {
		name   string
		server http.HandlerFunc
		cause  ConnectCause
		says   string
	}{
		{"a token that is refused", text(401, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"401","detail":"expired"}`), WrongToken, "expired"},
		{"a token without rights", text(403, ""), WrongToken, "rights"},
		{"a SCIM error under 200", text(200, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"401","detail":"no"}`), ErrorBody, "401 no"},
		{"a foreign error under 200", text(200, `{"error": "unauthorized"}`), ErrorBody, "unauthorized"},
		{"a code under 200", text(200, `{"code": 40103, "message": "Invalid signature"}`), ErrorBody, "Invalid signature"},
		{"404", text(404, "not here"), WrongURL, "base URL"},
		{"400", text(400, ""), Refused, "400 Bad Request"},
		{"500", text(500, ""), ServerError, "500"},
		{"a huge error", text(500, strings.Repeat("x", 10<<20)), ServerError, "500"},
		{"an HTML page", text(200, "<!doctype html><title>Sign in</title>"), NotSCIM, `an HTML page ("Sign in")`},
		{"an empty body", text(200, ""), NotSCIM, "empty body"},
		{"an array", text(200, "[]"), NotSCIM, "array"},
		{"an object that is no list", text(200, `{"hello": "world"}`), NotSCIM, "not a list response"},
		{"a list whose count is text", text(200, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":"1"}`), NotSCIM, "totalResults has to be an integer"},
		{"a redirect to another host", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL, http.StatusFound)
		}, RedirectedAway, "token goes to no other host"},
		{"a redirect to nowhere", text(302, ""), RedirectedAway, "redirect"},
		{"a connection that is dropped", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte("{"))
			panic(http.ErrAbortHandler)
		}, ConnectionLost, "closed the connection"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t, people("josue"))
			r.stub.instead = func(w http.ResponseWriter, q *http.Request) bool { c.server(w, q); return true }
			check(t, r.Connect(context.Background()), c.cause, c.says)
			if lines := r.lines(); len(lines) != 1 {
				t.Errorf("a connection test is one request, got %q", lines)
			}
		})
	}
}

func check(t *testing.T, err error, cause ConnectCause, says string) {
	t.Helper()
	var e *ConnectError
	if !errors.As(err, &e) {
		t.Fatalf("error is %v, want a *ConnectError", err)
	}
	if e.Cause != cause || !strings.Contains(e.Error(), says) {
		t.Errorf("got %q: %v\nwant %q and a text with %q", e.Cause, e, cause, says)
	}
	if strings.ContainsAny(e.Error(), "\n\x1b") {
		t.Errorf("the error is not one clean line: %q", e.Error())
	}
}

func TestConnectWithoutAnAnswer(t *testing.T) {
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	for _, c := range []struct {
		name, url string
		cause     ConnectCause
	}{
		{"nobody listens", closed.URL, Unreachable},
		{"TLS where there is none", strings.Replace(plain.URL, "http:", "https:", 1), TLSFailed},
		{"a base URL that is none", "ftp://example.com", WrongURL},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := New(guideApplication(), Profile{}, &wire.Client{BaseURL: c.url, Token: token}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			check(t, p.Connect(context.Background()), c.cause, "")
		})
	}
	t.Run("a server that never answers", func(t *testing.T) {
		release := make(chan struct{})
		s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			select {
			case <-release:
			case <-r.Context().Done():
			}
		}))
		defer s.Close()
		defer close(release)
		ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
		defer cancel()
		p, err := New(guideApplication(), Profile{}, &wire.Client{BaseURL: s.URL, Token: token}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		check(t, p.Connect(ctx), TimedOut, "")
	})
	t.Run("a caller who gives up gets the context's error", func(t *testing.T) {
		r := newRig(t, people())
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		if err := r.Connect(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}

func TestATargetThatDoesNotDescribeItselfFailsTheAlternativeThatReadsIt(t *testing.T) {
	r := newRig(t, people(), choosing(Profile{Discovery: ReadsDiscovery}))
	r.stub.instead = func(w http.ResponseWriter, q *http.Request) bool {
		if q.URL.Path == "/ResourceTypes" {
			answerError(w, scim.NotFound("/ResourceTypes", ""))
			return true
		}
		return false
	}
	check(t, r.Connect(context.Background()), NoDiscovery, "/ResourceTypes")
}

func TestSaveAndEnableWithoutAConnectionSendsNobodyAndDisablesAgain(t *testing.T) {
	r := newRig(t, people("josue"))
	r.client.Token = "another token"
	_, err := r.SaveAndEnable(context.Background(), r.dir)
	check(t, err, WrongToken, "401")
	if r.Enabled() {
		t.Error("provisioning is enabled")
	}
	want := []string{
		"Enabled provisioning: Cisco Secure Access - Single Sign-On",
		"Provisioning connection failed: Cisco Secure Access - Single Sign-On",
		"Disabled provisioning: Cisco Secure Access - Single Sign-On",
	}
	if got := r.told(); !slices.Equal(got, want) {
		t.Errorf("the log tells %q", got)
	}
	if lines := r.lines(); len(lines) != 1 {
		t.Errorf("more than the connection test was sent: %q", lines)
	}
}
