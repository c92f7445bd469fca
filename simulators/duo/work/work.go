// Package work lets any number of processes provision one application together. They
// share a state in PostgreSQL, where River (github.com/riverqueue/river) hands each the
// next piece of the cycle that is under way. A leader, which the processes elect, begins
// a cycle every so often. A piece whose process has died is done by another one.
package work

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
)

// Config is what a process needs to take part.
type Config struct {
	State       string // postgres://…
	Application string // its name
	Interval    time.Duration

	// Load is called before each piece of work. It returns the directory as it is now,
	// its version, which is another one when it or the settings have changed, and what
	// makes the connector with these settings on a store.
	Load func() (Loaded, error)
	// Ended is called in the process that has ended a cycle, or could not begin one.
	Ended func(duo.Summary, error)
	// Log takes what River has to say; default: nowhere.
	Log *slog.Logger

	// Slice is how long a process stays with one piece before it looks whether it is to
	// stop, and Rescue after how long the piece of a process that has died is handed to
	// another. Defaults: 20 seconds and a minute.
	Slice, Rescue time.Duration
}

// Loaded are the settings and the directory at one time.
type Loaded struct {
	Version   string
	Directory *directory.Directory
	Connector func(store.Store) (*duo.Provisioner, error)
}

// process is one that takes part.
type process struct {
	Config
	state  *store.Shared
	pool   *pgxpool.Pool
	client *river.Client[pgx.Tx]
	ctx    context.Context //nolint:containedctx // its end is the wish to stop, of which River's contexts know nothing
}

// Run takes part until the context ends, and then ends after the requests in flight. The
// error says that the state cannot be shared, or that the database cannot be used.
func Run(ctx context.Context, c Config) error {
	c = c.withDefaults()
	state, err := store.OpenShared(ctx, c.State, c.Application)
	if err != nil {
		return err
	}
	pool, err := pgxpool.New(ctx, c.State)
	if err != nil {
		return fmt.Errorf("the state in PostgreSQL: %w", err)
	}
	defer pool.Close()
	p := &process{Config: c, state: state, pool: pool, ctx: ctx}
	if err := p.start(); err != nil {
		return fmt.Errorf("the queue in PostgreSQL: %w", err)
	}
	<-ctx.Done()
	return p.client.Stop(context.WithoutCancel(ctx))
}

func (c Config) withDefaults() Config {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Slice == 0 {
		c.Slice = 20 * time.Second
	}
	if c.Rescue == 0 {
		c.Rescue = time.Minute
	}
	return c
}

// start makes River's tables and begins to work.
func (p *process) start() error {
	schema := fmt.Sprintf("simulate_duo_%d", p.state.Number()) // each application has its leader
	if err := migrate(p.ctx, p.pool, schema, p.Log); err != nil {
		return err
	}
	workers := river.NewWorkers()
	if err := errors.Join(river.AddWorkerSafely(workers, &cycleWorker{process: p}), river.AddWorkerSafely(workers, &pieceWorker{process: p})); err != nil {
		return err
	}
	begin := func() (river.JobArgs, *river.InsertOpts) { return cycleJob{}, nil }
	var err error
	p.client, err = river.NewClient(riverpgxv5.New(p.pool), &river.Config{
		Schema: schema, Logger: p.Log, Workers: workers,
		Queues:     map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 1}},
		JobTimeout: p.Rescue, RescueStuckJobsAfter: p.Rescue,
		PeriodicJobs: []*river.PeriodicJob{
			river.NewPeriodicJob(river.PeriodicInterval(p.Interval), begin, &river.PeriodicJobOpts{ID: "cycle", RunOnStart: true}),
		},
	})
	if err != nil {
		return err
	}
	return p.client.Start(context.WithoutCancel(p.ctx))
}
