package client

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// What creations, replacements and lists of members have to say.

func (w *World) eachNamesItsSchema() error {
	return w.each(`"schemas" in %s`, "the schema of the resource type", func(x *Exchange) string {
		given := body(x).Array("schemas")
		if hasText(given, w.typeOf(x).Schema.ID) {
			return ""
		}
		return textOf(given)
	})
}

func (w *World) eachNamesNoOtherSchema() error {
	return w.each(`"schemas" in %s`, "schemas of the resource type alone", func(x *Exchange) string {
		known := w.typeOf(x).Schemas()
		for _, v := range body(x).Array("schemas") {
			urn, _ := v.(string)
			if !slices.ContainsFunc(known, func(s *scim.Schema) bool { return strings.EqualFold(s.ID, urn) }) {
				return textOf(v)
			}
		}
		return ""
	})
}

func (w *World) eachHasItsAttributes() error {
	return w.each("the attributes of %s", "those of the schemas that it names", func(x *Exchange) string {
		given, t := body(x), w.typeOf(x)
		for name := range given.All() {
			switch {
			case strings.Contains(name, ":"):
				if !hasText(given.Array("schemas"), name) {
					return quoted(name) + `, which "schemas" does not name`
				}
			case t.Schema.Attribute(name) == nil && common(name) == nil:
				return quoted(name)
			}
		}
		return ""
	})
}

// common is the attribute that every resource may have, or nil.
func common(name string) *scim.Attribute {
	for _, a := range scim.CommonAttributes() {
		if strings.EqualFold(a.Name, name) {
			return a
		}
	}
	return nil
}

func (w *World) eachHasTypedValues() error {
	return w.each("the values of %s", "values of their attributes' types", func(x *Exchange) string {
		given, t := body(x), w.typeOf(x)
		for name, value := range given.All() {
			if err := wrongValue(t, name, value); err != nil {
				return err.Error()
			}
		}
		return ""
	})
}

// wrongValue says what is wrong with the value of an attribute or of an extension; nothing
// is of what the type does not have.
func wrongValue(t *scim.ResourceType, name string, value any) error {
	path, err := filter.ParsePath(name, t)
	if err != nil {
		return nil
	}
	found, ok := filter.Resolve(t, path)
	if !ok {
		return nil
	}
	if leaf := found.Leaf(); leaf != nil {
		return scim.CheckValue(leaf, value, name)
	}
	o, isObject := value.(*scim.Object)
	if !isObject {
		return nil
	}
	for inner, v := range o.All() {
		if err := wrongValue(t, name+":"+inner, v); err != nil {
			return err
		}
	}
	return nil
}

func (w *World) eachHasTheRequired() error {
	return w.each("the required attributes of %s", "a value for each", func(x *Exchange) string {
		for _, a := range w.typeOf(x).Schema.Attributes {
			value, _ := body(x).Get(a.Name)
			if err := scim.CheckRequired(a, value, a.Name); err != nil {
				return err.Error()
			}
		}
		return ""
	})
}

func (w *World) noneSaysAnID() error {
	return w.each(`"id" in %s`, "none", func(x *Exchange) string {
		if v, _ := body(x).Get("id"); v != nil {
			return textOf(v)
		}
		return ""
	})
}

func (w *World) eachMemberIsNamed() error {
	return w.each("the members in %s", `objects whose "value" is an id of the target`, func(x *Exchange) string {
		for _, v := range w.membersIn(x) {
			m, ok := v.(*scim.Object)
			if !ok || !w.rec.IDs[m.String("value")] {
				return textOf(v)
			}
		}
		return ""
	})
}

// membersIn are the members that the request writes into a group.
func (w *World) membersIn(x *Exchange) []any {
	given := body(x)
	if path := w.rec.Path(x); given == nil || len(path) == 0 || path[0] != "Groups" {
		return nil
	}
	if x.Method != http.MethodPatch {
		return given.Array("members")
	}
	var all []any
	for _, v := range given.Array("Operations") {
		op, _ := v.(*scim.Object)
		value, _ := op.Get("value")
		if strings.EqualFold(op.String("op"), "remove") {
			continue
		}
		if inner, ok := value.(*scim.Object); ok && op.String("path") == "" {
			value, _ = inner.Get("members")
		} else if !strings.EqualFold(op.String("path"), "members") {
			continue
		}
		if list, ok := value.([]any); ok {
			all = append(all, list...)
		} else if value != nil {
			all = append(all, value)
		}
	}
	return all
}

func hasText(list []any, text string) bool {
	return slices.ContainsFunc(list, func(v any) bool { return strings.EqualFold(fmt.Sprint(v), text) })
}
