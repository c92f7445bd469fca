package provider

import (
	"fmt"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Load creates resources of the named type, in order, as POST would but without
// HTTP, and returns their ids. It is meant for fixtures of any size. On an error,
// which names the resource by its position from 0, nothing was created.
func (p *Provider) Load(typeName string, resources []*scim.Object) ([]string, error) {
	k := p.kindNamed(typeName)
	if k == nil {
		return nil, fmt.Errorf("load: there is no resource type %q", typeName)
	}
	drafts := make([]draft, len(resources))
	for i, resource := range resources {
		var err error
		if drafts[i], err = k.acceptWhole(resource); err != nil {
			return nil, fmt.Errorf("load: %s %d: %w", typeName, i, err)
		}
	}
	p.store.Lock()
	defer p.store.Unlock()
	ids := make([]string, 0, len(drafts))
	for i, d := range drafts {
		e, err := p.add(k, d)
		if err != nil {
			p.unload(ids)
			return nil, fmt.Errorf("load: %s %d: %w", typeName, i, err)
		}
		ids = append(ids, e.id)
	}
	return ids, nil
}

// unload removes what an unfinished Load created. Nothing refers to it yet but
// what was loaded with it.
func (p *Provider) unload(ids []string) {
	for i := range ids {
		e := p.store.byID[ids[len(ids)-1-i]]
		p.store.remove(e)
	}
}

// Snapshot returns copies of all resources of the named type in the order of
// their creation, as a client would read them but with addresses relative to
// the host. An unknown type has none.
func (p *Provider) Snapshot(typeName string) []*scim.Object {
	k := p.kindNamed(typeName)
	if k == nil {
		return nil
	}
	p.store.RLock()
	defer p.store.RUnlock()
	resources := make([]*scim.Object, 0, k.all.length)
	everything := k.selection(projection{})
	for e := range k.all.from(0) {
		resources = append(resources, everything.apply(p.view(e, p.config.BasePath, nil)))
	}
	return resources
}

// Len is the number of resources of the named type; 0 for an unknown type.
func (p *Provider) Len(typeName string) int {
	k := p.kindNamed(typeName)
	if k == nil {
		return 0
	}
	p.store.RLock()
	defer p.store.RUnlock()
	return k.all.length
}
