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
		text := step.Text
		if a := step.Argument; a != nil && a.DocString != nil {
			text += a.DocString.Content
		} else if a != nil && a.DataTable != nil {
			for _, row := range a.DataTable.Rows {
				for _, cell := range row.Cells {
					text += " " + cell.Value
				}
			}
		}
		if strings.Contains(text, "{marker}") {
			return false
		}
	}
	return true
}
