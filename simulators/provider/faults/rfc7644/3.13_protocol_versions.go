package rfc7644

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// protocolVersionsFaults violate features/rfc7644/3.13_protocol_versions.feature.
func protocolVersionsFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.13-01", "a version before the endpoint is not looked at", versionless(true)},
		{"RFC7644-3.13-01", "a version behind the base URL is not looked at", versionless(false)},
		{"RFC7644-3.13-01", "an unknown version is a server error", rewrite.Break(func(r *http.Request) bool { return strings.Contains(r.URL.Path, "/v99/") })},
		{"RFC7644-3.13-01", "version 0 is served", rewrite.Handle(rewrite.Anywhere, func(_ http.Handler, r *http.Request) *rewrite.Answer {
			r.URL.Path = strings.Replace(r.URL.Path, "/v0/Users", "/Users", 1)
			return nil
		})},
		{"RFC7644-3.13-01", "version 2 answers something else", rewrite.Answers(func(r *http.Request) bool {
			return strings.HasSuffix(r.URL.Path, "/scim/v2/Users")
		}, func(_ *http.Request, a *rewrite.Answer) {
			*a = *rewrite.NewAnswer(http.StatusOK, scim.NewObject(scim.Member{Name: "users", Value: []any{}}))
			a.Header.Set("Content-Type", "application/json")
		})},
	}
}

// versionless serves any version as the one it knows.
func versionless(everyVersion bool) rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(_ http.Handler, r *http.Request) *rewrite.Answer {
		for _, v := range []string{"/v99/Users", "/v0/Users"} {
			if everyVersion || v == "/v99/Users" {
				r.URL.Path = strings.Replace(r.URL.Path, v, "/Users", 1)
			}
		}
		return nil
	})
}
