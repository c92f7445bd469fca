package patch

import (
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// sameness tells which elements of a multi-valued attribute are the same (RFC
// 7643 section 2.4): simple ones of the same value; complex ones of the same
// "value" and "type", where one without a type is the same as one of any type;
// and those without a "value" that are alike in every sub-attribute.
type sameness struct {
	attribute   *scim.Attribute
	value, kind *scim.Attribute // the sub-attributes "value" and "type", or nil
	// fixed is true if "value" alone identifies an element and never changes,
	// as for the members of a group: the type makes no difference.
	fixed bool
}

func newSameness(a *scim.Attribute) sameness {
	s := sameness{attribute: a, value: a.Sub("value"), kind: a.Sub("type")}
	s.fixed = s.value != nil && s.value.Mutability == scim.Immutable
	return s
}

// identity is equal for elements that are the same.
type identity struct{ value, kind, whole string }

// identity returns an element's identity, with or without its type.
func (s sameness) identity(v any, typed bool) identity {
	o, ok := v.(*scim.Object)
	if !ok {
		return identity{value: comparisonKey(s.attribute, v)}
	}
	value, _ := o.Get("value")
	if scim.IsUnassigned(value) {
		return identity{whole: s.whole(o)}
	}
	id := identity{value: comparisonKey(s.value, value)}
	if typed && !s.fixed {
		if kind, _ := o.Get("type"); kind != nil {
			id.kind = comparisonKey(s.kind, kind)
		}
	}
	return id
}

// whole joins the values of all sub-attributes, each with its length in front
// so that they stay apart.
func (s sameness) whole(o *scim.Object) string {
	var b strings.Builder
	for _, sub := range s.attribute.SubAttributes {
		v, _ := o.Get(sub.Name)
		part := comparisonKey(sub, v)
		b.WriteString(strconv.Itoa(len(part)) + ":" + part)
	}
	return b.String()
}

// comparisonKey is a value's comparison key: of a string Fold, else its JSON.
func comparisonKey(a *scim.Attribute, v any) string {
	if s, ok := v.(string); ok {
		return scim.Fold(a, s)
	}
	return scim.Text(v)
}

// locate finds the first element of list that is the same as each of the
// values; -1 stands for none. Only elements that the values name are entered,
// so that adding one member to a group of thousands stays cheap.
func (s sameness) locate(list, values []any) map[identity]int {
	at := make(map[identity]int, len(values))
	for _, v := range values {
		at[s.identity(v, true)] = -1
	}
	for i, e := range list {
		s.claim(at, e, i)
	}
	return at
}

// claim enters an element's position for the values that are the same.
func (s sameness) claim(at map[identity]int, element any, i int) {
	for _, typed := range []bool{true, false} {
		id := s.identity(element, typed)
		if known, wanted := at[id]; wanted && known < 0 {
			at[id] = i
		}
		if s.fixed { // both identities are one
			return
		}
	}
}
