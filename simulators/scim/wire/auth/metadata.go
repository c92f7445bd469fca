package auth

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// metadata is what RFC 8414 section 2 has about a token endpoint.
type metadata struct {
	Issuer        string   `json:"issuer"`
	TokenEndpoint string   `json:"token_endpoint"`
	Methods       []string `json:"token_endpoint_auth_methods_supported"`
}

// address is the token endpoint; that of an issuer is looked up once.
func (e *endpoint) address(ctx context.Context) (string, error) {
	if e.oauth.TokenURL != "" {
		return e.oauth.TokenURL, nil
	}
	if e.tokenURL != "" {
		return e.tokenURL, nil
	}
	found, err := e.discover(ctx)
	e.tokenURL = found
	return found, err
}

// discover reads the metadata of the issuer: where RFC 8414 section 3.1 has it, or else where
// OpenID Connect has it (section 5 there).
func (e *endpoint) discover(ctx context.Context) (string, error) {
	places := metadataOf(e.oauth.Issuer)
	for i, place := range places {
		look := &looking{next: e.client.Transport}
		err := e.get(ctx, place, look)
		last := i == len(places)-1
		switch {
		case err == nil && look.status == http.StatusOK:
			return e.read(place, look)
		case err == nil && look.status/100 == 4 && !last:
			continue
		case err == nil && look.moved == "":
			return "", e.problem(place, nil, "it answers %d: the issuer %s shows no metadata (RFC 8414); name its token endpoint with token_url", look.status, e.oauth.Issuer)
		case err == nil:
			return "", e.problem(place, nil, "it sends the request on to %s: name the issuer as its metadata does", look.moved)
		}
		return "", e.refused(ctx, place, look, err)
	}
	return "", nil // there are two places
}

// metadataOf are the places of an issuer's metadata.
func metadataOf(issuer string) []string {
	u, err := url.Parse(issuer)
	if err != nil {
		return nil
	}
	path := strings.TrimRight(u.Path, "/")
	origin := u.Scheme + "://" + u.Host
	return []string{origin + "/.well-known/oauth-authorization-server" + path, origin + path + "/.well-known/openid-configuration"}
}

func (e *endpoint) get(ctx context.Context, place string, look *looking) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, place, nil)
	if err != nil {
		return err
	}
	req.Header.Set("Accept", "application/json")
	client := *e.client
	client.Transport = look
	answer, err := client.Do(req)
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

// read takes the token endpoint of the metadata. Another issuer's are refused (RFC 8414
// section 3.3): somebody may stand in between.
func (e *endpoint) read(place string, look *looking) (string, error) {
	var m metadata
	if err := json.Unmarshal([]byte(look.body), &m); err != nil {
		return "", e.problem(place, nil, "it answers 200 with %s and no metadata (RFC 8414 section 3.2); name the token endpoint with token_url", look.mediaType())
	}
	switch {
	case m.Issuer != e.oauth.Issuer:
		return "", e.problem(place, nil, "the metadata is that of the issuer %q and not of %q (RFC 8414 section 3.3): write the issuer as it calls itself, to the letter", m.Issuer, e.oauth.Issuer)
	case m.TokenEndpoint == "":
		return "", e.problem(place, nil, "the metadata names no token_endpoint; name it with token_url")
	case len(m.Methods) > 0 && !slices.Contains(m.Methods, e.oauth.authenticates()):
		return "", e.problem(place, nil, "the server takes %s at its token endpoint, and not %s: choose one of them (client_auth)", strings.Join(m.Methods, ", "), e.oauth.authenticates())
	}
	if err := checkEndpoint(m.TokenEndpoint); err != nil {
		return "", e.problem(place, nil, "its token_endpoint: %s", err)
	}
	return m.TokenEndpoint, nil
}
