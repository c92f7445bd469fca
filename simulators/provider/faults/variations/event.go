package variations

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// eventVariations are about asynchronous requests and security events (RFC 9967).
func eventVariations() []Variation {
	return []Variation{
		{"the configuration has members and schemas that nobody knows", "RFC 9967 section 4 adds members to RFC 7643 section 5; others do, too", rewrite.EditConfig(func(o *scim.Object) {
			const own = "urn:example:params:scim:schemas:2.0:Configuration"
			o.Set("schemas", append(o.Array("schemas"), own))
			o.Set(own, scim.NewObject(scim.Member{Name: "tenant", Value: "blue"}))
			o.Set("rateLimits", []any{scim.NewObject(scim.Member{Name: "perSecond", Value: rewrite.Number(50)})})
			rewrite.PartOf(o, "securityEvents").Set("feeds", []any{"https://scim.example.com/Feeds/1"})
		})},
		{"the preference for an asynchronous answer is ignored", "RFC 9967 section 2.5.1.1: a normal answer is the server's right", rewrite.Ahead(rewrite.Anywhere, func(r *http.Request) {
			r.Header.Del("Prefer")
		})},
		{"a stream carries others' events, and its own twice", "RFC 8936 section 2.4, RFC 9967 section 2.2: what is sent again has its txn and another jti", polled(func(sets *scim.Object) {
			again := scim.NewObject()
			for jti, v := range sets.All() {
				token, _ := v.(string)
				again.Set(jti+"-again", withClaim(token, "jti", jti+"-again"))
			}
			for jti, v := range again.All() {
				sets.Set(jti, v)
			}
			sets.Set("session", rewrite.Unsecured(scim.NewObject(
				scim.Member{Name: "iss", Value: "https://idp.example.com"}, scim.Member{Name: "sub", Value: "somebody"},
				scim.Member{Name: "events", Value: scim.NewObject(scim.Member{Name: "https://schemas.openid.net/secevent/caep/event-type/session-revoked", Value: scim.NewObject()})},
			)))
		})},
		{"the uri of a subject has no slash at its beginning", "RFC 9967 section 2.1: it is a relative path", polled(func(sets *scim.Object) {
			for _, jti := range namesOf(sets) {
				token := sets.String(jti)
				if s := rewrite.Claims(token).Object("sub_id"); s != nil {
					s.Set("uri", strings.TrimPrefix(s.String("uri"), "/"))
					sets.Set(jti, withClaim(token, "sub_id", s))
				}
			}
		})},
	}
}

// polled edits the tokens that a poll gives.
func polled(edit func(sets *scim.Object)) rewrite.Wrap {
	return rewrite.Answers(rewrite.At("POST", "/Events"), func(_ *http.Request, a *rewrite.Answer) {
		if sets := a.Body.Object("sets"); sets != nil {
			edit(sets)
		}
	})
}

func namesOf(o *scim.Object) []string {
	var names []string
	for name := range o.All() {
		names = append(names, name)
	}
	return names
}

func withClaim(token, name string, value any) string {
	claims := rewrite.Claims(token)
	claims.Set(name, value)
	return rewrite.Unsecured(claims)
}
