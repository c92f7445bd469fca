package scim

import "encoding/json"

// CheckFilter says whether a filter fits the schemas of a resource type, so
// that a server can refuse what could only be answered wrongly. The error is an
// *Error 400 invalidFilter (RFC 7644 section 3.4.2.2) for
//   - an attribute that the type does not have;
//   - an attribute that is never returned, such as password: a filter would
//     reveal it bit by bit;
//   - a complex attribute compared as a whole; one with a sub-attribute "value"
//     stands for that, and "pr" fits every attribute;
//   - gt, ge, lt, le on a boolean or binary, co, sw, ew on a boolean or number;
//   - a value of a type that the attribute's values never have.
func CheckFilter(f Filter, t *ResourceType) error {
	return checkFilter(f, filterSchema{t: t})
}

// filterSchema is where the names in a filter are looked up: a resource type
// or, within square brackets, one attribute.
type filterSchema struct {
	t      *ResourceType
	parent *Attribute
}

// resolve finds what a path names. Within brackets the names are those of
// sub-attributes; "value" also names the values of a simple attribute, which
// have no sub-attributes (RFC 7644 section 3.5.2.2).
func (s filterSchema) resolve(p Path) (Resolved, bool) {
	if s.parent == nil {
		return s.t.Resolve(p)
	}
	if p.URN != "" || p.Sub != "" {
		return Resolved{}, false
	}
	if s.parent.Type != Complex && find(valueOnly, p.Attr) != nil {
		element := *s.parent
		element.MultiValued = false
		return Resolved{Attribute: &element}, true
	}
	a := s.parent.Sub(p.Attr)
	return Resolved{Attribute: a}, a != nil
}

var valueOnly = []*Attribute{{Name: "value"}}

func checkFilter(f Filter, s filterSchema) error {
	switch f := f.(type) {
	case And:
		return checkBoth(f.Left, f.Right, s)
	case Or:
		return checkBoth(f.Left, f.Right, s)
	case Not:
		return checkFilter(f.Of, s)
	case ValuePath:
		return checkSelection(f.Path, f.Of, s)
	case Compare:
		if f.Path.Filter != nil {
			if err := checkSelection(f.Path, f.Path.Filter, s); err != nil {
				return err
			}
		}
		return checkCompare(f, s)
	}
	return nil
}

func checkBoth(left, right Filter, s filterSchema) error {
	if err := checkFilter(left, s); err != nil {
		return err
	}
	return checkFilter(right, s)
}

// checkSelection checks the filter in square brackets after a path.
func checkSelection(p Path, of Filter, s filterSchema) error {
	attribute, err := s.attribute(Path{URN: p.URN, Attr: p.Attr})
	if err != nil {
		return err
	}
	if attribute.Type != Complex && !attribute.MultiValued {
		return InvalidFilter("%q has one simple value: there is nothing to select by %q", p.Attr, of)
	}
	return checkFilter(of, filterSchema{t: s.t, parent: attribute})
}

// attribute is the definition of the values that a path names; nil for a path
// that names a whole extension.
func (s filterSchema) attribute(p Path) (*Attribute, error) {
	r, ok := s.resolve(p)
	switch {
	case !ok && s.parent != nil:
		return nil, InvalidFilter("%q is not a sub-attribute of %q", p, s.parent.Name)
	case !ok:
		return nil, InvalidFilter("%q is not an attribute of %s", p, s.t.name())
	case neverReturned(r.Attribute) || neverReturned(r.Sub):
		return nil, InvalidFilter("%q is never returned and cannot be used in a filter", p)
	}
	return r.Leaf(), nil
}

func neverReturned(a *Attribute) bool { return a != nil && a.Returned == Never }

func checkCompare(f Compare, s filterSchema) error {
	path := Path{URN: f.Path.URN, Attr: f.Path.Attr, Sub: f.Path.Sub}
	leaf, err := s.attribute(path)
	switch {
	case err != nil:
		return err
	case f.Op == Pr:
		return nil
	case leaf == nil:
		return InvalidFilter("%q is a whole extension: only \"pr\" can be asked of it", path)
	case leaf.Type == Complex && leaf.Sub("value") == nil:
		return InvalidFilter("%q is complex: name one of its sub-attributes, such as %q", path, path.String()+"."+leaf.firstSub())
	case leaf.Type == Complex:
		leaf = leaf.Sub("value")
	}
	if f.Value == nil {
		if f.Op != Eq && f.Op != Ne {
			return InvalidFilter("null can be compared by eq and ne only, not by %s", f.Op)
		}
		return nil
	}
	if !opFits(f.Op, leaf.Type) {
		return InvalidFilter("the operator %s does not apply to %q, which is of type %s", f.Op, path, leaf.Type)
	}
	if !literalFits(f.Op, leaf.Type, f.Value) {
		return InvalidFilter("%q is of type %s and cannot be compared by %s with %s", path, leaf.Type, f.Op, literalText(f.Value))
	}
	return nil
}

// firstSub names a sub-attribute for a message.
func (a *Attribute) firstSub() string {
	if len(a.SubAttributes) == 0 {
		return "value"
	}
	return a.SubAttributes[0].Name
}

// opFits is RFC 7644 Table 3; that a boolean or number contains no text is what
// the words of the table come to.
func opFits(op Op, t Type) bool {
	switch op {
	case Gt, Ge, Lt, Le:
		return t != Boolean && t != Binary
	case Co, Sw, Ew:
		return t != Boolean && t != Integer && t != Decimal
	}
	return true
}

// literalFits says whether values of type t can be compared with the literal.
func literalFits(op Op, t Type, literal any) bool {
	switch v := literal.(type) {
	case bool:
		return t == Boolean
	case json.Number:
		return t == Integer || t == Decimal
	case string:
		if t == DateTime && op != Co && op != Sw && op != Ew {
			_, ok := parseDateTime(v)
			return ok
		}
		return t != Boolean && t != Integer && t != Decimal
	}
	return false
}

func literalText(v any) string {
	text, err := Marshal(v)
	if err != nil {
		return KindOf(v)
	}
	return string(text)
}

// name is the type's name for messages.
func (t *ResourceType) name() string {
	if t == nil || t.Name == "" {
		return "this resource"
	}
	return t.Name
}
