package duo

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

const (
	maxRetries = 3                // after an answer that asks to wait
	maxWait    = 60 * time.Second // longer waits are left to the next pass
	firstWait  = time.Second      // before the first repetition; it doubles with each
)

// wait is how long to wait before a request is sent again because the target asks
// for it, or negative if it is not to be sent again.
func (p *Provisioner) wait(resp *wire.Response, retries int) time.Duration {
	if resp.Status != http.StatusTooManyRequests && resp.Status != http.StatusServiceUnavailable {
		return -1
	}
	if fieldRetry.ask(p.answers) != RetryAfter || retries >= max(maxRetries, p.opt.Retries) {
		return -1
	}
	after, asked := resp.RetryAfter(p.now())
	switch {
	case !asked && p.opt.Retries > 0:
		return backoff(retries)
	case !asked:
		return firstWait
	case after > maxWait:
		return -1
	}
	return after
}

// persist repeats what may heal, as often as Options.Retries says: a failure of
// the target, or a broken connection. do looks at the target, or at the store,
// before it repeats a request.
func (p *Provisioner) persist(ctx context.Context, do func(attempt int) error) error {
	for attempt := 0; ; attempt++ {
		err := do(attempt)
		if attempt >= p.opt.Retries || !heals(err) || p.interrupted(ctx) != nil {
			return err
		}
		if err := p.opt.Sleep(ctx, backoff(attempt)); err != nil {
			return err
		}
	}
}

// backoff doubles with each attempt, up to maxWait, and varies by a half, so that
// many who were refused at once do not come back at once.
func backoff(attempt int) time.Duration {
	d := min(firstWait<<min(attempt, 10), maxWait)
	return d/2 + rand.N(d) //nolint:gosec // nothing secret depends on it
}

// heals says whether the same request may succeed a little later.
func heals(err error) bool {
	if t, ok := errors.AsType[*wire.TransportError](err); ok {
		return t.Kind == wire.Dropped || t.Kind == wire.Timeout || t.Kind == wire.Unreachable
	}
	r, ok := errors.AsType[*refusal](err)
	if !ok {
		return false
	}
	switch r.status {
	case http.StatusNotImplemented, http.StatusHTTPVersionNotSupported:
		return false
	case http.StatusRequestTimeout, http.StatusTooEarly:
		return true
	}
	return r.status >= http.StatusInternalServerError
}

// hopeless says whether the target will refuse the same values again.
func hopeless(err error) bool {
	r, ok := errors.AsType[*refusal](err)
	if !ok {
		return false
	}
	switch r.status {
	case http.StatusBadRequest, http.StatusConflict, http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity:
		return true
	}
	return false
}
