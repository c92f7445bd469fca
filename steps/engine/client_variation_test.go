package engine

import (
	"bytes"
	"io"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/client"
	"github.com/simulate-duo/simulate-duo/steps/client/visit"
)

// sending is a way to send requests.
type sending func(next http.RoundTripper, r *http.Request) (*http.Response, error)

type sender struct {
	next http.RoundTripper
	send sending
}

func (s sender) RoundTrip(r *http.Request) (*http.Response, error) {
	return s.send(s.next, r.Clone(r.Context()))
}

// editing changes requests before they are sent.
func editing(edit func(r *http.Request)) sending {
	return func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		edit(r)
		return next.RoundTrip(r)
	}
}

// bodies changes the text of bodies.
func bodies(edit func(text string) string) sending {
	return editing(func(r *http.Request) {
		if r.Body == nil || r.Body == http.NoBody {
			return
		}
		text, _ := io.ReadAll(r.Body)
		edited := []byte(edit(string(text)))
		r.Body, r.ContentLength, r.GetBody = io.NopCloser(bytes.NewReader(edited)), int64(len(edited)), nil
	})
}

// also sends a request of its own before each of these.
func also(method string, own func(r *http.Request) *http.Request) sending {
	return func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		if r.Method == method {
			if resp, err := next.RoundTrip(own(r)); err == nil {
				_, _ = io.Copy(io.Discard, resp.Body)
				_ = resp.Body.Close()
			}
		}
		return next.RoundTrip(r)
	}
}

// asGet is a read of the address with this query.
func asGet(r *http.Request, query string) *http.Request {
	own := r.Clone(r.Context())
	own.Method, own.Body, own.ContentLength = http.MethodGet, http.NoBody, 0
	own.Header.Del("Content-Type")
	own.URL.RawQuery = query
	return own
}

var (
	escapes = regexp.MustCompile(`%[0-9A-F]{2}`)
	urn     = `urn:ietf:params:scim:schemas:core:2.0:User:`
)

// harmless is what clients may do, each with what permits it. None of it is a finding.
var harmless = map[string]sending{
	"plain JSON with a charset, RFC 7644 section 3.8":    editing(withHeader("Content-Type", "application/json; charset=UTF-8")),
	"the media type in capitals, RFC 9110 section 8.3.1": editing(withHeader("Content-Type", "Application/SCIM+JSON")),
	"everything is accepted, RFC 9110 section 12.5.1":    editing(withHeader("Accept", "*/*")),
	"SCIM is preferred, RFC 9110 section 12.5.1":         editing(withHeader("Accept", "application/scim+json, application/json;q=0.9, */*;q=0.1")),
	"no Accept header, RFC 9110 section 12.5.1":          editing(func(r *http.Request) { r.Header.Del("Accept") }),
	"the scheme in small letters, RFC 9110 section 11.1": editing(func(r *http.Request) { r.Header.Set("Authorization", "bearer "+clientToken) }),
	"headers of its own": editing(func(r *http.Request) {
		r.Header.Set("X-Request-ID", "9f1c")
		r.Header.Set("Traceparent", "00-4bf9-00f0-01")
	}),
	"no compression": editing(func(r *http.Request) { r.Header.Set("Accept-Encoding", "identity") }),
	"chunks without a length, RFC 9112 section 7.1":        editing(unmeasured),
	"connections that are not kept, RFC 9112 section 9.6":  editing(func(r *http.Request) { r.Close = true }),
	"escapes in small letters, RFC 3986 section 6.2.2.1":   editing(func(r *http.Request) { r.URL.RawQuery = escapes.ReplaceAllStringFunc(r.URL.RawQuery, strings.ToLower) }),
	"spaces as %20, RFC 3986 section 2.1":                  editing(func(r *http.Request) { r.URL.RawQuery = strings.ReplaceAll(r.URL.RawQuery, "+", "%20") }),
	"indented bodies, RFC 8259 section 2":                  bodies(func(s string) string { return strings.ReplaceAll(s, `,"`, ",\n  \"") + "\n" }),
	"non-ASCII letters as escapes, RFC 8259 section 7":     bodies(func(s string) string { return strings.ReplaceAll(s, "ë", `\u00eb`) }),
	"schemas behind the rest, RFC 7643 section 2.3.8":      bodies(schemasLast),
	"operators in capitals, RFC 7644 section 3.4.2.2":      filtering(func(f string) string { return strings.Replace(f, " eq ", " EQ ", 1) }),
	"full names in filters, RFC 7644 section 3.10":         filtering(func(f string) string { return strings.Replace(f, "userName", urn+"userName", 1) }),
	"a filter of two conditions, RFC 7644 section 3.4.2.2": filtering(func(f string) string { return f + ` and (meta.created pr)` }),
	"operations in capitals, see CLIENT-PATCH-02":          bodies(func(s string) string { return strings.ReplaceAll(s, `"op":"replace"`, `"op":"Replace"`) }),
	"full names in paths, RFC 7644 section 3.10":           bodies(func(s string) string { return strings.ReplaceAll(s, `"path":"active"`, `"path":"`+urn+`active"`) }),
	"a read of the configuration without a token":          also(http.MethodPost, discovery),
	"a read of the resource after a change":                also(http.MethodPatch, func(r *http.Request) *http.Request { return asGet(r, "") }),
	"a read of chosen attributes, RFC 7644 section 3.9":    also(http.MethodPatch, func(r *http.Request) *http.Request { return asGet(r, "attributes=userName") }),
	"a conditional read of anything, RFC 9110 section 13.1.2": also(http.MethodPatch, func(r *http.Request) *http.Request {
		own := asGet(r, "")
		own.Header.Set("If-None-Match", "*")
		return own
	}),
	"a page of two, RFC 7644 section 3.4.2.4": also(http.MethodPost, func(r *http.Request) *http.Request { return asGet(r, "startIndex=1&count=1") }),
	"looks for people of its own":             also(http.MethodPost, stranger),
	"looks by POST, RFC 7644 section 3.4.3":   searching,
}

func withHeader(name, value string) func(r *http.Request) {
	return func(r *http.Request) {
		if r.Header.Get(name) != "" {
			r.Header.Set(name, value)
		}
	}
}

// unmeasured lets the body be sent in chunks.
func unmeasured(r *http.Request) {
	if r.Body != nil && r.Body != http.NoBody {
		r.ContentLength = -1
	}
}

func filtering(edit func(f string) string) sending {
	return editing(func(r *http.Request) {
		if q := r.URL.Query(); q.Has("filter") && strings.HasSuffix(r.URL.Path, "/Users") {
			q.Set("filter", edit(q.Get("filter")))
			r.URL.RawQuery = q.Encode()
		}
	})
}

func schemasLast(text string) string {
	o, err := scim.ParseObject([]byte(text))
	if err != nil {
		return text
	}
	schemas, _ := o.Get("schemas")
	o.Delete("schemas")
	o.Set("schemas", schemas)
	out, _ := o.MarshalJSON()
	return string(out)
}

func stranger(r *http.Request) *http.Request {
	own := asGet(r, "filter=userName+eq+%22zoey.oneil%40corp.example%22")
	own.URL.Path = own.URL.Path[:strings.LastIndex(own.URL.Path, "/")] + "/Users"
	return own
}

func discovery(r *http.Request) *http.Request {
	own := asGet(r, "")
	own.URL.Path = own.URL.Path[:strings.LastIndex(own.URL.Path, "/")] + "/ServiceProviderConfig"
	own.Header.Del("Authorization")
	return own
}

// searching asks by POST what was to be asked by GET.
func searching(next http.RoundTripper, r *http.Request) (*http.Response, error) {
	q := r.URL.Query()
	if r.Method != http.MethodGet || !q.Has("filter") {
		return next.RoundTrip(r)
	}
	body := scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.SearchRequestURN}}, scim.Member{Name: "filter", Value: q.Get("filter")},
	)
	text, _ := body.MarshalJSON()
	own := r.Clone(r.Context())
	own.Method, own.Body, own.ContentLength = http.MethodPost, io.NopCloser(bytes.NewReader(text)), int64(len(text))
	own.Header.Set("Content-Type", scim.MediaType)
	own.URL = &url.URL{Scheme: r.URL.Scheme, Host: r.URL.Host, Path: r.URL.Path + "/.search"}
	return next.RoundTrip(own)
}

func TestNoHarmlessVariationOfAClientIsAFinding(t *testing.T) {
	t.Parallel()
	for i, name := range slices.Sorted(maps.Keys(harmless)) {
		if i%everyGroup != 0 {
			continue
		}
		t.Run(name, func(t *testing.T) {
			send := harmless[name]
			wantNoFinding(t, judgedClient(t, receivedFrom(t, duo.Options{}, send)))
		})
	}
}

func TestAClientOfManyWorkersIsJudgedLikeOneOfOne(t *testing.T) {
	wantNoFinding(t, judgedClient(t, receivedFrom(t, duo.Options{Workers: 8}, nil)))
}

// receivedFrom has a Duo that sends in its own way do all tasks.
func receivedFrom(t *testing.T, options duo.Options, send sending) *client.Recording {
	t.Helper()
	return received(t, visit.Options{}, func(h *visit.Host, clock *clock) visit.Doer {
		return newDuoClient(t, h, clock, nil, func(a duo.Application, c *wire.Client, o duo.Options) (provisioner, error) {
			if send != nil {
				c.HTTP.Transport = sender{c.HTTP.Transport, send}
			}
			o.Workers = options.Workers
			return duo.New(a, duo.Profile{}, c, o)
		}).do
	})
}
