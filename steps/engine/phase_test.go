package engine

import (
	"testing"

	"github.com/cucumber/godog"
)

func TestPhasesGoFromHarmlessToHostile(t *testing.T) {
	steps := func(texts ...string) *godog.Scenario {
		g := &godog.Scenario{}
		for _, text := range texts {
			g.Steps = append(g.Steps, &godog.Step{Text: text})
		}
		return g
	}
	for _, test := range []struct {
		name, id string
		tags     []string
		g        *godog.Scenario
		want     phase
	}{
		{"the story", "CSA-GUIDE-01", []string{"@story"}, steps("Duo provisions"), storyPhase},
		{"the guide, also where it is refused", "CSA-SYNC-01", nil, steps("the target refuses it"), guidePhase},
		{"a list", "RFC7644-3.4.2-01", nil, steps("the client sends GET /Users with the query", "the answer is 200"), readPhase},
		{"a search", "RFC7644-3.4.3-01", nil, steps("the client sends POST /Users/.search with", "the answer is 200"), readPhase},
		{"a creation", "RFC7644-3.3-01", nil, steps(`the client creates the user "A"`, "the answer is 201"), writePhase},
		{"a creation by its bare request", "RFC7644-3.3-01", nil, steps(`the client sends POST /Users with`, "the answer is 201"), writePhase},
		{"a search in a bulk of writes", "RFC7644-3.7-01", nil, steps("the client sends in bulk", "the answer is 200"), writePhase},
		{"a user that is looked at", "RFC7644-3.4.1-01", nil, steps(`a user "A"`, `the client reads "A"`, "the answer is 200"), writePhase},
		{"a refusal", "RFC7644-3.12-01", nil, steps(`the client sends POST /Users with`, "the answer is 400 invalidValue"), refusalPhase},
		{"abuse", "RFC7644-7-01", []string{"@abuse"}, steps(`the client sends POST /Users with`, "the answer is 400"), abusePhase},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := phaseOf(test.id, test.tags, test.g); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}
