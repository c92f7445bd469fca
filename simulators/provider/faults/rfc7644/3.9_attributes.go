package rfc7644

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// attributeParameterFaults violate features/rfc7644/3.9_attributes.feature.
func attributeParameterFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.9-01", "attributes=userName is everything", rewrite.Misasked(rewrite.ReadOne("Users").And(rewrite.Equals("attributes", "userName")), rewrite.Omit("attributes"))},
		{"RFC7644-3.9-01", "the display name is always shown", rewrite.Misasked(rewrite.ReadOne("Users"), rewrite.AlsoNamed("attributes", "displayName"))},
		{"RFC7644-3.9-01", "groups are always shown", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Asks), func(o *scim.Object) { o.Set("active", true) })},
		{"RFC7644-3.9-01", "of many names one is lost", rewrite.Misasked(rewrite.ReadOne("Users").And(rewrite.Several("attributes")), rewrite.Ignoring("attributes", rewrite.Is("emails")))},
		{"RFC7644-3.9-01", "the schemas are lost", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Asks), rewrite.Lost("schemas"))},
		{"RFC7644-3.9-01", "a space makes a name unknown", rewrite.Misasked(rewrite.ReadOne("Users").And(rewrite.Says("attributes", ", ")), func(p url.Values) { first, _, _ := strings.Cut(p.Get("attributes"), ","); p.Set("attributes", first) })},
		{"RFC7644-3.9-01", "a name that comes twice is a server error", rewrite.Broken(rewrite.ReadOne("Users").And(rewrite.Equals("attributes", "userName,userName")))},
		{"RFC7644-3.9-01", "values are lost", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Asks), rewrite.Lost("emails"))},
		{"RFC7644-3.9-01", "the type of a value is lost", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Asks), eachElement("emails", "type"))},

		{"RFC7644-3.9-02", "attributes is ignored on creation", rewrite.Misasked(rewrite.At("POST", "/*").And(rewrite.Asks), rewrite.Omit("attributes"))},
		{"RFC7644-3.9-02", "excludedAttributes is ignored on creation", rewrite.Misasked(rewrite.At("POST", "/*").And(rewrite.Leaves), rewrite.Omit("excludedAttributes"))},
		{"RFC7644-3.9-02", "attributes is ignored on replacement", rewrite.Misasked(rewrite.At("PUT", "/*/*").And(rewrite.Asks), rewrite.Omit("attributes"))},
		{"RFC7644-3.9-02", "excludedAttributes is ignored on replacement", rewrite.Misasked(rewrite.At("PUT", "/*/*").And(rewrite.Leaves), rewrite.Omit("excludedAttributes"))},
		{"RFC7644-3.9-02", "attributes is ignored on PATCH", rewrite.Misasked(rewrite.At("PATCH", "/*/*").And(rewrite.Asks), rewrite.Omit("attributes"))},
		{"RFC7644-3.9-02", "excludedAttributes is ignored on PATCH", rewrite.Misasked(rewrite.At("PATCH", "/*/*").And(rewrite.Leaves), rewrite.Omit("excludedAttributes"))},
		{"RFC7644-3.9-02", "excludedAttributes is ignored on PATCH of groups", rewrite.Misasked(rewrite.At("PATCH", "/Groups/*").And(rewrite.Leaves), rewrite.Omit("excludedAttributes"))},
		{"RFC7644-3.9-02", "attributes loses the id on creation", rewrite.Shown(rewrite.At("POST", "/*").And(rewrite.Asks), rewrite.Lost("id"))},
		{"RFC7644-3.9-02", "attributes loses the id on replacement", rewrite.Shown(rewrite.At("PUT", "/*/*").And(rewrite.Asks), rewrite.Lost("id"))},
		{"RFC7644-3.9-02", "attributes is a server error on replacement", rewrite.Broken(rewrite.At("PUT", "/*/*").And(rewrite.Asks))},
		{"RFC7644-3.9-02", "attributes loses what is named on PATCH", rewrite.Shown(rewrite.At("PATCH", "/*/*").And(rewrite.Asks), rewrite.OnlyShows("schemas", "id"))},
		{"RFC7644-3.9-02", "attributes chooses what is stored", func(next http.Handler) http.Handler {
			return rewrite.Requests(rewrite.At("PUT", "/Users/*").And(rewrite.Equals("attributes", "userName")), func(_ *http.Request, body *scim.Object) { rewrite.Lost("displayName", "name")(body) })(next)
		}},
		{"RFC7644-3.9-02", "a replacement with attributes is not stored", onlyRead(rewrite.At("PUT", "/Users/*").And(rewrite.Equals("attributes", "userName")))},

		{"RFC7644-3.9-03", "both parameters are a server error", rewrite.Broken(rewrite.QueriesAnd(rewrite.ReadOne("Users")).And(rewrite.Asks, rewrite.Leaves))},
		{"RFC7644-3.9-03", "both parameters lose the id", rewrite.Both(rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Asks, rewrite.Leaves), rewrite.Lost("id")), rewrite.Misasked(rewrite.ReadOne("Users").And(rewrite.Asks, rewrite.Leaves), rewrite.Omit("excludedAttributes")))},
		{"RFC7644-3.9-03", "both parameters show nothing", rewrite.Both(rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Asks, rewrite.Leaves), rewrite.OnlyShows()), rewrite.Misasked(rewrite.ReadOne("Users").And(rewrite.Asks, rewrite.Leaves), rewrite.Omit("excludedAttributes")))},
		{"RFC7644-3.9-03", "both parameters are a server error in lists", rewrite.Broken(rewrite.ByGet().And(rewrite.Asks, rewrite.Leaves))},

		{"RFC7644-3.9-04", "a choice loses the schemas", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Asks), rewrite.Lost("schemas"))},
		{"RFC7644-3.9-04", "an exclusion loses the schemas", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Leaves), rewrite.Lost("schemas"))},
		{"RFC7644-3.9-04", "lists lose the schemas", rewrite.Shown(rewrite.ByGet().And(rewrite.Asks), rewrite.Lost("schemas"))},
		{"RFC7644-3.9-04", "a choice loses the id", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Asks), rewrite.Lost("id"))},
		{"RFC7644-3.9-04", "a choice empties the schemas", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Asks), func(o *scim.Object) { o.Set("schemas", []any{}) })},
		{"RFC7644-3.9-04", "an exclusion of several loses the id", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Several("excludedAttributes")), rewrite.Lost("id"))},
	}
}

func eachElement(attribute, sub string) func(o *scim.Object) {
	return func(o *scim.Object) {
		for _, e := range o.Array(attribute) {
			if inner, ok := e.(*scim.Object); ok {
				inner.Delete(sub)
			}
		}
	}
}

// onlyRead answers a change with the resource as it is.
func onlyRead(chosen rewrite.When) rewrite.Wrap {
	return rewrite.Handle(chosen, func(next http.Handler, r *http.Request) *rewrite.Answer {
		return rewrite.Ask(next, r, http.MethodGet, "Users/"+rewrite.Segments(r)[1]+"?"+r.URL.RawQuery, nil)
	})
}
