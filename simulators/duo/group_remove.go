package duo

import (
	"context"
	"net/http"
)

// removeGroup does with a group that is no longer chosen what the profile
// says. The settings speak of users only (Cisco guide 225885).
func (p *Provisioner) removeGroup(ctx context.Context, g *remoteGroup, sum *Summary) {
	w := &work{id: g.id}
	var err error
	switch fieldGroupRemoval.ask(p.answers) {
	case GroupDelete:
		w.begin(opDelete)
		_, err = p.do(ctx, call{method: http.MethodDelete, path: []string{groupsEndpoint, g.id}})
	case GroupEmpty:
		if len(g.members) == 0 {
			break
		}
		w.begin(opEmpty)
		_, err = p.do(ctx, p.changeMembers(g, nil, g.members, nil))
	}
	if hasStatus(err, http.StatusNotFound) {
		err = nil
		w.note("note", "the target no longer had the group")
	}
	switch {
	case err != nil && ctx.Err() != nil:
		return
	case err != nil:
		sum.GroupsFailed++
		p.logSync(GroupNotDeprovisioned, affected(g.key, g.name), w.details(err))
		return
	case w.now != "":
		w.end()
		countGroup(sum, w.done)
		p.logSync(GroupDeprovisioned, affected(g.key, g.name), w.details(nil))
	}
	delete(p.groups, g.key)
}
