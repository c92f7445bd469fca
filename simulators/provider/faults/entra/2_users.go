package entra

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// usersFaults violate features/entra/2_users.feature.
func usersFaults() rewrite.Table {
	return rewrite.Table{
		{"ENTRA-USER-01", "the filter is ignored", rewrite.EditFilter(rewrite.ListsUsers, rewrite.ReadsNoFilter)},
		{"ENTRA-USER-01", "the user is not found", rewrite.ShowOnly(rewrite.ListsUsers, rewrite.NoneAtAll)},

		{"ENTRA-USER-02", "externalId cannot be filtered", rewrite.RefuseAll(rewrite.WhenAsked(rewrite.ListsUsers, "filter", "externalId"), scim.InvalidFilter("externalId"))},
		{"ENTRA-USER-02", "a filter by externalId finds every user", rewrite.EditFilter(rewrite.WhenAsked(rewrite.ListsUsers, "filter", "externalId"), rewrite.ReadsNoFilter)},

		{"ENTRA-USER-03", "a value without quotes is a server error", rewrite.RefuseAll(rewrite.WhenAsked(rewrite.ListsUsers, "filter", "externalId eq "), scim.Internal("it broke"))},

		{"ENTRA-USER-04", "a filter in brackets is refused", rewrite.RefuseAll(rewrite.WhenAsked(rewrite.ListsUsers, "filter", "["), scim.InvalidFilter("brackets"))},
		{"ENTRA-USER-04", "a filter in brackets finds every user with a work address", rewrite.EditFilter(rewrite.WhenAsked(rewrite.ListsUsers, "filter", "["), func(string) string { return "emails pr" })},

		{"ENTRA-USER-05", "and is read as or", rewrite.EditFilter(rewrite.ListsUsers, func(f string) string { return strings.ReplaceAll(f, " and ", " or ") })},
		{"ENTRA-USER-05", "only the first condition counts", rewrite.EditFilter(rewrite.ListsUsers, rewrite.FirstCondition)},
		{"ENTRA-USER-05", "and is refused", rewrite.RefuseAll(rewrite.WhenAsked(rewrite.ListsUsers, "filter", " and "), scim.InvalidFilter("and"))},

		{"ENTRA-USER-06", "roles are refused", rewrite.RefuseBodies(rewrite.CreatesUsers, rewrite.HasMembers("roles"), scim.InvalidValue("this server does not take that"))},
		{"ENTRA-USER-06", "meta is refused", rewrite.RefuseBodies(rewrite.CreatesUsers, rewrite.HasMembers("meta"), scim.InvalidValue("this server does not take that"))},
		{"ENTRA-USER-06", "a schema without attributes is refused", rewrite.RefuseBodies(rewrite.CreatesUsers, func(o *scim.Object) bool { return slices.Contains(o.Array("schemas"), any(scim.EnterpriseURN)) }, scim.InvalidValue("this server does not take that"))},
		{"ENTRA-USER-06", "the external id is lost", rewrite.WithoutSent(rewrite.CreatesUsers, "externalId")},
		{"ENTRA-USER-06", "the answer has no id", rewrite.WithoutShown(rewrite.CreatesUsers, "id")},
		{"ENTRA-USER-06", "the creation answers 200", rewrite.Answers(rewrite.CreatesUsers, rewrite.StatusBecomes(http.StatusCreated, http.StatusOK))},

		{"ENTRA-USER-07", "external ids become lower case", rewrite.Requests(rewrite.CreatesUsers, func(_ *http.Request, o *scim.Object) { o.Set("externalId", strings.ToLower(o.String("externalId"))) })},
		{"ENTRA-USER-07", "accents are lost", rewrite.Requests(rewrite.CreatesUsers, func(_ *http.Request, o *scim.Object) {
			o.Set("displayName", strings.NewReplacer("ë", "e", "Å", "A").Replace(o.String("displayName")))
		})},

		{"ENTRA-USER-08", "a duplicate is a bad request", rewrite.Answers(rewrite.CreatesUsers, rewrite.StatusBecomes(http.StatusConflict, http.StatusBadRequest))},
		{"ENTRA-USER-08", "a duplicate is a success", rewrite.Answers(rewrite.CreatesUsers, rewrite.StatusBecomes(http.StatusConflict, http.StatusOK))},

		{"ENTRA-USER-09", "an unknown user is a bad request", rewrite.Answers(rewrite.At("GET", "/Users/*"), rewrite.StatusBecomes(http.StatusNotFound, http.StatusBadRequest))},
		{"ENTRA-USER-09", "an unknown user is an empty answer", rewrite.Answers(rewrite.At("GET", "/Users/*"), rewrite.StatusBecomes(http.StatusNotFound, http.StatusOK))},

		{"ENTRA-USER-10", "operations are lower case", rewrite.RefuseBodies(rewrite.PatchesUsers, rewrite.HasOperation(func(op *scim.Object) bool { return op.String("op") != strings.ToLower(op.String("op")) }), scim.InvalidValue("this server does not take that"))},
		{"ENTRA-USER-10", "Add is not known", rewrite.Ignore(rewrite.PatchesUsers, rewrite.HasOperation(func(op *scim.Object) bool { return op.String("op") == "Add" }))},
		{"ENTRA-USER-10", "Remove is not known", rewrite.Ignore(rewrite.PatchesUsers, rewrite.HasOperation(func(op *scim.Object) bool { return op.String("op") == "Remove" }))},

		{"ENTRA-USER-11", "a string is no boolean", rewrite.RefuseBodies(rewrite.PatchesUsers, rewrite.HasOperation(rewrite.SetsPath("active", "string")), scim.InvalidValue("this server does not take that"))},
		{"ENTRA-USER-11", "a string that is not empty is true", rewrite.EachOperation(rewrite.PatchesUsers, func(op *scim.Object) {
			if rewrite.SetsPath("active", "string")(op) {
				op.Set("value", true)
			}
		})},
		{"ENTRA-USER-11", "True is ignored", rewrite.Ignore(rewrite.PatchesUsers, rewrite.HasOperation(func(op *scim.Object) bool { return op.String("value") == "True" }))},

		{"ENTRA-USER-12", "a boolean is ignored", rewrite.Ignore(rewrite.PatchesUsers, rewrite.HasOperation(rewrite.SetsPath("active", "boolean")))},
		{"ENTRA-USER-12", "a disabled user cannot be enabled", rewrite.Ignore(rewrite.PatchesUsers, rewrite.HasOperation(func(op *scim.Object) bool { v, _ := op.Get("value"); return v == true }))},

		{"ENTRA-USER-13", "a disabled user is not found", rewrite.ShowOnly(rewrite.ListsUsers, func(_ *http.Request, o *scim.Object) bool { return rewrite.IsActiveUser(o) })},
		{"ENTRA-USER-13", "a disabled user is not found by externalId", rewrite.ShowOnly(rewrite.WhenAsked(rewrite.ListsUsers, "filter", "externalId"), func(_ *http.Request, o *scim.Object) bool { return rewrite.IsActiveUser(o) })},
		{"ENTRA-USER-13", "a disabled user cannot be read", rewrite.Answers(rewrite.At("GET", "/Users/*"), hidingInactive)},
		{"ENTRA-USER-13", "a list shows every user as active", rewrite.Shown(rewrite.ListsUsers, func(o *scim.Object) { o.Set("active", true) })},

		{"ENTRA-USER-14", "only the first operation counts", rewrite.OnlyOperation(rewrite.PatchesUsers, 0)},
		{"ENTRA-USER-14", "a filter in a path is refused", rewrite.RefuseBodies(rewrite.PatchesUsers, rewrite.HasOperation(rewrite.OnPath(workAddressPath)), scim.InvalidValue("this server does not take that"))},
		{"ENTRA-USER-14", "a URN in a path is refused", rewrite.RefuseBodies(rewrite.PatchesUsers, rewrite.HasOperation(rewrite.OnPath(scim.EnterpriseURN+":employeeNumber")), scim.InvalidValue("this server does not take that"))},

		{"ENTRA-USER-15", "dotted names are refused", rewrite.RefuseBodies(rewrite.PatchesUsers, rewrite.HasOperation(rewrite.NamesMember("name.givenName")), scim.InvalidValue("this server does not take that"))},
		{"ENTRA-USER-15", "dotted names are ignored", rewrite.EachOperation(rewrite.PatchesUsers, func(op *scim.Object) {
			op.Object("value").Delete("name.givenName")
			op.Object("value").Delete("name.familyName")
		})},
		{"ENTRA-USER-15", "a dotted name clears the rest", rewrite.RemoveAsWell(rewrite.PatchesUsers, rewrite.HasOperation(rewrite.NamesMember("name.givenName")), "name")},

		{"ENTRA-USER-16", "names with a URN are refused", rewrite.RefuseBodies(rewrite.PatchesUsers, rewrite.HasOperation(rewrite.NamesMember(scim.EnterpriseURN+":employeeNumber")), scim.InvalidValue("this server does not take that"))},
		{"ENTRA-USER-16", "names with a URN are ignored", rewrite.EachOperation(rewrite.PatchesUsers, func(op *scim.Object) { op.Object("value").Delete(scim.EnterpriseURN + ":employeeNumber") })},
		{"ENTRA-USER-16", "a name with a URN clears the extension", rewrite.RemoveAsWell(rewrite.PatchesUsers, rewrite.HasOperation(rewrite.NamesMember(scim.EnterpriseURN+":employeeNumber")), scim.EnterpriseURN)},

		{"ENTRA-USER-17", "a filter without a match is refused", rewrite.RefuseBodies(rewrite.PatchesUsers, rewrite.HasOperation(rewrite.OnPath(workAddressPath)), scim.InvalidValue("this server does not take that"))},
		{"ENTRA-USER-17", "the new address has no type", rewrite.EachOperation(rewrite.PatchesUsers, func(op *scim.Object) {
			op.Set("value", []any{scim.NewObject(scim.Member{Name: "value", Value: op.String("value")})})
			op.Set("path", "emails")
		})},

		{"ENTRA-USER-18", "names are for ever", rewrite.Ignore(rewrite.PatchesUsers, rewrite.HasOperation(rewrite.OnPath("userName")))},
		{"ENTRA-USER-18", "a new name is refused", rewrite.RefuseBodies(rewrite.PatchesUsers, rewrite.HasOperation(rewrite.OnPath("userName")), scim.InvalidValue("this server does not take that"))},

		{"ENTRA-USER-19", "a manager has to be an object", rewrite.RefuseBodies(rewrite.PatchesUsers, rewrite.HasOperation(rewrite.SetsPath(managerPath, "string")), scim.InvalidValue("this server does not take that"))},
		{"ENTRA-USER-19", "a manager as a string is ignored", rewrite.Ignore(rewrite.PatchesUsers, rewrite.HasOperation(rewrite.SetsPath(managerPath, "string")))},
		{"ENTRA-USER-19", "the first manager stays", rewrite.Ignore(rewrite.PatchesUsers, rewrite.HasOperation(func(op *scim.Object) bool { return op.String("op") == "Replace" }))},

		{"ENTRA-USER-20", "an empty manager is refused", rewrite.RefuseBodies(rewrite.PatchesUsers, rewrite.HasOperation(rewrite.SetsPath(managerPath, "string")), scim.InvalidValue("this server does not take that"))},
		{"ENTRA-USER-20", "an empty manager is ignored", rewrite.Ignore(rewrite.PatchesUsers, rewrite.HasOperation(rewrite.SetsPath(managerPath, "string")))},
		{"ENTRA-USER-20", "an empty manager clears the extension", rewrite.RemoveAsWell(rewrite.PatchesUsers, rewrite.HasOperation(rewrite.OnPath(managerPath)), scim.EnterpriseURN)},

		{"ENTRA-USER-21", "the first operation counts", rewrite.OnlyOperation(rewrite.PatchesUsers, 0)},
		{"ENTRA-USER-21", "a second operation on an attribute is refused", rewrite.RefuseBodies(rewrite.PatchesUsers, func(o *scim.Object) bool { return len(rewrite.Operations(o)) > 1 }, scim.InvalidValue("this server does not take that"))},

		{"ENTRA-USER-23", "each part makes an address of its own", rewrite.EachOperation(rewrite.PatchesUsers, func(op *scim.Object) {
			if part, ok := strings.CutPrefix(op.String("path"), `addresses[type eq "work"].`); ok {
				op.Set("path", "addresses")
				op.Set("value", []any{scim.NewObject(scim.Member{Name: "type", Value: "work"}, scim.Member{Name: part, Value: rewrite.ValueOf(op)})})
			}
		})},
		{"ENTRA-USER-23", "the first part of an address stays the only one", rewrite.OnlyOperation(rewrite.PatchesUsers, 0)},
		{"ENTRA-USER-23", "the parts land in the address that is there", rewrite.EachOperation(rewrite.PatchesUsers, func(op *scim.Object) {
			op.Set("path", strings.Replace(op.String("path"), `[type eq "work"]`, "", 1))
		})},
		{"ENTRA-USER-22", "a deletion only looks like one", rewrite.Ignore(rewrite.At("DELETE", "/Users/*"), rewrite.AnyBody)},
		{"ENTRA-USER-22", "a deletion answers 200", rewrite.Answers(rewrite.At("DELETE", "/Users/*"), rewrite.StatusBecomes(http.StatusNoContent, http.StatusOK))},
	}
}

// hidingInactive answers 404 for a user who is not active.
func hidingInactive(r *http.Request, a *rewrite.Answer) {
	if a.Body != nil && a.OK() && !rewrite.IsActiveUser(a.Body) {
		a.Refuse(scim.NotFound("User", rewrite.Segments(r)[1]))
	}
}

const (
	managerPath     = scim.EnterpriseURN + ":manager"
	workAddressPath = `emails[type eq "work"].value`
)
