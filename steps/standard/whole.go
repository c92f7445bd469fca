package standard

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps that compare what an answer shows of a resource with a read of it.

// wholeSteps are the sentences about everything that a read shows.
func (w *World) wholeSteps(on judge.Vocabulary) {
	on(`^it shows everything that a read of "(\w+)" shows(?:, except "([^"]*)")?$`, w.itShowsEverything)
	on(`^it shows "([^"]*)" as a read of "(\w+)" does$`, w.itShowsAsARead)
}

func (w *World) itShowsEverything(ctx context.Context, name, except string) error {
	left := judge.Listed(except)
	return w.comparedWithARead(ctx, name, func(path string) bool { return !belowAny(path, left) })
}

func (w *World) itShowsAsARead(ctx context.Context, paths, name string) error {
	named := judge.Listed(paths)
	return w.comparedWithARead(ctx, name, func(path string) bool { return belowAny(path, named) })
}

func belowAny(path string, others []string) bool {
	return slices.ContainsFunc(others, func(other string) bool { return within(path, other) })
}

// comparedWithARead demands of the answer the values that a read shows at the chosen
// paths. It may show more, such as the names of members.
func (w *World) comparedWithARead(ctx context.Context, name string, chosen func(path string) bool) error {
	shown, err := w.shownAs(name)
	if err != nil {
		return err
	}
	return w.RereadUntil(ctx, name, func(now *judge.Subject) error {
		want, got := leavesOf(now.Shown), leavesOf(shown)
		for _, path := range slices.Sorted(maps.Keys(want)) {
			if !chosen(path) || !judge.IsStandardPath(now.Collection, path) {
				continue
			}
			what := path + " in the answer to " + judge.RequestText(w.Asked)
			if err := w.Expect(what, leafText(want[path]), leafText(got[path])); err != nil {
				return err
			}
		}
		return nil
	})
}

// shownAs is the resource of this name in the last answer, alone or in a list.
func (w *World) shownAs(name string) (*scim.Object, error) {
	s, err := w.Subject(name)
	if err != nil {
		return nil, err
	}
	all, err := w.shownIn()
	if err != nil {
		return nil, err
	}
	for _, o := range all {
		if scim.IDOf(o) == s.ID {
			return o, nil
		}
	}
	return nil, w.ExpectThat(false, "the answer to "+judge.RequestText(w.Asked), "the resource "+s.ID, "no such resource")
}

func leafText(values []string) string {
	if len(values) == 0 {
		return "no value"
	}
	return strings.Join(values, ", ")
}

// leavesOf are the values in a resource by their paths, as valuePaths writes them. The
// times in meta count as there or not: a read may be more precise than a list.
func leavesOf(o *scim.Object) map[string][]string {
	leaves := map[string][]string{}
	eachValue(o, func(path string, v any) {
		text := judge.Text(v)
		if path == "meta.created" || path == "meta.lastModified" {
			text = "a time"
		}
		leaves[path] = append(leaves[path], text)
	})
	for _, values := range leaves {
		slices.Sort(values)
	}
	return leaves
}
