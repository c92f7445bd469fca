package judge

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// aRun has a target of which no request is made.
func aRun() *Run {
	return &Run{Target: Embedded(), Now: time.Now, Connect: func(s *Session) error {
		s.Conn = &Connection{}
		return nil
	}}
}

var errDropped = &wire.TransportError{Kind: wire.Dropped, Method: "POST", Err: errors.New("EOF")}

func TestWhatIsSharedIsMadeOnceAndAgainOnlyWhereTheNetworkFailed(t *testing.T) {
	for name, c := range map[string]struct {
		fails    func(attempt int) error
		asked    int // how often it is asked for
		attempts int
		wrong    bool // the last answer is an error
	}{
		"it is made once":                          {func(int) error { return nil }, 3, 1, false},
		"a refusal is kept":                        {func(int) error { return &Mismatch{What: "POST /Users", Want: "201", Got: "403"} }, 3, 1, true},
		"what is not offered is kept":              {func(int) error { return &Unsupported{"no groups"} }, 3, 1, true},
		"a connection that drops once is mended":   {onlyFirst(errDropped), 1, 2, false},
		"an answer that breaks off once, too":      {onlyFirst(&Mismatch{What: "POST /Users", Lost: errDropped}), 1, 2, false},
		"each session tries twice":                 {func(int) error { return errDropped }, 1, 2, true},
		"another session tries again":              {func(int) error { return errDropped }, 2, 4, true},
		"in the end it is known to be impossible":  {func(int) error { return errDropped }, 9, 6, true},
		"a panic is no result, and no nil pointer": {panics, 2, 2, false},
	} {
		t.Run(name, func(t *testing.T) {
			run, attempts := aRun(), 0
			build := func(context.Context, *Session) (*int, error) {
				attempts++
				return &attempts, c.fails(attempts)
			}
			var got *int
			var err error
			for range c.asked {
				got, err = sharedUnlessItPanics(t, run, build)
			}
			if (err != nil) != c.wrong || err == nil && got == nil || attempts != c.attempts {
				t.Errorf("got %v, %v after %d attempts, want %d", got, err, attempts, c.attempts)
			}
		})
	}
}

func onlyFirst(err error) func(int) error {
	return func(attempt int) error {
		if attempt == 1 {
			return err
		}
		return nil
	}
}

func panics(attempt int) error {
	if attempt == 1 {
		panic("a mistake in the harness")
	}
	return nil
}

// sharedUnlessItPanics asks as godog lets a step ask: it survives a panic.
func sharedUnlessItPanics(t *testing.T, run *Run, build func(context.Context, *Session) (*int, error)) (got *int, err error) {
	t.Helper()
	defer func() {
		if p := recover(); p != nil {
			err = errors.New("panic")
		}
	}()
	return SharedBy(t.Context(), run, "thing", build)
}

func TestASessionWaitsForWhatIsSharedOnlyAsLongAsItsContextLives(t *testing.T) {
	run := aRun()
	ctx, cancel := context.WithCancel(t.Context())
	_, err := SharedBy(t.Context(), run, "thing", func(context.Context, *Session) (int, error) {
		cancel() // the other one has begun to wait, or is about to
		_, waiting := SharedBy(ctx, run, "thing", func(context.Context, *Session) (int, error) { return 1, nil })
		if !errors.Is(waiting, context.Canceled) {
			t.Errorf("the other one got %v", waiting)
		}
		return 1, nil
	})
	if err != nil {
		t.Error(err)
	}
}
