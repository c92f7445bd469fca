package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps/report/explain"
)

func explainCommand(env environment) *cobra.Command {
	var form string
	cmd := &cobra.Command{
		Use:   "explain ID...",
		Short: "Explain a requirement: what, why, who breaks, how servers get it wrong, what is sent",
		Long: `Explains requirements: what has to hold and why, where that is written, which clients break where it
does not, how servers get it wrong, what they may choose, how to mend it, and what the checks send, as
they are played for this against a target inside this program that meets all requirements.

Instead of an id, its beginning explains a whole family: RFC7644-3.6, CSA-DEPROV.`,
		Example: `  simulate-duo explain RFC7644-3.6-01
  simulate-duo explain CSA-DEPROV --format markdown`,
		Args:              cobra.MinimumNArgs(1),
		ValidArgsFunction: completeIDs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return explainIDs(cmd.Context(), env, args, form)
		},
	}
	cmd.Flags().StringVar(&form, "format", "text", "text, markdown or json")
	return cmd
}

// explainIDs writes the explanations of what the ids name.
func explainIDs(ctx context.Context, env environment, names []string, form string) error {
	write := explanationWriter(form, env.width(env.stdout))
	if write == nil {
		return fmt.Errorf("--format %s: known are text, markdown and json", form)
	}
	chosen, err := requirementsNamed(names)
	if err != nil {
		return err
	}
	explained, err := explainAll(ctx, chosen)
	if err != nil {
		return err
	}
	return write(env.stdout, explained)
}

// explanationWriter is what writes the form; nil if there is none of this name.
func explanationWriter(form string, width int) func(io.Writer, []*explain.Explanation) error {
	switch form {
	case "text":
		return func(w io.Writer, all []*explain.Explanation) error { return explain.Text(w, all, width) }
	case "markdown":
		return explain.Markdown
	case "json":
		return explain.JSON
	}
	return nil
}

// requirementsNamed are the requirements that the ids or their beginnings name, each once, in
// the order of the features.
func requirementsNamed(names []string) ([]features.Requirement, error) {
	all, err := features.LoadAll()
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(all))
	for i, q := range all {
		ids[i] = q.ID
	}
	wanted := map[string]bool{}
	for _, name := range names {
		found := idsNamed(name, ids)
		if len(found) == 0 {
			return nil, unknownID(name, ids)
		}
		for _, id := range found {
			wanted[id] = true
		}
	}
	return slices.DeleteFunc(all, func(q features.Requirement) bool { return !wanted[q.ID] }), nil
}

// idsNamed are the ids that a name means: one, in capitals or not and also as a tag, or all
// that go on behind it with a part of their own.
func idsNamed(name string, ids []string) []string {
	name = strings.TrimRight(strings.ToUpper(strings.TrimPrefix(name, "@")), "-.*")
	var found []string
	for _, id := range ids {
		if rest, ok := strings.CutPrefix(id, name); ok && name != "" && (rest == "" || rest[0] == '-' || rest[0] == '.') {
			found = append(found, id)
		}
	}
	return found
}

// completeIDs completes each argument as the id of a requirement.
func completeIDs(_ *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	return idsAfter("", features.LoadAll), noFiles
}
