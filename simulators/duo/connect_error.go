package duo

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// ConnectCause says in a few words why a connection test failed. What Duo's
// page says in these cases is not published.
type ConnectCause string

// The causes.
const (
	WrongToken     ConnectCause = "wrong token"
	WrongURL       ConnectCause = "wrong URL"
	ErrorBody      ConnectCause = "error body" // under a status of success
	NotSCIM        ConnectCause = "not SCIM"
	ServerError    ConnectCause = "server error"
	Refused        ConnectCause = "refused"
	NoDiscovery    ConnectCause = "no discovery"
	RedirectedAway ConnectCause = "redirected"
	Unreachable    ConnectCause = "unreachable"
	TLSFailed      ConnectCause = "tls failed"
	ConnectionLost ConnectCause = "connection lost"
	TimedOut       ConnectCause = "timeout"
	NotSent        ConnectCause = "not sent"
)

// ConnectError is a connection test that failed.
type ConnectError struct {
	Cause  ConnectCause
	Status int    // of the answer, 0 if there was none
	What   string // what happened, in words
	Remedy string // what the administrator can do
	Err    error  // the transport's error, or nil
}

// Error is one line: cause, what happened, remedy.
func (e *ConnectError) Error() string {
	text := fmt.Sprintf("cannot connect to the application: %s: %s", e.Cause, e.What)
	if e.Remedy != "" {
		text += "; " + e.Remedy
	}
	return text
}

// Unwrap returns the transport's error.
func (e *ConnectError) Unwrap() error { return e.Err }

// notConnected sorts what kept a probe from a successful answer.
func notConnected(ctx context.Context, err error) error {
	if r, ok := errors.AsType[*refusal](err); ok {
		cause, remedy := causeOfStatus(r.status)
		return &ConnectError{Cause: cause, Status: r.status, What: r.Error(), Remedy: remedy}
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return ctx.Err()
	}
	cause := TimedOut // also when the context's deadline ended a wait
	if t, ok := errors.AsType[*wire.TransportError](err); ok {
		cause = causeOfTransport(t.Kind)
	}
	return &ConnectError{Cause: cause, What: short(err.Error()), Err: err}
}

func causeOfStatus(status int) (ConnectCause, string) {
	switch {
	case status < 300:
		return ErrorBody, "check the token; an error has to have a status of 400 or more"
	case status < 400:
		return RedirectedAway, ""
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return WrongToken, ""
	case status == http.StatusNotFound, status == http.StatusMethodNotAllowed, status == http.StatusGone:
		return WrongURL, "Duo adds /Users to the base URL"
	case status >= 500, status == http.StatusTooManyRequests:
		return ServerError, "look into the target's log"
	}
	return Refused, "look into the target's log"
}

func causeOfTransport(kind wire.TransportKind) ConnectCause {
	switch kind {
	case wire.Unreachable:
		return Unreachable
	case wire.TLS:
		return TLSFailed
	case wire.Timeout:
		return TimedOut
	case wire.Dropped:
		return ConnectionLost
	case wire.Redirected:
		return RedirectedAway
	case wire.BadURL:
		return WrongURL
	case wire.Malformed:
		return NotSCIM
	}
	return NotSent
}
