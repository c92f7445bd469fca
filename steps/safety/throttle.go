package safety

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// ErrMaxRequests is what a request gets that would be one more than --max-requests.
var ErrMaxRequests error = notSentError("the limit of --max-requests is reached, the request was not sent")

// errNotSent is within every error of a request that waited for its turn in vain.
var errNotSent error = notSentError("the request was not sent")

// notSentError is why a request was kept back: the server has no part in it.
type notSentError string

func (e notSentError) Error() string { return string(e) }

// NotSent tells the client that no connection was lost.
func (e notSentError) NotSent() bool { return true }

// Throttle is the transport that keeps a run within --rps and --max-requests.
// It is safe for concurrent use.
type Throttle struct {
	next    http.RoundTripper
	limiter *rate.Limiter // nil for no limit
	limit   int64         // 0 for no limit
	sent    atomic.Int64
}

// NewThrottle sends at most perSecond requests a second and at most maxRequests
// altogether; 0 means no limit. Clean-up is paced too, but never runs out of
// requests: what was created has to be removed.
func NewThrottle(next http.RoundTripper, perSecond float64, maxRequests int) *Throttle {
	t := &Throttle{next: next, limit: int64(maxRequests)}
	if perSecond > 0 {
		t.limiter = rate.NewLimiter(rate.Limit(perSecond), 1)
	}
	return t
}

// RoundTrip sends the request when it is its turn. The error is ErrMaxRequests
// when there are no requests left.
func (t *Throttle) RoundTrip(r *http.Request) (*http.Response, error) {
	if t.limit > 0 && !isCleanup(r.Context()) && t.sent.Add(1) > t.limit {
		closeBody(r)
		return nil, ErrMaxRequests
	}
	if t.limiter != nil {
		if err := t.limiter.Wait(r.Context()); err != nil {
			closeBody(r)
			if r.Context().Err() != nil {
				return nil, fmt.Errorf("%w while it waited for its turn under --rps: %w", errNotSent, err)
			}
			return nil, fmt.Errorf("%w: its turn under --rps comes after its deadline; raise --rps or --timeout", errNotSent)
		}
	}
	return t.next.RoundTrip(r)
}

type cleanupKey struct{}

// forCleanup marks the requests of clean-up and sweep.
func forCleanup(ctx context.Context) context.Context {
	return context.WithValue(ctx, cleanupKey{}, true)
}

func isCleanup(ctx context.Context) bool {
	return ctx.Value(cleanupKey{}) != nil
}

// closeBody does what a RoundTripper owes its caller when it sends nothing.
func closeBody(r *http.Request) {
	if r.Body != nil {
		_ = r.Body.Close()
	}
}

const (
	maxRetries     = 3
	maxRetryWait   = time.Minute
	mostLimited    = maxRetries * maxRetryWait // altogether after 429, which is no answer yet
	firstRetryWait = 200 * time.Millisecond    // where the target does not say how long; then twice and four times that
)

// Patience is the transport for the judge's own requests: it repeats one that is
// answered 429 or 503 with a Retry-After of at most a minute, three times at
// most (RFC 9110 section 10.2.3, RFC 6585 section 4). Retry-After may be absent:
// then 429, which is no answer to the request, is repeated soon, and 503 only where
// the request changes nothing. The provisioner under observation does not get it:
// how it retries is part of what is observed.
type Patience struct {
	Next  http.RoundTripper
	Most  time.Duration                              // how long it waits altogether for one request; 0 for no limit
	Sleep func(context.Context, time.Duration) error // nil means to sleep really
}

// RoundTrip returns the first answer that does not ask for patience, or the last
// one when waiting would take too long: for the request's deadline, or for Most.
func (p *Patience) RoundTrip(r *http.Request) (*http.Response, error) {
	sleep := p.Sleep
	if sleep == nil {
		sleep = Pause
	}
	var waited time.Duration
	for try := 0; ; try++ {
		answer, err := p.Next.RoundTrip(r)
		if err != nil || try == maxRetries {
			return answer, err
		}
		wait, ok := patienceAsked(r, answer, try)
		waited += wait
		if !ok || !fits(r.Context(), wait) || p.Most > 0 && waited > p.most(answer.StatusCode) {
			return answer, nil
		}
		again, ok := wire.Repeat(r)
		if !ok {
			return answer, nil
		}
		discard(answer)
		if err := sleep(r.Context(), wait); err != nil {
			closeBody(again)
			return nil, err
		}
		r = again
	}
}

// most is how long it waits altogether after answers with this status.
func (p *Patience) most(status int) time.Duration {
	if status == http.StatusTooManyRequests {
		return max(p.Most, mostLimited)
	}
	return p.Most
}

func patienceAsked(r *http.Request, answer *http.Response, try int) (time.Duration, bool) {
	if !IsBusy(answer.StatusCode) {
		return 0, false
	}
	if answer.Header.Get("Retry-After") == "" {
		isSafe := answer.StatusCode == http.StatusTooManyRequests || r.Method == http.MethodGet
		return firstRetryWait << try, isSafe
	}
	wait, ok := (&wire.Response{Header: answer.Header}).RetryAfter(time.Now())
	return wait, ok && wait <= maxRetryWait
}

// IsBusy says whether a status is about now, and not about the request: 429 and 503.
func IsBusy(status int) bool {
	return status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable
}

func fits(ctx context.Context, wait time.Duration) bool {
	deadline, ok := ctx.Deadline()
	return !ok || time.Until(deadline) > wait
}

// discard reads the rest of a short answer, so that its connection is used again.
func discard(answer *http.Response) {
	_, _ = io.CopyN(io.Discard, answer.Body, 64<<10)
	_ = answer.Body.Close()
}

// Pause waits, at most until the context ends.
func Pause(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
