package wire

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// TransportKind says in which way a request got no answer.
type TransportKind string

// The ways in which a request gets no answer.
const (
	Unreachable TransportKind = "unreachable"        // name not found, connection refused, no route
	TLS         TransportKind = "tls failed"         // no TLS, or a certificate that cannot be trusted
	Timeout     TransportKind = "timed out"          // no complete answer within the time allowed
	Dropped     TransportKind = "connection dropped" // lost before or within the answer
	Malformed   TransportKind = "malformed answer"   // bytes that are not HTTP
	Redirected  TransportKind = "redirected"         // to another host, or too often
	BadURL      TransportKind = "unusable base URL"  // see CheckBaseURL
	Unsendable  TransportKind = "request not sent"   // a method, header or body that HTTP cannot carry
	Canceled    TransportKind = "canceled"           // the caller gave up
)

// TransportError is a request without an answer. Any answer, even 500 or
// garbage, is a Response instead.
type TransportError struct {
	Kind   TransportKind
	Method string // "" with kind BadURL
	URL    string // absolute; "" with kind BadURL
	Err    error  // the cause, never nil
}

// Error is one line: what happened, to which request, and what to do.
func (e *TransportError) Error() string {
	if e.Kind == BadURL { // there is no request yet, and the text names the remedy
		return e.Err.Error()
	}
	s := string(e.Kind) + ": " + e.Method + " " + e.URL + ": " + Excerpt(e.Err.Error(), 300)
	if remedy := remedies[e.Kind]; remedy != "" {
		s += "; " + remedy
	}
	return s
}

// Unwrap returns the cause.
func (e *TransportError) Unwrap() error { return e.Err }

var remedies = map[TransportKind]string{
	Unreachable: "check the host name, the port and the network",
	TLS:         "check that the port speaks TLS and that its certificate is valid for this host",
	Timeout:     "check whether the server hangs, or allow more time",
	Dropped:     "look into the server's log: it closed the connection before its answer was complete",
	Malformed:   "check that an HTTP server listens there, and with which scheme, http or https",
	Redirected:  "use the final address as base URL; the token goes to no other host",
}

// kindOf classifies an error of net/http. The order matters: a failed dial can
// also be a timeout, and a failed handshake also a lost connection.
func kindOf(ctx context.Context, err error) TransportKind {
	op, timeout := "", false
	if e, ok := errors.AsType[*net.OpError](err); ok {
		op = e.Op
	}
	if e, ok := errors.AsType[net.Error](err); ok {
		timeout = e.Timeout()
	}
	_, noName := errors.AsType[*net.DNSError](err)
	held, isHeld := errors.AsType[interface {
		error
		NotSent() bool
	}](err)
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return Canceled
	case isHeld && held.NotSent(): // a transport of ours kept it back
		return Unsendable
	case isTLS(err, op):
		return TLS
	case noName, op == "dial", op == "proxyconnect":
		return Unreachable
	case timeout, errors.Is(err, context.DeadlineExceeded):
		return Timeout
	}
	return kindOfText(err.Error())
}

// kindOfText classifies errors of net/http that have no type of their own.
func kindOfText(text string) TransportKind {
	switch {
	case strings.Contains(text, "Location header"):
		return Redirected
	case strings.HasPrefix(text, "net/http: invalid "):
		return Unsendable
	}
	for _, sign := range []string{"malformed", "gzip", "flate", "chunk", "Content-Length", "transfer encoding", "exceeded"} {
		if strings.Contains(text, sign) {
			return Malformed
		}
	}
	return Dropped
}

func isTLS(err error, op string) bool {
	_, certificate := errors.AsType[*tls.CertificateVerificationError](err)
	_, record := errors.AsType[tls.RecordHeaderError](err)
	alert := op == "remote error" || op == "local error"
	return certificate || record || alert || errors.Is(err, http.ErrSchemeMismatch) || strings.HasPrefix(err.Error(), "tls: ")
}

// cause strips the method and the URL that net/http puts before every error.
func cause(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		return u.Err
	}
	return err
}

// hiddenError is an error without the secrets that a server may have echoed.
type hiddenError struct {
	text string
	err  error
}

func (e *hiddenError) Error() string { return e.text }
func (e *hiddenError) Unwrap() error { return e.err }

func badURL(format string, args ...any) error {
	return &TransportError{Kind: BadURL, Err: fmt.Errorf(format, args...)}
}
