package engine

import (
	"context"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"sync"

	"github.com/cucumber/godog"

	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// vocabulary is every sentence that the features may use.
type vocabulary struct{ sentences []sentence }

// sentence is an expression with the function that carries it out.
type sentence struct {
	expression *regexp.Regexp
	step       any
}

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
		v.sentences = append(v.sentences, sentence{compiled, step})
		sc.Step(compiled, step)
	}
}

// say carries out a sentence that stands within another one, such as "the answer
// is a refusal, or …". It must not have a document or a table.
func (v *vocabulary) say(ctx context.Context, text string) error {
	for _, s := range v.sentences {
		if words := s.expression.FindStringSubmatch(text); words != nil {
			return call(ctx, s.step, words[1:])
		}
	}
	return fmt.Errorf("%w: %s", godog.ErrUndefined, text)
}

// call gives a step its words, as godog does. Steps take strings and numbers.
func call(ctx context.Context, step any, words []string) error {
	f := reflect.ValueOf(step)
	var in []reflect.Value
	if f.Type().NumIn() > 0 && f.Type().In(0) == reflect.TypeFor[context.Context]() {
		in = append(in, reflect.ValueOf(ctx))
	}
	for _, word := range words {
		switch {
		case len(in) == f.Type().NumIn():
			return fmt.Errorf("the sentence has more words than its step takes: %q", words)
		case f.Type().In(len(in)).Kind() == reflect.Int:
			n, err := strconv.Atoi(word)
			if err != nil {
				return err
			}
			in = append(in, reflect.ValueOf(n))
		default:
			in = append(in, reflect.ValueOf(word))
		}
	}
	if len(in) != f.Type().NumIn() {
		return fmt.Errorf("the sentence needs a document or a table, which cannot stand within another: %q", words)
	}
	err, _ := reflect.TypeAssert[error](f.Call(in)[0])
	return err
}
