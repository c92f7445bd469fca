package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"
)

// syncFlags are the flags of sync.
type syncFlags struct {
	engine   engineFlags
	watch    bool
	interval time.Duration
	dryRun   bool
	full     bool
	retry    bool
	user     string
	restart  string
}

// assumedInterval is how long --watch waits between cycles. Duo publishes no
// schedule: the time is assumed.
const assumedInterval = 5 * time.Minute

func syncCommand(env environment) *cobra.Command {
	var f syncFlags
	cmd := &cobra.Command{
		Use:   "sync",
		Short: "Provision a directory to an endpoint, and only what changed the next time",
		Long: `Plays Duo's continuous provisioning for as long as you like: one cycle compares what the directory
and the settings demand with what the state knows of the target, and sends the difference. What was
sent, what failed and why is kept in the state: see simulate-duo log and simulate-duo links.

A cycle that would deactivate or delete more than --max-deprovision stops before it sends anything.
Users and groups that were not provisioned from here are never touched. A state belongs to one
target: with another one, and with a directory that lacks a chosen group, nothing is sent. A process that was killed
looks at the target before it repeats anything.

Ctrl-C ends after the requests in flight; a second one at once. Neither loses anything.

Exit status: 0 all is done, 1 something failed or the cycle was stopped by --max-deprovision,
2 could not run.`,
		Example: `  SCIM_TOKEN=… simulate-duo sync --config app.yaml --directory people.yaml --state state.db --target https://example.com/scim/v2
  simulate-duo sync --config app.yaml --directory company.jsonl --state state.db --dry-run
  simulate-duo sync --config app.yaml --directory company.jsonl --state state.db --user josue@example.com
  simulate-duo sync --config app.yaml --directory company.jsonl --state state.db --watch`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return syncAll(cmd.Context(), env, f) },
	}
	f.engine.register(cmd)
	f.engine.registerLimits(cmd)
	flags := cmd.Flags()
	flags.BoolVar(&f.watch, "watch", false, "go on: a cycle whenever a file changes, and every --interval")
	flags.DurationVar(&f.interval, "interval", assumedInterval, "how long --watch waits at most; Duo names no schedule, so this is assumed")
	flags.BoolVar(&f.dryRun, "dry-run", false, "print the requests in order, with the reason of each, and send nothing")
	flags.BoolVar(&f.full, "full", false, "read the target first and repair what has changed there")
	flags.BoolVar(&f.retry, "retry", false, "send again what was given up, and end a pause")
	flags.StringVar(&f.user, "user", "", "provision this user alone, by `NAME` or key, and show each step")
	flags.StringVar(&f.restart, "restart", "", "keep or forget the links: forget matches everybody anew, keep goes on where the same server has another address")
	return cmd
}

// check refuses what no cycle could make sense of.
func (f syncFlags) check() error {
	alone := 0
	for _, set := range []bool{f.watch, f.dryRun, f.user != ""} {
		if set {
			alone++
		}
	}
	switch {
	case alone > 1:
		return errors.New("--watch, --dry-run and --user do not go together: give one")
	case f.user != "" && (f.full || f.retry):
		return errors.New("--user does not go with --full or --retry: it always sends this user again")
	case f.interval <= 0:
		return errors.New("--interval has to be more than 0, such as 5m")
	case f.restart != "" && f.restart != "keep" && f.restart != "forget":
		return errors.New("--restart: write keep or forget")
	case f.dryRun && f.restart == "forget":
		return errors.New("--dry-run does not go with --restart forget, which changes the state")
	}
	return f.engine.check()
}

func syncAll(ctx context.Context, env environment, f syncFlags) (err error) {
	if err := f.check(); err != nil {
		return err
	}
	e, err := f.engine.open(ctx, env)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, e.close()) }()
	e.moved = f.restart != ""
	if f.restart == "forget" {
		if err := e.state.Forget(ctx); err != nil {
			return err
		}
	}
	switch {
	case f.dryRun:
		return e.dryRun(ctx, f)
	case f.user != "":
		return e.provisionOne(ctx, f.user)
	case f.watch:
		return e.watch(ctx, f)
	}
	return e.once(ctx, f)
}
