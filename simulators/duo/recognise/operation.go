package recognise

import (
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// operation is one operation of a PATCH.
type operation struct {
	name  string // as it was written
	kind  string // in lower case
	path  string
	value any
	has   bool // there is a value, which may be null
}

func operationsOf(body *scim.Object) []operation {
	if body == nil {
		return nil
	}
	var ops []operation
	for _, v := range body.Array("Operations") {
		o, ok := v.(*scim.Object)
		if !ok {
			continue
		}
		op := operation{name: o.String("op"), path: o.String("path")}
		op.kind = strings.ToLower(op.name)
		op.value, op.has = o.Get("value")
		ops = append(ops, op)
	}
	return ops
}

// assigned is one attribute that an operation or a resource gives a value.
type assigned struct {
	path  string // as in a PATCH: name.familyName, or with the schema's URN
	value any
}

// assignments are the attributes of an object, without what SCIM itself puts there.
// Attributes within another, and those of an extension, stand for themselves.
func assignments(o *scim.Object) []assigned {
	if o == nil {
		return nil
	}
	var all []assigned
	for name, v := range o.All() {
		switch strings.ToLower(name) {
		case "schemas", "id", "meta", "externalid", "active", "groups", "members", "password":
			continue
		}
		inner, ok := v.(*scim.Object)
		if !ok {
			all = append(all, assigned{name, v})
			continue
		}
		separator := "."
		if strings.Contains(name, ":") {
			separator = ":"
		}
		for sub, value := range inner.All() {
			all = append(all, assigned{name + separator + sub, value})
		}
	}
	return all
}

// valueAt is the value of an attribute that assignments names.
func valueAt(o *scim.Object, path string) any {
	for _, a := range assignments(o) {
		if strings.EqualFold(a.path, path) {
			return a.value
		}
	}
	return nil
}

// holds says whether a value at the target covers one that is sent.
func holds(has, sent any) bool {
	switch s := sent.(type) {
	case *scim.Object:
		h, ok := has.(*scim.Object)
		if !ok {
			return false
		}
		for name, v := range s.All() {
			if inner, _ := h.Get(name); !holds(inner, v) {
				return false
			}
		}
		return true
	case []any:
		h, ok := has.([]any)
		if !ok || len(h) != len(s) {
			return false
		}
		for i := range s {
			if !holds(h[i], s[i]) {
				return false
			}
		}
		return true
	}
	if text, ok := sent.(string); ok {
		other, is := has.(string)
		return is && strings.EqualFold(text, other)
	}
	return scim.Equal(has, sent)
}

// elementsOf are the objects of a list, or the one object that stands for it.
func elementsOf(v any) (elements []*scim.Object, ok bool) {
	if one, is := v.(*scim.Object); is {
		return []*scim.Object{one}, true
	}
	list, isList := v.([]any)
	if !isList {
		return nil, false
	}
	for _, e := range list {
		o, is := e.(*scim.Object)
		if !is {
			return nil, false
		}
		elements = append(elements, o)
	}
	return elements, true
}
