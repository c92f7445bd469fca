package wire

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// raw starts a server that answers every request with these bytes and then
// closes the connection.
func raw(t *testing.T, answer string) string {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		conn, buffered, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer func() { _ = conn.Close() }()
		_, _ = buffered.WriteString(answer)
		_ = buffered.Flush()
	}))
	t.Cleanup(srv.Close)
	return srv.URL
}

func TestTransportErrors(t *testing.T) {
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0) // it complains of the refused certificate
	secure.StartTLS()
	defer secure.Close()
	plain := raw(t, "HTTP/1.1 204 No Content\r\n\r\n")
	noName := &http.Client{Transport: &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "scim.example", IsNotFound: true}}
	}}}

	for _, c := range []struct {
		name   string
		client Client
		method string
		kind   TransportKind
		says   string
	}{
		{"nobody listens", Client{BaseURL: closed.URL}, "GET", Unreachable, "connection refused; check the host name, the port"},
		{"the name is not found", Client{BaseURL: "http://scim.example", HTTP: noName}, "GET", Unreachable, "no such host"},
		{"the certificate is signed by nobody known", Client{BaseURL: secure.URL}, "GET", TLS, "certificate"},
		{"https to a server that speaks http", Client{BaseURL: strings.Replace(plain, "http:", "https:", 1)}, "GET", TLS, "HTTP response to HTTPS client"},
		{"the connection is closed before the answer", Client{BaseURL: raw(t, "")}, "POST", Dropped, "EOF; look into the server's log"},
		{"the connection is closed within the header", Client{BaseURL: raw(t, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n")}, "POST", Dropped, "unexpected EOF"},
		{"the connection is closed within the body", Client{BaseURL: raw(t, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{")}, "POST", Dropped, "unexpected EOF"},
		{"the connection is closed within a chunk", Client{BaseURL: raw(t, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{")}, "POST", Dropped, "unexpected EOF"},
		{"the answer is not HTTP", Client{BaseURL: raw(t, "220 mail.example ESMTP \x1b[2J\r\n")}, "POST", Malformed, "malformed HTTP"},
		{"a chunk has no length", Client{BaseURL: raw(t, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")}, "POST", Malformed, "chunk"},
		{"gzip that is none", Client{BaseURL: raw(t, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 11\r\n\r\nhello there")}, "POST", Malformed, "gzip"},
		{"a server that sends the token back in nonsense", Client{BaseURL: raw(t, "s3cr3t-t0k3n\r\n"), Token: "s3cr3t-t0k3n"}, "POST", Malformed, "[hidden]"},
		{"a method that is none", Client{BaseURL: plain}, "GE T", Unsendable, "invalid method"},
		{"a token with a line feed", Client{BaseURL: plain, Token: "s3cr3t\nt0k3n"}, "GET", Unsendable, "Authorization"},
		{"no base URL", Client{}, "GET", BadURL, "the base URL is empty"},
	} {
		t.Run(c.name, func(t *testing.T) {
			resp, err := c.client.Do(t.Context(), Request{Method: c.method, Path: []string{"Users"}})
			if resp != nil {
				t.Errorf("there is an answer too: %+v", resp)
			}
			expectKind(t, err, c.kind, c.says)
		})
	}
}

func TestTransportErrorsOfTime(t *testing.T) {
	arrived, release := make(chan struct{}, 1), make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		arrived <- struct{}{}
		<-release
	}))
	defer srv.Close()
	defer close(release)

	t.Run("the client's own timeout", func(t *testing.T) {
		c := Client{BaseURL: srv.URL, HTTP: &http.Client{Timeout: time.Millisecond}}
		_, err := c.Do(t.Context(), Request{Method: "GET"})
		expectKind(t, err, Timeout, "allow more time")
	})
	t.Run("the caller's deadline", func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), -time.Second)
		defer cancel()
		_, err := (&Client{BaseURL: srv.URL}).Do(ctx, Request{Method: "GET"})
		expectKind(t, err, Timeout, "deadline exceeded")
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Error("the cause is lost")
		}
	})
	t.Run("the caller gives up", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		select {
		case <-arrived: // by the first case, if its request got that far
		default:
		}
		go func() {
			<-arrived
			cancel()
		}()
		_, err := (&Client{BaseURL: srv.URL}).Do(ctx, Request{Method: "GET"})
		expectKind(t, err, Canceled, "context canceled")
		if !errors.Is(err, context.Canceled) {
			t.Error("the cause is lost")
		}
	})
}

func TestUnsendableBody(t *testing.T) {
	_, err := (&Client{BaseURL: "http://127.0.0.1:1"}).Do(t.Context(), Request{Method: "POST", Body: make(chan int)})
	expectKind(t, err, Unsendable, "cannot be written as JSON")
}
