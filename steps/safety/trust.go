package safety

import "slices"

// provenTruths is how many creations in a row a read has to confirm before the guard takes
// a target at its word: that what it says to have created, with the run's mark, is at the
// id that it says.
const provenTruths = 20

// tells records whether a read has shown what the answer to a creation said. One that
// has not, and the target is not believed any more in this run.
func (g *Guard) tells(truth bool) {
	if !truth {
		g.lied.Store(true)
		return
	}
	g.truths.Add(1)
}

// believable says whether the target's answers to creations have proven to be true.
func (g *Guard) believable() bool { return g.truths.Load() >= provenTruths && !g.lied.Load() }

// beyondDoubt says whether the path leads to what this run created: a read has shown it,
// or a target that has proven to be truthful says so.
func (g *Guard) beyondDoubt(c creation) bool {
	return !c.deleted && (c.seen || c.confirmed && g.believable())
}

// Release leaves a resource to the whole run: the clean-up of this scenario spares it.
func (s *Scope) Release(collection, id string) { s.guard.hand(nil, collection, id) }

// Adopt makes a resource of the whole run one of this scenario.
func (s *Scope) Adopt(collection, id string) { s.guard.hand(s, collection, id) }

func (g *Guard) hand(to *Scope, collection, id string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if c := g.known[pathText([]string{collection, id})]; c != nil {
		c.scope = to
	}
}

// HasOnly says whether exactly n resources are at the target that this scenario created or
// adopted, and no other one has ever been: its names are as good as new.
func (s *Scope) HasOnly(n int) bool {
	made := s.guard.pick(func(c *creation) bool { return c.scope == s && c.state != settled && c.state != refused })
	return len(made) == n && !slices.ContainsFunc(made, func(c *creation) bool { return c.state != present })
}

// Owns says whether a resource of this scenario is at the target, as far as is known.
func (s *Scope) Owns(collection, id string) bool {
	s.guard.mu.Lock()
	defer s.guard.mu.Unlock()
	c := s.guard.known[pathText([]string{collection, id})]
	return c != nil && c.scope == s && c.state == present && !c.deleted
}
