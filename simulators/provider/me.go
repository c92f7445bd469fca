package provider

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// me serves a request for /Me as if it had been sent to the resource of who sent
// it. Every answer, a refusal too, tells the permanent location of that resource
// (RFC 7644 section 3.11). Nothing can be created by the alias: who has no
// resource is not found, and who has one does not get a second.
func (p *Provider) me(c *call) (*answer, error) {
	if p.config.Subject == nil {
		return nil, scim.NotImplemented("this provider does not offer /Me")
	}
	if len(c.path) > 1 {
		return nil, scim.NotFound(c.URL.Path, "")
	}
	e := p.subject(c.Request)
	if e == nil {
		return nil, scim.NotFound(c.URL.Path, "")
	}
	c.path = []string{e.kind.Endpoint[1:], e.id}
	a, err := p.routeKind(c, e.kind)
	if err != nil {
		a = failure(asError(err))
	}
	if a.header == nil {
		a.header = http.Header{}
	}
	a.header.Set("Location", e.location(c.base))
	return a, nil
}

// subject finds the resource of who sent the request, or nil.
func (p *Provider) subject(r *http.Request) *entry {
	id := p.config.Subject(r)
	p.store.RLock()
	defer p.store.RUnlock()
	return p.store.byID[id]
}
