package rfc7644

import (
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// concurrencyFaults violate features/rfc7644/concurrency.feature.
func concurrencyFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.3-40", "several users of one name are created at once", looseNames("Users", "userName")},
		{"RFC7644-3.3-40", "the losers of a creation get 500", duplicatesAnswer(func(a *rewrite.Answer) { a.Refuse(scim.Internal("duplicate key")) })},
		{"RFC7644-3.3-40", "the losers of a creation get 400", duplicatesAnswer(func(a *rewrite.Answer) { a.Refuse(scim.InvalidValue("duplicate")) })},
		{"RFC7644-3.3-40", "the losers of a creation are confirmed", duplicatesAnswer(func(a *rewrite.Answer) { *a = *rewrite.NewAnswer(201, nil) })},
		{"RFC7644-3.3-40", "no creation of a race succeeds", lostCreation()},

		{"RFC7644-3.5.2-40", "members added at the same time are lost", looseWrite("PATCH", "/Groups/*", "members", "add")},
		{"RFC7644-3.5.2-40", "members removed at the same time come back", looseWrite("PATCH", "/Groups/*", "members", "remove")},
		{"RFC7644-3.5.2-40", "every third change of members is confirmed and not made", everyThird()},

		{"RFC7644-3.5.2-41", "attributes changed at the same time are lost", looseWrite("PATCH", "/Users/*", "", "replace")},
		{"RFC7644-3.5.2-41", "attributes of a group changed at the same time are lost", looseWrite("PATCH", "/Groups/*", "", "replace")},

		{"RFC7644-3.5.1-40", "replacements at the same time are mixed", mixedReplacements()},
		{"RFC7644-3.5.1-40", "replacements at the same time are all lost", rewrite.Ignore(rewrite.At("PUT", "/Users/*"), rewrite.AnyBody)},
	}
}

// looseNames looks whether a name is free first and creates a moment later. The
// provider behind it would refuse the second one, so that it gets another name.
func looseNames(collection, attribute string) rewrite.Wrap {
	return rewrite.Handle(rewrite.At("POST", "/"+collection), func(next http.Handler, r *http.Request) *rewrite.Answer {
		body := rewrite.BodyOf(r)
		name := body.String(attribute)
		taken := false
		for _, o := range rewrite.Ask(next, r, http.MethodGet, collection, nil).Resources() {
			taken = taken || strings.EqualFold(o.String(attribute), name)
		}
		time.Sleep(rewrite.Latency)
		a := rewrite.Serve(next, r)
		if a.Status == http.StatusConflict && !taken {
			body.Set(attribute, name+time.Now().Format(".000000000"))
			a = rewrite.Ask(next, r, http.MethodPost, collection, body)
			if a.Body != nil {
				a.Body.Set(attribute, name)
			}
		}
		return a
	})
}

func duplicatesAnswer(edit func(a *rewrite.Answer)) rewrite.Wrap {
	return rewrite.Answers(rewrite.At("POST", "/Users"), func(_ *http.Request, a *rewrite.Answer) {
		if a.Status == http.StatusConflict {
			edit(a)
		}
	})
}

// lostCreation answers 409 to every creation, also to the one that succeeded.
func lostCreation() rewrite.Wrap {
	return rewrite.Answers(rewrite.At("POST", "/Users"), func(_ *http.Request, a *rewrite.Answer) {
		if a.OK() {
			a.Refuse(scim.UniquenessError("this userName is taken"))
		}
	})
}

// looseWrite reads the resource, patches it a moment later, and so overwrites what
// others wrote between. path chooses the operations, "" all but those on members.
func looseWrite(method, place, path, op string) rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var mu sync.Mutex
		return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
			body := rewrite.BodyOf(r)
			if !rewrite.At(method, place)(r) || !patches(body, path, op) {
				return rewrite.Serve(next, r)
			}
			before := rewrite.Now(next, r)
			time.Sleep(rewrite.Latency)
			mu.Lock()
			defer mu.Unlock()
			if before.OK() {
				rewrite.Ask(next, r, http.MethodPut, rewrite.PlaceOf(r), before.Body)
			}
			return rewrite.Serve(next, r)
		})
	})
}

// patches says whether a body has only operations with this op: on members if
// path is "members", on everything else if not.
func patches(body *scim.Object, path, op string) bool {
	if body == nil {
		return false
	}
	for _, o := range rewrite.Operations(body) {
		members := strings.HasPrefix(o.String("path"), "members")
		if o.String("op") != op || members != (path == "members") {
			return false
		}
	}
	return true
}

// everyThird drops every third change of members.
func everyThird() rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var mu sync.Mutex
		n := 0
		return rewrite.Handle(rewrite.At("PATCH", "/Groups/*"), func(next http.Handler, r *http.Request) *rewrite.Answer {
			mu.Lock()
			n++
			third := n%3 == 0
			mu.Unlock()
			if third {
				return rewrite.Now(next, r)
			}
			return nil
		})
	})
}

// mixedReplacements writes the external id a moment after everything else. The
// request that comes first waits longest.
func mixedReplacements() rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var mu sync.Mutex
		n := 0
		return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
			body := rewrite.BodyOf(r)
			if !rewrite.At("PUT", "/Users/*")(r) || body == nil {
				return rewrite.Serve(next, r)
			}
			own := body.String("externalId")
			mu.Lock()
			n++
			turn := n
			body.Set("externalId", rewrite.Now(next, r).Body.String("externalId"))
			rewrite.Ask(next, r, http.MethodPut, rewrite.PlaceOf(r), body)
			mu.Unlock()
			time.Sleep(rewrite.Latency * time.Duration(max(10-turn, 0)))
			mu.Lock()
			defer mu.Unlock()
			now := rewrite.Now(next, r)
			now.Body.Set("externalId", own)
			return rewrite.Ask(next, r, http.MethodPut, rewrite.PlaceOf(r), now.Body)
		})
	})
}
