package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

func sweepCommand(env environment) *cobra.Command {
	var target, tokenFile string
	var dryRun bool
	cmd := &cobra.Command{
		Use:   "sweep",
		Short: "Remove from an endpoint what a killed run left behind",
		Long: `Removes what carries the mark of a run that did not come to its end: what the run's journal
on this machine tells, and whatever else at the endpoint is marked. Nothing without a mark is
ever touched, and nothing of a run that is still going on.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return sweep(cmd.Context(), env, target, tokenFile, dryRun)
		},
	}
	cmd.Flags().StringVar(&target, "target", "", "base `URL` of the SCIM endpoint")
	cmd.Flags().StringVar(&tokenFile, "token-file", "", "`FILE` with the bearer token; default: $SCIM_TOKEN, or a prompt on a terminal")
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "only say what would be removed")
	return cmd
}

func sweep(ctx context.Context, env environment, target, tokenFile string, dryRun bool) error {
	if target == "" {
		return errors.New("sweep needs --target URL: the embedded simulator leaves nothing behind")
	}
	if _, err := wire.CheckBaseURL(target); err != nil {
		return fmt.Errorf("--target: %w", err)
	}
	token, err := env.token(tokenFile)
	if err != nil {
		return err
	}
	dir, err := safety.DefaultJournalDir()
	if err != nil {
		return err
	}
	client := &wire.Client{BaseURL: target, Token: token, HTTP: &http.Client{Timeout: 30 * time.Second}}
	result, err := safety.Sweep(ctx, client, dir, safety.SweepOptions{DryRun: dryRun})
	did := "removed"
	if dryRun {
		did = "would remove"
	}
	for _, path := range result.Removed {
		fmt.Fprintf(env.stdout, "%s %s\n", did, report.Visible(path))
	}
	for _, left := range result.Left {
		fmt.Fprintf(env.stdout, "still there: %s\n", report.Visible(left.String()))
	}
	for _, marker := range result.Running {
		fmt.Fprintf(env.stderr, "simulate-duo: run %s is still going on: what it made was not touched\n", marker)
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
