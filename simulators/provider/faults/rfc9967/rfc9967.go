// Package rfc9967 holds the faults against features/rfc9967: asynchronous requests
// and security events.
package rfc9967

import (
	"net/http"
	"slices"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Faults returns the faults of this folder, in the order of the requirements.
func Faults() rewrite.Table {
	return slices.Concat(
		subjectsFaults(),
		provisioningFaults(),
		asynchronousFaults(),
		discoveryFaults(),
	)
}

var (
	// polls chooses the requests for events.
	polls = rewrite.At("POST", "/Events")
	// async chooses the requests that prefer to be answered later.
	async = rewrite.WithHeader(rewrite.Anywhere, "Prefer", "respond-async")
)

// accepted edits the answers that are 202.
func accepted(edit func(r *http.Request, a *rewrite.Answer)) rewrite.Wrap {
	return rewrite.OnStatus(async, http.StatusAccepted, edit)
}

// encoded edits the tokens of a poll as they are encoded; "" leaves one out.
func encoded(edit func(token string) string) rewrite.Wrap {
	return rewrite.Answers(polls, func(_ *http.Request, a *rewrite.Answer) {
		sets := scim.NewObject()
		for jti, v := range a.Body.Object("sets").All() {
			if token, _ := v.(string); edit(token) != "" {
				sets.Set(jti, edit(token))
			}
		}
		if a.OK() {
			a.Body.Set("sets", sets)
		}
	})
}

// tokens edits the claims of the events that are polled; false leaves one out.
func tokens(edit func(claims *scim.Object) bool) rewrite.Wrap {
	return encoded(func(token string) string {
		claims := rewrite.Claims(token)
		if !edit(claims) {
			return ""
		}
		return rewrite.Unsecured(claims)
	})
}

// claim gives every event a claim; nil takes it away.
func claim(name string, value any) rewrite.Wrap {
	return tokens(func(claims *scim.Object) bool {
		set(claims, name, value)
		return true
	})
}

// subject gives the sub_id of every event a member; nil takes it away.
func subject(name string, value any) rewrite.Wrap {
	return tokens(func(claims *scim.Object) bool {
		set(claims.Object("sub_id"), name, value)
		return true
	})
}

func set(o *scim.Object, name string, value any) {
	if value == nil {
		o.Delete(name)
		return
	}
	o.Set(name, value)
}

// payload edits what the events of a URI say.
func payload(uri string, edit func(claims, payload *scim.Object)) rewrite.Wrap {
	return tokens(func(claims *scim.Object) bool {
		if p := claims.Object("events").Object(uri); p != nil {
			edit(claims, p)
		}
		return true
	})
}

// member gives the events of a URI a member; nil takes it away.
func member(uri, name string, value any) rewrite.Wrap {
	return payload(uri, func(_, p *scim.Object) { set(p, name, value) })
}

// renamed gives the events of a URI another one.
func renamed(from, to string) rewrite.Wrap {
	return payload(from, func(claims, p *scim.Object) {
		claims.Object("events").Delete(from)
		rewrite.PartOf(claims, "events").Set(to, p)
	})
}

// unsent leaves out the tokens that have an event of a URI.
func unsent(uri string) rewrite.Wrap {
	return tokens(func(claims *scim.Object) bool { return claims.Object("events").Object(uri) == nil })
}

// more adds tokens to an answer that has one with an event of a URI, made of that one.
func more(uri string, edit func(claims *scim.Object)) rewrite.Wrap {
	return rewrite.Answers(polls, func(_ *http.Request, a *rewrite.Answer) {
		sets := a.Body.Object("sets")
		added := scim.NewObject()
		for jti, v := range sets.All() {
			token, _ := v.(string)
			if claims := rewrite.Claims(token); claims.Object("events").Object(uri) != nil {
				claims.Set("jti", jti+"-more")
				edit(claims)
				added.Set(jti+"-more", rewrite.Unsecured(claims))
			}
		}
		for jti, v := range added.All() {
			sets.Set(jti, v)
		}
	})
}

func only(uri string, payload *scim.Object) *scim.Object {
	return scim.NewObject(scim.Member{Name: uri, Value: payload})
}

// open lets requests without credentials in, with those of the client that asked before.
func open(chosen rewrite.When) rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var mu sync.Mutex
		last := ""
		return rewrite.Ahead(rewrite.Anywhere, func(r *http.Request) {
			mu.Lock()
			defer mu.Unlock()
			if given := r.Header.Get("Authorization"); given != "" {
				last = given
			} else if chosen(r) {
				r.Header.Set("Authorization", last)
			}
		})
	})
}
