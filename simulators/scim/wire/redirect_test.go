package wire

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
)

// hops starts a server on which /n redirects to /n-1, and /0 answers 200.
func hops(t *testing.T, authorization *[]string) *httptest.Server {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*authorization = append(*authorization, r.Header.Get("Authorization"))
		if n, _ := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/")); n > 0 {
			w.Header().Set("Location", "/"+strconv.Itoa(n-1))
			w.WriteHeader(http.StatusTemporaryRedirect)
		}
	}))
	t.Cleanup(srv.Close)
	return srv
}

func TestClientFollowsRedirectsOnTheSameHost(t *testing.T) {
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		t.Run(method+" three times, with the token", func(t *testing.T) {
			var authorization []string
			srv := hops(t, &authorization)
			resp := do(t, &Client{BaseURL: srv.URL, Token: "s3cr3t"}, Request{Method: method, Path: []string{"3"}})
			if resp.Status != http.StatusOK || strings.Join(authorization, ",") != strings.Repeat(",Bearer s3cr3t", 4)[1:] {
				t.Errorf("got %d after %q", resp.Status, authorization)
			}
		})
	}
	t.Run("a fourth is refused", func(t *testing.T) {
		var authorization []string
		srv := hops(t, &authorization)
		_, err := (&Client{BaseURL: srv.URL}).Do(t.Context(), Request{Method: "GET", Path: []string{"4"}})
		expectKind(t, err, Redirected, "more than 3 redirects")
	})
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		t.Run(method+" is not repeated elsewhere: the redirect is the answer", func(t *testing.T) {
			var authorization []string
			srv := hops(t, &authorization)
			resp := do(t, &Client{BaseURL: srv.URL}, Request{Method: method, Path: []string{"1"}})
			if resp.Status != http.StatusTemporaryRedirect || len(authorization) != 1 {
				t.Errorf("got %d after %d requests", resp.Status, len(authorization))
			}
		})
	}
}

func TestClientGoesToNoOtherHost(t *testing.T) {
	var visits atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { visits.Add(1) }))
	defer other.Close()
	var location string
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", location)
		w.WriteHeader(http.StatusFound)
	}))
	defer srv.Close()

	for _, c := range []struct{ name, location, want string }{
		{"another port", other.URL + "/Users", srv.URL + " sends the request on to " + other.URL},
		{"another scheme", strings.Replace(srv.URL, "http:", "https:", 1), "sends the request on to https://127.0.0.1:"},
		{"the default port of another host", "//example.com/x", "sends the request on to http://example.com:80"},
		{"something that is no web address", "mailto:admin@example.com", "sends the request on to mailto:"},
		{"something that cannot be read", "http://a b/%zz", "Location header"},
	} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			t.Run(method+" to "+c.name, func(t *testing.T) {
				location = c.location
				_, err := (&Client{BaseURL: srv.URL, Token: "s3cr3t"}).Do(t.Context(), Request{Method: method})
				expectKind(t, err, Redirected, c.want)
				if visits.Load() != 0 {
					t.Error("the other host was asked")
				}
			})
		}
	}
	t.Run("a redirect without a Location is an answer", func(t *testing.T) {
		location = ""
		if got := do(t, &Client{BaseURL: srv.URL}, Request{Method: "GET"}).Status; got != http.StatusFound {
			t.Errorf("got %d", got)
		}
	})
}

// expectKind demands a TransportError of this kind that says this.
func expectKind(t *testing.T, err error, kind TransportKind, says string) {
	t.Helper()
	var transport *TransportError
	if !errors.As(err, &transport) {
		t.Fatalf("got %v (%T), want a TransportError", err, err)
	}
	text := err.Error()
	if transport.Kind != kind || !strings.Contains(text, says) {
		t.Errorf("got the kind %q and %q, want %q and %q", transport.Kind, text, kind, says)
	}
	if strings.ContainsAny(text, "\n\r\x1b") || strings.Contains(text, "s3cr3t") || strings.ToLower(text[:1]) != text[:1] {
		t.Errorf("%q is not one lower-case line without secrets", text)
	}
}
