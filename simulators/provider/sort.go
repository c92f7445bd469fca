package provider

import (
	"cmp"
	"encoding/json"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// sorter orders a result by one attribute (RFC 7644 section 3.4.2.3).
type sorter struct {
	by     map[*kind]scim.Resolved // kinds without the attribute are left out
	wanted wanted
	keyed  []keyed
}

// keyed is an entry with the value it is sorted by.
type keyed struct {
	*entry
	key sortKey
}

// sorterOf looks the attribute up, or returns nil for a query without sortBy.
func sorterOf(q query, kinds []*kind) (*sorter, error) {
	if q.sortBy == "" {
		return nil, nil
	}
	s := &sorter{by: map[*kind]scim.Resolved{}, wanted: wanted{}}
	for _, k := range kinds {
		path, err := filter.ParsePath(q.sortBy, k.ResourceType)
		if err != nil || path.Filter != nil {
			return nil, scim.InvalidValue("sortBy %q: use the name of an attribute, such as name.familyName", q.sortBy)
		}
		if r, ok := sortable(k, path); ok {
			s.by[k] = r
			s.wanted[strings.ToLower(path.Attr)] = true
		}
	}
	if len(s.by) == 0 {
		return nil, scim.InvalidValue("sortBy %q: there is no such attribute to sort by; of a complex one, name a sub-attribute", q.sortBy)
	}
	return s, nil
}

// sortable finds an attribute with values that have an order and may be seen.
// A multi-valued complex attribute is sorted by its "value".
func sortable(k *kind, path filter.Path) (scim.Resolved, bool) {
	r, ok := filter.Resolve(k.ResourceType, path)
	if !ok || r.Attribute == nil || hidden(r.Attribute) {
		return r, false
	}
	if r.Sub == nil && r.Attribute.Type == scim.Complex && r.Attribute.MultiValued {
		r.Sub = r.Attribute.Sub("value")
	}
	leaf := r.Leaf()
	return r, leaf.Type != scim.Complex && !hidden(leaf)
}

func (s *sorter) collect(p *Provider, result iter.Seq[*entry], base string) {
	for e := range result {
		k := keyed{entry: e}
		if r, ok := s.by[e.kind]; ok {
			k.key = sortKeyOf(r, p.view(e, base, s.wanted))
		}
		s.keyed = append(s.keyed, k)
	}
}

// sorted yields the entries in order; those with equal values stay in the order
// of their creation, so that pages fit together.
func (s *sorter) sorted(descending bool) iter.Seq[*entry] {
	slices.SortStableFunc(s.keyed, func(a, b keyed) int {
		if descending {
			return b.key.compare(a.key)
		}
		return a.key.compare(b.key)
	})
	return func(yield func(*entry) bool) {
		for _, k := range s.keyed {
			if !yield(k.entry) {
				return
			}
		}
	}
}

// sortKey is a value in a form that compares as its type demands. Within one
// attribute only one of the fields is in use.
type sortKey struct {
	present bool
	text    string
	number  float64
	time    time.Time
}

// compare puts what has no value last; descending order is the reverse.
func (a sortKey) compare(b sortKey) int {
	switch {
	case a.present != b.present:
		if a.present {
			return -1
		}
		return 1
	case a.number != b.number:
		return cmp.Compare(a.number, b.number)
	case !a.time.Equal(b.time):
		return a.time.Compare(b.time)
	}
	return cmp.Compare(a.text, b.text)
}

func sortKeyOf(r scim.Resolved, resource *scim.Object) sortKey {
	if r.Extension != nil {
		resource = resource.Object(r.Extension.ID)
	}
	v, _ := resource.Get(r.Attribute.Name)
	if elements, ok := v.([]any); ok {
		v = primaryOf(elements)
	}
	if o, ok := v.(*scim.Object); ok && r.Sub != nil {
		v, _ = o.Get(r.Sub.Name)
	}
	return keyOf(r.Leaf(), v)
}

// primaryOf is the element that stands for a multi-valued attribute.
func primaryOf(elements []any) any {
	for _, v := range elements {
		if o, ok := v.(*scim.Object); ok {
			if primary, _ := o.Get("primary"); primary == true {
				return v
			}
		}
	}
	if len(elements) == 0 {
		return nil
	}
	return elements[0]
}

func keyOf(a *scim.Attribute, v any) sortKey {
	switch v := v.(type) {
	case bool:
		if v {
			return sortKey{present: true, number: 1}
		}
		return sortKey{present: true}
	case json.Number:
		n, _ := v.Float64() // beyond its range, infinity is in the right place
		return sortKey{present: true, number: n}
	case string:
		if a.Type == scim.DateTime {
			t, ok := scim.ParseDateTime(v)
			return sortKey{present: ok, time: t}
		}
		return sortKey{present: true, text: scim.Fold(a, v)}
	}
	return sortKey{}
}
