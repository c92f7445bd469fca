package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
)

// logFlags are the controls of Duo's Activity Log page.
type logFlags struct {
	state    stateFlags
	format   string
	follow   bool
	action   string
	actor    string
	affected string
	search   string
	last     time.Duration
	from, to string
	limit    int
}

func logCommand(env environment) *cobra.Command {
	var f logFlags
	cmd := &cobra.Command{
		Use:   "log",
		Short: "Show the Activity Log that sync keeps",
		Long: `Shows the Activity Log, the newest entry first as on Duo's page; with --follow, the oldest first
and then each new one as it is written. An update tells what changed: attribute, old → new.

Filters are those of the page. They hold together.`,
		Example: `  simulate-duo log --state state.db --last 24h --search josue
  simulate-duo log --state state.db --action "User provisioning failed" --format csv`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return showLog(cmd.Context(), env, f) },
	}
	f.state.register(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.action, "action", "", "only this `ACTION`, as the page or the JSON names it")
	flags.StringVar(&f.actor, "actor", "", "only what this `NAME` did")
	flags.StringVar(&f.affected, "affected", "", "only what happened to this user or group, by `NAME` or key")
	flags.StringVar(&f.search, "search", "", "only entries whose actor, application or affected name has this `TEXT` in it")
	flags.DurationVar(&f.last, "last", 0, "only the last `TIME`, such as 24h")
	flags.StringVar(&f.from, "from", "", "only from this `TIME` on: 2026-03-18T21:00:00Z, or 2026-03-18")
	flags.StringVar(&f.to, "to", "", "only before this `TIME`")
	flags.IntVar(&f.limit, "limit", 0, "at most so many entries; 0: all")
	flags.BoolVar(&f.follow, "follow", false, "go on with new entries until Ctrl-C")
	flags.StringVar(&f.format, "format", "table", "table, csv, or json: as Duo's Admin API has it, with --follow an item on each line")
	return cmd
}

func showLog(ctx context.Context, env environment, f logFlags) (err error) {
	q, err := f.query(time.Now())
	if err != nil {
		return err
	}
	s, err := f.state.look(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if f.follow {
		return followLog(ctx, env, s, q, f.format)
	}
	if f.format == "table" {
		return logTable(env.stdout, s.Entries(ctx, q))
	}
	log := &duo.Log{}
	for e, err := range s.Entries(ctx, q) {
		if err != nil {
			return err
		}
		log.Add(duo.EntryOf(e))
	}
	if f.format == "csv" {
		return log.WriteCSV(env.stdout, time.Local)
	}
	return log.WriteJSON(env.stdout)
}

// query turns the flags into a query.
func (f logFlags) query(now time.Time) (store.Query, error) {
	q := store.Query{
		Application: f.state.application, Actor: f.actor, Affected: f.affected, Search: f.search, Limit: f.limit, Newest: !f.follow,
	}
	var err error
	switch {
	case f.format != "table" && f.format != "csv" && f.format != "json":
		return q, fmt.Errorf("--format %s: known are table, csv and json", f.format)
	case f.follow && f.format == "csv":
		return q, errors.New("--follow goes with --format table or json: a CSV file has an end")
	case f.follow && (f.limit != 0 || f.to != ""):
		return q, errors.New("--follow does not go with --limit or --to: it goes on until Ctrl-C")
	case f.limit < 0:
		return q, errors.New("--limit cannot be negative; 0 means all")
	case f.last != 0 && f.from != "":
		return q, errors.New("--last and --from both say where to begin: give one")
	case f.last < 0:
		return q, errors.New("--last has to be more than 0, such as 24h")
	case f.last > 0:
		q.From = now.Add(-f.last)
	}
	if q.Action, err = actionNamed(f.action); err != nil {
		return q, err
	}
	for _, t := range []struct {
		flag, text string
		into       *time.Time
	}{{"--from", f.from, &q.From}, {"--to", f.to, &q.To}} {
		if t.text == "" {
			continue
		}
		if *t.into, err = parseTime(t.text); err != nil {
			return q, fmt.Errorf("%s: %w", t.flag, err)
		}
	}
	return q, nil
}

// parseTime reads a time, or a day of this place, as a person writes it.
func parseTime(text string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, time.DateTime, time.DateOnly} {
		if t, err := time.ParseInLocation(layout, text, time.Local); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is no time: write 2026-03-18T21:00:00Z, \"2026-03-18 21:00:00\" or 2026-03-18", text)
}
