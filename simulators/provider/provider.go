package provider

import (
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Provider is a SCIM service provider. It is an http.Handler, and safe for
// concurrent use.
type Provider struct {
	config  Config
	kinds   []*kind
	store   store
	cursors sealer
	events  eventStream
}

// New returns an empty provider, or an error that says what in the
// configuration it cannot honour.
func New(config Config) (*Provider, error) {
	config = config.withDefaults()
	if err := config.validate(); err != nil {
		return nil, fmt.Errorf("provider: %w", err)
	}
	p := &Provider{config: config, store: store{byID: map[string]*entry{}}}
	var err error
	if p.cursors, err = newSealer(); err != nil {
		return nil, fmt.Errorf("provider: %w", err)
	}
	for _, t := range config.Types {
		if config.Interop {
			t = interopType(t)
		}
		k, err := newKind(t)
		if err != nil {
			return nil, fmt.Errorf("provider: %w", err)
		}
		if p.kindAt(t.Endpoint[1:]) != nil || p.kindNamed(t.Name) != nil {
			return nil, fmt.Errorf("provider: two resource types have the name %q or the endpoint %q", t.Name, t.Endpoint)
		}
		k.strict = config.Interop
		p.kinds = append(p.kinds, k)
	}
	return p, nil
}

// kindAt finds the kind whose endpoint is this path segment, or nil.
func (p *Provider) kindAt(segment string) *kind {
	for _, k := range p.kinds {
		if k.Endpoint[1:] == segment {
			return k
		}
	}
	return nil
}

// kindNamed finds the kind of the resource type with this name, or nil.
func (p *Provider) kindNamed(name string) *kind {
	for _, k := range p.kinds {
		if k.Name == name {
			return k
		}
	}
	return nil
}

// ServeHTTP answers one request. Every answer with a body is SCIM JSON, also
// those for unknown paths and for failures of the provider itself.
func (p *Provider) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer p.answerPanic(w, r)
	a, err := p.answer(r)
	if err != nil {
		a = failure(asError(err))
	}
	a.write(w)
}

// answerPanic turns a panic into a 500 that tells the client nothing of it.
func (p *Provider) answerPanic(w http.ResponseWriter, r *http.Request) {
	v := recover()
	if v == nil {
		return
	}
	p.config.ErrorLog.Printf("provider: panic while answering %s %s: %v\n%s", r.Method, r.URL.Path, v, debug.Stack())
	failure(scim.Internal("the server failed to process the request")).write(w)
}

// asError makes sure that a client learns only what is meant for it.
func asError(err error) *scim.Error {
	if e, ok := errors.AsType[*scim.Error](err); ok {
		return e
	}
	return scim.Internal("the server failed to process the request")
}

func (p *Provider) answer(r *http.Request) (*answer, error) {
	c, err := newCall(r, p.config.BasePath)
	if err != nil {
		return nil, err
	}
	if p.config.Authorize != nil && !isPublic(c) {
		if refusal := p.config.Authorize(r); refusal != nil {
			return nil, refusal
		}
	}
	if p.mayBeAsync(c) {
		return p.answerLater(c) // whatever the client accepts: the answer has no body (RFC 9967 section 2.5.1.1)
	}
	if err := checkAccept(c.Header); err != nil {
		return nil, err
	}
	return p.route(c)
}

// route finds what the path names.
func (p *Provider) route(c *call) (*answer, error) {
	if len(c.path) == 0 {
		return p.list(c, p.kinds)
	}
	if k := p.kindAt(c.path[0]); k != nil {
		return p.routeKind(c, k)
	}
	switch c.path[0] {
	case ".search":
		if len(c.path) == 1 {
			return p.search(c, p.kinds)
		}
	case "ServiceProviderConfig", "Schemas", "ResourceTypes":
		return p.discover(c)
	case "Bulk":
		return p.bulk(c)
	case "Me":
		return p.me(c)
	case EventsPath[1:]:
		if p.config.Events {
			return p.giveEvents(c)
		}
	}
	return nil, scim.NotFound(c.URL.Path, "")
}

// routeKind finds what the path names below the endpoint of a resource type.
func (p *Provider) routeKind(c *call, k *kind) (*answer, error) {
	switch {
	case len(c.path) == 1 && c.Method == http.MethodPost:
		return p.create(c, k)
	case len(c.path) == 1:
		if err := c.allow(http.MethodGet, http.MethodPost); err != nil {
			return nil, err
		}
		return p.list(c, []*kind{k})
	case len(c.path) == 2 && c.path[1] == ".search":
		return p.search(c, []*kind{k})
	case len(c.path) > 2:
		return nil, scim.NotFound(c.URL.Path, "")
	}
	switch id := c.path[1]; c.Method {
	case http.MethodPut:
		return p.replace(c, k, id)
	case http.MethodPatch:
		return p.patch(c, k, id)
	case http.MethodDelete:
		return p.delete(c, k, id)
	default:
		if err := c.allow(http.MethodGet, http.MethodPut, http.MethodPatch, http.MethodDelete); err != nil {
			return nil, err
		}
		return p.get(c, k, id)
	}
}
