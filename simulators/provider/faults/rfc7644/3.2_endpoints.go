package rfc7644

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// endpointsFaults violate features/rfc7644/3.2_endpoints.feature.
func endpointsFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.2-01", "PUT creates users", creating("/Users/*", false)},
		{"RFC7644-3.2-01", "PUT creates groups", creating("/Groups/*", false)},
		{"RFC7644-3.2-01", "PUT creates users and answers 404", creating("/Users/*", true)},
		{"RFC7644-3.2-01", "PUT to an unknown id is a success", rewrite.OnStatus(rewrite.At("PUT", "/*/*"), http.StatusNotFound, func(_ *http.Request, a *rewrite.Answer) { a.Status = 200 })},
		{"RFC7644-3.2-01", "PUT to an unknown id is a server error", rewrite.OnStatus(rewrite.At("PUT", "/*/*"), http.StatusNotFound, rewrite.As500)},
		{"RFC7644-3.2-01", "PUT to a deleted user is a success", rewrite.OnStatus(rewrite.At("PUT", "/Users/*"), http.StatusNotFound, func(r *http.Request, a *rewrite.Answer) {
			if !strings.Contains(r.URL.Path, "unknown") && !strings.Contains(r.URL.Path, "6f9619ff") {
				a.Status = 200
			}
		})},
		{"RFC7644-3.2-01", "PUT to a made-up UUID creates", rewrite.OnStatus(rewrite.At("PUT", "/Users/*"), http.StatusNotFound, func(r *http.Request, a *rewrite.Answer) {
			if strings.Contains(r.URL.Path, "6f9619ff") {
				rewrite.Stored(r, a)
			}
		})},

		{"RFC7644-3.2-02", "POST to a user replaces", rewrite.Handle(rewrite.At("POST", "/*/*"), func(_ http.Handler, r *http.Request) *rewrite.Answer {
			r.Method = http.MethodPut
			return nil
		})},
		{"RFC7644-3.2-02", "POST to a group replaces it and answers 405", rewrite.AnswersWith(rewrite.At("POST", "/Groups/*"), func(next http.Handler, r *http.Request, _ *rewrite.Answer) {
			rewrite.Ask(next, r, http.MethodPut, rewrite.PlaceOf(r), scim.NewObject(
				scim.Member{Name: "schemas", Value: []any{scim.GroupURN}}, scim.Member{Name: "displayName", Value: "replaced"}))
		})},
		{"RFC7644-3.2-02", "a foreign method answers 500", rewrite.OnStatus(rewrite.Anywhere, http.StatusMethodNotAllowed, rewrite.As500)},
		{"RFC7644-3.2-02", "a foreign method answers 200", rewrite.OnStatus(rewrite.At("POST", "/*/*"), http.StatusMethodNotAllowed, func(_ *http.Request, a *rewrite.Answer) { a.Status = 200 })},
		{"RFC7644-3.2-02", "a 405 without Allow", rewrite.OnStatus(rewrite.Anywhere, http.StatusMethodNotAllowed, func(_ *http.Request, a *rewrite.Answer) { a.Header.Del("Allow") })},
		{"RFC7644-3.2-02", "a 405 that allows the method", rewrite.OnStatus(rewrite.Anywhere, http.StatusMethodNotAllowed, func(r *http.Request, a *rewrite.Answer) { a.Header.Set("Allow", "GET, "+r.Method) })},
		{"RFC7644-3.2-02", "a 405 is a plain text", rewrite.OnStatus(rewrite.Anywhere, http.StatusMethodNotAllowed, rewrite.ReplaceBody("text/plain", "Method Not Allowed\n"))},
		{"RFC7644-3.2-02", "a 405 has no body", rewrite.OnStatus(rewrite.Anywhere, http.StatusMethodNotAllowed, rewrite.ReplaceBody("application/scim+json", ""))},
		{"RFC7644-3.2-02", "a 405 of discovery is a page", rewrite.OnStatus(rewrite.At("POST", "/ServiceProviderConfig"), http.StatusMethodNotAllowed, rewrite.ReplaceBody("text/html", "<h1>405</h1>"))},
		{"RFC7644-3.2-02", "POST to the schemas answers 201", rewrite.Answers(rewrite.At("POST", "/Schemas"), rewrite.Stored)},
		{"RFC7644-3.2-02", "POST to the resource types answers 500", rewrite.Answers(rewrite.At("POST", "/ResourceTypes"), rewrite.As500)},
		{"RFC7644-3.2-02", "POST to the configuration answers 200", rewrite.Answers(rewrite.At("POST", "/ServiceProviderConfig"), func(_ *http.Request, a *rewrite.Answer) { a.Status = 200 })},
		{"RFC7644-3.2-02", "the deletion of a schema answers 204", rewrite.Answers(rewrite.At("DELETE", "/Schemas/*"), func(_ *http.Request, a *rewrite.Answer) {
			*a = *rewrite.NewAnswer(204, nil)
		})},
		{"RFC7644-3.2-02", "GET of /Bulk answers 200", rewrite.Answers(rewrite.At("GET", "/Bulk"), func(_ *http.Request, a *rewrite.Answer) { a.Status = 200 })},
		{"RFC7644-3.2-02", "GET of a search answers 500", rewrite.Answers(rewrite.At("GET", "/Users/.search"), rewrite.As500)},

		{"RFC7644-3.2-03", "errors come with the status 200", rewrite.Answers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
			if a.Status >= 400 {
				a.Status = 200
			}
		})},
		{"RFC7644-3.2-03", "an unknown id comes with the status 200", rewrite.OnStatus(rewrite.At("GET", "/*/*"), http.StatusNotFound, func(_ *http.Request, a *rewrite.Answer) { a.Status = 200 })},
		{"RFC7644-3.2-03", "errors have no body", rewrite.Answers(rewrite.Anywhere, func(r *http.Request, a *rewrite.Answer) {
			if a.Status >= 400 {
				rewrite.ReplaceBody("application/scim+json", "")(r, a)
			}
		})},
		{"RFC7644-3.2-03", "duplicates come with the status 200", rewrite.OnStatus(rewrite.Creations("*"), http.StatusConflict, func(_ *http.Request, a *rewrite.Answer) { a.Status = 200 })},
		{"RFC7644-3.2-03", "errors of PUT have no body", rewrite.OnStatus(rewrite.Anywhere, http.StatusNotFound, rewrite.ReplaceBody("text/plain", ""))},

		{"RFC7644-3.2-04", "an unknown endpoint is a plain text", rewrite.Answers(unknown, rewrite.ReplaceBody("text/plain", "404 page not found\n"))},
		{"RFC7644-3.2-04", "an unknown endpoint is a page", rewrite.Answers(unknown, rewrite.ReplaceBody("text/html", "<title>404</title>"))},
		{"RFC7644-3.2-04", "an unknown endpoint has no body", rewrite.Answers(unknown, rewrite.ReplaceBody("application/scim+json", ""))},
		{"RFC7644-3.2-04", "an unknown endpoint answers 200", rewrite.Answers(unknown, func(_ *http.Request, a *rewrite.Answer) { a.Status = 200 })},
		{"RFC7644-3.2-04", "an unknown endpoint answers 500", rewrite.Answers(unknown, rewrite.As500)},
		{"RFC7644-3.2-04", "an unknown endpoint answers 400", rewrite.Answers(unknown, rewrite.AsError(scim.InvalidPath("no such endpoint")))},
		{"RFC7644-3.2-04", "an unknown endpoint answers 405 to POST", rewrite.Answers(func(r *http.Request) bool { return r.Method == http.MethodPost && unknown(r) }, rewrite.AsError(scim.MethodNotAllowed("GET")))},
		{"RFC7644-3.2-04", "an unknown endpoint answers 500 to DELETE", rewrite.Answers(func(r *http.Request) bool { return r.Method == http.MethodDelete && unknown(r) }, rewrite.As500)},
		{"RFC7644-3.2-04", "path segments below a user are ignored", rewrite.Handle(rewrite.Anywhere, func(_ http.Handler, r *http.Request) *rewrite.Answer {
			if s := rewrite.Segments(r); len(s) == 3 && s[0] == "Users" {
				r.URL.Path = r.URL.Path[:strings.LastIndex(r.URL.Path, "/")]
			}
			return nil
		})},
		{"RFC7644-3.2-04", "endpoints are known by their beginning", rewrite.Handle(rewrite.Anywhere, func(_ http.Handler, r *http.Request) *rewrite.Answer {
			if i := strings.Index(r.URL.Path, "/UsersX"); i >= 0 {
				r.URL.Path = r.URL.Path[:i] + "/Users"
			}
			return nil
		})},
	}
}

// creating lets PUT create where there is nothing.
func creating(place string, refuses bool) rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
		body := rewrite.BodyOf(r)
		a := rewrite.Serve(next, r)
		if a.Status == http.StatusNotFound && rewrite.At("PUT", place)(r) && body != nil {
			made := rewrite.Ask(next, r, http.MethodPost, rewrite.Segments(r)[0], body)
			if !refuses {
				a = made
			}
		}
		return a
	})
}

// unknown chooses the paths that lead to no endpoint.
func unknown(r *http.Request) bool {
	_, below, _ := strings.Cut(r.URL.Path, "/identity/v2/scim/")
	first, _, _ := strings.Cut(below, "/")
	return !slices.Contains(rewrite.Endpoints, first)
}
