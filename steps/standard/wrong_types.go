package standard

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	messages "github.com/cucumber/messages/go/v34"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The step that sends one message many times, each time with one value of another JSON
// type. Servers that read JSON by hand break at the type that nobody has sent them yet.

// wrongValues are one or two of each JSON type.
func wrongValues() []any {
	return []any{nil, true, json.Number("42"), "text", []any{}, []any{nil}, scim.NewObject(), scim.NewObject(scim.Member{Name: "value", Value: json.Number("42")})}
}

// fewWrong is how many of them a real target gets at each member: null, and others in turn.
const fewWrong = 2

// theClientSendsWrongTypes keeps the answers to all variants of the document. "{user new}"
// is another name in each of them.
func (w *World) theClientSendsWrongTypes(ctx context.Context, method, target string, doc *messages.PickleDocString) error {
	first, err := w.object(doc)
	if err != nil {
		return err
	}
	var answers []judge.Answer
	for i, v := range w.fewerOf(wrongIn(first)) {
		text, err := w.ExpandJSON(strings.ReplaceAll(doc.Content, "{user new}", fmt.Sprintf("{user new%d}", i)))
		if err != nil {
			return err
		}
		right, err := scim.Parse(text)
		if err != nil {
			return err
		}
		body, err := scim.Marshal(replacedAt(right, v.at, v.by))
		if err != nil {
			return err
		}
		if err := w.sendUntilAnswered(ctx, method, target, body); judge.IsHeldBack(err) {
			continue // what a lenient target would store of it carries no mark
		} else if err != nil {
			return err
		}
		answers = append(answers, w.LastAnswer())
	}
	w.Several = answers
	return nil
}

// triesEach is how often a request is sent that gets no answer. So many are sent that a busy
// server, which cuts a connection now and then, would be accused by two.
const triesEach = 3

// sendUntilAnswered sends the same request again where a connection was cut: nothing is
// made of it that the clean-up would not find.
func (w *World) sendUntilAnswered(ctx context.Context, method, target string, body []byte) error {
	err := w.SendTo(ctx, method, target, nil, body)
	again := wire.OnNewConnection(ctx)
	for try := 1; judge.IsCut(err) && try < triesEach; try++ {
		err = w.SendTo(again, method, target, nil, body)
	}
	return err
}

// wrongValue is a value in place of the one at a path of names and indices.
type wrongValue struct {
	at []any
	by any
}

// wrongIn are all values of other types at all members of a document and of what is in it.
func wrongIn(right any, at ...any) []wrongValue {
	var all []wrongValue
	if len(at) > 0 {
		for _, by := range wrongValues() {
			if by == nil || scim.KindOf(by) != scim.KindOf(right) {
				all = append(all, wrongValue{at, by})
			}
		}
	}
	switch v := right.(type) {
	case *scim.Object:
		for name, inner := range v.All() {
			all = append(all, wrongIn(inner, append(slices.Clone(at), name)...)...)
		}
	case []any:
		for i, inner := range v {
			all = append(all, wrongIn(inner, append(slices.Clone(at), i)...)...)
		}
	}
	return all
}

// fewerOf spares a real target most of them, unless the run was told that it may be given
// much: of each member it gets null, and one of the other types.
func (w *World) fewerOf(all []wrongValue) []wrongValue {
	if w.Run.Target.IsEmbedded() || w.Run.Large {
		return all
	}
	var few []wrongValue
	for len(all) > 0 {
		n := 1
		for n < len(all) && slices.Equal(all[n].at, all[0].at) {
			n++
		}
		few = append(few, all[0])
		if n >= fewWrong {
			few = append(few, all[1+len(few)/fewWrong%(n-1)])
		}
		all = all[n:]
	}
	return few
}

// replacedAt is a copy of a document with another value at the path.
func replacedAt(v any, at []any, by any) any {
	if len(at) == 0 {
		return by
	}
	v = scim.CloneValue(v)
	switch c := v.(type) {
	case *scim.Object:
		name, _ := at[0].(string)
		inner, _ := c.Get(name)
		c.Set(name, replacedAt(inner, at[1:], by))
	case []any:
		i, _ := at[0].(int)
		c[i] = replacedAt(c[i], at[1:], by)
	}
	return v
}
