package rewrite

import (
	"encoding/base64"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Claims are those of a security event token (RFC 8417), whoever signed it; none of what is none.
func Claims(token string) *scim.Object {
	parts := strings.Split(token, ".")
	raw, _ := base64.RawURLEncoding.DecodeString(parts[min(1, len(parts)-1)])
	claims, err := scim.ParseObject(raw)
	if err != nil {
		return scim.NewObject()
	}
	return claims
}

// Unsecured is a token with these claims and without a signature (RFC 7519 section 6).
func Unsecured(claims *scim.Object) string {
	raw, _ := scim.Marshal(claims)
	encode := base64.RawURLEncoding.EncodeToString
	return encode([]byte(`{"alg":"none"}`)) + "." + encode(raw) + "."
}
