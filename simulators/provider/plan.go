package provider

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// kindFilter is a filter as it reads for one kind.
type kindFilter struct {
	filter filter.Filter
	wanted wanted // the attributes it looks at
}

// parseFilters reads the filter for each kind; without a filter the map is
// empty. A query over several kinds may name attributes that only one of them
// has (RFC 7644 section 3.4.2.1): each comparison has to make sense for some.
func parseFilters(text *string, kinds []*kind) (map[*kind]*kindFilter, error) {
	if text == nil {
		return nil, nil
	}
	filters := make(map[*kind]*kindFilter, len(kinds))
	for _, k := range kinds {
		f, err := filter.Parse(*text, k.ResourceType)
		if err != nil {
			return nil, err
		}
		for comparison := range comparisons(f) {
			if err := checkForAny(comparison, kinds, k); err != nil {
				return nil, err
			}
		}
		filters[k] = &kindFilter{filter: f, wanted: wantedBy(f)}
	}
	return filters, nil
}

// checkForAny returns the kind's own complaint unless the comparison suits it
// or another kind.
func checkForAny(comparison filter.Filter, kinds []*kind, k *kind) error {
	complaint := filter.Check(comparison, k.ResourceType)
	for _, other := range kinds {
		if complaint == nil || filter.Check(comparison, other.ResourceType) == nil {
			return nil
		}
	}
	return complaint
}

// comparisons yields the leaves of a filter, Compare and ValuePath.
func comparisons(f filter.Filter) iter.Seq[filter.Filter] {
	return func(yield func(filter.Filter) bool) { eachComparison(f, yield) }
}

func eachComparison(f filter.Filter, yield func(filter.Filter) bool) bool {
	switch f := f.(type) {
	case filter.And:
		return eachComparison(f.Left, yield) && eachComparison(f.Right, yield)
	case filter.Or:
		return eachComparison(f.Left, yield) && eachComparison(f.Right, yield)
	case filter.Not:
		return eachComparison(f.Of, yield)
	}
	return yield(f)
}

// wantedBy collects the attributes that a filter looks at.
func wantedBy(f filter.Filter) wanted {
	w := wanted{}
	for comparison := range comparisons(f) {
		switch c := comparison.(type) {
		case filter.Compare:
			w[strings.ToLower(c.Path.Attr)] = true
		case filter.ValuePath:
			w[strings.ToLower(c.Path.Attr)] = true
		}
	}
	return w
}

// candidates yields, in the order of their creation, entries among which are
// all that match: few where an index answers a part of the filter that every
// match has to satisfy, else everything.
func (p *Provider) candidates(filters map[*kind]*kindFilter, kinds []*kind) iter.Seq[*entry] {
	var found []*entry
	for _, k := range kinds {
		f := filters[k]
		if f == nil {
			return p.everything(kinds).from(0)
		}
		entries, ok := p.lookup(f.filter, k)
		if !ok {
			return p.everything(kinds).from(0)
		}
		found = append(found, entries...)
	}
	slices.SortFunc(found, func(a, b *entry) int { return cmp.Compare(a.seq, b.seq) })
	return slices.Values(slices.Compact(found))
}

// lookup asks the indexes for a superset of the entries of a kind that match;
// false means that no index helps.
func (p *Provider) lookup(f filter.Filter, k *kind) ([]*entry, bool) {
	switch f := f.(type) {
	case filter.And:
		if entries, ok := p.lookup(f.Left, k); ok {
			return entries, true
		}
		return p.lookup(f.Right, k)
	case filter.Or:
		left, ok := p.lookup(f.Left, k)
		if !ok {
			return nil, false
		}
		right, ok := p.lookup(f.Right, k)
		return slices.Concat(left, right), ok
	case filter.Compare:
		value, ok := f.Value.(string)
		if ok && f.Op == filter.Eq && f.Path.Filter == nil && f.Path.Sub == "" {
			return p.lookupValue(f.Path, value, k)
		}
	}
	return nil, false
}

// lookupValue finds the entries of a kind in which the attribute has the value.
func (p *Provider) lookupValue(path filter.Path, value string, k *kind) ([]*entry, bool) {
	r, known := filter.Resolve(k.ResourceType, path)
	if !known {
		return nil, true // an attribute of another kind has no value here
	}
	if r.Attribute == nil {
		return nil, false
	}
	if r.Extension == nil && r.Attribute.Name == "id" {
		if e := p.store.byID[value]; e != nil && e.kind == k {
			return []*entry{e}, true
		}
		return nil, true
	}
	for _, c := range k.columns {
		if c.is(r) && value != "" {
			return c.lookup(value), true
		}
	}
	return nil, false
}
