package faults

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"sync/atomic"
)

// wireVariations are about HTTP and JSON as text.
func wireVariations() []Variation {
	return []Variation{
		{"the media type has a charset parameter", "RFC 7644 section 3.8: JSON is UTF-8 either way; parameters are HTTP's", mediaType("application/scim+json;charset=utf-8")},
		{"the media type has a charset parameter in capitals, after a space", "RFC 9110 section 8.3.1", mediaType("application/scim+json; charset=UTF-8")},
		{"the media type is written in capitals", "RFC 9110 section 8.3.1: types are matched without case", mediaType("Application/SCIM+JSON")},
		{"answers are compressed if the client takes it", "RFC 9110 section 8.4", zipped},
		{"answers come in chunks without a length", "RFC 9112 section 7.1", chunked},
		{"answers are indented", "RFC 8259 section 2", rawAnswers(func(raw []byte) []byte {
			var out bytes.Buffer
			if json.Indent(&out, raw, "", "  ") != nil {
				return raw
			}
			return append(out.Bytes(), '\n')
		})},
		{"characters outside ASCII are escaped", "RFC 8259 section 7", rawAnswers(escaped)},
		{"the members of every object come in the reverse order", "RFC 7643 section 2.3.8, RFC 8259 section 4", rewritten(reversedMembers)},
		{"answers carry headers that nobody asked for", "habit of proxies and frameworks", answers(at("", ""), func(_ *http.Request, a *answer) {
			a.header.Set("X-Request-ID", "9f1c")
			a.header.Set("Cache-Control", "no-store")
			a.header.Set("Strict-Transport-Security", "max-age=31536000")
			a.header.Set("Set-Cookie", "lb=1; Path=/")
			a.header.Add("Vary", "Origin")
		})},
		{"Content-Location repeats the address of the resource", "RFC 7643 section 3.1", answers(at("", "/*/*"), func(_ *http.Request, a *answer) {
			if location := a.body.Object("meta").String("location"); a.ok() && location != "" {
				a.header.Set("Content-Location", location)
			}
		})},
		{"a refusal names several authentication schemes", "RFC 9110 section 11.6.1", answers(at("", ""), func(_ *http.Request, a *answer) {
			if a.status == http.StatusUnauthorized {
				a.header.Add("WWW-Authenticate", `Basic realm="scim"`)
			}
		})},
		{"a request is sent away for a moment now and then, with 429", "RFC 6585 section 4", busy(http.StatusTooManyRequests)},
		{"a request is sent away for a moment now and then, with 503", "RFC 9110 section 10.2.3", busy(http.StatusServiceUnavailable)},
		{"errors have members beyond the standard's", "RFC 7644 section 3.12 lists members, not the only ones", answers(at("", ""), func(_ *http.Request, a *answer) {
			if a.status >= 400 && a.body != nil {
				a.body.Set("correlationId", "9f1c")
			}
		})},
		{"errors have no detail", "RFC 7644 section 3.12: detail is optional", answers(at("", ""), func(_ *http.Request, a *answer) {
			if a.status >= 400 && a.body != nil && a.status != http.StatusRequestEntityTooLarge {
				a.body.Delete("detail")
			}
		})},
	}
}

func mediaType(text string) Wrap {
	return answers(at("", ""), func(_ *http.Request, a *answer) {
		if a.header.Get("Content-Type") != "" {
			a.header.Set("Content-Type", text)
		}
	})
}

func zipped(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := serve(next, r)
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") && len(a.raw) > 0 {
			var out bytes.Buffer
			z := gzip.NewWriter(&out)
			_, _ = z.Write(a.raw)
			_ = z.Close()
			a.raw, a.body = out.Bytes(), nil
			a.header.Set("Content-Encoding", "gzip")
			a.header.Add("Vary", "Accept-Encoding")
		}
		a.send(w)
	})
}

func chunked(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := serve(next, r)
		maps.Copy(w.Header(), a.header)
		w.Header().Del("Content-Length")
		w.WriteHeader(max(a.status, http.StatusOK))
		flush := http.NewResponseController(w)
		for len(a.raw) > 0 {
			n := min(len(a.raw), 97)
			_, _ = w.Write(a.raw[:n])
			_ = flush.Flush()
			a.raw = a.raw[n:]
		}
	})
}

// rawAnswers rewrites the text of JSON answers.
func rawAnswers(edit func(raw []byte) []byte) Wrap {
	return answers(at("", ""), func(_ *http.Request, a *answer) {
		if a.body != nil {
			a.raw, a.body = edit(a.raw), nil
		}
	})
}

func escaped(raw []byte) []byte {
	var out strings.Builder
	for _, c := range string(raw) {
		switch {
		case c < 0x80:
			out.WriteRune(c)
		case c < 0x10000:
			fmt.Fprintf(&out, `\u%04x`, c)
		default:
			fmt.Fprintf(&out, `\u%04x\u%04x`, 0xd800+(c-0x10000)>>10, 0xdc00+(c-0x10000)&0x3ff)
		}
	}
	return []byte(out.String())
}

// busy sends every ninth request away before it does anything.
func busy(status int) Wrap {
	return func(next http.Handler) http.Handler {
		var n atomic.Int64
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if n.Add(1)%9 == 0 {
				w.Header().Set("Retry-After", "0")
				w.Header().Set("Content-Type", "application/scim+json")
				w.WriteHeader(status)
				fmt.Fprintf(w, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"%d"}`, status)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}
