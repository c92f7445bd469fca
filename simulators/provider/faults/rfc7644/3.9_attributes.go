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
		{"RFC7644-3.9-01", "attributes=userName is everything", rewrite.EditParameters(rewrite.ReadOne("Users").And(rewrite.Equals("attributes", "userName")), rewrite.OmitParameters("attributes"))},
		{"RFC7644-3.9-01", "the display name is always shown", rewrite.EditParameters(rewrite.ReadOne("Users"), rewrite.AddName("attributes", "displayName"))},
		{"RFC7644-3.9-01", "groups are always shown", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Asks), func(o *scim.Object) { o.Set("active", true) })},
		{"RFC7644-3.9-01", "of many names one is lost", rewrite.EditParameters(rewrite.ReadOne("Users").And(rewrite.Several("attributes")), rewrite.IgnoreNames("attributes", rewrite.Is("emails")))},
		{"RFC7644-3.9-01", "the schemas are lost", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Asks), rewrite.DropMembers("schemas"))},
		{"RFC7644-3.9-01", "a space makes a name unknown", rewrite.EditParameters(rewrite.ReadOne("Users").And(rewrite.Says("attributes", ", ")), func(p url.Values) { first, _, _ := strings.Cut(p.Get("attributes"), ","); p.Set("attributes", first) })},
		{"RFC7644-3.9-01", "a name that comes twice is a server error", rewrite.Break(rewrite.ReadOne("Users").And(rewrite.Equals("attributes", "userName,userName")))},
		{"RFC7644-3.9-01", "values are lost", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Asks), rewrite.DropMembers("emails"))},
		{"RFC7644-3.9-01", "the type of a value is lost", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Asks), eachElement("emails", "type"))},

		{"RFC7644-3.9-02", "attributes is ignored on creation", rewrite.EditParameters(rewrite.At("POST", "/*").And(rewrite.Asks), rewrite.OmitParameters("attributes"))},
		{"RFC7644-3.9-02", "excludedAttributes is ignored on creation", rewrite.EditParameters(rewrite.At("POST", "/*").And(rewrite.Leaves), rewrite.OmitParameters("excludedAttributes"))},
		{"RFC7644-3.9-02", "attributes is ignored on replacement", rewrite.EditParameters(rewrite.At("PUT", "/*/*").And(rewrite.Asks), rewrite.OmitParameters("attributes"))},
		{"RFC7644-3.9-02", "excludedAttributes is ignored on replacement", rewrite.EditParameters(rewrite.At("PUT", "/*/*").And(rewrite.Leaves), rewrite.OmitParameters("excludedAttributes"))},
		{"RFC7644-3.9-02", "attributes is ignored on PATCH", rewrite.EditParameters(rewrite.At("PATCH", "/*/*").And(rewrite.Asks), rewrite.OmitParameters("attributes"))},
		{"RFC7644-3.9-02", "excludedAttributes is ignored on PATCH", rewrite.EditParameters(rewrite.At("PATCH", "/*/*").And(rewrite.Leaves), rewrite.OmitParameters("excludedAttributes"))},
		{"RFC7644-3.9-02", "excludedAttributes is ignored on PATCH of groups", rewrite.EditParameters(rewrite.At("PATCH", "/Groups/*").And(rewrite.Leaves), rewrite.OmitParameters("excludedAttributes"))},
		{"RFC7644-3.9-02", "attributes loses the id on creation", rewrite.Shown(rewrite.At("POST", "/*").And(rewrite.Asks), rewrite.DropMembers("id"))},
		{"RFC7644-3.9-02", "attributes loses the id on replacement", rewrite.Shown(rewrite.At("PUT", "/*/*").And(rewrite.Asks), rewrite.DropMembers("id"))},
		{"RFC7644-3.9-02", "attributes is a server error on replacement", rewrite.Break(rewrite.At("PUT", "/*/*").And(rewrite.Asks))},
		{"RFC7644-3.9-02", "attributes on PATCH leaves out the named ones", rewrite.Shown(rewrite.At("PATCH", "/*/*").And(rewrite.Asks), rewrite.KeepMembers("schemas", "id"))},
		{"RFC7644-3.9-02", "attributes chooses the attributes that are stored", rewrite.Requests(rewrite.At("PUT", "/Users/*").And(rewrite.Equals("attributes", "userName")), func(_ *http.Request, body *scim.Object) { rewrite.DropMembers("displayName", "name")(body) })},
		{"RFC7644-3.9-02", "a replacement with attributes is not stored", onlyRead(rewrite.At("PUT", "/Users/*").And(rewrite.Equals("attributes", "userName")))},

		{"RFC7644-3.9-03", "both parameters are a server error", rewrite.Break(rewrite.QueriesAnd(rewrite.ReadOne("Users")).And(rewrite.Asks, rewrite.Leaves))},
		{"RFC7644-3.9-03", "both parameters lose the id", rewrite.InTurn(rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Asks, rewrite.Leaves), rewrite.DropMembers("id")), rewrite.EditParameters(rewrite.ReadOne("Users").And(rewrite.Asks, rewrite.Leaves), rewrite.OmitParameters("excludedAttributes")))},
		{"RFC7644-3.9-03", "both parameters show nothing", rewrite.InTurn(rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Asks, rewrite.Leaves), rewrite.KeepMembers()), rewrite.EditParameters(rewrite.ReadOne("Users").And(rewrite.Asks, rewrite.Leaves), rewrite.OmitParameters("excludedAttributes")))},
		{"RFC7644-3.9-03", "both parameters are a server error in lists", rewrite.Break(rewrite.ByGet().And(rewrite.Asks, rewrite.Leaves))},

		{"RFC7644-3.9-04", "a choice loses the schemas", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Asks), rewrite.DropMembers("schemas"))},
		{"RFC7644-3.9-04", "an exclusion loses the schemas", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Leaves), rewrite.DropMembers("schemas"))},
		{"RFC7644-3.9-04", "lists lose the schemas", rewrite.Shown(rewrite.ByGet().And(rewrite.Asks), rewrite.DropMembers("schemas"))},
		{"RFC7644-3.9-04", "a choice loses the id", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Asks), rewrite.DropMembers("id"))},
		{"RFC7644-3.9-04", "a choice empties the schemas", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Asks), func(o *scim.Object) { o.Set("schemas", []any{}) })},
		{"RFC7644-3.9-04", "an exclusion of several loses the id", rewrite.Shown(rewrite.ReadOne("Users").And(rewrite.Several("excludedAttributes")), rewrite.DropMembers("id"))},
	}
}

func eachElement(attribute, sub string) func(o *scim.Object) {
	return func(o *scim.Object) {
		for _, inner := range rewrite.ObjectsIn(o.Array(attribute)) {
			inner.Delete(sub)
		}
	}
}

// onlyRead answers a change with the resource as it is.
func onlyRead(chosen rewrite.When) rewrite.Wrap {
	return rewrite.Handle(chosen, func(next http.Handler, r *http.Request) *rewrite.Answer {
		return rewrite.Ask(next, r, http.MethodGet, "Users/"+rewrite.Segments(r)[1]+"?"+r.URL.RawQuery, nil)
	})
}
