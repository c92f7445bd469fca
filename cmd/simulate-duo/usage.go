package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/simulate-duo/simulate-duo/schemas"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// explainUsage makes errors of usage say what to do, in every command.
func explainUsage(root *cobra.Command) {
	root.SetFlagErrorFunc(flagError)
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error { return refuseEmpty(cmd) }
	for _, cmd := range append(root.Commands(), root) {
		if cmd.HasSubCommands() {
			cmd.Args = knownCommand
			if !cmd.Runnable() { // cobra does not look at the arguments of such a command
				cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
			}
		}
	}
	explainArguments(root)
}

// explainArguments makes every command below say which arguments it takes.
func explainArguments(parent *cobra.Command) {
	for _, cmd := range parent.Commands() {
		explainArguments(cmd)
		accepts := cmd.Args
		if accepts == nil || cmd.HasSubCommands() {
			continue
		}
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			if accepts(cmd, args) == nil {
				return nil
			}
			return fmt.Errorf("%s given: the command is %s; %s --help says more", words.Count(len(args), "argument"), cmd.UseLine(), cmd.CommandPath())
		}
	}
}

// knownCommand refuses what stands where a command is expected and is none.
func knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if !cmd.HasParent() && strings.Contains(args[0], "://") {
		return fmt.Errorf("unknown command %q: a URL is given with --target", args[0])
	}
	names := subcommands(cmd)
	if !cmd.HasSubCommands() {
		return fmt.Errorf("unknown command %q: %s has no commands", args[0], cmd.CommandPath())
	}
	hint := didYouMean(args[0], names, cmd.CommandPath()+" --help lists them")
	if whole := begunWith(args[0], names); len(whole) == 1 {
		hint = fmt.Sprintf("did you mean %s?", whole[0])
	}
	return fmt.Errorf("unknown command %q: %s", args[0], hint)
}

func subcommands(cmd *cobra.Command) []string {
	var names []string
	for _, sub := range cmd.Commands() {
		names = append(names, sub.Name())
	}
	return names
}

// begunWith are the known words that begin with this one.
func begunWith(word string, known []string) []string {
	return slices.DeleteFunc(slices.Clone(known), func(name string) bool { return word == "" || !strings.HasPrefix(name, word) })
}

// didYouMean asks for the known word that is nearest, or else returns the other text.
func didYouMean(word string, known []string, otherwise string) string {
	if near, ok := schemas.Nearest(word, known); ok {
		return fmt.Sprintf("did you mean %s?", near)
	}
	return otherwise
}

// flagError explains an error about a flag.
func flagError(cmd *cobra.Command, err error) error {
	if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok {
		return unknownFlag(cmd, unknown)
	}
	if value, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		return fmt.Errorf("--%s %q: write %s", value.GetFlag().Name, value.GetValue(), valueForm(value.GetFlag().Value.Type()))
	}
	return err
}

func unknownFlag(cmd *cobra.Command, unknown *pflag.NotExistError) error {
	var names []string
	for _, flags := range []*pflag.FlagSet{cmd.Flags(), cmd.InheritedFlags()} {
		flags.VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
	}
	name, dashes := unknown.GetSpecifiedName(), "--"
	if short := unknown.GetSpecifiedShortnames(); short != "" {
		name, dashes = short, "-"
	}
	return fmt.Errorf("unknown flag: %s%s: %s", dashes, name, didYouMean("--"+name, names, cmd.CommandPath()+" --help lists them"))
}

// valueForm is what a flag of the type takes, in words.
func valueForm(kind string) string {
	switch kind {
	case "float64":
		return "a number, such as 10"
	case "int", "uint64":
		return "a whole number, such as 10"
	case "duration":
		return "a time with its unit, such as 30s or 2m"
	case "bool":
		return "true or false"
	}
	return "another value"
}

// refuseEmpty refuses a flag with an empty value: it is that of a variable that is
// not set, and the command would do something else than its line says.
func refuseEmpty(cmd *cobra.Command) error {
	var empty error
	cmd.Flags().Visit(func(f *pflag.Flag) {
		values := []string{f.Value.String()}
		if list, ok := f.Value.(pflag.SliceValue); ok {
			values = list.GetSlice()
		}
		for _, value := range values {
			if value == "" && empty == nil {
				empty = fmt.Errorf("--%s is empty: is a variable not set?", f.Name)
			}
		}
	})
	return empty
}
