package duo

import (
	"context"
	"errors"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
)

// recallFailures reads what could not be done earlier.
func (c *cycle) recallFailures(ctx context.Context, s store.Store) error {
	c.failures = map[store.Ref]store.Failure{}
	for f, err := range s.Failures(ctx) {
		if err != nil {
			return err
		}
		c.failures[store.Ref{Kind: f.Kind, Key: f.Key}] = f
	}
	return nil
}

// dead says whether these values were refused for good and are not to be sent
// again before they change or an administrator asks for it.
func (c *cycle) dead(ref store.Ref, fingerprint int64) bool {
	f, ok := c.failures[ref]
	if !ok || !f.Dead || f.Fingerprint != fingerprint || c.how.Redeliver || c.how.Full {
		return false
	}
	c.count(func(s *Summary) { s.Skipped++ })
	return true
}

// tried says whether an earlier attempt at the same piece has failed to do it. To try it
// again in the same cycle would keep a piece that is gone on with from its end.
func (c *cycle) tried(ref store.Ref) bool {
	f, failed := c.failures[ref]
	return failed && c.resumed && !f.Last.Before(c.run.Started)
}

// failure is the record of work that failed. What the target refuses for good is
// dead after Options.DeadAfter attempts, unless it is a deprovisioning: that is
// never given up.
func (p *Provisioner) failure(w *work, err error) store.Failure {
	now := p.now()
	f := store.Failure{
		Kind: w.ref.Kind, Key: w.ref.Key, Name: w.who.Name, Operation: w.now, Reason: p.secrets.Hide(err.Error()),
		Fingerprint: w.fingerprint, Attempts: 1, Since: now, Last: now,
	}
	if r, ok := errors.AsType[*refusal](err); ok {
		f.Status = r.status
	}
	if before, ok := w.cycle.failures[w.ref]; ok && before.Fingerprint == f.Fingerprint && before.Operation == f.Operation {
		f.Attempts, f.Since = before.Attempts+1, before.Since
	}
	f.Dead = !w.leaving && (hopeless(err) || w.now == opMap) && p.opt.DeadAfter > 0 && f.Attempts >= p.opt.DeadAfter
	return f
}

// healed removes the record of an earlier failure.
func (w *work) healed() {
	if _, failed := w.cycle.failures[w.ref]; failed {
		w.batch.DeleteFailures = []store.Ref{w.ref}
	}
}

// outdated lists the failures about users of whom nothing is to be done any more.
func (c *cycle) outdated(changed []int) []store.Ref {
	open := map[store.Ref]bool{}
	for _, i := range changed {
		open[store.Ref{Kind: store.UserKind, Key: c.dir.Users[i].Key}] = true
	}
	for _, l := range c.leavers {
		open[store.Ref{Kind: store.UserKind, Key: l.Key}] = true
	}
	var refs []store.Ref
	for ref := range c.failures {
		if ref.Kind == store.UserKind && !open[ref] {
			refs = append(refs, ref)
		}
	}
	return refs
}
