package guide

import (
	"net/http"
	"slices"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// connectFaults violate features/guide/1_connect.feature.
func connectFaults() rewrite.Table {
	return rewrite.Table{
		{"CSA-INTEGRATE-02", "a token that was replaced goes on working", onceServed()},

		{"CSA-INTEGRATE-03", "every token leads to the first directory", tokens(func(known []string, _ string) string { return known[0] })},

		{"CSA-AUTH-01", "the users are listed without being a list", rewrite.Answers(rewrite.At("GET", "/Users"), func(_ *http.Request, a *rewrite.Answer) { a.Body.Delete("schemas") })},
		{"CSA-AUTH-01", "the right token is refused", rewrite.Forbid(rewrite.At("GET", "/Users"), scim.Forbidden("no"))},

		{"CSA-AUTH-02", "a wrong token is served", tokens(func(known []string, _ string) string { return known[0] })},
		{"CSA-AUTH-02", "no token is needed", anonymous()},
		{"CSA-AUTH-02", "a wrong token is answered 200 without users", rewrite.Answers(rewrite.At("GET", "/Users"), func(_ *http.Request, a *rewrite.Answer) {
			if a.Status == http.StatusUnauthorized {
				a.Status = http.StatusOK
			}
		})},
		{"CSA-AUTH-02", "a refusal shows users", rewrite.Answers(rewrite.At("GET", "/Users"), func(_ *http.Request, a *rewrite.Answer) {
			if a.Status == http.StatusUnauthorized {
				a.Body.Set("Resources", []any{scim.NewObject(scim.Member{Name: "userName", Value: "ada"})})
			}
		})},

		{"CSA-CONNECT-01", "the list of users cannot be read", rewrite.Answers(rewrite.At("GET", "/Users"), func(_ *http.Request, a *rewrite.Answer) { a.Raw, a.Body = []byte("OK"), nil })},

		{"CSA-CONNECT-02", "a wrong token connects", tokens(func(known []string, _ string) string { return known[0] })},
	}
}

// tokens rewrites the token of a request, once one has been served. known are
// the tokens that were served so far, in order.
func tokens(choose func(known []string, sent string) string) rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var mu sync.Mutex
		var known []string
		return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
			mu.Lock()
			defer mu.Unlock()
			sent := r.Header.Get("Authorization")
			if r.Method == http.MethodGet && !slices.Contains(known, sent) && rewrite.Serve(next, r.Clone(r.Context())).OK() {
				known = append(known, sent)
			}
			if len(known) > 0 && sent != "" {
				r.Header.Set("Authorization", choose(known, sent))
			}
			return rewrite.Serve(next, r)
		})
	})
}

// onceServed accepts for ever a token that was good once.
func onceServed() rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var mu sync.Mutex
		known := map[string]bool{}
		return rewrite.Answers(rewrite.At("GET", "/Users"), func(r *http.Request, a *rewrite.Answer) {
			mu.Lock()
			defer mu.Unlock()
			token := r.Header.Get("Authorization")
			if a.OK() {
				known[token] = true
			} else if known[token] {
				*a = *rewrite.NewAnswer(http.StatusOK, (&scim.List{}).Object())
			}
		})
	})
}

// anonymous serves requests without a token as those with the last good one.
func anonymous() rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var mu sync.Mutex
		good := ""
		return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
			mu.Lock()
			if r.Header.Get("Authorization") == "" {
				r.Header.Set("Authorization", good)
			}
			a := rewrite.Serve(next, r)
			if a.OK() {
				good = r.Header.Get("Authorization")
			}
			mu.Unlock()
			return a
		})
	})
}
