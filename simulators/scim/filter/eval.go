package filter

import (
	"encoding/json"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Match says whether a resource of type t matches a filter. It is defined for
// every filter: where Check would refuse, the attribute counts as unassigned.
//
// An attribute that is absent, null, [] or {} is unassigned (RFC 7643 section
// 2.5): ne matches it, because it differs from every value; eq null matches it;
// no other comparison does. A multi-valued attribute matches if any of its
// values does, and compares its sub-attribute "value" if none is named. A
// missing "primary" counts as false (section 2.4). Strings are compared by
// their scim.Fold keys, dateTimes as moments in time, numbers by value.
func Match(f Filter, t *scim.ResourceType, resource *scim.Object) bool {
	return match(f, scope{schema{t: t}, resource})
}

// MatchElement evaluates a filter in square brackets on one value of attribute a.
func MatchElement(f Filter, t *scim.ResourceType, a *scim.Attribute, value any) bool {
	return match(f, scope{schema{t: t, parent: a}, value})
}

// scope is the object that a filter's paths start from: a resource or, within
// square brackets, one value of an attribute.
type scope struct {
	schema
	value any
}

func match(f Filter, s scope) bool {
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

func matchCompare(f Compare, s scope) bool {
	leaf, values := s.values(f.Path)
	if len(values) == 0 {
		values = []any{nil}
		if s.parent == nil { // there is no element without "primary"
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
// for a whole extension and for what the schemas do not have. An element
// without the sub-attribute contributes nil.
func (s scope) values(p Path) (*scim.Attribute, []any) {
	r, ok := s.resolve(p)
	if !ok {
		return nil, nil
	}
	if r.Attribute == nil {
		return nil, scim.Elements(s.member(r.Extension.ID))
	}
	a := r.Attribute
	var list []any
	switch {
	case s.parent != nil && s.parent.Type != scim.Complex:
		list = scim.Elements(s.value)
	case r.Extension != nil:
		v, _ := s.member(r.Extension.ID).(*scim.Object)
		list = scim.Elements(scope{value: v}.member(a.Name))
	default:
		list = scim.Elements(s.member(a.Name))
	}
	if p.Filter != nil {
		list = scim.Select(list, func(v any) bool { return MatchElement(p.Filter, s.t, a, v) })
	}
	if r.Sub == nil {
		return a, list
	}
	return r.Sub, subValues(list, r.Sub)
}

// member reads one member of the scope's value; nil if it has none.
func (s scope) member(name string) any {
	o, _ := s.value.(*scim.Object)
	v, _ := o.Get(name)
	return v
}

// subValues lists a sub-attribute's values over all elements.
func subValues(list []any, sub *scim.Attribute) []any {
	var values []any
	for _, v := range list {
		found := scim.Elements(scope{value: v}.member(sub.Name))
		if len(found) == 0 {
			found = []any{nil}
		}
		values = append(values, found...)
	}
	return values
}

// compare makes one comparison of RFC 7644 Table 3; have is nil if unassigned.
func compare(a *scim.Attribute, op Op, have, want any) bool {
	if op == Pr {
		return have != nil
	}
	if a != nil && a.Type == scim.Complex && a.Sub("value") != nil {
		a = a.Sub("value")
		have = scope{value: have}.member("value")
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
		return ordered(op, scim.CompareNumbers(have, want))
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
func isPrimary(a *scim.Attribute) bool {
	return a != nil && a.Type == scim.Boolean && strings.EqualFold(a.Name, "primary")
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

func compareText(a *scim.Attribute, op Op, have, want string) bool {
	if a != nil && a.Type == scim.DateTime {
		x, okX := scim.ParseDateTime(have)
		y, okY := scim.ParseDateTime(want)
		if okX && okY && op != Co && op != Sw && op != Ew {
			return ordered(op, x.Compare(y))
		}
	}
	have, want = scim.Fold(a, have), scim.Fold(a, want)
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
