package rewrite

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// RawBody reads the request's body, which can then be read again.
func RawBody(r *http.Request) []byte {
	raw, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(raw))
	return raw
}

// Mending lets through what the provider would refuse, in another form.
func Mending(chosen When, mend func(raw []byte) []byte) Wrap {
	return Handle(chosen, func(next http.Handler, r *http.Request) *Answer {
		mended := mend(RawBody(r))
		r.Body = io.NopCloser(bytes.NewReader(mended))
		r.ContentLength = int64(len(mended))
		return nil
	})
}

// StrictAbout refuses requests with a body of a kind.
func StrictAbout(chosen When, kind Payload) Wrap {
	return InsteadOf(chosen, kind, func(_ http.Handler, _ *http.Request, a *Answer) {
		a.Refuse(scim.InvalidValue("this server does not take that"))
	})
}

// DeafTo answers requests with a body of a kind with the resource as it is.
func DeafTo(chosen When, kind Payload) Wrap {
	return InsteadOf(chosen, kind, func(next http.Handler, r *http.Request, a *Answer) {
		*a = *Ask(next, r, http.MethodGet, strings.Join(Segments(r), "/"), nil)
	})
}

func InsteadOf(chosen When, kind Payload, say func(next http.Handler, r *http.Request, a *Answer)) Wrap {
	return Handle(chosen, func(next http.Handler, r *http.Request) *Answer {
		if o := BodyOf(r); o == nil || !kind(o) {
			return nil
		}
		var a Answer
		say(next, r, &a)
		return &a
	})
}

// RemovesAsWell puts the removal of a path before the operations of a PATCH of a kind.
func RemovesAsWell(chosen When, kind Payload, path string) Wrap {
	return Requests(chosen, func(_ *http.Request, o *scim.Object) {
		if o == nil || !kind(o) {
			return
		}
		removal := scim.NewObject(scim.Member{Name: "op", Value: "remove"}, scim.Member{Name: "path", Value: path})
		o.Set("Operations", append([]any{removal}, o.Array("Operations")...))
	})
}

// ShowsOnly shows only some of the resources of a list.
func ShowsOnly(chosen When, shows func(r *http.Request, o *scim.Object) bool) Wrap {
	return Answers(chosen, func(r *http.Request, a *Answer) {
		if !a.Ok() || a.Body == nil {
			return
		}
		list := slices.DeleteFunc(slices.Clone(a.Body.Array("Resources")), func(v any) bool {
			o, ok := v.(*scim.Object)
			return ok && !shows(r, o)
		})
		a.Body.Set("Resources", list)
		a.Body.Set("totalResults", Number(len(list)))
	})
}

func NoneAtAll(*http.Request, *scim.Object) bool { return false }

func IsActiveUser(o *scim.Object) bool {
	active, ok := o.Get("active")
	return !ok || active == true
}

// WithItsMembers deletes the members of a group before the group.
func WithItsMembers() Wrap {
	return Stateful(func() Wrap {
		deletes := At("DELETE", "/Groups/*")
		return Handle(deletes, func(next http.Handler, r *http.Request) *Answer {
			group := Ask(next, r, http.MethodGet, strings.Join(Segments(r), "/"), nil)
			for _, v := range group.Body.Array("members") {
				if member, ok := v.(*scim.Object); ok {
					Ask(next, r, http.MethodDelete, "Users/"+member.String("value"), nil)
				}
			}
			return nil
		})
	})
}

// ReadsFilterAs lets the server read another filter than the one that was sent.
func ReadsFilterAs(chosen When, read func(filter string) string) Wrap {
	return Requests(chosen, func(r *http.Request, _ *scim.Object) {
		EditQuery(r, func(q url.Values) {
			if filter := read(q.Get("filter")); filter != "" {
				q.Set("filter", filter)
			} else {
				q.Del("filter")
			}
		})
	})
}

func ReadsNoFilter(string) string { return "" }

func FirstCondition(filter string) string {
	first, _, _ := strings.Cut(filter, " and ")
	return first
}

// Ahead acts on requests before the provider sees them.
func Ahead(chosen When, edit func(r *http.Request)) Wrap {
	return Handle(chosen, func(next http.Handler, r *http.Request) *Answer {
		edit(r)
		return nil
	})
}

func RefuseUsers(incomplete func(body *scim.Object) bool) Wrap {
	return func(next http.Handler) http.Handler {
		return Judging(next, func(r *http.Request, body *scim.Object) *scim.Error {
			if At("POST", "/Users")(r) && incomplete(body) {
				return scim.InvalidValue("incomplete")
			}
			return nil
		})
	}
}

// Unchanged answers what the provider would, and changes nothing: the resource
// is put back as it was.
func Unchanged(chosen When) Wrap {
	return Handle(chosen, func(next http.Handler, r *http.Request) *Answer {
		now := Ask(next, r, http.MethodGet, strings.Join(EscapedSegments(r), "/"), nil)
		if r.Method == http.MethodDelete && now.Ok() {
			now = &Answer{Status: http.StatusNoContent, Header: http.Header{}}
		}
		return now
	})
}

func HiddenBy(which func(o *scim.Object, filter string) bool) Wrap {
	return Answers(At("GET", "/Users"), func(r *http.Request, a *Answer) {
		if !a.Ok() {
			return
		}
		kept := []any{}
		for _, o := range a.Resources() {
			if !which(o, r.URL.Query().Get("filter")) {
				kept = append(kept, o)
			}
		}
		a.Body.Set("Resources", kept)
		a.Body.Set("totalResults", Number(len(kept)))
	})
}

// Current is the resource of a request as it is; empty if there is none.
func Current(next http.Handler, r *http.Request) *scim.Object {
	a := Ask(next, r, http.MethodGet, strings.Join(Segments(r), "/"), nil)
	if !a.Ok() || a.Body == nil {
		return scim.NewObject()
	}
	return a.Body
}

// Receiving edits a part of what comes in.
func Receiving(chosen When, path string, edit func(v any) any) Wrap {
	edited := Part(path, edit)
	return Requests(chosen, func(_ *http.Request, body *scim.Object) {
		if body != nil {
			edited(body)
		}
	})
}

// RefusingBodies answers an error to requests with such a body.
func RefusingBodies(chosen When, such func(body *scim.Object) bool, e *scim.Error) Wrap {
	return Handle(chosen, func(next http.Handler, r *http.Request) *Answer {
		if body := BodyOf(r); body != nil && such(body) {
			return Refusal(e)
		}
		return nil
	})
}

// StoringAsSent takes values out of requests that the provider would refuse or
// ignore, and shows them with the resource from then on.
func StoringAsSent(chosen When, name string, odd func(v any) bool) Wrap {
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

// Unheard answers a change with the unchanged resource.
func Unheard(chosen When, such func(body *scim.Object) bool) Wrap {
	return Handle(chosen, func(next http.Handler, r *http.Request) *Answer {
		if body := BodyOf(r); body != nil && such(body) {
			return Ask(next, r, http.MethodGet, strings.Join(Segments(r), "/"), nil)
		}
		return nil
	})
}

// WithoutSent drops attributes from what comes in.
func WithoutSent(chosen When, names ...string) Wrap {
	return Requests(chosen, func(_ *http.Request, body *scim.Object) {
		for _, name := range names {
			if body != nil {
				body.Delete(name)
			}
		}
	})
}

// KeepingOld lets a PUT change everything but some attributes of such a body.
func KeepingOld(chosen When, name string, such func(body *scim.Object) bool) Wrap {
	return Handle(chosen, func(next http.Handler, r *http.Request) *Answer {
		if body := BodyOf(r); body != nil && such(body) {
			old := Ask(next, r, http.MethodGet, strings.Join(Segments(r), "/"), nil)
			body.Delete(name)
			if v, ok := old.Body.Get(name); ok {
				body.Set(name, v)
			}
			SetBody(r, body)
		}
		return nil
	})
}

// WithoutSentIf drops attributes from such bodies.
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

// Requests rewrites what goes in: the URL and headers in place, the JSON body
// through edit (nil when it is none).
func Requests(chosen When, edit func(r *http.Request, body *scim.Object)) Wrap {
	return Handle(chosen, func(next http.Handler, r *http.Request) *Answer {
		body := BodyOf(r)
		edit(r, body)
		if body != nil {
			SetBody(r, body)
		}
		return nil
	})
}

// BodyOf reads the request's body, which can then be read again; nil if it is no
// JSON object.
func BodyOf(r *http.Request) *scim.Object {
	raw, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(raw))
	body, err := scim.ParseObject(raw)
	if err != nil {
		return nil
	}
	return body
}

func SetBody(r *http.Request, body *scim.Object) {
	raw, _ := body.MarshalJSON()
	r.Body = io.NopCloser(bytes.NewReader(raw))
	r.ContentLength = int64(len(raw))
}

// Ask sends the provider a request of the fault's own, with the credentials of r.
// path starts with the endpoint, such as "Users/" + url.PathEscape(id).
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

// Forbid answers with an error.
func Forbid(chosen When, e *scim.Error) Wrap {
	return Answers(chosen, func(_ *http.Request, a *Answer) {
		if a.Status != http.StatusUnauthorized {
			a.Refuse(e)
		}
	})
}

// Judging lets judge refuse requests with a JSON body.
func Judging(next http.Handler, judge func(r *http.Request, body *scim.Object) *scim.Error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if body := BodyOf(r); body != nil {
			e := judge(r, body)
			if e != nil && Ask(next, r, http.MethodGet, "Users?count=0", nil).Ok() { // only who may come in is refused so
				a := &Answer{}
				a.Refuse(e)
				a.Send(w)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}
