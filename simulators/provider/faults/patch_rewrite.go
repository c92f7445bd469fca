package faults

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// How the faults of PUT and PATCH get hold of a change.

// change is a PUT or PATCH that has succeeded, as a later look at its resource
// finds it.
type change struct {
	sent   *scim.Object // the body of the request
	before *scim.Object // the resource before it
	now    *scim.Object // what is about to be shown
	again  bool         // the same body was sent before
	later  bool         // now is what a GET is about to show
}

// operations are those of a PATCH.
func (c change) operations() []*scim.Object { return opsOf(c.sent) }

// any says whether one of the operations is like this.
func (c change) any(chosen choice) bool {
	return slices.ContainsFunc(c.operations(), chosen)
}

// keep shows an attribute as it was before the change.
func (c change) keep(name string) {
	if value, found := c.before.Get(name); found {
		c.now.Set(name, scim.CloneValue(value))
	} else {
		c.now.Delete(name)
	}
}

func opsOf(body *scim.Object) []*scim.Object {
	var operations []*scim.Object
	for _, v := range body.Array("Operations") {
		if op, ok := v.(*scim.Object); ok {
			operations = append(operations, op)
		}
	}
	return operations
}

// comesTo lets a change pass and shows another outcome of it: in its answer and
// whenever the resource is read from then on.
//
//go:noinline
func comesTo(methods, place string, edit func(c change)) Wrap {
	return func(next http.Handler) http.Handler {
		var mu sync.Mutex
		seen := map[string]change{}
		show := func(r *http.Request, a *answer) {
			mu.Lock()
			c, changed := seen[r.URL.Path]
			mu.Unlock()
			if changed && a.ok() && a.body != nil {
				c.now, c.later = a.body, r.Method == http.MethodGet
				edit(c)
			}
		}
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !at("GET,"+methods, place)(r) {
				next.ServeHTTP(w, r)
				return
			}
			c := change{}
			if r.Method != http.MethodGet {
				c = change{sent: bodyOf(r), before: current(next, r)}
			}
			a := serve(next, r)
			if r.Method != http.MethodGet && a.ok() {
				mu.Lock()
				last := seen[r.URL.Path]
				c.again = last.sent != nil && scim.Equal(last.sent, c.sent)
				seen[r.URL.Path] = c
				mu.Unlock()
			}
			show(r, a)
			a.send(w)
		})
	}
}

// current is the resource of a request as it is; empty if there is none.
func current(next http.Handler, r *http.Request) *scim.Object {
	a := ask(next, r, http.MethodGet, strings.Join(segments(r), "/"), nil)
	if !a.ok() || a.body == nil {
		return scim.NewObject()
	}
	return a.body
}

// operations rewrites the chosen operations of each PATCH; nil leaves one out. A
// PATCH without any left is answered as if it had been done.
//
//go:noinline
func operations(place string, chosen choice, edit func(op *scim.Object) *scim.Object) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !at("PATCH", place)(r) {
				next.ServeHTTP(w, r)
				return
			}
			body := bodyOf(r)
			list := []any{}
			for _, op := range opsOf(body) {
				if chosen(op) {
					op = edit(op)
				}
				if op != nil {
					list = append(list, op)
				}
			}
			if len(list) == 0 && len(body.Array("Operations")) > 0 {
				w.WriteHeader(http.StatusNoContent)
				return
			}
			if len(list) > 0 {
				body.Set("Operations", list)
				setBody(r, body)
			}
			next.ServeHTTP(w, r)
		})
	}
}

// ignores leaves the chosen operations out without a word.
//
//go:noinline
func ignores(place string, chosen choice) Wrap {
	return operations(place, chosen, func(*scim.Object) *scim.Object { return nil })
}

// reads takes the chosen operations as something else.
//
//go:noinline
func reads(place string, chosen choice, edit func(op *scim.Object)) Wrap {
	return operations(place, chosen, func(op *scim.Object) *scim.Object {
		edit(op)
		return op
	})
}

// refuses answers a PATCH with one of the chosen operations by an error.
//
//go:noinline
func refuses(place string, chosen choice, e *scim.Error) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if at("PATCH", place)(r) && (change{sent: bodyOf(r)}).any(chosen) {
				a := &answer{}
				a.refuse(e)
				a.send(w)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// patchAnswers rewrites the answers to PATCH requests with one of the chosen operations.
//
//go:noinline
func patchAnswers(place string, chosen choice, edit func(a *answer)) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !at("PATCH", place)(r) || !(change{sent: bodyOf(r)}).any(chosen) {
				next.ServeHTTP(w, r)
				return
			}
			a := serve(next, r)
			edit(a)
			a.send(w)
		})
	}
}

// oneByOne does each operation of a PATCH for itself. halt says what happens at
// the first that fails: to stop there, or to go on; its error is the answer.
//
//go:noinline
func oneByOne(place string, halt bool) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !at("PATCH", place)(r) {
				next.ServeHTTP(w, r)
				return
			}
			var first *answer
			last := &answer{status: http.StatusNoContent, header: http.Header{}}
			for _, op := range opsOf(bodyOf(r)) {
				last = ask(next, r, http.MethodPatch, strings.Join(segments(r), "/"), patchOf(op))
				if !last.ok() && first == nil {
					first = last
				}
				if first != nil && halt {
					break
				}
			}
			if first != nil {
				last = first
			}
			last.send(w)
		})
	}
}

func patchOf(operations ...any) *scim.Object {
	return scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.PatchOpURN}},
		scim.Member{Name: "Operations", Value: operations},
	)
}

// reorders changes the list of operations of a PATCH.
//
//go:noinline
func reorders(place string, edit func(list []any) []any) Wrap {
	return requests(at("PATCH", place), func(_ *http.Request, body *scim.Object) {
		if list := body.Array("Operations"); len(list) > 1 {
			body.Set("Operations", edit(list))
		}
	})
}

// staleIndex finds a resource that was renamed by its former name only.
//
//go:noinline
func staleIndex(methods, place, attribute string) Wrap {
	return func(next http.Handler) http.Handler {
		var mu sync.Mutex
		former := map[string]string{} // by what it is now
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if at(methods, place)(r) {
				before := current(next, r).String(attribute)
				a := serve(next, r)
				if now := current(next, r).String(attribute); a.ok() && now != before {
					mu.Lock()
					former[now] = before
					mu.Unlock()
				}
				a.send(w)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			editQuery(r, func(q url.Values) { lookUpFormer(q, former) })
			next.ServeHTTP(w, r)
		})
	}
}

func lookUpFormer(q url.Values, former map[string]string) {
	filter := q.Get("filter")
	for now, before := range former {
		switch {
		case strings.Contains(filter, `"`+before+`"`):
			q.Set("filter", strings.ReplaceAll(filter, `"`+before+`"`, `"`+now+`"`))
		case strings.Contains(filter, `"`+now+`"`):
			q.Set("filter", strings.ReplaceAll(filter, `"`+now+`"`, `"`+now+`-nobody"`))
		}
	}
}

// appended is one list behind another.
func appended(lists ...[]any) []any {
	var all []any
	for _, list := range lists {
		for _, v := range list {
			all = append(all, scim.CloneValue(v))
		}
	}
	return all
}

// eachOf edits the objects in a list.
func eachOf(o *scim.Object, name string, edit func(e *scim.Object)) {
	for _, v := range o.Array(name) {
		if e, ok := v.(*scim.Object); ok {
			edit(e)
		}
	}
}

// metaAsBefore shows parts of meta as they were before a change.
//
//go:noinline
func metaAsBefore(names ...string) func(c change) {
	return func(c change) {
		for _, name := range names {
			if was, found := c.before.Object("meta").Get(name); found && c.now.Object("meta") != nil {
				c.now.Object("meta").Set(name, was)
			}
		}
	}
}

// effect changes what a PATCH with one of the chosen operations comes to.
//
//go:noinline
func effect(place string, chosen choice, edit func(c change)) Wrap {
	return comesTo("PATCH", place, func(c change) {
		if c.any(chosen) {
			edit(c)
		}
	})
}

// swallows does what can be done of a PATCH and answers success.
//
//go:noinline
func swallows(place string) Wrap {
	return func(next http.Handler) http.Handler {
		inner := oneByOne(place, false)(next)
		return answers(at("PATCH", place), func(_ *http.Request, a *answer) {
			if a.status == http.StatusBadRequest {
				*a = answer{status: http.StatusNoContent, header: http.Header{}}
			}
		})(inner)
	}
}

// errorsBecome gives errors of a PATCH with a chosen operation another scimType, or
// another status if it is not 0.
//
//go:noinline
func errorsBecome(place string, chosen choice, status int, scimType string) Wrap {
	return patchAnswers(place, chosen, func(a *answer) {
		if a.ok() || a.body == nil {
			return
		}
		if status != 0 {
			a.status = status
			a.body.Set("status", strconv.Itoa(status))
		}
		a.body.Set("scimType", scimType)
	})
}

// silent answers a refused PATCH as if it had been done.
//
//go:noinline
func silent(place string, chosen choice) Wrap {
	return patchAnswers(place, chosen, func(a *answer) {
		if !a.ok() {
			*a = answer{status: http.StatusNoContent, header: http.Header{}}
		}
	})
}
