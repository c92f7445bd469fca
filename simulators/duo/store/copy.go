package store

import "context"

// copied is how many records a batch of Copy holds.
const copied = 1000

// Copy writes the links, memberships, failures and the state of one store into
// another, which should be empty.
func Copy(ctx context.Context, to, from Store) error {
	c := &copier{ctx: ctx, to: to}
	for u, err := range from.Users(ctx) {
		c.add(err, func(b *Batch) { b.PutUsers = append(b.PutUsers, u) })
	}
	for g, err := range from.Groups(ctx) {
		c.add(err, func(b *Batch) { b.PutGroups = append(b.PutGroups, g) })
		for user, err := range from.Members(ctx, g.Key) {
			c.add(err, func(b *Batch) { b.Join = append(b.Join, Membership{g.Key, user}) })
		}
	}
	for f, err := range from.Failures(ctx) {
		c.add(err, func(b *Batch) { b.PutFailures = append(b.PutFailures, f) })
	}
	state, err := from.State(ctx)
	c.add(err, func(b *Batch) { b.State = state })
	c.flush()
	return c.err
}

// copier collects records until there are enough for a batch; after an error it
// does nothing more.
type copier struct {
	ctx   context.Context //nolint:containedctx // it lives as long as one call
	to    Store
	batch Batch
	n     int
	err   error
}

func (c *copier) add(err error, put func(*Batch)) {
	if c.err == nil {
		c.err = err
	}
	if c.err != nil {
		return
	}
	put(&c.batch)
	if c.n++; c.n == copied {
		c.flush()
	}
}

func (c *copier) flush() {
	if c.err == nil {
		c.err = c.to.Commit(c.ctx, c.batch)
	}
	c.batch, c.n = Batch{}, 0
}
