package main

import (
	"errors"
	"fmt"
	"os"

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
			if out == "-" {
				return directory.Generate(env.stdout, population)
			}
			file, err := newOutputFile(out, false)
			if err != nil {
				return fmt.Errorf("--out: %w", err)
			}
			return generateInto(file, population)
		},
	}
	flags := cmd.Flags()
	flags.IntVar(&population.Users, "users", 1000, "how many users")
	flags.IntVar(&population.Groups, "groups", 20, "how many groups")
	flags.Uint64Var(&population.Seed, "seed", 1, "another `NUMBER` makes another company")
	flags.StringVar(&out, "out", "-", "`FILE` to write, ending in .jsonl; - is standard output")
	return cmd
}

// generateInto writes as it goes, since a large directory should not have to fit
// into memory. The file is complete or not there.
func generateInto(file outputFile, p directory.Population) error {
	part, err := file.temporary()
	if err != nil {
		return cause(err)
	}
	err = directory.Generate(part, p)
	if err = errors.Join(err, part.Close()); err == nil {
		err = os.Rename(part.Name(), file.path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(part.Name()))
	}
	return nil
}
