package provider

import (
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"
)

const (
	// TokenPath is where a TokenServer grants tokens.
	TokenPath = "/oauth/token"
	// MetadataPath is where it describes itself (RFC 8414 section 3).
	MetadataPath = "/.well-known/oauth-authorization-server"

	defaultTokenLife = time.Hour
	maxTokenRequest  = 64 << 10
	manyTokens       = 10_000 // that are remembered; the oldest go first
)

// TokenServer is a small authorization server for one client: it grants access tokens for
// client credentials (RFC 6749 section 4.4) to a client that authenticates by
// client_secret_basic, client_secret_post or private_key_jwt (RFC 7523), and says so in its
// metadata (RFC 8414). Its issuer is the origin under which it is asked. Its fields are set
// before the first request; it is safe for concurrent use.
type TokenServer struct {
	ClientID     string
	ClientSecret string           // "" for none
	Key          *jose.JSONWebKey // the client's public key; nil for none
	Scope        string           // that it grants, names with spaces between them; "" grants what is asked for
	Life         time.Duration    // of a token; default an hour
	Now          func() time.Time // default time.Now
	NewToken     func() string    // default crypto/rand.Text

	mu     sync.Mutex
	ends   map[[sha256.Size]byte]time.Time // of the tokens
	oldest [][sha256.Size]byte
	used   map[string]time.Time // the jti of assertions, with their ends
}

// Protect serves the token endpoint and its metadata, and everything else by next. A request
// with a token that is alive reaches next with the fixed token that next takes; the fixed token
// itself opens nothing any more.
func (s *TokenServer) Protect(next http.Handler, fixed string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+MetadataPath, s.metadata)
	mux.HandleFunc("POST "+TokenPath, s.grant)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == TokenPath || r.URL.Path == MetadataPath {
			mux.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, s.exchanged(r, fixed)) // not by the mux, which would clean paths that are meant
	})
}

// exchanged is the request as the server behind is to see it.
func (s *TokenServer) exchanged(r *http.Request, fixed string) *http.Request {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	token = strings.TrimSpace(token)
	switch {
	case len(r.Header["Authorization"]) == 1 && strings.EqualFold(scheme, "Bearer") && s.isAlive(token):
		token = fixed
	case subtle.ConstantTimeCompare([]byte(token), []byte(fixed)) == 1:
		token = rand.Text()
	default:
		return r
	}
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", scheme+" "+token)
	return r
}

func (s *TokenServer) now() time.Time {
	if s.Now == nil {
		return time.Now()
	}
	return s.Now()
}

func (s *TokenServer) life() time.Duration {
	if s.Life == 0 {
		return defaultTokenLife
	}
	return s.Life
}

// isAlive says whether a token was granted and has not expired.
func (s *TokenServer) isAlive(token string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	end, known := s.ends[sha256.Sum256([]byte(token))]
	return known && s.now().Before(end)
}

// Revoke ends all tokens that were granted.
func (s *TokenServer) Revoke() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ends, s.oldest = nil, nil
}

// issuer is the origin under which the server is asked.
func issuer(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

func (s *TokenServer) metadata(w http.ResponseWriter, r *http.Request) {
	methods := []string{}
	if s.ClientSecret != "" {
		methods = append(methods, "client_secret_basic", "client_secret_post")
	}
	described := map[string]any{
		"issuer": issuer(r), "token_endpoint": issuer(r) + TokenPath, "response_types_supported": []string{},
		"grant_types_supported": []string{"client_credentials"},
	}
	if s.Key != nil {
		methods = append(methods, "private_key_jwt")
		described["token_endpoint_auth_signing_alg_values_supported"] = assertionAlgorithms
	}
	described["token_endpoint_auth_methods_supported"] = methods
	if s.Scope != "" {
		described["scopes_supported"] = strings.Fields(s.Scope)
	}
	tell(w, http.StatusOK, described)
}

// grant answers a token request (RFC 6749 sections 4.4.2 and 5).
func (s *TokenServer) grant(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxTokenRequest)
	if err := r.ParseForm(); err != nil {
		refuse(w, http.StatusBadRequest, "invalid_request", "the body is no form")
		return
	}
	switch {
	case !s.authenticates(r):
		if r.Header.Get("Authorization") != "" {
			w.Header().Set("WWW-Authenticate", `Basic realm="`+realm+`"`)
		}
		refuse(w, http.StatusUnauthorized, "invalid_client", "the client is unknown, or its secret or assertion is wrong")
		return
	case r.PostForm.Get("grant_type") != "client_credentials":
		refuse(w, http.StatusBadRequest, "unsupported_grant_type", "client_credentials is the one grant here")
		return
	}
	scope := r.PostForm.Get("scope")
	for asked := range strings.FieldsSeq(scope) {
		if s.Scope != "" && !slices.Contains(strings.Fields(s.Scope), asked) {
			refuse(w, http.StatusBadRequest, "invalid_scope", "the scopes here are: "+s.Scope)
			return
		}
	}
	answer := map[string]any{"access_token": s.newToken(), "token_type": "Bearer", "expires_in": int(s.life().Seconds())}
	if granted := cmp.Or(scope, s.Scope); granted != "" {
		answer["scope"] = granted
	}
	tell(w, http.StatusOK, answer)
}

func (s *TokenServer) newToken() string {
	token := rand.Text()
	if s.NewToken != nil {
		token = s.NewToken()
	}
	key := sha256.Sum256([]byte(token))
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ends == nil {
		s.ends = map[[sha256.Size]byte]time.Time{}
	}
	s.ends[key] = s.now().Add(s.life())
	if s.oldest = append(s.oldest, key); len(s.oldest) > manyTokens {
		delete(s.ends, s.oldest[0])
		s.oldest = s.oldest[1:]
	}
	return token
}

// authenticates says whether the client shows who it is, in one of the three ways.
func (s *TokenServer) authenticates(r *http.Request) bool {
	id, secret, isBasic := r.BasicAuth()
	form := r.PostForm
	switch {
	case isBasic:
		id, errID := url.QueryUnescape(id)
		secret, errSecret := url.QueryUnescape(secret)
		return errID == nil && errSecret == nil && s.knows(id, secret)
	case form.Get("client_assertion_type") == assertionType:
		return s.Key != nil && s.accepts(form.Get("client_assertion"), form.Get("client_id"), issuer(r))
	}
	return s.knows(form.Get("client_id"), form.Get("client_secret"))
}

// knows compares id and secret in a time that tells nothing.
func (s *TokenServer) knows(id, secret string) bool {
	a, b := sha256.Sum256([]byte(id+"\x00"+secret)), sha256.Sum256([]byte(s.ClientID+"\x00"+s.ClientSecret))
	return s.ClientSecret != "" && subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

// refuse answers an error of RFC 6749 section 5.2.
func refuse(w http.ResponseWriter, status int, code, description string) {
	tell(w, status, map[string]any{"error": code, "error_description": description})
}

func tell(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) //nolint:errchkjson // who has gone away needs no answer
}
