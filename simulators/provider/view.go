package provider

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// wanted says, by names in lower case, which top-level attributes a reader looks
// at, so that nothing is derived in vain; "*" stands for those that it does not
// name. Nil means all of them.
type wanted map[string]bool

func (w wanted) has(name string) bool {
	if w == nil {
		return true
	}
	is, named := w[strings.ToLower(name)]
	return is || !named && w["*"]
}

// view is the resource as clients see it, before any attribute is left out. It
// shares values with the store and must not be changed.
func (p *Provider) view(e *entry, base string, want wanted) *scim.Object {
	if !e.kind.derives(want) {
		return e.resource
	}
	source := e.resource
	for _, r := range e.kind.references {
		if want.has(r.attribute.Name) {
			source = p.resolve(r, source, base)
		}
	}
	schemas, _ := source.Get("schemas")
	o := scim.NewObject(scim.Member{Name: "schemas", Value: schemas}, scim.Member{Name: "id", Value: e.id})
	for name, v := range source.All() {
		o.Set(name, v)
	}
	if k := e.kind; k.memberOf != nil && want.has(k.memberOf.Name) {
		if groups := groupsOf(e, k.memberOf, base); len(groups) > 0 {
			o.Set(k.memberOf.Name, groups)
		}
	}
	if want.has("meta") {
		o.Set("meta", e.meta(base))
	}
	return o
}

// derives says whether a view differs from what is stored in an attribute that
// is wanted.
func (k *kind) derives(want wanted) bool {
	if want.has("id") || want.has("meta") || k.memberOf != nil && want.has(k.memberOf.Name) {
		return true
	}
	for _, r := range k.references {
		if want.has(r.attribute.Name) {
			return true
		}
	}
	return false
}

// resolve fills in what is derived from the targets of references.
func (p *Provider) resolve(r *reference, resource *scim.Object, base string) *scim.Object {
	elements := r.elements(resource)
	if len(elements) == 0 {
		return resource
	}
	for i, element := range elements {
		elements[i] = r.full(element, p.store.byID[element.String("value")], base)
	}
	return r.with(resource, elements)
}

// resource answers with a resource, its address and its version.
func (p *Provider) resource(c *call, e *entry, status int, selected *selection) *answer {
	return &answer{status: status, header: c.locate(e), body: selected.apply(p.view(e, c.base, selected.wanted()))}
}

// locate is the header that tells a resource's address and version.
func (c *call) locate(e *entry) http.Header {
	return http.Header{"Location": {e.location(c.base)}, "Etag": {e.version()}}
}

// get answers GET on a resource (RFC 7644 section 3.4.1).
func (p *Provider) get(c *call, k *kind, id string) (*answer, error) {
	selected, err := c.selection(k)
	if err != nil {
		return nil, err
	}
	p.store.RLock()
	defer p.store.RUnlock()
	e, err := p.store.find(k, id)
	if err != nil {
		return nil, err
	}
	a := p.resource(c, e, http.StatusOK, selected)
	if notModified(c.Header, e.version()) {
		a.status, a.body = http.StatusNotModified, nil
	}
	return a, nil
}
