package engine

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire/auth"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

const (
	// maxSilence is how many requests in a row may get no answer before the target
	// counts as gone. Some checks provoke single ones, and single ones are findings. A run
	// against a dead server would wait for hours and find nothing.
	maxSilence = 20
	// A target that has answered and takes no connection now may be starting anew: it is
	// tried again every comeBackStep, until comeBack has passed.
	comeBack     = 15 * time.Second
	comeBackStep = 500 * time.Millisecond
)

// errGone ends a run whose target no longer answers. errSilent, errAway, errBusy, errLocked
// and errEndless say in which way.
var (
	errGone   = errors.New("the target stopped answering")
	errSilent = fmt.Errorf("%w: %d requests in a row got no answer", errGone, maxSilence)
	errAway   = fmt.Errorf("%w: it takes no connection any more", errGone)
	errBusy   = fmt.Errorf("%w: nothing but 429 and 503 came for %s, whatever pause was made; try again later, or send fewer requests from the beginning (--rps N)", errGone, safety.BusyTime)
	errLocked = fmt.Errorf("%w: it refuses the right token, or limits the rate of requests (429), for %s without an end; try again later", errGone, safety.LockTime)

	errEndless = fmt.Errorf("%w with answers that end: several were longer than %d MiB", errGone, judge.MaxAnswer>>20)
	// errNoToken ends a run that cannot renew its access token: nothing more can be asked.
	errNoToken = errors.New("the access token of the run cannot be renewed")
)

// liveness is the transport to a real target that waits for one that starts anew, and
// notices when the target is gone.
type liveness struct {
	next     http.RoundTripper
	base     string // the address of the target, below which there is an endpoint that is always there
	gone     context.CancelCauseFunc
	answered atomic.Bool // the target has, once
	away     atomic.Bool // it did not come back
	silent   atomic.Int64
	returns  atomic.Int64           // how often it came back after it had taken no connection
	cut      atomic.Pointer[string] // the last request whose connection was cut
}

// RoundTrip counts the requests without an answer. What was not sent at all says
// nothing about the target.
func (l *liveness) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := l.next.RoundTrip(r)
	if takesNoConnection(err) && l.answered.Load() && !l.away.Load() {
		answer, err = l.waitAndSend(r, err)
	}
	if locked, ok := errors.AsType[*auth.Error](err); ok && r.Context().Err() == nil {
		l.gone(fmt.Errorf("%w: %w", errNoToken, locked))
		return answer, err
	}
	if _, refused := errors.AsType[*auth.NoCertificateError](err); refused {
		return answer, err // the target has answered, in its way
	}
	switch {
	case err == nil:
		l.answered.Store(true)
		l.silent.Store(0)
	case errors.Is(err, safety.ErrMaxRequests), errors.Is(r.Context().Err(), context.Canceled):
		return answer, err
	case !takesNoConnection(err):
		name := r.Method + " " + r.URL.Path
		l.cut.Store(&name)
	}
	if err != nil && l.silent.Add(1) >= maxSilence && !l.answersElse(r, err) {
		l.gone(errSilent)
	}
	return answer, err
}

// answersElse asks a target that cut all connections of late for its configuration: one that
// breaks at every list, say, is there, and what it breaks at is a finding.
func (l *liveness) answersElse(r *http.Request, err error) bool {
	if timeout, ok := errors.AsType[net.Error](err); l.base == "" || ok && timeout.Timeout() {
		return false
	}
	probe, err := http.NewRequestWithContext(r.Context(), http.MethodGet, l.base+"/ServiceProviderConfig", nil)
	if err != nil {
		return false
	}
	probe.Header = r.Header.Clone()
	probe.Header.Del("Content-Type")
	answer, err := l.next.RoundTrip(probe)
	if err != nil {
		return false
	}
	l.silent.Store(0)
	return answer.Body.Close() == nil
}

// waitAndSend sends a request that found no connection again, until the target takes one
// or the time is over. Such a request has changed nothing.
func (l *liveness) waitAndSend(r *http.Request, err error) (*http.Response, error) {
	for waited := time.Duration(0); waited < comeBack; waited += comeBackStep {
		again, ok := wire.Repeat(r)
		if !ok || judge.Pause(r.Context(), comeBackStep) != nil || l.away.Load() {
			return nil, err
		}
		var answer *http.Response
		if answer, err = l.next.RoundTrip(again); !takesNoConnection(err) {
			l.returns.Add(1)
			return answer, err
		}
	}
	l.away.Store(true)
	l.gone(l.whyAway())
	return nil, err
}

// whyAway names the request that the target may have died of.
func (l *liveness) whyAway() error {
	if cut := l.cut.Load(); cut != nil {
		return fmt.Errorf("%w, since %s was cut off; nothing for %s", errAway, *cut, comeBack)
	}
	return fmt.Errorf("%w; nothing for %s", errAway, comeBack)
}

// takesNoConnection says whether nobody listens where the target was.
func takesNoConnection(err error) bool {
	op, ok := errors.AsType[*net.OpError](err)
	return ok && op.Op == "dial" && !op.Timeout()
}
