package main

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/spf13/pflag"
	"golang.org/x/term"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire/auth"
	"github.com/simulate-duo/simulate-duo/steps"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// wayFlags say how a target is shown who asks, and which servers are trusted. Every command
// that reaches a target has them.
type wayFlags struct {
	targetFile            string
	tokenFile, secretFile string
	basicUser, header     string
	cert, key             string
	oauth                 auth.OAuth
	trust                 auth.Trust
}

func (f *wayFlags) register(flags *pflag.FlagSet) {
	if flags.Lookup("target-config") == nil {
		flags.StringVar(&f.targetFile, "target-config", "", "YAML `FILE` that says how the target is reached and authenticated to: see README")
	}
	flags.StringVar(&f.tokenFile, "token-file", "", "`FILE` with the bearer token; default: $SCIM_TOKEN, or a prompt on a terminal")
	flags.StringVar(&f.secretFile, "secret-file", "", "`FILE` with the password, API key or client secret; default: $SCIM_PASSWORD, $SCIM_API_KEY, $SCIM_CLIENT_SECRET, or a prompt on a terminal")
	flags.StringVar(&f.basicUser, "basic-user", "", "authenticate by HTTP basic as `NAME`")
	flags.StringVar(&f.header, "api-key-header", "", "authenticate by an API key in the header `NAME`")
	flags.StringVar(&f.cert, "client-certificate", "", "PEM `FILE` with a certificate to authenticate with, alone or beside a token")
	flags.StringVar(&f.key, "client-key", "", "PEM `FILE` with the key of --client-certificate")
	o := &f.oauth
	flags.StringVar(&o.ClientID, "oauth-client-id", "", "authenticate by OAuth 2.0 client credentials of the client `ID`")
	flags.StringVar(&o.Issuer, "oauth-issuer", "", "`URL` of the authorization server, whose metadata (RFC 8414) names the token endpoint")
	flags.StringVar(&o.TokenURL, "oauth-token-url", "", "`URL` of the token endpoint, in place of --oauth-issuer")
	flags.StringVar(&o.ClientAuth, "oauth-client-auth", "", "`METHOD` by which the client authenticates: "+strings.Join(auth.ClientAuths, ", ")+"; default: the first, or the last with a key")
	flags.StringVar(&o.PrivateKeyFile, "oauth-private-key", "", "`FILE` with the client's private key, PEM or JWK; default: $SCIM_PRIVATE_KEY")
	flags.StringVar(&o.KeyID, "oauth-key-id", "", "`KID` of the key in the assertion")
	flags.StringVar(&o.Scope, "oauth-scope", "", "`SCOPE` to ask for")
	flags.StringVar(&o.Audience, "oauth-audience", "", "parameter audience of the token request, `TEXT`")
	flags.StringVar(&o.Resource, "oauth-resource", "", "parameter resource of the token request (RFC 8707), `URL`")
	flags.StringVar(&f.trust.CAFile, "ca-file", "", "PEM `FILE` with certificates of authorities to trust besides the system's")
	flags.BoolVar(&f.trust.InsecureSkipVerify, "insecure-skip-verify", false, "trust any certificate of the target: anybody may be in between, and every report says so")
}

// given says whether a flag names credentials.
func (f *wayFlags) given() bool {
	return f.tokenFile+f.secretFile+f.basicUser+f.header+f.cert+f.key != "" || f.oauth != (auth.OAuth{})
}

// inputs are the files that the flags name.
func (f *wayFlags) inputs() []string {
	return []string{f.targetFile, f.tokenFile, f.secretFile, f.cert, f.key, f.oauth.PrivateKeyFile, f.trust.CAFile}
}

// fit is the target file; an empty one if there is none.
func (f *wayFlags) fit() (*steps.Fit, error) {
	if f.targetFile == "" {
		return &steps.Fit{}, nil
	}
	fit, err := loadFile(f.targetFile, steps.LoadFit)
	if err != nil {
		return nil, fmt.Errorf("--target-config: %w", err)
	}
	return fit, nil
}

// lay lays what the flags say on what the target file says: another way in takes the place of
// the file's.
func (f *wayFlags) lay(way auth.Way, trust auth.Trust) (auth.Way, auth.Trust, error) {
	cert := way.Certificate
	if f.basicUser != "" || f.header != "" || f.oauth != (auth.OAuth{}) || f.tokenFile != "" {
		way = auth.Way{}
		if f.basicUser != "" {
			way.Basic = &auth.Basic{Username: f.basicUser}
		}
		if f.header != "" {
			way.Header = &auth.Header{Name: f.header}
		}
		if f.oauth != (auth.OAuth{}) {
			o := f.oauth
			way.OAuth = &o
		}
		if f.tokenFile != "" {
			way.Bearer = &auth.Bearer{TokenFile: f.tokenFile}
		}
		way.Certificate = cert
	}
	if f.cert+f.key != "" {
		way.Certificate = &auth.Certificate{CertFile: f.cert, KeyFile: f.key}
	}
	trust.CAFile = cmp.Or(f.trust.CAFile, trust.CAFile)
	trust.InsecureSkipVerify = trust.InsecureSkipVerify || f.trust.InsecureSkipVerify
	return way, trust, errors.Join(way.Check(), f.laySecret(&way))
}

// laySecret gives --secret-file to the way that it is for.
func (f *wayFlags) laySecret(way *auth.Way) error {
	switch {
	case f.secretFile == "":
	case way.Basic != nil:
		way.Basic.PasswordFile = f.secretFile
	case way.Header != nil:
		way.Header.ValueFile = f.secretFile
	case way.OAuth != nil && way.Secret().Variable == auth.ClientSecretVariable:
		way.OAuth.ClientSecretFile = f.secretFile
	case way.OAuth != nil:
		return errors.New("--secret-file holds a client secret; the key of private_key_jwt is given by --oauth-private-key")
	default:
		return errors.New("--secret-file is for --basic-user, --api-key-header or --oauth-client-id; a bearer token is given by --token-file")
	}
	return nil
}

// wayOptions are what opening a way depends on beside the flags.
type wayOptions struct {
	timeout time.Duration // of a request to an authorization server
	secret  string        // that a bootstrap command has told; "" to look for it
	check   bool          // ask for an access token at once, if the way needs one
}

// open reads the secret of the way in and opens it.
func (f *wayFlags) open(ctx context.Context, env environment, way auth.Way, trust auth.Trust, o wayOptions) (*auth.Credentials, error) {
	way, trust, err := f.lay(way, trust)
	if err != nil {
		return nil, err
	}
	secret := o.secret
	if s := way.Secret(); secret == "" || s.File != "" {
		if secret, err = s.Read(env.getenv, env.prompt()); err != nil {
			return nil, err
		}
	}
	c, err := auth.Open(way, secret, trust, auth.Options{Timeout: o.timeout})
	if err == nil && o.check {
		err = c.Check(ctx)
	}
	return c, err
}

// client is a client of the target, for a command that needs no transport of its own.
func (f *wayFlags) client(ctx context.Context, env environment, target string, timeout time.Duration) (*wire.Client, error) {
	c, err := f.enter(ctx, env, timeout)
	if err != nil {
		return nil, err
	}
	transport := c.Transport(target, func(config *tls.Config) http.RoundTripper { return plainTransport(config) })
	return &wire.Client{BaseURL: target, Token: c.Token(), HTTP: &http.Client{Timeout: timeout, Transport: transport}}, nil
}

// enter opens the way that flags and target file describe.
func (f *wayFlags) enter(ctx context.Context, env environment, timeout time.Duration) (*auth.Credentials, error) {
	fit, err := f.fit()
	if err != nil {
		return nil, err
	}
	return f.open(ctx, env, fit.Auth, fit.Trust, wayOptions{timeout: timeout, check: true})
}

// plainTransport is the standard library's with another configuration of TLS. It honours
// HTTPS_PROXY.
func plainTransport(config *tls.Config) *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone() //nolint:forcetypeassert // the standard library says so
	t.TLSClientConfig = config
	return t
}

// prompt asks a person at a terminal; nil if there is none.
func (env environment) prompt() func(what string) (string, error) {
	if in, ok := env.stdin.(*os.File); ok && term.IsTerminal(int(in.Fd())) {
		return safety.TerminalPrompt(in, env.stderr)
	}
	return nil
}
