package rewrite

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Requests rewrites what goes in: the URL and the headers in place, the JSON body
// through edit. body is nil if the request has none.
func Requests(chosen When, edit func(r *http.Request, body *scim.Object)) Wrap {
	return Handle(chosen, func(_ http.Handler, r *http.Request) *Answer {
		body := BodyOf(r)
		edit(r, body)
		if body != nil {
			SetBody(r, body)
		}
		return nil
	})
}

// Ahead acts on requests before the provider gets them.
func Ahead(chosen When, edit func(r *http.Request)) Wrap {
	return Handle(chosen, func(_ http.Handler, r *http.Request) *Answer {
		edit(r)
		return nil
	})
}

// EditRaw rewrites the bytes of a request's body.
func EditRaw(chosen When, mend func(raw []byte) []byte) Wrap {
	return Handle(chosen, func(_ http.Handler, r *http.Request) *Answer {
		mended := mend(RawBody(r))
		r.Body = io.NopCloser(bytes.NewReader(mended))
		r.ContentLength = int64(len(mended))
		return nil
	})
}

// EditSent edits a part of the body, found as by Part.
func EditSent(chosen When, path string, edit func(v any) any) Wrap {
	edited := Part(path, edit)
	return Requests(chosen, func(_ *http.Request, body *scim.Object) {
		if body != nil {
			edited(body)
		}
	})
}

// WithoutSent takes members out of the body.
func WithoutSent(chosen When, names ...string) Wrap {
	return Requests(chosen, func(_ *http.Request, body *scim.Object) {
		for _, name := range names {
			if body != nil {
				body.Delete(name)
			}
		}
	})
}

// WithoutSentIf takes members out of bodies that are such.
func WithoutSentIf(chosen When, such func(*scim.Object) bool, names ...string) Wrap {
	return Requests(chosen, func(_ *http.Request, body *scim.Object) {
		if body == nil || !such(body) {
			return
		}
		for _, name := range names {
			body.Delete(name)
		}
	})
}

// StoreAsSent takes a value out of requests that the provider would refuse or
// ignore, and shows it with the resource from then on. odd chooses the values.
func StoreAsSent(chosen When, name string, odd func(v any) bool) Wrap {
	return Stateful(func() Wrap {
		var mu sync.Mutex
		kept := map[string]any{}
		return Handle(Anywhere, func(next http.Handler, r *http.Request) *Answer {
			var sent any
			if chosen(r) {
				if body := BodyOf(r); body != nil {
					if v, ok := body.Get(name); ok && odd(v) {
						sent = v
						body.Delete(name)
						SetBody(r, body)
					}
				}
			}
			a := Serve(next, r)
			mu.Lock()
			defer mu.Unlock()
			for _, o := range a.Resources() {
				id := o.String("id")
				if sent != nil && id != "" {
					kept[id] = sent
				}
				if v, ok := kept[id]; ok {
					o.Set(name, v)
				}
			}
			return a
		})
	})
}

// KeepOld lets a request change everything but one attribute, where its body is
// such.
func KeepOld(chosen When, name string, such func(body *scim.Object) bool) Wrap {
	return Handle(chosen, func(next http.Handler, r *http.Request) *Answer {
		if body := BodyOf(r); body != nil && such(body) {
			old := Now(next, r)
			body.Delete(name)
			if v, ok := old.Body.Get(name); ok {
				body.Set(name, v)
			}
			SetBody(r, body)
		}
		return nil
	})
}

// RemoveAsWell puts the removal of a path before the operations of a PATCH that
// is such.
func RemoveAsWell(chosen When, kind Payload, path string) Wrap {
	return Requests(chosen, func(_ *http.Request, o *scim.Object) {
		if o == nil || !kind(o) {
			return
		}
		removal := Operation("remove", path, nil)
		o.Set("Operations", append([]any{removal}, o.Array("Operations")...))
	})
}

// DeleteWithMembers deletes the members of a group before the group.
func DeleteWithMembers() Wrap {
	return Stateful(func() Wrap {
		deletes := At("DELETE", "/Groups/*")
		return Handle(deletes, func(next http.Handler, r *http.Request) *Answer {
			group := Now(next, r)
			for _, member := range ObjectsIn(group.Body.Array("members")) {
				Ask(next, r, http.MethodDelete, "Users/"+member.String("value"), nil)
			}
			return nil
		})
	})
}

// BodyOf reads the request's body, which can be read again. It is nil if the body
// is not a JSON object.
func BodyOf(r *http.Request) *scim.Object {
	raw, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(raw))
	body, err := scim.ParseObject(raw)
	if err != nil {
		return nil
	}
	return body
}

// SetBody gives the request another body.
func SetBody(r *http.Request, body *scim.Object) {
	raw, _ := body.MarshalJSON()
	r.Body = io.NopCloser(bytes.NewReader(raw))
	r.ContentLength = int64(len(raw))
}

// RawBody reads the bytes of the request's body, which can be read again.
func RawBody(r *http.Request) []byte {
	raw, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(raw))
	return raw
}

// Ask sends the provider a request of its own, with the credentials of r. path
// starts with the endpoint, such as "Users/" + url.PathEscape(id).
func Ask(next http.Handler, r *http.Request, method, path string, body *scim.Object) *Answer {
	own := r.Clone(r.Context())
	own.Method, own.Body, own.ContentLength = method, http.NoBody, 0
	for _, name := range []string{"If-Match", "If-None-Match", "Content-Length"} {
		own.Header.Del(name)
	}
	u := *r.URL
	path, u.RawQuery, _ = strings.Cut(path, "?")
	u.RawPath = Root(r) + "/" + path
	if plain, err := url.PathUnescape(u.RawPath); err == nil {
		u.Path = plain
	} else {
		u.Path = u.RawPath
	}
	own.URL = &u
	own.Header.Set("Content-Type", "application/scim+json")
	if body != nil {
		SetBody(own, body)
	}
	return Serve(next, own)
}

// Now asks the provider for the resource that r is about.
func Now(next http.Handler, r *http.Request) *Answer {
	return Ask(next, r, http.MethodGet, PlaceOf(r), nil)
}

// Current is the resource that r is about, as it is now; empty if there is none.
func Current(next http.Handler, r *http.Request) *scim.Object {
	a := Now(next, r)
	if !a.OK() || a.Body == nil {
		return scim.NewObject()
	}
	return a.Body
}
