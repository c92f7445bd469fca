package faults

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// when chooses requests.
type when func(r *http.Request) bool

// at chooses by method ("" for any, or several: "PUT,PATCH") and by place below
// the service root: "/Users", "/Users/*" (any id), "/*" (any collection), "/*/*"
// (any resource), "/Users/.search", "/Bulk"; "" is anywhere.
//
//go:noinline
func at(methods, place string) when {
	return func(r *http.Request) bool {
		return oneOf(r.Method, methods) && (place == "" || fits(segments(r), strings.Split(place[1:], "/")))
	}
}

func oneOf(method, methods string) bool {
	return methods == "" || strings.Contains(","+methods+",", ","+method+",")
}

func fits(segments, pattern []string) bool {
	if len(segments) != len(pattern) {
		return false
	}
	for i, p := range pattern {
		if p != segments[i] && (p != "*" || strings.HasPrefix(segments[i], ".")) {
			return false
		}
	}
	return true
}

// endpoints are the first segments below a service root, wherever that is.
var endpoints = []string{"Users", "Groups", "Schemas", "ResourceTypes", "ServiceProviderConfig", "Bulk", "Me", ".search"}

// segments is the path below the service root, unescaped; what is no known
// endpoint is the last segment alone.
func segments(r *http.Request) []string {
	all := strings.Split(strings.Trim(r.URL.EscapedPath(), "/"), "/")
	for i, s := range all {
		if slices.Contains(endpoints, s) {
			return unescape(all[i:])
		}
	}
	return unescape(all[len(all)-1:])
}

func unescape(segments []string) []string {
	for i, s := range segments {
		if u, err := url.PathUnescape(s); err == nil {
			segments[i] = u
		}
	}
	return segments
}

// answer is what a provider is about to say.
type answer struct {
	status int
	header http.Header
	raw    []byte       // the body; body wins if it is not nil
	body   *scim.Object // the body if it is a JSON object
}

func (a *answer) Header() http.Header { return a.header }
func (a *answer) WriteHeader(s int) {
	if a.status == 0 {
		a.status = s
	}
}
func (a *answer) Write(p []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	a.raw = append(a.raw, p...)
	return len(p), nil
}

// serve asks the provider and keeps its answer.
func serve(next http.Handler, r *http.Request) *answer {
	a := &answer{header: http.Header{}}
	next.ServeHTTP(a, r)
	if o, err := scim.ParseObject(a.raw); err == nil {
		a.body = o
	}
	return a
}

// send passes the answer on.
func (a *answer) send(w http.ResponseWriter) {
	raw := a.raw
	if a.body != nil {
		raw, _ = a.body.MarshalJSON()
	}
	maps.Copy(w.Header(), a.header)
	w.Header().Del("Content-Length")
	if len(raw) > 0 {
		w.Header().Set("Content-Length", strconv.Itoa(len(raw)))
	}
	if a.status == 0 {
		a.status = http.StatusOK
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(raw)
}

// ok says whether the answer is a success.
func (a *answer) ok() bool { return a.status >= 200 && a.status < 300 }

// resources are the resources that the answer shows: itself, or those of a list.
func (a *answer) resources() []*scim.Object {
	if a.body == nil || !a.ok() {
		return nil
	}
	if _, isList := a.body.Get("totalResults"); !isList {
		return []*scim.Object{a.body}
	}
	var shown []*scim.Object
	for _, v := range a.body.Array("Resources") {
		if o, ok := v.(*scim.Object); ok {
			shown = append(shown, o)
		}
	}
	return shown
}

// refuse turns the answer into an error.
func (a *answer) refuse(e *scim.Error) {
	*a = answer{status: e.Status, header: http.Header{"Content-Type": {"application/scim+json"}}, body: e.Object()}
}

// answers rewrites what comes out.
//
//go:noinline
func answers(chosen when, edit func(r *http.Request, a *answer)) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !chosen(r) {
				next.ServeHTTP(w, r)
				return
			}
			a := serve(next, r)
			edit(r, a)
			a.send(w)
		})
	}
}

// shown rewrites every resource that comes out, alone or in a list.
//
//go:noinline
func shown(chosen when, edit func(o *scim.Object)) Wrap {
	return answers(chosen, func(_ *http.Request, a *answer) {
		for _, o := range a.resources() {
			edit(o)
		}
	})
}

// requests rewrites what goes in: the URL and headers in place, the JSON body
// through edit (nil when it is none).
//
//go:noinline
func requests(chosen when, edit func(r *http.Request, body *scim.Object)) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if chosen(r) {
				body := bodyOf(r)
				edit(r, body)
				if body != nil {
					setBody(r, body)
				}
			}
			next.ServeHTTP(w, r)
		})
	}
}

// bodyOf reads the request's body, which can then be read again; nil if it is no
// JSON object.
func bodyOf(r *http.Request) *scim.Object {
	raw, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(raw))
	body, err := scim.ParseObject(raw)
	if err != nil {
		return nil
	}
	return body
}

func setBody(r *http.Request, body *scim.Object) {
	raw, _ := body.MarshalJSON()
	r.Body = io.NopCloser(bytes.NewReader(raw))
	r.ContentLength = int64(len(raw))
}

// ask sends the provider a request of the fault's own, with the credentials of r.
// path starts with the endpoint, such as "Users/" + url.PathEscape(id).
func ask(next http.Handler, r *http.Request, method, path string, body *scim.Object) *answer {
	own := r.Clone(r.Context())
	own.Method, own.Body, own.ContentLength = method, http.NoBody, 0
	for _, name := range []string{"If-Match", "If-None-Match", "Content-Length"} {
		own.Header.Del(name)
	}
	u := *r.URL
	path, u.RawQuery, _ = strings.Cut(path, "?")
	u.RawPath = root(r) + "/" + path
	if plain, err := url.PathUnescape(u.RawPath); err == nil {
		u.Path = plain
	} else {
		u.Path = u.RawPath
	}
	own.URL = &u
	own.Header.Set("Content-Type", "application/scim+json")
	if body != nil {
		setBody(own, body)
	}
	return serve(next, own)
}

// root is the path of the service root.
func root(r *http.Request) string {
	below := segments(r)
	all := strings.Split(strings.TrimRight(r.URL.EscapedPath(), "/"), "/")
	return strings.Join(all[:max(len(all)-len(below), 0)], "/")
}

// number is a JSON number.
func number(n int) json.Number { return json.Number(strconv.Itoa(n)) }

// editQuery changes the parameters of a request's URL.
func editQuery(r *http.Request, edit func(q url.Values)) {
	q := r.URL.Query()
	edit(q)
	r.URL.RawQuery = q.Encode()
}
