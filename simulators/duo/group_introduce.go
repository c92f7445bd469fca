package duo

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// introduceGroup matches a group that is not linked by its name, or creates it.
func (p *Provisioner) introduceGroup(ctx context.Context, c *cycle, g scopedGroup, w *work) error {
	link, linked := c.group(g.Key)
	if link.Name != "" {
		return nil
	}
	wanted := c.membersOf(g)
	w.reason = "chosen, and not linked yet"
	w.begin(opMatch)
	var found *scim.Object
	var err error
	if linked {
		found, err = p.read(ctx, groupsEndpoint, link.ID)
	}
	if found == nil && err == nil {
		found, err = p.findGroup(ctx, c, g.Name)
	}
	if err != nil {
		return err
	}
	if found != nil {
		return p.adoptGroup(ctx, c, g.Group, found, wanted, w)
	}
	w.begin(opCreate)
	link = store.Group{Key: g.Key, Name: g.Name, Since: p.now()}
	var with []memberRef
	if fieldGroupCreate.ask(p.answers) == WithMembers {
		with = wanted
	}
	link.ID, err = p.create(ctx, w, p.createGroup(link, with), keysOf(with))
	if hasStatus(err, http.StatusConflict) {
		return p.adoptGroupAfterConflict(ctx, c, g.Group, wanted, w, err)
	}
	if err != nil {
		return err
	}
	w.id = link.ID
	w.end()
	link.Size, link.Sum = len(with), sumOf(with)
	w.batch.DeleteGroups = []string{g.Key} // whom the store has in a group that is gone
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
	return p.adoptGroup(ctx, c, g, found, wanted, w)
}

// adoptGroup takes over a group that the target already has. Of its members only
// Duo's users count: others did not come from Duo and stay.
func (p *Provisioner) adoptGroup(ctx context.Context, c *cycle, g directory.Group, found *scim.Object, wanted []memberRef, w *work) error {
	w.begin(opMatch)
	id, err := idOf(found)
	if err != nil {
		return err
	}
	w.id = id
	w.end()
	there, err := p.ofDuo(ctx, valuesOf(found), wanted)
	if err != nil {
		return err
	}
	w.batch.DeleteGroups = []string{g.Key} // whom the store has in a group that is gone
	w.batch.Join = memberships(g.Key, there)
	p.linkGroup(c, w, store.Group{
		Key: g.Key, ID: id, Name: found.String("displayName"), Size: len(there), Sum: sumOf(there), Since: p.now(),
	})
	return nil
}

// ofDuo are the members with these ids who are Duo's users.
func (p *Provisioner) ofDuo(ctx context.Context, in map[string]bool, wanted []memberRef) ([]memberRef, error) {
	var there []memberRef
	for _, m := range wanted {
		if in[m.id] {
			there = append(there, m)
		}
		delete(in, m.id)
	}
	for id := range in {
		link, linked, err := p.store.UserByID(ctx, id)
		if err != nil {
			return nil, &unwritten{err}
		}
		if linked {
			there = append(there, memberRef{key: link.Key, id: id, username: link.Username})
		}
	}
	return there, nil
}

// valuesOf are the values of the target's members: ids of users.
func valuesOf(group *scim.Object) map[string]bool {
	in := map[string]bool{}
	for _, v := range group.Array("members") {
		e, _ := v.(*scim.Object)
		switch value, _ := e.Get("value"); value := value.(type) {
		case string:
			in[value] = true
		case json.Number: // which it must not be
			in[value.String()] = true
		}
	}
	return in
}
