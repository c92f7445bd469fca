package patch

import (
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// selected applies the edit to the elements that a filter selects, or to one
// sub-attribute of each.
func (e edit) selected(t *scim.ResourceType, o *scim.Object, by filter.Filter, r scim.Resolved) error {
	a := r.Attribute
	if !a.MultiValued {
		return scim.InvalidPath("%q has one value: there is nothing to select by a filter", e.path)
	}
	if err := filter.CheckElement(by, t, a); err != nil {
		return err
	}
	matched := false
	next := []any{}
	for _, v := range o.Array(a.Name) {
		if !filter.MatchElement(by, t, a, v) {
			next = append(next, v)
			continue
		}
		matched = true
		edited, err := e.element(a, r.Sub, v)
		if err != nil {
			return err
		}
		if !scim.IsUnassigned(edited) {
			next = append(next, edited)
		}
	}
	if !matched {
		switch e.op {
		case opRemove:
			return nil
		case opReplace:
			return scim.NoTarget("no value of %q matches %q", e.path, by)
		}
		created, err := e.create(a, r.Sub, by)
		if err != nil {
			return err
		}
		next = addElements(a, next, created)
	}
	return e.assign(o, a, next)
}

// everywhere applies the edit to one sub-attribute of all elements, or makes
// the first element with it.
func (e edit) everywhere(o *scim.Object, r scim.Resolved) error {
	next := []any{}
	for _, v := range o.Array(r.Attribute.Name) {
		edited, err := e.element(r.Attribute, r.Sub, v)
		if err != nil {
			return err
		}
		if !scim.IsUnassigned(edited) {
			next = append(next, edited)
		}
	}
	if len(o.Array(r.Attribute.Name)) == 0 {
		created, err := e.element(r.Attribute, r.Sub, &scim.Object{})
		if err != nil {
			return err
		}
		next = append(next, created)
	}
	return e.assign(o, r.Attribute, next)
}

// element is one element after the edit. It is unassigned if the edit removes
// it.
func (e edit) element(a, sub *scim.Attribute, v any) (any, error) {
	if sub != nil {
		o, ok := v.(*scim.Object)
		if !ok {
			return nil, scim.NoTarget("a value of %q is no object and has no %q", e.path, sub.Name)
		}
		next := o.Clone()
		return next, e.on(sub).attribute(next, sub)
	}
	switch {
	case e.op == opRemove, e.op == opReplace && e.value == nil:
		return nil, nil
	case e.op == opAdd && a.Type == scim.Complex:
		return e.complex(a, v)
	}
	return e.replacement(a, v)
}

// replacement is the edit's value in place of one element. It keeps the parts
// that the client may not change.
func (e edit) replacement(a *scim.Attribute, old any) (any, error) {
	next := scim.NormalizeValue(a, e.value)
	if err := scim.CheckElement(a, next, e.path); err != nil {
		return nil, err
	}
	to, ok := next.(*scim.Object)
	from, wasObject := old.(*scim.Object)
	if !ok || !wasObject {
		return next, nil
	}
	for _, sub := range a.SubAttributes {
		before, _ := from.Get(sub.Name)
		if sub.Mutability != scim.Immutable && sub.Mutability != scim.ReadOnly || scim.IsUnassigned(before) {
			continue
		}
		after, given := to.Get(sub.Name)
		if given && !scim.Equal(before, after) {
			return nil, scim.MutabilityError("%q is immutable and already has a value", e.on(sub).path)
		}
		to.Set(sub.Name, before)
	}
	return to, nil
}

// create makes the element that a filter describes and applies the edit to it.
func (e edit) create(a, sub *scim.Attribute, by filter.Filter) ([]any, error) {
	if e.value == nil {
		return nil, nil
	}
	if a.Type != scim.Complex {
		return e.values(a)
	}
	described := &scim.Object{}
	if !describe(by, a, described) {
		return nil, scim.NoTarget("no value of %q matches %q, and the filter does not say which value to create", e.path, by)
	}
	created, err := e.element(a, sub, described)
	if err != nil {
		return nil, err
	}
	return []any{created}, scim.CheckElement(a, created, e.path)
}

// describe collects what a filter of eq and and demands of an element into o,
// and says whether the filter consists of nothing else.
func describe(by filter.Filter, a *scim.Attribute, o *scim.Object) bool {
	switch f := by.(type) {
	case filter.And:
		return describe(f.Left, a, o) && describe(f.Right, a, o)
	case filter.Compare:
		sub := a.Sub(f.Path.Attr)
		if sub == nil || isReadOnly(sub) || f.Op != filter.Eq || f.Value == nil {
			return false
		}
		if before, taken := o.Get(sub.Name); taken && !scim.Equal(before, f.Value) {
			return false
		}
		o.Set(sub.Name, f.Value)
		return true
	}
	return false
}
