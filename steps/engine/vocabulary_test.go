package engine

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cucumber/godog"
	messages "github.com/cucumber/messages/go/v34"

	"github.com/simulate-duo/simulate-duo/features"
)

// wholeVocabulary is what a scenario can say.
func wholeVocabulary() []sentence {
	v := &vocabulary{}
	suite := godog.TestSuite{
		ScenarioInitializer: func(sc *godog.ScenarioContext) { newScenario().register(v.of(sc)) },
		Options:             &godog.Options{Format: "progress", Output: &strings.Builder{}, FeatureContents: []godog.Feature{{Name: "one", Contents: []byte("Feature: f\n  Scenario: s\n")}}},
	}
	suite.Run()
	return v.sentences
}

// stepsOf are the texts of all steps of all examples, outlines filled in.
func stepsOf(t *testing.T, paths ...string) []string {
	t.Helper()
	suite := godog.TestSuite{Options: &godog.Options{FS: features.FS, Paths: paths}}
	found, err := suite.RetrieveFeatures()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, f := range found {
		for _, p := range f.Pickles {
			all = append(all, textsOf(p.Steps)...)
		}
	}
	if len(all) == 0 {
		t.Fatal("the features have no steps")
	}
	return all
}

func textsOf(steps []*messages.PickleStep) []string {
	var all []string
	for _, s := range steps {
		all = append(all, s.Text)
		for _, within := range []string{"the answer is a refusal, or ", " was created, "} {
			if _, sentence, ok := strings.Cut(s.Text, within); ok {
				all = append(all, sentence)
			}
		}
	}
	return all
}

func TestEverySentenceIsUsedAndNoStepFitsTwo(t *testing.T) {
	sentences, used := wholeVocabulary(), map[string]bool{}
	fitting := map[string][]string{} // by the text of a step
	for _, text := range stepsOf(t, ".") {
		if _, known := fitting[text]; known {
			continue
		}
		fits := []string{}
		for _, s := range sentences {
			if s.expression.MatchString(text) {
				fits = append(fits, s.expression.String())
			}
		}
		if len(fits) != 1 {
			t.Errorf("%q fits %d sentences: %q", text, len(fits), fits)
		}
		fitting[text] = fits
		for _, expression := range fits {
			used[expression] = true
		}
	}
	for _, s := range sentences {
		if !used[s.expression.String()] {
			t.Errorf("no example uses %s", s.expression)
		}
	}
}

func TestSentencesWithinSentences(t *testing.T) {
	var got []any
	v := &vocabulary{sentences: []sentence{
		{regexp.MustCompile(`^(\w+) has (\d+) members$`), func(name string, n int) error { got = []any{name, n}; return nil }},
		{regexp.MustCompile(`^a document$`), func(*godog.DocString) error { return nil }},
	}}
	if err := v.say(t.Context(), "G has 12 members"); err != nil || !slices.Equal(got, []any{"G", 12}) {
		t.Errorf("got %v, %v", got, err)
	}
	for _, text := range []string{"G has no members", "a document"} {
		if err := v.say(t.Context(), text); err == nil {
			t.Errorf("%q was carried out", text)
		}
	}
}
