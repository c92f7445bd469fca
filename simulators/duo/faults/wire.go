package faults

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// roundTripper is a function that sends requests.
type roundTripper func(r *http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// transport changes how requests are sent.
func transport(send func(next http.RoundTripper, r *http.Request) (*http.Response, error)) func(http.RoundTripper) http.RoundTripper {
	return func(next http.RoundTripper) http.RoundTripper {
		return roundTripper(func(r *http.Request) (*http.Response, error) { return send(next, r) })
	}
}

// on chooses by method and by the last segment of the path ("" for any).
func on(r *http.Request, method, last string) bool {
	return r.Method == method && (last == "" || strings.HasSuffix(r.URL.Path, "/"+last))
}

// within chooses by a segment anywhere in the path.
func within(r *http.Request, method, segment string) bool {
	return r.Method == method && strings.Contains(r.URL.Path+"/", "/"+segment+"/")
}

// answer is an answer that nobody sent.
func answer(r *http.Request, status int, body *scim.Object) *http.Response {
	raw, _ := body.MarshalJSON()
	return &http.Response{
		StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header: http.Header{"Content-Type": {scim.MediaType}},
		Body:   io.NopCloser(bytes.NewReader(raw)), ContentLength: int64(len(raw)),
	}
}

func emptyList(r *http.Request) *http.Response {
	return answer(r, http.StatusOK, (&scim.List{}).Object())
}

// edited rewrites the JSON body of an answer.
func edited(resp *http.Response, edit func(body *scim.Object)) *http.Response {
	raw, _ := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if body, err := scim.ParseObject(raw); err == nil {
		edit(body)
		raw, _ = body.MarshalJSON()
	}
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(raw)), int64(len(raw))
	resp.Header.Del("Content-Length")
	return resp
}

// bodyOf is the JSON body of a request, which can be sent afterwards.
func bodyOf(r *http.Request) *scim.Object {
	if r.Body == nil {
		return nil
	}
	raw, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(raw))
	body, err := scim.ParseObject(raw)
	if err != nil {
		return nil
	}
	return body
}

// like is a request of the fault's own, with the headers of r.
func like(r *http.Request, method, path string, body *scim.Object) *http.Request {
	own := r.Clone(r.Context())
	own.Method, own.Body, own.ContentLength = method, http.NoBody, 0
	u := *r.URL
	u.Path, u.RawPath, u.RawQuery = path, "", ""
	own.URL = &u
	if body != nil {
		raw, _ := body.MarshalJSON()
		own.Body, own.ContentLength = io.NopCloser(bytes.NewReader(raw)), int64(len(raw))
		own.Header.Set("Content-Type", scim.MediaType)
	}
	return own
}

// send sends it and forgets the answer.
func send(next http.RoundTripper, r *http.Request) {
	if resp, err := next.RoundTrip(r); err == nil {
		_, _ = io.Copy(io.Discard, resp.Body)
		_ = resp.Body.Close()
	}
}

// unescaped sends the path as it reads, without percent-encoding.
func unescaped(r *http.Request) *http.Request {
	path, err := url.PathUnescape(r.URL.EscapedPath())
	if err != nil {
		return r
	}
	raw := *r.URL
	raw.Opaque = "//" + r.URL.Host + strings.NewReplacer(" ", "+").Replace(path)
	plain := r.Clone(r.Context())
	plain.URL = &raw
	return plain
}
