package rfc9967

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// discoveryFaults violate features/rfc9967/4_discovery.feature.
func discoveryFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC9967-4-01", "asyncRequest is another word", rewrite.SetConfig("securityEvents", "asyncRequest", "always")},
		{"RFC9967-4-01", "asyncRequest is true", rewrite.SetConfig("securityEvents", "asyncRequest", true)},

		{"RFC9967-4-02", "eventUris is one text", rewrite.SetConfig("securityEvents", "eventUris", scim.EventCreateFull)},
		{"RFC9967-4-02", "eventUris are names", rewrite.SetConfig("securityEvents", "eventUris", []any{"create", "delete"})},
		{"RFC9967-4-02", "eventUris are objects", rewrite.SetConfig("securityEvents", "eventUris", []any{scim.NewObject()})},

		{"RFC9967-4-03", "none is announced, and the answer is 202", rewrite.SetConfig("securityEvents", "asyncRequest", "none")},
		{"RFC9967-4-03", "nothing is announced, and the answer is 202", rewrite.SetConfig("securityEvents", "", nil)},
		{"RFC9967-4-03", "nothing is announced, and the preference is refused", rewrite.InTurn(
			rewrite.SetConfig("securityEvents", "", nil), rewrite.RefuseAll(async, scim.NotImplemented("no asynchronous requests")),
		)},
		{"RFC9967-4-03", "nothing is announced, and a creation does not tell where the resource is", rewrite.InTurn(
			rewrite.SetConfig("securityEvents", "", nil),
			rewrite.Answers(rewrite.WithHeader(rewrite.CreatesUsers, "Prefer", "respond-async"), func(_ *http.Request, a *rewrite.Answer) { a.Header.Del("Location") }),
			rewrite.Ahead(async, func(r *http.Request) { r.Header.Del("Prefer") }),
		)},

		{"RFC9967-4-04", "events of deletions are not announced", rewrite.EditConfig(func(o *scim.Object) {
			var kept []any
			for _, v := range o.Object("securityEvents").Array("eventUris") {
				if v != any(scim.EventDelete) {
					kept = append(kept, v)
				}
			}
			rewrite.PartOf(o, "securityEvents").Set("eventUris", kept)
		})},
		{"RFC9967-4-04", "only notices are announced", rewrite.SetConfig("securityEvents", "eventUris", []any{scim.EventCreateNotice, scim.EventPatchNotice})},

		{"RFC9967-4-05", "reads are asynchronous, too", rewrite.Answers(rewrite.WithHeader(rewrite.At("GET", "/*/*"), "Prefer", "respond-async"), func(_ *http.Request, a *rewrite.Answer) {
			*a = *rewrite.NewAnswer(http.StatusAccepted, nil)
		})},

		{"RFC9967-5-01", "results need no token", open(rewrite.At("GET", "/Events/*"))},

		{"RFC9967-5-02", "events need no token", open(polls)},

		{"RFC9967-5-03", "a token was changed after it was signed", encoded(func(token string) string {
			parts := strings.Split(token, ".")
			claims := rewrite.Claims(token)
			claims.Set("iss", "https://elsewhere.example.com")
			return parts[0] + "." + strings.Split(rewrite.Unsecured(claims), ".")[1] + "." + parts[2]
		})},
		{"RFC9967-5-03", "a signature is that of another token", encoded(func(token string) string {
			parts := strings.Split(token, ".")
			return parts[0] + "." + parts[1] + "." + strings.Repeat("A", len(parts[2]))
		})},
	}
}
