package scimgateway

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// lenient is a server that takes messages without schemas, and else has a mistake: one that
// refuses them, as the standard has it, cannot show the mistake.
func lenient(mistake rewrite.Wrap) rewrite.Wrap {
	missing := rewrite.Requests(rewrite.Anywhere, func(r *http.Request, body *scim.Object) {
		if body == nil || rewrite.HasMember("schemas")(body) {
			return
		}
		switch {
		case r.Method == http.MethodPatch:
			body.Set("schemas", []any{scim.PatchOpURN})
		case rewrite.CreatesUsers(r):
			body.Set("schemas", []any{scim.UserURN})
		case rewrite.CreatesGroups(r):
			body.Set("schemas", []any{scim.GroupURN})
		}
	})
	return func(next http.Handler) http.Handler { return missing(mistake(next)) }
}

// usersFaults violate features/scimgateway/1_users.feature.
func usersFaults() rewrite.Table {
	plain := func(chosen rewrite.When, header string) rewrite.When {
		return rewrite.WithHeader(chosen, header, "application/json")
	}
	changes := func(member string) rewrite.Payload { return rewrite.HasOperation(rewrite.NamesMember(member)) }
	return rewrite.Table{
		{"SCIMGATEWAY-USER-01", "the filter is ignored", rewrite.EditFilter(rewrite.ListsUsers, rewrite.ReadsNoFilter)},
		{"SCIMGATEWAY-USER-01", "plain JSON is not offered", rewrite.RefuseAll(plain(rewrite.ListsUsers, "Accept"), scim.NotAcceptable("application/json"))},

		{"SCIMGATEWAY-USER-02", "an empty parameter is refused", rewrite.RefuseAll(rewrite.At("GET", "/Users/*").And(rewrite.Asks), scim.InvalidValue("attributes"))},
		{"SCIMGATEWAY-USER-02", "an empty parameter breaks the server", rewrite.RefuseAll(rewrite.At("GET", "/Users/*").And(rewrite.Asks), scim.Internal("it broke"))},

		{"SCIMGATEWAY-USER-03", "null for a list is refused", lenient(rewrite.RefuseBodies(rewrite.CreatesUsers, rewrite.HasMembers("phoneNumbers"), rewrite.NotTaken()))},
		{"SCIMGATEWAY-USER-03", "plain JSON is refused", lenient(rewrite.RefuseAll(plain(rewrite.CreatesUsers, "Content-Type"), scim.UnsupportedMediaType("application/json")))},
		{"SCIMGATEWAY-USER-03", "the name is lost", lenient(rewrite.WithoutSent(rewrite.CreatesUsers, "name"))},

		{"SCIMGATEWAY-USER-04", "a new title is ignored", lenient(rewrite.Ignore(rewrite.PatchesUsers, changes("title")))},
		{"SCIMGATEWAY-USER-04", "a part of the name takes the others along", lenient(rewrite.RemoveAsWell(rewrite.PatchesUsers, changes("name"), "name.familyName"))},
		{"SCIMGATEWAY-USER-04", "a path is demanded", lenient(rewrite.RefuseBodies(rewrite.PatchesUsers, changes("title"), rewrite.NotTaken()))},

		{"SCIMGATEWAY-USER-05", "an empty text is ignored", lenient(rewrite.Ignore(rewrite.PatchesUsers, rewrite.HasOperation(func(op *scim.Object) bool {
			value := op.Object("value")
			return value != nil && rewrite.HasMember("title")(value) && value.String("title") == ""
		})))},

		{"SCIMGATEWAY-USER-06", "active is ignored", lenient(rewrite.Ignore(rewrite.PatchesUsers, changes("active")))},
		{"SCIMGATEWAY-USER-06", "an operation without a path replaces everything", lenient(rewrite.RemoveAsWell(rewrite.PatchesUsers, changes("active"), "name"))},

		{"SCIMGATEWAY-USER-07", "a deletion only looks like one", rewrite.Ignore(rewrite.DeletesUsers, rewrite.AnyBody)},
	}
}
