package engine

import (
	"slices"
	"strings"

	"github.com/cucumber/godog"

	"github.com/simulate-duo/simulate-duo/features"
)

// shares says whether an example may use plain users and groups that other examples have
// made. One that is about creation may not, nor one that looks for the mark of its own
// resources, nor abuse, whose traces nobody else should meet.
func shares(q features.Requirement, tags []string, g *godog.Scenario) bool {
	if slices.Contains(tags, abuseTag) || strings.Contains(q.File, "create") {
		return false
	}
	for _, step := range g.Steps {
		if slices.ContainsFunc(textsOf(step), func(text string) bool { return strings.Contains(text, "{marker}") }) {
			return false
		}
	}
	return true
}

// textsOf are the sentence of a step, its document, and the cells of its table.
func textsOf(step *godog.Step) []string {
	texts := []string{step.Text}
	if a := step.Argument; a != nil && a.DocString != nil {
		texts = append(texts, a.DocString.Content)
	} else if a != nil && a.DataTable != nil {
		for _, row := range a.DataTable.Rows {
			for _, cell := range row.Cells {
				texts = append(texts, cell.Value)
			}
		}
	}
	return texts
}
