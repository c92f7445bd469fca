package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/duo/work"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// workerFlags are the flags of worker.
type workerFlags struct {
	engine        engineFlags
	interval      time.Duration
	slice, rescue time.Duration
}

func workerCommand(env environment) *cobra.Command {
	var f workerFlags
	cmd := &cobra.Command{
		Use:   "worker",
		Short: "Provision together with other workers, on one machine or on many",
		Long: `Does what simulate-duo sync --watch does, together with any number of other workers that have the same
--state in PostgreSQL, the same settings and the same directory. Each cycle is cut into pieces by a
hash of the users' keys; the workers take the next piece from a queue in the database. They elect the
one that begins cycles. The work of a worker that has died is taken over by another, which looks at
the target before it repeats anything.

--max-deprovision counts the whole cycle, whichever worker would do it. A directory that changes
during a cycle ends it; the next cycle goes on.

Ctrl-C and SIGTERM end after the requests in flight; the others do the rest.

Exit status: 0 it was stopped, 2 could not run.`,
		Example: `  SCIM_TOKEN=… simulate-duo worker --config app.yaml --directory company.jsonl --state postgres://duo@db/duo --target https://example.com/scim/v2`,
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return f.run(cmd.Context(), env) },
	}
	f.engine.register(cmd)
	f.engine.registerLimits(cmd)
	flags := cmd.Flags()
	flags.DurationVar(&f.interval, "interval", assumedInterval, "how long from the beginning of one cycle to that of the next; Duo names no schedule, so this is assumed")
	flags.DurationVar(&f.slice, "slice", 20*time.Second, "how long a worker stays with one piece before it lets others go first")
	flags.DurationVar(&f.rescue, "rescue", time.Minute, "after how long the piece of a worker that has died goes to another")
	return cmd
}

func (f workerFlags) run(ctx context.Context, env environment) error {
	switch {
	case f.interval < time.Second:
		return errors.New("--interval has to be at least 1s, such as 5m")
	case f.slice <= 0 || f.rescue <= f.slice:
		return errors.New("--rescue has to be more than --slice, such as 1m and 20s")
	}
	if err := f.engine.check(); err != nil {
		return err
	}
	e, app, err := f.engine.load(ctx, env)
	if err != nil {
		return err
	}
	if err := e.checkTarget(ctx, app); err != nil {
		return err
	}
	return work.Run(ctx, work.Config{
		State: f.engine.state, Application: app.Name, Interval: f.interval, Slice: f.slice, Rescue: f.rescue,
		Load: e.loaded, Ended: e.ended, Log: slog.New(slog.NewTextHandler(env.stderr, &slog.HandlerOptions{Level: slog.LevelError})),
	})
}

// checkTarget refuses a state of another target before this worker takes any work.
func (e *engine) checkTarget(ctx context.Context, app *duo.Application) error {
	s, err := store.OpenReadOnly(ctx, e.flags.state, app.Name)
	if err != nil {
		return nil //nolint:nilerr // it is not made yet, or taking part says better why it cannot be used
	}
	p, err := e.connector(app, s)
	if err == nil {
		err = p.CheckTarget()
	}
	return errors.Join(err, s.Close())
}

// loaded are the settings and the directory as the files have them now.
func (e *engine) loaded() (work.Loaded, error) {
	app, err := e.flags.application()
	if err != nil {
		return work.Loaded{}, err
	}
	dir, err := e.people.load()
	if err != nil {
		return work.Loaded{}, err
	}
	version, err := e.version(app)
	return work.Loaded{
		Version: version, Directory: dir,
		Connector: func(s store.Store) (*duo.Provisioner, error) {
			e.screen.piece()
			return e.connector(app, s)
		},
	}, err
}

// version is a checksum of the settings and the directory.
func (e *engine) version(app *duo.Application) (string, error) {
	if e.people.sum == nil {
		sum, err := checksum(e.people.name)
		if err == nil && e.people.changed() {
			err = errors.New("the file is being written")
		}
		if err != nil {
			return "", fmt.Errorf("--directory: %w", err)
		}
		e.people.sum = sum
	}
	settings, err := checksum(e.flags.config)
	if err != nil {
		return "", fmt.Errorf("--config: %w", err)
	}
	all := sha256.Sum256(fmt.Appendf(nil, "%x %x %s", e.people.sum, settings, app.BaseURL))
	return hex.EncodeToString(all[:]), nil
}

func checksum(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return h.Sum(nil), err
}

// ended tells how a cycle ended that this worker has ended, or could not begin.
func (e *engine) ended(sum duo.Summary, err error) {
	e.screen.end()
	if err == nil || sum != (duo.Summary{}) {
		fmt.Fprintf(e.env.stdout, "%s %s\n", time.Now().Format(time.DateTime), words.Visible(sum.String()))
	}
	e.tell(err)
}
