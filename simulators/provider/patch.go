package provider

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/scim/patch"
)

// patch answers PATCH on a resource (RFC 7644 section 3.5.2): all operations
// take effect, or none does. The answer is the resource, but for a large group.
func (p *Provider) patch(c *call, k *kind, id string) (*answer, error) {
	selected, sent, err := c.change(k, p.config.MaxBody)
	if err != nil {
		return nil, err
	}
	operations, err := patch.Parse(sent)
	if err != nil {
		return nil, err
	}
	if err := k.constrain(operations); err != nil {
		return nil, err
	}
	p.store.Lock()
	defer p.store.Unlock()
	e, err := p.writable(c, k, id)
	if err != nil {
		return nil, err
	}
	if changes, ok := p.membershipsOf(e, operations); ok {
		p.changeMembers(e, changes)
		p.wasPatched(c, e, operations, e.resource)
		return p.patched(c, e, selected), nil
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
	before := e.resource
	if err := p.update(e, d); err != nil {
		return nil, err
	}
	p.wasPatched(c, e, operations, before)
	return p.patched(c, e, selected), nil
}

// patched answers with the resource, or without a body if that would have more
// members than anybody asked for.
func (p *Provider) patched(c *call, e *entry, selected *selection) *answer {
	if r := rosterOf(e); r != nil && len(r.members) >= silentFrom && selected.isAll() {
		return &answer{status: http.StatusNoContent, header: c.locate(e)}
	}
	return p.resource(c, e, http.StatusOK, selected)
}
