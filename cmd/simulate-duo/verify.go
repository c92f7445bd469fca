package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

func verifyCommand(env environment) *cobra.Command {
	var f engineFlags
	var format string
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Read the target and compare it with the directory",
		Long: `Reads every user and group of the target and says what is equal, missing, extra or drifted, with
the attribute, what the target has and what the directory wants. Accounts and groups that were not
provisioned from here are listed as local; they are nobody's mistake. Nothing is changed: sync --full
repairs.

Exit status: 0 the target is as the directory wants it, 1 it is not, 2 it could not be read.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return verify(cmd.Context(), env, f, format) },
	}
	f.register(cmd)
	cmd.Flags().StringVar(&format, "format", "table", "table or json")
	return cmd
}

func verify(ctx context.Context, env environment, f engineFlags, format string) (err error) {
	f.workers, f.maxDeprovision = 1, "any"
	if err := f.check(); err != nil {
		return err
	}
	if format != "table" && format != "json" {
		return fmt.Errorf("--format %s: known are table and json", format)
	}
	app, err := f.application()
	if err != nil {
		return err
	}
	e := &engine{flags: f, env: env, people: cached{name: f.directory}, screen: newSyncScreen(env)}
	if e.client, err = f.client(ctx, env, app); err != nil {
		return err
	}
	if e.state, err = f.snapshot(ctx, app.Name); err != nil {
		return err
	}
	p, dir, err := e.provisioner()
	if err != nil {
		return err
	}
	c, err := p.Verify(ctx, dir)
	if err != nil {
		return err
	}
	if format == "json" {
		err = verifyJSON(env.stdout, c)
	} else {
		err = verifyTable(env.stdout, c)
	}
	if err == nil && !c.Same() {
		return &verdictError{exitFailed}
	}
	return err
}

// snapshot is a copy of the state in memory, so that a sync may go on meanwhile
// and comparing changes nothing. One that is not there is an error: with an empty one,
// a mistyped name would make every account at the target look local.
func (f *engineFlags) snapshot(ctx context.Context, application string) (store.Store, error) {
	memory := store.NewMemory()
	s, err := store.OpenReadOnly(ctx, f.state, application)
	if err != nil {
		return nil, thatSyncMade(err)
	}
	return memory, errors.Join(store.Copy(ctx, memory, s), s.Close())
}

func verifyTable(w io.Writer, c duo.Comparison) error {
	local := 0
	row := func(verdict string, d duo.Difference) {
		if verdict == "extra" && !d.Linked {
			verdict = "local"
			local++
		}
		what := d.Attribute
		if d.Old != "" || d.New != "" {
			what = fmt.Sprintf("%s: %s → %s", d.Attribute, nothing(d.Old), nothing(d.New))
		}
		text := fmt.Sprintf("%-7s  %-5s  %-36s  %-36s  %s", verdict, d.Kind, words.Visible(d.Name), words.Visible(d.ID), words.Visible(what))
		fmt.Fprintln(w, strings.TrimRight(text, " "))
	}
	for _, d := range c.Missing {
		row("missing", d)
	}
	for _, d := range c.Drifted {
		row("drifted", d)
	}
	for _, d := range c.Extra {
		row("extra", d)
	}
	_, err := fmt.Fprintf(w, "equal: %d, missing: %d, drifted: %d, extra: %d, local: %d\n", c.Equal, len(c.Missing), len(c.Drifted), len(c.Extra)-local, local)
	return err
}

func nothing(text string) string {
	if text == "" {
		return "nothing"
	}
	return text
}

func verifyJSON(w io.Writer, c duo.Comparison) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(c)
}
