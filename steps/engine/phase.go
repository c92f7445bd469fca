package engine

import (
	"regexp"
	"slices"
	"strings"

	"github.com/cucumber/godog"
)

// A phase is a part of a run. The phases go from harmless to hostile: what a fragile
// server breaks at comes last, when everything else is judged.
type phase int

const (
	storyPhase   phase = iota // the scenario tagged @story, whose Activity Log is shown as it happens
	guidePhase                // what Duo does, and what an administrator sees of it
	readPhase                 // examples that only read
	writePhase                // examples that create, change and delete what a client may
	refusalPhase              // examples in which the target has to say no
	manyPhase                 // examples that need many users
	claimPhase                // examples tagged @claim, which look at the verdicts of the others
	loadPhase                 // the example tagged @load, which nothing may run beside
	abusePhase                // examples tagged @abuse: huge, deep or broken bodies, races, injection
)

// judging are the phases after the guide, in their order.
var judging = []phase{readPhase, writePhase, refusalPhase, manyPhase, claimPhase}

const (
	storyTag = "@story"
	abuseTag = "@abuse"
	loadTag  = "@load"
)

// phaseOf tells the phase of a scenario: by its tags, by whose it is, and by what its
// sentences do.
func phaseOf(id string, tags []string, g *godog.Scenario) phase {
	switch {
	case slices.Contains(tags, storyTag):
		return storyPhase
	case slices.Contains(tags, abuseTag):
		return abusePhase
	case slices.Contains(tags, claimTag):
		return claimPhase
	case slices.Contains(tags, loadTag):
		return loadPhase
	case isGuide(id):
		return guidePhase
	}
	refuses, changes := false, false
	for _, s := range g.Steps {
		if many.MatchString(s.Text) {
			return manyPhase
		}
		refuses = refuses || refusing.MatchString(s.Text)
		changes = changes || changing.MatchString(s.Text)
	}
	switch {
	case refuses || looksBack(g):
		return refusalPhase
	case changes:
		return writePhase
	}
	return readPhase
}

// isGuide says whether the requirement is one of the guide, on either side.
func isGuide(id string) bool { return strings.HasPrefix(id, "CSA-") || judgesDuo(id) }

// looksBack says whether a scenario judges what others have seen: it waits for them.
func looksBack(g *godog.Scenario) bool {
	return slices.ContainsFunc(g.Steps, func(s *godog.Step) bool { return strings.Contains(s.Text, "this run has seen") })
}

// The sentences that ask for many users, those that tell a refusal, and those that change something. A shared
// population counts as neither: it is made once in a run.
var (
	many     = regexp.MustCompile(`^\d+ users\b`)
	refusing = regexp.MustCompile(`\b4\d\d\b|\brefus|\ba SCIM error\b|\bno success\b`)
	changing = regexp.MustCompile(`^an? (stored )?(user|group) "|\b(creates|replaces|patches|changes|deletes|adds|removes|writes|disables|assigns|created)\b|` +
		`\bsends (POST|PUT|PATCH|DELETE) /(?:\S*[^h\s]|\S*[^c]h)(?:\s|$)|\bbulk\b|\bat once\b|\brandom (PATCH|PUT)\b`)
)
