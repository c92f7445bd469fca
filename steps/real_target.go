package steps

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// prepareRealTarget makes sure that there is something to judge, and sets up
// what keeps the target as it was: marker, journal, guard, throttle.
func (r *run) prepareRealTarget(ctx context.Context, base http.RoundTripper) error {
	t := r.options.Target
	throttle := safety.NewThrottle(base, r.options.RPS, r.options.MaxRequests)
	r.transport = &stillness{next: throttle}
	client := &wire.Client{BaseURL: t.URL, Token: t.Token, HTTP: &http.Client{Transport: r.transport, Timeout: r.options.Timeout}}
	if err := safety.Preflight(ctx, client); err != nil {
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
	r.marker = marker
	r.guard, err = safety.NewGuard(client, marker, journal)
	if err != nil {
		return err
	}
	r.guard.Workers = r.options.Workers
	return nil
}

// nextMark is the mark of the next scenario on a real target.
func (r *run) nextMark() string { return r.marker.Scenario(int(r.marks.Add(1))) }
