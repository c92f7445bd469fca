package judge

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// sharedThing is something at the target that the sessions of a run look at together
// and never change: users to search among, the schemas, the capabilities.
type sharedThing struct {
	turn     chan struct{} // holds one token; whoever has it may make the thing
	made     bool          // value and err will not change any more
	value    any
	err      error
	attempts int
	own      []*Session // of the attempts
}

// The attempts to make a shared thing: of one session that asks, and of all together.
const (
	attemptsEach = 2
	attemptsMost = 6
)

// Shared is SharedBy for a thing that the session works with: from now on j looks at
// the connection where it was made.
func Shared[T any](ctx context.Context, j *Session, name string, build func(ctx context.Context, own *Session) (T, error)) (T, error) {
	value, err := SharedBy(ctx, j.Run, name, build)
	if err == nil {
		j.move(j.Run.commonSession())
	}
	return value, err
}

// SharedBy returns the thing of this name. The first session that asks makes it, with
// a session of its own, and the others get the same one. A refusal by the target is
// kept, so that the target is not asked again by every scenario. A network that fails is
// not kept: the thing is made again, twice for each session that asks and at most six
// times in a run.
func SharedBy[T any](ctx context.Context, r *Run, name string, build func(ctx context.Context, own *Session) (T, error)) (T, error) {
	var none T
	thing, common, err := r.thing(name)
	if err != nil {
		return none, err
	}
	select {
	case <-ctx.Done():
		return none, ctx.Err()
	case <-thing.turn:
	}
	defer func() { thing.turn <- struct{}{} }()
	for n := 0; !thing.made && n < attemptsEach; n++ {
		if err := ctx.Err(); err != nil {
			return none, err
		}
		way := ctx
		if n > 0 { // some servers cut connections that are kept
			way = wire.OnNewConnection(ctx)
		}
		thing.attempt(func() (any, error) {
			own := common.fork(thing.attempts)
			thing.own = append(thing.own, own)
			return build(way, own)
		})
	}
	if thing.err != nil {
		return none, thing.err
	}
	value, _ := thing.value.(T)
	return value, nil
}

// Discard removes from a real target what was made for a shared thing, when no session
// needs it any more.
func (r *Run) Discard(ctx context.Context, name string) {
	r.mu.Lock()
	thing := r.shared[name]
	delete(r.shared, name)
	r.mu.Unlock()
	if thing == nil {
		return
	}
	for _, own := range thing.own {
		if own.scope != nil {
			own.scope.Cleanup(context.WithoutCancel(ctx))
		}
	}
}

// attempt makes the thing, or finds out that it cannot be made now.
func (t *sharedThing) attempt(build func() (any, error)) {
	t.attempts++
	t.err = errors.New("what the scenarios of this run share could not be made") // stays if build panics
	t.value, t.err = build()
	t.made = t.err == nil || !IsLost(t.err) || t.attempts >= attemptsMost
}

// thing is the shared thing of this name with the session that it belongs to.
func (r *Run) thing(name string) (*sharedThing, *Session, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.common == nil {
		common, err := r.NewSession()
		if err != nil {
			return nil, nil, err
		}
		r.common = common
	}
	if r.shared == nil {
		r.shared = map[string]*sharedThing{}
	}
	if r.shared[name] == nil {
		t := &sharedThing{turn: make(chan struct{}, 1)}
		t.turn <- struct{}{}
		r.shared[name] = t
	}
	return r.shared[name], r.common, nil
}

func (r *Run) commonSession() *Session {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.common
}

// fork is a session at the same connection with names of its own: what an attempt
// before has left behind is in nobody's way.
func (j *Session) fork(attempt int) *Session {
	own := &Session{
		Run: j.Run, Conn: j.Conn, common: true, Subjects: map[string]*Subject{}, Remembered: map[string]string{}, notMade: map[string]error{},
	}
	if j.Run.Guard != nil {
		own.scope, own.markText = j.Run.Guard.Scope(), j.Run.Mark()
	} else if attempt > 1 {
		own.markText = fmt.Sprintf("%s-%d", embeddedMark, attempt)
	}
	own.Wire = own.Recorder()
	return own
}

// IsLost says whether an error is the network's, or ours: it says nothing about what
// the target would have answered.
func IsLost(err error) bool {
	if m, ok := errors.AsType[*Mismatch](err); ok {
		return m.Lost != nil
	}
	_, lacks := errors.AsType[*Unsupported](err)
	_, nothing := errors.AsType[*Untested](err)
	_, blocked := errors.AsType[*Blocked](err)
	return err != nil && !lacks && !nothing && !blocked
}

// move lets a session look at the target where the shared things are.
func (j *Session) move(to *Session) {
	if j.Conn != to.Conn && j.Conn.OnClose != nil {
		j.Conn.Close()
	}
	moved := *to.Conn
	moved.OnClose = nil // it is not this session's to close
	j.Conn = &moved
}

// Eventually repeats a look at the target until it is as it should be, or until
// the time is over that the target may take to settle (--settle); without one it
// looks once.
func (j *Session) Eventually(ctx context.Context, look func() error) error {
	deadline := j.Run.Now().Add(j.Run.Fit.Settle)
	for {
		err := look()
		if _, wrong := IsMismatch(err); !wrong || !j.Run.Now().Before(deadline) {
			return err
		}
		if err := Pause(ctx, settleStep); err != nil {
			return err
		}
		j.lookAgain()
	}
}

const settleStep = 200 * time.Millisecond

// Settle waits as long as the target may take until a change shows.
func (j *Session) Settle(ctx context.Context) error { return Pause(ctx, j.Run.Fit.Settle) }

// Pause waits, at most until the context ends.
func Pause(ctx context.Context, d time.Duration) error { return safety.Pause(ctx, d) }
