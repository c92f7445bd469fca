package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Shared is the state of an application in PostgreSQL that several processes work on,
// each on a part of its own at a time.
type Shared struct {
	place *database
	app   int64
}

// OpenShared makes the state ready, as Open does, without claiming it. A state in a file
// cannot be shared.
func OpenShared(ctx context.Context, where, application string) (*Shared, error) {
	place, ok := placeOf(where).(*database)
	if !ok {
		return nil, fmt.Errorf("state %s: a file belongs to one process at a time: give the postgres://… of a database that all workers reach, or use sync --watch with the file", where)
	}
	db, err := sql.Open("pgx", place.url)
	if err != nil {
		return nil, place.explain(err)
	}
	app, err := place.prepare(ctx, db, application)
	if err := errors.Join(err, db.Close()); err != nil {
		return nil, place.explain(err)
	}
	return &Shared{place, app}, nil
}

// Number is the number that the database has given the application.
func (s *Shared) Number() int64 { return s.app }

// Part opens the state for work on one part of it. ErrInUse says that another process
// works on the same part, or on the whole. The part is free again when it is closed or
// when the process ends.
func (s *Shared) Part(ctx context.Context, part int) (Store, error) {
	db, err := sql.Open("pgx", s.place.url)
	if err != nil {
		return nil, s.place.explain(err)
	}
	db.SetMaxOpenConns(readers)
	db.SetMaxIdleConns(readers)
	connect := func(ctx context.Context) (*sql.Conn, error) { return s.claim(ctx, db, part) }
	conn, err := connect(ctx)
	if err != nil {
		return nil, s.place.explain(errors.Join(err, db.Close()))
	}
	return newSQL(&SQL{place: s.place, db: db, app: s.app}, conn, connect, func(context.Context, *sql.Conn) error { return nil }), nil
}

// claim returns a connection that holds the locks of a part: a share of that on the whole
// state (see writing), and one on the part alone.
func (s *Shared) claim(ctx context.Context, db *sql.DB, part int) (*sql.Conn, error) {
	return locked(ctx, db, fmt.Errorf("%w, or this part of it: it is tried again", ErrInUse),
		statement{"SELECT pg_advisory_lock_shared($1)", []any{int64(applicationMark)<<32 | s.app}},
		statement{"SELECT pg_advisory_lock($1, $2)", []any{s.app, part}})
}
