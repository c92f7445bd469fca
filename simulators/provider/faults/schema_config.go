package faults

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// configFaults are about the form of /ServiceProviderConfig.
func configFaults() []Fault {
	return []Fault{
		{"RFC7643-5-01", "the configuration says nothing of PATCH", spcLacks("patch", "")},
		{"RFC7643-5-01", "patch.supported is missing", spcLacks("patch", "supported")},
		{"RFC7643-5-01", "patch.supported is a text", spcSays("patch", "supported", "true")},
		{"RFC7643-5-01", "patch is true itself", spcSays("patch", "", true)},
		{"RFC7643-5-02", "the configuration says nothing of bulk", spcLacks("bulk", "")},
		{"RFC7643-5-02", "bulk.supported is missing", spcLacks("bulk", "supported")},
		{"RFC7643-5-02", "bulk.supported is a number", spcSays("bulk", "supported", number(1))},
		{"RFC7643-5-02", "bulk.maxOperations is missing", spcLacks("bulk", "maxOperations")},
		{"RFC7643-5-02", "bulk.maxOperations is a text", spcSays("bulk", "maxOperations", "1000")},
		{"RFC7643-5-02", "bulk.maxPayloadSize is missing", spcLacks("bulk", "maxPayloadSize")},
		{"RFC7643-5-02", "bulk.maxPayloadSize is negative", spcSays("bulk", "maxPayloadSize", number(-1))},
		{"RFC7643-5-02", "bulk.maxPayloadSize is null", spcSays("bulk", "maxPayloadSize", nil)},
		{"RFC7643-5-03", "the configuration says nothing of filters", spcLacks("filter", "")},
		{"RFC7643-5-03", "filter.supported is missing", spcLacks("filter", "supported")},
		{"RFC7643-5-03", "filter.supported is a text", spcSays("filter", "supported", "yes")},
		{"RFC7643-5-03", "filter.maxResults is missing", spcLacks("filter", "maxResults")},
		{"RFC7643-5-03", "filter.maxResults is a text", spcSays("filter", "maxResults", "200")},
		{"RFC7643-5-03", "filter.maxResults is negative", spcSays("filter", "maxResults", number(-1))},
		{"RFC7643-5-04", "the configuration says nothing of passwords", spcLacks("changePassword", "")},
		{"RFC7643-5-04", "changePassword.supported is missing", spcLacks("changePassword", "supported")},
		{"RFC7643-5-04", "changePassword.supported is a text", spcSays("changePassword", "supported", "false")},
		{"RFC7643-5-05", "the configuration says nothing of sorting", spcLacks("sort", "")},
		{"RFC7643-5-05", "sort.supported is missing", spcLacks("sort", "supported")},
		{"RFC7643-5-05", "sort.supported is null", spcSays("sort", "supported", nil)},
		{"RFC7643-5-06", "the configuration says nothing of ETags", spcLacks("etag", "")},
		{"RFC7643-5-06", "etag.supported is missing", spcLacks("etag", "supported")},
		{"RFC7643-5-06", "etag.supported is a text", spcSays("etag", "supported", "weak")},
		{"RFC7643-5-07", "authenticationSchemes is missing", spcLacks("authenticationSchemes", "")},
		{"RFC7643-5-07", "authenticationSchemes is an object", spc(func(o *scim.Object) {
			o.Set("authenticationSchemes", o.Array("authenticationSchemes")[0])
		})},
		{"RFC7643-5-07", "authenticationSchemes is empty", spcSays("authenticationSchemes", "", []any{})},
		{"RFC7643-5-07", "a scheme has no type", eachScheme(func(o *scim.Object) { o.Delete("type") })},
		{"RFC7643-5-07", "a scheme has no name", eachScheme(func(o *scim.Object) { o.Delete("name") })},
		{"RFC7643-5-07", "a scheme has no description", eachScheme(func(o *scim.Object) { o.Delete("description") })},
		{"RFC7643-5-07", "a scheme's name is empty", eachScheme(func(o *scim.Object) { o.Set("name", "") })},
		{"RFC7643-5-08", "a scheme's type is a word of the server's own", eachScheme(func(o *scim.Object) { o.Set("type", "apikey") })},
		{"RFC7643-5-08", "a scheme's type is capitalised", eachScheme(func(o *scim.Object) { o.Set("type", "OAuthBearerToken") })},
		{"RFC7643-5-09", "the configuration needs credentials", withoutCredentials("/ServiceProviderConfig", func(a *answer) {
			a.refuse(scim.Unauthorized("SCIM", "who are you?"))
		})},
		{"RFC7643-5-09", "the schemes are hidden from strangers", withoutCredentials("/ServiceProviderConfig", func(a *answer) {
			a.body.Delete("authenticationSchemes")
		})},
		{"RFC7643-5-13", "documentationUri is no URL", spcSays("documentationUri", "", "see the manual")},
		{"RFC7643-5-13", "a scheme's specUri is relative", eachScheme(func(o *scim.Object) { o.Set("specUri", "rfc6750.html") })},
		{"RFC7643-5-13", "a scheme's documentationUri is an object", eachScheme(func(o *scim.Object) { o.Set("documentationUri", scim.NewObject()) })},
		{"RFC7643-5-14", "two schemes are primary", spc(func(o *scim.Object) {
			firstElement, _ := o.Array("authenticationSchemes")[0].(*scim.Object)
			o.Set("authenticationSchemes", []any{firstElement, firstElement.Clone()})
		})},
		{"RFC7643-5-14", "primary is a text", eachScheme(func(o *scim.Object) { o.Set("primary", "true") })},
	}
}

// withoutCredentials edits the answers to requests without any.
func withoutCredentials(place string, edit func(a *answer)) Wrap {
	return answers(func(r *http.Request) bool {
		return at("GET", place)(r) && r.Header.Get("Authorization") == ""
	}, func(_ *http.Request, a *answer) { edit(a) })
}

// advertisedFaults are about whether the configuration is true.
func advertisedFaults() []Fault {
	return []Fault{
		{"RFC7643-5-10", "PATCH is advertised and answers 501", answers(at("PATCH", ""), func(_ *http.Request, a *answer) {
			a.refuse(scim.NotImplemented("no PATCH"))
		})},
		{"RFC7643-5-10", "PATCH is advertised and answers 405", answers(at("PATCH", ""), func(_ *http.Request, a *answer) {
			a.refuse(scim.MethodNotAllowed("GET"))
		})},
		{"RFC7643-5-10", "PATCH is advertised and changes nothing", swallowing("PATCH")},
		{"RFC7643-5-10", "PATCH is not advertised and changes nothing", combined(spcSays("patch", "supported", false), swallowing("PATCH"))},
		{"RFC7643-5-10", "bulk is advertised and answers 501", combined(spcSays("bulk", "supported", true), answers(at("POST", "/Bulk"), func(_ *http.Request, a *answer) {
			a.refuse(scim.NotImplemented("no bulk"))
		}))},
		{"RFC7643-5-10", "bulk is advertised and does nothing", combined(spcSays("bulk", "supported", true), answers(at("POST", "/Bulk"), func(_ *http.Request, a *answer) {
			*a = answer{status: 200, header: http.Header{"Content-Type": {"application/scim+json"}}, body: scim.NewObject(
				scim.Member{Name: "schemas", Value: []any{scim.BulkResponseURN}}, scim.Member{Name: "Operations", Value: []any{}})}
		}))},
		{"RFC7643-5-10", "filtering is advertised and answers 501", answers(isFiltered, func(_ *http.Request, a *answer) {
			a.refuse(scim.NotImplemented("no filters"))
		})},
		{"RFC7643-5-10", "filtering is advertised and ignored", withoutParameters("filter")},
		{"RFC7643-5-10", "filtering is advertised and finds nothing", answers(isFiltered, func(_ *http.Request, a *answer) {
			a.body = (&scim.List{}).Object()
		})},
		{"RFC7643-5-10", "filtering is not advertised and ignored", combined(spcSays("filter", "supported", false), withoutParameters("filter"))},
		{"RFC7643-5-10", "sorting is advertised and ignored", withoutParameters("sortBy")},
		{"RFC7643-5-10", "sorting is advertised and only goes up", withoutParameters("sortOrder")},
		{"RFC7643-5-10", "ETags are advertised and never sent", answers(at("", ""), func(_ *http.Request, a *answer) { a.header.Del("ETag") })},
		{"RFC7643-5-10", "changing a password is advertised and refused", refusingWrites("PUT,PATCH", func(_ *http.Request, body string) *scim.Error {
			if strings.Contains(body, `"password"`) {
				return scim.MutabilityError("passwords cannot be changed")
			}
			return nil
		})},
		{"RFC7643-5-10", "changing a password is advertised and forbidden", refusingWrites("PUT,PATCH", func(_ *http.Request, body string) *scim.Error {
			if strings.Contains(body, `"password"`) {
				return scim.Forbidden("passwords cannot be changed")
			}
			return nil
		})},
		{"RFC7643-5-11", "PATCH works and is said not to", spcSays("patch", "supported", false)},
		{"RFC7643-5-11", "filters work and are said not to", spcSays("filter", "supported", false)},
		{"RFC7643-5-12", "a page has more resources than filter.maxResults", spcSays("filter", "maxResults", number(2))},
	}
}

// isFiltered chooses lists with a filter.
func isFiltered(r *http.Request) bool {
	return at("GET", "/*")(r) && r.URL.Query().Has("filter") && !isDiscovery(r)
}

func isDiscovery(r *http.Request) bool {
	switch segments(r)[0] {
	case "Schemas", "ResourceTypes", "ServiceProviderConfig":
		return true
	}
	return false
}

// withoutParameters serves lists as if these parameters had not been sent.
func withoutParameters(names ...string) Wrap {
	return requests(func(r *http.Request) bool { return at("GET", "/*")(r) && !isDiscovery(r) }, func(r *http.Request, _ *scim.Object) {
		editQuery(r, func(q url.Values) {
			for _, name := range names {
				q.Del(name)
			}
		})
	})
}

// swallowing answers 200 with the resource to requests of these methods and
// does nothing.
func swallowing(methods string) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if at(methods, "/*/*")(r) {
				ask(next, r, "GET", strings.Join(segments(r), "/"), nil).send(w)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// refusingWrites refuses requests of these methods by their body.
func refusingWrites(methods string, refusal func(r *http.Request, body string) *scim.Error) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if oneOf(r.Method, methods) {
				body := bodyOf(r)
				raw, _ := body.MarshalJSON()
				if e := refusal(r, string(raw)); e != nil && body != nil {
					a := &answer{}
					a.refuse(e)
					a.send(w)
					return
				}
			}
			next.ServeHTTP(w, r)
		})
	}
}
