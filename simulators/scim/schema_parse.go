package scim

import (
	"fmt"
	"strings"
)

// ParseSchema reads a Schema resource. It is lenient, as it reads what other
// servers publish: a characteristic that is missing gets the default of RFC 7643
// section 2.2, words are read in any case, unknown members are ignored. The
// error says which attribute cannot be understood.
func ParseSchema(o *Object) (*Schema, error) {
	s := &Schema{ID: o.String("id"), Name: o.String("name"), Description: o.String("description")}
	if s.ID == "" {
		return nil, fmt.Errorf("the schema has no \"id\": it should be the schema's URI")
	}
	var err error
	if s.Attributes, err = parseAttributes(o, "attributes", ""); err != nil {
		return nil, fmt.Errorf("schema %q: %w", s.ID, err)
	}
	return s, nil
}

// parseAttributes reads the definitions in member of o; prefix is that of their
// paths in messages.
func parseAttributes(o *Object, member, prefix string) ([]*Attribute, error) {
	v, _ := o.Get(member)
	if v == nil {
		return nil, nil
	}
	list, ok := v.([]any)
	if !ok {
		return nil, fmt.Errorf("%q has to be an array, got %s", prefix+member, KindOf(v))
	}
	attributes := make([]*Attribute, 0, len(list))
	for _, v := range list {
		definition, ok := v.(*Object)
		if !ok {
			return nil, fmt.Errorf("%q has to contain objects, got %s", prefix+member, KindOf(v))
		}
		a, err := parseAttribute(definition, prefix)
		if err != nil {
			return nil, err
		}
		attributes = append(attributes, a)
	}
	return attributes, nil
}

func parseAttribute(o *Object, prefix string) (*Attribute, error) {
	r := characteristicReader{definition: o}
	a := &Attribute{
		Name:            r.text("name"),
		Type:            oneOf(&r, "type", String, Boolean, Decimal, Integer, DateTime, Binary, Reference, Complex),
		MultiValued:     r.flag("multiValued"),
		Description:     r.text("description"),
		Required:        r.flag("required"),
		CanonicalValues: r.texts("canonicalValues"),
		CaseExact:       r.flag("caseExact"),
		Mutability:      oneOf(&r, "mutability", ReadWrite, ReadOnly, Immutable, WriteOnly),
		Returned:        oneOf(&r, "returned", ByDefault, Always, Never, OnRequest),
		Uniqueness:      oneOf(&r, "uniqueness", NotUnique, ServerUnique, GlobalUnique),
		ReferenceTypes:  r.texts("referenceTypes"),
	}
	switch {
	case r.err != nil:
		return nil, fmt.Errorf("attribute %q: %w", prefix+a.Name, r.err)
	case !IsAttributeName(a.Name):
		return nil, fmt.Errorf("%q is not an attribute name", prefix+a.Name)
	}
	var err error
	a.SubAttributes, err = parseAttributes(o, "subAttributes", prefix+a.Name+".")
	return a, err
}

// characteristicReader reads members of one definition and keeps the first error.
type characteristicReader struct {
	definition *Object
	err        error
}

// get returns the member's value, or nil; wrong reports one of another type.
func (r *characteristicReader) get(name string) any {
	v, _ := r.definition.Get(name)
	return v
}

func (r *characteristicReader) wrong(name, want string, v any) {
	if r.err == nil && v != nil {
		r.err = fmt.Errorf("%q has to be %s, got %s", name, want, Shown(v))
	}
}

func (r *characteristicReader) text(name string) string {
	v := r.get(name)
	s, ok := v.(string)
	if !ok {
		r.wrong(name, "a string", v)
	}
	return s
}

func (r *characteristicReader) flag(name string) bool {
	v := r.get(name)
	b, ok := v.(bool)
	if !ok {
		r.wrong(name, "true or false", v)
	}
	return b
}

func (r *characteristicReader) texts(name string) []string {
	v := r.get(name)
	list, ok := v.([]any)
	if !ok {
		r.wrong(name, "an array of strings", v)
		return nil
	}
	var texts []string
	for _, e := range list {
		s, ok := e.(string)
		if !ok {
			r.wrong(name, "an array of strings", v)
			return nil
		}
		texts = append(texts, s)
	}
	return texts
}

// oneOf reads one of the known words; the first is the default.
func oneOf[T ~string](r *characteristicReader, name string, known ...T) T {
	s := r.text(name)
	if s == "" {
		return known[0]
	}
	for _, k := range known {
		if strings.EqualFold(s, string(k)) {
			return k
		}
	}
	r.wrong(name, fmt.Sprintf("one of %q", known), s)
	return known[0]
}

// IsAttributeName reports whether s fits the rule ATTRNAME of RFC 7643 section
// 2.1, which demands a letter first. One dollar sign may come before it,
// because "$ref" is an attribute (section 2.4).
func IsAttributeName(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
		case i == 0 && c == '$' && len(s) > 1:
		case i > 0 && (c >= '0' && c <= '9' || c == '-' || c == '_' || c == '$'):
		default:
			return false
		}
	}
	return s != ""
}
