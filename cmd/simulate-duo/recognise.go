package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/duo/recognise"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

func recogniseCommand(env environment) *cobra.Command {
	var hints recognise.Hints
	var write string
	cmd := &cobra.Command{
		Use:   "recognise FILE.har",
		Short: "Say what a recording shows of how Duo provisions",
		Long: `Reads recorded traffic (HAR, of record, a browser or another proxy) and says, for each open question
about Duo, which choice it shows, with the exchange that shows it; what stays open, and what an
administrator has to do so that a recording shows it; and what contradicts the model.

--write keeps what is settled as a profile, which --duo-profile plays everywhere. Two things are not
visible on the wire and have to be told: that a member was disabled in Duo (and stayed a member), and
that a group was removed there.

Exit status: 0 nothing contradicts the model, 1 something does, 2 the file cannot be read.`,
		Example: `  simulate-duo recognise duo.har --write profile.yaml
  simulate-duo recognise duo.har --disabled naomi@example.com --removed-group "DUO - Users"`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return recogniseFile(env, args[0], write, hints) },
	}
	flags := cmd.Flags()
	flags.StringVar(&write, "write", "", "write what is settled as a profile to `FILE`")
	flags.StringArrayVar(&hints.Disabled, "disabled", nil, "`USERNAME` of a member who was disabled in Duo during the recording; repeatable")
	flags.StringArrayVar(&hints.Removed, "removed-group", nil, "`NAME` of a group that was removed during the recording; repeatable")
	return cmd
}

func recogniseFile(env environment, name, write string, hints recognise.Hints) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	result, err := recognise.Read(file, hints)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	printRecognised(env.stdout, name, result)
	if write != "" {
		if err := writeProfile(write, name, result); err != nil {
			return fmt.Errorf("--write: %w", err)
		}
		fmt.Fprintf(env.stderr, "simulate-duo: wrote %s: %s\n", write, words.Count(result.Count(recognise.Settled), "answer"))
	}
	if result.Contradicts() {
		return &verdictError{exitFailed}
	}
	return nil
}

func writeProfile(write, source string, result *recognise.Result) error {
	if _, err := result.Profile(); err != nil {
		return err
	}
	file, err := newOutputFile(write, false)
	if err != nil {
		return err
	}
	return file.write(func(w io.Writer) error { return result.WriteProfile(w, words.Visible(source)) })
}

// printRecognised prints the result for a person.
func printRecognised(w io.Writer, name string, r *recognise.Result) {
	fmt.Fprintf(w, "%s: %s among %s.\n", words.Visible(name), words.Count(r.Looked, "exchange")+" of SCIM", words.Count(r.Found.Entries, "recorded one"))
	if r.Found.Cut {
		fmt.Fprintln(w, "The file ends early; what is whole was read.")
	}
	if len(r.Bases) > 1 {
		fmt.Fprintf(w, "Only the base URL with most of them is looked at: there are %d.\n", len(r.Bases))
	}
	fmt.Fprintf(w, "Of %d open questions about Duo %d are settled, %d stay open, %d contradict the model.\n",
		len(duo.Fields), r.Count(recognise.Settled), r.Count(recognise.Open), r.Count(recognise.Contradicted))
	for _, state := range []recognise.State{recognise.Settled, recognise.Open, recognise.Contradicted} {
		if r.Count(state) == 0 {
			continue
		}
		fmt.Fprintf(w, "\n%s\n", state)
		for _, f := range r.Fields {
			if f.State() == state {
				printFinding(w, f)
			}
		}
	}
	if len(r.Against) > 0 {
		fmt.Fprintf(w, "\nin no field of the model\n")
		for _, o := range r.Against {
			fmt.Fprintf(w, "  %s\n", observed(o))
		}
	}
}

func printFinding(w io.Writer, f recognise.Finding) {
	switch f.State() {
	case recognise.Settled:
		fmt.Fprintf(w, "  %-19s %-22s %s\n", f.Field.Field, f.Choice, observed(f.Shown[0]))
	case recognise.Open:
		fmt.Fprintf(w, "  %-19s %-22s %s\n", f.Field.Field, "-", f.Wants)
	default:
		fmt.Fprintf(w, "  %s %s\n", f.Field.Field, f.Field.Question)
		for _, o := range slices.Concat(firstOfEach(f.Shown), f.Against) {
			fmt.Fprintf(w, "    %s\n", strings.TrimSpace(string(o.Choice)+" "+observed(o)))
		}
	}
}

// firstOfEach keeps the first observation of each choice.
func firstOfEach(all []recognise.Observation) []recognise.Observation {
	seen := map[duo.Choice]bool{}
	return slices.DeleteFunc(slices.Clone(all), func(o recognise.Observation) bool {
		again := seen[o.Choice]
		seen[o.Choice] = true
		return again
	})
}

func observed(o recognise.Observation) string {
	return fmt.Sprintf("entry %d, %s: %s", o.Entry, words.Visible(o.Request), words.Visible(o.What))
}
