package provider

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// isPublic says whether a request needs no credentials: the configuration tells
// how to get in (RFC 7643 section 5).
func isPublic(c *call) bool {
	return len(c.path) == 1 && c.path[0] == "ServiceProviderConfig" && c.allow(http.MethodGet) == nil
}

// discover answers for the endpoints that describe the provider (RFC 7644
// section 4). They can only be read; sorting and paging are ignored, and a
// filter is refused lest the client take the answer for filtered.
func (p *Provider) discover(c *call) (*answer, error) {
	if len(c.path) > 2 || c.path[0] == "ServiceProviderConfig" && len(c.path) > 1 {
		return nil, scim.NotFound(c.URL.Path, "")
	}
	if err := c.allow(http.MethodGet); err != nil {
		return nil, err
	}
	values, err := c.query()
	if err != nil {
		return nil, err
	}
	if values.Has("filter") {
		return nil, scim.Forbidden("/%s cannot be filtered", c.path[0])
	}
	var all []*scim.Object
	switch c.path[0] {
	case "ServiceProviderConfig":
		return &answer{status: http.StatusOK, body: p.serviceProviderConfig(c.base)}, nil
	case "Schemas":
		all = p.schemas(c.base)
	case "ResourceTypes":
		all = p.resourceTypes(c.base)
	}
	if len(c.path) == 2 {
		return oneOf(all, c.path[0], c.path[1])
	}
	l := scim.List{TotalResults: len(all), StartIndex: 1, ItemsPerPage: len(all), Resources: all}
	return &answer{status: http.StatusOK, body: l.Object()}, nil
}

// oneOf answers with the resource that has the id. URNs compare without regard
// to case (RFC 8141 section 3.1).
func oneOf(all []*scim.Object, endpoint, id string) (*answer, error) {
	for _, o := range all {
		own := o.String("id")
		if own == id || endpoint == "Schemas" && strings.EqualFold(own, id) {
			return &answer{status: http.StatusOK, body: o}, nil
		}
	}
	return nil, scim.NotFound(strings.TrimSuffix(endpoint, "s"), id)
}

// schemas describes every schema in use, extensions and the schemas of the
// discovery endpoints included.
func (p *Provider) schemas(base string) []*scim.Object {
	var all []*scim.Object
	seen := map[string]bool{}
	add := func(s *scim.Schema) {
		if key := strings.ToLower(s.ID); !seen[key] {
			seen[key] = true
			all = append(all, described(s.Object(), "Schema", base+"/Schemas/"+url.PathEscape(s.ID)))
		}
	}
	for _, k := range p.kinds {
		add(k.Schema)
		for _, x := range k.Extensions {
			add(x.Schema)
		}
	}
	add(p.configSchema())
	add(scim.ResourceTypeSchema())
	add(scim.SchemaSchema())
	return all
}

func (p *Provider) resourceTypes(base string) []*scim.Object {
	all := make([]*scim.Object, len(p.kinds))
	for i, k := range p.kinds {
		o := k.Object()
		all[i] = described(o, "ResourceType", base+"/ResourceTypes/"+url.PathEscape(o.String("id")))
	}
	return all
}

func described(o *scim.Object, resourceType, location string) *scim.Object {
	o.Set("meta", scim.NewObject(
		scim.Member{Name: "resourceType", Value: resourceType},
		scim.Member{Name: "location", Value: location},
	))
	return o
}

// serviceProviderConfig announces what the provider does (RFC 7643 section 5).
func (p *Provider) serviceProviderConfig(base string) *scim.Object {
	supported := func(yes bool, limits ...scim.Member) *scim.Object {
		return scim.NewObject(append([]scim.Member{{Name: "supported", Value: yes}}, limits...)...)
	}
	number := func(n int) json.Number { return json.Number(strconv.Itoa(n)) }
	o := scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.ServiceProviderConfigURN}},
		scim.Member{Name: "patch", Value: supported(true)},
		scim.Member{Name: "bulk", Value: supported(!p.config.NoBulk,
			scim.Member{Name: "maxOperations", Value: number(p.config.MaxOperations)},
			scim.Member{Name: "maxPayloadSize", Value: number(int(p.config.MaxPayload))})},
		scim.Member{Name: "filter", Value: supported(true,
			scim.Member{Name: "maxResults", Value: number(p.config.MaxResults)})},
		scim.Member{Name: "changePassword", Value: supported(!p.config.Interop)},
		scim.Member{Name: "sort", Value: supported(true)},
		scim.Member{Name: "etag", Value: supported(true)},
		scim.Member{Name: "pagination", Value: p.pagination()},
		scim.Member{Name: "authenticationSchemes", Value: p.authenticationSchemes()},
	)
	if p.config.Events {
		o.Set("securityEvents", securityEvents())
	}
	if p.config.Interop {
		o.Set(interopConformant, true)
	}
	return described(o, "ServiceProviderConfig", base+"/ServiceProviderConfig")
}

// authenticationSchemes is empty when no authorization is configured.
func (p *Provider) authenticationSchemes() []any {
	if p.config.Authorize == nil {
		return []any{}
	}
	return []any{scim.NewObject(
		scim.Member{Name: "type", Value: "oauthbearertoken"},
		scim.Member{Name: "name", Value: "Bearer token"},
		scim.Member{Name: "description", Value: "A bearer token in the Authorization header"},
		scim.Member{Name: "specUri", Value: "https://www.rfc-editor.org/info/rfc6750"},
		scim.Member{Name: "primary", Value: true},
	)}
}
