package scim

import (
	"encoding/json"
	"strconv"
	"strings"
)

// ReadList reads a list as a lenient reader does, and says whether there is one. A
// bare array is a list of its elements; a count may be a text, or missing; an
// element that is no object is left out; the schemas are not looked at. ParseList
// says what is wrong with such a message.
func ReadList(v any) (*List, bool) {
	if items, ok := v.([]any); ok {
		return &List{TotalResults: len(items), Resources: objectsIn(items)}, true
	}
	o, ok := v.(*Object)
	if !ok {
		return nil, false
	}
	shown, there := o.Get("Resources")
	items, isArray := shown.([]any)
	total, counted := leniently(o, "totalResults")
	if !isArray && (!counted || there && shown != nil) {
		return nil, false
	}
	l := &List{TotalResults: total, Resources: objectsIn(items)}
	if !counted {
		l.TotalResults = len(items)
	}
	l.StartIndex, _ = leniently(o, "startIndex")
	l.ItemsPerPage, _ = leniently(o, "itemsPerPage")
	return l, true
}

func objectsIn(items []any) []*Object {
	objects := []*Object{}
	for _, item := range items {
		if o, ok := item.(*Object); ok {
			objects = append(objects, o)
		}
	}
	return objects
}

// leniently reads a count that may be a text.
func leniently(o *Object, name string) (int, bool) {
	v, _ := o.Get(name)
	text, _ := v.(string)
	if number, ok := v.(json.Number); ok {
		text = number.String()
	}
	n, err := strconv.Atoi(strings.TrimSpace(text))
	return n, err == nil && n >= 0
}

// IDOf is the id of a resource: also one that is a number, which it must not be
// (RFC 7643 section 3.1), as the text that a path takes. "" if there is none.
func IDOf(resource *Object) string { return textOf(resource, "id") }

// ValueOf is the value of an element of a list, such as the id of a member, as IDOf is the id.
func ValueOf(element *Object) string { return textOf(element, "value") }

func textOf(o *Object, name string) string {
	switch v, _ := o.Get(name); v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	return ""
}
