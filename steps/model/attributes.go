package model

import (
	"fmt"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// keeps are the attributes that the model changes and compares: those of its
// first resource that the target stored as they were sent.
type keeps struct {
	singles   []string    // single-valued and simple
	complexes []composite // name, and the enterprise extension
	plurals   []plural    // multi-valued and complex
}

// composite is an object of single values.
type composite struct {
	name      string
	subs      []string
	extension bool
}

// path is the PATCH path of one of its values.
func (c composite) path(sub string) string {
	if c.extension {
		return c.name + ":" + sub
	}
	return c.name + "." + sub
}

// plural is a list of objects.
type plural struct {
	name    string
	subs    []string // "type" is among them, but for the members of a group
	primary bool     // the mark is stored too
}

func (k keeps) nothing() bool { return len(k.singles)+len(k.complexes)+len(k.plurals) == 0 }

// firstBodies are what the model's resource may start as: much, and little for
// targets that refuse much.
func (m *model) firstBodies() []*scim.Object {
	base := m.w.Template(m.collection(), m.unique())
	if m.kind == "group" {
		return []*scim.Object{
			judge.Merge(base, scim.NewObject(pair("externalId", m.w.Mark()), pair("members", m.memberList(m.members[:2])))),
			judge.Merge(base, scim.NewObject(pair("members", m.memberList(m.members[:2])))),
		}
	}
	little := judge.Merge(base, scim.NewObject(
		pair("displayName", "Alder"), pair("externalId", m.w.Mark()),
		pair("name", scim.NewObject(pair("givenName", "Birch"), pair("familyName", "Cedar"))),
		pair("emails", m.firstElements("emails", "work", "home")),
	))
	much := judge.Merge(little, scim.NewObject(
		pair("nickName", "Elm"), pair("title", "Fir"), pair("userType", "Hazel"),
		pair("name", scim.NewObject(pair("middleName", "Linden"))),
		pair("phoneNumbers", m.firstElements("phoneNumbers", "work", "home")),
		pair("addresses", m.firstElements("addresses", "work", "home")),
		pair(scim.EnterpriseURN, scim.NewObject(
			pair("department", "Maple"), pair("costCenter", "Oak"), pair("organization", "Pine"), pair("division", "Rowan"),
		)),
	))
	return []*scim.Object{judge.WithSchemas(much), little}
}

func pair(name string, value any) scim.Member { return scim.Member{Name: name, Value: value} }

func (m *model) firstElements(name string, types ...string) []any {
	var list []any
	for i, kind := range types {
		element := m.element(name, kind)
		if i == 0 && name != "addresses" {
			element.Set("display", "Spruce")
			element.Set("primary", true)
		}
		list = append(list, element)
	}
	return list
}

// element is a new value of a multi-valued attribute, like no other one.
func (m *model) element(name, kind string) *scim.Object {
	m.count++
	element := scim.NewObject(pair("type", kind))
	switch name {
	case "emails":
		element.Set("value", m.w.UserName(fmt.Sprintf("e%d", m.count)))
	case "phoneNumbers":
		element.Set("value", fmt.Sprintf("tel:+1-201-555-%04d", 100+m.count%100))
	case "addresses":
		element.Set("streetAddress", fmt.Sprintf("%d Main Street", m.count))
		element.Set("locality", "Springfield")
		element.Set("postalCode", fmt.Sprintf("%05d", 10000+m.count))
	}
	return element
}

func (m *model) memberList(ids []string) []any {
	var list []any
	for _, id := range ids {
		list = append(list, scim.NewObject(pair("value", id)))
	}
	return list
}

var (
	singleNames = []string{"displayName", "nickName", "title", "userType", "externalId"}
	complexSubs = []composite{
		{name: "name", subs: []string{"givenName", "familyName", "middleName"}},
		{name: scim.EnterpriseURN, subs: []string{"department", "costCenter", "organization", "division"}, extension: true},
	}
	pluralSubs = []plural{
		{name: "emails", subs: []string{"type", "value", "display"}},
		{name: "phoneNumbers", subs: []string{"type", "value", "display"}},
		{name: "addresses", subs: []string{"type", "streetAddress", "locality", "postalCode"}},
		{name: "members", subs: []string{"value"}},
	}
)

// keepsOf compares what was sent with what is shown.
func keepsOf(sent, shown *scim.Object) keeps {
	var k keeps
	for _, name := range singleNames {
		if sent.String(name) != "" && sent.String(name) == shown.String(name) {
			k.singles = append(k.singles, name)
		}
	}
	for _, c := range complexSubs {
		was, is := sent.Object(c.name), shown.Object(c.name)
		c.subs = slices.DeleteFunc(slices.Clone(c.subs), func(sub string) bool {
			return was.String(sub) == "" || was.String(sub) != is.String(sub)
		})
		if len(c.subs) > 0 {
			k.complexes = append(k.complexes, c)
		}
	}
	for _, p := range pluralSubs {
		was, is := sent.Array(p.name), shown.Array(p.name)
		if p.primary = p.name == "emails" || p.name == "phoneNumbers"; p.stores(was, is) {
			k.plurals = append(k.plurals, p)
			continue
		}
		p.primary = false
		p.subs = slices.DeleteFunc(slices.Clone(p.subs), func(sub string) bool { return sub == "display" })
		if p.stores(was, is) {
			k.plurals = append(k.plurals, p)
		}
	}
	return k
}

func (p plural) stores(sent, shown []any) bool {
	return len(sent) > 0 && p.difference(sent, shown) == nil
}

// only is what the model knows of a resource.
func (k keeps) only(o *scim.Object) *scim.Object {
	out := scim.NewObject()
	for _, name := range k.singles {
		if v := o.String(name); v != "" {
			out.Set(name, v)
		}
	}
	for _, c := range k.complexes {
		part := scim.NewObject()
		for _, sub := range c.subs {
			if v := o.Object(c.name).String(sub); v != "" {
				part.Set(sub, v)
			}
		}
		if part.Len() > 0 {
			out.Set(c.name, part)
		}
	}
	for _, p := range k.plurals {
		if list := p.only(o.Array(p.name)); len(list) > 0 {
			out.Set(p.name, list)
		}
	}
	return out
}

func (p plural) only(list []any) []any {
	var out []any
	for _, v := range list {
		element, _ := v.(*scim.Object)
		part := scim.NewObject()
		for _, sub := range p.subs {
			if text := element.String(sub); text != "" {
				part.Set(sub, text)
			}
		}
		if p.primary && isPrimary(element) {
			part.Set("primary", true)
		}
		out = append(out, part)
	}
	return out
}

func isPrimary(element *scim.Object) bool {
	marked, _ := element.Get("primary")
	return marked == true
}

// difference names the first attribute that is not as wanted. After a PUT only
// what was sent counts: what becomes of the rest is the target's choice (RFC 7644
// section 3.5.1).
func (k keeps) difference(want, got *scim.Object, onlySent bool) error {
	for _, name := range k.singles {
		if onlySent && want.String(name) == "" {
			continue
		}
		if want.String(name) != got.String(name) {
			return mismatched(name, want.String(name), got.String(name))
		}
	}
	for _, c := range k.complexes {
		for _, sub := range c.subs {
			wanted, found := want.Object(c.name).String(sub), got.Object(c.name).String(sub)
			if onlySent && wanted == "" {
				continue
			}
			if wanted != found {
				return mismatched(c.path(sub), wanted, found)
			}
		}
	}
	for _, p := range k.plurals {
		if onlySent && len(want.Array(p.name)) == 0 {
			continue
		}
		if err := p.difference(want.Array(p.name), got.Array(p.name)); err != nil {
			return err
		}
	}
	return nil
}

// difference compares lists in any order. Which value is primary counts only
// where the client has marked one: a target may mark one by itself.
func (p plural) difference(want, got []any) error {
	marked := slices.ContainsFunc(want, func(v any) bool { o, _ := v.(*scim.Object); return isPrimary(o) })
	p.primary = p.primary && marked
	wanted, found := p.keysOf(want), p.keysOf(got)
	if slices.Equal(wanted, found) {
		return nil
	}
	return &judge.Mismatch{What: p.name, Want: judge.Text(p.only(want)), Got: judge.Text(p.only(got))}
}

func (p plural) keysOf(list []any) []string {
	var keys []string
	for _, v := range p.only(list) {
		var key strings.Builder
		element, _ := v.(*scim.Object)
		for _, sub := range p.subs {
			key.WriteString(judge.Text(element.String(sub)))
		}
		if isPrimary(element) {
			key.WriteString(" primary")
		}
		keys = append(keys, key.String())
	}
	slices.Sort(keys)
	return keys
}

func mismatched(what, want, got string) error {
	return &judge.Mismatch{What: what, Want: judge.QuotedOrNone(want), Got: judge.QuotedOrNone(got)}
}
