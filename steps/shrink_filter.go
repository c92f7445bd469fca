package steps

import (
	"context"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// shrinkRequests bounds the search for a smaller filter.
const shrinkRequests = 40

// smallest makes a filter about which the target and we disagree smaller, as long
// as we still disagree, and reports the smallest.
func (w *world) smallest(ctx context.Context, collection, text string, wrong *Mismatch, origin string) error {
	types, err := w.declaredTypes(ctx)
	if err != nil {
		return err
	}
	filter, err := scim.ParseFilter(text, types[collection])
	if err != nil {
		return err
	}
	left := shrinkRequests
	for {
		smaller, still, err := w.firstStillWrong(ctx, collection, smallerFilters(filter), &left)
		if err != nil {
			return err
		}
		if still == nil {
			break
		}
		filter, wrong = smaller, still
	}
	wrong.What += " (the smallest that was found, from " + origin + ": " + text + ")"
	return wrong
}

func (w *world) firstStillWrong(ctx context.Context, collection string, among []scim.Filter, left *int) (scim.Filter, *Mismatch, error) {
	for _, candidate := range among {
		if *left--; *left < 0 {
			break
		}
		wrong, err := w.disagreement(ctx, collection, candidate.String())
		if err != nil || wrong != nil {
			return candidate, wrong, err
		}
	}
	return nil, nil, nil
}

// smallerFilters are the filters with one piece less, the smallest first.
func smallerFilters(f scim.Filter) []scim.Filter {
	switch f := f.(type) {
	case scim.And:
		if isGuarded(f) {
			return nil
		}
		return smallerPairs(f.Left, f.Right, func(l, r scim.Filter) scim.Filter { return scim.And{Left: l, Right: r} })
	case scim.Or:
		return smallerPairs(f.Left, f.Right, func(l, r scim.Filter) scim.Filter { return scim.Or{Left: l, Right: r} })
	case scim.Not:
		smaller := []scim.Filter{f.Of}
		for _, of := range smallerFilters(f.Of) {
			smaller = append(smaller, scim.Not{Of: of})
		}
		return smaller
	case scim.ValuePath:
		var smaller []scim.Filter
		for _, of := range smallerFilters(f.Of) {
			smaller = append(smaller, scim.ValuePath{Path: f.Path, Of: of})
		}
		return smaller
	}
	return nil
}

func smallerPairs(left, right scim.Filter, join func(l, r scim.Filter) scim.Filter) []scim.Filter {
	smaller := []scim.Filter{left, right}
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
func isGuarded(f scim.And) bool {
	present, ok := f.Left.(scim.Compare)
	different, isCompare := f.Right.(scim.Compare)
	return ok && isCompare && present.Op == scim.Pr && different.Op == scim.Ne && present.Path.String() == different.Path.String()
}
