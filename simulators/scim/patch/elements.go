package patch

import (
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// list applies the edit to all of a multi-valued attribute.
func (e edit) list(a *scim.Attribute, old any) (any, error) {
	before, _ := old.([]any)
	values, err := e.values(a)
	if err != nil {
		return nil, err
	}
	switch e.op {
	case opAdd:
		return addElements(a, before, values), nil
	case opRemove:
		return removeElements(a, before, values), nil
	}
	return replaceElements(a, before, values), nil
}

// values are the elements that the edit's value stands for, checked and in
// canonical form. One element may come without an array around it.
func (e edit) values(a *scim.Attribute) ([]any, error) {
	list, ok := e.value.([]any)
	if !ok && e.value != nil {
		list = []any{e.value}
	}
	list, _ = scim.NormalizeValue(a, list).([]any)
	return list, scim.CheckValue(a, list, e.path)
}

// addElements appends the values that are not there yet. Where an element is
// there already, it takes over the value's sub-attributes.
func addElements(a *scim.Attribute, before, values []any) []any {
	list := append([]any(nil), before...)
	same := newSameness(a)
	at := same.locate(list, values)
	for _, v := range values {
		if i := at[same.identity(v, true)]; i >= 0 {
			list[i] = updateElement(a, list[i], v)
			continue
		}
		list = append(list, v)
		same.claim(at, v, len(list)-1)
	}
	return list
}

// updateElement returns an element with the changeable sub-attributes of a
// value that is the same element; the spelling of value and type stays.
func updateElement(a *scim.Attribute, element, value any) any {
	o, isObject := element.(*scim.Object)
	from, ok := value.(*scim.Object)
	if !isObject || !ok {
		return element
	}
	next := o.Clone()
	for name, v := range from.All() {
		sub := a.Sub(name)
		if sub == nil || sub.Mutability == scim.Immutable || isIdentity(sub) {
			continue
		}
		next.Set(sub.Name, v)
	}
	if scim.Equal(o, next) {
		return element
	}
	return next
}

func isIdentity(sub *scim.Attribute) bool {
	return strings.EqualFold(sub.Name, "value") || strings.EqualFold(sub.Name, "type")
}

// replaceElements returns the values in place of the old elements. An element
// that stays keeps what the server knows about it, and the order stays if all
// elements do: sending the same elements again changes nothing.
func replaceElements(a *scim.Attribute, before, values []any) []any {
	list := addElements(a, nil, values)
	same := newSameness(a)
	at := same.locate(before, list)
	kept := 0
	for i, v := range list {
		j := at[same.identity(v, true)]
		if j >= 0 && (same.fixed || scim.Equal(before[j], v)) {
			list[i] = before[j]
			kept++
		}
	}
	if kept == len(list) && kept == len(before) {
		return before
	}
	return list
}

// removeElements returns the old elements without the given values.
func removeElements(a *scim.Attribute, before, values []any) []any {
	same := newSameness(a)
	unwanted := same.locate(nil, values)
	return scim.Select(before, func(v any) bool {
		if _, gone := unwanted[same.identity(v, true)]; gone {
			return false
		}
		if same.fixed { // the identity without the type is the same
			return true
		}
		_, gone := unwanted[same.identity(v, false)]
		return !gone
	})
}
