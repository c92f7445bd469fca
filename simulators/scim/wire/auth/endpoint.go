package auth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// maxGrant is how many bytes the answer of an authorization server may have.
const maxGrant = 1 << 20

// Error says why there is no access token. It is about the authorization server, not about
// the target; nothing was sent to that. It holds no secret.
type Error struct {
	URL  string // asked last
	Text string // what happened, and what to do
	Err  error  // the cause, or nil
}

func (e *Error) Error() string { return "no access token from " + e.URL + ": " + e.Text }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// NotSent tells the wire client that the request stayed here.
func (e *Error) NotSent() bool { return true }

// endpoint is an authorization server's token endpoint. It is asked by one after the other.
type endpoint struct {
	oauth    *OAuth
	secret   string
	key      *key // of private_key_jwt
	client   *http.Client
	now      func() time.Time
	tokenURL string        // "" before discovery
	secrets  *wire.Secrets // of the last request: a run of years forgets the tokens before
}

// checkEndpoint refuses an address to which no secret may go.
func checkEndpoint(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" {
		return fmt.Errorf("%q is no address of an authorization server; write it like https://login.example.com", wire.Excerpt(address, 200))
	}
	if u.Scheme == "https" || u.Scheme == "http" && isLoopback(u.Hostname()) {
		return nil
	}
	return fmt.Errorf("%q has to begin with https://: a client's secret goes there", wire.Excerpt(address, 200))
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// grant asks for an access token.
func (e *endpoint) grant(ctx context.Context) (grant, error) {
	e.secrets = &wire.Secrets{}
	e.secrets.Add(e.secret)
	address, err := e.address(ctx)
	if err != nil {
		return grant{}, err
	}
	config, err := e.config(address)
	if err != nil {
		return grant{}, e.problem(address, nil, "%s", err)
	}
	look := &looking{next: e.client.Transport}
	client := *e.client
	client.Transport = look
	token, err := config.Token(context.WithValue(ctx, oauth2.HTTPClient, &client))
	if err != nil {
		return grant{}, e.refused(ctx, address, look, err)
	}
	return e.accept(address, token)
}

// config is the request for a token. An assertion is good for one request.
func (e *endpoint) config(address string) (*clientcredentials.Config, error) {
	o := e.oauth
	c := &clientcredentials.Config{
		ClientID: o.ClientID, TokenURL: address, Scopes: strings.Fields(o.Scope),
		EndpointParams: url.Values{}, AuthStyle: oauth2.AuthStyleInHeader,
	}
	if o.Audience != "" {
		c.EndpointParams.Set("audience", o.Audience)
	}
	if o.Resource != "" {
		c.EndpointParams.Set("resource", o.Resource)
	}
	switch o.authenticates() {
	case ClientSecretBasic:
		c.ClientSecret = e.secret
	case ClientSecretPost:
		c.ClientSecret, c.AuthStyle = e.secret, oauth2.AuthStyleInParams
	case PrivateKeyJWT:
		assertion, err := e.key.assertion(o, address, e.now())
		if err != nil {
			return nil, err
		}
		e.secrets.Add(assertion)
		c.AuthStyle = oauth2.AuthStyleInParams // the id alone, there is no secret
		c.EndpointParams.Set("client_assertion_type", assertionType)
		c.EndpointParams.Set("client_assertion", assertion)
	}
	return c, nil
}

// accept holds what was granted to what was asked for.
func (e *endpoint) accept(address string, token *oauth2.Token) (grant, error) {
	e.secrets.Add(token.AccessToken)
	if !strings.EqualFold(token.Type(), "Bearer") {
		return grant{}, e.problem(address, nil, "its token has the type %q, and this program can show bearer tokens alone (RFC 6750)", token.TokenType)
	}
	for _, r := range token.AccessToken {
		if r <= ' ' || r > '~' {
			return grant{}, e.problem(address, nil, "its token holds a space, a control character or a character outside ASCII, which no bearer token has")
		}
	}
	if given, said := token.Extra("scope").(string); said {
		for asked := range strings.FieldsSeq(e.oauth.Scope) {
			if !slices.Contains(strings.Fields(given), asked) {
				return grant{}, e.problem(address, nil, "it grants the scope %q, and %q was asked for: let the client have that scope at the authorization server, or ask for another one", given, e.oauth.Scope)
			}
		}
	}
	return grant{token: token.AccessToken, life: lifeOf(token)}, nil
}

// lifeOf is expires_in; 0 where the server does not say, or says nonsense.
func lifeOf(token *oauth2.Token) time.Duration {
	var seconds float64
	switch told := token.Extra("expires_in").(type) {
	case float64:
		seconds = told
	case string:
		_ = json.Unmarshal([]byte(told), &seconds)
	}
	if !(seconds > 0) { // NaN, too
		return 0
	}
	return time.Duration(min(seconds, math.MaxInt32)) * time.Second
}

// refused says why there is no token.
func (e *endpoint) refused(ctx context.Context, address string, look *looking, err error) error {
	var refusal *oauth2.RetrieveError
	var timeout net.Error
	switch {
	case look.moved != "":
		return e.problem(address, err, "it sends the request on to %s: a secret goes to the address that was named alone; name the final one", look.moved)
	case look.tooLong:
		return e.problem(address, err, "its answer is longer than %d bytes: is it a token endpoint?", maxGrant)
	case !isInterrupted(ctx) && errors.As(err, &timeout) && timeout.Timeout():
		return e.problem(address, err, "it does not answer in time: check whether it hangs, or allow more time with --timeout")
	case errors.As(err, &refusal) && refusal.ErrorCode != "":
		said := refusal.ErrorCode
		if refusal.ErrorDescription != "" {
			said += " (" + refusal.ErrorDescription + ")"
		}
		return e.problem(address, err, "it answers %d: %s; %s", look.status, said, remedy(refusal.ErrorCode))
	case look.status >= 500:
		return e.problem(address, err, "it answers %d: its own log should say why", look.status)
	case look.status != 0 && !look.isJSON():
		return e.problem(address, err, "it answers %d with %s and not with JSON (RFC 6749 section 5.1): is it a token endpoint, and not a page for people?", look.status, look.mediaType())
	case look.status/100 == 2:
		return e.problem(address, err, "it answers %d without an access_token and an expires_in that can be read (RFC 6749 section 5.1)", look.status)
	case look.status != 0:
		return e.problem(address, err, "it answers %d without saying why (RFC 6749 section 5.2)", look.status)
	}
	return e.problem(address, err, "%s; check its address, the network and --ca-file", unwrapped(err))
}

// remedies are what to do about the errors of RFC 6749 section 5.2, and of RFC 8707.
var remedies = map[string]string{
	"invalid_client":         "check the client's id, its secret or key, and how it authenticates (client_auth)",
	"unauthorized_client":    "let this client use the grant client_credentials",
	"unsupported_grant_type": "the server has to offer the grant client_credentials",
	"invalid_scope":          "check the scope",
	"invalid_target":         "check the resource and the audience",
	"invalid_grant":          "check the key of the assertion, its audience, and the clocks",
}

func remedy(code string) string {
	if r := remedies[code]; r != "" {
		return r
	}
	return "check what the client is allowed at the authorization server"
}

// problem makes the error, without secrets.
func (e *endpoint) problem(address string, cause error, format string, args ...any) *Error {
	text := wire.Excerpt(e.secrets.Hide(fmt.Sprintf(format, args...)), 500)
	if ctxErr := context.Canceled; errors.Is(cause, ctxErr) {
		return &Error{URL: address, Text: text, Err: ctxErr}
	}
	return &Error{URL: address, Text: text} // a cause of the library's may quote the answer
}

// isInterrupted says whether somebody wants no answer any more. That the time of a request is
// over, for which the token was wanted, is what the authorization server has taken.
func isInterrupted(ctx context.Context) bool { return errors.Is(ctx.Err(), context.Canceled) }

// unwrapped is the error without method and URL.
func unwrapped(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		return u.Err
	}
	return err
}

// looking notes what came, and ends an answer that is too long.
type looking struct {
	next    http.RoundTripper
	status  int
	header  http.Header
	body    string // the beginning
	moved   string // the origin to which it redirects; "" if it does not
	tooLong bool
}

// RoundTrip sends the request.
func (l *looking) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := l.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	l.status, l.header = answer.StatusCode, answer.Header
	if l.status >= 300 && l.status < 400 {
		l.moved = "another address"
		if to, err := answer.Location(); err == nil {
			l.moved = wire.Origin(to)
		}
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxGrant+1))
	if err != nil {
		return nil, err
	}
	if l.tooLong = len(body) > maxGrant; l.tooLong {
		return nil, errors.New("the answer is too long")
	}
	l.body = string(body)
	answer.Body = io.NopCloser(strings.NewReader(l.body))
	return answer, nil
}

func (l *looking) isJSON() bool { return json.Valid([]byte(l.body)) }

func (l *looking) mediaType() string {
	if given := l.header.Get("Content-Type"); given != "" {
		return given
	}
	return "no Content-Type"
}
