package features

import (
	"fmt"
	"strings"
)

// Requirement is one Rule.
type Requirement struct {
	ID           string // without the "@"; unique
	Level        Level
	Title        string   // what must hold, in one sentence
	Text         string   // the description under the Rule, its lines joined by "\n"
	Source       string   // where it is written, short enough for a report; see Load
	Feature      string   // title of the feature, which is the area that reports count by
	File         string   // path within the file system it was loaded from
	Line         int      // line of the Rule, from 1
	Tags         []string // other tags of the feature and the Rule, without "@", in order
	Unobservable bool     // nothing outside the target can check it; Text says why
	Examples     []Example
}

// Example is one check: an Example, or one row of a Scenario Outline.
type Example struct {
	Name string   // unique within its Rule; of a row, with its values filled in
	Line int      // line of the Example or of the row, from 1
	Tags []string // its own tags, without "@"
	// Steps are its sentences, without "Given", "When" or "Then"; those of the background
	// come first.
	Steps []string
}

// Strict says whether a violation is a failure; otherwise it is a warning.
func (r Requirement) Strict() bool { return r.Level.Strict() }

// TestName is the published name of the test that a Rule of a gate is: its title begins with it
// and a colon. "" for a Rule that is none of the tests.
func TestName(title string) string {
	name, _, found := strings.Cut(title, ": ")
	if !found {
		return ""
	}
	return name
}

// OneOf names the alternatives of which one has to hold, by the tag "one-of.NAME"; "" without it.
func (r Requirement) OneOf() string {
	for _, tag := range r.Tags {
		if name, ok := strings.CutPrefix(tag, "one-of."); ok {
			return name
		}
	}
	return ""
}

// Place is the Rule's position as editors understand it, "guide/sync.feature:12".
func (r Requirement) Place() string { return fmt.Sprintf("%s:%d", r.File, r.Line) }

// IsID says whether a tag, without its "@", is a requirement's id.
func IsID(tag string) bool { return wholeID.MatchString(tag) }

// IDIn returns the requirement's id among the tags of a scenario, with or
// without "@", and whether there is one.
func IDIn(tags []string) (id string, ok bool) {
	for _, tag := range tags {
		if tag = strings.TrimPrefix(tag, "@"); IsID(tag) {
			return tag, true
		}
	}
	return "", false
}
