package store

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"sync"
	"time"
)

// SQL is a store in an SQLite file or in PostgreSQL. Batches are written by one
// goroutine over one connection, as many at a time as are waiting; reads have
// connections of their own.
type SQL struct {
	place place
	db    *sql.DB
	app   int64 // the application's number
	lock  io.Closer

	mu     sync.RWMutex // held while something is put into the queue, so that it is not closed meanwhile
	queue  chan *waiting
	closed bool
	done   chan struct{} // closed when the writer has ended
}

// waiting is a batch whose writer has not answered yet.
type waiting struct {
	batch  Batch
	forget bool // instead of the batch
	answer chan error
}

// newSQL starts the writer on a connection. connect opens one where there is none
// yet, or none any more; idle is called when there has been nothing to write for
// a while.
func newSQL(s *SQL, conn *sql.Conn, connect func(context.Context) (*sql.Conn, error), idle func(context.Context, *sql.Conn) error) *SQL {
	s.queue, s.done = make(chan *waiting, maxTogether), make(chan struct{})
	w := &writer{store: s, connect: connect, idle: idle, conn: conn, ready: map[string]*sql.Stmt{}}
	go w.run()
	return s
}

var (
	errReadOnly = errors.New("the state was opened for reading alone")
	errClosed   = errors.New("the state is closed")
)

// Commit implements Store.
func (s *SQL) Commit(ctx context.Context, b Batch) error {
	return s.write(ctx, &waiting{batch: b})
}

// Forget implements Store.
func (s *SQL) Forget(ctx context.Context) error {
	return s.write(ctx, &waiting{forget: true})
}

// write waits for the writer's answer, whatever becomes of the context: what was
// handed over may have been written.
func (s *SQL) write(ctx context.Context, w *waiting) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	w.answer = make(chan error, 1)
	if err := s.enqueue(w); err != nil {
		return err
	}
	err := <-w.answer
	if _, taken := errors.AsType[*Taken](err); err != nil && !taken {
		return s.place.explain(err)
	}
	return err
}

func (s *SQL) enqueue(w *waiting) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	switch {
	case s.closed:
		return errClosed
	case s.queue == nil:
		return errReadOnly
	}
	s.queue <- w
	return nil
}

// Close implements Store.
func (s *SQL) Close() error {
	s.mu.Lock()
	already := s.closed
	s.closed = true
	s.mu.Unlock()
	if already {
		return nil
	}
	if s.queue != nil {
		close(s.queue)
		<-s.done
	}
	err := s.db.Close()
	if s.lock != nil {
		err = errors.Join(err, s.lock.Close())
	}
	return err
}

// stamp and moment are a time as a column has it, and back.
func stamp(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}

func moment(ns int64) time.Time {
	if ns == 0 {
		return time.Time{}
	}
	return time.Unix(0, ns).UTC()
}

// text is JSON as a column has it: NULL where there is none.
func text(json []byte) any {
	if json == nil {
		return nil
	}
	return string(json)
}
