package faults

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

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

// storingText rewrites the texts of what is written.
func storingText(methods, place string, edit func(string) string) Wrap {
	return requests(at(methods, place), func(_ *http.Request, body *scim.Object) {
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
func latin1(announce bool) Wrap {
	return answers(at("", ""), func(_ *http.Request, a *answer) {
		if a.body == nil {
			return
		}
		text, _ := a.body.MarshalJSON()
		var raw []byte
		for _, c := range string(text) {
			if c < 256 {
				raw = append(raw, byte(c))
			} else {
				raw = append(raw, '?')
			}
		}
		a.body, a.raw = nil, raw
		if announce {
			a.header.Set("Content-Type", "application/scim+json; charset=iso-8859-1")
		}
	})
}

// unacceptable refuses an Accept.
func unacceptable(chosen when, such func(accept string) bool) Wrap {
	return answers(func(r *http.Request) bool { return chosen(r) && such(r.Header.Get("Accept")) }, asError(scim.NotAcceptable("not so")))
}

func isExactly(accept string) func(string) bool { return func(a string) bool { return a == accept } }

// typed gives answers another Content-Type.
func typed(chosen when, contentType string) Wrap {
	return answers(chosen, func(_ *http.Request, a *answer) {
		if a.body == nil && len(a.raw) == 0 {
			return
		}
		a.header.Del("Content-Type")
		if contentType != "" {
			a.header.Set("Content-Type", contentType)
		}
	})
}

// accepts chooses requests by their Accept.
func accepts(value string) when {
	return func(r *http.Request) bool { return r.Header.Get("Accept") == value }
}

// unsupportedType refuses a Content-Type.
func unsupportedType(methods string, such func(contentType string) bool) Wrap {
	return answers(func(r *http.Request) bool { return at(methods, "")(r) && such(r.Header.Get("Content-Type")) },
		asError(scim.UnsupportedMediaType("not so")))
}

func withStatus(chosen func(status int) bool, contentType string) Wrap {
	return answers(at("", ""), func(_ *http.Request, a *answer) {
		if chosen(a.status) && a.body != nil {
			a.header.Set("Content-Type", contentType)
		}
	})
}

func formatFaults() []Fault {
	return []Fault{
		{"RFC7644-3.8-01", "characters beyond ASCII become question marks", storingText("POST,PUT,PATCH", "", within(127, "?"))},
		{"RFC7644-3.8-01", "characters beyond Latin-1 become question marks", storingText("POST,PUT,PATCH", "", within(255, "?"))},
		{"RFC7644-3.8-01", "characters beyond 16 bits are lost", storingText("POST,PUT,PATCH", "", within(0xffff, ""))},
		{"RFC7644-3.8-01", "characters beyond 16 bits are a server error", breakingDown(func(r *http.Request) bool {
			return strings.Contains(string(rawBody(r)), "😀")
		})},
		{"RFC7644-3.8-01", "text is encoded twice", storingText("POST,PUT,PATCH", "", encodedTwice)},
		{"RFC7644-3.8-01", "the names of groups lose accents", storingText("POST", "/Groups", within(127, ""))},
		{"RFC7644-3.8-01", "changes lose what is beyond ASCII", storingText("PATCH", "", within(127, "?"))},
		{"RFC7644-3.8-01", "answers are Latin-1", latin1(false)},
		{"RFC7644-3.8-01", "answers are Latin-1 and say so", latin1(true)},
		{"RFC7644-3.8-01", "answers announce another charset", typed(at("", ""), "application/scim+json; charset=iso-8859-1")},
		{"RFC7644-3.8-01", "escapes are kept as they are", storingText("POST", "", func(s string) string { return strings.ReplaceAll(s, `"`, `\"`) })},
		{"RFC7644-3.8-01", "backslashes are lost", storingText("POST", "", func(s string) string { return strings.ReplaceAll(s, `\`, ``) })},
		{"RFC7644-3.8-01", "filters are read as Latin-1", func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if q := r.URL.Query(); q.Has("filter") {
					q.Set("filter", encodedTwice(q.Get("filter")))
					r.URL.RawQuery = q.Encode()
				}
				next.ServeHTTP(w, r)
			})
		}},

		{"RFC7644-3.8-02", "application/scim+json is not acceptable", unacceptable(at("", ""), isExactly("application/scim+json"))},
		{"RFC7644-3.8-02", "application/scim+json is not acceptable for lists", unacceptable(at("GET", "/Users"), isExactly("application/scim+json"))},
		{"RFC7644-3.8-02", "application/scim+json is not acceptable for creations", unacceptable(at("POST", "/Users"), isExactly("application/scim+json"))},
		{"RFC7644-3.8-02", "application/scim+json gets a page", typed(accepts("application/scim+json"), "text/html")},
		{"RFC7644-3.8-02", "application/scim+json gets no Content-Type", typed(accepts("application/scim+json"), "text/plain")},
		{"RFC7644-3.8-02", "lists are application/json whatever is accepted", typed(at("GET", "/Users"), "application/json")},
		{"RFC7644-3.8-02", "several media types are not acceptable", unacceptable(at("", ""), func(a string) bool { return strings.Contains(a, ",") })},
		{"RFC7644-3.8-02", "parameters are not acceptable", unacceptable(at("", ""), func(a string) bool { return strings.Contains(a, "; charset") })},
		{"RFC7644-3.8-02", "media types have a case in Accept", unacceptable(at("", ""), isExactly("Application/SCIM+JSON"))},

		{"RFC7644-3.8-03", "application/json is not acceptable", unacceptable(at("", ""), isExactly("application/json"))},
		{"RFC7644-3.8-03", "application/json is not acceptable for lists", unacceptable(at("GET", "/Users"), isExactly("application/json"))},
		{"RFC7644-3.8-03", "application/json is not acceptable for creations", unacceptable(at("POST", "/Users"), isExactly("application/json"))},
		{"RFC7644-3.8-03", "application/json gets XML", typed(accepts("application/json"), "application/xml")},
		{"RFC7644-3.8-03", "application/json gets errors as a page", answers(accepts("application/json"), func(r *http.Request, a *answer) {
			if a.status == 404 {
				rewording("text/html", "<h1>404</h1>")(r, a)
			}
		})},

		{"RFC7644-3.8-04", "a missing Accept is refused", unacceptable(at("", ""), isExactly(""))},
		{"RFC7644-3.8-04", "a missing Accept is refused for lists", unacceptable(at("GET", "/Users"), isExactly(""))},
		{"RFC7644-3.8-04", "a missing Accept is refused for creations", unacceptable(at("POST", ""), isExactly(""))},
		{"RFC7644-3.8-04", "*/* is refused", unacceptable(at("", ""), isExactly("*/*"))},
		{"RFC7644-3.8-04", "application/* is refused", unacceptable(at("", ""), isExactly("application/*"))},
		{"RFC7644-3.8-04", "*/* gets a page", typed(accepts("*/*"), "text/html")},
		{"RFC7644-3.8-04", "a missing Accept gets XML", typed(accepts(""), "application/xml")},
		{"RFC7644-3.8-04", "what cannot be served is a server error", breakingDown(accepts("image/png"))},
		{"RFC7644-3.8-04", "what cannot be served is a plain text", answers(accepts("image/png"), rewording("text/plain", "Not Acceptable"))},

		{"RFC7644-3.8-05", "a charset is refused", unsupportedType("", func(t string) bool { return strings.Contains(t, "charset") })},
		{"RFC7644-3.8-05", "a charset is refused in changes", unsupportedType("PATCH", func(t string) bool { return strings.Contains(t, "charset") })},
		{"RFC7644-3.8-05", "a charset without a space is refused", unsupportedType("", func(t string) bool { return strings.Contains(t, ";charset") })},
		{"RFC7644-3.8-05", "media types have a case in Content-Type", unsupportedType("", func(t string) bool { return t != strings.ToLower(t) && !strings.Contains(t, "UTF") })},
		{"RFC7644-3.8-05", "a charset is a server error", breakingDown(func(r *http.Request) bool { return strings.Contains(r.Header.Get("Content-Type"), "charset") })},
		{"RFC7644-3.8-05", "application/json with a charset is refused", unsupportedType("", isExactly("application/json; charset=utf-8"))},

		{"RFC7644-3.8-06", "application/json is refused", unsupportedType("", isExactly("application/json"))},
		{"RFC7644-3.8-06", "application/json is refused for creations", unsupportedType("POST", isExactly("application/json"))},
		{"RFC7644-3.8-06", "application/json is refused for replacements", unsupportedType("PUT", isExactly("application/json"))},
		{"RFC7644-3.8-06", "application/json is refused for changes", unsupportedType("PATCH", isExactly("application/json"))},
		{"RFC7644-3.8-06", "application/json is refused for searches", answers(func(r *http.Request) bool {
			return at("POST", "/Users/.search")(r) && r.Header.Get("Content-Type") == "application/json"
		}, asError(scim.UnsupportedMediaType("not so")))},
		{"RFC7644-3.8-06", "application/json is refused for groups", answers(func(r *http.Request) bool {
			return at("POST", "/Groups")(r) && r.Header.Get("Content-Type") == "application/json"
		}, asError(scim.UnsupportedMediaType("not so")))},
		{"RFC7644-3.8-06", "changes as application/json are taken and not made", func(next http.Handler) http.Handler {
			return answers(at("PATCH", ""), func(_ *http.Request, _ *answer) {})(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodPatch && r.Header.Get("Content-Type") == "application/json" {
					w.WriteHeader(http.StatusNoContent)
					return
				}
				next.ServeHTTP(w, r)
			}))
		}},

		{"RFC7644-8.1-01", "answers are application/json", typed(at("", ""), "application/json")},
		{"RFC7644-8.1-01", "answers are text/json", typed(at("", ""), "text/json")},
		{"RFC7644-8.1-01", "answers have no media type", typed(at("", ""), "application/octet-stream")},
		{"RFC7644-8.1-01", "lists are application/json", typed(at("GET", "/*"), "application/json")},
		{"RFC7644-8.1-01", "a single user is application/json", typed(at("GET", "/Users/*"), "application/json")},
		{"RFC7644-8.1-01", "a single group is application/json", typed(at("GET", "/Groups/*"), "application/json")},
		{"RFC7644-8.1-01", "creations are application/json", typed(at("POST", "/Users"), "application/json")},
		{"RFC7644-8.1-01", "searches are application/json", typed(at("POST", "/Users/.search"), "application/json")},
		{"RFC7644-8.1-01", "replacements are application/json", typed(at("PUT", ""), "application/json")},
		{"RFC7644-8.1-01", "changes are application/json", typed(at("PATCH", ""), "application/json")},
		{"RFC7644-8.1-01", "the configuration is application/json", typed(at("GET", "/ServiceProviderConfig"), "application/json")},
		{"RFC7644-8.1-01", "the schemas are application/json", typed(at("GET", "/Schemas"), "application/json")},
		{"RFC7644-8.1-01", "the resource types are application/json", typed(at("GET", "/ResourceTypes"), "application/json")},
		{"RFC7644-8.1-01", "errors are application/json", withStatus(func(s int) bool { return s >= 400 }, "application/json")},
		{"RFC7644-8.1-01", "errors are application/problem+json", withStatus(func(s int) bool { return s >= 400 }, "application/problem+json")},
		{"RFC7644-8.1-01", "unknown ids are application/json", withStatus(func(s int) bool { return s == 404 }, "application/json")},
		{"RFC7644-8.1-01", "duplicates are application/json", withStatus(func(s int) bool { return s == 409 }, "application/json")},
		{"RFC7644-8.1-01", "401 is application/json", withStatus(func(s int) bool { return s == 401 }, "application/json")},
		{"RFC7644-8.1-01", "the media type is misspelt", typed(at("", ""), "application/json+scim")},
	}
}
