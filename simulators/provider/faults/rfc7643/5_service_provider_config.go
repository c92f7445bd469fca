package rfc7643

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// serviceProviderConfigFaults violate features/rfc7643/5_service_provider_config.feature.
func serviceProviderConfigFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7643-5-01", "the configuration says nothing of PATCH", spcLacks("patch", "")},
		{"RFC7643-5-01", "patch.supported is missing", spcLacks("patch", "supported")},
		{"RFC7643-5-01", "patch.supported is a text", rewrite.SetConfig("patch", "supported", "true")},
		{"RFC7643-5-01", "patch is true itself", rewrite.SetConfig("patch", "", true)},

		{"RFC7643-5-02", "the configuration says nothing of bulk", spcLacks("bulk", "")},
		{"RFC7643-5-02", "bulk.supported is missing", spcLacks("bulk", "supported")},
		{"RFC7643-5-02", "bulk.supported is a number", rewrite.SetConfig("bulk", "supported", rewrite.Number(1))},
		{"RFC7643-5-02", "bulk.maxOperations is missing", spcLacks("bulk", "maxOperations")},
		{"RFC7643-5-02", "bulk.maxOperations is a text", rewrite.SetConfig("bulk", "maxOperations", "1000")},
		{"RFC7643-5-02", "bulk.maxPayloadSize is missing", spcLacks("bulk", "maxPayloadSize")},
		{"RFC7643-5-02", "bulk.maxPayloadSize is negative", rewrite.SetConfig("bulk", "maxPayloadSize", rewrite.Number(-1))},
		{"RFC7643-5-02", "bulk.maxPayloadSize is null", rewrite.SetConfig("bulk", "maxPayloadSize", nil)},

		{"RFC7643-5-03", "the configuration says nothing of filters", spcLacks("filter", "")},
		{"RFC7643-5-03", "filter.supported is missing", spcLacks("filter", "supported")},
		{"RFC7643-5-03", "filter.supported is a text", rewrite.SetConfig("filter", "supported", "yes")},
		{"RFC7643-5-03", "filter.maxResults is missing", spcLacks("filter", "maxResults")},
		{"RFC7643-5-03", "filter.maxResults is a text", rewrite.SetConfig("filter", "maxResults", "200")},
		{"RFC7643-5-03", "filter.maxResults is negative", rewrite.SetConfig("filter", "maxResults", rewrite.Number(-1))},

		{"RFC7643-5-04", "the configuration says nothing of passwords", spcLacks("changePassword", "")},
		{"RFC7643-5-04", "changePassword.supported is missing", spcLacks("changePassword", "supported")},
		{"RFC7643-5-04", "changePassword.supported is a text", rewrite.SetConfig("changePassword", "supported", "false")},

		{"RFC7643-5-05", "the configuration says nothing of sorting", spcLacks("sort", "")},
		{"RFC7643-5-05", "sort.supported is missing", spcLacks("sort", "supported")},
		{"RFC7643-5-05", "sort.supported is null", rewrite.SetConfig("sort", "supported", nil)},

		{"RFC7643-5-06", "the configuration says nothing of ETags", spcLacks("etag", "")},
		{"RFC7643-5-06", "etag.supported is missing", spcLacks("etag", "supported")},
		{"RFC7643-5-06", "etag.supported is a text", rewrite.SetConfig("etag", "supported", "weak")},

		{"RFC7643-5-07", "authenticationSchemes is missing", spcLacks("authenticationSchemes", "")},
		{"RFC7643-5-07", "authenticationSchemes is an object", rewrite.EditConfig(func(o *scim.Object) {
			o.Set("authenticationSchemes", o.Array("authenticationSchemes")[0])
		})},
		{"RFC7643-5-07", "authenticationSchemes is empty", rewrite.SetConfig("authenticationSchemes", "", []any{})},
		{"RFC7643-5-07", "a scheme has no type", eachScheme(func(o *scim.Object) { o.Delete("type") })},
		{"RFC7643-5-07", "a scheme has no name", eachScheme(func(o *scim.Object) { o.Delete("name") })},
		{"RFC7643-5-07", "a scheme has no description", eachScheme(func(o *scim.Object) { o.Delete("description") })},
		{"RFC7643-5-07", "a scheme's name is empty", eachScheme(func(o *scim.Object) { o.Set("name", "") })},

		{"RFC7643-5-08", "a scheme's type is a word of the server's own", eachScheme(func(o *scim.Object) { o.Set("type", "apikey") })},
		{"RFC7643-5-08", "a scheme's type is capitalised", eachScheme(func(o *scim.Object) { o.Set("type", "OAuthBearerToken") })},

		{"RFC7643-5-09", "the configuration needs credentials", withoutCredentials("/ServiceProviderConfig", func(a *rewrite.Answer) {
			a.Refuse(scim.Unauthorized("SCIM", "who are you?"))
		})},
		{"RFC7643-5-09", "the schemes are hidden from strangers", withoutCredentials("/ServiceProviderConfig", func(a *rewrite.Answer) {
			a.Body.Delete("authenticationSchemes")
		})},

		{"RFC7643-5-10", "PATCH is advertised and answers 501", rewrite.Answers(rewrite.At("PATCH", ""), func(_ *http.Request, a *rewrite.Answer) {
			a.Refuse(scim.NotImplemented("no PATCH"))
		})},
		{"RFC7643-5-10", "PATCH is advertised and answers 405", rewrite.Answers(rewrite.At("PATCH", ""), func(_ *http.Request, a *rewrite.Answer) {
			a.Refuse(scim.MethodNotAllowed("GET"))
		})},
		{"RFC7643-5-10", "PATCH is advertised and changes nothing", rewrite.Ignore(rewrite.At("PATCH", "/*/*"), rewrite.AnyBody)},
		{"RFC7643-5-10", "PATCH is not advertised and changes nothing", rewrite.InTurn(rewrite.SetConfig("patch", "supported", false), rewrite.Ignore(rewrite.At("PATCH", "/*/*"), rewrite.AnyBody))},
		{"RFC7643-5-10", "bulk is advertised and answers 501", rewrite.InTurn(rewrite.SetConfig("bulk", "supported", true), rewrite.Answers(rewrite.At("POST", "/Bulk"), func(_ *http.Request, a *rewrite.Answer) {
			a.Refuse(scim.NotImplemented("no bulk"))
		}))},
		{"RFC7643-5-10", "bulk is advertised and does nothing", rewrite.InTurn(rewrite.SetConfig("bulk", "supported", true), rewrite.Answers(rewrite.At("POST", "/Bulk"), func(_ *http.Request, a *rewrite.Answer) {
			*a = *rewrite.NewAnswer(200, scim.NewObject(
				scim.Member{Name: "schemas", Value: []any{scim.BulkResponseURN}}, scim.Member{Name: "Operations", Value: []any{}}))
		}))},
		{"RFC7643-5-10", "filtering is advertised and answers 501", rewrite.Answers(isFiltered, func(_ *http.Request, a *rewrite.Answer) {
			a.Refuse(scim.NotImplemented("no filters"))
		})},
		{"RFC7643-5-10", "filtering is advertised and ignored", withoutParameters("filter")},
		{"RFC7643-5-10", "filtering is advertised and finds nothing", rewrite.Answers(isFiltered, func(_ *http.Request, a *rewrite.Answer) {
			a.Body = (&scim.List{}).Object()
		})},
		{"RFC7643-5-10", "filtering is not advertised and ignored", rewrite.InTurn(rewrite.SetConfig("filter", "supported", false), withoutParameters("filter"))},
		{"RFC7643-5-10", "sorting is advertised and ignored", withoutParameters("sortBy")},
		{"RFC7643-5-10", "sorting is advertised and only goes up", withoutParameters("sortOrder")},
		{"RFC7643-5-10", "ETags are advertised and never sent", rewrite.Answers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) { a.Header.Del("ETag") })},
		{"RFC7643-5-10", "changing a password is advertised and refused", rewrite.RefusingWrites("PUT,PATCH", func(_ *http.Request, body string) *scim.Error {
			if strings.Contains(body, `"password"`) {
				return scim.MutabilityError("passwords cannot be changed")
			}
			return nil
		})},
		{"RFC7643-5-10", "changing a password is advertised and forbidden", rewrite.RefusingWrites("PUT,PATCH", func(_ *http.Request, body string) *scim.Error {
			if strings.Contains(body, `"password"`) {
				return scim.Forbidden("passwords cannot be changed")
			}
			return nil
		})},

		{"RFC7643-5-11", "PATCH works and is said not to", rewrite.SetConfig("patch", "supported", false)},
		{"RFC7643-5-11", "filters work and are said not to", rewrite.SetConfig("filter", "supported", false)},

		{"RFC7643-5-12", "a page has more resources than filter.maxResults", rewrite.SetConfig("filter", "maxResults", rewrite.Number(2))},

		{"RFC7643-5-13", "documentationUri is no URL", rewrite.SetConfig("documentationUri", "", "see the manual")},
		{"RFC7643-5-13", "a scheme's specUri is relative", eachScheme(func(o *scim.Object) { o.Set("specUri", "rfc6750.html") })},
		{"RFC7643-5-13", "a scheme's documentationUri is an object", eachScheme(func(o *scim.Object) { o.Set("documentationUri", scim.NewObject()) })},

		{"RFC7643-5-14", "two schemes are primary", rewrite.EditConfig(func(o *scim.Object) {
			firstElement, _ := o.Array("authenticationSchemes")[0].(*scim.Object)
			o.Set("authenticationSchemes", []any{firstElement, firstElement.Clone()})
		})},
		{"RFC7643-5-14", "primary is a text", eachScheme(func(o *scim.Object) { o.Set("primary", "true") })},
	}
}

// spcLacks removes a capability or a member of one.
func spcLacks(capability, member string) rewrite.Wrap {
	return rewrite.EditConfig(func(o *scim.Object) {
		if member == "" {
			o.Delete(capability)
			return
		}
		o.Object(capability).Delete(member)
	})
}

// eachScheme edits each authentication scheme.
func eachScheme(edit func(o *scim.Object)) rewrite.Wrap {
	return rewrite.EditConfig(func(o *scim.Object) {
		for _, s := range rewrite.ObjectsIn(o.Array("authenticationSchemes")) {
			edit(s)
		}
	})
}

// withoutCredentials edits the answers to requests without any.
func withoutCredentials(place string, edit func(a *rewrite.Answer)) rewrite.Wrap {
	return rewrite.Answers(func(r *http.Request) bool {
		return rewrite.At("GET", place)(r) && r.Header.Get("Authorization") == ""
	}, func(_ *http.Request, a *rewrite.Answer) { edit(a) })
}

// isFiltered chooses lists with a filter.
func isFiltered(r *http.Request) bool {
	return rewrite.At("GET", "/*")(r) && r.URL.Query().Has("filter") && !rewrite.IsDiscovery(r)
}

// withoutParameters serves lists as if these parameters had not been sent.
func withoutParameters(names ...string) rewrite.Wrap {
	return rewrite.Requests(func(r *http.Request) bool { return rewrite.At("GET", "/*")(r) && !rewrite.IsDiscovery(r) }, func(r *http.Request, _ *scim.Object) {
		rewrite.EditQuery(r, func(q url.Values) {
			for _, name := range names {
				q.Del(name)
			}
		})
	})
}
