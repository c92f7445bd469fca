package provider

import (
	"slices"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

// assertionType is that of a JWT by which a client authenticates (RFC 7523 section 2.2).
const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

// assertionAlgorithms are those of keys of two halves: no "none", and no secret.
var assertionAlgorithms = []jose.SignatureAlgorithm{jose.RS256, jose.PS256, jose.ES256, jose.ES384, jose.EdDSA}

// longestAssertion is how far in the future an assertion may end.
const longestAssertion = 10 * time.Minute

// accepts says whether the assertion is one of the client, for this server, alive, and new
// (RFC 7523 section 3).
func (s *TokenServer) accepts(assertion, id, issuer string) bool {
	token, err := jwt.ParseSigned(assertion, assertionAlgorithms)
	if err != nil {
		return false
	}
	var claims jwt.Claims
	if token.Claims(s.Key.Public().Key, &claims) != nil {
		return false
	}
	now := s.now()
	forHere := slices.ContainsFunc([]string{issuer, issuer + TokenPath}, claims.Audience.Contains)
	switch {
	case claims.Issuer != s.ClientID, claims.Subject != s.ClientID, id != "" && id != s.ClientID, !forHere:
		return false
	case claims.Expiry == nil, !now.Before(claims.Expiry.Time()), claims.Expiry.Time().Sub(now) > longestAssertion, claims.ID == "":
		return false
	}
	return s.isNew(claims.ID, claims.Expiry.Time())
}

// isNew says whether an assertion comes for the first time, and remembers it until its end.
func (s *TokenServer) isNew(id string, end time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	for used, until := range s.used {
		if !now.Before(until) {
			delete(s.used, used)
		}
	}
	if _, used := s.used[id]; used {
		return false
	}
	if s.used == nil {
		s.used = map[string]time.Time{}
	}
	s.used[id] = end
	return true
}
