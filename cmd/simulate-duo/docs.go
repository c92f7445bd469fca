package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/features"
	duofaults "github.com/simulate-duo/simulate-duo/simulators/duo/faults"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
	"github.com/simulate-duo/simulate-duo/steps/report/explain"
)

// requirementsMarkdown writes features/README.md: every requirement with the
// faults that prove its check, and what cannot be checked and why.
func requirementsMarkdown(w io.Writer, all []features.Requirement) error {
	var b strings.Builder
	examples, unobservable := 0, 0
	for _, q := range all {
		examples += len(q.Examples)
		if q.Unobservable {
			unobservable++
		}
	}
	fmt.Fprintf(&b, `# Requirements

Written by %[1]smake docs%[1]s from the features and from the tables of faults: change those, not this.

%[2]d requirements with %[3]d examples; %[4]d faults prove that the checks can fail, and %[5]d harmless
variations that they do not cry wolf. %[6]d requirements cannot be observed from outside and are
never called tested.
`, "`", len(all), examples, len(faults.All())+len(duofaults.All())+len(duofaults.OfClients()), len(faults.Variations()), unobservable)
	feature := ""
	for _, q := range all {
		if q.Feature != feature {
			feature = q.Feature
			fmt.Fprintf(&b, "\n## %s\n\n| id | level | requirement | examples | faults |\n|---|---|---|---|---|\n", cell(feature))
		}
		fmt.Fprintf(&b, "| <a id=\"%s\"></a>%s | %s | %s | %s | %s |\n", strings.ToLower(q.ID), q.ID, q.Level.Words(), cell(q.Title), examplesOf(q), faultsOf(q))
	}
	b.WriteString("\n## Harmless variations\n\nNone of them may change a verdict.\n\n| what the server does | what permits it |\n|---|---|\n")
	for _, v := range faults.Variations() {
		fmt.Fprintf(&b, "| %s | %s |\n", cell(v.Name), cell(v.Why))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func examplesOf(q features.Requirement) string {
	if q.Unobservable {
		return "not observable: " + cell(q.Text)
	}
	return fmt.Sprint(len(q.Examples))
}

func faultsOf(q features.Requirement) string {
	names := explain.Mistakes(q.ID)
	for i, name := range names {
		names[i] = cell(name)
	}
	slices.Sort(names)
	return strings.Join(names, "; ")
}

// cell is text that does not end a cell of a table.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "<", "&lt;").Replace(text)
}
