package duo

import (
	"context"
	"net/http"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
)

// remoteGroup is a group at the target, as far as Duo knows it.
type remoteGroup struct {
	key     string // of the Duo group
	name    string // at the target
	id      string // the target's
	members []memberRef
}

// provisionGroup brings the target's group to what Duo says. Each of creating
// (or matching), renaming and changing the members is logged by itself, as the
// guide's log has two entries for a new group with a member (Cisco guide 225885).
func (p *Provisioner) provisionGroup(ctx context.Context, g directory.Group, wanted []memberRef, sum *Summary) {
	who := affected(g.Key, g.Name)
	known := p.groups[g.Key]
	if known == nil {
		known = &remoteGroup{key: g.Key, name: g.Name}
		if !p.step(ctx, who, sum, func(w *work) error { return p.introduceGroup(ctx, known, wanted, w) }) {
			return
		}
		p.groups[g.Key] = known
	}
	if known.name != g.Name {
		p.step(ctx, who, sum, func(w *work) error { return p.rename(ctx, known, g.Name, w) })
	}
	if ctx.Err() == nil && p.groups[g.Key] != nil {
		p.step(ctx, who, sum, func(w *work) error { return p.setMembers(ctx, known, wanted, w) })
	}
}

// step does one thing to a group, logs and counts it, and says whether it went
// well. A step that had nothing to do is not logged.
func (p *Provisioner) step(ctx context.Context, who Party, sum *Summary, do func(*work) error) bool {
	w := &work{}
	err := do(w)
	if hasStatus(err, http.StatusNotFound) && w.now != opMatch && w.now != opCreate {
		delete(p.groups, who.Key) // the next pass creates it anew
	}
	switch {
	case err != nil && ctx.Err() != nil:
	case err != nil:
		sum.GroupsFailed++
		p.logSync(GroupNotProvisioned, who, w.details(err))
	case len(w.done) > 0:
		countGroup(sum, w.done)
		p.logSync(GroupProvisioned, who, w.details(nil))
	}
	return err == nil
}

// introduceGroup matches the group by its name, or creates it.
func (p *Provisioner) introduceGroup(ctx context.Context, g *remoteGroup, wanted []memberRef, w *work) error {
	w.begin(opMatch)
	found, err := p.findGroup(ctx, g.name)
	if err != nil {
		return err
	}
	if found != nil {
		return p.adoptGroup(g, found, wanted, w)
	}
	w.begin(opCreate)
	withMembers := len(wanted) > 0 && fieldGroupCreate.ask(p.answers) == WithMembers
	if withMembers {
		g.members = wanted
	}
	g.id, err = p.create(ctx, p.createGroup(g, withMembers))
	if hasStatus(err, http.StatusConflict) {
		g.members = nil
		return p.adoptGroupAfterConflict(ctx, g, wanted, w, err)
	}
	if err != nil {
		return err
	}
	w.id = g.id
	w.end()
	return nil
}

func (p *Provisioner) rename(ctx context.Context, g *remoteGroup, name string, w *work) error {
	w.begin(opRename)
	w.id = g.id
	w.note("from", g.name)
	if _, err := p.do(ctx, p.renameGroup(g, name)); err != nil {
		return err
	}
	w.end()
	g.name = name
	return nil
}

func (p *Provisioner) setMembers(ctx context.Context, g *remoteGroup, wanted []memberRef, w *work) error {
	joined, left := without(wanted, g.members), without(g.members, wanted)
	if len(joined)+len(left) == 0 {
		return nil
	}
	w.begin(opMembers)
	w.id = g.id
	for _, m := range []struct {
		name string
		list []memberRef
	}{{"joined", joined}, {"left", left}} {
		if len(m.list) > 0 {
			w.note(m.name, usernames(m.list))
		}
	}
	if _, err := p.do(ctx, p.changeMembers(g, joined, left, wanted)); err != nil {
		return err
	}
	w.end()
	g.members = wanted
	return nil
}

// without lists the members of a who are not in b, by the target's id: a user
// who was deleted and created again is another member.
func without(a, b []memberRef) []memberRef {
	in := make(map[string]bool, len(b))
	for _, m := range b {
		in[m.id] = true
	}
	var rest []memberRef
	for _, m := range a {
		if !in[m.id] {
			rest = append(rest, m)
		}
	}
	return rest
}

func usernames(members []memberRef) []any {
	names := make([]any, len(members))
	for i, m := range members {
		names[i] = m.username
	}
	return names
}

// dropGone notes that the users whom the target deleted in this pass are in no
// group of it any more. Whether Duo takes a deleted user out of the groups as
// well is not published; the target's clean-up is relied on (assumed).
func (p *Provisioner) dropGone() {
	if len(p.gone) == 0 {
		return
	}
	for _, g := range p.groups {
		g.members = slices.DeleteFunc(slices.Clone(g.members), func(m memberRef) bool { return p.gone[m.id] })
	}
}
