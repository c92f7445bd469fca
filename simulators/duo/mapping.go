package duo

import (
	"fmt"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Mapping turns a Duo user into the attributes of a SCIM user, row by row.
type Mapping struct {
	Type    ApplicationType
	Rows    []Row
	Profile Profile

	answers *answers // the provisioner's, which notes what was asked; nil for Profile
}

func (m Mapping) asking() *answers {
	if m.answers != nil {
		return m.answers
	}
	return &answers{profile: m.Profile}
}

// Map returns the mapped attributes of a user, in the order of the rows: name.*
// as one object, emails and phoneNumbers as lists, extension attributes under
// their URN. A row whose Duo attribute has no value is left out or null, as the
// profile says; without a value for userName there is no user, and the error
// names the user and the row.
func (m Mapping) Map(user directory.User) (*scim.Object, error) {
	mapped := scim.NewObject()
	for i, row := range m.Rows {
		at := m.place(row.Application)
		value, ok := user.Attribute(row.Duo)
		switch {
		case ok:
			at.set(mapped, m.shape(at, value))
		case row.Application == RequiredAttribute:
			return nil, fmt.Errorf("user %s has no value for %q, which row %d of the attribute mapping sends as the required %s: fill it in Duo, or map another attribute",
				quote(user.Username), row.Duo, i+1, row.Application)
		case fieldEmptyValue.ask(m.asking()) == EmptyNull:
			at.set(mapped, nil)
		}
	}
	return mapped, nil
}

// shape gives the one text that Duo has the form that the attribute needs.
func (m Mapping) shape(at place, value string) any {
	if !at.list {
		return value
	}
	element := scim.NewObject(member("value", value))
	if fieldEmailsShape.ask(m.asking()) == EmailWork {
		element.Set("type", "work")
		element.Set("primary", true)
	}
	return []any{element}
}

// change is one mapped attribute whose value at the target is to become another.
type change struct {
	at    place
	value any // nil: the attribute has lost its value
}

// changes compares what Duo says with what the target is known to have. Only
// mapped attributes count; what the target adds to a value (the type of an
// e-mail address, say) is no difference.
func (m Mapping) changes(known, wanted *scim.Object) []change {
	var all []change
	for _, row := range m.Rows {
		at := m.place(row.Application)
		if w := at.get(wanted); !covers(at.get(known), w) {
			all = append(all, change{at, w})
		}
	}
	return all
}

// covers says whether the known value holds all of the wanted one.
func covers(known, wanted any) bool {
	switch w := wanted.(type) {
	case *scim.Object:
		k, ok := known.(*scim.Object)
		if !ok {
			return false
		}
		for name, v := range w.All() {
			if has, _ := k.Get(name); !covers(has, v) {
				return false
			}
		}
		return true
	case []any:
		k, ok := known.([]any)
		return ok && len(k) == len(w) && !slices.ContainsFunc(w, func(v any) bool {
			return !slices.ContainsFunc(k, func(has any) bool { return covers(has, v) })
		})
	}
	return scim.Equal(known, wanted)
}

// place is where an application attribute stands in a SCIM resource.
type place struct {
	urn  string // of the extension, "" for the core schema
	attr string
	sub  string // of a complex attribute, "" for the whole
	list bool
}

// places are those of all rows.
func (m Mapping) places() []place {
	all := make([]place, len(m.Rows))
	for i, row := range m.Rows {
		all[i] = m.place(row.Application)
	}
	return all
}

func (m Mapping) place(application string) place {
	attr, sub, _ := strings.Cut(application, ".")
	p := place{attr: attr, sub: sub, list: slices.Contains(multiValuedNames, attr)}
	if slices.Contains(ciscoExtensionNames, attr) || slices.Contains(enterpriseNames, attr) {
		p.urn = m.Type.extension()
	}
	return p
}

// path is the attribute path of RFC 7644 section 3.10.
func (p place) path() string {
	path := p.attr
	if p.sub != "" {
		path += "." + p.sub
	}
	if p.urn != "" {
		path = p.urn + ":" + path
	}
	return path
}

// steps are the member names from the resource down to the value.
func (p place) steps() []string {
	var steps []string
	for _, s := range []string{p.urn, p.attr, p.sub} {
		if s != "" {
			steps = append(steps, s)
		}
	}
	return steps
}

func (p place) get(resource *scim.Object) any {
	steps := p.steps()
	for _, s := range steps[:len(steps)-1] {
		resource = resource.Object(s)
	}
	v, _ := resource.Get(steps[len(steps)-1])
	return v
}

func (p place) set(resource *scim.Object, value any) {
	steps := p.steps()
	for _, s := range steps[:len(steps)-1] {
		inner := resource.Object(s)
		if inner == nil {
			inner = scim.NewObject()
			resource.Set(s, inner)
		}
		resource = inner
	}
	resource.Set(steps[len(steps)-1], value)
}
