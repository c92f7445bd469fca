package store

import (
	"context"
	"database/sql"
	"errors"
	"iter"
)

const (
	userColumns    = "user_key, target_id, username, active, sent, fingerprint, since, changed"
	groupColumns   = "group_key, target_id, name, size, sum, since, changed"
	intentColumns  = "kind, key, operation, target_id, name, detail, started, cycle"
	failureColumns = "kind, key, name, operation, status, reason, dead, fingerprint, attempts, since, last"
	entryColumns   = "seq, id, time, action, actor_key, actor_name, actor_type, affected_key, affected_name, affected_type, application_key, application_name, application_type, details"
	runColumns     = "id, kind, started, ended, requests, counts, skipped, error"
)

// User implements Store.
func (s *SQL) User(ctx context.Context, key string) (User, bool, error) {
	return one(ctx, s, scanUser, "SELECT "+userColumns+" FROM linked_user WHERE app = $1 AND user_key = $2", s.app, key)
}

// UserByID implements Store.
func (s *SQL) UserByID(ctx context.Context, id string) (User, bool, error) {
	return one(ctx, s, scanUser, "SELECT "+userColumns+" FROM linked_user WHERE app = $1 AND target_id = $2", s.app, id)
}

// Users implements Store.
func (s *SQL) Users(ctx context.Context) iter.Seq2[User, error] {
	return many(ctx, s, scanUser, "SELECT "+userColumns+" FROM linked_user WHERE app = $1 ORDER BY user_key", s.app)
}

// Marks implements Store. The sum keeps databases from an index that would lead
// them from row to row in the order of the keys.
func (s *SQL) Marks(ctx context.Context, of Slots) iter.Seq2[Mark, error] {
	scan := func(r row) (m Mark, err error) { return m, r.Scan(&m.Key, &m.ID, &m.Active, &m.Fingerprint) }
	const query = "SELECT user_key, target_id, active, fingerprint FROM linked_user WHERE "
	if of.All() {
		return many(ctx, s, scan, query+"app + 0 = $1", s.app)
	}
	where, args := s.place.within(of)
	return filtered(many(ctx, s, scan, query+"app = $1"+where, append([]any{s.app}, args...)...), of)
}

// filtered leaves out the marks of users in other slots.
func filtered(marks iter.Seq2[Mark, error], of Slots) iter.Seq2[Mark, error] {
	return func(yield func(Mark, error) bool) {
		for m, err := range marks {
			if (err != nil || of.Has(m.Key)) && !yield(m, err) {
				return
			}
		}
	}
}

// Group implements Store.
func (s *SQL) Group(ctx context.Context, key string) (Group, bool, error) {
	return one(ctx, s, scanGroup, "SELECT "+groupColumns+" FROM linked_group WHERE app = $1 AND group_key = $2", s.app, key)
}

// GroupByID implements Store.
func (s *SQL) GroupByID(ctx context.Context, id string) (Group, bool, error) {
	return one(ctx, s, scanGroup, "SELECT "+groupColumns+" FROM linked_group WHERE app = $1 AND target_id = $2", s.app, id)
}

// Groups implements Store.
func (s *SQL) Groups(ctx context.Context) iter.Seq2[Group, error] {
	return many(ctx, s, scanGroup, "SELECT "+groupColumns+" FROM linked_group WHERE app = $1 ORDER BY group_key", s.app)
}

// Members implements Store.
func (s *SQL) Members(ctx context.Context, group string) iter.Seq2[string, error] {
	scan := func(r row) (key string, err error) { return key, r.Scan(&key) }
	return many(ctx, s, scan, "SELECT user_key FROM membership WHERE app = $1 AND group_key = $2 ORDER BY user_key", s.app, group)
}

// Intents implements Store.
func (s *SQL) Intents(ctx context.Context) iter.Seq2[Intent, error] {
	return many(ctx, s, scanIntent, "SELECT "+intentColumns+" FROM intent WHERE app = $1 ORDER BY started, kind, key", s.app)
}

// Failures implements Store.
func (s *SQL) Failures(ctx context.Context) iter.Seq2[Failure, error] {
	return many(ctx, s, scanFailure, "SELECT "+failureColumns+" FROM failure WHERE app = $1 ORDER BY kind, key", s.app)
}

// Runs implements Store.
func (s *SQL) Runs(ctx context.Context) iter.Seq2[Run, error] {
	return many(ctx, s, scanRun, "SELECT "+runColumns+" FROM cycle WHERE app = $1 ORDER BY started DESC, number DESC", s.app)
}

// State implements Store.
func (s *SQL) State(ctx context.Context) ([]byte, error) {
	scan := func(r row) (state []byte, err error) { return state, r.Scan(&state) }
	state, _, err := one(ctx, s, scan, "SELECT state FROM application WHERE id = $1", s.app)
	return state, err
}

// Entries implements Store. Names are compared here: databases differ in what
// they take for the same letter.
func (s *SQL) Entries(ctx context.Context, q Query) iter.Seq2[Entry, error] {
	query := "SELECT " + entryColumns + " FROM activity WHERE app = $1 AND seq > $2"
	if q.Newest {
		query += " ORDER BY time DESC, seq DESC"
	} else {
		query += " ORDER BY seq"
	}
	return func(yield func(Entry, error) bool) {
		taken := 0
		for e, err := range many(ctx, s, scanEntry, query, s.app, q.After) {
			if err != nil {
				yield(Entry{}, err)
				return
			}
			if !q.takes(e) {
				continue
			}
			if taken++; !yield(e, nil) || taken == q.Limit {
				return
			}
		}
	}
}

// row is *sql.Row or *sql.Rows.
type row interface{ Scan(into ...any) error }

func one[T any](ctx context.Context, s *SQL, scan func(row) (T, error), query string, args ...any) (found T, ok bool, err error) {
	found, err = scan(s.db.QueryRowContext(ctx, s.place.text(query), args...))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return found, false, nil
	case err != nil:
		return found, false, s.place.explain(err)
	}
	return found, true, nil
}

func many[T any](ctx context.Context, s *SQL, scan func(row) (T, error), query string, args ...any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		rows, err := s.db.QueryContext(ctx, s.place.text(query), args...)
		if err != nil {
			yield(none, s.place.explain(err))
			return
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			v, err := scan(rows)
			if err != nil {
				yield(none, s.place.explain(err))
				return
			}
			if !yield(v, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(none, s.place.explain(err))
		}
	}
}

func scanUser(r row) (u User, err error) {
	var since, changed int64
	err = r.Scan(&u.Key, &u.ID, &u.Username, &u.Active, &u.Sent, &u.Fingerprint, &since, &changed)
	u.Since, u.Changed = moment(since), moment(changed)
	return u, err
}

func scanGroup(r row) (g Group, err error) {
	var since, changed int64
	err = r.Scan(&g.Key, &g.ID, &g.Name, &g.Size, &g.Sum, &since, &changed)
	g.Since, g.Changed = moment(since), moment(changed)
	return g, err
}

func scanIntent(r row) (i Intent, err error) {
	var started int64
	err = r.Scan(&i.Kind, &i.Key, &i.Operation, &i.ID, &i.Name, &i.Detail, &started, &i.Run)
	i.Started = moment(started)
	return i, err
}

func scanFailure(r row) (f Failure, err error) {
	var since, last int64
	err = r.Scan(&f.Kind, &f.Key, &f.Name, &f.Operation, &f.Status, &f.Reason, &f.Dead, &f.Fingerprint, &f.Attempts, &since, &last)
	f.Since, f.Last = moment(since), moment(last)
	return f, err
}

func scanEntry(r row) (e Entry, err error) {
	var at int64
	err = r.Scan(&e.Seq, &e.ID, &at, &e.Action, &e.Actor.Key, &e.Actor.Name, &e.Actor.Type,
		&e.Affected.Key, &e.Affected.Name, &e.Affected.Type, &e.Application.Key, &e.Application.Name, &e.Application.Type, &e.Details)
	e.Time = moment(at)
	return e, err
}

func scanRun(r row) (run Run, err error) {
	var started, ended int64
	err = r.Scan(&run.ID, &run.Kind, &started, &ended, &run.Requests, &run.Counts, &run.Skipped, &run.Error)
	run.Started, run.Ended = moment(started), moment(ended)
	return run, err
}
