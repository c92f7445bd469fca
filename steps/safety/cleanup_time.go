package safety

import (
	"context"
	"slices"
	"time"
)

// Hurry gives all clean-up together two minutes from now, that of the scenarios and that
// of the run: the user has interrupted the run, or waits for its end. What is left then is
// reported.
func (g *Guard) Hurry() {
	g.hurry.Do(func() { time.AfterFunc(g.limit, func() { close(g.over) }) })
}

// cleanupContext ends after the limit, or when Hurry says so.
func (g *Guard) cleanupContext(ctx context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	ctx, stop := context.WithTimeoutCause(forCleanup(context.WithoutCancel(ctx)), limit, errTimeUp)
	ctx, cancel := context.WithCancelCause(ctx)
	go func() {
		select {
		case <-g.over:
			cancel(errTimeUp)
		case <-ctx.Done():
		}
	}()
	return ctx, func() { cancel(nil); stop() }
}

// dealtWith counts what the clean-up that ends a run has tried to remove, in vain or not.
func (g *Guard) dealtWith(x *creation, total int) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.dealt == nil {
		g.dealt = map[*creation]bool{}
	}
	g.dealt[x] = true
	return min(len(g.dealt), total)
}

// walkSoon walks a collection during the run, unless an earlier walk has met no end of it.
func (c *cleaner) walkSoon(ctx context.Context, collection []string) {
	key := pathText(collection)
	if _, vain := c.guard.endless.Load(key); vain {
		return
	}
	if w, _ := c.walkOne(ctx, collection); w.endless {
		c.guard.endless.Store(key, true)
	}
}

// Endless are the collections, such as "/Users", in which a walk met no end.
func (g *Guard) Endless() []string {
	var all []string
	g.endless.Range(func(key, _ any) bool {
		all = append(all, key.(string)) //nolint:forcetypeassert // only walkSoon stores
		return true
	})
	slices.Sort(all)
	return all
}
