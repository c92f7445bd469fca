package rfc7644

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// meFaults violate features/rfc7644/3.11_me.feature.
func meFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.11-01", "/Me answers 404", rewrite.ServeMe(func(a *rewrite.Answer, _ string) { a.Refuse(scim.NotFound("/Me", "")) })},
		{"RFC7644-3.11-01", "/Me answers 405", rewrite.ServeMe(func(a *rewrite.Answer, _ string) { a.Refuse(scim.MethodNotAllowed("POST")) })},
		{"RFC7644-3.11-01", "/Me answers 500", rewrite.ServeMe(func(a *rewrite.Answer, _ string) { a.Refuse(scim.Internal("oops")) })},

		{"RFC7644-3.11-02", "/Me answers 500", rewrite.ServeMe(func(a *rewrite.Answer, _ string) { a.Refuse(scim.Internal("oops")) })},
		{"RFC7644-3.11-02", "/Me redirects for the moment only", rewrite.ServeMe(func(a *rewrite.Answer, location string) {
			*a = rewrite.Answer{Status: http.StatusTemporaryRedirect, Header: http.Header{"Location": {location}}}
		})},
		{"RFC7644-3.11-02", "/Me is a list", rewrite.ServeMe(func(a *rewrite.Answer, _ string) {
			a.Body = (&scim.List{TotalResults: 1, Resources: []*scim.Object{a.Body}}).Object()
		})},
		{"RFC7644-3.11-02", "/Me is empty", rewrite.ServeMe(func(a *rewrite.Answer, _ string) { a.Body = scim.NewObject() })},

		{"RFC7644-3.11-03", "/Me has no Location", rewrite.ServeMe(func(a *rewrite.Answer, _ string) { a.Header.Del("Location") })},
		{"RFC7644-3.11-03", "the Location of /Me is /Me", rewrite.ServeMe(func(a *rewrite.Answer, location string) {
			a.Header.Set("Location", location[:strings.LastIndex(location, "/Users")]+"/Me")
		})},
		{"RFC7644-3.11-03", "the Location of /Me leads nowhere", rewrite.ServeMe(func(a *rewrite.Answer, location string) { a.Header.Set("Location", location+"0") })},
		{"RFC7644-3.11-03", "the Location of /Me leads to the list", rewrite.ServeMe(func(a *rewrite.Answer, location string) {
			a.Header.Set("Location", location[:strings.LastIndex(location, "/")])
		})},
		{"RFC7644-3.11-03", "/Me redirects without a Location", rewrite.ServeMe(func(a *rewrite.Answer, _ string) {
			*a = *rewrite.NewAnswer(http.StatusPermanentRedirect, nil)
		})},
		{"RFC7644-3.11-03", "/Me redirects to a resource that does not exist", rewrite.ServeMe(func(a *rewrite.Answer, location string) {
			*a = rewrite.Answer{Status: http.StatusPermanentRedirect, Header: http.Header{"Location": {location + "0"}}}
		})},
	}
}
