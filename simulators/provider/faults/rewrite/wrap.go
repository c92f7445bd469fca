// Package rewrite is what faults are made of: ways to choose requests, and to
// rewrite what goes into a provider and what comes out of it.
//
// A [Wrap] stands before a provider. [Handle] makes one, and almost everything
// else is made of it: [Requests] edits what goes in, [Answers] what comes out,
// [Shown] the resources in it; [Stateful] lets a wrap remember. A [When] says
// which requests are meant, by method and place ([At]), as queries ([Queries]) or
// by their parameters ([When.And]).
//
// A few functions are marked go:noinline. They are called thousands of times in
// the tables of faults, and the compiler copies the closure that they return into
// each call that it inlines: the tables then take five times as long to build.
package rewrite

import (
	"net/http"
	"slices"
)

// Wrap puts behaviour before a provider. A wrap may keep state between
// requests; each call starts anew.
type Wrap func(next http.Handler) http.Handler

// Handle lets do answer the chosen requests in place of the provider. do may ask
// the provider, and may change the request. If it returns nil, the provider gets
// the request.
//
//go:noinline
func Handle(chosen When, do func(next http.Handler, r *http.Request) *Answer) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if chosen(r) {
				if a := do(next, r); a != nil {
					a.Send(w)
					return
				}
			}
			next.ServeHTTP(w, r)
		})
	}
}

// Stateful makes the state of a wrap anew for each provider that the wrap stands
// before.
//
//go:noinline
func Stateful(begin func() Wrap) Wrap {
	return func(next http.Handler) http.Handler { return begin()(next) }
}

// InTurn combines wraps. The first one sees the request first and the answer
// last.
func InTurn(wraps ...Wrap) Wrap {
	return func(next http.Handler) http.Handler {
		for _, w := range slices.Backward(wraps) {
			next = w(next)
		}
		return next
	}
}

// Only applies a wrap to the chosen requests.
func Only(chosen When, wrap Wrap) Wrap {
	return func(next http.Handler) http.Handler {
		wrapped := wrap(next)
		return Handle(chosen, func(_ http.Handler, r *http.Request) *Answer { return Serve(wrapped, r) })(next)
	}
}

// Table lists faults: the id of the requirement that each one violates; what the
// server does wrong, in words that are unique within the requirement; and how it
// does so.
type Table []struct {
	Requirement, Name string
	Wrap              Wrap
}
