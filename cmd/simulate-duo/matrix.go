package main

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/format/html"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

func matrixCommand(env environment) *cobra.Command {
	out := "matrix.html"
	cmd := &cobra.Command{
		Use:   "matrix REPORT.json…",
		Short: "Set the JSON reports of several targets side by side, as an HTML page",
		Long: `Writes one HTML page with a column for each report and a row for each requirement. The
reports are those that --report json=FILE has written, of several targets or of one at
several times.`,
		Example: `  simulate-duo matrix ours.json theirs.json
  simulate-duo matrix 1.0.json 1.1.json --out progress.html`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, names []string) error {
			columns := make([]html.Column, len(names))
			for i, name := range names {
				r, err := loadFile(name, report.Read)
				if err != nil {
					return err
				}
				columns[i] = html.Column{Report: r}
			}
			nameColumns(columns, names)
			return writeMatrix(env, out, names, columns)
		},
	}
	cmd.Flags().StringVar(&out, "out", out, "the `FILE` to write; - is standard output")
	return cmd
}

// nameColumns names a column by the implementation that the target file tells, or else by
// its name; by the file of the report where it has neither, or one that another column
// has as well.
func nameColumns(columns []html.Column, files []string) {
	seen := map[string]int{}
	for i, c := range columns {
		columns[i].Name = cmp.Or(c.Report.Target.Implementation, c.Report.Target.Name)
		seen[columns[i].Name]++
	}
	for i, c := range columns {
		if c.Name == "" || c.Name == defaultTargetName || seen[c.Name] > 1 {
			columns[i].Name = strings.TrimSuffix(filepath.Base(files[i]), filepath.Ext(files[i]))
		}
	}
}

// writeMatrix writes the page to a file, or to standard output if its name is "-".
func writeMatrix(env environment, out string, names []string, columns []html.Column) error {
	if out == "-" {
		return html.WriteMatrix(env.stdout, columns)
	}
	file, err := newOutputFile(out, false)
	if err != nil {
		return fmt.Errorf("--out: %w", err)
	}
	if slices.ContainsFunc(names, file.same) {
		return fmt.Errorf("--out: %s is one of the reports: name another file", out)
	}
	if err := file.write(func(w io.Writer) error { return html.WriteMatrix(w, columns) }); err != nil {
		return err
	}
	fmt.Fprintf(env.stderr, "simulate-duo: wrote %s: %s\n", out, words.Count(len(columns), "report"))
	return nil
}
