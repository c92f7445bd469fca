package rfc7644

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// formatsFaults violate features/rfc7644/3.8_formats.feature.
func formatsFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.8-01", "characters beyond ASCII become question marks", storingText("POST,PUT,PATCH", "", within(127, "?"))},
		{"RFC7644-3.8-01", "characters beyond Latin-1 become question marks", storingText("POST,PUT,PATCH", "", within(255, "?"))},
		{"RFC7644-3.8-01", "characters beyond 16 bits are lost", storingText("POST,PUT,PATCH", "", within(0xffff, ""))},
		{"RFC7644-3.8-01", "characters beyond 16 bits are a server error", rewrite.Break(func(r *http.Request) bool {
			return strings.Contains(string(rewrite.RawBody(r)), "😀")
		})},
		{"RFC7644-3.8-01", "text is encoded twice", storingText("POST,PUT,PATCH", "", encodedTwice)},
		{"RFC7644-3.8-01", "the names of groups lose accents", storingText("POST", "/Groups", within(127, ""))},
		{"RFC7644-3.8-01", "changes lose characters outside ASCII", storingText("PATCH", "", within(127, "?"))},
		{"RFC7644-3.8-01", "answers are Latin-1", latin1(false)},
		{"RFC7644-3.8-01", "answers are Latin-1 and say so", latin1(true)},
		{"RFC7644-3.8-01", "answers announce another charset", rewrite.SetContentType(rewrite.Anywhere, "application/scim+json; charset=iso-8859-1")},
		{"RFC7644-3.8-01", "escapes are kept as they are", storingText("POST", "", func(s string) string { return strings.ReplaceAll(s, `"`, `\"`) })},
		{"RFC7644-3.8-01", "backslashes are lost", storingText("POST", "", func(s string) string { return strings.ReplaceAll(s, `\`, ``) })},
		{"RFC7644-3.8-01", "filters are read as Latin-1", rewrite.Handle(rewrite.Anywhere, func(_ http.Handler, r *http.Request) *rewrite.Answer {
			if q := r.URL.Query(); q.Has("filter") {
				q.Set("filter", encodedTwice(q.Get("filter")))
				r.URL.RawQuery = q.Encode()
			}
			return nil
		})},

		{"RFC7644-3.8-02", "application/scim+json is not acceptable", unacceptable(rewrite.Anywhere, isExactly("application/scim+json"))},
		{"RFC7644-3.8-02", "application/scim+json is not acceptable for lists", unacceptable(rewrite.At("GET", "/Users"), isExactly("application/scim+json"))},
		{"RFC7644-3.8-02", "application/scim+json is not acceptable for creations", unacceptable(rewrite.At("POST", "/Users"), isExactly("application/scim+json"))},
		{"RFC7644-3.8-02", "application/scim+json gets a page", rewrite.SetContentType(accepts("application/scim+json"), "text/html")},
		{"RFC7644-3.8-02", "application/scim+json gets no Content-Type", rewrite.SetContentType(accepts("application/scim+json"), "text/plain")},
		{"RFC7644-3.8-02", "lists are application/json whatever is accepted", rewrite.SetContentType(rewrite.At("GET", "/Users"), "application/json")},
		{"RFC7644-3.8-02", "several media types are not acceptable", unacceptable(rewrite.Anywhere, func(a string) bool { return strings.Contains(a, ",") })},
		{"RFC7644-3.8-02", "parameters are not acceptable", unacceptable(rewrite.Anywhere, func(a string) bool { return strings.Contains(a, "; charset") })},
		{"RFC7644-3.8-02", "media types have a case in Accept", unacceptable(rewrite.Anywhere, isExactly("Application/SCIM+JSON"))},

		{"RFC7644-3.8-03", "application/json is not acceptable", unacceptable(rewrite.Anywhere, isExactly("application/json"))},
		{"RFC7644-3.8-03", "application/json is not acceptable for lists", unacceptable(rewrite.At("GET", "/Users"), isExactly("application/json"))},
		{"RFC7644-3.8-03", "application/json is not acceptable for creations", unacceptable(rewrite.At("POST", "/Users"), isExactly("application/json"))},
		{"RFC7644-3.8-03", "application/json gets XML", rewrite.SetContentType(accepts("application/json"), "application/xml")},
		{"RFC7644-3.8-03", "application/json gets errors as a page", rewrite.Answers(accepts("application/json"), func(r *http.Request, a *rewrite.Answer) {
			if a.Status == 404 {
				rewrite.ReplaceBody("text/html", "<h1>404</h1>")(r, a)
			}
		})},

		{"RFC7644-3.8-04", "a missing Accept is refused", unacceptable(rewrite.Anywhere, isExactly(""))},
		{"RFC7644-3.8-04", "a missing Accept is refused for lists", unacceptable(rewrite.At("GET", "/Users"), isExactly(""))},
		{"RFC7644-3.8-04", "a missing Accept is refused for creations", unacceptable(rewrite.At("POST", ""), isExactly(""))},
		{"RFC7644-3.8-04", "*/* is refused", unacceptable(rewrite.Anywhere, isExactly("*/*"))},
		{"RFC7644-3.8-04", "application/* is refused", unacceptable(rewrite.Anywhere, isExactly("application/*"))},
		{"RFC7644-3.8-04", "*/* gets a page", rewrite.SetContentType(accepts("*/*"), "text/html")},
		{"RFC7644-3.8-04", "a missing Accept gets XML", rewrite.SetContentType(accepts(""), "application/xml")},
		{"RFC7644-3.8-04", "a media type that cannot be served is a server error", rewrite.Break(accepts("image/png"))},
		{"RFC7644-3.8-04", "a missing media type is answered with plain text", rewrite.Answers(accepts("image/png"), rewrite.ReplaceBody("text/plain", "Not Acceptable"))},

		{"RFC7644-3.8-05", "a charset is refused", unsupportedType("", func(t string) bool { return strings.Contains(t, "charset") })},
		{"RFC7644-3.8-05", "a charset is refused in changes", unsupportedType("PATCH", func(t string) bool { return strings.Contains(t, "charset") })},
		{"RFC7644-3.8-05", "a charset without a space is refused", unsupportedType("", func(t string) bool { return strings.Contains(t, ";charset") })},
		{"RFC7644-3.8-05", "media types have a case in Content-Type", unsupportedType("", func(t string) bool { return t != strings.ToLower(t) && !strings.Contains(t, "UTF") })},
		{"RFC7644-3.8-05", "a charset is a server error", rewrite.Break(func(r *http.Request) bool { return strings.Contains(r.Header.Get("Content-Type"), "charset") })},
		{"RFC7644-3.8-05", "application/json with a charset is refused", unsupportedType("", isExactly("application/json; charset=utf-8"))},

		{"RFC7644-3.8-06", "application/json is refused", unsupportedType("", isExactly("application/json"))},
		{"RFC7644-3.8-06", "application/json is refused for creations", unsupportedType("POST", isExactly("application/json"))},
		{"RFC7644-3.8-06", "application/json is refused for replacements", unsupportedType("PUT", isExactly("application/json"))},
		{"RFC7644-3.8-06", "application/json is refused for changes", unsupportedType("PATCH", isExactly("application/json"))},
		{"RFC7644-3.8-06", "application/json is refused for searches", rewrite.Answers(func(r *http.Request) bool {
			return rewrite.At("POST", "/Users/.search")(r) && r.Header.Get("Content-Type") == "application/json"
		}, rewrite.AsError(scim.UnsupportedMediaType("not so")))},
		{"RFC7644-3.8-06", "application/json is refused for groups", rewrite.Answers(func(r *http.Request) bool {
			return rewrite.At("POST", "/Groups")(r) && r.Header.Get("Content-Type") == "application/json"
		}, rewrite.AsError(scim.UnsupportedMediaType("not so")))},
		{"RFC7644-3.8-06", "changes as application/json are taken and not made", rewrite.Handle(rewrite.At("PATCH", ""), func(_ http.Handler, r *http.Request) *rewrite.Answer {
			if r.Header.Get("Content-Type") == "application/json" {
				return rewrite.NewAnswer(http.StatusNoContent, nil)
			}
			return nil
		})},
	}
}

// texts rewrites every text of a resource or list, however deep.
func texts(v any, edit func(string) string) any {
	switch v := v.(type) {
	case string:
		return edit(v)
	case []any:
		for i := range v {
			v[i] = texts(v[i], edit)
		}
	case *scim.Object:
		for name, value := range v.Clone().All() {
			v.Set(name, texts(value, edit))
		}
	}
	return v
}

// storingText rewrites the texts in the bodies of writes.
func storingText(methods, place string, edit func(string) string) rewrite.Wrap {
	return rewrite.Requests(rewrite.At(methods, place), func(_ *http.Request, body *scim.Object) {
		if body != nil {
			texts(body, edit)
		}
	})
}

// within keeps only what fits a character set.
func within(limit rune, otherwise string) func(string) string {
	return func(s string) string {
		var b strings.Builder
		for _, c := range s {
			if c <= limit {
				b.WriteRune(c)
			} else {
				b.WriteString(otherwise)
			}
		}
		return b.String()
	}
}

// encodedTwice is UTF-8 that was taken for Latin-1 and encoded again.
func encodedTwice(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		b.WriteRune(rune(c))
	}
	return b.String()
}

// latin1 sends bodies in that encoding.
func latin1(announce bool) rewrite.Wrap {
	return rewrite.Answers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
		if a.Body == nil {
			return
		}
		text, _ := a.Body.MarshalJSON()
		var raw []byte
		for _, c := range string(text) {
			if c < 256 {
				raw = append(raw, byte(c))
			} else {
				raw = append(raw, '?')
			}
		}
		a.Body, a.Raw = nil, raw
		if announce {
			a.Header.Set("Content-Type", "application/scim+json; charset=iso-8859-1")
		}
	})
}

// unacceptable refuses an Accept.
func unacceptable(chosen rewrite.When, such func(accept string) bool) rewrite.Wrap {
	return rewrite.Answers(func(r *http.Request) bool { return chosen(r) && such(r.Header.Get("Accept")) }, rewrite.AsError(scim.NotAcceptable("not so")))
}

func isExactly(accept string) func(string) bool { return func(a string) bool { return a == accept } }

// accepts chooses requests by their Accept.
func accepts(value string) rewrite.When {
	return func(r *http.Request) bool { return r.Header.Get("Accept") == value }
}

// unsupportedType refuses a Content-Type.
func unsupportedType(methods string, such func(contentType string) bool) rewrite.Wrap {
	return rewrite.Answers(func(r *http.Request) bool { return rewrite.At(methods, "")(r) && such(r.Header.Get("Content-Type")) },
		rewrite.AsError(scim.UnsupportedMediaType("not so")))
}
