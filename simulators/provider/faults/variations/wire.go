package variations

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// wireVariations are about HTTP and JSON as text.
func wireVariations() []Variation {
	return []Variation{
		{"the media type has a charset parameter", "RFC 7644 section 3.8: JSON is UTF-8 either way; parameters are HTTP's", mediaType("application/scim+json;charset=utf-8")},
		{"the media type has a charset parameter in capitals, after a space", "RFC 9110 section 8.3.1", mediaType("application/scim+json; charset=UTF-8")},
		{"the media type is written in capitals", "RFC 9110 section 8.3.1: types are matched without case", mediaType("Application/SCIM+JSON")},
		{"answers are compressed if the client takes it", "RFC 9110 section 8.4", zipped()},
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
		{"answers carry headers that nobody asked for", "habit of proxies and frameworks", rewrite.Answers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
			a.Header.Set("X-Request-ID", "9f1c")
			a.Header.Set("Cache-Control", "no-store")
			a.Header.Set("Strict-Transport-Security", "max-age=31536000")
			a.Header.Set("Set-Cookie", "lb=1; Path=/")
			a.Header.Add("Vary", "Origin")
		})},
		{"Content-Location repeats the address of the resource", "RFC 7643 section 3.1", rewrite.Answers(rewrite.At("", "/*/*"), func(_ *http.Request, a *rewrite.Answer) {
			if location := a.Body.Object("meta").String("location"); a.OK() && location != "" {
				a.Header.Set("Content-Location", location)
			}
		})},
		{"a refusal names several authentication schemes", "RFC 9110 section 11.6.1", rewrite.Answers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
			if a.Status == http.StatusUnauthorized {
				a.Header.Add("WWW-Authenticate", `Basic realm="scim"`)
			}
		})},
		{"a request is sent away for a moment now and then, with 429", "RFC 6585 section 4", busy(http.StatusTooManyRequests)},
		{"a request is sent away for a moment now and then, with 503", "RFC 9110 section 10.2.3", busy(http.StatusServiceUnavailable)},
		{"errors have members beyond the standard's", "RFC 7644 section 3.12 lists members, not the only ones", rewrite.Answers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
			if a.Status >= 400 && a.Body != nil {
				a.Body.Set("correlationId", "9f1c")
			}
		})},
		{"errors have no detail", "RFC 7644 section 3.12: detail is optional", rewrite.Answers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
			if a.Status >= 400 && a.Body != nil && a.Status != http.StatusRequestEntityTooLarge {
				a.Body.Delete("detail")
			}
		})},
	}
}

func mediaType(text string) rewrite.Wrap {
	return rewrite.Answers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
		if a.Header.Get("Content-Type") != "" {
			a.Header.Set("Content-Type", text)
		}
	})
}

// zipped compresses answers for clients that accept it.
func zipped() rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
		a := rewrite.Serve(next, r)
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") && len(a.Raw) > 0 {
			var out bytes.Buffer
			z := gzip.NewWriter(&out)
			_, _ = z.Write(a.Raw)
			_ = z.Close()
			a.Raw, a.Body = out.Bytes(), nil
			a.Header.Set("Content-Encoding", "gzip")
			a.Header.Add("Vary", "Accept-Encoding")
		}
		return a
	})
}

// chunked sends answers in pieces, without Content-Length.
func chunked(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := rewrite.Serve(next, r)
		maps.Copy(w.Header(), a.Header)
		w.Header().Del("Content-Length")
		w.WriteHeader(max(a.Status, http.StatusOK))
		flush := http.NewResponseController(w)
		for len(a.Raw) > 0 {
			n := min(len(a.Raw), 97)
			_, _ = w.Write(a.Raw[:n])
			_ = flush.Flush()
			a.Raw = a.Raw[n:]
		}
	})
}

// rawAnswers rewrites the text of JSON answers.
func rawAnswers(edit func(raw []byte) []byte) rewrite.Wrap {
	return rewrite.Answers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
		if a.Body != nil {
			a.Raw, a.Body = edit(a.Raw), nil
		}
	})
}

// escaped writes characters outside ASCII as escapes.
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

// busy answers every ninth request with this status before it does anything.
func busy(status int) rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var n atomic.Int64
		return rewrite.Handle(rewrite.Anywhere, func(http.Handler, *http.Request) *rewrite.Answer {
			if n.Add(1)%9 != 0 {
				return nil
			}
			return rewrite.Refusal(&scim.Error{Status: status, Header: http.Header{"Retry-After": {"0"}}})
		})
	})
}
