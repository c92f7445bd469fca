package auth

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// clientSecret may appear in no error.
const clientSecret = "c4nary-client/s3cret+é"

// granting answers a token request.
type granting func(w http.ResponseWriter, r *http.Request)

func tells(status int, mediaType, body string) granting {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", mediaType)
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

func grants(body string) granting { return tells(200, "application/json", body) }

// served is an authorization server whose metadata name its token endpoint.
func served(t *testing.T, grant granting) (issuer string) {
	t.Helper()
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	mux.HandleFunc("GET /.well-known/oauth-authorization-server", func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(map[string]any{"issuer": server.URL, "token_endpoint": server.URL + "/token"})
	})
	mux.HandleFunc("POST /token", grant)
	return server.URL
}

func opened(t *testing.T, o OAuth, options Options) *Credentials {
	t.Helper()
	if o.ClientID == "" {
		o.ClientID = "client"
	}
	c, err := Open(Way{OAuth: &o}, clientSecret, Trust{}, options)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestATokenEndpointThatIsOfNoUse(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the secret went to another host") }))
	defer elsewhere.Close()
	for name, test := range map[string]struct {
		answers granting
		says    []string
	}{
		"a wrong secret":           {tells(401, "application/json", `{"error":"invalid_client","error_description":"the secret `+clientSecret+` is wrong"}`), []string{"401", "invalid_client", "[hidden]", "client_auth"}},
		"an unknown scope":         {tells(400, "application/json", `{"error":"invalid_scope"}`), []string{"400", "invalid_scope", "check the scope"}},
		"an error with 200":        {grants(`{"error":"unauthorized_client"}`), []string{"unauthorized_client", "client_credentials"}},
		"HTML":                     {tells(200, "text/html", "<title>Sign in</title>"), []string{"200", "text/html", "page for people"}},
		"HTML and 401":             {tells(401, "text/html", "<title>Sign in</title>"), []string{"401", "text/html"}},
		"nothing":                  {tells(200, "application/json", ""), []string{"not with JSON"}},
		"no token":                 {grants(`{"token_type":"Bearer"}`), []string{"without an access_token"}},
		"a life that is no number": {grants(`{"access_token":"t0ken-t0ken","token_type":"Bearer","expires_in":"soon"}`), []string{"expires_in"}},
		"another type of token":    {grants(`{"access_token":"t0ken-t0ken","token_type":"mac"}`), []string{`"mac"`, "bearer tokens alone"}},
		"another scope":            {grants(`{"access_token":"t0ken-t0ken","token_type":"Bearer","scope":"email"}`), []string{`"email"`, `"scim"`}},
		"a token with a line end":  {grants(`{"access_token":"t0ken\r\nX: y","token_type":"Bearer"}`), []string{"control character"}},
		"an error of its own":      {tells(500, "text/plain", "stack trace"), []string{"500", "its own log"}},
		"an empty refusal":         {tells(403, "application/json", "{}"), []string{"403", "without saying why"}},
		"a redirect elsewhere": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL, http.StatusTemporaryRedirect)
		}, []string{"sends the request on to " + elsewhere.URL}},
		"ten megabytes":       {grants(strings.Repeat(" ", 10<<20)), []string{"longer than 1048576 bytes"}},
		"a cut connection":    {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, []string{"EOF"}},
		"a server that hangs": {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, []string{"does not answer in time", "--timeout"}},
	} {
		t.Run(name, func(t *testing.T) {
			issuer := served(t, func(w http.ResponseWriter, r *http.Request) { _ = r.ParseForm(); test.answers(w, r) })
			timeout := 30 * time.Second
			if strings.Contains(name, "hangs") {
				timeout = 50 * time.Millisecond
			}
			for _, clientAuth := range []string{ClientSecretBasic, ClientSecretPost} {
				err := opened(t, OAuth{Issuer: issuer, Scope: "scim", ClientAuth: clientAuth}, Options{Timeout: timeout}).Check(t.Context())
				if err == nil {
					t.Fatal("it was taken")
				}
				for _, says := range append(test.says, "no access token from "+issuer) {
					if !strings.Contains(err.Error(), says) {
						t.Errorf("%v does not say %q", err, says)
					}
				}
				for _, sign := range []string{"s3cret", "t0ken", url.QueryEscape(clientSecret), base64.StdEncoding.EncodeToString([]byte("client:" + url.QueryEscape(clientSecret)))} {
					if strings.Contains(err.Error(), sign) {
						t.Errorf("%v shows %q", err, sign)
					}
				}
			}
		})
	}
}

func TestMetadataThatIsOfNoUse(t *testing.T) {
	var metadata atomic.Pointer[granting]
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	defer server.Close()
	mux.HandleFunc("/.well-known/oauth-authorization-server", func(w http.ResponseWriter, r *http.Request) { (*metadata.Load())(w, r) })
	mux.HandleFunc("/token", func(http.ResponseWriter, *http.Request) { t.Error("a token was asked for") })
	for name, test := range map[string]struct {
		answers granting
		says    string
	}{
		"another issuer":               {grants(`{"issuer":"https://other.example","token_endpoint":"` + server.URL + `/token"}`), `"https://other.example" and not of "` + server.URL},
		"no token endpoint":            {grants(`{"issuer":"` + server.URL + `"}`), "names no token_endpoint"},
		"a token endpoint without TLS": {grants(`{"issuer":"` + server.URL + `","token_endpoint":"http://other.example/token"}`), "https://"},
		"other client authentication":  {grants(`{"issuer":"` + server.URL + `","token_endpoint":"` + server.URL + `/token","token_endpoint_auth_methods_supported":["private_key_jwt"]}`), "takes private_key_jwt at its token endpoint, and not client_secret_basic"},
		"HTML":                         {tells(200, "text/html", "<title>hello</title>"), "no metadata"},
		"none, at either place":        {tells(404, "text/plain", "no"), "shows no metadata (RFC 8414)"},
		"a redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://other.example/", http.StatusFound)
		}, "https://other.example:443"},
		"an error of the server":            {tells(500, "text/plain", "no"), "it answers 500"},
		"ten megabytes":                     {grants(strings.Repeat(" ", 10<<20)), "longer than"},
		"a broken connection in the middle": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			metadata.Store(&test.answers)
			err := opened(t, OAuth{Issuer: server.URL}, Options{}).Check(t.Context())
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %v, want %q", err, test.says)
			}
		})
	}
}

func TestWhereMetadataAre(t *testing.T) {
	for issuer, want := range map[string]string{
		"https://a.example":          "https://a.example/.well-known/oauth-authorization-server https://a.example/.well-known/openid-configuration",
		"https://a.example/":         "https://a.example/.well-known/oauth-authorization-server https://a.example/.well-known/openid-configuration",
		"https://a.example/tenant/1": "https://a.example/.well-known/oauth-authorization-server/tenant/1 https://a.example/tenant/1/.well-known/openid-configuration",
	} {
		if got := strings.Join(metadataOf(issuer), " "); got != want {
			t.Errorf("%s: %s", issuer, got)
		}
	}
}

// scimServer takes the tokens that are good, and counts what it is sent.
type scimServer struct {
	mu      sync.Mutex
	good    map[string]bool
	got     []string
	refuses bool // whatever the token
}

func (s *scimServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	s.got = append(s.got, token)
	if s.refuses || !s.good[token] {
		w.WriteHeader(http.StatusUnauthorized)
	}
}

// run is a client with tokens of a server that numbers them.
type run struct {
	client *wire.Client
	scim   *scimServer
	asked  atomic.Int64
	now    atomic.Int64 // seconds
}

func newRun(t *testing.T, life string) *run {
	t.Helper()
	r := &run{scim: &scimServer{good: map[string]bool{}}}
	issuer := served(t, func(w http.ResponseWriter, _ *http.Request) {
		token := fmt.Sprintf("access-token-%d", r.asked.Add(1))
		r.scim.mu.Lock()
		r.scim.good[token] = true
		r.scim.mu.Unlock()
		grants(`{"access_token":"`+token+`","token_type":"bearer"`+life+`}`)(w, nil)
	})
	target := httptest.NewServer(r.scim)
	t.Cleanup(target.Close)
	c := opened(t, OAuth{Issuer: issuer}, Options{Now: func() time.Time { return time.Unix(r.now.Load(), 0) }})
	r.client = &wire.Client{BaseURL: target.URL, Token: c.Token(), HTTP: &http.Client{Transport: c.Transport(target.URL, transportOf)}}
	return r
}

func (r *run) status(ctx context.Context, t *testing.T, header http.Header) int {
	t.Helper()
	answer, err := r.client.Do(ctx, wire.Request{Method: "POST", Path: []string{"Users"}, Header: header, Body: []byte("{}")})
	if err != nil {
		t.Fatal(err)
	}
	return answer.Status
}

func TestATokenIsRenewedBeforeItExpires(t *testing.T) {
	r := newRun(t, `,"expires_in":300`)
	for _, step := range []struct{ at, token int }{{0, 1}, {269, 1}, {270, 2}, {539, 2}, {541, 3}} {
		r.now.Store(int64(step.at))
		if status := r.status(t.Context(), t, nil); status != 200 || int(r.asked.Load()) != step.token {
			t.Errorf("after %d s: %d with token %d", step.at, status, r.asked.Load())
		}
	}
	if len(r.scim.got) != 5 {
		t.Errorf("the target was asked with %v", r.scim.got)
	}
}

func TestATokenThatWasGoodIsRenewedOnceAfter401(t *testing.T) {
	for _, life := range []string{"", `,"expires_in":3600`, `,"expires_in":null`, `,"expires_in":-5`} {
		r := newRun(t, life)
		_ = r.status(t.Context(), t, nil)
		r.scim.good["access-token-1"] = false
		if status := r.status(t.Context(), t, nil); status != 200 || r.asked.Load() != 2 {
			t.Errorf("%s: %d, %d tokens", life, status, r.asked.Load())
		}
	}
}

// A target that answers 401 at one place is wrong, and its authorization server is not asked
// for a token for every such answer.
func TestA401ThatANewTokenDoesNotMendStays(t *testing.T) {
	r := newRun(t, "")
	if status := r.status(t.Context(), t, nil); status != 200 {
		t.Fatal(status)
	}
	r.scim.refuses = true
	for range 5 {
		if status := r.status(t.Context(), t, nil); status != 401 {
			t.Errorf("%d", status)
		}
	}
	if r.asked.Load() != 2 {
		t.Errorf("%d tokens were asked for", r.asked.Load())
	}
}

func TestATokenThatWasNeverGoodIsNotRenewed(t *testing.T) {
	r := newRun(t, "")
	r.scim.good = map[string]bool{"access-token-1": false}
	target := httptest.NewServer(http.HandlerFunc(tells(401, "text/plain", "")))
	defer target.Close()
	r.client.BaseURL = target.URL
	c := opened(t, OAuth{Issuer: served(t, func(w http.ResponseWriter, q *http.Request) {
		r.asked.Add(1)
		grants(`{"access_token":"first-token"}`)(w, q)
	})}, Options{})
	r.client.Token, r.client.HTTP.Transport = c.Token(), c.Transport(target.URL, transportOf)
	if status := r.status(t.Context(), t, nil); status != 401 || r.asked.Load() != 1 {
		t.Errorf("%d, %d tokens", status, r.asked.Load())
	}
}

// What is wrong on purpose stays wrong, and is no reason for a new token.
func TestAWrongTokenIsSentAsItIs(t *testing.T) {
	r := newRun(t, `,"expires_in":3600`)
	for written, want := range map[string]string{
		"Bearer wrong-token-of-nobody": "wrong-token-of-nobody",
		"Bearer {token cut short}":     "access-token-",
		"Bearer {token}x":              "access-token-1x",
		"Basic {token}":                "Basic access-token-1",
		"":                             "",
	} {
		ctx := wire.WithCredentials(t.Context(), written)
		if status := r.status(ctx, t, http.Header{"Authorization": {"Bearer anything"}}); status != 401 {
			t.Errorf("%q: %d", written, status)
		}
		if got := r.scim.got[len(r.scim.got)-1]; got != want {
			t.Errorf("%q was sent as %q", written, got)
		}
	}
	if status := r.status(t.Context(), t, http.Header{"Authorization": nil}); status != 401 || r.scim.got[len(r.scim.got)-1] != "" {
		t.Errorf("none: %d, %q", status, r.scim.got)
	}
	if r.asked.Load() != 1 {
		t.Errorf("%d tokens were asked for", r.asked.Load())
	}
}

// An authorization server that is ill is left alone for a moment.
func TestAFailureHoldsForAMoment(t *testing.T) {
	var asked, now atomic.Int64
	issuer := served(t, func(w http.ResponseWriter, r *http.Request) { asked.Add(1); tells(500, "text/plain", "")(w, r) })
	c := opened(t, OAuth{Issuer: issuer}, Options{Now: func() time.Time { return time.Unix(now.Load(), 0) }})
	for range 10 {
		if c.Check(t.Context()) == nil {
			t.Fatal("there is a token")
		}
	}
	now.Store(60)
	_ = c.Check(t.Context())
	if asked.Load() != 2 {
		t.Errorf("it was asked %d times", asked.Load())
	}
}

func TestManyRequestsShareOneToken(t *testing.T) {
	r := newRun(t, `,"expires_in":300`)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() { _ = r.status(t.Context(), t, nil) })
	}
	all.Wait()
	if r.asked.Load() != 1 {
		t.Errorf("%d tokens were asked for", r.asked.Load())
	}
}

// The time of the request for which a token is wanted may be over before that of the request for
// the token: the error is about the authorization server all the same, and the next request does
// not wait as long again.
func TestAServerThatHangsIsToldWhoeverLosesPatience(t *testing.T) {
	var asked atomic.Int64
	over := make(chan struct{})
	issuer := served(t, func(http.ResponseWriter, *http.Request) { asked.Add(1); <-over })
	t.Cleanup(func() { close(over) }) // before the server is closed, which waits for its answers
	c := opened(t, OAuth{TokenURL: issuer + "/token"}, Options{})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	for range 2 {
		if err := c.Check(ctx); err == nil || !strings.Contains(err.Error(), "does not answer in time") {
			t.Error(err)
		}
	}
	if asked.Load() != 1 {
		t.Errorf("it was asked %d times", asked.Load())
	}
}

// A client that is interrupted leaves no failure behind.
func TestAnInterruptIsNoFailureOfTheServer(t *testing.T) {
	issuer := served(t, grants(`{"access_token":"t0ken-t0ken"}`))
	c := opened(t, OAuth{Issuer: issuer}, Options{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := c.Check(ctx); err == nil {
		t.Error("a token was asked for")
	}
	if err := c.Check(t.Context()); err != nil {
		t.Error(err)
	}
}
