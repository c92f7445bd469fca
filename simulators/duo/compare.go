package duo

import (
	"cmp"
	"context"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
)

// compare finds what the directory demands otherwise than the target is known to
// have it: who has to be deprovisioned, and who provisioned. It looks at every link
// once; a user whose fingerprint is that of the link has not changed.
func (p *Provisioner) compare(ctx context.Context, c *cycle) error {
	leavers, changed, err := p.look(ctx, c, store.AllSlots)
	if err == nil {
		err = p.readLeavers(ctx, c, leavers)
	}
	if err == nil {
		err = p.arrange(ctx, c, changed)
	}
	return err
}

// look compares the links of the users in these slots with the directory. It returns
// the keys of those who left and of those who have changed.
func (p *Provisioner) look(ctx context.Context, c *cycle, of store.Slots) (leavers, changed []string, err error) {
	find := c.dir.Walk()
	for mark, err := range p.store.Marks(ctx, of) {
		if err != nil {
			return nil, nil, &unwritten{err}
		}
		if mark.Active {
			c.active++
		}
		i, stays := find(mark.Key)
		stays = stays && c.in[i]
		switch {
		case !stays && mark.Active:
			leavers = append(leavers, mark.Key)
		case stays:
			c.known[i] = true
			if mark.Active {
				c.setID(i, mark.ID)
			}
			if !mark.Active || mark.Fingerprint != p.fingerprint(c.dir.Users[i]) {
				changed = append(changed, mark.Key)
			}
		}
	}
	return leavers, changed, nil
}

// readLeavers reads the links of those who left, by username.
func (p *Provisioner) readLeavers(ctx context.Context, c *cycle, keys []string) error {
	for _, key := range keys {
		link, _, err := p.store.User(ctx, key)
		if err != nil {
			return &unwritten{err}
		}
		c.leavers = append(c.leavers, link)
	}
	slices.SortFunc(c.leavers, func(a, b store.User) int {
		return cmp.Or(cmp.Compare(a.Username, b.Username), cmp.Compare(a.Key, b.Key))
	})
	return nil
}

// arrange puts those who have changed and those who are new in an order in which a
// name is given up before it is taken.
func (p *Provisioner) arrange(ctx context.Context, c *cycle, changed []string) error {
	free := names{}
	var all []int
	for _, key := range changed {
		link, _, err := p.store.User(ctx, key)
		if err != nil {
			return &unwritten{err}
		}
		i, _ := c.position(key)
		all = append(all, i)
		free.add(i, p.nameOf(c.dir.Users[i]), sentName(link))
	}
	for i, in := range c.in {
		if in && !c.known[i] {
			all = append(all, i)
			free.add(i, p.nameOf(c.dir.Users[i]), "")
		}
	}
	slices.Sort(all)
	if refs := c.outdated(all); len(refs) > 0 {
		if err := p.commit(store.Batch{DeleteFailures: refs}); err != nil {
			return err
		}
	}
	all = p.withoutDead(c, all)
	var err error
	if c.parked, err = p.holders(ctx, c, &free); err != nil {
		return err
	}
	for _, i := range free.park(all) {
		c.parked = append(c.parked, c.dir.Users[i].Key)
	}
	c.users = free.waves(all)
	return ctx.Err()
}

// withoutDead leaves out the users whose values were refused for good.
func (p *Provisioner) withoutDead(c *cycle, positions []int) []int {
	if len(c.failures) == 0 {
		return positions
	}
	return slices.DeleteFunc(positions, func(i int) bool {
		u := c.dir.Users[i]
		return c.dead(store.Ref{Kind: store.UserKind, Key: u.Key}, p.fingerprint(u))
	})
}

// fingerprint is a number that changes with the mapped values of a user, and with
// whatever else decides which values Duo wants at the target. It is never 0.
func (p *Provisioner) fingerprint(u directory.User) int64 {
	profile := &p.answers.profile
	sum := checksum(0, string(p.app.Type), string(profile.ExternalID), string(profile.EmailsShape), string(profile.EmptyValue), u.Key)
	for _, row := range p.app.Mapping {
		value, _ := u.Attribute(row.Duo)
		sum = checksum(sum, row.Application, value)
	}
	return int64(sum | 1) //nolint:gosec // all 64 bits count, whatever their sign
}

// checksum continues a checksum with these texts (FNV-1a, each text with its
// length). It is the same in every process.
func checksum(sum uint64, texts ...string) uint64 {
	const prime = 1099511628211
	for _, text := range texts {
		for i := range len(text) {
			sum = (sum ^ uint64(text[i])) * prime
		}
		sum = (sum ^ uint64(len(text))) * prime
	}
	return sum
}

// nameOf is the userName that the mapping gives a user, "" if it gives none.
func (p *Provisioner) nameOf(u directory.User) string {
	for _, row := range p.app.Mapping {
		if row.Application == RequiredAttribute {
			name, _ := u.Attribute(row.Duo)
			return name
		}
	}
	return ""
}
