package work

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
)

// whole is the number of the part of the state that a process claims to begin a cycle;
// the pieces have the numbers below.
const whole = store.SlotCount

// cycleWorker begins cycles.
type cycleWorker struct {
	river.WorkerDefaults[cycleJob]
	*process
}

// NextRetry implements river.Worker.
func (*cycleWorker) NextRetry(*river.Job[cycleJob]) time.Time { return time.Now().Add(again) }

// Work begins a cycle if none is under way. What keeps it from beginning is told, and the
// next one is tried all the same.
func (w *cycleWorker) Work(ctx context.Context, job *river.Job[cycleJob]) error {
	ctx = context.WithoutCancel(ctx) // a long look at a large directory is not given up
	s, err := w.state.Part(ctx, whole)
	if errors.Is(err, store.ErrInUse) {
		return river.JobSnooze(again)
	}
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	if under, err := w.current(ctx); under != nil || err != nil {
		return err
	}
	a, err := w.prepare(ctx, s)
	if errors.Is(err, duo.ErrStopped) {
		return river.JobSnooze(0)
	}
	if err != nil {
		w.Ended(duo.Summary{}, err)
		return nil
	}
	return pgx.BeginFunc(ctx, w.pool, func(tx pgx.Tx) error {
		if err := a.insert(ctx, tx, w.state.Number()); err != nil {
			return err
		}
		if err := w.enqueue(ctx, tx, a); err != nil {
			return err
		}
		_, err := river.JobCompleteTx[*riverpgxv5.Driver](ctx, tx, job)
		return err
	})
}

// current is the agenda of the cycle that is under way, nil if there is none.
func (p *process) current(ctx context.Context) (*agenda, error) {
	return readAgenda(ctx, p.pool, p.state.Number(), "")
}

func (p *process) prepare(ctx context.Context, s store.Store) (*agenda, error) {
	now, err := p.Load()
	if err != nil {
		return nil, err
	}
	connector, err := now.Connector(s)
	if err != nil {
		return nil, err
	}
	defer context.AfterFunc(p.ctx, connector.Stop)()
	found, so, err := connector.Prepare(ctx, now.Directory)
	if err != nil {
		return nil, err
	}
	a := &agenda{Cycle: found.Run.ID, Version: now.Version, Total: so, Agenda: found}
	a.begin(0)
	return a, nil
}

// enqueue inserts the jobs of the stage that begins.
func (p *process) enqueue(ctx context.Context, tx pgx.Tx, a *agenda) error {
	jobs := make([]river.InsertManyParams, len(a.Todo))
	for i, n := range a.Todo {
		jobs[i] = river.InsertManyParams{Args: pieceJob{Piece: int(n), Stage: a.Stage, Cycle: a.Cycle}}
	}
	inserted, err := p.client.InsertManyTx(ctx, tx, jobs)
	for _, one := range inserted {
		if one.UniqueSkippedAsDuplicate {
			return fmt.Errorf("a job for piece %s of an earlier stage has not come to its end yet", one.Job.EncodedArgs)
		}
	}
	return err
}
