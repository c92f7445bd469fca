package model

import (
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// The generator of PUT requests (RFC 7644 section 3.5.1). Every value that is
// sent has to be there afterwards; what is left out may be kept, cleared or set
// to a default, and is not looked at.

// nextReplacement gives some of the attributes new values.
func (m *model) nextReplacement(state *scim.Object) request {
	var parts []any
	set := func(name string, value any) { parts = append(parts, pair(name, value)) }
	for _, name := range m.keeps.singles {
		if m.often() {
			set(name, m.single(name))
		}
	}
	for _, c := range m.keeps.complexes {
		value := scim.NewObject()
		for _, sub := range c.subs {
			if m.often() {
				value.Set(sub, pick(m, words))
			}
		}
		if value.Len() > 0 {
			set(c.name, value)
		}
	}
	for _, p := range m.keeps.plurals {
		switch {
		case !m.often():
		case p.name == "members":
			set(p.name, m.memberList(m.some()))
		default:
			set(p.name, m.newList(p))
		}
	}
	r := request{parts: parts}
	r.after = m.body(state, r)
	return r
}

func (m *model) often() bool {
	if m.dense {
		return m.random.IntN(6) > 0
	}
	return m.random.IntN(3) > 0
}
