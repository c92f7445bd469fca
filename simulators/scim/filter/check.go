package filter

import (
	"encoding/json"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Check checks a filter against the schemas of a resource type, so that a
// server can refuse a filter instead of answering it wrongly. The error is a
// *scim.Error 400 invalidFilter (RFC 7644 section 3.4.2.2) for
//   - an attribute that the type does not have;
//   - an attribute that is never returned, such as password: a filter would
//     reveal it bit by bit;
//   - a complex attribute compared as a whole; one with a sub-attribute "value"
//     stands for that, and "pr" fits every attribute;
//   - gt, ge, lt, le on a boolean or binary, co, sw, ew on a boolean or number;
//   - a value of a type that the attribute's values never have.
func Check(f Filter, t *scim.ResourceType) error {
	return check(f, schema{t: t})
}

// CheckElement checks a filter in square brackets against the values of
// attribute a of type t: see Check.
func CheckElement(f Filter, t *scim.ResourceType, a *scim.Attribute) error {
	return check(f, schema{t: t, parent: a})
}

// schema is the place where a filter's names are looked up: a resource type or,
// within square brackets, one attribute.
type schema struct {
	t      *scim.ResourceType
	parent *scim.Attribute
}

// resolve finds what a path names. Within brackets the names are those of
// sub-attributes; "value" also names the values of a simple attribute, which
// have no sub-attributes (RFC 7644 section 3.5.2.2).
func (s schema) resolve(p Path) (scim.Resolved, bool) {
	if s.parent == nil {
		return Resolve(s.t, p)
	}
	if p.URN != "" || p.Sub != "" {
		return scim.Resolved{}, false
	}
	if s.parent.Type != scim.Complex && strings.EqualFold(p.Attr, "value") {
		element := *s.parent
		element.MultiValued = false
		return scim.Resolved{Attribute: &element}, true
	}
	a := s.parent.Sub(p.Attr)
	return scim.Resolved{Attribute: a}, a != nil
}

func check(f Filter, s schema) error {
	switch f := f.(type) {
	case And:
		return checkBoth(f.Left, f.Right, s)
	case Or:
		return checkBoth(f.Left, f.Right, s)
	case Not:
		return check(f.Of, s)
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

func checkBoth(left, right Filter, s schema) error {
	if err := check(left, s); err != nil {
		return err
	}
	return check(right, s)
}

// checkSelection checks the filter in square brackets after a path.
func checkSelection(p Path, of Filter, s schema) error {
	attribute, err := s.attribute(Path{URN: p.URN, Attr: p.Attr})
	if err != nil {
		return err
	}
	if attribute.Type != scim.Complex && !attribute.MultiValued {
		return scim.InvalidFilter("%q has one simple value: there is nothing to select by %q", p.Attr, of)
	}
	return check(of, schema{t: s.t, parent: attribute})
}

// attribute is the definition of the values that a path names; nil for a path
// that names a whole extension.
func (s schema) attribute(p Path) (*scim.Attribute, error) {
	r, ok := s.resolve(p)
	switch {
	case !ok && s.parent != nil:
		return nil, scim.InvalidFilter("%q is not a sub-attribute of %q", p, s.parent.Name)
	case !ok:
		return nil, scim.InvalidFilter("%q is not an attribute of %s", p, s.t.Label())
	case neverReturned(r.Attribute) || neverReturned(r.Sub):
		return nil, scim.InvalidFilter("%q is never returned and cannot be used in a filter", p)
	}
	return r.Leaf(), nil
}

func neverReturned(a *scim.Attribute) bool { return a != nil && a.Returned == scim.Never }

func checkCompare(f Compare, s schema) error {
	path := Path{URN: f.Path.URN, Attr: f.Path.Attr, Sub: f.Path.Sub}
	leaf, err := s.attribute(path)
	switch {
	case err != nil:
		return err
	case f.Op == Pr:
		return nil
	case leaf == nil:
		return scim.InvalidFilter("%q is a whole extension: only \"pr\" can be asked of it", path)
	case leaf.Type == scim.Complex && leaf.Sub("value") == nil:
		return scim.InvalidFilter("%q is complex: name one of its sub-attributes, such as %q", path, path.String()+"."+firstSub(leaf))
	case leaf.Type == scim.Complex:
		leaf = leaf.Sub("value")
	}
	if f.Value == nil {
		if f.Op != Eq && f.Op != Ne {
			return scim.InvalidFilter("null can be compared by eq and ne only, not by %s", f.Op)
		}
		return nil
	}
	if !opFits(f.Op, leaf.Type) {
		return scim.InvalidFilter("the operator %s does not apply to %q, which is of type %s", f.Op, path, leaf.Type)
	}
	if !literalFits(f.Op, leaf.Type, f.Value) {
		return scim.InvalidFilter("%q is of type %s and cannot be compared by %s with %s", path, leaf.Type, f.Op, scim.Text(f.Value))
	}
	return nil
}

// firstSub names a sub-attribute for a message.
func firstSub(a *scim.Attribute) string {
	if len(a.SubAttributes) == 0 {
		return "value"
	}
	return a.SubAttributes[0].Name
}

// opFits implements RFC 7644 Table 3. The table does not mention co, sw and ew
// for booleans and numbers; they contain no text.
func opFits(op Op, t scim.Type) bool {
	switch op {
	case Gt, Ge, Lt, Le:
		return t != scim.Boolean && t != scim.Binary
	case Co, Sw, Ew:
		return t != scim.Boolean && t != scim.Integer && t != scim.Decimal
	}
	return true
}

// literalFits says whether values of type t can be compared with the literal.
func literalFits(op Op, t scim.Type, literal any) bool {
	switch v := literal.(type) {
	case bool:
		return t == scim.Boolean
	case json.Number:
		return t == scim.Integer || t == scim.Decimal
	case string:
		if t == scim.DateTime && op != Co && op != Sw && op != Ew {
			_, ok := scim.ParseDateTime(v)
			return ok
		}
		return t != scim.Boolean && t != scim.Integer && t != scim.Decimal
	}
	return false
}
