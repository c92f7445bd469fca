package duo

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

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
