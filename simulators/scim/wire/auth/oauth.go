package auth

import (
	"context"
	"net/http"
	"sync"
	"time"
)

const (
	// A token is renewed this long before it expires, or at the end of its life if that is short.
	renewBefore  = 30 * time.Second
	lifePart     = 5 // the last fifth of a short life
	failurePause = 5 * time.Second
	// After a new token that was refused like the one before, a 401 is the target's own
	// opinion: for this time it is not answered by a new token again.
	fruitlessPause = time.Minute
)

// tokens are the access tokens of an authorization server, one after the other.
type tokens struct {
	fetch func(context.Context) (grant, error)
	now   func() time.Time

	mu        sync.Mutex
	have      grant
	due       time.Time // when to renew; zero for not before a 401
	accepted  bool      // the target has served the token
	renewed   bool      // it was fetched because of a 401
	fruitless time.Time // when a token that was fetched so was refused
	failure   error     // of the last fetch; nil after a good one
	failed    time.Time
}

// grant is what a token endpoint grants.
type grant struct {
	token string
	life  time.Duration // 0 if the server does not say
}

func newTokens(o *OAuth, secret string, client *http.Client, options Options) (*tokens, error) {
	e := &endpoint{oauth: o, secret: secret, client: client, now: options.Now}
	if e.now == nil {
		e.now = time.Now
	}
	if o.authenticates() == PrivateKeyJWT {
		var err error
		if e.key, err = readKey(o, []byte(secret)); err != nil {
			return nil, err
		}
	}
	return &tokens{fetch: e.grant, now: e.now}, nil
}

// current is the token to show now: a new one where the last is about to expire.
func (t *tokens) current(ctx context.Context) (string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.have.token != "" && (t.due.IsZero() || t.now().Before(t.due)) {
		return t.have.token, nil
	}
	t.renewed = false
	return t.have.token, t.renew(ctx)
}

// answered renews a token that was good and is refused now.
func (t *tokens) answered(ctx context.Context, token string, refused bool) (another bool, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case token != t.have.token:
		return refused, nil // somebody else has renewed it meanwhile
	case !refused:
		t.accepted = true
		return false, nil
	case t.renewed && !t.accepted:
		t.fruitless = t.now()
		return false, nil
	case !t.accepted, !t.fruitless.IsZero() && t.now().Sub(t.fruitless) < fruitlessPause:
		return false, nil
	}
	t.renewed = true
	return true, t.renew(ctx)
}

// renew fetches a token. A failure holds for a moment, so that a run with many requests does
// not beat upon an authorization server that is ill.
func (t *tokens) renew(ctx context.Context) error {
	if t.failure != nil && t.now().Sub(t.failed) < failurePause {
		return t.failure
	}
	got, err := t.fetch(ctx)
	if err != nil {
		if !isInterrupted(ctx) {
			t.failure, t.failed = err, t.now()
		}
		return err
	}
	t.have, t.accepted, t.failure, t.due = got, false, nil, time.Time{}
	if got.life > 0 {
		t.due = t.now().Add(got.life - min(renewBefore, got.life/lifePart))
	}
	return nil
}

// Granted is what the authorization server has granted last.
type Granted struct {
	ByAssertion bool          // for a signed assertion (RFC 7523), and not for a secret
	Life        time.Duration // of the access token, as expires_in says; 0 where it does not say
}

// Granted tells of the access token that is in use; false where there is none, or not yet.
func (c *Credentials) Granted() (Granted, bool) {
	t, ok := c.source.(*tokens)
	if !ok {
		return Granted{}, false
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return Granted{c.Way.OAuth.authenticates() == PrivateKeyJWT, t.have.life}, t.have.token != ""
}
