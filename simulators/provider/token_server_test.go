package provider_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
)

const clientSecret = "s3cret+of/the client"

// granting is a token server before a handler that says which Authorization it sees.
type granting struct {
	*provider.TokenServer
	handler http.Handler
	now     time.Time
}

func newGranting(t *testing.T) *granting {
	t.Helper()
	g := &granting{now: time.Unix(1_700_000_000, 0)}
	g.TokenServer = &provider.TokenServer{ClientID: "me", ClientSecret: clientSecret, Scope: "scim read", Life: time.Minute, Now: func() time.Time { return g.now }}
	g.handler = g.Protect(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(r.Header.Get("Authorization")))
	}), "fixed")
	return g
}

// ask sends a token request, with basic credentials where a user is given.
func (g *granting) ask(form url.Values, basic ...string) (status int, token string) {
	r := httptest.NewRequest(http.MethodPost, "https://scim.example"+provider.TokenPath, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if len(basic) > 0 {
		r.SetBasicAuth(url.QueryEscape(basic[0]), url.QueryEscape(basic[1]))
	}
	w := httptest.NewRecorder()
	g.handler.ServeHTTP(w, r)
	var told struct {
		Token string `json:"access_token"`
	}
	_ = json.Unmarshal(w.Body.Bytes(), &told)
	return w.Code, told.Token
}

// seen is the Authorization that the server behind sees.
func (g *granting) seen(authorization string) string {
	r := httptest.NewRequest(http.MethodGet, "https://scim.example/Users", nil)
	r.Header.Set("Authorization", authorization)
	w := httptest.NewRecorder()
	g.handler.ServeHTTP(w, r)
	return w.Body.String()
}

func form(more ...string) url.Values {
	f := url.Values{"grant_type": {"client_credentials"}}
	for i := 0; i < len(more); i += 2 {
		f.Set(more[i], more[i+1])
	}
	return f
}

func TestWhoIsGrantedAToken(t *testing.T) {
	g := newGranting(t)
	for what, test := range map[string]struct {
		form  url.Values
		basic []string
		want  int
	}{
		"a secret in the header":  {form(), []string{"me", clientSecret}, 200},
		"a secret in the form":    {form("client_id", "me", "client_secret", clientSecret), nil, 200},
		"a wrong secret":          {form(), []string{"me", "another"}, 401},
		"another client":          {form("client_id", "you", "client_secret", clientSecret), nil, 401},
		"nobody":                  {form(), nil, 401},
		"another grant":           {form("grant_type", "password"), []string{"me", clientSecret}, 400},
		"a scope":                 {form("scope", "scim"), []string{"me", clientSecret}, 200},
		"a scope that is not its": {form("scope", "scim admin"), []string{"me", clientSecret}, 400},
		"an assertion, no key":    {form("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", "client_assertion", "x"), nil, 401},
	} {
		if status, token := g.ask(test.form, test.basic...); status != test.want || (token != "") != (test.want == 200) {
			t.Errorf("%s: %d, token %q", what, status, token)
		}
	}
}

func TestATokenOpensAsLongAsItLives(t *testing.T) {
	g := newGranting(t)
	_, token := g.ask(form(), "me", clientSecret)
	for authorization, want := range map[string]string{"Bearer " + token: "Bearer fixed", "bearer " + token: "bearer fixed", "Basic " + token: "Basic " + token, "Bearer x": "Bearer x"} {
		if got := g.seen(authorization); got != want {
			t.Errorf("%q is seen as %q", authorization, got)
		}
	}
	if got := g.seen("Bearer fixed"); got == "Bearer fixed" {
		t.Error("the fixed token opens")
	}
	g.now = g.now.Add(time.Minute)
	if got := g.seen("Bearer " + token); got != "Bearer "+token {
		t.Error("an expired token opens")
	}
}

func TestWhichAssertionsAreTaken(t *testing.T) {
	g := newGranting(t)
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	g.Key = &jose.JSONWebKey{Key: private.Public()}
	right := func() jwt.Claims {
		return jwt.Claims{
			Issuer: "me", Subject: "me", Audience: jwt.Audience{"https://scim.example" + provider.TokenPath},
			Expiry: jwt.NewNumericDate(g.now.Add(time.Minute)), ID: rand.Text(),
		}
	}
	send := func(key *ecdsa.PrivateKey, claims jwt.Claims) int {
		signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.ES256, Key: key}, nil)
		if err != nil {
			t.Fatal(err)
		}
		assertion, err := jwt.Signed(signer).Claims(claims).Serialize()
		if err != nil {
			t.Fatal(err)
		}
		status, _ := g.ask(form("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", "client_assertion", assertion))
		return status
	}
	if status := send(private, right()); status != 200 {
		t.Errorf("the right one: %d", status)
	}
	if status := send(other, right()); status != 401 {
		t.Errorf("of another key: %d", status)
	}
	used := right()
	_ = send(private, used)
	for what, wrong := range map[string]func(*jwt.Claims){
		"used before":         func(c *jwt.Claims) { *c = used },
		"of another client":   func(c *jwt.Claims) { c.Issuer = "you" },
		"about another":       func(c *jwt.Claims) { c.Subject = "you" },
		"for another server":  func(c *jwt.Claims) { c.Audience = jwt.Audience{"https://other.example"} },
		"expired":             func(c *jwt.Claims) { c.Expiry = jwt.NewNumericDate(g.now) },
		"good for ever":       func(c *jwt.Claims) { c.Expiry = nil },
		"good for too long":   func(c *jwt.Claims) { c.Expiry = jwt.NewNumericDate(g.now.Add(time.Hour)) },
		"without a name (ID)": func(c *jwt.Claims) { c.ID = "" },
	} {
		claims := right()
		wrong(&claims)
		if status := send(private, claims); status != 401 {
			t.Errorf("%s: %d", what, status)
		}
	}
}
