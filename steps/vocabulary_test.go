package steps

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cucumber/godog"
	messages "github.com/cucumber/messages/go/v34"

	"github.com/simulate-duo/simulate-duo/features"
)

// mostSentences is what somebody can learn who wants to write a requirement.
const mostSentences = 80

// wholeVocabulary is what a scenario can say.
func wholeVocabulary() []vocable {
	w := &world{}
	suite := godog.TestSuite{
		ScenarioInitializer: func(sc *godog.ScenarioContext) { w.steps(sc) },
		Options:             &godog.Options{Format: "progress", Output: &strings.Builder{}, FeatureContents: []godog.Feature{{Name: "one", Contents: []byte("Feature: f\n  Scenario: s\n")}}},
	}
	suite.Run()
	return w.sentences
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

func TestTheVocabularyOfTheStandardCanBeLearnt(t *testing.T) {
	sentences, used := wholeVocabulary(), map[string]bool{}
	for _, text := range stepsOf(t, "rfc7643", "rfc7644", "rfc9865", "entra", "okta") {
		for _, s := range sentences {
			if s.expression.MatchString(text) {
				used[s.expression.String()] = true
			}
		}
	}
	if n := len(used); n == 0 || n > mostSentences {
		t.Errorf("the features of the standard use %d sentences, want at most %d: say it with those that there are", n, mostSentences)
	}
}

func TestEverySentenceIsUsedAndNoStepFitsTwo(t *testing.T) {
	sentences, used := wholeVocabulary(), map[string]bool{}
	for _, text := range stepsOf(t, ".") {
		var fits []string
		for _, s := range sentences {
			if s.expression.MatchString(text) {
				fits = append(fits, s.expression.String())
			}
		}
		if len(fits) != 1 {
			t.Errorf("%q fits %d sentences: %q", text, len(fits), fits)
		}
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
	w := &world{}
	var got []any
	w.sentences = []vocable{
		{regexp.MustCompile(`^(\w+) has (\d+) members$`), func(name string, n int) error { got = []any{name, n}; return nil }},
		{regexp.MustCompile(`^a document$`), func(*godog.DocString) error { return nil }},
	}
	if err := w.say(t.Context(), "G has 12 members"); err != nil || !slices.Equal(got, []any{"G", 12}) {
		t.Errorf("got %v, %v", got, err)
	}
	for _, text := range []string{"G has no members", "a document"} {
		if err := w.say(t.Context(), text); err == nil {
			t.Errorf("%q was carried out", text)
		}
	}
}
