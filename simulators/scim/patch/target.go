package patch

import (
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// patcher applies operations to a resource that it owns.
type patcher struct {
	t        *scim.ResourceType
	resource *scim.Object
}

func (p *patcher) apply(op Operation) error {
	if err := checkOp(op.Op); err != nil {
		return err
	}
	switch {
	case op.Op == opRemove && op.Path == "":
		return scim.NoTarget("\"remove\" needs a path that says what to remove")
	case op.Op != opRemove && !op.Given:
		return scim.InvalidValue("%q needs a value", op.Op)
	case op.Path == "":
		return p.merge(op.Op, op.Value, "")
	}
	path, err := filter.ParsePath(op.Path, p.t)
	if err != nil {
		return err
	}
	return p.at(path, edit{op: op.Op, value: op.Value, whole: op.Whole && op.Op == opReplace})
}

// merge applies an operation without a path, or one on a whole extension whose
// URN is the prefix: each member of the value names an attribute.
func (p *patcher) merge(op string, value any, prefix string) error {
	o, ok := value.(*scim.Object)
	if !ok {
		return scim.InvalidValue("the value has to be an object of attributes, got %s", scim.Shown(value))
	}
	for name, v := range o.All() {
		path, err := filter.ParsePath(prefix+name, p.t)
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

// ownedByServer reports whether a path names a readOnly attribute.
func (p *patcher) ownedByServer(path filter.Path) bool {
	r, _ := filter.Resolve(p.t, path)
	return isReadOnly(r.Attribute) || isReadOnly(r.Sub)
}

func isReadOnly(a *scim.Attribute) bool { return a != nil && a.Mutability == scim.ReadOnly }

// at applies an edit to what a path names.
func (p *patcher) at(path filter.Path, e edit) error {
	r, ok := filter.Resolve(p.t, path)
	switch {
	case !ok:
		return scim.InvalidPath("%q is not an attribute of %s", path, p.t.Label())
	case r.Attribute == nil:
		return p.extension(p.t.Extension(r.Extension.ID), e)
	case isReadOnly(r.Attribute) || isReadOnly(r.Sub):
		return scim.MutabilityError("%q is readOnly", path)
	}
	e.path = filter.Path{URN: path.URN, Attr: r.Attribute.Name}.String()
	if r.Extension != nil {
		return p.inExtension(p.t.Extension(r.Extension.ID), func(o *scim.Object) error { return e.apply(p.t, o, path.Filter, r) })
	}
	if err := e.apply(p.t, p.resource, path.Filter, r); err != nil {
		return err
	}
	if r.Attribute.Name == "schemas" {
		return scim.CheckSchemas(p.t, p.resource)
	}
	return nil
}

// extension applies an edit to a whole extension.
func (p *patcher) extension(x *scim.Extension, e edit) error {
	switch {
	case e.op == opRemove || e.op == opReplace && e.value == nil:
		if x.Required && scim.HasExtension(p.resource, x.Schema) {
			return scim.MutabilityError("the extension %q is required and cannot be removed", x.Schema.ID)
		}
		p.resource.Delete(x.Schema.ID)
		return nil
	case e.value == nil: // adding nothing
		return nil
	}
	return p.merge(e.op, e.value, x.Schema.ID+":")
}

// inExtension runs change on an extension's object. The object is created with
// its first attribute and removed with its last.
func (p *patcher) inExtension(x *scim.Extension, change func(*scim.Object) error) error {
	o := p.resource.Object(x.Schema.ID)
	if o == nil {
		o = &scim.Object{}
	}
	if err := change(o); err != nil {
		return err
	}
	switch {
	case !scim.IsUnassigned(o):
		p.resource.Set(x.Schema.ID, o)
	case x.Required && scim.HasExtension(p.resource, x.Schema):
		return scim.MutabilityError("the extension %q is required and cannot be removed", x.Schema.ID)
	default:
		p.resource.Delete(x.Schema.ID)
	}
	return nil
}
