package engine

import (
	"context"
	"net/http"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// writeGate is the transport that lets a scenario go through a long list while
// nothing that the run itself does changes it: a page that is read while others create
// and delete may miss or repeat what has moved in between.
type writeGate struct {
	next http.RoundTripper

	mu      sync.Mutex
	writes  int           // on their way
	closed  bool          // somebody looks, or waits for the writes to end
	changed chan struct{} // is closed at the next change of these
}

func newWriteGate(next http.RoundTripper) *writeGate {
	return &writeGate{next: next, changed: make(chan struct{})}
}

// RoundTrip holds back what changes something for as long as the gate is closed, or
// until the request's context ends.
func (g *writeGate) RoundTrip(r *http.Request) (*http.Response, error) {
	if wire.ReadOnly(r.Method, r.URL.EscapedPath()) {
		return g.next.RoundTrip(r)
	}
	enter := func() bool {
		if !g.closed {
			g.writes++
			return true
		}
		return false
	}
	if err := g.wait(r.Context(), enter); err != nil {
		if r.Body != nil {
			_ = r.Body.Close()
		}
		return nil, err
	}
	defer g.change(func() { g.writes-- })
	return g.next.RoundTrip(r)
}

// withoutWrites looks while the gate is closed. What it does must not change anything.
func (g *writeGate) withoutWrites(ctx context.Context, look func() error) error {
	closed := func() bool {
		if !g.closed {
			g.closed = true
			return true
		}
		return false
	}
	if err := g.wait(ctx, closed); err != nil {
		return err
	}
	defer g.change(func() { g.closed = false })
	if err := g.wait(ctx, func() bool { return g.writes == 0 }); err != nil {
		return err
	}
	return look()
}

// wait tries again after each change, until it is done or the context ends.
func (g *writeGate) wait(ctx context.Context, done func() bool) error {
	for {
		g.mu.Lock()
		ok, changed := done(), g.changed
		g.mu.Unlock()
		if ok {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// change makes a change and tells all that wait for one.
func (g *writeGate) change(what func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	what()
	close(g.changed)
	g.changed = make(chan struct{})
}
