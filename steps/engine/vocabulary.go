package engine

import (
	"regexp"
	"sync"

	"github.com/cucumber/godog"

	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// vocabulary is every sentence that the features may use, as a regular expression.
type vocabulary struct{ sentences []*regexp.Regexp }

// expressions keeps what has been compiled: godog registers the vocabulary anew
// for every scenario, and compiling took half the time of a run.
var expressions sync.Map // string -> *regexp.Regexp

// of registers each sentence with godog, too.
func (v *vocabulary) of(sc *godog.ScenarioContext) judge.Vocabulary {
	return func(expression string, step any) {
		known, ok := expressions.Load(expression)
		if !ok {
			known, _ = expressions.LoadOrStore(expression, regexp.MustCompile(expression))
		}
		compiled, _ := known.(*regexp.Regexp)
		v.sentences = append(v.sentences, compiled)
		sc.Step(compiled, step)
	}
}
