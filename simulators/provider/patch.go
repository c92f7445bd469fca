package provider

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/scim/patch"
)

// patch answers PATCH on a resource (RFC 7644 section 3.5.2): all operations
// take effect, or none does. The answer is always the resource.
func (p *Provider) patch(c *call, k *kind, id string) (*answer, error) {
	selected, sent, err := c.change(k, p.config.MaxBody)
	if err != nil {
		return nil, err
	}
	operations, err := patch.Parse(sent)
	if err != nil {
		return nil, err
	}
	p.store.Lock()
	defer p.store.Unlock()
	e, err := p.writable(c, k, id)
	if err != nil {
		return nil, err
	}
	// The operations see the resource as a client does, so that a path can
	// select by what is derived, such as members[type eq "Group"].
	patched, _, err := patch.Apply(k.ResourceType, p.view(e, c.base, nil), operations)
	if err != nil {
		return nil, err
	}
	d, err := k.accept(patched)
	if err != nil {
		return nil, err
	}
	if err := p.update(e, d); err != nil {
		return nil, err
	}
	return p.resource(c, e, http.StatusOK, selected), nil
}
