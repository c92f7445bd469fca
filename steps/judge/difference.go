package judge

import (
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// ExpectPart demands that got contains want, and names the first difference.
func (j *Session) ExpectPart(what string, want, got any) error {
	j.Asserted(1)
	return Difference(what, want, got)
}

// Difference is a Mismatch that names the first part of want that got does not contain; nil
// if it contains all. Lists have no order.
func Difference(what string, want, got any) error {
	switch want := want.(type) {
	case *scim.Object:
		object, ok := got.(*scim.Object)
		if !ok && got != nil { // nothing is an object without values
			return &Mismatch{What: what, Want: Text(want), Got: Text(got)}
		}
		for name, value := range want.All() {
			found, _ := object.Get(name)
			if !isNameOfAttribute(name) {
				continue // it is a finding by itself, and what the target does with it is its own affair
			}
			if value == nil && scim.IsUnassigned(found) || (name == "id" || name == "value") && SameID(found, Plain(value)) {
				continue
			}
			if err := Difference(what+", "+name, value, found); err != nil {
				return err
			}
		}
		return nil
	case []any:
		return ListDifference(what, want, got)
	}
	if !scim.Equal(want, got) {
		return &Mismatch{What: what, Want: Text(want), Got: Text(got)}
	}
	return nil
}

// isNameOfAttribute says whether attributes may have such a name (RFC 7643 section 2.1), or $ref.
func isNameOfAttribute(name string) bool {
	return name == "" || name[0] == '$' || name[0]|0x20 >= 'a' && name[0]|0x20 <= 'z'
}

// ListDifference compares lists in any order: as many elements, and for each
// wanted one another that contains it (multi-valued attributes have no order).
func ListDifference(what string, want []any, got any) error {
	list, ok := got.([]any)
	if !ok && len(want) == 0 && scim.IsUnassigned(got) {
		return nil
	}
	if !ok || len(list) != len(want) {
		return &Mismatch{What: what, Want: Text(want), Got: Text(got)}
	}
	rest := slices.Clone(list)
	for _, wanted := range want {
		i := slices.IndexFunc(rest, func(v any) bool { return Difference(what, wanted, v) == nil })
		if i < 0 {
			return &Mismatch{What: what, Want: Text(want), Got: Text(got)}
		}
		rest = slices.Delete(rest, i, i+1)
	}
	return nil
}

// SameState compares two representations of one resource: unassigned is the
// same as absent, and the elements of a list have no order.
func SameState(a, b *scim.Object) bool {
	return Difference("", WithoutUnassigned(a), b) == nil && Difference("", WithoutUnassigned(b), a) == nil
}

// WithoutUnassigned leaves out what has no value, also within objects and lists.
func WithoutUnassigned(o *scim.Object) *scim.Object {
	out := scim.NewObject()
	for name, value := range o.All() {
		switch v := value.(type) {
		case *scim.Object:
			value = WithoutUnassigned(v)
		case []any:
			list := make([]any, len(v))
			for i := range v {
				list[i] = v[i]
				if inner, ok := v[i].(*scim.Object); ok {
					list[i] = WithoutUnassigned(inner)
				}
			}
			value = list
		}
		if !scim.IsUnassigned(value) {
			out.Set(name, value)
		}
	}
	return out
}

// SameValue compares what is shown twice; lists have no order.
func SameValue(a, b any) bool { return Difference("", a, b) == nil && Difference("", b, a) == nil }
