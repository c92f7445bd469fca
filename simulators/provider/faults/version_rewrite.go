package faults

import (
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// tagAnswers rewrites the answers that carry a tag.
//
//go:noinline
func tagAnswers(chosen when, edit func(r *http.Request, a *answer)) Wrap {
	return answers(chosen, func(r *http.Request, a *answer) {
		if a.header.Get("ETag") != "" {
			edit(r, a)
		}
	})
}

// untagged takes the tag from the header.
//
//go:noinline
func untagged(chosen when) Wrap {
	return tagAnswers(chosen, func(_ *http.Request, a *answer) { a.header.Del("ETag") })
}

// versioned rewrites meta.version of every resource shown.
//
//go:noinline
func versioned(chosen when, edit func(meta *scim.Object, version string)) Wrap {
	return shown(chosen, func(o *scim.Object) {
		if meta := o.Object("meta"); meta.String("version") != "" {
			edit(meta, meta.String("version"))
		}
	})
}

// retagged gives the answer another tag, in the header and in meta.version.
func retagged(a *answer, tag string) {
	if a.header.Get("ETag") == "" {
		return
	}
	a.header.Set("ETag", tag)
	if meta := a.body.Object("meta"); meta != nil {
		meta.Set("version", tag)
	}
}

// unconditional ignores a header of requests.
//
//go:noinline
func unconditional(chosen when, header string) Wrap {
	return requests(chosen, func(r *http.Request, _ *scim.Object) { r.Header.Del(header) })
}

// condition changes the value of a header where the request has it.
//
//go:noinline
func condition(chosen when, header string, change func(value string) string) Wrap {
	return requests(chosen, func(r *http.Request, _ *scim.Object) {
		if value := r.Header.Get(header); value != "" {
			r.Header.Set(header, change(value))
		}
	})
}

// refusedWith changes the status of what is refused for its version.
//
//go:noinline
func refusedWith(chosen when, status int) Wrap {
	return answers(chosen, func(_ *http.Request, a *answer) {
		if a.status == http.StatusPreconditionFailed {
			a.refuse(&scim.Error{Status: status, Detail: "another version"})
		}
	})
}

// writtenAnyway makes the change that it refuses for its version.
//
//go:noinline
func writtenAnyway(chosen when) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !chosen(r) {
				next.ServeHTTP(w, r)
				return
			}
			body := bodyOf(r)
			a := serve(next, r)
			if a.status == http.StatusPreconditionFailed {
				ask(next, r, r.Method, placeOf(r), body)
			}
			a.send(w)
		})
	}
}

// counting appends to every tag how many requests there were before.
//
//go:noinline
func counting(chosen when) Wrap {
	return func(next http.Handler) http.Handler {
		var n atomic.Int64
		return tagAnswers(chosen, func(_ *http.Request, a *answer) {
			retagged(a, `W/"`+strconv.FormatInt(n.Add(1), 10)+`"`)
		})(next)
	}
}

// withoutWeakness is the tag without the sign that it is weak.
func withoutWeakness(tag string) string { return strings.TrimPrefix(tag, "W/") }
