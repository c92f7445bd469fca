package duo

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
)

// removeGroups deals with the groups that are no longer chosen.
func (p *Provisioner) removeGroups(ctx context.Context, c *cycle) error {
	if p.app.Groups.ExcludeGroupInformation {
		return nil
	}
	removed := maps.Clone(c.groups)
	for _, g := range c.scope.groups {
		delete(removed, g.Key)
	}
	maps.DeleteFunc(removed, func(key string, _ store.Group) bool { return c.tried(store.Ref{Kind: store.GroupKind, Key: key}) })
	list := slices.SortedFunc(maps.Values(removed), func(a, b store.Group) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Key, b.Key))
	})
	return p.each(ctx, PhaseRemovals, len(list), func(i int) error { return p.removeGroup(ctx, c, list[i]) })
}

// provisionGroups brings the chosen groups to what Duo says. One that gives up a
// name goes before the one that takes it.
func (p *Provisioner) provisionGroups(ctx context.Context, c *cycle) error {
	if p.app.Groups.ExcludeGroupInformation {
		return nil
	}
	free := names{}
	all := make([]int, len(c.scope.groups))
	for i, g := range c.scope.groups {
		all[i] = i
		free.add(i, g.Name, c.groups[g.Key].Name)
	}
	for _, i := range free.park(all) {
		g := c.scope.groups[i]
		w := c.work(store.GroupKind, affected(g.Key, g.Name))
		err := p.renameGroup(ctx, c, directory.Group{Key: g.Key, Name: parkedName(g.Key, g.Name)}, w)
		if err := p.finish(ctx, w, err, GroupProvisioned, GroupNotProvisioned); err != nil {
			return err
		}
	}
	for _, wave := range free.waves(all) {
		err := p.each(ctx, PhaseGroups, len(wave), func(i int) error { return p.provisionGroup(ctx, c, c.scope.groups[wave[i]]) })
		if err != nil {
			return err
		}
	}
	return nil
}

// provisionGroup brings the target's group to what Duo says. Each of creating
// (or matching), renaming and changing the members is logged by itself, as the
// guide's log has two entries for a new group with a member (Cisco guide 225885).
func (p *Provisioner) provisionGroup(ctx context.Context, c *cycle, g scopedGroup) error {
	ref := store.Ref{Kind: store.GroupKind, Key: g.Key}
	if c.unsettled[ref] || c.tried(ref) {
		return nil // the log has told why
	}
	_, sum := c.sumUp(g)
	fingerprint := int64(checksum(uint64(sum), g.Name)) //nolint:gosec // all 64 bits count, whatever their sign
	if c.dead(ref, fingerprint) {
		return nil
	}
	for _, step := range []func(*work) error{
		func(w *work) error { return p.introduceGroup(ctx, c, g, w) },
		func(w *work) error { return p.renameGroup(ctx, c, g.Group, w) },
		func(w *work) error { return p.setMembers(ctx, c, g, w) },
	} {
		w := c.work(store.GroupKind, affected(g.Key, g.Name))
		w.name, w.fingerprint = g.Name, fingerprint
		err := p.persist(ctx, func(int) error { return step(w) })
		if link, linked := c.group(g.Key); linked && hasStatus(err, http.StatusNotFound) && w.now != opMatch && w.now != opCreate {
			w.lostGroup(link)
		}
		if err := p.finish(ctx, w, err, GroupProvisioned, GroupNotProvisioned); err != nil {
			return err
		}
		if link, _ := c.group(g.Key); link.Name == "" {
			return nil // it could not be created, or is gone
		}
	}
	return nil
}

// lostGroup notes that the target no longer has a group. The next pass looks once
// more, and matches or creates the group.
func (w *work) lostGroup(link store.Group) {
	link = notThereGroup(link)
	w.batch.PutGroups = []store.Group{link}
	w.cycle.setGroup(link.Key, &link)
}

// notThereGroup is the link of a group that the target says it does not have. It
// stays, without a name, see notThere.
func notThereGroup(link store.Group) store.Group {
	link.Name, link.Size, link.Sum = "", -1, 0
	return link
}

// linkGroup records the group as the target has it.
func (p *Provisioner) linkGroup(c *cycle, w *work, g store.Group) {
	g.Changed = p.now()
	w.batch.PutGroups = []store.Group{g}
	w.answered()
	c.setGroup(g.Key, &g)
}

// renameGroup gives the group its name in Duo.
func (p *Provisioner) renameGroup(ctx context.Context, c *cycle, g directory.Group, w *work) error {
	link, _ := c.group(g.Key)
	if link.Name == g.Name {
		return nil
	}
	w.begin(opRename)
	w.reason = "renamed in Duo"
	w.id = link.ID
	w.note("from", link.Name)
	request, err := p.renaming(ctx, c, link, g.Name)
	if err != nil {
		return err
	}
	if _, err := p.change(ctx, w, request, nil); err != nil {
		return err
	}
	w.end()
	link.Name = g.Name
	p.linkGroup(c, w, link)
	return nil
}

// removeGroup does with a group that is no longer chosen what the profile says.
// The settings speak of users only (Cisco guide 225885).
func (p *Provisioner) removeGroup(ctx context.Context, c *cycle, g store.Group) error {
	w := c.work(store.GroupKind, affected(g.Key, g.Name))
	w.id, w.name, w.leaving, w.reason = g.ID, g.Name, true, "no longer chosen"
	err := p.persist(ctx, func(int) error { return p.removing(ctx, c, g, w) })
	if hasStatus(err, http.StatusNotFound) {
		w.note("note", "the target no longer had the group")
		err = nil
	}
	if err == nil {
		if w.now != "" {
			w.end()
		}
		w.batch.DeleteGroups = []string{g.Key}
		c.setGroup(g.Key, nil)
	}
	return p.finish(ctx, w, err, GroupDeprovisioned, GroupNotDeprovisioned)
}

func (p *Provisioner) removing(ctx context.Context, c *cycle, g store.Group, w *work) error {
	switch fieldGroupRemoval.ask(p.answers) {
	case GroupDelete:
		w.begin(opDelete)
		_, err := p.change(ctx, w, call{method: http.MethodDelete, path: []string{groupsEndpoint, g.ID}}, nil)
		return err
	case GroupEmpty:
		members, err := p.putThere(ctx, c, g)
		if err != nil || len(members) == 0 {
			return err
		}
		w.begin(opEmpty)
		_, err = p.change(ctx, w, p.changeMembers(g, nil, members, nil), nil)
		return err
	}
	return nil
}
