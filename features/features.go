// Package features holds the requirements of simulate-duo as Gherkin files and
// reads them. A Rule is a requirement and its examples are the checks; there is
// no second list of requirements anywhere.
//
// The tags of a Rule carry the rest: exactly one id
// (@RFC7644-3.3-05, @DUO-CONNECT-01), exactly one level (@SHALL, @OBSERVED) and,
// where nothing can be observed from outside, @unobservable. Capitals in a tag
// are reserved for ids and levels, so that a misspelt one is an error and not
// one tag more.
package features

import (
	"embed"
	"io/fs"
	"strings"
)

// FS holds the requirements on endpoints, one folder per origin: guide for Cisco's
// guide, rfc7643 and its siblings for the standards.
//
//go:embed auth0/*.feature authentik/*.feature keycloak/*.feature onelogin/*.feature ping/*.feature scimgateway/*.feature
//go:embed entra/*.feature gallery/*.feature guide/*.feature interop*/*.feature ipsie*/*.feature oin/*.feature okta/*.feature rfc*/*.feature
var FS embed.FS

// ClientFS holds the requirements on SCIM clients: see Provisioners.
//
//go:embed client/*.feature
var ClientFS embed.FS

// LoadAll loads both sides, the endpoints first. The error is that of Load.
func LoadAll() ([]Requirement, error) {
	endpoints, err := Load(FS)
	if err != nil {
		return nil, err
	}
	clients, err := Load(ClientFS)
	return append(endpoints, clients...), err
}

// FSOf is the file system in which the requirement stands.
func FSOf(q Requirement) fs.FS {
	if strings.HasPrefix(q.File, provisioners.Families[0].Folder+"/") {
		return ClientFS
	}
	return FS
}
