package safety

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

const (
	cleanupTime     = 2 * time.Minute
	cleanupTimeEach = 2 * time.Second
	// settleTime is what a target gets to finish a request that was given up,
	// before it is asked whether it created something.
	settleTime = time.Second
	// cleanupPages bounds the walk that ends a run. A larger directory is
	// searched by filters only.
	cleanupPages = 100
	// maxUseless is how many failures in a row show that a collection's filter is of no use.
	maxUseless = 3
)

// Cleanup removes what the scenario created, as far as its ids are known or a
// filter finds it. What it returns is not final: Guard.Cleanup tries once more. A
// DELETE that has succeeded is believed until then.
//
// It goes on when ctx is canceled, for at most two minutes; see Guard.Hurry. Once the
// target has stopped answering, everything is left for Guard.Cleanup.
func (s *Scope) Cleanup(ctx context.Context) []Leftover {
	if s.guard.hung.Load() {
		return nil
	}
	ctx, cancel := s.guard.cleanupContext(ctx, s.guard.limit)
	defer cancel()
	c := s.guard.cleaner()
	c.trusting = true
	c.removeKnown(ctx, func(x *creation) bool { return x.scope == s })
	c.lookUp(ctx, func(x *creation) bool { return isDoubtful(x) && x.scope == s })
	if c.hangs() {
		s.guard.hung.Store(true)
	}
	return c.left
}

// CleanupAll removes what the scenario created, and asks more than Cleanup: where a
// creation may have happened whatever was answered, it is looked up by name, and where
// that does not help the collection is walked at once, and what others of the run have made
// is left alone. It is for scenarios whose creations can break the lists in which a later
// clean-up would find them.
func (s *Scope) CleanupAll(ctx context.Context) []Leftover {
	if s.guard.hung.Load() {
		return nil
	}
	ctx, cancel := s.guard.cleanupContext(ctx, s.guard.limit)
	defer cancel()
	c := s.guard.cleaner()
	c.only = s
	mine := func(x *creation) bool { return x.scope == s && (x.state == doubtful || x.state == refused) }
	c.removeKnown(ctx, func(x *creation) bool { return x.scope == s })
	c.lookUp(ctx, mine)
	for _, collection := range c.guard.collectionsOf(func(x *creation) bool { return mine(x) && !c.clear[x] }) {
		c.walkSoon(ctx, collection) // the clean-up at the end of the run walks once more
	}
	return c.left
}

// Cleanup removes everything that the run created, also what no answer told the
// id of: that is looked up by its name, and in the end the collections are walked
// for the run's marker. What is returned is still there, or may be. No scenario
// may be under way any more.
//
// It goes on when ctx is canceled, for at most two minutes and two seconds for each
// resource; see Guard.Hurry.
func (g *Guard) Cleanup(ctx context.Context) []Leftover {
	if g == nil {
		return nil
	}
	known := g.pick(func(x *creation) bool { return x.state == present || x.state == believed })
	ctx, cancel := g.cleanupContext(ctx, g.limit+time.Duration(len(known))*cleanupTimeEach)
	defer cancel()
	c := g.cleaner()
	c.workers, c.toRemove = max(g.Workers, 1), g.Remaining()
	c.timeouts.Store(g.removeBeyondDoubt(ctx, c.toRemove))
	c.removeKnown(ctx, func(*creation) bool { return true })
	if len(g.pick(isDoubtful)) > 0 {
		_ = g.sleep(ctx, settleTime) // fails only at the end of ctx, which the next request meets too
	}
	c.lookUp(ctx, isDoubtful)
	c.walkAll(ctx)
	c.verifyBelieved(ctx)
	c.leaveDoubtful()
	g.clean.Store(len(c.left) == 0)
	return c.left
}

// removeBeyondDoubt deletes what needs no look before; the walk tells whether it is gone.
// It returns how many requests in a row have timed out.
func (g *Guard) removeBeyondDoubt(ctx context.Context, toRemove int) (timeouts int32) {
	c := g.cleaner()
	c.workers, c.trusting, c.toRemove = max(g.Workers, 1), true, toRemove
	c.removeKnown(ctx, func(x *creation) bool { return g.beyondDoubt(*x) })
	return c.timeouts.Load()
}

// A cleaner is one clean-up.
type cleaner struct {
	remover
	guard    *Guard
	workers  int    // users that it removes at a time
	trusting bool   // it believes a DELETE that has succeeded
	only     *Scope // whose creations a walk removes, and what nobody knows of; nil for everybody's
	toRemove int    // what was there when the clean-up began, for those who are told; 0 for nobody

	gaps  map[string][]string // what a walk could not show, by collection
	clear map[*creation]bool  // doubtful ones of which a filter or a walk told the truth, believed ones of which a walk did

	mu    sync.Mutex
	tried map[*creation]bool // what it failed to remove is not tried twice
	left  []Leftover
}

func (g *Guard) cleaner() *cleaner {
	return &cleaner{
		remover: remover{client: g.client, sleep: g.sleep, sees: &g.sees}, guard: g, workers: 1,
		tried: map[*creation]bool{}, clear: map[*creation]bool{}, gaps: map[string][]string{},
	}
}

// removeKnown removes what is at a known path: groups before the users that are
// in them, and the youngest first; users several at a time.
func (c *cleaner) removeKnown(ctx context.Context, of func(*creation) bool) {
	all := c.guard.pick(func(x *creation) bool { return x.state == present && of(x) })
	slices.Reverse(all)
	slices.SortStableFunc(all, func(a, b *creation) int {
		return removalRank(a.collection) - removalRank(b.collection)
	})
	users := slices.IndexFunc(all, func(x *creation) bool { return isCollection(x.collection, usersSegment) })
	if users < 0 {
		users = len(all)
	}
	for _, x := range all[:users] {
		c.remove(ctx, x)
	}
	c.each(all[users:], func(x *creation) { c.remove(ctx, x) })
}

// each calls f for all, as many at a time as the cleaner may.
func (c *cleaner) each(all []*creation, f func(*creation)) {
	var running sync.WaitGroup
	slots := make(chan struct{}, c.workers)
	for _, x := range all {
		slots <- struct{}{}
		running.Go(func() {
			defer func() { <-slots }()
			f(x)
		})
	}
	running.Wait()
}

func removalRank(collection []string) int {
	switch {
	case isCollection(collection, groupsSegment):
		return 0
	case isCollection(collection, usersSegment):
		return 2
	}
	return 1
}

func isCollection(path []string, name string) bool {
	return len(path) > 0 && strings.EqualFold(path[len(path)-1], name)
}

func (c *cleaner) remove(ctx context.Context, x *creation) {
	if !c.once(x) {
		return
	}
	if tell := c.guard.Progress; tell != nil && c.toRemove > 0 {
		defer func() { tell(c.guard.dealtWith(x, c.toRemove), c.toRemove) }()
	}
	at := c.guard.copyOf(x)
	outcome, why := c.attempt(ctx, at)
	switch {
	case outcome == lost:
		c.guard.lose(x)
	case outcome == strange && c.guard.hasTwin(x):
		_ = c.guard.settle(x) // the answer named two, and the other one is ours
	case why != "":
		c.leave(c.leftover(http.MethodDelete, at.path, why))
	case outcome == trusted:
		if c.isRemoved(ctx, at.path) {
			c.guard.believe(x)
		}
	default:
		c.guard.forget(x)
	}
}

// once says whether this is the first time that x is tried.
func (c *cleaner) once(x *creation) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	again := c.tried[x]
	c.tried[x] = true
	return !again
}

func (c *cleaner) leave(l Leftover) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !slices.Contains(c.left, l) { // a filter and a walk may find the same
		c.left = append(c.left, l)
	}
}

type outcome int

const (
	tried   outcome = iota // why says whether in vain
	trusted                // deleted, says the target
	lost                   // the path leads nowhere although nothing was deleted: the target named a wrong id
	strange                // the path leads to what is not ours beyond doubt
)

// attempt deletes what is ours beyond doubt: what a read has shown to be so, or what
// it looks at itself.
func (c *cleaner) attempt(ctx context.Context, at creation) (o outcome, why string) {
	if c.trusting && c.guard.beyondDoubt(at) {
		_, why := c.delete(ctx, at.path)
		return trusted, why
	}
	seen, resource, unclearWhy := c.look(ctx, at.path)
	if at.confirmed && !at.changed {
		c.guard.tells(seen == visible && at.ours(resource, c.guard.marker))
	}
	switch {
	case seen == missing && at.deleted:
		return tried, ""
	case seen == missing && !at.confirmed:
		return lost, ""
	case seen == visible && !at.ours(resource, c.guard.marker):
		return strange, "was not sent: what is there does not carry the run's marker; look at it, and delete it by hand if it is the run's"
	case seen == unclear && !at.confirmed:
		return strange, "was not sent: whether it is the run's own cannot be seen: " + unclearWhy
	case c.trusting && seen == visible:
		_, why := c.delete(ctx, at.path)
		return trusted, why
	}
	status, why := c.erase(ctx, at.path)
	if seen == missing && !isSuccess(status) {
		return lost, ""
	}
	return tried, why
}

// lookUp searches by name for what a request may have created. A collection whose
// filter has failed for maxUseless of them in a row is searched no more: one failure
// may be due to what was looked for.
func (c *cleaner) lookUp(ctx context.Context, of func(*creation) bool) {
	useless := map[string]int{}
	for _, x := range c.guard.pick(of) {
		attribute, value := x.names.best()
		collection := pathText(x.collection)
		if attribute == "" || useless[collection] >= maxUseless {
			continue
		}
		found, err := c.find(ctx, x.collection, attribute, value)
		if err != nil {
			useless[collection]++
			continue
		}
		useless[collection] = 0
		c.clear[x] = true
		c.removeFound(ctx, x.collection, found)
		if len(found) > 0 {
			_ = c.guard.settle(x) // a sweep that misses it asks the target once more
		}
	}
}

// walkAll searches every collection in which the run may have created something,
// because a target may have created more than it said, or deleted less. What a walk
// could not show is looked up by name, also where the target said that it had refused.
func (c *cleaner) walkAll(ctx context.Context) {
	walked := 0
	for _, collection := range c.guard.collections() {
		w, err := c.walkOne(ctx, collection)
		within := func(x *creation) bool { return pathText(x.collection) == pathText(collection) }
		if err != nil || len(w.gaps) > 0 {
			c.gaps[pathText(collection)] = w.gaps
			c.lookUp(ctx, func(x *creation) bool { return x.state == refused && within(x) })
			continue
		}
		for _, x := range c.guard.pick(func(x *creation) bool { return isUnsure(x) && within(x) }) {
			c.clear[x] = true
		}
		if removalRank(collection) != 1 {
			walked++
		}
	}
	if walked < 2 {
		return
	}
	// What was sent to another endpoint can only have become a user or a group.
	for _, x := range c.guard.pick(func(x *creation) bool { return x.state == doubtful && removalRank(x.collection) == 1 }) {
		c.clear[x] = true
	}
}

// walkOne removes what a walk finds of this run.
func (c *cleaner) walkOne(ctx context.Context, collection []string) (*walker, error) {
	w, err := c.walk(ctx, collection, cleanupPages, func(o *scim.Object) bool {
		path := resourcePath(collection, idOf(o))
		isOurs := c.guard.marker.On(o) || c.guard.bore(path, o)
		return isOurs && (c.only == nil || !c.guard.belongsToAnother(c.only, path, o))
	})
	c.removeFound(ctx, collection, w.kept)
	return w, err
}

// isUnsure says whether a walk has the last word on the creation.
func isUnsure(x *creation) bool {
	return x.state == doubtful || x.state == believed || x.state == refused
}

// verifyBelieved looks at what no walk could have shown.
func (c *cleaner) verifyBelieved(ctx context.Context) {
	c.each(c.guard.pick(func(x *creation) bool { return x.state == believed }), func(x *creation) {
		if !c.clear[x] {
			if why := c.verify(ctx, x.path, http.StatusNoContent); why != "" {
				c.leave(c.leftover(http.MethodDelete, x.path, why))
				return
			}
		}
		c.guard.forget(x)
	})
}

func (c *cleaner) removeFound(ctx context.Context, collection []string, found []*scim.Object) {
	for _, resource := range found {
		path := resourcePath(collection, idOf(resource))
		if path == nil || !c.guard.marker.On(resource) && !c.guard.bore(path, resource) {
			continue
		}
		x := c.guard.adopt(collection, path)
		c.remove(ctx, x)
		if c.guard.copyOf(x).state == doubtful && c.isStillListed(ctx, collection, resource) {
			c.clear[x] = true
			c.leave(c.misnamed(collection, path, resource))
		}
	}
}

// leaveDoubtful reports, one line for all of a kind, what neither a filter nor a
// walk could tell.
func (c *cleaner) leaveDoubtful() {
	type kind struct{ method, collection, why string }
	var kinds []kind
	of := map[kind][]*creation{}
	for _, x := range c.guard.pick(isDoubtful) {
		if c.clear[x] {
			continue
		}
		k := kind{x.method, pathText(x.collection), x.why}
		if of[k] == nil {
			kinds = append(kinds, k)
		}
		of[k] = append(of[k], x)
	}
	for _, k := range kinds {
		slices.SortStableFunc(of[k], func(a, b *creation) int { return nameless(a) - nameless(b) })
		c.left = append(c.left, c.unknown(of[k][0], c.doubt(k.why, k.collection, of[k])))
	}
}

// nameless is 1 for what cannot be looked up by its name, and otherwise 0.
func nameless(x *creation) int {
	if attribute, _ := x.names.best(); attribute == "" {
		return 1
	}
	return 0
}

func (c *cleaner) doubt(why, collection string, all []*creation) string {
	_, name := all[0].names.best()
	what := cmp.Or(name, "something without a name")
	if more := len(all) - 1; more > 0 {
		what += fmt.Sprintf(" and %d more", more)
	}
	why += "; whether it created " + what + " cannot be seen"
	if gaps := c.gaps[collection]; len(gaps) > 0 {
		why += " (" + gaps[0] + ")"
	}
	return why
}
