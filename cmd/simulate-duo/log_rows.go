package main

import (
	"context"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/schemas"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// actionNamed is the action with this name or label, "" for "".
func actionNamed(name string) (string, error) {
	if name == "" {
		return "", nil
	}
	var known []string
	for _, l := range duo.Labels {
		if string(l.Action) == name || strings.EqualFold(l.Text, name) {
			return string(l.Action), nil
		}
		known = append(known, l.Text)
	}
	return "", fmt.Errorf("--action %q: the log has no such action: %s", name, schemas.Suggestion(name, known))
}

func logTable(w io.Writer, entries iter.Seq2[store.Entry, error]) error {
	zone, _ := time.Now().Zone()
	if _, err := fmt.Fprintf(w, "%-19s  %-36s  %-34s  %-32s  %s\n", "TIME ("+zone+")", "ACTION", "ACTOR", "AFFECTED", "DETAILS"); err != nil {
		return err
	}
	for e, err := range entries {
		if err == nil {
			err = logRow(w, duo.EntryOf(e))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func logRow(w io.Writer, e duo.Entry) error {
	row := fmt.Sprintf("%-19s  %-36s  %-34s  %-32s  %s", e.Time.Local().Format(time.DateTime), e.Label().Text,
		words.Visible(e.Actor.Name), words.Visible(e.Affected.Name), words.Visible(inShort(e.Details)))
	_, err := io.WriteString(w, strings.TrimRight(row, " ")+"\n")
	return err
}

// inShort is the operation, what changed, and why not.
func inShort(details *scim.Object) string {
	var parts []string
	if operation := details.String("operation"); operation != "" {
		parts = append(parts, operation)
	}
	for _, c := range details.Array("changes") {
		if change, ok := c.(*scim.Object); ok {
			parts = append(parts, fmt.Sprintf("%s: %s → %s", change.String("attribute"), valueText(change, "old"), valueText(change, "new")))
		}
	}
	for _, name := range []string{"reason", "note", "error"} {
		if text := details.String(name); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "; ")
}

// valueText is a value as JSON, "nothing" where there is none.
func valueText(o *scim.Object, name string) string {
	v, _ := o.Get(name)
	if v == nil {
		return "nothing"
	}
	text, err := scim.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(text)
}

// pollEvery is how often the state is asked for new entries.
const pollEvery = time.Second

// followLog shows what the query chooses, and then new entries, until the context ends.
func followLog(ctx context.Context, env environment, s store.Store, q store.Query, format string) error {
	ticks := time.NewTicker(pollEvery)
	defer ticks.Stop()
	for {
		for e, err := range s.Entries(ctx, q) {
			if ctx.Err() != nil {
				return nil
			}
			if err != nil {
				return err
			}
			q.After = e.Seq
			if err := followed(env.stdout, duo.EntryOf(e), format); err != nil {
				return err
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticks.C:
		}
	}
}

func followed(w io.Writer, e duo.Entry, format string) error {
	if format == "table" {
		return logRow(w, e)
	}
	text, err := scim.Marshal(e.Item())
	if err == nil {
		_, err = w.Write(append(text, '\n'))
	}
	return err
}
