package duo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

const (
	troubledCycles = 3              // in a row, until the pause begins
	longestPause   = 24 * time.Hour // between two attempts
)

// trouble is what a provisioner remembers of cycles in which most requests failed.
type trouble struct {
	Cycles int       `json:"cycles"` // in a row
	Until  time.Time `json:"until"`  // no cycle before; zero: no pause
	Reason string    `json:"reason"` // the last failure
}

// QuarantineError is a cycle that was not run, because most requests of several
// cycles in a row had failed.
type QuarantineError struct {
	Until  time.Time // when the next attempt is due
	Cycles int       // how many failed in a row
	Reason string    // the last failure
}

func (e *QuarantineError) Error() string {
	return fmt.Sprintf("provisioning is paused until %s: most requests of %d cycles in a row failed, the last with: %s; it recovers by itself, or at once with a redelivery",
		e.Until.Format(time.RFC3339), e.Cycles, e.Reason)
}

// Quarantine says until when provisioning pauses by itself, because most requests of
// several cycles failed, and the last failure. The time is zero if it does not pause; when
// it is over, the next cycle begins with a connection test.
func (p *Provisioner) Quarantine() (until time.Time, reason string) {
	return p.state.Trouble.Until, p.state.Trouble.Reason
}

// paused says whether the pause is not over yet. When it is over, a probe has to
// succeed before anything else is sent.
func (p *Provisioner) paused(ctx context.Context, how Cycle) error {
	t := p.state.Trouble
	if t.Until.IsZero() || how.Redeliver {
		return nil
	}
	if p.now().Before(t.Until) {
		return &QuarantineError{Until: t.Until, Cycles: t.Cycles, Reason: t.Reason}
	}
	err := p.Connect(ctx)
	if err == nil || p.interrupted(ctx) != nil {
		return p.interrupted(ctx)
	}
	if err := p.troubled(err.Error()); err != nil {
		return err
	}
	return &QuarantineError{Until: p.state.Trouble.Until, Cycles: p.state.Trouble.Cycles, Reason: p.state.Trouble.Reason}
}

// judge looks at a cycle's requests when it has ended.
func (p *Provisioner) judge(c *cycle) error {
	switch {
	case p.opt.Quarantine == 0 || c.Requests == 0:
		return nil
	case c.FailedRequests*2 > c.Requests:
		return p.troubled(c.LastFailure)
	case p.state.Trouble.Cycles == 0:
		return nil
	}
	was := p.state.Trouble
	p.state.Trouble = trouble{}
	if was.Until.IsZero() {
		return p.commit(p.remember())
	}
	return p.commit(p.remember(), p.syncEntry(ProvisioningResumed, p.application(), scim.NewObject(
		member("reason", fmt.Sprintf("requests succeed again, after %d cycles in which most failed", was.Cycles)))))
}

// troubled counts a cycle in which most requests failed. From the third on, each
// pause is twice as long as the one before.
func (p *Provisioner) troubled(reason string) error {
	t := &p.state.Trouble
	t.Cycles++
	t.Reason = p.secrets.Hide(reason)
	if t.Cycles < troubledCycles {
		return p.commit(p.remember())
	}
	pause := longestPause
	if doublings := t.Cycles - troubledCycles; doublings < 20 {
		pause = min(p.opt.Quarantine<<doublings, longestPause)
	}
	t.Until = p.now().Add(pause)
	return p.commit(p.remember(), p.syncEntry(ProvisioningPaused, p.application(), scim.NewObject(
		member("reason", t.Reason), member("until", t.Until.Format(time.RFC3339)))))
}

// tally counts a request and whether it failed: without an answer, or refused for
// another reason than that something is not there or exists already.
func (c *cycle) tally(err error) {
	if c == nil {
		return // a connection test
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.Requests++
	r, refused := errors.AsType[*refusal](err)
	_, unanswered := errors.AsType[*wire.TransportError](err)
	if unanswered || refused && r.status != 404 && r.status != 409 {
		c.FailedRequests++
		c.LastFailure = err.Error()
	}
}
