package population

import (
	"context"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// A target that does not list some users at all, those who are not active for one, answers
// every filter without them. That is one thing to mend: the plainest filter for each of
// them tells it, and all other searches leave them out.

// withoutHidden are the wanted members without those whom the target does not find by
// their plain names either. They are looked for once in a run, if somebody is missing.
func (w *World) withoutHidden(ctx context.Context, s *Search, want, got []string) ([]string, error) {
	missing := func(name string) bool { return !slices.Contains(got, name) }
	if !slices.ContainsFunc(want, missing) || w.isPlainName(s.Where) {
		return want, nil
	}
	hidden, err := judge.SharedBy(ctx, w.Run, "who of the population is not listed", w.hidden)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(want), func(name string) bool { return missing(name) && hidden[name] }), nil
}

// isPlainName says whether a filter asks for one member by the attribute that names it.
func (w *World) isPlainName(where string) bool {
	return slices.ContainsFunc(Members(), func(p Member) bool {
		s := w.Subjects[p.Name]
		return s != nil && where == plainName(s)
	})
}

func plainName(s *judge.Subject) string {
	naming := judge.Naming(s.Collection)
	return naming + " eq " + judge.Text(s.Shown.String(naming))
}

// hidden are the members whom their plain names do not find. Where nobody of a kind is
// found, it is the filter that does not work, and nobody is hidden.
func (w *World) hidden(ctx context.Context, own *judge.Session) (map[string]bool, error) {
	hidden, seen := map[string]bool{}, map[string]bool{}
	for _, p := range Members() {
		s := w.Subjects[p.Name]
		if s == nil {
			continue
		}
		list, err := own.List(ctx, own.Client(), s.Collection, [2]string{"filter", plainName(s)})
		if judge.IsLost(err) {
			return nil, err
		}
		found := err != nil || slices.ContainsFunc(list.Resources, func(o *scim.Object) bool { return scim.IDOf(o) == s.ID })
		hidden[p.Name], seen[s.Collection] = !found, seen[s.Collection] || found
	}
	for _, p := range Members() {
		if !seen[p.Collection] {
			hidden[p.Name] = false
		}
	}
	return hidden, nil
}
