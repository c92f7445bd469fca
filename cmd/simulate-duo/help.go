package main

import "github.com/spf13/cobra"

// helpCommand is that of cobra, but a command that is not there is refused.
func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Say what a command does, and which flags it has",
		Args:  cobra.ArbitraryArgs,
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) (names []string, _ cobra.ShellCompDirective) {
			if found, err := named(cmd.Root(), args); err == nil {
				names = subcommands(found)
			}
			return names, noFiles
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			found, err := named(cmd.Root(), args)
			if err != nil {
				return err
			}
			found.InitDefaultHelpFlag()
			return found.Help()
		},
	}
}

// named goes down from a command by the names of commands.
func named(from *cobra.Command, names []string) (*cobra.Command, error) {
	for len(names) > 0 {
		var next *cobra.Command
		for _, sub := range from.Commands() {
			if sub.Name() == names[0] || sub.HasAlias(names[0]) {
				next = sub
			}
		}
		if next == nil {
			return nil, knownCommand(from, names)
		}
		from, names = next, names[1:]
	}
	return from, nil
}
