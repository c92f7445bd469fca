package rfc9865

import (
	"net/http"
	"sync"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// securityFaults violate features/rfc9865/5_security.feature.
func securityFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC9865-5.2-01", "a cursor carries the rights of its owner", bearing(func(*http.Request) bool { return true })},
		{"RFC9865-5.2-01", "a cursor of another client answers with its owner's data", foreign(func(a *rewrite.Answer) {
			a.Body.Set("detail", "belongs to sduo-embedded-A@example.com sduo-embedded@example.com")
		})},

		{"RFC9865-5.2-02", "a cursor needs no token", bearing(func(r *http.Request) bool { return r.Header.Get("Authorization") == "" })},
		{"RFC9865-5.2-02", "a cursor goes with any token", bearing(func(r *http.Request) bool { return r.Header.Get("Authorization") != "" })},
		{"RFC9865-5.2-02", "a cursor without a token answers 403", rewrite.Answers(rewrite.Continued(), func(_ *http.Request, a *rewrite.Answer) {
			if a.Status == http.StatusUnauthorized {
				a.Refuse(scim.Forbidden("no token"))
			}
		})},
		{"RFC9865-5.2-02", "a cursor without a token answers an empty page", rewrite.Answers(rewrite.Continued(), func(_ *http.Request, a *rewrite.Answer) {
			if a.Status == http.StatusUnauthorized {
				l := scim.List{}
				*a = rewrite.Answer{Status: http.StatusOK, Header: a.Header, Body: l.Object()}
			}
		})},

		{"RFC9865-5.2-04", "a cursor of another client is forbidden", foreign(func(a *rewrite.Answer) { a.Refuse(scim.Forbidden("the cursor belongs to another client")) })},
		{"RFC9865-5.2-04", "a refusal names the owner of the cursor", foreign(func(a *rewrite.Answer) { a.Body.Set("detail", "the cursor belongs to another client") })},
		{"RFC9865-5.2-04", "a refusal has another scimType", foreign(func(a *rewrite.Answer) { a.Body.Set("scimType", scim.ScimTypeExpiredCursor) })},
		{"RFC9865-5.2-04", "a refusal shows the next user", leaking()},

		{"RFC9865-5.3-01", "after fifty cursors the server fails", exhausted(50, false)},
		{"RFC9865-5.3-01", "after fifty cursors the server stops to serve", exhausted(50, true)},
	}
}

// leaking puts the next user into the refusal of a changed cursor.
func leaking() rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
		a := rewrite.Serve(next, r)
		if rewrite.ByCursor()(r) && a.Body.String("scimType") == scim.ScimTypeInvalidCursor {
			list := rewrite.Ask(next, r, http.MethodGet, "Users?count=1&startIndex=2", nil)
			for _, o := range list.Resources() {
				a.Body.Set("detail", "the cursor does not lead to "+o.String("userName"))
			}
		}
		return a
	})
}

// exhausted fails when so many queries were begun: at these, or at everything.
func exhausted(limit int64, everything bool) rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var open atomic.Int64
		return rewrite.Handle(rewrite.Anywhere, func(_ http.Handler, r *http.Request) *rewrite.Answer {
			if rewrite.Begun()(r) {
				open.Add(1)
			}
			if open.Load() > limit && (everything && r.Method == http.MethodGet || rewrite.Begun()(r)) {
				return rewrite.Refusal(scim.Internal("out of memory"))
			}
			return nil
		})
	})
}

// bearing lets a cursor carry the credentials of the client it was given to.
func bearing(fits func(r *http.Request) bool) rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var owners sync.Map
		return rewrite.Handle(rewrite.ByCursor(), func(next http.Handler, r *http.Request) *rewrite.Answer {
			if owner, known := owners.Load(rewrite.ParametersOf(r).Get("cursor")); known && fits(r) {
				r.Header.Set("Authorization", owner.(string))
			}
			credentials := r.Header.Get("Authorization")
			a := rewrite.Serve(next, r)
			if c := a.Body.String("nextCursor"); c != "" {
				owners.Store(c, credentials)
			}
			return a
		})
	})
}

// foreign changes the answer to a cursor that was given to another client.
func foreign(say func(a *rewrite.Answer)) rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var owners sync.Map
		return rewrite.Handle(rewrite.ByCursor(), func(next http.Handler, r *http.Request) *rewrite.Answer {
			owner, known := owners.Load(rewrite.ParametersOf(r).Get("cursor"))
			a := rewrite.Serve(next, r)
			if c := a.Body.String("nextCursor"); c != "" {
				owners.Store(c, r.Header.Get("Authorization"))
			}
			if known && owner != r.Header.Get("Authorization") {
				say(a)
			}
			return a
		})
	})
}
