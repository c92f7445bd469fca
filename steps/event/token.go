package event

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/go-jose/go-jose/v4"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// token is a security event token (RFC 8417) that could be read.
type token struct {
	where  string // in words
	text   string // as it came: a JWT; "" if only its claims are known
	alg    string // of its signature; "none" without one
	claims *scim.Object
}

// read reads a token: a JWT in its compact form, signed or not, or the claims alone.
func read(t judge.EventToken) (*token, error) {
	text := strings.TrimSpace(t.Text)
	if strings.HasPrefix(text, "{") {
		claims, err := scim.ParseObject([]byte(text))
		if err != nil {
			return nil, fmt.Errorf("its claims are no JSON object: %w", err)
		}
		return &token{where: t.Where, alg: "none", claims: claims}, nil
	}
	parts := strings.Split(text, ".")
	switch {
	case len(parts) == 5:
		return nil, errors.New("it is encrypted, and nobody but its receiver can read it")
	case len(parts) != 3:
		return nil, fmt.Errorf("it is neither a JSON object nor a JWT, which has three parts: it has %d", len(parts))
	}
	header, err := objectIn(parts[0])
	if err != nil {
		return nil, fmt.Errorf("its header is %w", err)
	}
	claims, err := objectIn(parts[1])
	if err != nil {
		return nil, fmt.Errorf("its claims are %w", err)
	}
	alg := header.String("alg")
	switch {
	case alg == "":
		return nil, errors.New("its header has no alg")
	case alg == "none" && parts[2] != "":
		return nil, errors.New("its alg is none, and it has a signature")
	case alg != "none" && parts[2] == "":
		return nil, errors.New("its signature is missing")
	}
	return &token{where: t.Where, text: text, alg: alg, claims: claims}, nil
}

// objectIn is the JSON object in a part of a JWT.
func objectIn(part string) (*scim.Object, error) {
	raw, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(part, "="))
	if err != nil {
		return nil, errors.New("no base64url")
	}
	object, err := scim.ParseObject(raw)
	if err != nil {
		return nil, errors.New("no JSON object") // without a word of it: it may be somebody else's
	}
	return object, nil
}

// algorithms are those of RFC 7518 and 8037 that a public key verifies.
var algorithms = []jose.SignatureAlgorithm{
	jose.RS256, jose.RS384, jose.RS512, jose.PS256, jose.PS384, jose.PS512, jose.ES256, jose.ES384, jose.ES512, jose.EdDSA,
}

// verify holds the signature against the keys of the publisher.
func (t *token) verify(keys []byte) error {
	var set jose.JSONWebKeySet
	if err := json.Unmarshal(keys, &set); err != nil {
		return err
	}
	signed, err := jose.ParseSignedCompact(t.text, algorithms)
	if err != nil {
		return fmt.Errorf("its alg is %s", judge.QuotedOrNone(t.alg))
	}
	candidates := set.Keys
	if kid := signed.Signatures[0].Header.KeyID; kid != "" {
		candidates = set.Key(kid)
	}
	for _, key := range candidates {
		if _, err := signed.Verify(key); err == nil {
			return nil
		}
	}
	return errors.New("it verifies with none of the keys")
}

// events are the URIs of RFC 9967 in the token, with what they say.
func (t *token) events() map[string]*scim.Object {
	found := map[string]*scim.Object{}
	for uri, payload := range t.claims.Object("events").All() {
		if strings.HasPrefix(strings.ToLower(uri), scim.EventPrefix) {
			found[uri], _ = payload.(*scim.Object)
		}
	}
	return found
}

// isSCIM says whether it is about SCIM at all: a stream may carry others' events.
func (t *token) isSCIM() bool { return len(t.events()) > 0 }

// subject is the path of what it is about, with a slash before it; "" if it does not tell.
func (t *token) subject() string {
	uri := t.claims.Object("sub_id").String("uri")
	if uri == "" {
		return ""
	}
	return "/" + strings.TrimPrefix(uri, "/")
}

func (t *token) txn() string { return t.claims.String("txn") }

// ReadKeys reads the public keys of a publisher, a JWK set.
func ReadKeys(name string, data []byte) ([]byte, error) {
	var set jose.JSONWebKeySet
	if err := json.Unmarshal(data, &set); err != nil {
		return nil, fmt.Errorf("%s is no JWK set (RFC 7517): %w", name, err)
	}
	for _, key := range set.Keys {
		if key.Valid() && key.IsPublic() {
			return data, nil
		}
	}
	return nil, fmt.Errorf("%s has no public key", name)
}
