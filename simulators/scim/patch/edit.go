package patch

import (
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// edit is one operation on one target. It never writes to the resource's own
// values; changed values are new, so that old and new can be compared.
type edit struct {
	op    string
	path  string // of the attribute, for messages
	value any    // nil also for an operation without a value
	whole bool   // a complex value keeps nothing that is not named
}

// apply applies the edit to an attribute in o, to the elements that a filter
// selects, or to a sub-attribute.
func (e edit) apply(t *scim.ResourceType, o *scim.Object, by filter.Filter, r scim.Resolved) error {
	switch {
	case by != nil:
		return e.selected(t, o, by, r)
	case r.Sub != nil && r.Attribute.MultiValued:
		return e.everywhere(o, r)
	case r.Sub != nil:
		return e.within(o, r)
	}
	return e.attribute(o, r.Attribute)
}

// attribute applies the edit to a whole attribute.
func (e edit) attribute(o *scim.Object, a *scim.Attribute) error {
	old, _ := o.Get(a.Name)
	var next any
	var err error
	switch {
	case e.op == opRemove && (!a.MultiValued || e.value == nil):
		// next stays unassigned
	case a.MultiValued:
		next, err = e.list(a, old)
	case a.Type == scim.Complex:
		next, err = e.complex(a, old)
	case e.value != nil:
		next = scim.CloneValue(e.value)
		err = scim.CheckValue(a, next, e.path)
	}
	if err != nil {
		return err
	}
	return e.assign(o, a, next)
}

// within applies the edit to a sub-attribute of a complex attribute.
func (e edit) within(o *scim.Object, r scim.Resolved) error {
	next := &scim.Object{}
	if old := o.Object(r.Attribute.Name); old != nil {
		next = old.Clone()
	}
	if err := e.on(r.Sub).attribute(next, r.Sub); err != nil {
		return err
	}
	return e.assign(o, r.Attribute, next)
}

// on is the same edit with the path of a sub-attribute.
func (e edit) on(sub *scim.Attribute) edit {
	e.path += "." + sub.Name
	return e
}

// complex merges an object into a complex value: sub-attributes that it does
// not name keep their values (RFC 7644 section 3.5.2.3).
func (e edit) complex(a *scim.Attribute, old any) (any, error) {
	if e.value == nil {
		return nil, nil
	}
	value, ok := e.value.(*scim.Object)
	if !ok {
		return nil, scim.InvalidValue("%q has to be an object, got %s", e.path, scim.Shown(e.value))
	}
	if value.Len() > 0 && !namesAny(a, value) {
		return nil, scim.InvalidValue("%q has none of the sub-attributes that the value names", e.path)
	}
	next := &scim.Object{}
	if o, ok := old.(*scim.Object); ok && !e.whole {
		next = o.Clone()
	}
	for name, v := range value.All() {
		sub := a.Sub(name)
		if sub == nil || isReadOnly(sub) {
			continue
		}
		part := e.on(sub)
		part.value = v
		if err := part.attribute(next, sub); err != nil {
			return nil, err
		}
	}
	return next, nil
}

// namesAny reports whether a value names a sub-attribute of a. A value that
// names none must not be dropped in silence.
func namesAny(a *scim.Attribute, value *scim.Object) bool {
	for name := range value.All() {
		if a.Sub(name) != nil {
			return true
		}
	}
	return false
}

// assign gives an attribute its new value, within the attribute's mutability
// and requirements. The new value has been checked against the type.
func (e edit) assign(o *scim.Object, a *scim.Attribute, next any) error {
	old, _ := o.Get(a.Name)
	switch {
	case scim.IsUnassigned(old) && scim.IsUnassigned(next):
		return nil
	case a.Mutability == scim.Immutable && !scim.IsUnassigned(old) && !scim.Equal(old, next):
		return scim.MutabilityError("%q is immutable and already has a value", e.path)
	case a.Required && scim.IsUnassigned(next):
		return scim.MutabilityError("%q is required and cannot be removed", e.path)
	case scim.IsUnassigned(next):
		o.Delete(a.Name)
		return nil
	}
	if err := scim.CheckRequired(a, next, e.path); err != nil {
		return err
	}
	if list, ok := next.([]any); ok {
		before, _ := old.([]any)
		if err := e.settlePrimary(before, list); err != nil {
			return err
		}
	}
	o.Set(a.Name, next)
	return nil
}

// settlePrimary lets at most one element be primary: one that has just been
// marked takes the mark from the others (RFC 7644 section 3.5.2).
func (e edit) settlePrimary(before, list []any) error {
	after := scim.Primaries(list)
	if len(after) < 2 {
		return nil
	}
	was := map[*scim.Object]bool{}
	for _, o := range scim.Primaries(before) {
		was[o] = true
	}
	var marked *scim.Object
	for _, o := range after {
		if was[o] {
			continue
		}
		if marked != nil {
			return scim.InvalidValue("two values of %q are marked as primary: mark at most one", e.path)
		}
		marked = o
	}
	for i, v := range list {
		if o, ok := v.(*scim.Object); ok && marked != nil && o != marked && was[o] {
			demoted := o.Clone()
			demoted.Set("primary", false)
			list[i] = demoted
		}
	}
	return nil
}
