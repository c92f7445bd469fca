package store

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"slices"
	"sync"
)

// Memory is a store that ends with its process.
type Memory struct {
	mu       sync.RWMutex
	users    links[User]
	groups   links[Group]
	members  map[string]map[string]bool // users by group
	intents  map[Ref]Intent
	failures map[Ref]Failure
	entries  []Entry // by Seq
	runs     []Run   // by start
	state    []byte
}

// links are links by Duo key, and their owners by the target's id.
type links[T any] struct {
	byKey  map[string]T
	owners map[string]string
}

func newLinks[T any]() links[T] { return links[T]{map[string]T{}, map[string]string{}} }

func (l links[T]) put(key, id string, link T, before string) {
	if l.owners[before] == key {
		delete(l.owners, before)
	}
	l.byKey[key], l.owners[id] = link, key
}

func (l links[T]) remove(key, id string) {
	delete(l.byKey, key)
	if l.owners[id] == key {
		delete(l.owners, id)
	}
}

// NewMemory returns an empty store.
func NewMemory() *Memory {
	m := &Memory{}
	m.clear()
	return m
}

func (m *Memory) clear() {
	m.users, m.groups = newLinks[User](), newLinks[Group]()
	m.members = map[string]map[string]bool{}
	m.intents, m.failures = map[Ref]Intent{}, map[Ref]Failure{}
}

// User implements Store.
func (m *Memory) User(_ context.Context, key string) (User, bool, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	u, ok := m.users.byKey[key]
	return u, ok, nil
}

// UserByID implements Store.
func (m *Memory) UserByID(_ context.Context, id string) (User, bool, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	u, ok := m.users.byKey[m.users.owners[id]]
	return u, ok, nil
}

// Users implements Store.
func (m *Memory) Users(context.Context) iter.Seq2[User, error] {
	return each(m, func() []string { return slices.Sorted(maps.Keys(m.users.byKey)) },
		func(key string) (User, bool) { u, ok := m.users.byKey[key]; return u, ok })
}

// Marks implements Store.
func (m *Memory) Marks(_ context.Context, of Slots) iter.Seq2[Mark, error] {
	return each(m, func() []Mark {
		marks := make([]Mark, 0, len(m.users.byKey))
		for _, u := range m.users.byKey {
			if !of.All() && !of.Has(u.Key) {
				continue
			}
			marks = append(marks, Mark{u.Key, u.ID, u.Active, u.Fingerprint})
		}
		return marks
	}, whole)
}

// Group implements Store.
func (m *Memory) Group(_ context.Context, key string) (Group, bool, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	g, ok := m.groups.byKey[key]
	return g, ok, nil
}

// GroupByID implements Store.
func (m *Memory) GroupByID(_ context.Context, id string) (Group, bool, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	g, ok := m.groups.byKey[m.groups.owners[id]]
	return g, ok, nil
}

// Groups implements Store.
func (m *Memory) Groups(context.Context) iter.Seq2[Group, error] {
	return each(m, func() []string { return slices.Sorted(maps.Keys(m.groups.byKey)) },
		func(key string) (Group, bool) { g, ok := m.groups.byKey[key]; return g, ok })
}

// Members implements Store.
func (m *Memory) Members(_ context.Context, group string) iter.Seq2[string, error] {
	return each(m, func() []string { return slices.Sorted(maps.Keys(m.members[group])) },
		func(user string) (string, bool) { return user, m.members[group][user] })
}

// Intents implements Store.
func (m *Memory) Intents(context.Context) iter.Seq2[Intent, error] {
	return each(m, func() []Intent {
		return slices.SortedFunc(maps.Values(m.intents), func(a, b Intent) int {
			return cmp.Or(a.Started.Compare(b.Started), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key))
		})
	}, whole)
}

// Failures implements Store.
func (m *Memory) Failures(context.Context) iter.Seq2[Failure, error] {
	return each(m, func() []Failure {
		return slices.SortedFunc(maps.Values(m.failures), func(a, b Failure) int {
			return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key))
		})
	}, whole)
}

// Entries implements Store.
func (m *Memory) Entries(_ context.Context, q Query) iter.Seq2[Entry, error] {
	return each(m, func() []Entry {
		var chosen []Entry
		for _, e := range m.entries {
			if q.takes(e) {
				chosen = append(chosen, e)
			}
			if q.Limit > 0 && len(chosen) == q.Limit && !q.Newest {
				return chosen
			}
		}
		if q.Newest {
			slices.SortFunc(chosen, func(a, b Entry) int { return cmp.Or(b.Time.Compare(a.Time), cmp.Compare(b.Seq, a.Seq)) })
			if q.Limit > 0 {
				chosen = chosen[:min(q.Limit, len(chosen))]
			}
		}
		return chosen
	}, whole)
}

// Runs implements Store.
func (m *Memory) Runs(context.Context) iter.Seq2[Run, error] {
	return each(m, func() []Run {
		runs := slices.Clone(m.runs)
		slices.Reverse(runs)
		slices.SortStableFunc(runs, func(a, b Run) int { return b.Started.Compare(a.Started) })
		return runs
	}, whole)
}

// State implements Store.
func (m *Memory) State(context.Context) ([]byte, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return slices.Clone(m.state), nil
}

// Forget implements Store.
func (m *Memory) Forget(context.Context) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.clear()
	return nil
}

// Close implements Store.
func (*Memory) Close() error { return nil }

// each yields what list names and get still finds. The lock is not held while
// the caller looks at a record.
func each[K, V any](m *Memory, list func() []K, get func(K) (V, bool)) iter.Seq2[V, error] {
	return func(yield func(V, error) bool) {
		m.mu.RLock()
		names := list()
		m.mu.RUnlock()
		for _, name := range names {
			m.mu.RLock()
			v, ok := get(name)
			m.mu.RUnlock()
			if ok && !yield(v, nil) {
				return
			}
		}
	}
}

func whole[T any](v T) (T, bool) { return v, true }
