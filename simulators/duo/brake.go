package duo

import (
	"context"
	"fmt"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Limit is how many users one cycle may deactivate or delete: a cycle that would
// do it to more than People, and to more than Percent of those who are linked and
// active, stops before it sends anything.
type Limit struct {
	People  int // negative: any number
	Percent float64
}

// DefaultLimit is the limit where Options.MaxDeprovision is nil.
var DefaultLimit = Limit{People: 10, Percent: 20}

// NoLimit lets a cycle deprovision any number of users.
var NoLimit = Limit{People: -1}

// exceeded says whether so many of so many are too many. A directory without any
// user is taken for a mistake whatever the numbers are.
func (l Limit) exceeded(would, linked, inDirectory int) bool {
	if l.People < 0 || would == 0 {
		return false
	}
	return inDirectory == 0 || would > l.People && float64(would)*100 > l.Percent*float64(linked)
}

// BrakeError is a cycle that would have deprovisioned too many users. Nothing that
// changes the target was sent.
type BrakeError struct {
	Would  int // users who would have been deactivated or deleted
	Linked int // users who are linked and active
	Limit  Limit
	Empty  bool // the directory has no user at all
}

// Error says how many, why that is too many, and how to go on.
func (e *BrakeError) Error() string {
	why := fmt.Sprintf("more than %d people and more than %g %% at once", e.Limit.People, e.Limit.Percent)
	if e.Empty {
		why = "and the directory has no user at all"
	}
	return fmt.Sprintf("the cycle would deprovision %d of %d users, %s: nothing was sent, and the log lists them as staged; "+
		"mend the directory, or allow it for one cycle", e.Would, e.Linked, why)
}

// brake stops the cycle before it deprovisions too many, and stages those users in
// the log. The same users are staged once, not in every cycle.
func (p *Provisioner) brake(_ context.Context, c *cycle) error {
	limit := DefaultLimit
	if p.opt.MaxDeprovision != nil {
		limit = *p.opt.MaxDeprovision
	}
	if c.how.AllowDeprovision || !limit.exceeded(len(c.leavers), c.active, len(c.dir.Users)) {
		return nil
	}
	if err := p.stage(c); err != nil {
		return err
	}
	return &BrakeError{Would: len(c.leavers), Linked: c.active, Limit: limit, Empty: len(c.dir.Users) == 0}
}

func (p *Provisioner) stage(c *cycle) error {
	var sum uint64
	for _, l := range c.leavers {
		sum += checksum(0, l.Key, l.ID)
	}
	if p.state.Staged == sum {
		return nil
	}
	entries := make([]Entry, len(c.leavers))
	for i, l := range c.leavers {
		entries[i] = p.syncEntry(DeprovisioningStaged, affected(l.Key, l.Username), scim.NewObject(
			member("operation", p.deprovisioningName()), member("id", l.ID), member("reason", c.reasonToLeave(l.Key))))
	}
	p.state.Staged = sum
	return p.commit(p.remember(), entries...)
}

func (p *Provisioner) deprovisioningName() string {
	if p.app.Deprovisioning == Delete {
		return opDelete
	}
	return opDeactivate
}
