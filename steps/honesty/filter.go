package honesty

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// term is a comparison that holds for a resource as it is shown.
type term struct {
	path string
	text string
}

// lookUp is one filter, with whether it has found the resource.
type lookUp struct {
	answer judge.Answer
	text   string // the comparison
	found  bool
}

// theClientLooksByEachValue asks for the resource by all that it shows, several values
// at once, and one by one if that does not find it.
func (w *World) theClientLooksByEachValue(ctx context.Context) error {
	accepted, err := w.acceptedWritings()
	if err != nil {
		return err
	}
	w.lookUps = nil
	for _, wr := range accepted {
		var terms []term
		for _, p := range wr.samples {
			terms = append(terms, termsOf(p, p.in(wr.after))...)
		}
		for batch := range slices.Chunk(terms, 8) {
			if err := w.lookBy(ctx, wr, batch); err != nil {
				return err
			}
		}
	}
	return nil
}

// lookBy asks by some terms together.
func (w *World) lookBy(ctx context.Context, wr writing, batch []term) error {
	found, _, err := w.foundBy(ctx, wr, batch)
	if err != nil || found {
		return err
	}
	for _, t := range batch {
		found, a, err := w.foundBy(ctx, wr, []term{t})
		if err != nil {
			return err
		}
		w.lookUps = append(w.lookUps, lookUp{a, t.text, found})
	}
	return nil
}

// eachFilterFindsTheResource: a target may refuse to filter by an attribute, but not
// answer as if the value were not there.
func (w *World) eachFilterFindsTheResource() error {
	for _, l := range w.lookUps {
		if l.answer.Response.Status == http.StatusOK && !l.found {
			return w.ExpectThat(false, "resources found by "+l.answer.String(), "the one that shows "+l.text, "others or none")
		}
	}
	return w.ExpectThat(true, "", "", "")
}

func (w *World) foundBy(ctx context.Context, wr writing, terms []term) (bool, judge.Answer, error) {
	all := []string{judge.Naming(wr.collection) + " eq " + judge.Text(wr.after.String(judge.Naming(wr.collection)))}
	for _, t := range terms {
		all = append(all, t.text)
	}
	filter := strings.Join(all, " and ")
	s, err := w.Visit(ctx, wire.Request{Method: http.MethodGet, Path: []string{wr.collection}, Query: [][2]string{{"filter", filter}}})
	if err != nil || s.Body == nil || s.Response.Status != http.StatusOK {
		return false, s, err
	}
	return slices.ContainsFunc(s.Body.Array("Resources"), func(v any) bool {
		o, _ := v.(*scim.Object)
		return scim.IDOf(o) == scim.IDOf(wr.after)
	}), s, nil
}

// termsOf compares each part of what is shown. Binary values and made-up parts
// are left alone.
func termsOf(p sample, shown any) []term {
	return termsAt(p.path(), p.attribute, shown)
}

func termsAt(path string, a *scim.Attribute, shown any) []term {
	switch v := shown.(type) {
	case []any:
		if len(v) == 0 {
			return nil
		}
		return termsAt(path, a, v[0])
	case *scim.Object:
		var terms []term
		for name, part := range v.All() {
			if sub := a.Sub(name); sub != nil && !slices.Contains(derived, sub.Name) {
				terms = append(terms, termsAt(path+"."+sub.Name, sub, part)...)
			}
		}
		return terms
	}
	if a.Type == scim.Binary || a.Type == scim.Complex || scim.IsUnassigned(shown) || shown == "" || hidden(a) {
		return nil
	}
	return []term{{path, strings.Join([]string{path, "eq", judge.Text(shown)}, " ")}}
}
