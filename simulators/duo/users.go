package duo

import (
	"context"
	"errors"
	"fmt"
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

// provisionUsers brings every user who has changed or is new to what Duo says.
func (p *Provisioner) provisionUsers(ctx context.Context, c *cycle) error {
	if err := p.park(ctx, c); err != nil {
		return err
	}
	for _, wave := range c.users {
		err := p.each(ctx, PhaseUsers, len(wave), func(i int) error { return p.provisionUser(ctx, c, wave[i]) })
		if err != nil {
			return err
		}
	}
	return nil
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
	c.ids[position] = w.active
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

// lost notes that the target no longer has a user, if that is the error. The next
// pass looks once more, and matches or creates the user.
func (w *work) lost(link store.User, err error) {
	if hasStatus(err, http.StatusNotFound) {
		w.batch.PutUsers = []store.User{notThere(link)}
		w.batch.Leave = w.cycle.everyGroup(link.Key)
		w.active = ""
	}
}

// notThere is the link of a user whom the target says it does not have. It stays:
// a target may be wrong, and the account must not be made a second time then.
func notThere(link store.User) store.User {
	link.Active, link.Sent, link.Fingerprint = false, nil, 0
	return link
}

// everyGroup takes a user out of every group that Duo knows of.
func (c *cycle) everyGroup(user string) []store.Membership {
	var list []store.Membership
	for _, group := range c.groupKeys() {
		list = append(list, store.Membership{Group: group, User: user})
	}
	return list
}

// refresh sets a link to what the target has.
func (p *Provisioner) refresh(link *store.User, found *scim.Object) {
	link.Active, link.Fingerprint = !inactive(found), 0
	link.Sent, _ = scim.Marshal(p.observed(found)) // what an Object holds can be written
}

// link records the user as the target has it.
func (p *Provisioner) link(w *work, r *remoteUser) {
	r.Sent, _ = scim.Marshal(r.known) // what an Object holds can be written
	if len(w.done) > 0 {
		r.Changed = p.now()
	}
	w.batch.PutUsers = []store.User{r.User}
	w.answered()
	if r.Active {
		w.active = r.ID
	}
}

// sent is what the target is known to have of a user's mapped attributes.
func sent(link store.User) *scim.Object {
	known, err := scim.ParseObject(link.Sent)
	if err != nil {
		return scim.NewObject() // nothing is known: everything is sent
	}
	return known
}

// sentName is the userName that a user has at the target.
func sentName(link store.User) string { return sent(link).String(RequiredAttribute) }

// deprovision deactivates or deletes those who left.
func (p *Provisioner) deprovision(ctx context.Context, c *cycle) error {
	return p.each(ctx, PhaseLeavers, len(c.leavers), func(i int) error { return p.deprovisionUser(ctx, c, c.leavers[i]) })
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

// create sends a creation and returns the id that the target gave. Without one
// it is not certain what became of the request, nor after a conflict: it may be
// with what an earlier delivery of the same request made.
func (p *Provisioner) create(ctx context.Context, w *work, c call, members []string) (string, error) {
	resp, err := p.change(ctx, w, c, members)
	if hasStatus(err, http.StatusConflict) {
		w.unanswered()
	}
	if err != nil {
		return "", err
	}
	body, err := resp.Object()
	if err != nil {
		w.unanswered()
		return "", fmt.Errorf("%s: the target answered %d, but without an id: %w", c, resp.Status, err)
	}
	id, err := idOf(body)
	if err != nil {
		w.unanswered()
		return "", fmt.Errorf("%s: the target answered %d, but %w", c, resp.Status, err)
	}
	return id, nil
}

// idOf is the id without which nothing can be changed later (RFC 7643 section 3.1).
func idOf(resource *scim.Object) (string, error) {
	v, ok := resource.Get("id")
	if !ok {
		return "", errors.New("the resource has no id")
	}
	id, isText := v.(string)
	if !isText || id == "" {
		return "", fmt.Errorf("the resource's id is %s, it has to be a text that is not empty", excerpt(v))
	}
	return id, nil
}
