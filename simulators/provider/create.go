package provider

import (
	"net/http"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// create answers POST on a resource type (RFC 7644 section 3.3).
func (p *Provider) create(c *call, k *kind) (*answer, error) {
	selected, sent, err := c.change(k, p.config.MaxBody)
	if err != nil {
		return nil, err
	}
	d, err := k.acceptWhole(sent)
	if err != nil {
		return nil, err
	}
	p.store.Lock()
	defer p.store.Unlock()
	e, err := p.add(k, d)
	if err != nil {
		return nil, err
	}
	p.wasCreated(c, e)
	return p.resource(c, e, http.StatusCreated, selected), nil
}

// add puts a new resource in the store.
func (p *Provider) add(k *kind, d draft) (*entry, error) {
	if p.config.Admit != nil {
		if refusal := p.config.Admit(k.ResourceType, k.all.length); refusal != nil {
			return nil, refusal
		}
	}
	if err := p.checkAgainstOthers(k, nil, d.resource); err != nil {
		return nil, err
	}
	id := p.config.NewID()
	if id == "" || p.store.byID[id] != nil {
		return nil, scim.Internal("the server ran out of new ids")
	}
	now := p.now()
	e := &entry{kind: k, id: id, resource: d.resource, created: now, modified: now, revision: 1}
	p.store.insert(e)
	return e, nil
}

// now is the time of a change, in the resolution in which clients see it.
func (p *Provider) now() time.Time { return p.config.Now().UTC().Truncate(time.Millisecond) }

// checkAgainstOthers holds what a resource has to keep to in view of the rest
// of the store. The entry is nil when the resource is new.
func (p *Provider) checkAgainstOthers(k *kind, e *entry, resource *scim.Object) error {
	if err := checkUnique(k, e, resource); err != nil {
		return err
	}
	return p.checkReferences(k, resource)
}

// checkUnique answers 409 for a value that another resource of the type has
// (RFC 7644 section 3.3, RFC 7643 section 7).
func checkUnique(k *kind, e *entry, resource *scim.Object) error {
	for _, c := range k.columns {
		key, ok := c.key(resource)
		if !ok || !unique(c.attribute) {
			continue
		}
		for _, other := range c.entries[key] {
			if other != e {
				return scim.UniquenessError("another %s has this %s", k.Name, c.attribute.Name)
			}
		}
	}
	return nil
}

// checkReferences answers 400 for a reference to a resource that is not there
// or not of a type that the attribute may refer to.
func (p *Provider) checkReferences(k *kind, resource *scim.Object) error {
	for _, r := range k.references {
		for _, element := range r.elements(resource) {
			id := element.String("value")
			target := p.store.byID[id]
			if target == nil || !r.permits(target.kind) {
				return scim.InvalidValue("%s: no resource that it may refer to has the id %q", r.attribute.Name, id)
			}
		}
	}
	return nil
}
