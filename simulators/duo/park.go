package duo

import (
	"context"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
)

// holders finds the users who are not to be provisioned any more and whose account
// has a name that somebody else is to get. It costs a second look at the links, and
// only in a cycle in which people get other names.
func (p *Provisioner) holders(ctx context.Context, c *cycle, free *names) ([]string, error) {
	c.sought = free.wantedByOthers()
	if len(c.sought) == 0 {
		return nil, nil
	}
	var keys []string
	for link, err := range p.store.Users(ctx) {
		if err != nil {
			return nil, &unwritten{err}
		}
		if _, stays := c.position(link.Key); !stays && (link.Sent == nil || c.sought[folded(sentName(link))]) {
			keys = append(keys, link.Key)
		}
	}
	return keys, nil
}

// park gives accounts a name that is free, so that others can have theirs: those of
// people who have left, and one of each ring of people who exchange names.
func (p *Provisioner) park(ctx context.Context, c *cycle) error {
	for _, key := range c.parked {
		link, linked, err := p.store.User(ctx, key)
		if err != nil {
			return &unwritten{err}
		}
		if !linked { // deleted meanwhile
			continue
		}
		if err := p.parkUser(ctx, c, link); err != nil {
			return err
		}
	}
	return nil
}

func (p *Provisioner) parkUser(ctx context.Context, c *cycle, link store.User) error {
	w := c.work(store.UserKind, affected(link.Key, link.Username))
	w.id, w.reason = link.ID, "another user is to get the name"
	w.note("reason", w.reason)
	err := p.persist(ctx, func(int) error {
		if link.Sent == nil { // what the target has is not known
			found, err := p.read(ctx, usersEndpoint, link.ID)
			if err != nil || found == nil {
				return err
			}
			p.refresh(&link, found)
		}
		if !c.sought[folded(sentName(link))] {
			return nil
		}
		r := &remoteUser{User: link, known: sent(link), wanted: sent(link)}
		r.Fingerprint = 0
		r.wanted.Set(RequiredAttribute, parkedName(link.Key, sentName(link)))
		return p.updateIfDifferent(ctx, r, w)
	})
	return p.finish(ctx, w, err, UserProvisioned, UserNotProvisioned)
}

// parkedName is a name that no other user or group has.
func parkedName(key, name string) string { return folded(key) + "." + name }
