package duo

import (
	"cmp"
	"context"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
)

// compare finds what the directory demands otherwise than the target is known to
// have it: who has to be deprovisioned, and who provisioned. It reads the links
// once, as a stream; a user whose fingerprint is that of the link has not changed.
func (p *Provisioner) compare(ctx context.Context, c *cycle) error {
	var changed []int
	free := names{}
	for link, err := range p.store.Users(ctx) {
		if err != nil {
			return &unwritten{err}
		}
		i, stays := c.position(link.Key)
		if link.Active {
			c.active++
		}
		if !stays {
			if link.Active {
				c.leavers = append(c.leavers, link)
			}
			continue
		}
		c.known[i] = true
		if link.Active {
			c.ids[i] = link.ID
		}
		if !link.Active || link.Fingerprint != p.fingerprint(c.dir.Users[i]) {
			changed = append(changed, i)
			free.add(i, p.nameOf(c.dir.Users[i]), sentName(link))
		}
	}
	for i, in := range c.in {
		if in && !c.known[i] {
			changed = append(changed, i)
			free.add(i, p.nameOf(c.dir.Users[i]), "")
		}
	}
	slices.SortFunc(c.leavers, func(a, b store.User) int {
		return cmp.Or(cmp.Compare(a.Username, b.Username), cmp.Compare(a.Key, b.Key))
	})
	slices.Sort(changed)
	if refs := c.outdated(changed); len(refs) > 0 {
		if err := p.commit(store.Batch{DeleteFailures: refs}); err != nil {
			return err
		}
	}
	changed = slices.DeleteFunc(changed, func(i int) bool {
		u := c.dir.Users[i]
		return len(c.failures) > 0 && c.dead(store.Ref{Kind: store.UserKind, Key: u.Key}, p.fingerprint(u))
	})
	var err error
	if c.parked, err = p.holders(ctx, c, &free); err != nil {
		return err
	}
	for _, i := range free.park(changed) {
		c.parked = append(c.parked, c.dir.Users[i].Key)
	}
	c.users = free.waves(changed)
	return ctx.Err()
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
	return int64(sum | 1)
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
