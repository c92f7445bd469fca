package faults

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// What the faults of resources have in common: how to change a part of a
// resource on its way in or out, and how to remember what a server should not.

// anyOf chooses what one of the others does.
//
//go:noinline
func anyOf(chosen ...when) when {
	return func(r *http.Request) bool {
		return slices.ContainsFunc(chosen, func(w when) bool { return w(r) })
	}
}

var (
	anywhere     = at("", "")
	ofUsers      = anyOf(at("", "/Users"), at("", "/Users/*"), at("", "/Users/.search"))
	ofGroups     = anyOf(at("", "/Groups"), at("", "/Groups/*"), at("", "/Groups/.search"))
	inUserLists  = anyOf(at("GET", "/Users"), at("POST", "/Users/.search"))
	inGroupLists = anyOf(at("GET", "/Groups"), at("POST", "/Groups/.search"))
	aUser        = anyOf(at("POST", "/Users"), at("", "/Users/*"))
	aGroup       = anyOf(at("POST", "/Groups"), at("", "/Groups/*"))
)

// gone, given back by an edit, takes the value away.
type goneValue struct{}

var gone = goneValue{}

func toGone(any) any { return gone }

//go:noinline
func toValue(v any) func(any) any { return func(any) any { return v } }

// toText edits a string and leaves everything else alone.
//
//go:noinline
func toText(edit func(s string) string) func(any) any {
	return func(v any) any {
		if s, ok := v.(string); ok {
			return edit(s)
		}
		return v
	}
}

// part edits what is at a path with slashes: "meta/created", "emails/type" (of
// each element). What is not there is left alone.
//
//go:noinline
func part(path string, edit func(v any) any) func(o *scim.Object) {
	name, rest, nested := strings.Cut(path, "/")
	return func(o *scim.Object) {
		v, ok := o.Get(name)
		if !ok {
			return
		}
		if nested {
			inner := part(rest, edit)
			for _, e := range objectsIn(v) {
				inner(e)
			}
			return
		}
		if v = edit(v); v == gone {
			o.Delete(name)
			return
		}
		o.Set(name, v)
	}
}

// objectsIn are the object itself or the objects of a list.
func objectsIn(v any) []*scim.Object {
	switch v := v.(type) {
	case *scim.Object:
		return []*scim.Object{v}
	case []any:
		var objects []*scim.Object
		for _, e := range v {
			if o, ok := e.(*scim.Object); ok {
				objects = append(objects, o)
			}
		}
		return objects
	}
	return nil
}

// showing edits a part of every resource that comes out.
//
//go:noinline
func showing(chosen when, path string, edit func(v any) any) Wrap {
	return shown(chosen, part(path, edit))
}

// showingNew gives every resource that comes out an attribute.
//
//go:noinline
func showingNew(chosen when, name string, value func(o *scim.Object) any) Wrap {
	return shown(chosen, func(o *scim.Object) {
		if o.String("id") != "" {
			o.Set(name, value(o))
		}
	})
}

// receiving edits a part of what comes in.
//
//go:noinline
func receiving(chosen when, path string, edit func(v any) any) Wrap {
	edited := part(path, edit)
	return requests(chosen, func(_ *http.Request, body *scim.Object) {
		if body != nil {
			edited(body)
		}
	})
}

// patching edits the operations of a PATCH; one that edit is false for is dropped.
//
//go:noinline
func patching(place string, edit func(op *scim.Object) bool) Wrap {
	return requests(at("PATCH", place), func(_ *http.Request, body *scim.Object) {
		if body == nil {
			return
		}
		kept := []any{}
		for _, op := range objectsIn(body.Array("Operations")) {
			if edit(op) {
				kept = append(kept, op)
			}
		}
		body.Set("Operations", kept)
	})
}

// refusingBodies answers an error to requests with such a body.
//
//go:noinline
func refusingBodies(chosen when, such func(body *scim.Object) bool, e *scim.Error) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if chosen(r) {
				if body := bodyOf(r); body != nil && such(body) {
					a := &answer{}
					a.refuse(e)
					a.send(w)
					return
				}
			}
			next.ServeHTTP(w, r)
		})
	}
}

//go:noinline
func hasMember(name string) func(*scim.Object) bool {
	return func(o *scim.Object) bool { _, ok := o.Get(name); return ok }
}

// storingAsSent takes values out of requests that the provider would refuse or
// ignore, and shows them with the resource from then on.
//
//go:noinline
func storingAsSent(chosen when, name string, odd func(v any) bool) Wrap {
	return func(next http.Handler) http.Handler {
		var mu sync.Mutex
		kept := map[string]any{}
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			var sent any
			if chosen(r) {
				if body := bodyOf(r); body != nil {
					if v, ok := body.Get(name); ok && odd(v) {
						sent = v
						body.Delete(name)
						setBody(r, body)
					}
				}
			}
			a := serve(next, r)
			mu.Lock()
			defer mu.Unlock()
			for _, o := range a.resources() {
				id := o.String("id")
				if sent != nil && id != "" {
					kept[id] = sent
				}
				if v, ok := kept[id]; ok {
					o.Set(name, v)
				}
			}
			a.send(w)
		})
	}
}

func notText(v any) bool { _, ok := v.(string); return !ok }

func notBool(v any) bool { _, ok := v.(bool); return !ok }

// renaming gives resources another id than the provider's, everywhere. pick
// names it for a new resource, from the request and the provider's answer; ""
// leaves the id as it is.
//
//go:noinline
func renaming(chosen when, pick func(r *http.Request, sent *scim.Object, a *answer) string) Wrap {
	return func(next http.Handler) http.Handler {
		var mu sync.Mutex
		real := map[string]string{} // by the id that is shown
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			defer mu.Unlock()
			for alias, id := range real {
				r.URL.Path = strings.ReplaceAll(r.URL.Path, "/"+alias, "/"+id)
				r.URL.RawPath = ""
			}
			picks := chosen(r)
			var sent *scim.Object
			if picks {
				sent = bodyOf(r)
			}
			a := serve(next, r)
			if picks && a.ok() && a.body != nil {
				if alias := pick(r, sent, a); alias != "" {
					real[alias] = a.body.String("id")
				}
			}
			if a.body != nil {
				a.raw, _ = a.body.MarshalJSON()
				a.body = nil
			}
			for alias, id := range real {
				a.raw = bytes.ReplaceAll(a.raw, []byte(id), []byte(alias))
				if location := a.header.Get("Location"); location != "" {
					a.header.Set("Location", strings.ReplaceAll(location, id, alias))
				}
			}
			a.send(w)
		})
	}
}

// after shows resources differently once such a request has succeeded.
//
//go:noinline
func after(chosen when, edit func(o *scim.Object)) Wrap {
	return func(next http.Handler) http.Handler {
		var mu sync.Mutex
		changed := map[string]bool{}
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			picks, below := chosen(r), segments(r)
			a := serve(next, r)
			mu.Lock()
			defer mu.Unlock()
			if picks && a.ok() && len(below) == 2 {
				changed[below[1]] = true
			}
			for _, o := range a.resources() {
				if changed[o.String("id")] {
					edit(o)
				}
			}
			a.send(w)
		})
	}
}

// unheard answers a change with the unchanged resource.
//
//go:noinline
func unheard(chosen when, such func(body *scim.Object) bool) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if chosen(r) {
				if body := bodyOf(r); body != nil && such(body) {
					ask(next, r, http.MethodGet, strings.Join(segments(r), "/"), nil).send(w)
					return
				}
			}
			next.ServeHTTP(w, r)
		})
	}
}

func anyBody(*scim.Object) bool { return true }

// withoutSent drops attributes from what comes in.
//
//go:noinline
func withoutSent(chosen when, names ...string) Wrap {
	return requests(chosen, func(_ *http.Request, body *scim.Object) {
		for _, name := range names {
			if body != nil {
				body.Delete(name)
			}
		}
	})
}

// keepingOld lets a PUT change everything but some attributes of such a body.
//
//go:noinline
func keepingOld(chosen when, name string, such func(body *scim.Object) bool) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if chosen(r) {
				if body := bodyOf(r); body != nil && such(body) {
					old := ask(next, r, http.MethodGet, strings.Join(segments(r), "/"), nil)
					body.Delete(name)
					if v, ok := old.body.Get(name); ok {
						body.Set(name, v)
					}
					setBody(r, body)
				}
			}
			next.ServeHTTP(w, r)
		})
	}
}

// inTurn applies several wraps, the first outermost.
//
//go:noinline
func inTurn(wraps ...Wrap) Wrap {
	return func(next http.Handler) http.Handler {
		for _, w := range slices.Backward(wraps) {
			next = w(next)
		}
		return next
	}
}
