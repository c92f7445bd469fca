package main

import (
	"errors"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/format/html"
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
			reports := make([]*report.Report, len(names))
			for i, name := range names {
				r, err := loadFile(name, report.Read)
				if err != nil {
					return err
				}
				reports[i] = r
			}
			return writeTo(env, out, func(w io.Writer) error { return html.WriteMatrix(w, reports) })
		},
	}
	cmd.Flags().StringVar(&out, "out", out, "the `FILE` to write; - is standard output")
	return cmd
}

// writeTo writes to a file, or to standard output if its name is "-".
func writeTo(env environment, name string, write func(io.Writer) error) error {
	if name == "-" {
		return write(env.stdout)
	}
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	return errors.Join(write(file), file.Close())
}
