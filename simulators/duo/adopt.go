package duo

import (
	"context"
	"fmt"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// adoptUserAfterConflict looks again for a user who, says the target, exists.
func (p *Provisioner) adoptUserAfterConflict(ctx context.Context, c *cycle, u directory.User, wanted *scim.Object, w *work, conflict error) (*remoteUser, error) {
	c.listing.forget(usersEndpoint)
	found, err := p.findUser(ctx, c, u.Key, w.name)
	switch {
	case err != nil:
		return nil, err
	case found == nil:
		return nil, fmt.Errorf("%w; yet a look-up does not find the user: check the target's filter on userName", conflict)
	}
	return p.adoptUser(ctx, c, u, found, wanted, w)
}

// adoptUser takes over a user whom the target already has: enables it again if
// it is disabled, then sends what differs.
func (p *Provisioner) adoptUser(ctx context.Context, c *cycle, u directory.User, found, wanted *scim.Object, w *work) (*remoteUser, error) {
	w.begin(opMatch)
	id, err := idOf(found)
	if err != nil {
		return nil, err
	}
	returned, err := p.takeOver(ctx, c, id, w)
	if err != nil {
		return nil, err
	}
	w.id = id
	w.end()
	r := &remoteUser{
		User:  store.User{Key: u.Key, ID: id, Username: u.Username, Active: !inactive(found), Since: p.now()},
		known: p.shared(found, wanted), wanted: wanted,
	}
	if returned || c.announced[folded(w.name)] {
		r.known = p.observed(found) // Duo has sent it, under this key or another
	}
	p.link(w, r) // before anything is sent, the store refuses an account that another user has
	everything := fieldMatchedUser.ask(p.answers) == MatchedAll
	if !r.Active {
		if err := p.reactivate(ctx, r, w); err != nil {
			return nil, err
		}
		everything = everything && fieldReactivate.ask(p.answers) != Put
	}
	if everything {
		return r, p.update(ctx, r, p.differences(scim.NewObject(), wanted), w)
	}
	return r, p.updateIfDifferent(ctx, r, w)
}

// takeOver frees an account from the link of a user who has left and whom Duo has
// deactivated: the account is the returning person's, under another Duo key. It says
// whether there was such a link.
func (p *Provisioner) takeOver(ctx context.Context, c *cycle, id string, w *work) (bool, error) {
	owner, linked, err := p.store.UserByID(ctx, id)
	if err != nil {
		return false, &unwritten{err}
	}
	if _, stays := c.position(owner.Key); !linked || owner.Key == w.ref.Key || owner.Active || stays {
		return false, nil
	}
	w.batch.DeleteUsers = []string{owner.Key}
	for _, group := range c.groupKeys() {
		for member, err := range p.store.Members(ctx, group) {
			if err != nil {
				return false, &unwritten{err}
			}
			if member == owner.Key { // the account is in the group, under whichever key
				w.batch.Join = append(w.batch.Join, store.Membership{Group: group, User: w.ref.Key})
			}
		}
	}
	return true, nil
}

// claimed says that an account belongs to another Duo user or group already: the
// two would overwrite each other at every pass.
func (p *Provisioner) claimed(ctx context.Context, w *work, taken *store.Taken) error {
	w.answered()
	w.active = ""
	if taken.Kind == store.GroupKind {
		w.cycle.setGroup(w.ref.Key, nil)
		owner, _, _ := p.store.Group(ctx, taken.Owner) // for its name only
		return fmt.Errorf("the target's group %s already belongs to the Duo group %s: rename one of both in Duo",
			quote(short(taken.ID)), quote(owner.Name))
	}
	owner, _, _ := p.store.User(ctx, taken.Owner)
	return fmt.Errorf("the target's user %s already belongs to the Duo user %s: map to userName what differs between the two",
		quote(short(taken.ID)), quote(owner.Username))
}

// shared is what a found user has of the wanted attributes. An attribute for
// which Duo has no value keeps the value that the target has.
func (p *Provisioner) shared(found, wanted *scim.Object) *scim.Object {
	shared := scim.NewObject()
	for name, v := range wanted.All() {
		if has, ok := found.Get(name); ok && v != nil {
			shared.Set(name, scim.CloneValue(has))
		}
	}
	m := p.mapping()
	for _, row := range m.Rows {
		if at := m.place(row.Application); at.get(wanted) == nil && at.get(shared) != nil {
			at.set(shared, nil)
		}
	}
	return shared
}

// inactive reads "active"; a target that does not say has an active user. The
// text "false" is not SCIM, but its meaning is plain.
func inactive(user *scim.Object) bool {
	v, _ := user.Get("active")
	text, _ := v.(string)
	return v == false || strings.EqualFold(text, "false")
}
