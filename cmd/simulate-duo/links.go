package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

func linksCommand(env environment) *cobra.Command {
	var state stateFlags
	var format string
	cmd := &cobra.Command{
		Use:   "links",
		Short: "Show which user and group in Duo is which at the target",
		Long: `Lists what sync has linked: the Duo user or group, the target's id, since when, whether Duo has
deactivated it, and what went wrong last. Failures of users and groups that are not linked yet
are listed as well.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return links(cmd.Context(), env, state, format) },
	}
	state.register(cmd)
	cmd.Flags().StringVar(&format, "format", "table", "table, or json: an object on each line")
	cmd.AddCommand(removeLinkCommand(env))
	return cmd
}

func links(ctx context.Context, env environment, state stateFlags, format string) (err error) {
	var show func(io.Writer, iter.Seq2[link, error]) error
	switch format {
	case "table":
		show = linkTable
	case "json":
		show = linkJSON
	default:
		return fmt.Errorf("--format %s: known are table and json", format)
	}
	s, err := state.look(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	failures, err := failuresByRef(ctx, s)
	if err != nil {
		return err
	}
	return show(env.stdout, allLinks(ctx, s, failures))
}

// link is a row of the list.
type link struct {
	Kind    store.Kind `json:"kind"`
	Key     string     `json:"key"`
	Name    string     `json:"name"`
	Target  string     `json:"target,omitempty"` // the target's id; "" for what is not linked
	State   string     `json:"state"`            // active, deactivated, or not linked
	Since   *time.Time `json:"since,omitempty"`
	Changed *time.Time `json:"changed,omitempty"`
	Error   string     `json:"error,omitempty"`
}

func failuresByRef(ctx context.Context, s store.Store) (map[store.Ref]store.Failure, error) {
	failures := map[store.Ref]store.Failure{}
	for f, err := range s.Failures(ctx) {
		if err != nil {
			return nil, err
		}
		failures[store.Ref{Kind: f.Kind, Key: f.Key}] = f
	}
	return failures, nil
}

// allLinks lists users, then groups, then what failed before it was linked. It
// takes the failures out of the map as it shows them.
func allLinks(ctx context.Context, s store.Store, failures map[store.Ref]store.Failure) iter.Seq2[link, error] {
	failed := func(kind store.Kind, key string) string {
		ref := store.Ref{Kind: kind, Key: key}
		reason := failures[ref].Reason
		delete(failures, ref)
		return reason
	}
	return func(yield func(link, error) bool) {
		for u, err := range s.Users(ctx) {
			state := "active"
			if !u.Active {
				state = "deactivated"
			}
			l := link{store.UserKind, u.Key, u.Username, u.ID, state, &u.Since, &u.Changed, failed(store.UserKind, u.Key)}
			if !yield(l, err) {
				return
			}
		}
		for g, err := range s.Groups(ctx) {
			l := link{store.GroupKind, g.Key, g.Name, g.ID, "active", &g.Since, &g.Changed, failed(store.GroupKind, g.Key)}
			if !yield(l, err) {
				return
			}
		}
		for f, err := range s.Failures(ctx) {
			if _, open := failures[store.Ref{Kind: f.Kind, Key: f.Key}]; err == nil && !open {
				continue
			}
			if !yield(link{Kind: f.Kind, Key: f.Key, Name: f.Name, State: "not linked", Since: &f.Since, Changed: &f.Last, Error: f.Reason}, err) {
				return
			}
		}
	}
}

func linkTable(w io.Writer, all iter.Seq2[link, error]) error {
	if err := linkRow(w, "KIND", "KEY", "NAME", "TARGET", "STATE", "SINCE", "LAST ERROR"); err != nil {
		return err
	}
	for l, err := range all {
		if err == nil {
			err = linkRow(w, l.Kind, l.Key, words.Visible(l.Name), words.Visible(l.Target), l.State, l.Since.Local().Format(time.DateTime), words.Visible(l.Error))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// linkRow writes a row at once: there may be a million, which no table writer
// could hold to find the widths.
func linkRow(w io.Writer, cells ...any) error {
	row := fmt.Sprintf("%-5s  %-20s  %-36s  %-36s  %-11s  %-19s  %s", cells...)
	_, err := io.WriteString(w, strings.TrimRight(row, " ")+"\n")
	return err
}

func linkJSON(w io.Writer, all iter.Seq2[link, error]) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for l, err := range all {
		if err != nil {
			return err
		}
		if err := e.Encode(l); err != nil {
			return err
		}
	}
	return nil
}
