package auth

import (
	"cmp"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// The environment variables in which an OAuth client's secret or key is given.
const (
	ClientSecretVariable = "SCIM_CLIENT_SECRET"
	PrivateKeyVariable   = "SCIM_PRIVATE_KEY"
)

// Secret says which secret a way needs, and where it is looked for.
type Secret struct {
	Name     string // as in "the password of ada"
	Variable string // environment variable; "" for a way that needs no secret
	File     string // named by the description; "" for none
	Flag     string // that names a file
	Key      bool   // it is a key: several lines
}

// SecretFlag names a file with a secret on the command line.
const SecretFlag = "--secret-file"

// Secret is the secret that the way needs.
func (w Way) Secret() Secret {
	switch {
	case w.Basic != nil:
		return Secret{Name: "password", Variable: wire.PasswordVariable, File: w.Basic.PasswordFile, Flag: SecretFlag}
	case w.Header != nil:
		return Secret{Name: "API key", Variable: wire.APIKeyVariable, File: w.Header.ValueFile, Flag: SecretFlag}
	case w.OAuth != nil && w.OAuth.authenticates() == PrivateKeyJWT:
		return Secret{Name: "private key", Variable: PrivateKeyVariable, File: w.OAuth.PrivateKeyFile, Flag: "--oauth-private-key", Key: true}
	case w.OAuth != nil:
		return Secret{Name: "client secret", Variable: ClientSecretVariable, File: w.OAuth.ClientSecretFile, Flag: SecretFlag}
	case w.Certificate != nil && w.Bearer == nil:
		return Secret{}
	}
	file := ""
	if w.Bearer != nil {
		file = w.Bearer.TokenFile
	}
	return Secret{Name: "token", Variable: wire.TokenVariable, File: file, Flag: "--token-file"}
}

// Form is how the requests of this way show their credentials.
func (w Way) Form() wire.Form {
	f := wire.Form{Certificate: w.Certificate != nil}
	switch {
	case w.Basic != nil:
		f.Scheme, f.User = wire.SchemeBasic, w.Basic.Username
	case w.Header != nil:
		f.Scheme, f.Header = wire.SchemeHeader, w.Header.Name
	case w.OAuth == nil && w.Bearer == nil && w.Certificate != nil:
		f.Scheme = wire.SchemeCertificate
	}
	return f
}

// Words say in a phrase how the way goes: "OAuth 2.0 client credentials of …".
func (w Way) Words() string {
	with := ""
	if w.Certificate != nil {
		with = " and a client certificate"
	}
	switch {
	case w.OAuth != nil:
		return "OAuth 2.0 client credentials of " + w.OAuth.ClientID + " (" + w.OAuth.authenticates() + ") at " + cmp.Or(w.OAuth.Issuer, w.OAuth.TokenURL) + with
	case w.Basic != nil:
		return "HTTP basic as " + w.Basic.Username + with
	case w.Header != nil:
		return "the header " + w.Header.Name + with
	case w.Certificate != nil && w.Bearer == nil:
		return "a client certificate"
	}
	return "a bearer token" + with
}
