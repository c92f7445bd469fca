// Package auth opens the way in to a SCIM endpoint: it turns a description (a bearer token,
// OAuth 2.0 client credentials, HTTP basic, a header of any name, a client certificate) and
// a secret into a transport that shows them.
//
// Everything above that transport speaks of one bearer token, the stand-in: a random text
// that is good for nothing. The transport puts the real credentials in its place, at the
// target's own origin alone, and puts the stand-in back where an answer shows them. So no
// recorder, report, log or error above it can hold a secret.
package auth

import (
	"errors"
	"fmt"
	"net/textproto"
	"regexp"
	"slices"
	"strings"
)

// Way describes how a client shows a target who it is. It holds no secret. At most one of
// Basic, Header and OAuth is set; without them it is a bearer token, or with Certificate the
// certificate alone, unless Bearer asks for both.
type Way struct {
	Basic       *Basic       `yaml:"basic"`
	Header      *Header      `yaml:"header"`
	OAuth       *OAuth       `yaml:"oauth"`
	Bearer      *Bearer      `yaml:"bearer"`
	Certificate *Certificate `yaml:"certificate"`
}

// Bearer is a token that does not change (RFC 6750).
type Bearer struct {
	TokenFile string `yaml:"token_file"`
}

// Basic is a user with a password (RFC 7617).
type Basic struct {
	Username     string `yaml:"username"`
	PasswordFile string `yaml:"password_file"`
}

// Header is a header field whose value is the secret, as API keys are sent.
type Header struct {
	Name      string `yaml:"name"`
	ValueFile string `yaml:"value_file"`
}

// Certificate is that of the client, for mutual TLS; both are PEM files.
type Certificate struct {
	CertFile string `yaml:"cert_file"`
	KeyFile  string `yaml:"key_file"`
}

// The ways in which an OAuth client authenticates at the token endpoint (RFC 7591 section 2).
const (
	ClientSecretBasic = "client_secret_basic"
	ClientSecretPost  = "client_secret_post"
	PrivateKeyJWT     = "private_key_jwt" // RFC 7523
)

// ClientAuths are all of them.
var ClientAuths = []string{ClientSecretBasic, ClientSecretPost, PrivateKeyJWT}

// OAuth is the client credentials grant (RFC 6749 section 4.4). Issuer or TokenURL is set;
// the metadata of an issuer tells the token endpoint (RFC 8414).
type OAuth struct {
	Issuer   string `yaml:"issuer"`
	TokenURL string `yaml:"token_url"`
	ClientID string `yaml:"client_id"`

	ClientAuth       string `yaml:"client_auth"` // "" means ClientSecretBasic, or PrivateKeyJWT with a PrivateKeyFile
	ClientSecretFile string `yaml:"client_secret_file"`
	PrivateKeyFile   string `yaml:"private_key_file"` // PEM or JWK
	KeyID            string `yaml:"key_id"`           // the header kid of the assertion; "" for that of the JWK, or none
	Algorithm        string `yaml:"algorithm"`        // of its signature; "" for the usual one of the key's type
	AssertionAud     string `yaml:"assertion_audience"`

	Scope    string `yaml:"scope"`    // names with spaces between them
	Audience string `yaml:"audience"` // a parameter that many servers know, though no RFC has it
	Resource string `yaml:"resource"` // RFC 8707
}

// authenticates is the client authentication that is used.
func (o *OAuth) authenticates() string {
	switch {
	case o.ClientAuth != "":
		return o.ClientAuth
	case o.PrivateKeyFile != "":
		return PrivateKeyJWT
	}
	return ClientSecretBasic
}

// fieldName is a name of a header field (RFC 9110 section 5.6.2).
var fieldName = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")

// notCredentials are fields that HTTP or the checks themselves use.
var notCredentials = []string{"Accept", "Content-Type", "Content-Length", "Host", "User-Agent", "Connection", "Transfer-Encoding", "If-Match", "If-None-Match", "Cookie"}

// Check says what is wrong with the description, and what to do.
func (w Way) Check() error {
	set := 0
	for _, is := range []bool{w.Basic != nil, w.Header != nil, w.OAuth != nil, w.Bearer != nil} {
		if is {
			set++
		}
	}
	if set > 1 {
		return errors.New("give one of bearer, basic, header and oauth: a request shows one kind of credentials, beside a certificate")
	}
	if c := w.Certificate; c != nil && (c.CertFile == "" || c.KeyFile == "") {
		return errors.New("certificate: give both files, the certificate and its key (cert_file and key_file, or --client-certificate and --client-key)")
	}
	switch {
	case w.Basic != nil:
		return w.Basic.check()
	case w.Header != nil:
		return w.Header.check()
	case w.OAuth != nil:
		return w.OAuth.check()
	}
	return nil
}

func (b *Basic) check() error {
	if b.Username == "" || strings.ContainsFunc(b.Username, func(r rune) bool { return r == ':' || r < ' ' || r == 0x7f }) {
		return fmt.Errorf("basic: %q is no user name: it cannot be empty, and has no colon and no control character (RFC 7617)", b.Username)
	}
	return nil
}

func (h *Header) check() error {
	switch {
	case !fieldName.MatchString(h.Name):
		return fmt.Errorf("header: %q is no name of a header field; write it like X-API-Key", h.Name)
	case slices.Contains(notCredentials, textproto.CanonicalMIMEHeaderKey(h.Name)):
		return fmt.Errorf("header: %s carries no credentials; name the field that your server reads the key from, such as X-API-Key", h.Name)
	}
	return nil
}

func (o *OAuth) check() error {
	switch {
	case o.ClientID == "":
		return errors.New("oauth: client_id is missing: the authorization server gave it to you with the client's secret or key")
	case (o.Issuer == "") == (o.TokenURL == ""):
		return errors.New("oauth: give issuer, whose metadata tells the token endpoint, or token_url: one of the two")
	case !slices.Contains(ClientAuths, o.authenticates()):
		return fmt.Errorf("oauth: client_auth %q is not known; write %s, %s or %s", o.ClientAuth, ClientSecretBasic, ClientSecretPost, PrivateKeyJWT)
	case o.authenticates() == PrivateKeyJWT && o.ClientSecretFile != "":
		return errors.New("oauth: a client secret does not go with private_key_jwt; give private_key_file alone")
	case o.authenticates() != PrivateKeyJWT && o.PrivateKeyFile != "":
		return fmt.Errorf("oauth: a private key does not go with %s; write private_key_jwt, or leave private_key_file out", o.ClientAuth)
	case o.Algorithm != "" && !slices.Contains(algorithmNames(), o.Algorithm):
		return fmt.Errorf("oauth: algorithm %q is not known; write one of %s", o.Algorithm, strings.Join(algorithmNames(), ", "))
	}
	for name, address := range map[string]string{"issuer": o.Issuer, "token_url": o.TokenURL} {
		if address == "" {
			continue
		}
		if err := checkEndpoint(address); err != nil {
			return fmt.Errorf("oauth: %s: %w", name, err)
		}
	}
	return nil
}

// Files are the files that the description names, to be changed.
func (w Way) Files() []*string {
	var all []*string
	if w.Bearer != nil {
		all = append(all, &w.Bearer.TokenFile)
	}
	if w.Basic != nil {
		all = append(all, &w.Basic.PasswordFile)
	}
	if w.Header != nil {
		all = append(all, &w.Header.ValueFile)
	}
	if w.OAuth != nil {
		all = append(all, &w.OAuth.ClientSecretFile, &w.OAuth.PrivateKeyFile)
	}
	if w.Certificate != nil {
		all = append(all, &w.Certificate.CertFile, &w.Certificate.KeyFile)
	}
	return all
}
