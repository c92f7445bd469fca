package engine

import (
	"regexp"
	"testing"

	"github.com/cucumber/godog"
	messages "github.com/cucumber/messages/go/v34"

	"github.com/simulate-duo/simulate-duo/features"
)

// wholeVocabulary is what a scenario can say.
func wholeVocabulary() []*regexp.Regexp {
	v := &vocabulary{}
	newScenario().register(v.take)
	var all []*regexp.Regexp
	for _, s := range v.sentences {
		all = append(all, s.expression)
	}
	return all
}

// examples are all examples of the features, outlines filled in.
func examples(t *testing.T) []*messages.Pickle {
	t.Helper()
	suite := godog.TestSuite{Options: &godog.Options{FS: features.FS, Paths: []string{"."}}}
	found, err := suite.RetrieveFeatures()
	if err != nil {
		t.Fatal(err)
	}
	var all []*messages.Pickle
	for _, f := range found {
		all = append(all, f.Pickles...)
	}
	if len(all) == 0 {
		t.Fatal("the features have no examples")
	}
	return all
}

func TestEverySentenceIsUsedAndNoStepFitsTwo(t *testing.T) {
	sentences, used, known := wholeVocabulary(), map[*regexp.Regexp]bool{}, map[string]bool{}
	for _, example := range examples(t) {
		for _, step := range example.Steps {
			if known[step.Text] {
				continue
			}
			known[step.Text] = true
			var fits []string
			for _, s := range sentences {
				if s.MatchString(step.Text) {
					fits = append(fits, s.String())
					used[s] = true
				}
			}
			if len(fits) != 1 {
				t.Errorf("%q fits %d sentences: %q", step.Text, len(fits), fits)
			}
		}
	}
	for _, s := range sentences {
		if !used[s] {
			t.Errorf("no example uses %s", s)
		}
	}
}

// A reader has to see what is done and what has to come of it.
func TestEveryExampleSaysWhatIsDoneAndWhatHasToCome(t *testing.T) {
	for _, example := range examples(t) {
		said := map[messages.PickleStepType]bool{}
		for _, step := range example.Steps {
			said[step.Type] = true
		}
		if !said[messages.PickleStepType_ACTION] || !said[messages.PickleStepType_OUTCOME] {
			t.Errorf("%s, %q: it needs a When and a Then", example.Uri, example.Name)
		}
	}
}
