package scim

import (
	"encoding/json"
	"strings"
)

// IsUnassigned reports whether a value means "no value": null, an empty array,
// an empty object (RFC 7643 section 2.5), or an array or object that holds only
// such values. The empty string is a value.
func IsUnassigned(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case []any:
		for _, e := range v {
			if !IsUnassigned(e) {
				return false
			}
		}
		return true
	case *Object:
		for _, m := range v.All() {
			if !IsUnassigned(m) {
				return false
			}
		}
		return true
	}
	return false
}

// isNull reports whether a value makes attribute a unassigned: null or, if a is
// multi-valued, an empty array (RFC 7643 section 2.5).
func isNull(a *Attribute, v any) bool {
	list, ok := v.([]any)
	return v == nil || a.MultiValued && ok && len(list) == 0
}

// CheckValue checks a JSON value against an attribute: the JSON type, the
// syntax of dateTime, integer, base64 and reference (RFC 7643 section 2.3), all
// sub-attributes, and at most one "primary" (section 2.4). Null fits every
// attribute, and an empty array fits every multi-valued one. An empty element
// of a multi-valued attribute is refused: a server that drops it would lose the
// old values. Sub-attributes outside the schema are ignored. The error is an
// *Error 400 invalidValue that names the attribute by its path.
func CheckValue(a *Attribute, v any, path string) error {
	if isNull(a, v) {
		return nil
	}
	if !a.MultiValued {
		return CheckElement(a, v, path)
	}
	list, ok := v.([]any)
	if !ok {
		return InvalidValue("%q has several values: an array was expected, got %s", path, KindOf(v))
	}
	for _, e := range list {
		if err := CheckElement(a, e, path); err != nil {
			return err
		}
	}
	if n := len(Primaries(list)); n > 1 {
		return InvalidValue("%d values of %q are marked as primary: mark at most one", n, path)
	}
	return nil
}

// CheckElement checks a value of a single-valued attribute, or one element of a
// multi-valued one. Its path is for messages. The error is that of CheckValue.
func CheckElement(a *Attribute, v any, path string) error {
	if a.Type == Complex {
		return checkComplex(a, v, path)
	}
	if want, ok := fitsType(a.Type, v); !ok {
		return InvalidValue("%q has to be %s, got %s", path, want, Shown(v))
	}
	return nil
}

func checkComplex(a *Attribute, v any, path string) error {
	o, ok := v.(*Object)
	if !ok {
		return InvalidValue("%q has to be an object, got %s", path, Shown(v))
	}
	for _, sub := range a.SubAttributes {
		value, _ := o.Get(sub.Name)
		if err := CheckValue(sub, value, path+"."+sub.Name); err != nil {
			return err
		}
	}
	if a.MultiValued && IsUnassigned(o) {
		return InvalidValue("a value of %q has none of its sub-attributes: use null or an empty array to remove all values", path)
	}
	return nil
}

// fitsType says whether a simple value is of type t, and what t asks for.
func fitsType(t Type, v any) (want string, ok bool) {
	switch t {
	case Boolean:
		_, ok = v.(bool)
		return "true or false", ok
	case Integer:
		n, isNumber := v.(json.Number)
		return "a number without fraction and exponent", isNumber && isInteger(n)
	case Decimal:
		_, ok = v.(json.Number)
		return "a number", ok
	}
	s, isString := v.(string)
	switch t {
	case DateTime:
		_, ok = ParseDateTime(s)
		return `a dateTime such as "2008-01-23T04:56:22Z"`, isString && ok
	case Binary:
		return "a base64 string", isString && isBase64(s)
	case Reference:
		return "a URI", isString && isReference(s)
	}
	return "a string", isString
}

// Primaries lists the elements whose "primary" is true.
func Primaries(list []any) []*Object {
	var found []*Object
	for _, e := range list {
		o, _ := e.(*Object)
		if v, _ := o.Get("primary"); v == true {
			found = append(found, o)
		}
	}
	return found
}

// isBlank reports whether a value is too little for a required attribute: no
// value, or a string of white space ("non-empty", RFC 7643 sections 4.1.1 and
// 4.2).
func isBlank(v any) bool {
	if s, ok := v.(string); ok {
		return strings.TrimSpace(s) == ""
	}
	return IsUnassigned(v)
}
