package duo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// settle looks up at the target what became of the requests that were announced
// and never answered, because the connection broke or the provisioner was killed.
// Only then is anything repeated, so that no account is made twice.
func (p *Provisioner) settle(ctx context.Context, c *cycle) error {
	return p.settleThose(ctx, c, func(store.Intent) bool { return true })
}

// settleThose looks up some of them.
func (p *Provisioner) settleThose(ctx context.Context, c *cycle, which func(store.Intent) bool) error {
	var open []store.Intent
	for intent, err := range p.store.Intents(ctx) {
		if err != nil {
			return &unwritten{err}
		}
		if which(intent) {
			open = append(open, intent)
		}
		c.announced[folded(intent.Name)] = true
	}
	return p.each(ctx, PhaseLookUps, len(open), func(i int) error { return p.settleOne(ctx, c, open[i]) })
}

func (p *Provisioner) settleOne(ctx context.Context, c *cycle, intent store.Intent) error {
	w := c.work(intent.Kind, affected(intent.Key, intent.Name))
	w.id, w.name = intent.ID, intent.Name
	if i, ok := c.dir.UserIndex(intent.Key); ok {
		w.who.Name = c.dir.Users[i].Username
	}
	succeeded, failed := UserProvisioned, UserNotProvisioned
	look := p.settleUser
	if intent.Kind == store.GroupKind {
		succeeded, failed = GroupProvisioned, GroupNotProvisioned
		look = p.settleGroup
	}
	w.now, w.reason = intent.Operation, "an earlier request had no answer"
	if p.plan != nil {
		p.plan.lookUp(intent)
		return nil
	}
	err := look(ctx, c, intent, w)
	if err == nil {
		w.answered()
		w.done = append(told(intent).Done, w.done...) // the log has not told these
	} else {
		c.mu.Lock()
		c.unsettled[w.ref] = true
		c.mu.Unlock()
		if errors.Is(err, errStillOpen) {
			return nil
		}
		err = fmt.Errorf("an earlier request (%s) had no answer, and what became of it cannot be looked up: %w", intent.Operation, err)
	}
	return p.finish(ctx, w, err, succeeded, failed)
}

// settleUser finds the account that a creation was to make, or reads the one
// that a request was to change.
func (p *Provisioner) settleUser(ctx context.Context, c *cycle, intent store.Intent, w *work) error {
	link, linked, err := p.store.User(ctx, intent.Key)
	if err != nil {
		return &unwritten{err}
	}
	if !linked {
		return p.settleCreation(ctx, c, intent, w)
	}
	found, err := p.read(ctx, usersEndpoint, link.ID)
	if err != nil {
		return err
	}
	if found == nil {
		link, w.batch.Leave = notThere(link), c.everyGroup(link.Key)
	} else {
		p.refresh(&link, found)
	}
	w.batch.PutUsers = []store.User{link}
	return nil
}

func (p *Provisioner) settleCreation(ctx context.Context, c *cycle, intent store.Intent, w *work) error {
	if intent.ID != "" {
		return nil // the link was dropped since
	}
	found, err := p.findUser(ctx, c, intent.Key, intent.Name)
	if err == nil && found == nil {
		return p.notFound(c, intent)
	}
	if err != nil {
		return err
	}
	id, err := idOf(found)
	if err != nil {
		return err
	}
	if _, err := p.takeOver(ctx, c, id, w); err != nil {
		return err
	}
	w.id = id
	w.begin(opMatch)
	w.note("note", "an earlier request to create the user had no answer; the target has the user")
	w.end()
	p.link(w, &remoteUser{
		User:  store.User{Key: intent.Key, ID: id, Username: w.who.Name, Active: !inactive(found), Since: p.now()},
		known: p.observed(found),
	})
	return nil
}

// settling is how long a target may take to show what it has made.
const settling = 10 * time.Minute

var errStillOpen = errors.New("it may still show")

// notFound closes the intent of a creation that left nothing. If the user or group
// is not to be at the target any more, it stays open as long as it may still show:
// an account would otherwise stay active for ever.
func (p *Provisioner) notFound(c *cycle, intent store.Intent) error {
	if c.wants(intent) || p.now().Sub(intent.Started) >= settling {
		return nil
	}
	return errStillOpen
}

// wants says whether the user or group of an intent is to be at the target.
func (c *cycle) wants(intent store.Intent) bool {
	if intent.Kind == store.UserKind {
		_, stays := c.position(intent.Key)
		return stays
	}
	return slices.ContainsFunc(c.scope.groups, func(g scopedGroup) bool { return g.Key == intent.Key })
}

// settleGroup finds the group that a creation was to make, or reads the one that
// a request was to change, and notes which of Duo's users are in it.
func (p *Provisioner) settleGroup(ctx context.Context, c *cycle, intent store.Intent, w *work) error {
	link, linked := c.group(intent.Key)
	found, err := p.readGroup(ctx, c, intent, link)
	if err != nil {
		return err
	}
	if found == nil {
		if linked {
			w.lostGroup(link)
			return nil
		}
		return p.notFound(c, intent)
	}
	if !linked {
		if w.id, err = idOf(found); err != nil {
			return err
		}
		w.begin(opMatch)
		w.note("note", "an earlier request to create the group had no answer; the target has the group")
		w.end()
		link = store.Group{Key: intent.Key, ID: w.id, Since: p.now()}
	}
	link.Name, link.Size, link.Sum = found.String("displayName"), -1, 0
	if err := p.settleMembers(ctx, c, link, told(intent).Members, valuesOf(found), w); err != nil {
		return err
	}
	p.linkGroup(c, w, link)
	return nil
}

// told is what change wrote into an intent, the zero detail if that was nothing.
func told(intent store.Intent) detail {
	var d detail
	if err := json.Unmarshal(intent.Detail, &d); err != nil {
		return detail{}
	}
	return d
}

func (p *Provisioner) readGroup(ctx context.Context, c *cycle, intent store.Intent, link store.Group) (*scim.Object, error) {
	switch {
	case link.ID != "":
		return p.read(ctx, groupsEndpoint, link.ID)
	case intent.ID != "":
		return nil, nil // the link was dropped since
	}
	return p.findGroup(ctx, c, intent.Name)
}

// settleMembers notes who of those whom Duo has put, or was about to put, into
// the group is in it.
func (p *Provisioner) settleMembers(ctx context.Context, c *cycle, g store.Group, sent []string, in map[string]bool, w *work) error {
	there, err := p.putThere(ctx, c, g)
	if err != nil {
		return err
	}
	for _, key := range sent {
		m, ok, err := p.linkedMember(ctx, c, key)
		if err != nil {
			return err
		}
		if ok {
			there = append(there, m)
		}
	}
	for _, m := range there {
		is := store.Membership{Group: g.Key, User: m.key}
		if in[m.id] {
			w.batch.Join = append(w.batch.Join, is)
		} else {
			w.batch.Leave = append(w.batch.Leave, is)
		}
	}
	return nil
}

// read returns a resource of the target, or nil if the target does not have it.
func (p *Provisioner) read(ctx context.Context, endpoint, id string) (*scim.Object, error) {
	c := call{method: http.MethodGet, path: []string{endpoint, id}}
	resp, err := p.do(ctx, c)
	if hasStatus(err, http.StatusNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	found, err := resp.FirstObject()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c, err)
	}
	return found, nil
}

// observed are the mapped attributes that a resource of the target has.
func (p *Provisioner) observed(found *scim.Object) *scim.Object {
	observed := scim.NewObject()
	m := p.mapping()
	for _, at := range append([]place{{attr: "externalId"}}, m.places()...) {
		if v := at.get(found); v != nil {
			at.set(observed, scim.CloneValue(v))
		}
	}
	return observed
}
