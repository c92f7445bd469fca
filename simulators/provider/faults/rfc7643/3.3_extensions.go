package rfc7643

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// extensionsFaults violate features/rfc7643/3.3_extensions.feature.
func extensionsFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7643-3.3-01", "a user with an extension does not name the base schema", rewrite.Shown(rewrite.OfUsers, func(o *scim.Object) {
			if schemas := o.Array("schemas"); len(schemas) > 1 {
				o.Set("schemas", slices.DeleteFunc(slices.Clone(schemas), func(v any) bool { return v == scim.UserURN }))
			}
		})},
		{"RFC7643-3.3-01", "a user is a group", rewrite.EditShown(rewrite.OfUsers, "schemas", rewrite.ToValue([]any{scim.GroupURN}))},
		{"RFC7643-3.3-01", "a group names no schema of groups", rewrite.EditShown(rewrite.OfGroups, "schemas", rewrite.ToValue([]any{"urn:example:group"}))},
		{"RFC7643-3.3-01", "a user in a list names the extension only", rewrite.EditShown(rewrite.InUserLists, "schemas", rewrite.ToValue([]any{scim.EnterpriseURN}))},

		{"RFC7643-3.3-02", "extension attributes stand at the top", rewrite.Shown(rewrite.OfUsers, func(o *scim.Object) { flattened(o, true) })},
		{"RFC7643-3.3-02", "extension attributes stand at the top as well", rewrite.Shown(rewrite.OfUsers, func(o *scim.Object) { flattened(o, false) })},
		{"RFC7643-3.3-02", "extension attributes stand at the top in lists", rewrite.Shown(rewrite.InUserLists, func(o *scim.Object) { flattened(o, true) })},
		{"RFC7643-3.3-02", "an extension is called by its name", rewrite.Shown(rewrite.At("GET", "/Users/*"), func(o *scim.Object) {
			if x := o.Object(scim.EnterpriseURN); x.Len() > 0 {
				o.Delete(scim.EnterpriseURN)
				o.Set("enterprise", x)
			}
		})},
		{"RFC7643-3.3-02", "extension attributes are called by their whole path", rewrite.Shown(rewrite.At("GET", "/Users/*"), func(o *scim.Object) {
			for name, v := range o.Object(scim.EnterpriseURN).All() {
				o.Set(scim.EnterpriseURN+":"+name, v)
			}
			o.Delete(scim.EnterpriseURN)
		})},

		{"RFC7643-3.3-03", "an extension is never named", rewrite.EditShown(rewrite.OfUsers, "schemas", rewrite.ToValue([]any{scim.UserURN}))},
		{"RFC7643-3.3-03", "an extension is not named in lists", rewrite.EditShown(rewrite.InUserLists, "schemas", rewrite.ToValue([]any{scim.UserURN}))},
		{"RFC7643-3.3-03", "an extension that came by a PATCH is not named", rewrite.After(rewrite.At("PATCH", "/Users/*"), rewrite.Part("schemas", rewrite.ToValue([]any{scim.UserURN})))},
		{"RFC7643-3.3-03", "an extension does not come by a PATCH", rewrite.Patching("/Users/*", func(op *scim.Object) bool { return !strings.Contains(op.String("path"), ":") })},

		{"RFC7643-3.3-04", "of an extension that is not named, one attribute is stored", receivingUnnamed(rewrite.At("POST", "/Users"), func(x *scim.Object) { x.Delete("costCenter") })},
		{"RFC7643-3.3-04", "of an extension that is not named, a PUT stores one attribute", receivingUnnamed(rewrite.At("PUT", "/Users/*"), func(x *scim.Object) { x.Delete("department") })},
		{"RFC7643-3.3-04", "an extension that is not named is an internal error", rewrite.RefuseBodies(rewrite.AUser, extensionUnnamed, scim.Internal("no schema"))},
		{"RFC7643-3.3-04", "an extension that is not named is stored and not named", rewrite.After(rewrite.At("PUT", "/Users/*"), rewrite.Part("schemas", rewrite.ToValue([]any{scim.UserURN})))},

		{"RFC7643-3.3-05", "an unknown extension of a new user is kept", rewrite.InTurn(
			rewrite.StoreAsSent(rewrite.At("POST", "/Users"), unknownURN, rewrite.IsObject), rewrite.Requests(rewrite.AUser, withoutUnknownSchema))},
		{"RFC7643-3.3-05", "an unknown extension in a PUT is kept", rewrite.InTurn(
			rewrite.StoreAsSent(rewrite.At("PUT", "/Users/*"), unknownURN, rewrite.IsObject), rewrite.Requests(rewrite.AUser, withoutUnknownSchema))},
		{"RFC7643-3.3-05", "an unknown extension in a PATCH is kept", rewrite.InTurn(
			rewrite.After(rewrite.At("PATCH", "/Users/*"), func(o *scim.Object) { o.Set(unknownURN, scim.NewObject(scim.Member{Name: "secret", Value: "kept"})) }),
			rewrite.Ignore(rewrite.At("PATCH", "/Users/*"), rewrite.AnyBody))},
		{"RFC7643-3.3-05", "an unknown extension is an internal error", rewrite.RefuseBodies(rewrite.AUser, rewrite.HasMember(unknownURN), scim.Internal("no schema"))},

		{"RFC7643-3.3-06", "a URN in another case is refused", rewrite.RefuseBodies(rewrite.At("POST", "/Users"), func(body *scim.Object) bool {
			return slices.ContainsFunc(body.Array("schemas"), func(v any) bool { return v != scim.UserURN && v != scim.EnterpriseURN })
		}, scim.InvalidValue("unknown schema"))},
		{"RFC7643-3.3-06", "an extension under a URN in another case is dropped", rewrite.Requests(rewrite.At("POST", "/Users"), func(_ *http.Request, body *scim.Object) {
			for name := range body.All() {
				if strings.EqualFold(name, scim.EnterpriseURN) && name != scim.EnterpriseURN {
					body.Delete(name)
					return
				}
			}
		})},
		{"RFC7643-3.3-06", "a path in another case is refused", rewrite.RefuseBodies(rewrite.At("PATCH", "/Users/*"), func(body *scim.Object) bool {
			return slices.ContainsFunc(rewrite.Operations(body), func(op *scim.Object) bool { return strings.HasPrefix(op.String("path"), "URN") })
		}, scim.InvalidPath("unknown attribute"))},
		{"RFC7643-3.3-06", "a selection in another case selects nothing", rewrite.Answers(rewrite.At("GET", "/Users/*"), func(r *http.Request, a *rewrite.Answer) {
			if strings.HasPrefix(r.URL.Query().Get("attributes"), "URN") && a.Body != nil {
				a.Body.Delete(scim.EnterpriseURN)
			}
		})},

		{"RFC7643-3.3-07", "a PUT without an extension keeps it", rewrite.KeepOld(rewrite.At("PUT", "/Users/*"), scim.EnterpriseURN, func(body *scim.Object) bool { return !rewrite.HasMember(scim.EnterpriseURN)(body) })},
		{"RFC7643-3.3-07", "a PATCH does not remove the last value of an extension", rewrite.Patching("/Users/*", func(op *scim.Object) bool { return op.String("op") != "remove" })},
		{"RFC7643-3.3-07", "with its extension a user loses the base schema", rewrite.After(rewrite.At("PUT,PATCH", "/Users/*"), rewrite.Part("schemas", rewrite.ToValue([]any{scim.EnterpriseURN})))},
	}
}

// flattened puts the attributes of the enterprise extension to those of the base schema.
func flattened(o *scim.Object, moved bool) {
	for name, v := range o.Object(scim.EnterpriseURN).All() {
		o.Set(name, v)
	}
	if moved {
		o.Delete(scim.EnterpriseURN)
	}
}

// unknownURN is that of an extension that no type has.
const unknownURN = "urn:example:params:scim:schemas:sduo:Undeclared"

func withoutUnknownSchema(_ *http.Request, body *scim.Object) {
	if body == nil {
		return
	}
	body.Set("schemas", slices.DeleteFunc(slices.Clone(body.Array("schemas")), func(v any) bool { return v == unknownURN }))
}

// extensionUnnamed is true for a body with enterprise attributes whose schemas
// do not say so.
func extensionUnnamed(body *scim.Object) bool {
	return rewrite.HasMember(scim.EnterpriseURN)(body) && !slices.Contains(body.Array("schemas"), any(scim.EnterpriseURN))
}

func receivingUnnamed(chosen rewrite.When, edit func(x *scim.Object)) rewrite.Wrap {
	return rewrite.Requests(chosen, func(_ *http.Request, body *scim.Object) {
		if body != nil && extensionUnnamed(body) {
			edit(body.Object(scim.EnterpriseURN))
			body.Set("schemas", []any{scim.UserURN, scim.EnterpriseURN})
		}
	})
}
