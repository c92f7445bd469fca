package scim

// edit is one operation on one target. Values that the resource already has are
// not written to: changed ones are new, so that old and new can be compared.
type edit struct {
	op    string
	path  string // of the attribute, for messages
	value any    // nil also for an operation without a value
}

// apply applies the edit to an attribute in o, to the elements that a filter
// selects, or to a sub-attribute.
func (e edit) apply(t *ResourceType, o *Object, filter Filter, r Resolved) error {
	switch {
	case filter != nil:
		return e.selected(t, o, filter, r)
	case r.Sub != nil && r.Attribute.MultiValued:
		return e.everywhere(o, r)
	case r.Sub != nil:
		return e.within(o, r)
	}
	return e.attribute(o, r.Attribute)
}

// attribute applies the edit to a whole attribute.
func (e edit) attribute(o *Object, a *Attribute) error {
	old, _ := o.Get(a.Name)
	var next any
	var err error
	switch {
	case e.op == opRemove && (!a.MultiValued || e.value == nil):
		// next stays unassigned
	case a.MultiValued:
		next, err = e.list(a, old)
	case a.Type == Complex:
		next, err = e.complex(a, old)
	case !isNull(e.value):
		next = CloneValue(e.value)
		err = checkValue(a, next, e.path)
	}
	if err != nil {
		return err
	}
	return e.assign(o, a, next)
}

// within applies the edit to a sub-attribute of a complex attribute.
func (e edit) within(o *Object, r Resolved) error {
	next := &Object{}
	if old := o.Object(r.Attribute.Name); old != nil {
		next = old.Clone()
	}
	if err := e.on(r.Sub).attribute(next, r.Sub); err != nil {
		return err
	}
	return e.assign(o, r.Attribute, next)
}

// on is the same edit with the path of a sub-attribute.
func (e edit) on(sub *Attribute) edit {
	e.path += "." + sub.Name
	return e
}

// complex merges an object into a complex value: sub-attributes that it does
// not name keep their values (RFC 7644 section 3.5.2.3).
func (e edit) complex(a *Attribute, old any) (any, error) {
	if isNull(e.value) {
		return nil, nil
	}
	value, ok := e.value.(*Object)
	if !ok {
		return nil, InvalidValue("%q has to be an object, got %s", e.path, shown(e.value))
	}
	next := &Object{}
	if o, ok := old.(*Object); ok {
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

// assign gives an attribute its new value, within the attribute's mutability
// and requirements. The new value has been checked against the type.
func (e edit) assign(o *Object, a *Attribute, next any) error {
	old, _ := o.Get(a.Name)
	switch {
	case IsUnassigned(old) && IsUnassigned(next):
		return nil
	case a.Mutability == Immutable && !IsUnassigned(old) && !Equal(old, next):
		return MutabilityError("%q is immutable and already has a value", e.path)
	case a.Required && IsUnassigned(next):
		return MutabilityError("%q is required and cannot be removed", e.path)
	case IsUnassigned(next):
		o.Delete(a.Name)
		return nil
	}
	if err := checkRequired(a, next, e.path); err != nil {
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
	after := primaries(list)
	if len(after) < 2 {
		return nil
	}
	was := map[*Object]bool{}
	for _, o := range primaries(before) {
		was[o] = true
	}
	var marked *Object
	for _, o := range after {
		if was[o] {
			continue
		}
		if marked != nil {
			return InvalidValue("two values of %q are marked as primary: mark at most one", e.path)
		}
		marked = o
	}
	for i, v := range list {
		if o, ok := v.(*Object); ok && marked != nil && o != marked && was[o] {
			demoted := o.Clone()
			demoted.Set("primary", false)
			list[i] = demoted
		}
	}
	return nil
}
