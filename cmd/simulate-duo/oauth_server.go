package main

import (
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/spf13/pflag"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire/auth"
)

// oauthServerFlags put a token endpoint before the simulated Secure Access.
type oauthServerFlags struct {
	on        bool
	life      time.Duration
	scope     string
	publicKey string
}

// oauthClient is the id of its one client.
const oauthClient = "simulate-duo"

func (f *oauthServerFlags) register(flags *pflag.FlagSet) {
	flags.BoolVar(&f.on, "oauth", false, "take access tokens of a token endpoint (OAuth 2.0 client credentials) in place of the bearer token")
	flags.DurationVar(&f.life, "oauth-life", time.Hour, "how long an access token lives: `TIME` of whole seconds")
	flags.StringVar(&f.scope, "oauth-scope", "", "`SCOPE` that the token endpoint grants; default: any")
	flags.StringVar(&f.publicKey, "oauth-public-key", "", "`FILE` with the client's public key, PEM or JWK, for private_key_jwt")
}

// server is the token endpoint; nil without --oauth.
func (f *oauthServerFlags) server(env environment, now func() time.Time) (*provider.TokenServer, error) {
	switch {
	case !f.on && (f.publicKey != "" || f.scope != ""):
		return nil, errors.New("--oauth-scope and --oauth-public-key go with --oauth")
	case !f.on:
		return nil, nil
	case f.life < time.Second || f.life%time.Second != 0:
		return nil, errors.New("--oauth-life has to be whole seconds, one or more, such as 30s")
	}
	s := &provider.TokenServer{ClientID: oauthClient, ClientSecret: env.getenv(auth.ClientSecretVariable), Scope: f.scope, Life: f.life, Now: now}
	if f.publicKey == "" {
		if s.ClientSecret == "" {
			s.ClientSecret = rand.Text()
		}
		return s, nil
	}
	key, err := loadFile(f.publicKey, publicKey)
	if err != nil {
		return nil, fmt.Errorf("--oauth-public-key: %w", err)
	}
	s.Key = key
	return s, nil
}

// tell says on standard output how a client comes to a token. A secret that was given is
// never printed.
func (f *oauthServerFlags) tell(env environment, origin string, s *provider.TokenServer) {
	fmt.Fprintf(env.stdout, "SCIM_OAUTH_ISSUER=%s\nSCIM_OAUTH_CLIENT_ID=%s\n", origin, s.ClientID)
	if s.ClientSecret != "" && env.getenv(auth.ClientSecretVariable) == "" {
		fmt.Fprintf(env.stdout, "%s=%s\n", auth.ClientSecretVariable, s.ClientSecret)
	}
}

// publicKey reads a public key as PEM or JWK.
func publicKey(file string, text []byte) (*jose.JSONWebKey, error) {
	if block, _ := pem.Decode(text); block != nil {
		parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
		if err == nil {
			return &jose.JSONWebKey{Key: parsed}, nil
		}
	}
	var key jose.JSONWebKey
	if key.UnmarshalJSON(text) == nil && key.IsPublic() {
		return &key, nil
	}
	return nil, fmt.Errorf("%s holds no public key: it has to be PEM, with the line -----BEGIN PUBLIC KEY-----, or a JWK", file)
}
