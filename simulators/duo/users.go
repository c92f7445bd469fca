package duo

import (
	"context"
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// remoteUser is a user at the target, as far as Duo knows it.
type remoteUser struct {
	store.User
	known  *scim.Object // what the target is known to have of the mapped attributes
	wanted *scim.Object // what it should have
}

// provisionUsers brings these users, who have changed or are new, to what Duo says.
func (p *Provisioner) provisionUsers(ctx context.Context, c *cycle, positions []int) error {
	return p.each(ctx, PhaseUsers, len(positions), func(i int) error { return p.provisionUser(ctx, c, positions[i]) })
}

// provisionUser brings the target's user to what Duo says and tells so in one
// log entry. A user about whom nothing has changed costs no request and no entry.
func (p *Provisioner) provisionUser(ctx context.Context, c *cycle, position int) error {
	u := c.dir.Users[position]
	w := c.work(store.UserKind, affected(u.Key, u.Username))
	if c.unsettled[w.ref] {
		return nil // settle has told why
	}
	w.reason = c.reasonToBring(position)
	w.now, w.active, w.fingerprint = opMap, c.ids[position], p.fingerprint(u)
	err := p.persist(ctx, func(attempt int) error {
		return p.bringUser(ctx, c, u, attempt > 0 || c.known[position], w)
	})
	err = p.finish(ctx, w, err, UserProvisioned, UserNotProvisioned)
	c.setID(position, w.active)
	return err
}

// bringUser does what it takes. linked says that the store may have a link.
func (p *Provisioner) bringUser(ctx context.Context, c *cycle, u directory.User, linked bool, w *work) error {
	wanted, err := p.wanted(u)
	if err != nil {
		return err
	}
	w.name = wanted.String(RequiredAttribute)
	var link store.User
	if linked {
		if link, linked, err = p.store.User(ctx, u.Key); err != nil {
			return &unwritten{err}
		}
	}
	var r *remoteUser
	if linked {
		r, err = p.bringKnown(ctx, u, link, wanted, w)
	}
	if err == nil && r == nil {
		r, err = p.introduceUser(ctx, c, u, wanted, w)
	}
	if err != nil {
		return err
	}
	r.Fingerprint = w.fingerprint
	p.link(w, r)
	return nil
}

// bringKnown enables a linked user again if Duo has disabled it, and sends what
// has changed. It returns nil if the target does not have the account.
func (p *Provisioner) bringKnown(ctx context.Context, u directory.User, link store.User, wanted *scim.Object, w *work) (*remoteUser, error) {
	if link.Sent == nil {
		found, err := p.read(ctx, usersEndpoint, link.ID)
		if err != nil || found == nil {
			return nil, err
		}
		p.refresh(&link, found)
	}
	r := &remoteUser{User: link, known: sent(link), wanted: wanted}
	r.Username, w.id = u.Username, link.ID
	if !r.Active {
		if err := p.reactivate(ctx, r, w); err != nil {
			return nil, err
		}
	}
	return r, p.updateIfDifferent(ctx, r, w)
}

// introduceUser matches or creates the user. Matching comes first, so that a
// user whom the target already has is not created again (Cisco lab LTRCOL-2004).
func (p *Provisioner) introduceUser(ctx context.Context, c *cycle, u directory.User, wanted *scim.Object, w *work) (*remoteUser, error) {
	w.begin(opMatch)
	found, err := p.findUser(ctx, c, u.Key, w.name)
	if err != nil {
		return nil, err
	}
	if found != nil {
		return p.adoptUser(ctx, c, u, found, wanted, w)
	}
	w.begin(opCreate)
	id, err := p.create(ctx, w, p.createUser(wanted), nil)
	if hasStatus(err, http.StatusConflict) {
		return p.adoptUserAfterConflict(ctx, c, u, wanted, w, err)
	}
	if err != nil {
		return nil, err
	}
	w.id = id
	w.end()
	return &remoteUser{
		User:  store.User{Key: u.Key, ID: id, Username: u.Username, Active: true, Since: p.now()},
		known: wanted, wanted: wanted,
	}, nil
}

// reactivate enables a user again (a returning user gets no second account: MANTL).
func (p *Provisioner) reactivate(ctx context.Context, r *remoteUser, w *work) error {
	w.begin(opReactivate)
	how := fieldReactivate.ask(p.answers)
	if _, err := p.change(ctx, w, p.setActive(how, r.ID, r.wanted, true), nil); err != nil {
		w.lost(r.User, err)
		return err
	}
	w.end()
	if r.Active = true; how == Put { // which has sent the attributes, too
		r.known = r.wanted
	}
	p.link(w, r)
	return nil
}

// updateIfDifferent sends the attributes in which the target differs.
func (p *Provisioner) updateIfDifferent(ctx context.Context, r *remoteUser, w *work) error {
	changes := p.differences(r.known, r.wanted)
	if len(changes) == 0 {
		return nil
	}
	return p.update(ctx, r, changes, w)
}

func (p *Provisioner) update(ctx context.Context, r *remoteUser, changes []change, w *work) error {
	w.begin(opUpdate)
	w.noteChanges(r.known, changes)
	if _, err := p.change(ctx, w, p.updateUser(r, changes), nil); err != nil {
		w.lost(r.User, err)
		return err
	}
	w.end()
	r.known = r.wanted
	p.link(w, r)
	return nil
}
