package secureaccess

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// IdP is an identity provider, by the name that the dashboard shows as the
// source of users and groups.
type IdP string //nolint:revive // Cisco spells it so

// The identity providers that "Integrate Directory" offers.
const (
	Duo     IdP = "Duo" // label observed in Cisco guide 225885
	EntraID IdP = "Microsoft Entra ID"
	Okta    IdP = "Okta"
	Other   IdP = "Other"
)

// MaxDirectories is how many directories of cloud identity providers an
// organization can integrate (Cisco Secure Access help, topic 122271).
const MaxDirectories = 10

// Directory is an integrated directory: a tenant of its own with users, groups
// and at most one valid token.
type Directory struct {
	server   *Server
	name     string
	idp      IdP
	provider *provider.Provider // guarded by server.mu
	token    *digest            // of the valid token, or nil; guarded by server.mu
	requests window
}

// IntegrateDirectory does what the dashboard's "Integrate Directory" with the
// provision method "Identity Provider" does. The name must not be empty nor, in
// any case, that of another directory; several directories of one identity
// provider are allowed (Cisco Secure Access help, topic 122271).
func (s *Server) IntegrateDirectory(name string, idp IdP) (*Directory, error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return nil, errors.New("integrate directory: the directory needs a name")
	}
	if idp != Duo && idp != EntraID && idp != Okta && idp != Other {
		return nil, fmt.Errorf("integrate directory: unknown identity provider %q: use %s, %s, %s or %s", idp, Duo, EntraID, Okta, Other)
	}
	d := &Directory{server: s, name: name, idp: idp}
	var err error
	if d.provider, err = s.newProvider(d.authorize, s.newID); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.directories) >= MaxDirectories {
		return nil, fmt.Errorf("integrate directory: there are %d directories already, which is the maximum", MaxDirectories)
	}
	for _, other := range s.directories {
		if strings.EqualFold(other.name, name) {
			return nil, fmt.Errorf("integrate directory: there is a directory %q already: choose another name", other.name)
		}
	}
	s.directories = append(s.directories, d)
	return d, nil
}

// Name is the directory's name, the column "Directory" of the dashboard.
func (d *Directory) Name() string { return d.name }

// IdP is the directory's identity provider, the column "Source" of the dashboard.
func (d *Directory) IdP() IdP { return d.idp } //nolint:revive // Cisco spells it so

// GenerateToken does what the dashboard's "Generate token" does: it returns a
// new token, which is shown this once, since the server keeps only its digest.
// A token generated before is no longer valid. The error says that the
// configured source gave an empty token or one that is in use.
func (d *Directory) GenerateToken() (string, error) {
	token := d.server.config.NewToken()
	if strings.TrimSpace(token) == "" {
		return "", errors.New("generate token: the token is empty")
	}
	key := digestOf(token)
	d.server.mu.Lock()
	defer d.server.mu.Unlock()
	if d.server.byToken[key] != nil {
		return "", errors.New("generate token: the token is in use already: generate another")
	}
	if d.token != nil {
		delete(d.server.byToken, *d.token)
	}
	d.token = &key
	d.server.byToken[key] = d
	return token, nil
}

// authorize lets a request with the directory's token pass, within the limit of
// requests. The server has chosen the directory by that token; it may have been
// replaced since.
func (d *Directory) authorize(r *http.Request) *scim.Error {
	token, err := provider.BearerToken(r)
	if err != nil {
		return err
	}
	if !d.has(digestOf(token)) {
		return provider.InvalidToken()
	}
	return d.requests.admit(d.server.config)
}

// has says whether the token with this digest is valid.
func (d *Directory) has(token digest) bool {
	d.server.mu.RLock()
	defer d.server.mu.RUnlock()
	return d.token != nil && *d.token == token
}
