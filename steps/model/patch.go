package model

import (
	"net/http"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The generator of PATCH requests. It stays within what RFC 7644 section 3.5.2
// defines: it never removes what is not there, adds no value twice, merges no
// object by "add" of a part of it, and gives an element that it replaces all
// that the element had.

// next is the next request to a resource in this state.
func (m *model) next(state *scim.Object) (request, error) {
	if m.method == http.MethodPut {
		return m.nextReplacement(state), nil
	}
	r := request{after: state}
	for range m.operations() {
		op := m.operation(r.after)
		after, err := m.patched(r.after, []any{op})
		if err != nil {
			return r, err
		}
		r.parts, r.after = append(r.parts, op), after
	}
	if m.random.IntN(5) == 0 {
		r.parts = slices.Insert(r.parts, m.random.IntN(len(r.parts)+1), m.badOperation())
		r.refused, r.after = true, state
	}
	return r, nil
}

// operations is how many a request has: more where fewer requests are sent.
func (m *model) operations() int {
	if m.dense {
		return 4 + m.random.IntN(6)
	}
	return 1 + m.random.IntN(4)
}

// badOperation is one that no target may take: all others are to be undone.
func (m *model) badOperation() any {
	switch m.random.IntN(3) {
	case 0:
		return operation("remove", "", nil)
	case 1:
		return operation("sduo-no-such-op", m.naming(), "x")
	}
	if m.kind == "group" {
		return operation("replace", `members[value eq "sduo-no-such-id"]`, scim.NewObject(pair("value", m.members[0])))
	}
	return operation("replace", `emails[type eq "sduo-no-such-type"].value`, m.w.UserName("nobody"))
}

// naming is an attribute that every resource of the kind has.
func (m *model) naming() string {
	if m.kind == "group" {
		return "displayName"
	}
	return "userName"
}

func operation(op, path string, value any) *scim.Object {
	o := scim.NewObject(pair("op", op))
	if path != "" {
		o.Set("path", path)
	}
	if value != nil {
		o.Set("value", value)
	}
	return o
}

// operation is one that makes sense in this state.
func (m *model) operation(state *scim.Object) any {
	k := m.keeps
	var forms []any
	switch i := m.random.IntN(len(k.singles) + len(k.complexes) + len(k.plurals)); {
	case i < len(k.singles):
		forms = m.onSingle(state, k.singles[i])
	case i < len(k.singles)+len(k.complexes):
		forms = m.onComplex(state, k.complexes[i-len(k.singles)])
	default:
		p := k.plurals[i-len(k.singles)-len(k.complexes)]
		if p.name == "members" {
			forms = m.onMembers(state)
		} else {
			forms = m.onPlural(state, p)
		}
	}
	return pick(m, forms)
}

func pick[T any](m *model, from []T) T { return from[m.random.IntN(len(from))] }

var words = []string{"Acorn", "Bark", "Clover", "Daisy", "Ember", "Fern", "Grove", "Heath", "Iris", "Juniper"}

func (m *model) single(name string) string {
	switch {
	case name == "externalId":
		return m.w.Mark() + "-" + m.unique()
	case name == "displayName" && m.kind == "group":
		return m.w.GroupName(m.unique())
	}
	return pick(m, words)
}

// removable says whether a resource of this target can do without the attribute.
func (m *model) removable(name string) bool {
	if name == "displayName" { // required of groups, and of the users of many targets
		return false
	}
	_, needed := m.w.Template(m.collection(), "").Get(name)
	return !needed
}

func (m *model) onSingle(state *scim.Object, name string) []any {
	value := m.single(name)
	forms := []any{
		operation("add", name, value),
		operation("replace", name, value),
		operation("add", "", scim.NewObject(pair(name, value))),
		operation("replace", "", scim.NewObject(pair(name, value))),
	}
	if state.String(name) != "" && m.removable(name) {
		forms = append(forms, operation("remove", name, nil))
	}
	return forms
}

func (m *model) onComplex(state *scim.Object, c composite) []any {
	sub, value := pick(m, c.subs), pick(m, words)
	whole := m.keeps.only(state).Object(c.name).Clone() // all that is there, with one value changed
	if whole == nil {
		whole = scim.NewObject()
	}
	whole.Set(sub, value)
	forms := []any{
		operation("add", c.path(sub), value),
		operation("replace", c.path(sub), value),
		operation("add", "", scim.NewObject(pair(c.name, whole))),
		operation("replace", "", scim.NewObject(pair(c.name, whole))),
	}
	if !c.extension {
		forms = append(forms,
			operation("replace", c.name, scim.NewObject(pair(sub, value))),
			operation("add", c.name, whole))
	}
	if state.Object(c.name).String(sub) != "" && m.removable(c.name) {
		forms = append(forms, operation("remove", c.path(sub), nil))
		if !c.extension {
			forms = append(forms, operation("remove", c.name, nil))
		}
	}
	return forms
}

var pluralTypes = map[string][]string{
	"emails": {"work", "home", "other"}, "phoneNumbers": {"work", "home", "mobile"}, "addresses": {"work", "home", "other"},
}

func (m *model) onPlural(state *scim.Object, p plural) []any {
	list := m.newList(p)
	forms := []any{
		operation("replace", p.name, list),
		operation("replace", "", scim.NewObject(pair(p.name, list))),
	}
	elements := p.only(state.Array(p.name))
	free := slices.DeleteFunc(slices.Clone(pluralTypes[p.name]), func(kind string) bool {
		return slices.ContainsFunc(elements, func(v any) bool {
			o, ok := v.(*scim.Object)
			return ok && o.String("type") == kind
		})
	})
	if len(free) > 0 {
		added := []any{m.marked(p, m.element(p.name, pick(m, free)))}
		forms = append(forms, operation("add", p.name, added), operation("add", "", scim.NewObject(pair(p.name, added))))
	}
	if len(elements) == 0 {
		return forms
	}
	element, ok := pick(m, elements).(*scim.Object)
	if !ok {
		return forms
	}
	forms = append(forms, m.onElement(p, element)...)
	if m.removable(p.name) {
		forms = append(forms, operation("remove", p.name, nil))
	}
	if m.removable(p.name) || len(elements) > 1 {
		forms = append(forms, m.removals(p, element)...)
	}
	return forms
}

// marked makes an element the primary one, or gives it a display, now and then.
func (m *model) marked(p plural, element *scim.Object) *scim.Object {
	if slices.Contains(p.subs, "display") && m.random.IntN(3) == 0 {
		element.Set("display", pick(m, words))
	}
	if p.primary && m.random.IntN(3) == 0 {
		element.Set("primary", true)
	}
	return element
}

// newList has up to one element of each type, and at most one that is primary.
func (m *model) newList(p plural) []any {
	var list []any
	for i, n := range m.random.Perm(3)[:1+m.random.IntN(3)] {
		element := m.element(p.name, pluralTypes[p.name][n])
		element = m.marked(p, element)
		if i > 0 {
			element.Delete("primary")
		}
		list = append(list, element)
	}
	return list
}

// onElement changes the element of this type.
func (m *model) onElement(p plural, element *scim.Object) []any {
	kind := element.String("type")
	selected := p.name + "[type eq " + judge.Text(kind) + "]"
	replaced := element.Clone()
	content := "value"
	if p.name == "addresses" {
		content = "streetAddress"
	}
	replaced.Set(content, m.element(p.name, kind).String(content))
	forms := []any{
		operation("replace", selected, replaced),
		operation("replace", selected+"."+content, replaced.String(content)),
		operation("add", selected+"."+content, replaced.String(content)),
	}
	if p.primary {
		forms = append(forms, operation("replace", selected+".primary", true))
	}
	if slices.Contains(p.subs, "display") {
		forms = append(forms, operation("replace", selected+".display", pick(m, words)))
		if element.String("display") != "" {
			forms = append(forms, operation("remove", selected+".display", nil))
		}
	}
	return forms
}

// removals select the element by one or two of its values.
func (m *model) removals(p plural, element *scim.Object) []any {
	byType := "type eq " + judge.Text(element.String("type"))
	forms := []any{operation("remove", p.name+"["+byType+"]", nil)}
	if value := element.String("value"); value != "" {
		byValue := "value eq " + judge.Text(value)
		forms = append(forms,
			operation("remove", p.name+"["+byValue+"]", nil),
			operation("remove", p.name+"["+byType+" and "+byValue+"]", nil))
	}
	return forms
}

func (m *model) onMembers(state *scim.Object) []any {
	inside := judge.ValuesOf(state, "members")
	outside := slices.DeleteFunc(slices.Clone(m.members), func(id string) bool { return slices.Contains(inside, id) })
	some := m.memberList(m.some())
	forms := []any{
		operation("replace", "members", some),
		operation("replace", "", scim.NewObject(pair("members", some), pair("displayName", m.single("displayName")))),
	}
	if len(outside) > 0 {
		added := m.memberList(outside[:1+m.random.IntN(len(outside))])
		forms = append(forms, operation("add", "members", added), operation("add", "", scim.NewObject(pair("members", added))))
	}
	if len(inside) > 0 {
		one := operation("remove", "members[value eq "+judge.Text(pick(m, inside))+"]", nil)
		forms = append(forms, one, one, operation("remove", "members", nil))
	}
	return forms
}

// some is at least one of the users who can be members.
func (m *model) some() []string {
	var ids []string
	for _, i := range m.random.Perm(len(m.members))[:1+m.random.IntN(len(m.members))] {
		ids = append(ids, m.members[i])
	}
	return ids
}
