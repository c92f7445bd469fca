package engine

import (
	"maps"
	"regexp"
	"sync"

	"github.com/cucumber/godog"
)

// vocabulary is every sentence that the features may use.
type vocabulary struct{ sentences []sentence }

// sentence is an expression with the function that carries it out.
type sentence struct {
	expression *regexp.Regexp
	step       any
}

// expressions keeps what has been compiled: every scenario has a vocabulary of its own.
var expressions sync.Map // string -> *regexp.Regexp

// take is where the packages tell their sentences.
func (v *vocabulary) take(expression string, step any) {
	known, ok := expressions.Load(expression)
	if !ok {
		known, _ = expressions.LoadOrStore(expression, regexp.MustCompile(expression))
	}
	compiled, _ := known.(*regexp.Regexp)
	v.sentences = append(v.sentences, sentence{compiled, step})
}

// fitting keeps which expressions fit the text of a step: godog would try all of them on
// each step of each scenario.
var fitting sync.Map // string -> map[string]bool

// tell registers with godog the sentences that the scenario uses.
func (v *vocabulary) tell(sc *godog.ScenarioContext, g *godog.Scenario) {
	used := map[string]bool{}
	for _, step := range g.Steps {
		maps.Copy(used, v.fit(step.Text))
	}
	for _, s := range v.sentences {
		if used[s.expression.String()] {
			sc.Step(s.expression, s.step)
		}
	}
}

func (v *vocabulary) fit(text string) map[string]bool {
	if known, ok := fitting.Load(text); ok {
		fit, _ := known.(map[string]bool)
		return fit
	}
	fit := map[string]bool{}
	for _, s := range v.sentences {
		if s.expression.MatchString(text) {
			fit[s.expression.String()] = true
		}
	}
	fitting.Store(text, fit)
	return fit
}
