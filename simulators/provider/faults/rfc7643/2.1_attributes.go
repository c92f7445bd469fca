package rfc7643

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// attributesFaults violate features/rfc7643/2.1_attributes.feature.
func attributesFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7643-2.1-01", "users have no schemas", rewrite.EditShown(rewrite.OfUsers, "schemas", rewrite.ToGone)},
		{"RFC7643-2.1-01", "groups in lists have no schemas", rewrite.EditShown(rewrite.InGroupLists, "schemas", rewrite.ToGone)},
		{"RFC7643-2.1-01", "schemas is a text", rewrite.EditShown(rewrite.OfUsers, "schemas", rewrite.ToValue(scim.UserURN))},
		{"RFC7643-2.1-01", "the configuration has no schemas", rewrite.EditShown(rewrite.At("GET", "/ServiceProviderConfig"), "schemas", rewrite.ToGone)},
		{"RFC7643-2.1-01", "a list is a bare array", rewrite.Answers(rewrite.InUserLists, rewrite.BareArray)},
		{"RFC7643-2.1-01", "the resources of a list are texts", rewrite.Answers(rewrite.InUserLists, func(_ *http.Request, a *rewrite.Answer) {
			for i, o := range a.Resources() {
				a.Body.Array("Resources")[i] = o.String("id")
			}
		})},

		{"RFC7643-2.1-02", "an attribute begins with a digit", rewrite.ShowNew(rewrite.OfUsers, "2ndName", rewrite.SameFor("Ann"))},
		{"RFC7643-2.1-02", "an attribute has a space in its name", rewrite.ShowNew(rewrite.OfGroups, "display name", rewrite.SameFor("G"))},
		{"RFC7643-2.1-02", "a sub-attribute has a dot in its name", rewrite.Shown(rewrite.OfUsers, func(o *scim.Object) {
			o.Set("name", scim.NewObject(scim.Member{Name: "given.name", Value: "Ann"}))
		})},
		{"RFC7643-2.1-02", "an attribute of a list element has an umlaut", rewrite.Shown(rewrite.InUserLists, func(o *scim.Object) {
			o.Set("größe", "XL")
		})},

		{"RFC7643-2.1-03", "names in a new user are read in one case only", rewrite.Requests(rewrite.At("POST", "/Users"), readExactly)},
		{"RFC7643-2.1-03", "names in a PUT are read in one case only", rewrite.Requests(rewrite.At("PUT", "/Users/*"), readExactly)},
		{"RFC7643-2.1-03", "names in a new group are read in one case only", rewrite.Requests(rewrite.At("POST", "/Groups"), readExactly)},
		{"RFC7643-2.1-03", "names of sub-attributes are read in one case only", rewrite.Requests(rewrite.At("POST", "/Users"), func(_ *http.Request, body *scim.Object) {
			for _, name := range []string{"name", "emails"} {
				v, _ := body.Get(name)
				for _, o := range rewrite.ObjectsIn(v) {
					readExactly(nil, o)
				}
			}
		})},
		{"RFC7643-2.1-03", "names in the value of a PATCH are read in one case only", rewrite.Patching("/Users/*", func(op *scim.Object) bool {
			readExactly(nil, op.Object("value"))
			return true
		})},
		{"RFC7643-2.1-03", "names in capital letters are refused", rewrite.RefuseBodies(rewrite.At("POST", "/Users"), func(body *scim.Object) bool {
			for name := range body.All() {
				if !isExact(name) {
					return true
				}
			}
			return false
		}, scim.InvalidSyntax("unknown attribute"))},
	}
}

// exactNames are the attributes in the spelling of the standard.
var exactNames = []string{
	"schemas", "id", "externalId", "meta", "userName", "name", "displayName", "active", "emails", "members", "password",
	"value", "type", "primary", "display", "$ref", "familyName", "givenName", "middleName", "formatted", "title", "nickName",
}

func isExact(name string) bool {
	return strings.Contains(name, ":") || slices.Contains(exactNames, name) ||
		!slices.ContainsFunc(exactNames, func(s string) bool { return strings.EqualFold(s, name) })
}

// readExactly drops attributes whose names are written in another case.
func readExactly(_ *http.Request, body *scim.Object) {
	var odd []string
	for name := range body.All() {
		if !isExact(name) {
			odd = append(odd, name)
		}
	}
	for _, name := range odd {
		body.Delete(name)
	}
}
