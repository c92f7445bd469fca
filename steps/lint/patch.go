package lint

import (
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/schemas"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// patch judges the operations of a PATCH. Of which resource they speak, nobody says: what
// fits a user or a group is right.
func (m *message) patch(path string, o *scim.Object) {
	for i, e := range o.Array("Operations") {
		operation, ok := e.(*scim.Object)
		if !ok {
			continue // told by the form
		}
		at := inner(path, schemas.Path("Operations", i))
		op, target := strings.ToLower(operation.String("op")), operation.String("path")
		if value, given := operation.Get("value"); target != "" {
			m.target(inner(at, "path"), inner(at, "value"), target, value, given && op != "remove")
		}
	}
}

// target judges the path of an operation, and its value by what the path names.
func (m *message) target(at, valueAt, text string, value any, hasValue bool) {
	var leaf *scim.Attribute
	problem := ""
	for _, t := range []*scim.ResourceType{scim.UserType(), scim.GroupType()} {
		parsed, err := filter.ParsePath(text, t)
		if err != nil {
			m.add(at, "CLIENT-PATCH-03", "%s", errorText(err))
			return
		}
		if found, ok := filter.Resolve(t, parsed); ok {
			leaf, problem = found.Leaf(), ""
			break
		}
		problem = "neither a user nor a group of the standard has " + text
	}
	switch {
	case problem != "" && (isURN(text) || m.options.Declared != nil):
		return // an extension of the target's own
	case problem != "":
		m.add(at, "CLIENT-PATCH-03", "%s", problem)
	case leaf == nil:
	case leaf.Mutability == scim.ReadOnly:
		m.add(at, "CLIENT-PATCH-06", "%s is readOnly: only the server changes it", text)
	case hasValue && !fits(leaf, value):
		m.add(valueAt, "CLIENT-PATCH-05", "the value does not fit %s, which is %s", text, shape(leaf))
	}
}

// fits says whether an operation may give the attribute the value: a list also one element.
func fits(a *scim.Attribute, value any) bool {
	if a.MultiValued {
		if _, isList := value.([]any); !isList && value != nil {
			return scim.CheckElement(a, value, "value") == nil
		}
	}
	return scim.CheckValue(a, value, "value") == nil
}

func shape(a *scim.Attribute) string {
	if a.MultiValued {
		return "a list of type " + string(a.Type)
	}
	return "of type " + string(a.Type)
}

// search judges the filter and the attributes of a search.
func (m *message) search(path string, o *scim.Object) {
	if text := o.String("filter"); text != "" {
		m.filter(inner(path, "filter"), text)
	}
	if o.Array("attributes") != nil && o.Array("excludedAttributes") != nil {
		m.add(inner(path, "excludedAttributes"), "CLIENT-QUERY-01", "attributes and excludedAttributes exclude each other")
	}
}

func (m *message) filter(at, text string) {
	fits := slices.ContainsFunc([]*scim.ResourceType{scim.UserType(), scim.GroupType()}, func(t *scim.ResourceType) bool {
		f, err := filter.Parse(text, t)
		return err == nil && filter.Check(f, t) == nil
	})
	if fits {
		return
	}
	f, err := filter.Parse(text, scim.UserType())
	if err != nil {
		m.add(at, "CLIENT-FILTER-01", "%s", errorText(err))
		return
	}
	if err := filter.Check(f, scim.UserType()); err != nil && m.options.Declared == nil && !strings.Contains(strings.ToLower(text), "urn:") {
		m.add(at, "CLIENT-FILTER-02", "%s", errorText(err))
	}
}
