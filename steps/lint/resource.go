package lint

import (
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/schemas"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// resource judges what holds of one user or group alone.
func (m *message) resource(path string, o *scim.Object, t *scim.ResourceType, request bool) {
	m.schemasOf(path, o, request)
	for name, value := range o.All() {
		at := inner(path, schemas.Path(name))
		a := m.attribute(t, "", name)
		switch extension, isObject := value.(*scim.Object); {
		case isURN(name) && isObject:
			for member, v := range extension.All() {
				m.value(inner(at, schemas.Path(member)), m.attribute(t, name, member), v, request, name+":"+member)
			}
		default:
			m.value(at, a, value, request, name)
		}
	}
}

// schemasOf holds the schemas that a resource names against the extensions that it uses.
func (m *message) schemasOf(path string, o *scim.Object, request bool) {
	var named []string
	for i, v := range o.Array("schemas") {
		urn, _ := v.(string)
		if slices.Contains(named, strings.ToLower(urn)) {
			m.add(inner(path, schemas.Path("schemas", i)), "RFC7643-3-03", "%s is named twice", urn)
		}
		named = append(named, strings.ToLower(urn))
	}
	for name := range o.All() {
		if isURN(name) && !slices.Contains(named, strings.ToLower(name)) {
			id := "RFC7643-3.3-03"
			if request {
				id = "CLIENT-BODY-03"
			}
			m.add(inner(path, schemas.Path(name)), id, "the extension is used, and schemas does not name it: add it there")
		}
	}
}

// attribute is the definition of an attribute; nil for one that is not known.
func (m *message) attribute(t *scim.ResourceType, urn, name string) *scim.Attribute {
	for _, s := range m.options.Declared {
		if urn == "" && strings.EqualFold(s.ID, t.Schema.ID) || strings.EqualFold(s.ID, urn) {
			if a := s.Attribute(name); a != nil {
				return a
			}
		}
	}
	found, ok := t.Find(urn, name, "")
	if !ok || m.options.Declared != nil && !isCommon(name) {
		return nil
	}
	return found.Attribute
}

func isCommon(name string) bool {
	return strings.EqualFold(name, "schemas") || slices.ContainsFunc(scim.CommonAttributes(), func(a *scim.Attribute) bool { return strings.EqualFold(a.Name, name) })
}

// value judges one attribute: whether it is declared, may be sent, is of its type, and has
// one primary element at most.
func (m *message) value(at string, a *scim.Attribute, v any, request bool, name string) {
	switch {
	case a == nil:
		if m.options.Declared != nil && !isCommon(name) {
			id := "RFC7643-7-26"
			if request {
				id = "CLIENT-BODY-02"
			}
			m.add(at, id, "the schemas of the target declare no %s", name)
		}
		return
	case request && strings.EqualFold(name, "id"):
		m.add(at, "CLIENT-BODY-06", "the server gives the id: a client sends none")
		return
	}
	if list, ok := v.([]any); ok {
		if len(scim.Primaries(list)) > 1 {
			m.add(at, "RFC7643-2.4-01", "%d elements are primary: mark at most one", len(scim.Primaries(list)))
			return
		}
	}
	told := slices.ContainsFunc(m.findings, func(f Finding) bool { return strings.HasPrefix(f.Path, at) }) // by its form
	if err := scim.CheckValue(a, v, name); err != nil && !told {
		m.add(at, map[bool]string{true: "CLIENT-BODY-04", false: "RFC7643-2.3-01"}[request], "%s", errorText(err))
	}
}

func isURN(name string) bool { return strings.HasPrefix(strings.ToLower(name), "urn:") }
