package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
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
sync and simulate-duo take the file with --directory. A file of that name is replaced.`,
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
			replaced := file.exists()
			if err := generateInto(file, population); err != nil {
				return err
			}
			return sayGenerated(env.stdout, out, replaced, population)
		},
	}
	flags := cmd.Flags()
	flags.IntVar(&population.Users, "users", 1000, "how many users")
	flags.IntVar(&population.Groups, "groups", 20, "how many groups")
	flags.Uint64Var(&population.Seed, "seed", 1, "another `NUMBER` makes another company")
	flags.StringVar(&out, "out", "-", "`FILE` to write, ending in .jsonl; - is standard output")
	return cmd
}

// someGroups is how many groups are named after they were written.
const someGroups = 4

// sayGenerated says what was written, with names of groups for the settings of an
// application to choose.
func sayGenerated(w io.Writer, name string, replaced bool, p directory.Population) error {
	verb := "wrote"
	if replaced {
		verb = "replaced"
	}
	text := fmt.Sprintf("%s %s: %s, %s", verb, name, words.Count(p.Users, "user"), words.Count(p.Groups, "group"))
	if names := p.GroupNames(someGroups); len(names) > 0 {
		text += ": " + strings.Join(names, ", ")
	}
	if p.Groups > someGroups {
		text += ", …"
	}
	_, err := fmt.Fprintln(w, text)
	return err
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
