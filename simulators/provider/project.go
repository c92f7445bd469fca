package provider

import (
	"net/url"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// projection is the client's choice of attributes (RFC 7644 section 3.9): it
// names those to return or those to leave out, or neither.
type projection struct {
	attributes, excluded []string
}

// selection is a projection that was looked up in the schemas of one kind.
type selection struct {
	kind     *kind
	only     bool // only what is named, else all but what is named
	named    map[attributeKey]*picked
	schemata map[string]bool // URNs in lower case that are named as a whole
}

// attributeKey identifies a top-level attribute; both parts are in lower case,
// and the URN of the base schema is "".
type attributeKey struct{ urn, name string }

// picked is what a projection says of one attribute.
type picked struct {
	whole bool
	subs  map[string]bool // in lower case
}

// selection reads the projection in the query of the URL.
func (c *call) selection(k *kind) (*selection, error) {
	values, err := c.query()
	if err != nil {
		return nil, err
	}
	p, err := projectionOf(values)
	if err != nil {
		return nil, err
	}
	return k.selection(p), nil
}

func projectionOf(values url.Values) (projection, error) {
	p := projection{attributes: names(values["attributes"]), excluded: names(values["excludedAttributes"])}
	return p, p.check()
}

// check refuses to guess what attributes and excludedAttributes mean together:
// RFC 7644 section 3.4.2.5 knows only one or the other.
func (p projection) check() error {
	if len(p.attributes) > 0 && len(p.excluded) > 0 {
		return scim.InvalidValue("attributes and excludedAttributes exclude each other; send one of them")
	}
	return nil
}

// names splits comma-separated lists.
func names(lists []string) []string {
	var all []string
	for _, list := range lists {
		for name := range strings.SplitSeq(list, ",") {
			if name = strings.TrimSpace(name); name != "" {
				all = append(all, name)
			}
		}
	}
	return all
}

// selection looks the names up. Names that the kind does not know, or that are
// none, select nothing and do no harm.
func (k *kind) selection(p projection) *selection {
	s := &selection{kind: k, only: len(p.attributes) > 0, named: map[attributeKey]*picked{}, schemata: map[string]bool{}}
	for _, name := range slices.Concat(p.attributes, p.excluded) {
		if strings.EqualFold(name, k.Schema.ID) {
			s.schemata[""] = true
			continue
		}
		path, err := filter.ParsePath(name, k.ResourceType)
		if err != nil || path.Filter != nil {
			continue
		}
		if r, ok := filter.Resolve(k.ResourceType, path); ok {
			s.pick(r)
		}
	}
	return s
}

func (s *selection) pick(r scim.Resolved) {
	urn := ""
	if r.Extension != nil {
		urn = strings.ToLower(r.Extension.ID)
	}
	if r.Attribute == nil {
		s.schemata[urn] = true
		return
	}
	key := attributeKey{urn, strings.ToLower(r.Attribute.Name)}
	p := s.named[key]
	if p == nil {
		p = &picked{subs: map[string]bool{}}
		s.named[key] = p
	}
	if r.Sub == nil {
		p.whole = true
		return
	}
	p.subs[strings.ToLower(r.Sub.Name)] = true
}

// isAll says whether the client left the choice to the provider.
func (s *selection) isAll() bool { return !s.only && len(s.named)+len(s.schemata) == 0 }

// wanted are the attributes that the selection can let through. An attribute of
// that name may be in several schemas: what is left out of one may be in another.
func (s *selection) wanted() wanted {
	if len(s.schemata) > 0 || s.isAll() {
		return nil
	}
	if s.only {
		w := wanted{"id": true}
		for key := range s.named {
			w[key.name] = true
		}
		return w
	}
	w := wanted{"*": true}
	for key, p := range s.named {
		if a := s.kind.Schema.Attribute(key.name); p.whole && a != nil && a.Returned != scim.Always && key.urn == "" {
			w[key.name] = false
		}
	}
	return w
}

// apply returns a copy of the part of the resource that the client gets.
func (s *selection) apply(resource *scim.Object) *scim.Object {
	selected := scim.NewObject()
	for name, v := range resource.All() {
		if x := s.kind.Extension(name); x != nil {
			if o := s.object(x.Schema, v); o.Len() > 0 {
				selected.Set(name, o)
			}
			continue
		}
		if v, ok := s.value("", s.kind.attribute(name), v); ok {
			selected.Set(name, v)
		}
	}
	return selected
}

// object applies the selection to the values of an extension.
func (s *selection) object(schema *scim.Schema, v any) *scim.Object {
	selected := scim.NewObject()
	o, _ := v.(*scim.Object)
	for name, v := range o.All() {
		if v, ok := s.value(schema.ID, schema.Attribute(name), v); ok {
			selected.Set(name, v)
		}
	}
	return selected
}

// value says whether an attribute is returned, and with which of its parts.
func (s *selection) value(urn string, a *scim.Attribute, v any) (any, bool) {
	if a == nil {
		return nil, false
	}
	key := attributeKey{strings.ToLower(urn), strings.ToLower(a.Name)}
	p := s.named[key]
	if p == nil {
		p = &picked{whole: s.schemata[key.urn] && a.Returned != scim.OnRequest}
	}
	if !isReturned(a, s.only, p.whole || s.only && len(p.subs) > 0) {
		return nil, false
	}
	return trim(v, func(name string) bool {
		sub := a.Sub(name)
		return sub != nil && s.part(p, sub)
	})
}

// part says whether a sub-attribute of a returned attribute is returned.
func (s *selection) part(p *picked, sub *scim.Attribute) bool {
	named := p.subs[strings.ToLower(sub.Name)]
	if s.only && (p.whole || len(p.subs) == 0) { // the attribute as a whole, and what is named besides
		return isReturned(sub, false, false) || isReturned(sub, true, named)
	}
	return isReturned(sub, s.only, named)
}

// isReturned holds the characteristic "returned" (RFC 7643 section 7): only
// tells whether the client asks for what is named or for all but that.
func isReturned(a *scim.Attribute, only, named bool) bool {
	switch a.Returned {
	case scim.Always:
		return true
	case scim.Never:
		return false
	case scim.OnRequest:
		return only && named
	}
	return only == named
}

// trim copies a value. A complex value, or each element of an array of them,
// keeps only the members that keep accepts. It is false when nothing remains.
func trim(v any, keep func(name string) bool) (any, bool) {
	switch v := v.(type) {
	case *scim.Object:
		o := scim.NewObject()
		for name, part := range v.All() {
			if keep(name) {
				o.Set(name, part)
			}
		}
		return o, o.Len() > 0
	case []any:
		kept := make([]any, 0, len(v))
		for _, element := range v {
			if element, ok := trim(element, keep); ok {
				kept = append(kept, element)
			}
		}
		return kept, len(kept) > 0
	}
	return v, true
}
