package engine

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// prepareRealTarget makes sure that there is something to judge, and sets up
// what keeps the target as it was: marker, journal, guard, throttle.
func (r *run) prepareRealTarget(ctx context.Context, gate *writeGate, base http.RoundTripper) error {
	t := r.options.Target
	r.counter = &counter{next: base}
	r.loadBy(r.counter)
	brake := &safety.Brake{Next: r.counter, Tokens: []string{t.Token, t.SecondToken}, Now: r.options.Now, Busy: func() { r.stop(errLocked) }}
	r.brake = brake
	r.pace = &safety.Pace{Next: brake, Counts: brake.IsRight, Busy: func() { r.stop(errBusy) }}
	gate.next = safety.NewThrottle(r.pace, r.options.RPS, r.options.MaxRequests)
	client := &wire.Client{BaseURL: t.URL, Token: t.Token, MaxBody: judge.MaxAnswer, HTTP: &http.Client{Transport: r.recorder(t.Token).Transport(gate)}}
	first := &wire.Client{BaseURL: t.URL, Token: t.Token, MaxBody: judge.MaxAnswer, HTTP: &http.Client{Transport: r.wellness}} // clean-up is never held back
	if err := safety.PreflightBy(ctx, first, t.Way()); err != nil {
		var p *safety.PreflightError
		if !errors.As(err, &p) || p.Stops {
			return err
		}
		r.warn(p.Text)
	}
	marker, err := safety.NewMarker(rand.Reader, r.options.Now())
	if err != nil {
		return err
	}
	dir := r.options.JournalDir
	if dir == "" {
		if dir, err = safety.DefaultJournalDir(); err != nil {
			return err
		}
	}
	journal, err := safety.OpenJournal(dir, t.URL, marker)
	if err != nil {
		return err
	}
	if r.guard, err = safety.NewGuard(client, marker, journal); err != nil {
		return err
	}
	r.guard.Workers, r.guard.MaxLeft, r.guard.Kept = r.options.Workers, r.options.MaxLeft, r.keepsAll
	r.wellness.Full = r.guard.IsFull
	context.AfterFunc(ctx, r.guard.Hurry)
	var marks atomic.Int64
	r.judge.Guard, r.judge.Mark = r.guard, func() string { return marker.Scenario(int(marks.Add(1))) }
	return nil
}
