package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// sweepTimeout is how long one request may take.
const sweepTimeout = 30 * time.Second

func sweepCommand(env environment) *cobra.Command {
	var target string
	var way wayFlags
	var marks []string
	var dryRun bool
	cmd := &cobra.Command{
		Use:   "sweep",
		Short: "Remove from an endpoint what a killed run left behind",
		Long: `Removes what carries the mark of a run that did not come to its end: what the run's journal
on this machine tells, and whatever else at the endpoint is marked. Nothing without a mark is
ever touched, and nothing of a run that is still going on. A run that began less than 12 hours ago
and has no journal on this machine may be going on elsewhere: --mark says that it is not.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return sweep(cmd.Context(), env, target, way, marks, dryRun)
		},
	}
	cmd.Flags().StringVar(&target, "target", "", "base `URL` of the SCIM endpoint")
	way.register(cmd.Flags())
	cmd.Flags().StringArrayVar(&marks, "mark", nil, "`MARK` of a run that has ended, such as sduo-1f3a9c2e, however young it is; repeatable")
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "only say what would be removed")
	return cmd
}

func sweep(ctx context.Context, env environment, target string, way wayFlags, marks []string, dryRun bool) error {
	fit, err := way.fit()
	if err != nil {
		return err
	}
	if target = cmp.Or(target, fit.BaseURL); target == "" {
		return errors.New("sweep needs --target URL: the embedded simulator leaves nothing behind")
	}
	if _, err := wire.CheckBaseURL(target); err != nil {
		return fmt.Errorf("--target: %w", err)
	}
	options := safety.SweepOptions{DryRun: dryRun}
	for _, text := range marks {
		mark, err := safety.ParseMarker(text)
		if err != nil {
			return fmt.Errorf("--mark: %w", err)
		}
		options.Marks = append(options.Marks, mark)
	}
	client, err := way.client(ctx, env, target, sweepTimeout)
	if err != nil {
		return err
	}
	dir, err := safety.DefaultJournalDir()
	if err != nil {
		return err
	}
	result, err := safety.Sweep(ctx, client, dir, options)
	did := "removed"
	if dryRun {
		did = "would remove"
	}
	for _, path := range result.Removed {
		fmt.Fprintf(env.stdout, "%s %s\n", did, words.Visible(path))
	}
	for _, left := range result.Left {
		fmt.Fprintf(env.stdout, "still there: %s\n", words.Visible(left.String()))
	}
	for _, marker := range result.Running {
		fmt.Fprintf(env.stderr, "simulate-duo: run %s is still going on: what it made was not touched\n", marker)
	}
	for _, marker := range result.Young {
		fmt.Fprintf(env.stderr, "simulate-duo: run %s began less than 12 hours ago and may be going on elsewhere: "+
			"what it made was not touched; --mark %s removes it\n", marker, marker)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(env.stdout, "%s: %d, still there: %d\n", did, len(result.Removed), len(result.Left))
	if len(result.Left) > 0 {
		return &verdictError{exitFailed}
	}
	return nil
}
