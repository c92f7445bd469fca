package duo

import (
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// cycle is what is known for the length of one pass.
type cycle struct {
	how  Cycle
	plan *planner // nil unless requests are planned and not sent
	scope
	run store.Run

	// What compare found.
	leavers []store.User // by username
	users   [][]int      // positions in the directory, in waves that wait for each other
	parked  []string     // keys of users whose name others are to get
	known   []bool       // by position: there is a link
	ids     []string     // by position: the target's id of a user who is linked and active
	sums    []uint64     // by position: a checksum of key and id, 0 without an id
	groups  map[string]store.Group

	unsettled map[store.Ref]bool   // whose requests could not be looked up
	sought    map[string]bool      // folded names that people are to get who have another one
	announced map[string]bool      // folded names in requests that had no answer
	drifted   map[store.Ref]string // what a full cycle found changed at the target
	unread    error                // why a full cycle could not read everything
	listing   listing

	failures map[store.Ref]store.Failure // what could not be done earlier
	resumed  bool                        // an earlier attempt may have done a part of this cycle
	active   int                         // users who are linked and active

	mu sync.Mutex
	Tally
}

// recall reads what the cycle needs at once: groups, of which there are at most
// MaxGroups.
func (c *cycle) recall(ctx context.Context, s store.Store) error {
	n := len(c.dir.Users)
	c.known, c.ids, c.sums = make([]bool, n), make([]string, n), make([]uint64, n)
	c.unsettled, c.drifted = map[store.Ref]bool{}, map[store.Ref]string{}
	c.announced = map[string]bool{}
	c.listing.by = map[string]map[string][]*scim.Object{}
	if err := c.recallFailures(ctx, s); err != nil {
		return err
	}
	return c.recallGroups(ctx, s)
}

func (c *cycle) recallGroups(ctx context.Context, s store.Store) error {
	c.groups = map[string]store.Group{}
	for g, err := range s.Groups(ctx) {
		if err != nil {
			return err
		}
		c.groups[g.Key] = g
	}
	return nil
}

// setID notes the account of a user who is linked and active, "" if there is none.
func (c *cycle) setID(position int, id string) {
	c.ids[position], c.sums[position] = id, 0
	if id != "" {
		c.sums[position] = checksum(0, c.dir.Users[position].Key, id)
	}
}

// count adds to the summary.
func (c *cycle) count(add func(*Summary)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	add(&c.Summary)
}

// group returns the link of a group.
func (c *cycle) group(key string) (store.Group, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	g, ok := c.groups[key]
	return g, ok
}

// groupKeys lists the keys of the groups that are linked.
func (c *cycle) groupKeys() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Collect(maps.Keys(c.groups))
}

// setGroup notes the link of a group, or with nil that there is none any more.
func (c *cycle) setGroup(key string, g *store.Group) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if g == nil {
		delete(c.groups, key)
		return
	}
	c.groups[key] = *g
}

// listing is what a pass has read of the target as a whole, by endpoint and
// value: see findInList.
type listing struct {
	mu sync.Mutex
	by map[string]map[string][]*scim.Object
}

// forget makes the next look-up read the endpoint again.
func (l *listing) forget(endpoint string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.by, endpoint)
}
