// Package chaos makes the wire between Duo and its target fail on purpose, the
// same way for the same seed: what a provisioning engine has to survive.
package chaos

import (
	"maps"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// Transport is an http.RoundTripper that fails as a spec says. It is safe for
// concurrent use; the faults follow from the seed alone as long as requests are
// sent one after the other.
type Transport struct {
	next http.RoundTripper
	spec spec

	mu      sync.Mutex
	random  *rand.Rand
	last    map[string]*answer // what each URL was last answered, for Stale
	happens map[Kind]int
	stopped atomic.Bool
}

// New returns a transport in front of next, http.DefaultTransport if it is nil.
// The spec is a list of kind=probability, such as
// "busy=0.05,reset-after=0.02,latency=0.1:200ms", or all=0.02 for all kinds; the
// probabilities must not add up to more than 1. The error says what is wrong with
// the spec.
func New(text string, seed uint64, next http.RoundTripper) (*Transport, error) {
	s, err := parse(text)
	if err != nil {
		return nil, err
	}
	if next == nil {
		next = http.DefaultTransport
	}
	return &Transport{
		next: next, spec: s, random: rand.New(rand.NewPCG(seed, seed)), //nolint:gosec // repeatable on purpose
		last: map[string]*answer{}, happens: map[Kind]int{},
	}, nil
}

// Stop ends the faults: everything passes from now on.
func (t *Transport) Stop() { t.stopped.Store(true) }

// Happened counts the faults so far.
func (t *Transport) Happened() map[Kind]int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return maps.Clone(t.happens)
}

// RoundTrip implements http.RoundTripper.
func (t *Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if t.stopped.Load() {
		return t.next.RoundTrip(r)
	}
	kind, dice := t.draw(r)
	return t.fail(kind, dice, r)
}

// draw decides what happens to a request, with a number for details.
func (t *Transport) draw(r *http.Request) (Kind, uint64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	at, dice := t.random.Float64(), t.random.Uint64()
	for _, k := range Kinds {
		if at -= t.spec.of[k.Kind]; at >= 0 {
			continue
		}
		if !possible(k.Kind, r) || k.Kind == Stale && t.last[r.URL.String()] == nil {
			break
		}
		t.happens[k.Kind]++
		return k.Kind, dice
	}
	return "", dice
}

// possible says whether a kind makes sense for a request: only reads are stale,
// and a target that has lost everything does not take new resources.
func possible(kind Kind, r *http.Request) bool {
	switch kind {
	case Stale:
		return r.Method == http.MethodGet
	case Empty:
		return r.Method != http.MethodPost
	}
	return true
}

// delay waits, or until the request's context ends.
func delay(r *http.Request, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-r.Context().Done():
	case <-timer.C:
	}
}
