package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps/report/format"
)

// completeValues lets the shell complete the values of flags, for the command and
// all below that have them.
func completeValues(root *cobra.Command) {
	for name, complete := range map[string]cobra.CompletionFunc{
		"profile": completeProfiles,
		"report":  completeReports,
		"tags": func(_ *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
			return idsAfter("@", loadEndpoints), noFiles
		},
		"fault": func(_ *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
			return idsAfter("", loadEndpoints), noFiles
		},
		"fail-on": cobra.FixedCompletions(append(strings.Split(features.JoinProfiles(features.Profiles(), ","), ","), failOnMust, failOnShould, failOnNever), noFiles),
		"as":      cobra.FixedCompletions(replayForms(), noFiles),
	} {
		for _, cmd := range append(root.Commands(), root) {
			if cmd.Flags().Lookup(name) != nil {
				_ = cmd.RegisterFlagCompletionFunc(name, complete) // fails for a flag that has one already
			}
		}
	}
}

const noFiles = cobra.ShellCompDirectiveNoFileComp

// completeProfiles completes the last of a list.
func completeProfiles(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
	before := begun[:strings.LastIndex(begun, ",")+1]
	var all []string
	for _, c := range features.Clients() {
		all = append(all, fmt.Sprintf("%s%s\t%s", before, c.Profile, c.Title))
	}
	if before == "" {
		all = append(all, allProfiles+"\teverything but drafts")
	}
	return all, noFiles | cobra.ShellCompDirectiveNoSpace
}

// completeReports completes the format; the shell completes the file.
func completeReports(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
	if strings.Contains(begun, "=") {
		return nil, cobra.ShellCompDirectiveDefault
	}
	var all []string
	for _, f := range format.All {
		all = append(all, f.Name+"=")
	}
	return all, noFiles | cobra.ShellCompDirectiveNoSpace
}

// completeID completes the id of a requirement as the argument at this place.
func completeID(place int) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(args) != place {
			return nil, cobra.ShellCompDirectiveDefault
		}
		return idsAfter("", features.LoadAll), noFiles
	}
}

// idsAfter are all ids after a sign, with the titles of their requirements.
func idsAfter(sign string, load func() ([]features.Requirement, error)) []string {
	all, err := load()
	if err != nil {
		return nil
	}
	ids := make([]string, len(all))
	for i, q := range all {
		ids[i] = sign + q.ID + "\t" + q.Title
	}
	return ids
}

func loadEndpoints() ([]features.Requirement, error) { return features.Load(features.FS) }
