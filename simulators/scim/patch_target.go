package scim

// patcher applies operations to a resource that it owns.
type patcher struct {
	t        *ResourceType
	resource *Object
}

func (p *patcher) apply(op Operation) error {
	if err := checkOp(op.Op); err != nil {
		return err
	}
	switch {
	case op.Op == opRemove && op.Path == "":
		return NoTarget("\"remove\" needs a path that says what to remove")
	case op.Op != opRemove && !op.Given:
		return InvalidValue("%q needs a value", op.Op)
	case op.Path == "":
		return p.merge(op.Op, op.Value, "")
	}
	path, err := ParsePath(op.Path, p.t)
	if err != nil {
		return err
	}
	return p.at(path, edit{op: op.Op, value: op.Value})
}

// merge applies an operation without a path, or one on a whole extension whose
// URN is the prefix: each member of the value names an attribute.
func (p *patcher) merge(op string, value any, prefix string) error {
	o, ok := value.(*Object)
	if !ok {
		return InvalidValue("the value has to be an object of attributes, got %s", shown(value))
	}
	for name, v := range o.All() {
		path, err := ParsePath(prefix+name, p.t)
		if err != nil {
			return err
		}
		if p.ownedByServer(path) {
			continue
		}
		if err := p.at(path, edit{op: op, value: v}); err != nil {
			return err
		}
	}
	return nil
}

// ownedByServer says whether a path names something readOnly.
func (p *patcher) ownedByServer(path Path) bool {
	r, _ := p.t.Resolve(path)
	return isReadOnly(r.Attribute) || isReadOnly(r.Sub)
}

func isReadOnly(a *Attribute) bool { return a != nil && a.Mutability == ReadOnly }

// at applies an edit to what a path names.
func (p *patcher) at(path Path, e edit) error {
	r, ok := p.t.Resolve(path)
	switch {
	case !ok:
		return InvalidPath("%q is not an attribute of %s", path, p.t.name())
	case r.Attribute == nil:
		return p.extension(p.t.Extension(r.Extension.ID), e)
	case isReadOnly(r.Attribute) || isReadOnly(r.Sub):
		return MutabilityError("%q is readOnly", path)
	}
	e.path = Path{URN: path.URN, Attr: r.Attribute.Name}.String()
	if r.Extension != nil {
		return p.inExtension(p.t.Extension(r.Extension.ID), func(o *Object) error { return e.apply(p.t, o, path.Filter, r) })
	}
	if err := e.apply(p.t, p.resource, path.Filter, r); err != nil {
		return err
	}
	if r.Attribute.Name == "schemas" {
		return checkSchemas(p.t, p.resource)
	}
	return nil
}

// extension applies an edit to a whole extension.
func (p *patcher) extension(x *Extension, e edit) error {
	switch {
	case e.op == opRemove || e.op == opReplace && isNull(e.value):
		if x.Required && hasExtension(p.resource, x.Schema) {
			return MutabilityError("the extension %q is required and cannot be removed", x.Schema.ID)
		}
		p.resource.Delete(x.Schema.ID)
		return nil
	case isNull(e.value): // adding nothing
		return nil
	}
	return p.merge(e.op, e.value, x.Schema.ID+":")
}

// inExtension runs change on an extension's object, which comes into being with
// its first attribute and goes with the last.
func (p *patcher) inExtension(x *Extension, change func(*Object) error) error {
	o := p.resource.Object(x.Schema.ID)
	if o == nil {
		o = &Object{}
	}
	if err := change(o); err != nil {
		return err
	}
	switch {
	case !IsUnassigned(o):
		p.resource.Set(x.Schema.ID, o)
	case x.Required && hasExtension(p.resource, x.Schema):
		return MutabilityError("the extension %q is required and cannot be removed", x.Schema.ID)
	default:
		p.resource.Delete(x.Schema.ID)
	}
	return nil
}
