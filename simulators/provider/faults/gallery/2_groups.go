package gallery

import (
	"net/http"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// groupsFaults violate features/gallery/2_groups.feature.
func groupsFaults() rewrite.Table {
	return rewrite.Table{
		{"GALLERY-GROUP-01", "the schema of groups is not published", noGroupSchema},
		{"GALLERY-GROUP-01", "a schema of Microsoft's own is refused", rewrite.RefuseBodies(rewrite.CreatesGroups, func(o *scim.Object) bool { return len(o.Array("schemas")) > 1 }, refused)},
		{"GALLERY-GROUP-01", "a new group is not found", rewrite.ShowOnly(rewrite.ListsGroups, rewrite.NoneAtAll)},

		{"GALLERY-GROUP-02", "the schema of groups is not published", noGroupSchema},
		{"GALLERY-GROUP-02", "a new name is ignored", rewrite.Ignore(rewrite.PatchesGroups, rewrite.HasOperation(rewrite.OnPath("displayName")))},

		{"GALLERY-GROUP-03", "groups cannot be deleted", rewrite.RefuseAll(deletesGroups, scim.MethodNotAllowed("GET", "PATCH"))},
		{"GALLERY-GROUP-03", "a deletion only looks like one", rewrite.Ignore(deletesGroups, rewrite.AnyBody)},

		{"GALLERY-GROUP-04", "the schema of groups is not published", noGroupSchema},
		{"GALLERY-GROUP-04", "a new member is added in place of the others", rewrite.EachOperation(rewrite.PatchesGroups, func(op *scim.Object) { op.Set("op", "replace") })},
		{"GALLERY-GROUP-04", "a reference that is null is refused", rewrite.RefuseBodies(rewrite.PatchesGroups, rewrite.HasOperation(namesNull), refused)},

		{"GALLERY-GROUP-05", "the schema of groups is not published", noGroupSchema},
		{"GALLERY-GROUP-05", "a removal is ignored", rewrite.Ignore(rewrite.PatchesGroups, rewrite.HasOperation(rewrite.Does("Remove", "")))},
		{"GALLERY-GROUP-05", "a removal empties the group", rewrite.MisreadOperations("/Groups/*", rewrite.Does("Remove", ""), func(op *scim.Object) {
			op.Set("path", "members")
			op.Delete("value")
		})},

		{"GALLERY-GROUP-06", "the schema of groups is not published", noGroupSchema},
		{"GALLERY-GROUP-06", "only the first member is added", rewrite.EachOperation(rewrite.PatchesGroups, func(op *scim.Object) { op.Set("value", op.Array("value")[:1]) })},
		{"GALLERY-GROUP-06", "a group shows only in the next list", rewrite.ShowOnly(rewrite.ListsGroups, rewrite.NoneAtAll)},

		{"GALLERY-GROUP-07", "the name of a deleted group stays taken", rewrite.Stateful(namesStayTaken)},
		{"GALLERY-GROUP-07", "a group that is back is not found", rewrite.ShowOnly(rewrite.ListsGroups, rewrite.NoneAtAll)},
	}
}

// namesNull chooses operations with a member whose reference is null.
func namesNull(op *scim.Object) bool {
	return slices.ContainsFunc(rewrite.ObjectsIn(op.Array("value")), func(m *scim.Object) bool { return rewrite.HasMember("$ref")(m) })
}

// namesStayTaken refuses a second creation of a group of the same name, whatever has become
// of the first one.
func namesStayTaken() rewrite.Wrap {
	taken := map[string]bool{}
	return rewrite.Handle(rewrite.CreatesGroups, func(_ http.Handler, r *http.Request) *rewrite.Answer {
		name := rewrite.BodyOf(r).String("displayName")
		if taken[name] {
			return rewrite.Refusal(scim.UniquenessError("another Group has this displayName"))
		}
		taken[name] = true
		return nil
	})
}
