package duo

import (
	"context"
	"fmt"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// adoptGroupAfterConflict looks again for a group that, says the target, exists.
func (p *Provisioner) adoptGroupAfterConflict(ctx context.Context, g *remoteGroup, wanted []memberRef, w *work, conflict error) error {
	delete(p.listing, groupsEndpoint)
	found, err := p.findGroup(ctx, g.name)
	switch {
	case err != nil:
		return err
	case found == nil:
		return fmt.Errorf("%w; yet a look-up does not find the group: check the target's filter on displayName", conflict)
	}
	return p.adoptGroup(g, found, wanted, w)
}

// adoptGroup takes over a group that the target already has. Of its members
// only those count whom Duo wants there as well: the others were put in by
// somebody else and stay.
func (p *Provisioner) adoptGroup(g *remoteGroup, found *scim.Object, wanted []memberRef, w *work) error {
	id, err := idOf(found)
	if err != nil {
		return err
	}
	for k, other := range p.groups {
		if k != g.key && other.id == id {
			return fmt.Errorf("the target's group %s already belongs to the Duo group %s: rename one of both in Duo", quote(short(id)), quote(other.name))
		}
	}
	w.begin(opMatch)
	g.id, g.name, w.id = id, found.String("displayName"), id
	in := map[string]bool{}
	for _, v := range found.Array("members") {
		e, _ := v.(*scim.Object)
		in[e.String("value")] = true
	}
	for _, m := range wanted {
		if in[m.id] {
			g.members = append(g.members, m)
		}
	}
	w.end()
	return nil
}
