package rfc7644

import (
	"net/http"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// securityFaults violate features/rfc7644/7_security.feature.
func securityFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-7.4-01", "a replaced token is served", rewrite.Keyed(func(k *rewrite.Keyring, _ http.Handler, r *http.Request) *rewrite.Answer {
			if k.Has(r.Header.Get("Authorization")) {
				r.Header.Set("Authorization", k.Last())
			}
			return nil
		})},

		{"RFC7644-7.5.2-01", "a password can be looked for", findingPasswords("eq")},
		{"RFC7644-7.5.2-01", "the beginning of a password can be looked for", findingPasswords("sw")},
		{"RFC7644-7.5.2-01", "a filter by password is a server error", rewrite.Break(func(r *http.Request) bool { return strings.Contains(r.URL.Query().Get("filter"), "password") })},

		{"RFC7644-7.6-01", "the fourth anonymous request in a row gets in", tiring(4)},
		{"RFC7644-7.6-01", "too many anonymous requests are answered 429 without Retry-After", rewrite.Answers(rewrite.At("GET", "/Users/*"), func(r *http.Request, a *rewrite.Answer) {
			if r.Header.Get("Authorization") == "" {
				a.Refuse(&scim.Error{Status: http.StatusTooManyRequests, Detail: "too many requests"})
			}
		})},
		{"RFC7644-7.6-01", "anonymous requests are a server error", rewrite.Break(func(r *http.Request) bool { return r.Header.Get("Authorization") == "" })},
	}
}

// findingPasswords keeps passwords and lets filters find by them.
func findingPasswords(operator string) rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var last *scim.Object
		return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
			a := rewrite.Serve(next, r)
			if rewrite.Creations("Users")(r) && a.Status == 201 {
				last = a.Body
			}
			if strings.Contains(r.URL.Query().Get("filter"), "password "+operator) && last != nil {
				l := scim.List{TotalResults: 1, StartIndex: 1, ItemsPerPage: 1, Resources: []*scim.Object{last}}
				*a = *rewrite.NewAnswer(200, l.Object())
			}
			return a
		})
	})
}

// tiring lets the nth anonymous request in.
func tiring(n int) rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var mu sync.Mutex
		seen := 0
		return rewrite.Believing(rewrite.Anywhere, func(given, _ string) bool {
			mu.Lock()
			defer mu.Unlock()
			if given == "" {
				seen++
			}
			return given == "" && seen == n
		})
	})
}
