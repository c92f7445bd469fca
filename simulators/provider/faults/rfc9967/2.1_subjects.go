package rfc9967

import (
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// subjectsFaults violate features/rfc9967/2.1_subjects.feature.
func subjectsFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC9967-2-01", "tokens have two parts", encoded(func(string) string { return "eyJhbGciOiJub25lIn0.e30" })},
		{"RFC9967-2-01", "claims are no JSON", encoded(func(string) string { return "eyJhbGciOiJub25lIn0.PGh0bWw-." })},
		{"RFC9967-2-01", "tokens are not encoded", encoded(func(string) string { return `{"alg":"none"}.{}.` })},

		{"RFC9967-2-02", "there is no issuer", claim("iss", nil)},
		{"RFC9967-2-02", "the time is a text", claim("iat", "2026-11-30T00:00:00Z")},
		{"RFC9967-2-02", "there is no identifier", claim("jti", nil)},

		{"RFC9967-2.1-01", "there is no sub_id", claim("sub_id", nil)},
		{"RFC9967-2.1-01", "sub_id is a text", tokens(func(claims *scim.Object) bool {
			claims.Set("sub_id", claims.Object("sub_id").String("uri"))
			return true
		})},

		{"RFC9967-2.1-02", "sub_id stands in the event as well", payload(scim.EventPatchNotice, func(claims, p *scim.Object) {
			p.Set("sub_id", claims.Object("sub_id"))
		})},
		{"RFC9967-2.1-02", "sub_id stands in the event of a deletion alone", payload(scim.EventDelete, func(claims, p *scim.Object) {
			p.Set("sub_id", claims.Object("sub_id"))
			claims.Delete("sub_id")
		})},

		{"RFC9967-2.1-03", "the user is the sub of the token", tokens(func(claims *scim.Object) bool {
			claims.Set("sub", claims.Object("sub_id").String("uri"))
			return true
		})},

		{"RFC9967-2.1-04", "the format is opaque", subject("format", "opaque")},
		{"RFC9967-2.1-04", "the format is written large", subject("format", "SCIM")},
		{"RFC9967-2.1-04", "there is no format", subject("format", nil)},

		{"RFC9967-2.1-05", "there is no uri", subject("uri", nil)},
		{"RFC9967-2.1-05", "the uri is absolute", subjectURI("https://scim.example.com")},
		{"RFC9967-2.1-05", "the uri has the path of the base URI", subjectURI("/identity/v2/scim")},

		{"RFC9967-2.1-06", "the externalId is that of another resource", subject("externalId", "somebody-else")},
		{"RFC9967-2.1-06", "the id is that of another resource", subject("id", "somebody-else")},

		{"RFC9967-2.2-01", "there is no txn", claim("txn", nil)},
		{"RFC9967-2.2-01", "txn is a number", claim("txn", rewrite.Number(12))},
		{"RFC9967-2.2-01", "txn is empty", claim("txn", "")},

		{"RFC9967-2.2-02", "all changes have one transaction", claim("txn", "1")},
		{"RFC9967-2.2-02", "the changes of a user have one transaction", tokens(func(claims *scim.Object) bool {
			claims.Set("txn", claims.Object("sub_id").String("uri"))
			return true
		})},

		{"RFC9967-2.2-03", "all tokens have one identifier", claim("jti", "1")},

		{"RFC9967-2.2-04", "the version is that before the change", member(scim.EventPutFull, "version", `W/"0"`)},
		{"RFC9967-2.2-04", "the version is a time", member(scim.EventPatchNotice, "version", "2026-11-30T00:00:00Z")},

		{"RFC9967-2.2-05", "attributes are JSON pointers", member(scim.EventPatchNotice, "attributes", []any{"/displayName"})},
		{"RFC9967-2.2-05", "attributes are a text", member(scim.EventPatchNotice, "attributes", "displayName")},
		{"RFC9967-2.2-05", "attributes are objects", member(scim.EventPatchNotice, "attributes", []any{scim.NewObject(scim.Member{Name: "name", Value: "displayName"})})},
	}
}

// subjectURI puts something before the uri of every sub_id.
func subjectURI(before string) rewrite.Wrap {
	return tokens(func(claims *scim.Object) bool {
		s := claims.Object("sub_id")
		s.Set("uri", before+s.String("uri"))
		return true
	})
}
