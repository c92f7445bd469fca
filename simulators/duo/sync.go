package duo

import (
	"context"
	"errors"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
)

// Sync is one pass of continuous provisioning: it compares what the directory
// demands with what the target is known to have, and sends the difference. Users
// go before groups (observed in Cisco guide 225885); those who left go before
// those who stay or come, so that a name is free before it is used again
// (assumed).
//
// A user or group that fails is logged and does not stop the others; the next
// pass tries it again. While provisioning is disabled nothing is sent. The error
// is the context's, ErrStopped, a *BrakeError, a *QuarantineError, or says that the
// store cannot be kept.
func (p *Provisioner) Sync(ctx context.Context, dir *directory.Directory) (Summary, error) {
	return p.Run(ctx, dir, Cycle{})
}

// Cycle says what one pass does beside sending what has changed.
type Cycle struct {
	// Full reads the target first and repairs what has changed there. It tries dead
	// letters again.
	Full bool
	// AllowDeprovision deprovisions however many users have left, see Limit.
	AllowDeprovision bool
	// Redeliver sends dead letters again and ends a quarantine.
	Redeliver bool
}

// kind is how the record of the run names the cycle.
func (c Cycle) kind() string {
	if c.Full {
		return "full"
	}
	return "incremental"
}

// ErrStopped says that a cycle ended early because of Stop.
var ErrStopped = errors.New("the cycle was stopped after the requests in flight; the next one goes on")

// Stop ends the cycle under way, and every later one, as soon as the requests in
// flight are answered. It may be called at any time and more than once.
func (p *Provisioner) Stop() { p.stopped.Do(func() { close(p.stop) }) }

// Run is Sync with a choice of what the pass does.
func (p *Provisioner) Run(ctx context.Context, dir *directory.Directory, how Cycle) (Summary, error) {
	if !p.state.Enabled {
		return Summary{}, nil
	}
	if err := p.paused(ctx, how); err != nil {
		return Summary{}, err
	}
	c, err := p.begin(ctx, dir, how)
	if err != nil {
		return Summary{}, err
	}
	p.current, c.plan = c, p.plan
	defer func() { p.current = nil }()
	return p.end(c, p.work(ctx, c))
}

// work finds what is to be done, and does it piece by piece.
func (p *Provisioner) work(ctx context.Context, c *cycle) error {
	if err := p.prepare(ctx, c); err != nil {
		return err
	}
	for _, stage := range p.cut(c) {
		for _, piece := range stage {
			if err := p.perform(ctx, c, piece); err != nil {
				return err
			}
		}
	}
	return nil
}

// prepare finds what is to be done.
func (p *Provisioner) prepare(ctx context.Context, c *cycle) error {
	for _, step := range []func(context.Context, *cycle) error{
		p.settle,  // requests without an answer are looked up
		p.reread,  // a full cycle looks at everything
		p.compare, // the directory against what the target is known to have
		p.brake,   // too many who left are a mistake
	} {
		if err := step(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// begin records that a cycle runs.
func (p *Provisioner) begin(ctx context.Context, dir *directory.Directory, how Cycle) (*cycle, error) {
	c := &cycle{
		how:   how,
		scope: p.scope(dir),
		run:   store.Run{ID: p.opt.NewID(), Kind: how.kind(), Started: p.now()},
	}
	if err := c.recall(ctx, p.store); err != nil {
		return nil, &unwritten{err}
	}
	return c, p.commit(store.Batch{PutRun: &c.run})
}

// end records what the cycle came to.
func (p *Provisioner) end(c *cycle, err error) (Summary, error) {
	if err == nil {
		err = c.unread
	}
	c.run.Ended, c.run.Requests, c.run.Counts = p.now(), c.Requests, c.counts()
	if err != nil {
		c.run.Error = err.Error()
	}
	unrecorded := p.commit(store.Batch{PutRun: &c.run})
	if unrecorded == nil && err == nil {
		unrecorded = p.judge(c)
	}
	if err == nil {
		err = unrecorded
	}
	return c.Summary, err
}

// interrupted says why nothing more may be sent, or nil.
func (p *Provisioner) interrupted(ctx context.Context) error {
	select {
	case <-p.stop:
		return ErrStopped
	default:
		return ctx.Err()
	}
}
