package duo

import (
	"context"
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
)

// deprovision deactivates or deletes users who left.
func (p *Provisioner) deprovision(ctx context.Context, c *cycle, leavers []store.User) error {
	return p.each(ctx, PhaseLeavers, len(leavers), func(i int) error { return p.deprovisionUser(ctx, c, leavers[i]) })
}

// deprovisionUser deactivates or deletes a user. One whom the target no longer
// has counts as deprovisioned (assumed).
func (p *Provisioner) deprovisionUser(ctx context.Context, c *cycle, link store.User) error {
	w := c.work(store.UserKind, affected(link.Key, link.Username))
	w.id, w.name = link.ID, sentName(link)
	w.leaving, w.uncertain, w.reason = true, c.unsettled[w.ref], c.reasonToLeave(link.Key)
	w.note("reason", w.reason)
	request := p.deprovisioning(link, w)
	err := p.persist(ctx, func(int) error {
		_, err := p.change(ctx, w, request, nil)
		return err
	})
	switch {
	case hasStatus(err, http.StatusNotFound):
		w.note("note", "the target no longer had the user")
		w.lost(link, err)
		w.end()
		err = nil
	case err == nil && w.now == opDelete:
		w.batch.DeleteUsers = []string{link.Key}
		w.end()
	case err == nil:
		link.Active, link.Changed = false, p.now()
		if w.uncertain {
			link.Sent = nil // what the target has is read when the user returns
		}
		w.batch.PutUsers = []store.User{link}
		w.end()
	}
	return p.finish(ctx, w, err, UserDeprovisioned, UserNotDeprovisioned)
}

func (p *Provisioner) deprovisioning(link store.User, w *work) call {
	if w.begin(p.deprovisioningName()); w.now == opDelete {
		return call{method: http.MethodDelete, path: []string{usersEndpoint, link.ID}}
	}
	return p.setActive(fieldDeactivate.ask(p.answers), link.ID, sent(link), false)
}
