package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
)

func directoryCommand(env environment) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "directory",
		Short: "Make a directory of users and groups",
		Args:  cobra.NoArgs,
	}
	cmd.AddCommand(generateCommand(env))
	return cmd
}

func generateCommand(env environment) *cobra.Command {
	var population directory.Population
	var out string
	cmd := &cobra.Command{
		Use:   "generate",
		Short: "Write a made-up directory of any size",
		Long: `Writes a made-up company in JSON Lines: a user or a group on each line, the same for the same
seed. The first group has every user, the others are of all sizes. Some users are disabled.
sync and simulate-duo take the file with --directory.`,
		Example: `  simulate-duo directory generate --users 10000 --groups 100 --out company.jsonl`,
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			write := func(w io.Writer) error { return directory.Generate(w, population) }
			if out == "-" {
				return write(env.stdout)
			}
			file, err := newOutputFile(out, false)
			if err != nil {
				return fmt.Errorf("--out: %w", err)
			}
			return file.write(write)
		},
	}
	flags := cmd.Flags()
	flags.IntVar(&population.Users, "users", 1000, "how many users")
	flags.IntVar(&population.Groups, "groups", 20, "how many groups")
	flags.Uint64Var(&population.Seed, "seed", 1, "another `NUMBER` makes another company")
	flags.StringVar(&out, "out", "-", "`FILE` to write, ending in .jsonl; - is standard output")
	return cmd
}
