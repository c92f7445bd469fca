package model

import (
	"context"
	"regexp"

	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// shrinkRequests bounds the search for a smaller filter.
const shrinkRequests = 40

// smallest makes a filter about which the target and we disagree smaller, as long
// as we still disagree, and reports the smallest.
func (w *World) smallest(ctx context.Context, collection, text string, wrong *judge.Mismatch, origin string) error {
	types, err := w.DeclaredTypes(ctx)
	if err != nil {
		return err
	}
	condition, err := filter.Parse(text, types[collection])
	if err != nil {
		return err
	}
	left := shrinkRequests
	for {
		smaller, still, err := w.firstStillWrong(ctx, collection, smallerFilters(condition), wrong, &left)
		if err != nil {
			return err
		}
		if still == nil {
			break
		}
		condition, wrong = smaller, still
	}
	wrong.What += " (the smallest that was found, from " + origin + ": " + text + ")"
	return wrong
}

func (w *World) firstStillWrong(ctx context.Context, collection string, among []filter.Filter, before *judge.Mismatch, left *int) (filter.Filter, *judge.Mismatch, error) {
	for _, candidate := range among {
		if *left--; *left < 0 {
			break
		}
		wrong, err := w.disagreement(ctx, collection, candidate.String())
		if err != nil || wrong != nil && refusal(wrong) == refusal(before) {
			return candidate, wrong, err
		}
	}
	return nil, nil, nil
}

// refusal is the status by which a filter was refused, or "" if it was not: then somebody
// else was found than the filter describes.
func refusal(m *judge.Mismatch) string { return status.FindString(m.Got) }

var status = regexp.MustCompile(`^[1-5]\d\d\b`)

// smallerFilters are the filters with one piece less, the smallest first.
func smallerFilters(f filter.Filter) []filter.Filter {
	switch f := f.(type) {
	case filter.And:
		if isGuarded(f) {
			return nil
		}
		return smallerPairs(f.Left, f.Right, func(l, r filter.Filter) filter.Filter { return filter.And{Left: l, Right: r} })
	case filter.Or:
		return smallerPairs(f.Left, f.Right, func(l, r filter.Filter) filter.Filter { return filter.Or{Left: l, Right: r} })
	case filter.Not:
		smaller := []filter.Filter{f.Of}
		for _, of := range smallerFilters(f.Of) {
			smaller = append(smaller, filter.Not{Of: of})
		}
		return smaller
	case filter.ValuePath:
		var smaller []filter.Filter
		for _, of := range smallerFilters(f.Of) {
			smaller = append(smaller, filter.ValuePath{Path: f.Path, Of: of})
		}
		return smaller
	}
	return nil
}

func smallerPairs(left, right filter.Filter, join func(l, r filter.Filter) filter.Filter) []filter.Filter {
	smaller := []filter.Filter{left, right}
	for _, l := range smallerFilters(left) {
		smaller = append(smaller, join(l, right))
	}
	for _, r := range smallerFilters(right) {
		smaller = append(smaller, join(left, r))
	}
	return smaller
}

// isGuarded recognises "x pr and x ne …", which is one comparison: without its
// first half it would mean something else for whoever has no x.
func isGuarded(f filter.And) bool {
	present, ok := f.Left.(filter.Compare)
	different, isCompare := f.Right.(filter.Compare)
	return ok && isCompare && present.Op == filter.Pr && different.Op == filter.Ne && present.Path.String() == different.Path.String()
}
