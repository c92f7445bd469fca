package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"runtime/debug"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// environment is what a program gets from its caller: the real one in main, a
// test's own in tests.
type environment struct {
	getenv         func(string) string
	stdin          io.Reader
	stdout, stderr io.Writer
	interrupts     *interrupts // nil in tests
}

// The exit codes.
const (
	exitPassed = 0 // everything that was asked for holds
	exitFailed = 1 // something does not
	exitCannot = 2 // could not run or could not tell
)

// verdictError ends a command whose result has been printed already.
type verdictError struct{ code int }

func (e *verdictError) Error() string { return fmt.Sprintf("exit status %d", e.code) }

// run is the program: it parses the arguments, does the work and returns the exit code.
func run(ctx context.Context, args []string, env environment) int {
	log.SetOutput(io.Discard) // net/http talks there about targets; what matters reaches us as an error
	root := rootCommand(env)
	root.SetArgs(args)
	root.SetIn(env.stdin)
	root.SetOut(env.stdout)
	root.SetErr(env.stderr)
	err := root.ExecuteContext(ctx)
	var verdict *verdictError
	switch {
	case err == nil:
		return exitPassed
	case errors.As(err, &verdict):
		return verdict.code
	}
	fmt.Fprintf(env.stderr, "simulate-duo: %v\n", err)
	return exitCannot
}

func rootCommand(env environment) *cobra.Command {
	root := playCommand(env)
	root.AddCommand(secureAccessCommand(env), judgeClientCommand(env), requirementsCommand(env), explainCommand(env), lintCommand(env), sweepCommand(env),
		replayCommand(env), profileCommand(env), diffCommand(env), matrixCommand(env),
		labCommand(env), syncCommand(env), workerCommand(env), verifyCommand(env), logCommand(env), linksCommand(env), directoryCommand(env),
		recordCommand(env), recogniseCommand(env),
		versionCommand(env))
	root.SetHelpCommand(helpCommand())
	root.Version = version()
	root.SetVersionTemplate("simulate-duo {{.Version}}\n")
	explainUsage(root)
	completeValues(root)
	return root
}

func versionCommand(env environment) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Say which version this is",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(env.stdout, "simulate-duo %s\n", version())
			return err
		},
	}
}

// version is that of the module as it was built, "(devel)" within its own checkout.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// isTerminal says whether a person looks at the output.
func (env environment) isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// color says whether to paint; https://no-color.org.
func (env environment) color(w io.Writer) bool {
	return env.isTerminal(w) && env.getenv("NO_COLOR") == "" && env.getenv("TERM") != "dumb"
}

func (env environment) width(w io.Writer) int {
	if f, ok := w.(*os.File); ok {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil {
			return width
		}
	}
	return 0
}
