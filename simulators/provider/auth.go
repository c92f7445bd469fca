package provider

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// realm names the protected space in a challenge (RFC 9110 section 11.5).
const realm = "SCIM"

// BearerAuth returns an Authorize for Config that lets a request with one of
// these bearer tokens pass (RFC 6750 section 2.1) and answers every other with
// 401 and a challenge (RFC 7644 section 2). Without tokens nothing passes, and
// an empty token is none.
func BearerAuth(tokens ...string) func(*http.Request) *scim.Error {
	var digests [][sha256.Size]byte
	for _, token := range tokens {
		if token != "" {
			digests = append(digests, sha256.Sum256([]byte(token)))
		}
	}
	return func(r *http.Request) *scim.Error {
		token, err := BearerToken(r)
		if err != nil {
			return err
		}
		// Digests have one length and are all compared, so that the time taken
		// tells nothing about a token.
		digest, known := sha256.Sum256([]byte(token)), 0
		for i := range digests {
			known |= subtle.ConstantTimeCompare(digest[:], digests[i][:])
		}
		if known == 0 {
			return InvalidToken()
		}
		return nil
	}
}

// BearerToken returns the bearer token of a request, or the 401 for a request
// that has none. The name of the scheme may be in any case (RFC 9110 section 11.1).
func BearerToken(r *http.Request) (string, *scim.Error) {
	values := r.Header.Values("Authorization")
	if len(values) == 0 {
		return "", scim.Unauthorized(realm, "the request has no Authorization header; send \"Authorization: Bearer\" and the token")
	}
	scheme, token, _ := strings.Cut(values[0], " ")
	token = strings.TrimSpace(token)
	if len(values) > 1 || !strings.EqualFold(scheme, "Bearer") || token == "" {
		return "", scim.Unauthorized(realm, "one Authorization header with the scheme Bearer and a token is expected")
	}
	return token, nil
}

// InvalidToken is the 401 for a bearer token that is unknown or no longer
// valid; the challenge says so (RFC 6750 section 3.1).
func InvalidToken() *scim.Error {
	e := scim.Unauthorized(realm, "the bearer token is not valid")
	e.Header.Set("WWW-Authenticate", e.Header.Get("WWW-Authenticate")+`, error="invalid_token"`)
	return e
}
