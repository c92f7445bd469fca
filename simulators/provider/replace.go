package provider

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// replace answers PUT on a resource (RFC 7644 section 3.5.1). An
// attribute that the client leaves out is cleared, or gets its default.
func (p *Provider) replace(c *call, k *kind, id string) (*answer, error) {
	selected, sent, err := c.change(k, p.config.MaxBody)
	if err != nil {
		return nil, err
	}
	p.store.Lock()
	defer p.store.Unlock()
	e, err := p.writable(c, k, id)
	if err != nil {
		return nil, err
	}
	d, err := k.acceptWhole(sent)
	if err != nil {
		return nil, err
	}
	if err := k.keepImmutable(e.resource, d.resource); err != nil {
		return nil, err
	}
	before := e.resource
	if err := p.update(e, d); err != nil {
		return nil, err
	}
	p.wasReplaced(c, e, before)
	return p.resource(c, e, http.StatusOK, selected), nil
}

// writable finds a resource that the request wants to change or delete, and
// holds the request's precondition.
func (p *Provider) writable(c *call, k *kind, id string) (*entry, error) {
	e, err := p.store.find(k, id)
	if err != nil {
		return nil, err
	}
	return e, checkIfMatch(c.Header, e.version())
}

// update stores the draft in the entry's place. A draft that says what the
// resource says already leaves its version and time alone.
func (p *Provider) update(e *entry, d draft) error {
	if !d.hidden && scim.Equal(e.resource, d.resource) {
		return nil
	}
	if err := p.checkAgainstOthers(e.kind, e, d.resource); err != nil {
		return err
	}
	p.store.replace(e, d.resource, p.now())
	return nil
}

// keepImmutable answers 400 when an immutable attribute would get another value
// (RFC 7644 section 3.5.1). One that the client leaves out keeps its value.
func (k *kind) keepImmutable(before, after *scim.Object) error {
	for urn, a := range attributesOf(k.ResourceType) {
		if a.Mutability != scim.Immutable {
			continue
		}
		from, to := before, after
		if urn != "" {
			from, to = before.Object(urn), after.Object(urn)
		}
		old, had := from.Get(a.Name)
		value, has := to.Get(a.Name)
		switch {
		case had && has && !scim.Equal(old, value):
			return scim.MutabilityError("%s is immutable and has another value", a.Name)
		case had && !has && to != nil:
			to.Set(a.Name, old)
		case had && !has:
			after.Set(urn, scim.NewObject(scim.Member{Name: a.Name, Value: old}))
			k.setSchemas(after)
		}
	}
	return nil
}
