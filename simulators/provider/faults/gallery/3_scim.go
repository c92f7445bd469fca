package gallery

import (
	"net/http"
	"net/url"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// scimFaults violate features/gallery/3_scim.feature.
func scimFaults() rewrite.Table {
	return rewrite.Table{
		{"GALLERY-SCIM-01", "there is no /Schemas", rewrite.RefuseAll(rewrite.At("GET", "/Schemas"), scim.NotFound("Schemas", ""))},
		{"GALLERY-SCIM-01", "an attribute is not described", rewrite.EditSchema(scim.UserURN, rewrite.WithoutDefinition("title"))},
		{"GALLERY-SCIM-01", "a part of an attribute is not described", rewrite.EditDefinition(scim.UserURN, "name", func(d *scim.Object) {
			d.Set("subAttributes", rewrite.WithoutNamed("givenName")(d.Array("subAttributes")))
		})},
		{"GALLERY-SCIM-01", "an extension is not described", rewrite.EditListing("Schemas", rewrite.WithoutID(scim.EnterpriseURN))},
		{"GALLERY-SCIM-01", "the types of addresses are no canonical values", rewrite.SetCharacteristic(scim.UserURN, "emails.type", "canonicalValues", nil)},
		{"GALLERY-SCIM-01", "the members of groups are not described", rewrite.EditSchema(scim.GroupURN, rewrite.WithoutDefinition("members"))},

		{"GALLERY-SCIM-02", "an empty text is refused", rewrite.RefuseOperations("/Users/*", setsTo(""), refused)},
		{"GALLERY-SCIM-02", "an empty text is ignored", rewrite.IgnoreOperations("/Users/*", setsTo(""))},
		{"GALLERY-SCIM-02", "null is refused", rewrite.RefuseOperations("/Users/*", setsTo(nil), refused)},
		{"GALLERY-SCIM-02", "null is stored as a text", rewrite.MisreadOperations("/Users/*", setsTo(nil), func(op *scim.Object) { op.Set("value", "null") })},

		{"GALLERY-SCIM-03", "a creation is answered by 202", rewrite.Answers(rewrite.CreatesUsers, rewrite.StatusBecomes(http.StatusCreated, http.StatusAccepted))},
		{"GALLERY-SCIM-03", "the answer has no id", rewrite.WithoutShown(rewrite.CreatesUsers, "id")},
		{"GALLERY-SCIM-03", "the answer has another userName", rewrite.Shown(rewrite.CreatesUsers, func(o *scim.Object) { o.Set("userName", "somebody@example.com") })},

		{"GALLERY-SCIM-04", "a change of the name is ignored", rewrite.IgnoreOperations("/Users/*", rewrite.OnPath("name.givenName"))},
		{"GALLERY-SCIM-04", "a change is answered by 202", rewrite.Answers(rewrite.PatchesUsers, rewrite.StatusBecomes(http.StatusOK, http.StatusAccepted))},
		{"GALLERY-SCIM-04", "only the last operation counts", rewrite.OnlyOperation(rewrite.PatchesUsers, -1)},

		{"GALLERY-SCIM-05", "the schema of groups is not published", noGroupSchema},
		{"GALLERY-SCIM-05", "the answer has no id", rewrite.WithoutShown(rewrite.CreatesGroups, "id")},
		{"GALLERY-SCIM-05", "the answer has no name", rewrite.WithoutShown(rewrite.CreatesGroups, "displayName")},

		{"GALLERY-SCIM-06", "the schema of groups is not published", noGroupSchema},
		{"GALLERY-SCIM-06", "a new name is ignored", rewrite.Ignore(rewrite.PatchesGroups, rewrite.HasOperation(rewrite.OnPath("displayName")))},

		{"GALLERY-SCIM-09", "every page is the first", everyPageIsTheFirst(rewrite.ListsUsers)},
		{"GALLERY-SCIM-09", "a page does not tell where it begins", rewrite.WithoutShown(rewrite.ListsUsers, "startIndex")},
		{"GALLERY-SCIM-09", "the third page is refused", rewrite.RefuseAll(rewrite.WhenAsked(rewrite.ListsUsers, "startIndex", "11"), scim.InvalidValue("startIndex"))},

		{"GALLERY-SCIM-10", "every page is the first", everyPageIsTheFirst(rewrite.ListsGroups)},
		{"GALLERY-SCIM-10", "the second page is refused", rewrite.RefuseAll(rewrite.WhenAsked(rewrite.ListsGroups, "startIndex", "6"), scim.InvalidValue("startIndex"))},

		{"GALLERY-SCIM-11", "a manager has to be an object", rewrite.RefuseBodies(rewrite.PatchesUsers, rewrite.HasOperation(rewrite.SetsPath(managerPath, "string")), refused)},
		{"GALLERY-SCIM-11", "the first manager stays", rewrite.Ignore(rewrite.PatchesUsers, rewrite.HasOperation(rewrite.Does("replace", "")))},
		{"GALLERY-SCIM-11", "an empty manager is ignored", rewrite.Ignore(rewrite.PatchesUsers, rewrite.HasOperation(setsTo("")))},
	}
}

// setsTo chooses operations whose value is this one.
func setsTo(value any) rewrite.Choice {
	return func(op *scim.Object) bool {
		v, given := op.Get("value")
		return given && v == value
	}
}

func everyPageIsTheFirst(lists rewrite.When) rewrite.Wrap {
	return rewrite.Requests(lists, func(r *http.Request, _ *scim.Object) {
		rewrite.EditQuery(r, func(q url.Values) { q.Del("startIndex") })
	})
}
