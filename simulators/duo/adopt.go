package duo

import (
	"context"
	"fmt"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// adoptUserAfterConflict looks again for a user who, says the target, exists.
func (p *Provisioner) adoptUserAfterConflict(ctx context.Context, u directory.User, wanted *scim.Object, w *work, conflict error) error {
	delete(p.listing, usersEndpoint)
	found, err := p.findUser(ctx, u, wanted.String(RequiredAttribute))
	switch {
	case err != nil:
		return err
	case found == nil:
		return fmt.Errorf("%w; yet a look-up does not find the user: check the target's filter on userName", conflict)
	}
	return p.adoptUser(ctx, u, found, wanted, w)
}

// adoptUser takes over a user whom the target already has: enables it again if
// it is disabled (a returning user gets no second account: MANTL), then sends
// what differs.
func (p *Provisioner) adoptUser(ctx context.Context, u directory.User, found, wanted *scim.Object, w *work) error {
	w.begin(opMatch)
	id, err := idOf(found)
	if err == nil {
		err = p.unclaimed(u, id)
	}
	if err != nil {
		return err
	}
	w.id = id
	w.end()
	r := &remoteUser{key: u.Key, username: u.Username, id: id, wanted: wanted, known: scim.NewObject()}
	if inactive(found) {
		w.begin(opReactivate)
		how := fieldReactivate.ask(p.answers)
		if _, err := p.do(ctx, p.setActive(how, id, wanted, true)); err != nil {
			return err
		}
		w.end()
		if how == Put { // which has sent the attributes, too
			r.known = wanted
			p.know(r)
			return nil
		}
	}
	if fieldMatchedUser.ask(p.answers) == MatchedDifferences {
		r.known = p.shared(found, wanted)
	}
	p.know(r)
	return p.updateIfDifferent(ctx, r, w)
}

// unclaimed refuses an account that belongs to another Duo user already: the
// two would overwrite each other at every pass.
func (p *Provisioner) unclaimed(u directory.User, id string) error {
	owner, claimed := p.owners[id]
	if !claimed || owner == u.Key {
		return nil
	}
	return fmt.Errorf("the target's user %s already belongs to the Duo user %s: map to userName what differs between the two",
		quote(short(id)), quote(p.users[owner].username))
}

// shared is what a found user has of the wanted attributes. An attribute for
// which Duo has no value stays as somebody else set it.
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
