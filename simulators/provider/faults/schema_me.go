package faults

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// meFaults are about the alias for the authenticated subject.
func meFaults() []Fault {
	return []Fault{
		{"RFC7644-3.11-01", "/Me answers 404", aliasMe(func(a *answer, _ string) { a.refuse(scim.NotFound("/Me", "")) })},
		{"RFC7644-3.11-01", "/Me answers 405", aliasMe(func(a *answer, _ string) { a.refuse(scim.MethodNotAllowed("POST")) })},
		{"RFC7644-3.11-01", "/Me answers 500", aliasMe(func(a *answer, _ string) { a.refuse(scim.Internal("oops")) })},
		{"RFC7644-3.11-02", "/Me answers 500", aliasMe(func(a *answer, _ string) { a.refuse(scim.Internal("oops")) })},
		{"RFC7644-3.11-02", "/Me redirects for the moment only", aliasMe(func(a *answer, location string) {
			*a = answer{status: http.StatusTemporaryRedirect, header: http.Header{"Location": {location}}}
		})},
		{"RFC7644-3.11-02", "/Me is a list", aliasMe(func(a *answer, _ string) {
			a.body = (&scim.List{TotalResults: 1, Resources: []*scim.Object{a.body}}).Object()
		})},
		{"RFC7644-3.11-02", "/Me is empty", aliasMe(func(a *answer, _ string) { a.body = scim.NewObject() })},
		{"RFC7644-3.11-03", "/Me has no Location", aliasMe(func(a *answer, _ string) { a.header.Del("Location") })},
		{"RFC7644-3.11-03", "the Location of /Me is /Me", aliasMe(func(a *answer, location string) {
			a.header.Set("Location", location[:strings.LastIndex(location, "/Users")]+"/Me")
		})},
		{"RFC7644-3.11-03", "the Location of /Me leads nowhere", aliasMe(func(a *answer, location string) { a.header.Set("Location", location+"0") })},
		{"RFC7644-3.11-03", "the Location of /Me leads to the list", aliasMe(func(a *answer, location string) {
			a.header.Set("Location", location[:strings.LastIndex(location, "/")])
		})},
		{"RFC7644-3.11-03", "/Me redirects without a Location", aliasMe(func(a *answer, _ string) {
			*a = answer{status: http.StatusPermanentRedirect, header: http.Header{}}
		})},
		{"RFC7644-3.11-03", "/Me redirects to what is not there", aliasMe(func(a *answer, location string) {
			*a = answer{status: http.StatusPermanentRedirect, header: http.Header{"Location": {location + "0"}}}
		})},
	}
}

// meVariations are the permitted ways to have the alias.
func meVariations() []Variation {
	return []Variation{
		{"/Me is the user of whoever asks", "RFC 7644 section 3.11", aliasMe(func(*answer, string) {})},
		{"/Me redirects to the user of whoever asks", "RFC 7644 section 3.11", aliasMe(func(a *answer, location string) {
			*a = answer{status: http.StatusPermanentRedirect, header: http.Header{"Location": {location}}}
		})},
	}
}

// aliasMe offers the alias, for a user who is made on the first occasion, and spoils
// its answers.
func aliasMe(spoil func(a *answer, location string)) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !at("GET", "/Me")(r) {
				next.ServeHTTP(w, r)
				return
			}
			a := subjectOf(next, r)
			spoil(a, a.body.Object("meta").String("location"))
			a.send(w)
		})
	}
}

// subjectOf reads the one user that everybody is.
func subjectOf(next http.Handler, r *http.Request) *answer {
	const name = "me@example.com"
	ask(next, r, "POST", "Users", scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.UserURN}}, scim.Member{Name: "userName", Value: name}))
	found := ask(next, r, "GET", "Users?filter="+url.QueryEscape(`userName eq "`+name+`"`), nil)
	for _, o := range found.resources() {
		return ask(next, r, "GET", "Users/"+url.PathEscape(o.String("id")), nil)
	}
	return found
}
