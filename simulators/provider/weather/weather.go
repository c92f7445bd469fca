// Package weather stands before a provider and lets its clients meet what happens to them
// in life: an endpoint that is busy or down, an answer that is lost, a resource that
// somebody else made a moment ago, a redirect, and answers that are unusual and right.
package weather

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// When chooses requests, see rewrite.When.
type When = rewrite.When

// Wrap puts weather before a provider. Each call starts anew.
type Wrap = rewrite.Wrap

type metKey struct{}

// Watch returns a request whose handler can note what the request met, and the place where
// that stands when the handler has ended: "" if it met nothing.
func Watch(r *http.Request) (*http.Request, *string) {
	met := new(string)
	return r.WithContext(context.WithValue(r.Context(), metKey{}, met)), met
}

// met notes what a request met.
func met(r *http.Request, format string, args ...any) {
	if note, ok := r.Context().Value(metKey{}).(*string); ok {
		*note = fmt.Sprintf(format, args...)
	}
}

// Changes chooses what may change a user or a group.
func Changes(r *http.Request) bool {
	switch r.Method {
	case http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete:
		return rewrite.Resource(r) && !rewrite.Searches(r)
	}
	return false
}

// Creations chooses the creation of users and groups.
func Creations(r *http.Request) bool { return r.Method == http.MethodPost && Changes(r) }

// UserChanges chooses changes to users that exist.
var UserChanges = rewrite.At("PUT,PATCH,DELETE", "/Users/*")

// once chooses the first of the chosen requests.
func once(chosen When) When {
	var mu sync.Mutex
	done := false
	return func(r *http.Request) bool {
		mu.Lock()
		defer mu.Unlock()
		if done || !chosen(r) {
			return false
		}
		done = true
		return true
	}
}

// Refuses answers the first chosen request, and each later one to the same address, with
// 500 without doing anything.
func Refuses(chosen When) Wrap {
	return rewrite.Stateful(func() Wrap {
		var mu sync.Mutex
		place := ""
		return rewrite.Handle(chosen, func(_ http.Handler, r *http.Request) *rewrite.Answer {
			mu.Lock()
			defer mu.Unlock()
			if place == "" {
				place = r.URL.Path
			}
			if r.URL.Path != place {
				return nil
			}
			met(r, Refusal)
			return rewrite.Refusal(scim.Internal("this request fails on purpose"))
		})
	})
}

// LosesAnswer does what the chosen requests ask, and drops the connection instead of
// answering the first one that succeeds.
func LosesAnswer(chosen When) Wrap {
	return rewrite.Stateful(func() Wrap {
		var lost atomic.Bool
		return rewrite.Handle(chosen, func(next http.Handler, r *http.Request) *rewrite.Answer {
			a := rewrite.Serve(next, r)
			if !a.OK() || lost.Swap(true) {
				return a
			}
			met(r, Loss)
			panic(http.ErrAbortHandler)
		})
	})
}

// What a request meets, as it is noted. Others have a number in them.
const (
	Loss     = "the loss of its answer"
	Refusal  = "a refusal with 500"
	Redirect = "a redirect to another host"
	NoBody   = "204 instead of the resource"
	Unusual  = "another order of members, an unknown extension and a charset parameter"
)

// Busy says how an endpoint is busy.
type Busy struct {
	Status int              // 429 or 503
	Wait   time.Duration    // in whole seconds
	Date   bool             // Retry-After is a date instead of a number of seconds
	Now    func() time.Time // the clock
}

// Leeway is how much earlier than told a request may come: timers are not exact.
const Leeway = 500 * time.Millisecond

// Before refuses the first chosen request, and the same one again until the time has passed.
func (b Busy) Before(chosen When) Wrap {
	return rewrite.Stateful(func() Wrap {
		var mu sync.Mutex
		var refused string
		var until time.Time
		return rewrite.Handle(chosen, func(_ http.Handler, r *http.Request) *rewrite.Answer {
			mu.Lock()
			defer mu.Unlock()
			same := r.Method + " " + r.URL.EscapedPath()
			now := b.Now()
			if refused == "" {
				refused, until = same, b.until(now)
			}
			if same != refused || !now.Before(until.Add(-Leeway)) {
				return nil
			}
			met(r, "%d with Retry-After", b.Status)
			return rewrite.Refusal(&scim.Error{Status: b.Status, Detail: "try again later", Header: http.Header{"Retry-After": {b.after(now, until)}}})
		})
	})
}

func (b Busy) until(now time.Time) time.Time {
	if b.Date {
		return now.Add(b.Wait + time.Second - 1).Truncate(time.Second)
	}
	return now.Add(b.Wait)
}

func (b Busy) after(now, until time.Time) string {
	if b.Date {
		return until.UTC().Format(http.TimeFormat)
	}
	return strconv.Itoa(int((until.Sub(now) + time.Second - 1) / time.Second))
}

// Latecomer lets somebody else create the user a moment before a client does.
func Latecomer(user *scim.Object) Wrap {
	return rewrite.Stateful(func() Wrap {
		names := once(func(r *http.Request) bool {
			return rewrite.CreatesUsers(r) && rewrite.SentName(rewrite.BodyOf(r)) == user.String("userName")
		})
		return rewrite.Handle(names, func(next http.Handler, r *http.Request) *rewrite.Answer {
			rewrite.Ask(next, r, http.MethodPost, "Users", user.Clone())
			met(r, "a user whom somebody else had just created")
			return nil
		})
	})
}

// Redirects sends every request on to the same path at another origin, with 307.
func Redirects(origin string) Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(_ http.Handler, r *http.Request) *rewrite.Answer {
		met(r, Redirect)
		a := rewrite.NewAnswer(http.StatusTemporaryRedirect, nil)
		a.Header.Set("Location", origin+r.URL.RequestURI())
		return a
	})
}
