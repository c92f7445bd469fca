package safety

import (
	"net/http"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// intend records, before the request is sent, that it may create something.
func (g *Guard) intend(s *Scope, method string, collection []string, n names) (*creation, error) {
	c := &creation{scope: s, method: method, collection: collection, names: n, why: "got no answer"}
	g.clean.Store(false)
	g.mu.Lock()
	g.creations = append(g.creations, c)
	c.seq = len(g.creations)
	g.mu.Unlock()
	err := g.journal.intend(journalIntent{Seq: c.seq, Method: method, Path: pathText(collection), Names: n})
	if err != nil {
		_ = g.settle(c)
	}
	return c, err
}

// settle records that the request created nothing.
func (g *Guard) settle(c *creation) error {
	g.mu.Lock()
	c.state = settled
	g.mu.Unlock()
	return g.journal.settled(c.seq)
}

// refuse records that the target says that it created nothing.
func (g *Guard) refuse(c *creation) error {
	g.mu.Lock()
	c.state = refused
	g.mu.Unlock()
	return g.journal.settled(c.seq)
}

// found records where the resource of a creation is. An answer whose id and
// Location disagree leads to two places, and both are looked at in the end.
func (g *Guard) found(c *creation, path []string, e evidence) error {
	key := pathText(path)
	g.mu.Lock()
	known := g.known[key]
	isNew := known == nil || known.state == gone || known.state == believed
	if known == nil {
		if c.state == present {
			c = &creation{scope: c.scope, seq: c.seq, method: c.method, collection: c.collection, names: c.names}
			g.creations = append(g.creations, c)
		}
		known, c.path = c, path
		g.known[key] = c
	} else if c != known && (c.state == doubtful || c.state == refused) {
		c.state = settled
	}
	known.state = present
	known.deleted = known.deleted && !isNew
	confirms := e.confirmed && !known.confirmed
	known.add(e)
	g.mu.Unlock()
	switch {
	case isNew:
		return g.journal.created(c.seq, key, e.confirmed)
	case confirms:
		return g.journal.confirmed(c.seq, key)
	}
	return g.journal.settled(c.seq)
}

// The other methods are those of clean-up.

func isPresent(c *creation) bool { return c.state == present }

func isDoubtful(c *creation) bool { return c.state == doubtful }

// pick returns the creations that are wanted, in the order of their requests.
func (g *Guard) pick(wanted func(*creation) bool) []*creation {
	g.mu.Lock()
	defer g.mu.Unlock()
	var all []*creation
	for _, c := range g.creations {
		if wanted(c) {
			all = append(all, c)
		}
	}
	return all
}

func (g *Guard) copyOf(c *creation) creation {
	g.mu.Lock()
	defer g.mu.Unlock()
	return *c
}

// adopt records a resource that carries the marker and was found otherwise than
// in the answer to its creation.
func (g *Guard) adopt(collection, path []string) *creation {
	key := pathText(path)
	g.mu.Lock()
	c := g.known[key]
	isNew := c == nil
	if isNew {
		c = &creation{method: http.MethodPost, collection: collection, path: path}
		g.creations = append(g.creations, c)
		c.seq = len(g.creations)
		g.known[key] = c
	}
	c.state, c.confirmed = present, true
	g.mu.Unlock()
	if isNew {
		// The sweep that would miss it without this line finds it by its marker.
		_ = g.journal.created(c.seq, key, true)
	}
	return c
}

// belongsToAnother says whether the resource at the path is what a request outside the
// scope has made, or is making.
func (g *Guard) belongsToAnother(s *Scope, path []string, resource *scim.Object) bool {
	key, own := pathText(path), ownNames(resource)
	others := g.pick(func(c *creation) bool {
		_, name := c.names.best()
		return c.scope != s && (c.path != nil && pathText(c.path) == key || name != "" && slices.Contains(own, name))
	})
	return len(others) > 0
}

// hasTwin says whether the answer of the same request named another resource, and
// that one is ours.
func (g *Guard) hasTwin(c *creation) bool {
	twins := g.pick(func(x *creation) bool { return x != c && x.seq == c.seq && x.confirmed })
	return len(twins) > 0
}

// believe records that a DELETE has succeeded. The journal is not told before the
// end of the run: a sweep after a kill looks whether it is true.
func (g *Guard) believe(c *creation) {
	g.mu.Lock()
	c.state = believed
	g.mu.Unlock()
}

// bore says whether the resource at the path is the one that this run created there,
// by the time of its creation: an id may be given to somebody else's later.
func (g *Guard) bore(path []string, resource *scim.Object) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	c := g.known[pathText(path)]
	return c != nil && c.born != "" && c.born == resource.Object("meta").String("created")
}

// forget records that the resource is gone.
func (g *Guard) forget(c *creation) {
	g.mu.Lock()
	c.state = gone
	key := pathText(c.path)
	g.mu.Unlock()
	_ = g.journal.gone(key) // a sweep that misses it asks the target
}

// lose records that the path leads nowhere.
func (g *Guard) lose(c *creation) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.known, pathText(c.path))
	c.why = "led to " + pathText(c.path) + ", where neither GET nor DELETE finds anything"
	c.state, c.path, c.evidence = doubtful, nil, evidence{}
}

// collections are those in which the run may have created something, groups first
// and users last.
func (g *Guard) collections() [][]string {
	return g.collectionsOf(func(*creation) bool { return true })
}

// collectionsOf are those in which these requests may have created something.
func (g *Guard) collectionsOf(of func(*creation) bool) [][]string {
	seen := map[string]bool{}
	var all [][]string
	add := func(collection ...string) {
		if key := pathText(collection); !seen[key] {
			seen[key] = true
			all = append(all, collection)
		}
	}
	for _, c := range g.pick(of) {
		if removalRank(c.collection) == 1 {
			add(groupsSegment) // such as by way of /Bulk or /Me
			add(usersSegment)
		}
		if !isBulk(c.collection) {
			add(c.collection...)
		}
	}
	slices.SortStableFunc(all, func(a, b []string) int { return removalRank(a) - removalRank(b) })
	return all
}
