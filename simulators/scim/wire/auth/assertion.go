package auth

import (
	"cmp"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

const (
	// assertionType is that of a JWT (RFC 7523 section 2.2).
	assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
	assertionLife = 2 * time.Minute
)

// algorithms sign assertions: those of keys of two halves.
var algorithms = []jose.SignatureAlgorithm{jose.RS256, jose.RS384, jose.RS512, jose.PS256, jose.PS384, jose.PS512, jose.ES256, jose.ES384, jose.ES512, jose.EdDSA}

func algorithmNames() []string {
	names := make([]string, len(algorithms))
	for i, a := range algorithms {
		names[i] = string(a)
	}
	return names
}

// key signs assertions.
type key struct{ signer jose.Signer }

// errKey is an error without anything of the key.
var errKey = errors.New("the private key cannot be read: it has to be one key, as PEM (PKCS #8, PKCS #1 or SEC 1, without a password) or as a JWK")

// readKey takes a key as PEM or JWK. No error holds anything of it.
func readKey(o *OAuth, text []byte) (*key, error) {
	jwk, err := parseKey(text)
	if err != nil {
		return nil, err
	}
	algorithm := jose.SignatureAlgorithm(cmp.Or(o.Algorithm, jwk.Algorithm))
	if algorithm == "" {
		algorithm = usual(jwk.Key)
	}
	jwk.KeyID = cmp.Or(o.KeyID, jwk.KeyID)
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: algorithm, Key: jwk}, (&jose.SignerOptions{}).WithType("JWT"))
	if err == nil {
		_, err = signer.Sign([]byte("try")) // a curve that the algorithm does not have shows here alone
	}
	if err != nil {
		return nil, fmt.Errorf("the private key does not go with the algorithm %s: leave algorithm out, or write one for its type", algorithm)
	}
	return &key{signer}, nil
}

func parseKey(text []byte) (jose.JSONWebKey, error) {
	block, _ := pem.Decode(text)
	if block == nil {
		var jwk jose.JSONWebKey
		if jwk.UnmarshalJSON(text) != nil || jwk.IsPublic() || usual(jwk.Key) == "" {
			return jwk, errKey
		}
		return jwk, nil
	}
	if parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes); err == nil && usual(parsed) != "" {
		return jose.JSONWebKey{Key: parsed}, nil
	}
	if parsed, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
		return jose.JSONWebKey{Key: parsed}, nil
	}
	if parsed, err := x509.ParseECPrivateKey(block.Bytes); err == nil {
		return jose.JSONWebKey{Key: parsed}, nil
	}
	return jose.JSONWebKey{}, errKey
}

// usual is the algorithm that every server knows for a type of key; "" for no private key.
func usual(private any) jose.SignatureAlgorithm {
	switch k := private.(type) {
	case *rsa.PrivateKey:
		return jose.RS256
	case ed25519.PrivateKey:
		return jose.EdDSA
	case *ecdsa.PrivateKey:
		return map[int]jose.SignatureAlgorithm{256: jose.ES256, 384: jose.ES384, 521: jose.ES512}[k.Curve.Params().BitSize]
	}
	return ""
}

// assertion is the JWT by which the client authenticates (RFC 7523 section 3).
func (k *key) assertion(o *OAuth, tokenURL string, now time.Time) (string, error) {
	claims := jwt.Claims{
		Issuer: o.ClientID, Subject: o.ClientID, Audience: jwt.Audience{cmp.Or(o.AssertionAud, tokenURL)},
		IssuedAt: jwt.NewNumericDate(now), Expiry: jwt.NewNumericDate(now.Add(assertionLife)), ID: rand.Text(),
	}
	text, err := jwt.Signed(k.signer).Claims(claims).Serialize()
	if err != nil {
		return "", errors.New("the assertion could not be signed")
	}
	return text, nil
}
