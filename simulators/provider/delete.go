package provider

import (
	"net/http"
	"time"
)

// delete answers DELETE on a resource (RFC 7644 section 3.6).
func (p *Provider) delete(c *call, k *kind, id string) (*answer, error) {
	p.store.Lock()
	defer p.store.Unlock()
	e, err := p.writable(c, k, id)
	if err != nil {
		return nil, err
	}
	p.store.forget(e, p.now())
	p.store.remove(e)
	p.wasDeleted(c, e)
	return &answer{status: http.StatusNoContent}, nil
}

// forget takes the entry out of the groups it is a member of and out of every
// other reference to it. The resources that referred to it count as
// modified.
func (s *store) forget(e *entry, now time.Time) {
	for edge := range e.referrers {
		if r := rosterOf(edge.from); r != nil && r.by == edge.by {
			s.strike(edge.from, e)
			edge.from.touch(now)
			continue
		}
		remaining := edge.by.without(edge.from.resource, e.id)
		edge.from.kind.setSchemas(remaining)
		s.replace(edge.from, remaining, now)
	}
}
