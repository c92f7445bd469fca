package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/format/text"
)

func diffCommand(env environment) *cobra.Command {
	return &cobra.Command{
		Use:   "diff OLD.json NEW.json",
		Short: "Say what became better and worse between two reports",
		Long: `Compares two reports, requirement by requirement: which became worse, which
became better, which are judged for the first time and which are no longer judged.

Exit status: 0 nothing is worse, 1 something is, 2 the reports cannot be compared.`,
		Args: cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error {
			old, err := loadFile(args[0], report.Read)
			if err != nil {
				return err
			}
			changed, err := loadFile(args[1], report.Read)
			if err != nil {
				return err
			}
			d, err := report.Compare(old, changed)
			if err != nil {
				return fmt.Errorf("%s and %s cannot be compared: %w", args[0], args[1], err)
			}
			if err := text.WriteDiff(env.stdout, d, text.Style{Color: env.color(env.stdout), Width: env.width(env.stdout)}); err != nil {
				return err
			}
			if d.Worse() {
				return &verdictError{exitFailed}
			}
			return nil
		},
	}
}
