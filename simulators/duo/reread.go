package duo

import (
	"context"
	"errors"
	"fmt"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// What a full cycle repairs, as the details of log entries say it.
const (
	changedThere = "what was changed at the target"
	goneThere    = "what was gone from the target"
)

// reread reads everything that the target has and corrects what Duo knows of it,
// so that the rest of the cycle repairs whatever was changed there. Users and
// groups that are not linked are left alone.
func (p *Provisioner) reread(ctx context.Context, c *cycle) error {
	if !c.how.Full {
		return nil
	}
	if p.plan != nil {
		return p.plan.reread(ctx, p)
	}
	err := p.rereadUsers(ctx, c)
	if err == nil && !p.app.Groups.ExcludeGroupInformation {
		err = p.rereadGroups(ctx, c)
	}
	c.Drifted = len(c.drifted)
	if interrupted := p.interrupted(ctx); interrupted != nil {
		return interrupted
	}
	if _, fatal := errors.AsType[*unwritten](err); fatal || err == nil {
		return err
	}
	c.unread = fmt.Errorf("the target could not be read as a whole, so what was changed there is not all repaired: %w", err)
	return nil // what Duo wants is sent nevertheless, above all to those who left
}

func (p *Provisioner) rereadUsers(ctx context.Context, c *cycle) error {
	seen := map[string]bool{}
	err := p.eachResource(ctx, usersEndpoint, func(found *scim.Object) error {
		seen[scim.IDOf(found)] = true
		return p.rereadUser(ctx, c, found)
	})
	if err != nil {
		return err
	}
	b := store.Batch{}
	for link, err := range p.store.Users(ctx) {
		if err != nil {
			return &unwritten{err}
		}
		if !seen[link.ID] && link.Active {
			c.drifted[store.Ref{Kind: store.UserKind, Key: link.Key}] = goneThere
			b.PutUsers = append(b.PutUsers, notThere(link))
			b.Leave = append(b.Leave, c.everyGroup(link.Key)...)
		}
	}
	return p.commit(b)
}

// rereadUser corrects the link of a user whose account was changed at the target.
// An attribute that Duo has not sent keeps the value that the target has.
func (p *Provisioner) rereadUser(ctx context.Context, c *cycle, found *scim.Object) error {
	link, linked, err := p.store.UserByID(ctx, scim.IDOf(found))
	if err != nil {
		return &unwritten{err}
	}
	if !linked {
		return nil
	}
	was := sent(link)
	is := p.observedOf(found, was)
	if link.Sent == nil {
		is = p.observed(found)
	}
	if link.Sent != nil && link.Active != inactive(found) && len(p.differences(is, was)) == 0 {
		return nil
	}
	c.drifted[store.Ref{Kind: store.UserKind, Key: link.Key}] = changedThere
	link.Active, link.Fingerprint = !inactive(found), 0
	link.Sent, _ = scim.Marshal(is) // what an Object holds can be written
	return p.commit(store.Batch{PutUsers: []store.User{link}})
}

// observedOf is what the target has of the attributes that Duo has sent.
func (p *Provisioner) observedOf(found, sent *scim.Object) *scim.Object {
	is := p.observed(found)
	for _, at := range p.mapping().places() {
		if at.get(sent) == nil && at.get(is) != nil {
			at.set(is, nil)
		}
	}
	return is
}

func (p *Provisioner) rereadGroups(ctx context.Context, c *cycle) error {
	byID := map[string]store.Group{}
	for _, g := range c.groups {
		byID[g.ID] = g
	}
	err := p.eachResource(ctx, groupsEndpoint, func(found *scim.Object) error {
		g, linked := byID[scim.IDOf(found)]
		if !linked {
			return nil
		}
		delete(byID, g.ID)
		return p.rereadGroup(ctx, c, g, found)
	})
	if err != nil {
		return err
	}
	b := store.Batch{}
	for _, g := range byID {
		if g.Name == "" {
			continue // lost before
		}
		c.drifted[store.Ref{Kind: store.GroupKind, Key: g.Key}] = goneThere
		g = notThereGroup(g)
		b.PutGroups = append(b.PutGroups, g)
		c.setGroup(g.Key, &g)
	}
	return p.commit(b)
}

// rereadGroup corrects the link of a group. Members who are Duo's users count as
// put there by Duo; others stay as they are.
func (p *Provisioner) rereadGroup(ctx context.Context, c *cycle, g store.Group, found *scim.Object) error {
	in := valuesOf(found)
	there, err := p.putThere(ctx, c, g)
	if err != nil {
		return err
	}
	b := store.Batch{}
	for _, m := range there {
		if !in[m.id] {
			b.Leave = append(b.Leave, store.Membership{Group: g.Key, User: m.key})
		}
		delete(in, m.id)
	}
	for id := range in {
		link, linked, err := p.store.UserByID(ctx, id)
		if err != nil {
			return &unwritten{err}
		}
		if linked {
			b.Join = append(b.Join, store.Membership{Group: g.Key, User: link.Key})
		}
	}
	if g.Name == found.String("displayName") && len(b.Leave)+len(b.Join) == 0 {
		return nil
	}
	c.drifted[store.Ref{Kind: store.GroupKind, Key: g.Key}] = changedThere
	g.Name, g.Size, g.Sum = found.String("displayName"), -1, 0
	b.PutGroups = []store.Group{g}
	c.setGroup(g.Key, &g)
	return p.commit(b)
}
