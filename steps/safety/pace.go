package safety

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

const (
	shortestPause = 200 * time.Millisecond
	pauseUntold   = time.Second // after a 429 that does not say how long to wait
	slowest       = 0.2         // requests per second
	below         = 0.9         // how much of what the target has served is asked of it
	growAfter     = 100         // requests in a row without a 429, after which the pace grows
	growBy        = 1.1

	// BusyTime is how long a target may answer nothing but 429 and 503 before it counts as
	// one that never answers otherwise: two pauses of the longest kind, after which a target
	// with an allowance by the minute has answered.
	BusyTime = 2 * maxRetryWait
	minBusy  = 3 // answers of that kind in this time
)

// Pace is the transport that keeps to the limit of a target that answers 429. A pause that
// the target asks for holds for every request, also those of others that run at the same
// time. After it the requests go out a little slower than the target has served them so far.
// It is safe for concurrent use.
type Pace struct {
	Next   http.RoundTripper
	Counts func(*http.Request) bool // whether an answer to the request tells of the limit; nil for all
	Busy   func()                   // is told once that nothing but 429 and 503 has come for BusyTime; nil for nobody

	mu      sync.Mutex
	until   time.Time // no request is sent before
	began   time.Time // of the stretch in which served counts: when the last pause ends
	served  int
	calm    int       // answers since the last 429
	busy    int       // answers in a row that were 429 or 503
	since   time.Time // the first of them
	told    bool
	limiter *rate.Limiter
}

// PerSecond is how many requests per second the target is sent at most; 0 as long as it
// has shown no limit.
func (p *Pace) PerSecond() float64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.limiter == nil {
		return 0
	}
	return float64(p.limiter.Limit())
}

// RoundTrip sends the request when it is its turn.
func (p *Pace) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := p.wait(r.Context()); err != nil {
		closeBody(r)
		return nil, fmt.Errorf("%w while it waited for the pace that the target asks for: %w", errNotSent, err)
	}
	sent := p.begin()
	answer, err := p.Next.RoundTrip(r)
	if err == nil && (p.Counts == nil || p.Counts(r)) {
		p.answered(sent, answer)
	}
	return answer, err
}

func (p *Pace) begin() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if p.began.IsZero() {
		p.began = now
	}
	return now
}

// wait ends when no pause is on and it is the request's turn.
func (p *Pace) wait(ctx context.Context) error {
	for {
		p.mu.Lock()
		pause, limiter := time.Until(p.until), p.limiter
		p.mu.Unlock()
		if pause > 0 {
			if err := Pause(ctx, pause); err != nil {
				return err
			}
			continue
		}
		if limiter != nil {
			if err := limiter.Wait(ctx); err != nil {
				return err
			}
		}
		if p.free() {
			return nil
		}
	}
}

// free says whether no pause has begun in the meantime.
func (p *Pace) free() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return time.Until(p.until) <= 0
}

// answered learns from an answer to a request that was sent at this time.
func (p *Pace) answered(sent time.Time, answer *http.Response) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !IsBusy(answer.StatusCode) {
		p.isServed()
		return
	}
	p.isRefused()
	pause, asked := (&wire.Response{Header: answer.Header}).RetryAfter(time.Now())
	switch {
	case !asked && answer.StatusCode == http.StatusServiceUnavailable:
		return
	case !asked:
		pause = pauseUntold
	}
	if until := time.Now().Add(min(max(pause, shortestPause), maxRetryWait)); until.After(p.until) {
		p.until = until
	}
	if answer.StatusCode == http.StatusTooManyRequests && !sent.Before(p.began) {
		p.slowDown()
	}
}

// isServed lets the pace grow again after many answers: the limit may have been somebody
// else's doing.
func (p *Pace) isServed() {
	p.served++
	p.calm++
	p.busy = 0
	if p.limiter != nil && p.calm >= growAfter {
		p.calm = 0
		p.limiter.SetLimit(p.limiter.Limit() * growBy)
	}
}

// isRefused tells of a target that answers nothing but 429 and 503 for good.
func (p *Pace) isRefused() {
	if p.busy++; p.busy == 1 {
		p.since = time.Now()
	}
	if p.Busy != nil && !p.told && p.busy >= minBusy && time.Since(p.since) >= BusyTime {
		p.told = true
		p.Busy()
	}
}

// slowDown sets the pace by what the target has served since the last pause, this one
// included: a target that refills its allowance by the second is found out by the first.
func (p *Pace) slowDown() {
	perSecond := rate.Limit(max(below*float64(p.served)/p.until.Sub(p.began).Seconds(), slowest))
	if p.limiter == nil {
		p.limiter = rate.NewLimiter(perSecond, 1)
	} else {
		p.limiter.SetLimit(max(min(perSecond, below*p.limiter.Limit()), slowest))
	}
	p.began, p.served, p.calm = p.until, 0, 0
}
