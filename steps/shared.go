package steps

import (
	"context"
	"sync"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// shared is what the scenarios of one run look at together and never change: it
// is made at the target once, by the first scenario that asks, and removed at
// the end of the run.
type shared struct {
	mu    sync.Mutex
	world *world // nil until somebody asked
	err   error  // why there is none

	capabilities onceResult[capabilities]
	alive        onceResult[struct{}] // the target has taken a user, or why not
	population   onceResult[map[string]*subject]
	types        onceResult[map[string]*scim.ResourceType]
	tour         onceResult[*tour]
	crowd        onceResult[[]string]
	published    onceResult[*published]
	exhibition   onceResult[*exhibition]
}

// onceResult is made once; a failure is kept too, so that a target which refuses
// is not asked again by every scenario.
type onceResult[T any] struct {
	once  sync.Once
	value T
	err   error
}

func (o *onceResult[T]) get(build func() (T, error)) (T, error) {
	o.once.Do(func() { o.value, o.err = build() })
	return o.value, o.err
}

// commonWorld is the world in which shared things are made.
func (r *run) commonWorld() (*world, error) {
	r.shared.mu.Lock()
	defer r.shared.mu.Unlock()
	if r.shared.world == nil && r.shared.err == nil {
		w := &world{}
		if r.shared.err = w.open(r, w.profile); r.shared.err == nil {
			r.shared.world = w
		}
	}
	return r.shared.world, r.shared.err
}

// closeShared leaves what was made at a real target to the clean-up that ends the run.
func (r *run) closeShared() {
	if r.shared.world != nil {
		r.shared.world.conn.Close()
	}
}

// move lets a scenario look at the target where the shared things are.
func (w *world) move(to *world) {
	if w.conn != to.conn && w.conn.close != nil {
		w.conn.Close()
	}
	moved := *to.conn
	moved.close = nil // it is not this scenario's to close
	w.conn = &moved
}

// eventually repeats a look at the target until it is as it should be, or until
// the time is over that the target may take to settle (--settle); without one it
// looks once.
func (w *world) eventually(ctx context.Context, look func() error) error {
	deadline := w.run.options.Now().Add(w.run.options.Fit.Settle)
	for {
		err := look()
		if _, wrong := isMismatch(err); !wrong || !w.run.options.Now().Before(deadline) {
			return err
		}
		select {
		case <-time.After(settleStep):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

const settleStep = 200 * time.Millisecond
