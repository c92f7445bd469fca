package rfc7643

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// resourcesFaults violate features/rfc7643/3_resources.feature.
func resourcesFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7643-3-01", "schemas of a user is empty", rewrite.EditShown(rewrite.OfUsers, "schemas", rewrite.ToValue([]any{}))},
		{"RFC7643-3-01", "schemas of a group is null", rewrite.EditShown(rewrite.OfGroups, "schemas", rewrite.ToValue(nil))},
		{"RFC7643-3-01", "schemas has an empty text", rewrite.EditShown(rewrite.OfUsers, "schemas", rewrite.ToValue([]any{""}))},
		{"RFC7643-3-01", "a list names no schema", rewrite.Answers(rewrite.AnyOf(rewrite.InUserLists, rewrite.InGroupLists), func(_ *http.Request, a *rewrite.Answer) { a.Body.Delete("schemas") })},
		{"RFC7643-3-01", "an error names no schema", rewrite.Answers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
			if a.Status >= 400 && a.Body != nil {
				a.Body.Delete("schemas")
			}
		})},
		{"RFC7643-3-01", "the error about a duplicate names no schema", rewrite.Answers(rewrite.At("POST", "/Users"), func(_ *http.Request, a *rewrite.Answer) {
			if a.Status == http.StatusConflict && a.Body != nil {
				a.Body.Delete("schemas")
			}
		})},
		{"RFC7643-3-01", "a resource type names no schema", rewrite.EditShown(rewrite.At("GET", "/ResourceTypes/*"), "schemas", rewrite.ToGone)},
		{"RFC7643-3-01", "a user who was changed has no schemas", rewrite.EditShown(rewrite.At("PUT,PATCH", "/Users/*"), "schemas", rewrite.ToGone)},

		{"RFC7643-3-02", "a user has a schema that no type has", alsoNaming(rewrite.OfUsers, "urn:ietf:params:scim:schemas:core:2.0:Person")},
		{"RFC7643-3-02", "a group is a user as well", alsoNaming(rewrite.OfGroups, scim.UserURN)},
		{"RFC7643-3-02", "a group has the enterprise extension", alsoNaming(rewrite.InGroupLists, scim.EnterpriseURN)},
		{"RFC7643-3-02", "a user has the schema of SCIM 1.1", alsoNaming(rewrite.OfUsers, "urn:scim:schemas:core:1.0")},
		{"RFC7643-3-02", "a user has the schema of lists", alsoNaming(rewrite.At("GET", "/Users/*"), scim.ListResponseURN+":User")},

		{"RFC7643-3-03", "the base schema is named twice", alsoNaming(rewrite.OfUsers, scim.UserURN)},
		{"RFC7643-3-03", "a group's schema is named twice in lists", alsoNaming(rewrite.InGroupLists, scim.GroupURN)},
		{"RFC7643-3-03", "a schema is named twice in different case", alsoNaming(rewrite.OfUsers, strings.ToLower(scim.UserURN))},

		{"RFC7643-3-04", "a new user has to begin with the base schema", rewrite.RefuseBodies(rewrite.At("POST", "/Users"), extensionFirst, scim.InvalidValue("unexpected schema"))},
		{"RFC7643-3-04", "only the first schema counts for a new user", rewrite.WithoutSentIf(rewrite.At("POST", "/Users"), extensionFirst, "displayName")},
		{"RFC7643-3-04", "only the last schema counts for a PUT", rewrite.WithoutSentIf(rewrite.At("PUT", "/Users/*"), extensionFirst, scim.EnterpriseURN)},
	}
}

// alsoNaming adds a schema to every resource.
func alsoNaming(chosen rewrite.When, urn string) rewrite.Wrap {
	return rewrite.Shown(chosen, func(o *scim.Object) {
		if schemas := o.Array("schemas"); schemas != nil && o.String("id") != "" {
			o.Set("schemas", append(slices.Clone(schemas), urn))
		}
	})
}

// extensionFirst is true for bodies that do not begin with the base schema.
func extensionFirst(body *scim.Object) bool {
	schemas := body.Array("schemas")
	return len(schemas) > 1 && schemas[0] != scim.UserURN
}
