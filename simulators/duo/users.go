package duo

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// remoteUser is a user at the target, as far as Duo knows it.
type remoteUser struct {
	key      string // of the Duo user
	username string // in Duo
	id       string // the target's
	wanted   *scim.Object
	known    *scim.Object // what of it the target is known to have
}

func (p *Provisioner) know(r *remoteUser) {
	p.users[r.key], p.owners[r.id] = r, r.key
}

// forget drops what is known of a user; gone says that the target has dropped
// it, too.
func (p *Provisioner) forget(r *remoteUser, gone bool) {
	delete(p.users, r.key)
	delete(p.owners, r.id)
	if gone {
		p.gone[r.id] = true
	}
}

// provisionUser brings the target's user to what Duo says and tells so in one
// log entry. A user about whom nothing has changed costs no request and no entry.
func (p *Provisioner) provisionUser(ctx context.Context, u directory.User, sum *Summary) {
	w := &work{now: opMap}
	err := p.bringUser(ctx, u, w)
	switch {
	case err != nil && ctx.Err() != nil: // whoever ended the pass knows
	case err != nil:
		sum.UsersFailed++
		p.logSync(UserNotProvisioned, affected(u.Key, u.Username), w.details(err))
	case len(w.done) > 0:
		countUser(sum, w.done)
		p.logSync(UserProvisioned, affected(u.Key, u.Username), w.details(nil))
	}
}

func (p *Provisioner) bringUser(ctx context.Context, u directory.User, w *work) error {
	wanted, err := p.wanted(u)
	if err != nil {
		return err
	}
	r := p.users[u.Key]
	if r == nil {
		return p.introduceUser(ctx, u, wanted, w)
	}
	r.username, r.wanted, w.id = u.Username, wanted, r.id
	return p.updateIfDifferent(ctx, r, w)
}

// introduceUser matches or creates the user. Matching comes first, so that a
// user whom the target already has is not created again (Cisco lab LTRCOL-2004).
func (p *Provisioner) introduceUser(ctx context.Context, u directory.User, wanted *scim.Object, w *work) error {
	w.begin(opMatch)
	found, err := p.findUser(ctx, u, wanted.String(RequiredAttribute))
	if err != nil {
		return err
	}
	if found != nil {
		return p.adoptUser(ctx, u, found, wanted, w)
	}
	w.begin(opCreate)
	w.id, err = p.create(ctx, p.createUser(wanted))
	if hasStatus(err, http.StatusConflict) {
		return p.adoptUserAfterConflict(ctx, u, wanted, w, err)
	}
	if err == nil {
		err = p.unclaimed(u, w.id)
	}
	if err != nil {
		return err
	}
	w.end()
	p.know(&remoteUser{key: u.Key, username: u.Username, id: w.id, wanted: wanted, known: wanted})
	return nil
}

// updateIfDifferent sends the attributes in which the target differs.
func (p *Provisioner) updateIfDifferent(ctx context.Context, r *remoteUser, w *work) error {
	changes := p.differences(r.known, r.wanted)
	if len(changes) == 0 {
		return nil
	}
	w.begin(opUpdate)
	paths := make([]any, len(changes))
	for i, c := range changes {
		paths[i] = c.at.path()
	}
	w.note("attributes", paths)
	_, err := p.do(ctx, p.updateUser(r.id, r.wanted, changes))
	if hasStatus(err, http.StatusNotFound) {
		p.forget(r, true) // the next pass matches or creates the user
	}
	if err != nil {
		return err
	}
	w.end()
	r.known = r.wanted
	return nil
}

// deprovisionUser deactivates or deletes a user. One whom the target no longer
// has counts as deprovisioned (assumed).
func (p *Provisioner) deprovisionUser(ctx context.Context, r *remoteUser, reason string, sum *Summary) {
	w := &work{id: r.id}
	w.note("reason", reason)
	_, err := p.do(ctx, p.deprovisioning(r, w))
	gone := hasStatus(err, http.StatusNotFound)
	if gone {
		err = nil
		w.note("note", "the target no longer had the user")
	}
	switch {
	case err != nil && ctx.Err() != nil:
	case err != nil:
		sum.UsersFailed++
		p.logSync(UserNotDeprovisioned, affected(r.key, r.username), w.details(err))
	default:
		w.end()
		countUser(sum, w.done)
		p.forget(r, gone || w.now == opDelete)
		p.logSync(UserDeprovisioned, affected(r.key, r.username), w.details(nil))
	}
}

func (p *Provisioner) deprovisioning(r *remoteUser, w *work) call {
	if p.app.Deprovisioning == Delete {
		w.begin(opDelete)
		return call{method: http.MethodDelete, path: []string{usersEndpoint, r.id}}
	}
	w.begin(opDeactivate)
	return p.setActive(fieldDeactivate.ask(p.answers), r.id, r.wanted, false)
}

// create sends a creation and returns the id that the target gave.
func (p *Provisioner) create(ctx context.Context, c call) (string, error) {
	resp, err := p.do(ctx, c)
	if err != nil {
		return "", err
	}
	body, err := resp.Object()
	if err != nil {
		return "", fmt.Errorf("%s: the target answered %d, but without an id: %w", c, resp.Status, err)
	}
	id, err := idOf(body)
	if err != nil {
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
