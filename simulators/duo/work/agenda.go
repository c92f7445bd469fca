package work

import (
	"context"
	"errors"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
)

// agenda is what is left of the cycle that is under way. Its row is the one place where
// processes agree: who changes it holds its lock until the end of the transaction.
type agenda struct {
	Cycle   string
	Version string // of the directory and the settings
	Stage   int
	Todo    []int64 // pieces of the stage that are not done
	Total   duo.Tally
	Agenda  duo.Agenda
}

// querier is a transaction, or a pool of connections.
type querier interface {
	QueryRow(ctx context.Context, query string, args ...any) pgx.Row
}

// readAgenda reads the agenda of the application, nil if no cycle is under way. The suffix
// may lock it.
func readAgenda(ctx context.Context, from querier, app int64, suffix string) (*agenda, error) {
	var a agenda
	err := from.QueryRow(ctx, "SELECT cycle, version, stage, todo, tally, document FROM agenda WHERE app = $1 "+suffix, app).
		Scan(&a.Cycle, &a.Version, &a.Stage, &a.Todo, &a.Total, &a.Agenda)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &a, nil
}

// insert writes the agenda of a cycle that begins.
func (a *agenda) insert(ctx context.Context, tx pgx.Tx, app int64) error {
	_, err := tx.Exec(ctx, "INSERT INTO agenda (app, cycle, version, stage, todo, tally, document) VALUES ($1, $2, $3, $4, $5, $6, $7)",
		app, a.Cycle, a.Version, a.Stage, a.Todo, a.Total, a.Agenda)
	return err
}

// update writes what changes while a cycle is under way, or removes the agenda when
// there is no further stage.
func (a *agenda) update(ctx context.Context, tx pgx.Tx, app int64) error {
	if a.over() {
		_, err := tx.Exec(ctx, "DELETE FROM agenda WHERE app = $1", app)
		return err
	}
	_, err := tx.Exec(ctx, "UPDATE agenda SET stage = $2, todo = $3, tally = $4 WHERE app = $1", app, a.Stage, a.Todo, a.Total)
	return err
}

// over says whether every piece of every stage is done.
func (a *agenda) over() bool { return a.Stage >= len(a.Agenda.Stages) }

// has says whether a piece is still to be done.
func (a *agenda) has(job pieceJob) bool {
	return a != nil && a.Cycle == job.Cycle && a.Stage == job.Stage && slices.Contains(a.Todo, int64(job.Piece))
}

// done notes that a piece is done. When it was the last one of its stage, the next stage
// begins.
func (a *agenda) done(piece int) {
	a.Todo = slices.DeleteFunc(a.Todo, func(n int64) bool { return n == int64(piece) })
	if len(a.Todo) == 0 {
		a.begin(a.Stage + 1)
	}
}

// end leaves out what is not done yet.
func (a *agenda) end() { a.begin(len(a.Agenda.Stages)) }

// begin makes a stage the one that is under way.
func (a *agenda) begin(stage int) {
	a.Stage, a.Todo = stage, []int64{}
	if !a.over() {
		for i := range a.Agenda.Stages[stage] {
			a.Todo = append(a.Todo, int64(i))
		}
	}
}
