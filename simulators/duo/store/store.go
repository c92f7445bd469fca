// Package store keeps what the simulated Duo knows about one application, so that
// it outlives the process: in memory, in an SQLite file or in PostgreSQL. All
// three behave alike; one set of tests holds them to it.
package store

import (
	"context"
	"errors"
	"iter"
)

// Store is what the simulated Duo knows about one application: which account at
// the target belongs to which user, what it sent last, which request is under
// way, what failed, and what it did. A Store belongs to one application (the
// name given when it was opened) and to one process (see ErrInUse and Shared).
//
// All methods may be called concurrently. Reads show every committed batch.
// A sequence yields an error at most once, as its last element, with a zero
// value; it may be left early and may be ranged over while batches are
// committed: it then shows each record as it was before or after.
type Store interface { //nolint:interfacebloat // what the engine knows is of several kinds
	// User returns the link of a Duo user; ok is false if there is none.
	User(ctx context.Context, key string) (link User, ok bool, err error)
	// UserByID returns the link that owns the target's user with this id.
	UserByID(ctx context.Context, id string) (link User, ok bool, err error)
	// Users yields all links of users, by key in ascending byte order.
	Users(ctx context.Context) iter.Seq2[User, error]
	// Marks yields the links of the users in these slots, of each only what tells whether
	// anything is to be done about it, in any order: the cheap way to look at many of them.
	Marks(ctx context.Context, of Slots) iter.Seq2[Mark, error]

	// Group, GroupByID and Groups are the same for groups.
	Group(ctx context.Context, key string) (link Group, ok bool, err error)
	GroupByID(ctx context.Context, id string) (link Group, ok bool, err error)
	Groups(ctx context.Context) iter.Seq2[Group, error]
	// Members yields the keys of the users that Duo put into the target's group, in
	// ascending byte order.
	Members(ctx context.Context, group string) iter.Seq2[string, error]

	// Intents yields the requests that were announced and have no answer, oldest first.
	Intents(ctx context.Context) iter.Seq2[Intent, error]
	// Failures yields what could not be done, by kind and key.
	Failures(ctx context.Context) iter.Seq2[Failure, error]
	// Entries yields the Activity Log, in ascending order of Seq unless the query says
	// otherwise.
	Entries(ctx context.Context, q Query) iter.Seq2[Entry, error]
	// Runs yields the cycles, the newest first.
	Runs(ctx context.Context) iter.Seq2[Run, error]
	// State returns the engine's own document as it was last committed, nil if none was.
	State(ctx context.Context) ([]byte, error)

	// Commit writes a batch, whole or not at all, and returns when it is durable:
	// after that, a kill of the process loses nothing of it. Batches that several
	// goroutines commit at the same time may share one transaction (group commit);
	// the error of one batch, above all a *Taken, leaves the others alone.
	Commit(ctx context.Context, b Batch) error

	// Forget removes the links, memberships, intents and failures ("--restart
	// forget"). The log, the runs and the state stay.
	Forget(ctx context.Context) error

	// Close waits for commits under way and gives the store free for other processes.
	Close() error
}

// The errors of opening, for errors.Is; the text around them says file, reason
// and what to do.
var (
	ErrInUse   = errors.New("another process uses the state")
	ErrNewer   = errors.New("the state was written by a newer version")
	ErrCorrupt = errors.New("the state cannot be read")
)
