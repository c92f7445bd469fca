package engine

import (
	"regexp"
	"slices"
	"strings"

	"github.com/cucumber/godog"
	messages "github.com/cucumber/messages/go/v34"

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

// recycles says whether an example may start from a user who was another one before: not
// if it is about creation, times, versions or passwords.
func recycles(q features.Requirement, tags []string, g *godog.Scenario) bool {
	if slices.Contains(tags, abuseTag) || strings.Contains(q.File, "create") {
		return false
	}
	return !slices.ContainsFunc(g.Steps, func(step *godog.Step) bool {
		return slices.ContainsFunc(textsOf(step), aboutHistory.MatchString)
	})
}

// laterThanGiven is what an example says behind its Givens, in lower case, but for the names of
// what it sends: these are no question.
func laterThanGiven(g *godog.Scenario) string {
	var all strings.Builder
	for _, step := range g.Steps {
		if step.Type == messages.PickleStepType_CONTEXT {
			continue
		}
		text := strings.ToLower(strings.Join(textsOf(step), "\n"))
		if step.Type == messages.PickleStepType_ACTION {
			text = memberName.ReplaceAllString(text, "")
		}
		all.WriteString(text + "\n")
	}
	return all.String()
}

var memberName = regexp.MustCompile(`"[\w$]+":`)

// aboutHistory are the words of what a PUT leaves in a resource.
var aboutHistory = regexp.MustCompile(`(?i)meta|modif|version|\btag\b|etag|if-match|if-none|password`)

// sceneOf is the text of the Givens that make users and groups, if they come first: what
// an example starts from. Abuse starts from what is its own, as does what is about creation.
func sceneOf(q features.Requirement, tags []string, g *godog.Scenario) string {
	if slices.Contains(tags, abuseTag) || strings.Contains(q.File, "create") {
		return ""
	}
	var key strings.Builder
	asked := false
	for _, step := range g.Steps {
		asked = asked || step.Type != messages.PickleStepType_CONTEXT
		if !making.MatchString(step.Text) {
			continue
		}
		if asked {
			return ""
		}
		key.WriteString(strings.Join(textsOf(step), "\n") + "\n")
	}
	return key.String()
}

// making are the sentences that make a user or group.
var making = regexp.MustCompile(`^an? (stored )?(user|group) "\w+"( with\b.*)?$`)

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
