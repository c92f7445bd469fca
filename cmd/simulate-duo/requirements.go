package main

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/features"
)

func requirementsCommand(env environment) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "requirements [ID]",
		Short: "List the requirements",
		Long:  `Lists the requirements: id, level, title. With an ID it is explain ID.`,
		Example: `  simulate-duo requirements
  simulate-duo requirements --format json`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: completeID(0),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return explainIDs(cmd.Context(), env, args, "text")
			}
			all, err := features.LoadAll()
			if err != nil {
				return err
			}
			switch format {
			case "table":
				return requirementsTable(env.stdout, all)
			case "json":
				return requirementsJSON(env.stdout, all)
			case "markdown":
				return requirementsMarkdown(env.stdout, all)
			}
			return fmt.Errorf("--format %s: known are table, json and markdown", format)
		},
	}
	cmd.Flags().StringVar(&format, "format", "table", "table, json or markdown")
	return cmd
}

func requirementsTable(w io.Writer, all []features.Requirement) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "ID\tLEVEL\tTITLE")
	for _, q := range all {
		fmt.Fprintf(t, "%s\t%s\t%s\n", q.ID, q.Level, q.Title)
	}
	return t.Flush()
}

func requirementsJSON(w io.Writer, all []features.Requirement) error {
	type item struct {
		ID       string   `json:"id"`
		Level    string   `json:"level"`
		Title    string   `json:"title"`
		Text     string   `json:"text"`
		Source   string   `json:"source"`
		Examples []string `json:"examples"`
	}
	items := make([]item, 0, len(all))
	for _, q := range all {
		i := item{ID: q.ID, Level: string(q.Level), Title: q.Title, Text: q.Text, Source: q.Source, Examples: []string{}}
		for _, e := range q.Examples {
			i.Examples = append(i.Examples, e.Name)
		}
		items = append(items, i)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(items)
}
