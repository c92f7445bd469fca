package store

import (
	"context"
	"database/sql"
	"runtime"
	"time"
)

const (
	maxTogether = 256             // batches that share a transaction
	idleAfter   = 2 * time.Second // without a batch
)

// writer writes batches, one transaction after another.
type writer struct {
	store   *SQL
	connect func(context.Context) (*sql.Conn, error)
	idle    func(context.Context, *sql.Conn) error

	conn  *sql.Conn
	ready map[string]*sql.Stmt // prepared on the connection
}

func (w *writer) run() {
	ctx := context.Background() // what was handed over is written to its end
	defer close(w.store.done)
	defer w.disconnect()
	rest := time.NewTimer(idleAfter)
	for {
		select {
		case first, open := <-w.store.queue:
			if !open {
				w.tidy(ctx)
				return
			}
			w.gather()
			w.together(ctx, w.collect(first))
			rest.Reset(idleAfter)
		case <-rest.C:
			w.tidy(ctx)
		}
	}
}

// gather lets those whose last batch was written come with the next one: it waits as long
// as more come while others run.
func (w *writer) gather() {
	for waiting := -1; waiting < len(w.store.queue); {
		waiting = len(w.store.queue)
		runtime.Gosched()
	}
}

// collect adds to the first batch those that wait already.
func (w *writer) collect(first *waiting) []*waiting {
	all := []*waiting{first}
	for len(all) < maxTogether {
		select {
		case next, open := <-w.store.queue:
			if !open {
				return all
			}
			all = append(all, next)
		default:
			return all
		}
	}
	return all
}

// together writes batches in one transaction. If one of them is at fault, it
// writes each in a transaction of its own.
func (w *writer) together(ctx context.Context, all []*waiting) {
	if err := w.begin(ctx); err != nil {
		answer(all, err)
		return
	}
	for _, one := range all {
		if err := w.apply(ctx, one); err != nil {
			w.rollback(ctx, err)
			if len(all) == 1 || w.conn == nil {
				answer(all, w.reason(ctx, all[0].batch, err))
				return
			}
			for _, one := range all {
				w.together(ctx, []*waiting{one})
			}
			return
		}
	}
	err := w.exec(ctx, "COMMIT")
	if err != nil { // it may have been written; who asks later finds out
		w.rollback(ctx, err)
	}
	answer(all, err)
}

func answer(all []*waiting, err error) {
	for _, one := range all {
		one.answer <- err
	}
}

// begin starts a transaction, on a new connection if the old one is lost.
func (w *writer) begin(ctx context.Context) error {
	for attempt := 0; ; attempt++ {
		if w.conn == nil {
			conn, err := w.connect(ctx)
			if err != nil {
				return err
			}
			w.conn, w.ready = conn, map[string]*sql.Stmt{}
		}
		err := w.exec(ctx, "BEGIN")
		if err == nil {
			return nil
		}
		w.rollback(ctx, err)
		if w.conn != nil || attempt > 0 {
			return err
		}
	}
}

func (w *writer) rollback(ctx context.Context, because error) {
	_, err := w.conn.ExecContext(ctx, "ROLLBACK")
	if w.store.place.lost(because) || err != nil && w.store.place.lost(err) {
		w.disconnect()
	}
}

func (w *writer) disconnect() {
	if w.conn == nil {
		return
	}
	for _, s := range w.ready {
		_ = s.Close()
	}
	_ = w.conn.Close()
	w.conn, w.ready = nil, nil
}

func (w *writer) tidy(ctx context.Context) {
	if w.conn != nil && w.idle(ctx, w.conn) != nil {
		w.disconnect() // the next batch tells what is wrong
	}
}

// exec runs a statement that is prepared once.
func (w *writer) exec(ctx context.Context, query string, args ...any) error {
	s := w.ready[query]
	if s == nil {
		var err error
		if s, err = w.conn.PrepareContext(ctx, w.store.place.text(query)); err != nil {
			return err
		}
		w.ready[query] = s
	}
	_, err := s.ExecContext(ctx, args...)
	return err
}

// reason turns a batch's error into a *Taken if it links an account that has an
// owner. It looks in the state without the batch and, for two links of one
// batch, in the batch.
func (w *writer) reason(ctx context.Context, b Batch, err error) error {
	if w.conn == nil {
		return err
	}
	gone := map[string]bool{}
	for _, key := range b.DeleteUsers {
		gone[key] = true
	}
	for _, key := range b.DeleteGroups {
		gone[key] = true
	}
	claims := map[Kind]map[string]string{UserKind: {}, GroupKind: {}}
	check := func(kind Kind, key, id string, owner string, found bool) *Taken {
		if other := claims[kind][id]; other != "" && other != key {
			return &Taken{kind, id, other}
		}
		claims[kind][id] = key
		if found && owner != key && !gone[owner] {
			return &Taken{kind, id, owner}
		}
		return nil
	}
	for _, u := range b.PutUsers {
		owner, found, _ := w.store.UserByID(ctx, u.ID)
		if t := check(UserKind, u.Key, u.ID, owner.Key, found); t != nil {
			return t
		}
	}
	for _, g := range b.PutGroups {
		owner, found, _ := w.store.GroupByID(ctx, g.ID)
		if t := check(GroupKind, g.Key, g.ID, owner.Key, found); t != nil {
			return t
		}
	}
	return err
}
