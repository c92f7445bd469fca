package auth

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Credentials are an opened way in. They are safe for concurrent use.
type Credentials struct {
	Way   Way
	Trust Trust

	standIn string
	form    wire.Form
	tls     *tls.Config
	pair    *tls.Certificate // of the client; nil for none
	source  source

	mu    sync.Mutex
	known []string                     // secrets that an answer may show, the newest last
	found atomic.Pointer[wire.Secrets] // those of them that are looked for
	weak  []string                     // those that stand in answers by chance
}

// source gives the secret that is shown. Two stand: one that never changes, and the tokens of
// an authorization server.
type source interface {
	// current is the secret to show now; an *Error if there is none.
	current(ctx context.Context) (string, error)
	// answered tells of an answer to a request with the secret, refused by a 401. After it,
	// another says whether the request is worth sending once more.
	answered(ctx context.Context, secret string, refused bool) (another bool, err error)
}

// fixed is a secret that never changes.
type fixed string

func (f fixed) current(context.Context) (string, error) { return string(f), nil }

func (fixed) answered(context.Context, string, bool) (bool, error) { return false, nil }

// Options say what tests and commands need.
type Options struct {
	Now     func() time.Time // nil for time.Now
	Timeout time.Duration    // of one request to the authorization server; 0 for 30 s
}

// Open opens the way with its secret: what Way.Secret asks for. It sends nothing; the first
// request does, or Check.
func Open(way Way, secret string, trust Trust, options Options) (*Credentials, error) {
	if err := way.Check(); err != nil {
		return nil, err
	}
	c := &Credentials{Way: way, Trust: trust, standIn: rand.Text(), form: way.Form(), source: fixed(secret)}
	c.form.Insecure = trust.InsecureSkipVerify
	var err error
	if c.tls, err = trust.config(); err != nil {
		return nil, err
	}
	if way.Certificate != nil {
		pair, err := way.Certificate.load()
		if err != nil {
			return nil, err
		}
		c.pair = &pair
	}
	switch {
	case way.OAuth != nil:
		if c.source, err = newTokens(way.OAuth, secret, c.client(options), options); err != nil {
			return nil, err
		}
	case c.form.Scheme == wire.SchemeBearer:
		c.standIn = secret // a request carries it as it is
	case c.form.Scheme == wire.SchemeBasic:
		c.keep(secret, basicValue(way.Basic.Username, secret))
	case c.form.Scheme == wire.SchemeHeader:
		c.keep(secret)
	}
	return c, nil
}

// Token is what stands for the credentials above the transport.
func (c *Credentials) Token() string { return c.standIn }

// Form is how requests show the credentials.
func (c *Credentials) Form() wire.Form { return c.form }

// Check asks for an access token, where the way needs one, so that what is wrong with that is
// known before anything else is sent. The error is an *Error.
func (c *Credentials) Check(ctx context.Context) error {
	_, err := c.source.current(ctx)
	return err
}

// TLS is how connections to the target are made.
func (c *Credentials) TLS() *tls.Config { return c.config(true) }

func (c *Credentials) config(withCertificate bool) *tls.Config {
	config := c.tls.Clone()
	if c.pair != nil && withCertificate {
		config.Certificates = []tls.Certificate{*c.pair}
	}
	return config
}

// plain says whether requests go out as they are.
func (c *Credentials) plain() bool { return c.form == wire.Form{} && c.Way.OAuth == nil }

// Transport shows the credentials to the target at the base URL, and to nobody else. Over
// makes a transport for a kind of connection; it is asked for one without a client
// certificate as well, where that is the credential.
func (c *Credentials) Transport(base string, over func(*tls.Config) http.RoundTripper) http.RoundTripper {
	shown := over(c.config(true))
	if c.plain() {
		return shown
	}
	t := &transport{Credentials: c, shown: shown, bare: shown}
	if u, err := url.Parse(base); err == nil {
		t.origin = wire.Origin(u)
	}
	if c.form.Scheme == wire.SchemeCertificate {
		t.bare = over(c.config(false))
	}
	return t
}

// client speaks to the authorization server.
func (c *Credentials) client(o Options) *http.Client {
	timeout := o.Timeout
	if timeout == 0 {
		timeout = 30 * time.Second
	}
	return &http.Client{
		Timeout:       timeout,
		Transport:     &http.Transport{Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true, TLSClientConfig: c.config(true), DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// manySecrets is how many access tokens are looked for in answers: the newest.
const manySecrets = 4

// keep makes it known what an answer may show.
func (c *Credentials) keep(secrets ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n := len(c.known); n > 0 && c.known[n-1] == secrets[len(secrets)-1] {
		return
	}
	c.known = append(c.known, secrets...)
	c.known = c.known[max(0, len(c.known)-manySecrets):]
	found := &wire.Secrets{}
	c.weak = nil
	for _, s := range c.known {
		if telling(s) {
			found.Add(s)
		} else {
			c.weak = append(c.weak, s)
		}
	}
	c.found.Store(found)
}

// telling says whether a secret that stands in an answer stands there because it was shown. A
// short one, or a word, stands there for other reasons: a server would lose its "admin".
func telling(secret string) bool {
	letters := strings.Trim(strings.ToLower(secret), "abcdefghijklmnopqrstuvwxyz") == ""
	return len(secret) >= 8 && (!letters || len(secret) >= 20)
}

// hide puts the stand-in where a text shows a secret.
func (c *Credentials) hide(text string) string {
	if found := c.found.Load(); found != nil {
		return found.Replace(text, c.standIn)
	}
	return text
}

func (c *Credentials) weakSecrets() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.weak
}
