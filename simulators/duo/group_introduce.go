package duo

import (
	"context"
	"fmt"
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// introduceGroup matches a group that is not linked by its name, or creates it.
func (p *Provisioner) introduceGroup(ctx context.Context, c *cycle, g directory.Group, wanted []memberRef, w *work) error {
	if _, linked := c.group(g.Key); linked {
		return nil
	}
	w.reason = "chosen, and not linked yet"
	w.begin(opMatch)
	found, err := p.findGroup(ctx, c, g.Name)
	if err != nil {
		return err
	}
	if found != nil {
		return p.adoptGroup(c, g, found, wanted, w)
	}
	w.begin(opCreate)
	link := store.Group{Key: g.Key, Name: g.Name, Since: p.now()}
	var with []memberRef
	if fieldGroupCreate.ask(p.answers) == WithMembers {
		with = wanted
	}
	link.ID, err = p.create(ctx, w, p.createGroup(link, with), keysOf(with))
	if hasStatus(err, http.StatusConflict) {
		return p.adoptGroupAfterConflict(ctx, c, g, wanted, w, err)
	}
	if err != nil {
		return err
	}
	w.id = link.ID
	w.end()
	link.Size, link.Sum = len(with), sumOf(with)
	w.batch.Join = memberships(g.Key, with)
	p.linkGroup(c, w, link)
	return nil
}

// adoptGroupAfterConflict looks again for a group that, says the target, exists.
func (p *Provisioner) adoptGroupAfterConflict(ctx context.Context, c *cycle, g directory.Group, wanted []memberRef, w *work, conflict error) error {
	c.listing.forget(groupsEndpoint)
	found, err := p.findGroup(ctx, c, g.Name)
	switch {
	case err != nil:
		return err
	case found == nil:
		return fmt.Errorf("%w; yet a look-up does not find the group: check the target's filter on displayName", conflict)
	}
	return p.adoptGroup(c, g, found, wanted, w)
}

// adoptGroup takes over a group that the target already has. Of its members only
// those count whom Duo wants there as well: others did not come from Duo and stay.
func (p *Provisioner) adoptGroup(c *cycle, g directory.Group, found *scim.Object, wanted []memberRef, w *work) error {
	w.begin(opMatch)
	id, err := idOf(found)
	if err != nil {
		return err
	}
	w.id = id
	w.end()
	in := valuesOf(found)
	var there []memberRef
	for _, m := range wanted {
		if in[m.id] {
			there = append(there, m)
		}
	}
	w.batch.Join = memberships(g.Key, there)
	p.linkGroup(c, w, store.Group{
		Key: g.Key, ID: id, Name: found.String("displayName"), Size: len(there), Sum: sumOf(there), Since: p.now(),
	})
	return nil
}

// valuesOf are the values of the target's members: ids of users.
func valuesOf(group *scim.Object) map[string]bool {
	in := map[string]bool{}
	for _, v := range group.Array("members") {
		e, _ := v.(*scim.Object)
		in[e.String("value")] = true
	}
	return in
}
