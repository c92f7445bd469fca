package wire

import (
	"crypto/tls"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestHandlerRecordsWhatTheHandlerAnswers(t *testing.T) {
	for _, c := range []struct {
		name    string
		handler http.HandlerFunc
		status  int
		header  string // of X-Test
		body    string
	}{
		{"nothing, which is 200", func(http.ResponseWriter, *http.Request) {}, 200, "", ""},
		{"a body alone, which is 200", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Test", "1")
			_, _ = io.WriteString(w, "a")
			w.Header().Set("X-Test", "too late")
			_, _ = io.WriteString(w, "b")
		}, 200, "1", "ab"},
		{"a status before the body", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusTeapot)
			_, _ = io.WriteString(w, "x")
		}, 418, "", "x"},
		{"hints before the status", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusEarlyHints)
			w.WriteHeader(http.StatusNotFound)
		}, 404, "", ""},
		{"a body that is flushed", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "a")
			if err := http.NewResponseController(w).Flush(); err != nil {
				_, _ = io.WriteString(w, err.Error())
			}
		}, 200, "", "a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := NewRecorder()
			w := httptest.NewRecorder()
			r.Handler(c.handler).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/scim/Users/a%2Fb?filter=x%20y", nil))
			e := only(t, r)
			if e.Status != c.status || string(e.ResponseBody) != c.body || e.ResponseHeader.Get("X-Test") != c.header || e.Err != "" {
				t.Errorf("got %d %q %v %q", e.Status, e.ResponseBody, e.ResponseHeader, e.Err)
			}
			if e.URL != "http://example.com/scim/Users/a%2Fb?filter=x%20y" {
				t.Errorf("got the URL %s", e.URL)
			}
			if w.Body.String() != c.body {
				t.Errorf("the client got %q", w.Body)
			}
		})
	}
}

func TestHandlerRecordsWhatTheHandlerReads(t *testing.T) {
	for n, want := range map[int]string{0: "", 4: "0123", 20: "0123456789"} {
		r := NewRecorder("s3cr3t-t0k3n")
		req := httptest.NewRequestWithContext(t.Context(), "POST", "/", strings.NewReader("0123456789"))
		req.TLS = &tls.ConnectionState{}
		req.Header.Set("Authorization", "Bearer s3cr3t-t0k3n")
		r.Handler(http.HandlerFunc(func(_ http.ResponseWriter, req *http.Request) {
			if req.Header.Get("Authorization") != "Bearer s3cr3t-t0k3n" {
				t.Error("the handler does not get the token")
			}
			_, _ = io.ReadFull(req.Body, make([]byte, n))
		})).ServeHTTP(httptest.NewRecorder(), req)
		e := only(t, r)
		if string(e.RequestBody) != want || e.URL != "https://example.com/" || e.RequestHeader.Get("Authorization") != "Bearer [hidden]" {
			t.Errorf("got %q %s %v, want %q", e.RequestBody, e.URL, e.RequestHeader, want)
		}
	}
}

// serve is a server for one request, and tells when its handler has ended: to
// close the server does not wait for one that took the connection over.
func serve(handler http.Handler) (srv *httptest.Server, ended <-chan struct{}) {
	done := make(chan struct{})
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer close(done)
		handler.ServeHTTP(w, r)
	})), done
}

func TestHandlerRecordsConnectionsThatItBreaks(t *testing.T) {
	for _, c := range []struct {
		name    string
		handler http.HandlerFunc
		status  int
		problem string
	}{
		{"by a panic", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "10")
			_, _ = io.WriteString(w, "{")
			panic(http.ErrAbortHandler)
		}, 200, "the handler panicked"},
		{"by taking the connection over", func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			_ = conn.Close()
		}, 0, "the handler took the connection over"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := NewRecorder()
			srv, ended := serve(r.Handler(c.handler))
			_, err := (&Client{BaseURL: srv.URL}).Do(t.Context(), Request{Method: "POST"})
			expectKind(t, err, Dropped, "EOF")
			<-ended
			srv.Close()
			if e := only(t, r); e.Status != c.status || e.Err != c.problem {
				t.Errorf("got %d %q", e.Status, e.Err)
			}
		})
	}
}
