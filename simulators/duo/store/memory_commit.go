package store

import (
	"context"
	"slices"
)

// Commit implements Store.
func (m *Memory) Commit(ctx context.Context, b Batch) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.taken(b); err != nil {
		return err
	}
	m.applyLinks(b)
	m.applyMembers(b)
	for _, in := range b.OpenIntents {
		m.intents[Ref{in.Kind, in.Key}] = in
	}
	for _, ref := range b.DeleteFailures {
		delete(m.failures, ref)
	}
	for _, f := range b.PutFailures {
		m.failures[Ref{f.Kind, f.Key}] = f
	}
	for _, e := range b.Entries {
		e.Seq, e.Time = int64(len(m.entries)+1), e.Time.UTC()
		m.entries = append(m.entries, e)
	}
	m.applyRun(b)
	return nil
}

// taken says whether an account that the batch links has another owner when its
// turn comes.
func (m *Memory) taken(b Batch) error {
	users, groups := owners[User]{links: m.users}, owners[Group]{links: m.groups}
	for _, key := range b.DeleteUsers {
		users.release(key, m.users.byKey[key].ID)
	}
	for _, key := range b.DeleteGroups {
		groups.release(key, m.groups.byKey[key].ID)
	}
	for _, u := range b.PutUsers {
		if owner := users.claim(u.Key, u.ID, m.users.byKey[u.Key].ID); owner != "" {
			return &Taken{UserKind, u.ID, owner}
		}
	}
	for _, g := range b.PutGroups {
		if owner := groups.claim(g.Key, g.ID, m.groups.byKey[g.Key].ID); owner != "" {
			return &Taken{GroupKind, g.ID, owner}
		}
	}
	return nil
}

// owners are the owners of accounts as a batch changes them.
type owners[T any] struct {
	links   links[T]
	changed map[string]string // by id; "" is nobody
}

func (o *owners[T]) owner(id string) string {
	if owner, changed := o.changed[id]; changed {
		return owner
	}
	return o.links.owners[id]
}

func (o *owners[T]) set(id, owner string) {
	if o.changed == nil {
		o.changed = map[string]string{}
	}
	o.changed[id] = owner
}

func (o *owners[T]) release(key, id string) {
	if o.owner(id) == key {
		o.set(id, "")
	}
}

// claim gives the account to the key, or returns its other owner.
func (o *owners[T]) claim(key, id, before string) string {
	if owner := o.owner(id); owner != "" && owner != key {
		return owner
	}
	o.release(key, before)
	o.set(id, key)
	return ""
}

func (m *Memory) applyLinks(b Batch) {
	for _, ref := range b.CloseIntents {
		delete(m.intents, ref)
	}
	for _, key := range b.DeleteUsers {
		m.users.remove(key, m.users.byKey[key].ID)
	}
	m.removeMembers(b.DeleteUsers)
	for _, key := range b.DeleteGroups {
		m.groups.remove(key, m.groups.byKey[key].ID)
		delete(m.members, key)
	}
	for _, u := range b.PutUsers {
		u.Sent, u.Since, u.Changed = slices.Clone(u.Sent), u.Since.UTC(), u.Changed.UTC()
		m.users.put(u.Key, u.ID, u, m.users.byKey[u.Key].ID)
	}
	for _, g := range b.PutGroups {
		g.Since, g.Changed = g.Since.UTC(), g.Changed.UTC()
		m.groups.put(g.Key, g.ID, g, m.groups.byKey[g.Key].ID)
	}
}

func (m *Memory) removeMembers(users []string) {
	if len(users) == 0 {
		return
	}
	for group := range m.members {
		for _, user := range users {
			m.leave(Membership{group, user})
		}
	}
}

func (m *Memory) leave(s Membership) {
	delete(m.members[s.Group], s.User)
	if len(m.members[s.Group]) == 0 {
		delete(m.members, s.Group)
	}
}

func (m *Memory) applyMembers(b Batch) {
	for _, s := range b.Leave {
		m.leave(s)
	}
	for _, s := range b.Join {
		if m.members[s.Group] == nil {
			m.members[s.Group] = map[string]bool{}
		}
		m.members[s.Group][s.User] = true
	}
}

func (m *Memory) applyRun(b Batch) {
	if b.State != nil {
		m.state = slices.Clone(b.State)
	}
	if b.PutRun == nil {
		return
	}
	run := *b.PutRun
	run.Started, run.Ended = run.Started.UTC(), run.Ended.UTC()
	if i := slices.IndexFunc(m.runs, func(r Run) bool { return r.ID == run.ID }); i >= 0 {
		m.runs[i] = run
		return
	}
	m.runs = append(m.runs, run)
}
