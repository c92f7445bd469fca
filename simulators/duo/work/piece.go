package work

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
)

// pieceWorker does pieces of cycles.
type pieceWorker struct {
	river.WorkerDefaults[pieceJob]
	*process
}

// NextRetry implements river.Worker.
func (*pieceWorker) NextRetry(*river.Job[pieceJob]) time.Time { return time.Now().Add(again) }

// errOther ends a cycle whose directory or settings are not those of this process: the
// pieces of one cycle must not follow two directories.
var errOther = errors.New("the directory or the settings have changed during the cycle, or are not the same for all workers: it ends here, and the next one goes on")

// Work does a piece, or goes on with it. It claims the piece first: a process that River
// takes for dead may only be slow.
func (w *pieceWorker) Work(ctx context.Context, job *river.Job[pieceJob]) error {
	ctx = context.WithoutCancel(ctx) // it ends after the requests in flight
	s, err := w.state.Part(ctx, job.Args.Piece)
	if errors.Is(err, store.ErrInUse) {
		return river.JobSnooze(again)
	}
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	a, err := w.current(ctx)
	if err != nil || !a.has(job.Args) { // another process has done it
		return err
	}
	now, err := w.Load()
	if err != nil {
		return err
	}
	connector, err := now.Connector(s)
	if err != nil {
		return err
	}
	if now.Version != a.Version {
		return w.conclude(ctx, job, connector, duo.Tally{}, errOther)
	}
	done, err := w.slice(ctx, now, connector, a.Agenda, a.Agenda.Stages[job.Args.Stage][job.Args.Piece])
	return w.conclude(ctx, job, connector, done, err)
}

// slice works on a piece until it is done, the process is to stop, or a while is over.
func (w *pieceWorker) slice(ctx context.Context, now Loaded, connector *duo.Provisioner, a duo.Agenda, piece duo.Piece) (duo.Tally, error) {
	defer context.AfterFunc(w.ctx, connector.Stop)()
	defer time.AfterFunc(w.Slice, connector.Stop).Stop()
	return connector.Do(ctx, now.Directory, a, piece)
}

// conclude notes what became of a piece, and tells River.
func (w *pieceWorker) conclude(ctx context.Context, job *river.Job[pieceJob], connector *duo.Provisioner, done duo.Tally, failed error) error {
	ended := func() {}
	err := pgx.BeginFunc(ctx, w.pool, func(tx pgx.Tx) error {
		a, err := readAgenda(ctx, tx, w.state.Number(), "FOR UPDATE")
		if err != nil || !a.has(job.Args) {
			return err
		}
		a.Total.Add(done)
		switch {
		case errors.Is(failed, errOther):
			a.end()
		case failed == nil:
			a.done(job.Args.Piece)
		}
		if a.over() {
			sum, err := connector.Finish(a.Agenda, a.Total, failed)
			ended = func() { w.Ended(sum, err) }
		}
		return w.write(ctx, tx, job, a)
	})
	if err != nil {
		return err
	}
	ended()
	switch {
	case errors.Is(failed, duo.ErrStopped):
		return river.JobSnooze(0)
	case errors.Is(failed, errOther):
		return nil
	}
	return failed
}

// write writes the agenda. In the same transaction the job is completed if its piece is
// done and, if that was the last one of its stage, the jobs of the next stage are inserted.
func (w *pieceWorker) write(ctx context.Context, tx pgx.Tx, job *river.Job[pieceJob], a *agenda) error {
	if err := a.update(ctx, tx, w.state.Number()); err != nil || a.has(job.Args) {
		return err
	}
	if _, err := river.JobCompleteTx[*riverpgxv5.Driver](ctx, tx, job); err != nil {
		return err
	}
	if a.Stage == job.Args.Stage || a.over() {
		return nil
	}
	return w.enqueue(ctx, tx, a)
}
