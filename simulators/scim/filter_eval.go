package scim

import (
	"encoding/json"
	"strings"
)

// Match says whether a resource of type t matches a filter. It is a pure
// function, defined for every filter: what CheckFilter refuses matches as if
// the attribute had no value.
//
// An attribute that is absent, null, [] or {} is unassigned (RFC 7643 section
// 2.5): ne matches it, as it differs from every value; eq null matches it; no
// other comparison does. A multi-valued attribute matches if any of its values
// does, and compares its sub-attribute "value" if none is named. A missing
// "primary" counts as false (section 2.4). Strings are compared by their Fold
// keys, dateTimes as moments in time, numbers by value.
func Match(f Filter, t *ResourceType, resource *Object) bool {
	return match(f, filterScope{filterSchema{t: t}, resource})
}

// matchElement evaluates a filter in square brackets on one value of attribute a.
func matchElement(f Filter, t *ResourceType, a *Attribute, value any) bool {
	return match(f, filterScope{filterSchema{t: t, parent: a}, value})
}

// filterScope is what the paths of a filter start from: a resource or, within
// square brackets, one value of an attribute.
type filterScope struct {
	filterSchema
	value any
}

func match(f Filter, s filterScope) bool {
	switch f := f.(type) {
	case And:
		return match(f.Left, s) && match(f.Right, s)
	case Or:
		return match(f.Left, s) || match(f.Right, s)
	case Not:
		return !match(f.Of, s)
	case ValuePath:
		_, selected := s.values(Path{URN: f.Path.URN, Attr: f.Path.Attr, Filter: f.Of})
		return len(selected) > 0
	case Compare:
		return matchCompare(f, s)
	}
	return false
}

func matchCompare(f Compare, s filterScope) bool {
	leaf, values := s.values(f.Path)
	if len(values) == 0 {
		values = []any{nil}
		if s.parent == nil { // no element that could lack its "primary"
			return compare(leaf, f.Op, nil, f.Value)
		}
	}
	for _, v := range values {
		if v == nil && f.Op != Pr && isPrimary(leaf) {
			v = false
		}
		if compare(leaf, f.Op, v, f.Value) {
			return true
		}
	}
	return false
}

// values finds the values that a path names and their definition, which is nil
// for a whole extension and for what the schemas do not have. A selected
// element without the sub-attribute contributes a nil.
func (s filterScope) values(p Path) (*Attribute, []any) {
	r, ok := s.resolve(p)
	if !ok {
		return nil, nil
	}
	if r.Attribute == nil {
		return nil, elements(s.member(r.Extension.ID))
	}
	a := r.Attribute
	var list []any
	switch {
	case s.parent != nil && s.parent.Type != Complex:
		list = elements(s.value)
	case r.Extension != nil:
		v, _ := s.member(r.Extension.ID).(*Object)
		list = elements(filterScope{value: v}.member(a.Name))
	default:
		list = elements(s.member(a.Name))
	}
	if p.Filter != nil {
		list = selectElements(list, func(v any) bool { return matchElement(p.Filter, s.t, a, v) })
	}
	if r.Sub == nil {
		return a, list
	}
	return r.Sub, subValues(list, r.Sub)
}

// member reads one member of the scope's value; nil if it has none.
func (s filterScope) member(name string) any {
	o, _ := s.value.(*Object)
	v, _ := o.Get(name)
	return v
}

// elements lists the assigned values of an attribute, be it multi-valued or not.
func elements(v any) []any {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	return selectElements(list, func(v any) bool { return !IsUnassigned(v) })
}

// selectElements returns the list itself when all of it is wanted, which is the
// common case and saves the copy.
func selectElements(list []any, want func(any) bool) []any {
	for i, v := range list {
		if want(v) {
			continue
		}
		kept := append([]any(nil), list[:i]...)
		for _, v := range list[i+1:] {
			if want(v) {
				kept = append(kept, v)
			}
		}
		return kept
	}
	return list
}

// subValues lists a sub-attribute's values over all elements.
func subValues(list []any, sub *Attribute) []any {
	var values []any
	for _, v := range list {
		found := elements(filterScope{value: v}.member(sub.Name))
		if len(found) == 0 {
			found = []any{nil}
		}
		values = append(values, found...)
	}
	return values
}

// compare is one comparison of RFC 7644 Table 3; have is nil if unassigned.
func compare(a *Attribute, op Op, have, want any) bool {
	if op == Pr {
		return have != nil
	}
	if a != nil && a.Type == Complex && a.Sub("value") != nil {
		a = a.Sub("value")
		have = filterScope{value: have}.member("value")
	}
	if have == nil || want == nil {
		return op == Eq && have == want || op == Ne && have != want
	}
	switch want := want.(type) {
	case bool:
		have, ok := have.(bool)
		return equality(op, ok && have == want)
	case json.Number:
		have, ok := have.(json.Number)
		if !ok {
			return op == Ne
		}
		return ordered(op, compareNumbers(have, want))
	case string:
		have, ok := have.(string)
		if !ok {
			return op == Ne
		}
		return compareText(a, op, have, want)
	}
	return false
}

// isPrimary recognises the "primary" of RFC 7643 section 2.4.
func isPrimary(a *Attribute) bool {
	return a != nil && a.Type == Boolean && strings.EqualFold(a.Name, "primary")
}

func equality(op Op, same bool) bool { return op == Eq && same || op == Ne && !same }

// ordered turns the result of a three-way comparison into that of an operator.
func ordered(op Op, order int) bool {
	switch op {
	case Gt:
		return order > 0
	case Ge:
		return order >= 0
	case Lt:
		return order < 0
	case Le:
		return order <= 0
	}
	return equality(op, order == 0)
}

func compareText(a *Attribute, op Op, have, want string) bool {
	if a != nil && a.Type == DateTime {
		x, okX := parseDateTime(have)
		y, okY := parseDateTime(want)
		if okX && okY && op != Co && op != Sw && op != Ew {
			return ordered(op, x.Compare(y))
		}
	}
	have, want = Fold(a, have), Fold(a, want)
	switch op {
	case Co:
		return strings.Contains(have, want)
	case Sw:
		return strings.HasPrefix(have, want)
	case Ew:
		return strings.HasSuffix(have, want)
	}
	return ordered(op, strings.Compare(have, want))
}
