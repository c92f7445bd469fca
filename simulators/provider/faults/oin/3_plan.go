package oin

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// planFaults violate features/oin/3_plan.feature.
func planFaults() rewrite.Table {
	replaces, adds, removes := rewrite.HasOperation(rewrite.Does("replace", "")), rewrite.HasOperation(rewrite.Does("add", "")), rewrite.HasOperation(rewrite.Does("remove", ""))
	return rewrite.Table{
		{"OIN-PLAN-01", "e-mail addresses are not stored", rewrite.WithoutSent(rewrite.CreatesUsers, "emails")},
		{"OIN-PLAN-01", "names are not stored", rewrite.WithoutSent(rewrite.CreatesUsers, "name")},

		{"OIN-PLAN-02", "an id of the client's is taken", rewrite.Handle(rewrite.CreatesUsers, takesID)},
		{"OIN-PLAN-02", "a list shows other ids", rewrite.Shown(rewrite.ListsUsers, func(o *scim.Object) { o.Set("id", rewrite.OtherID(o.String("id"))) })},

		{"OIN-PLAN-03", "anybody may read", rewrite.Believing(rewrite.ListsUsers, func(given, _ string) bool { return given == "" })},

		{"OIN-PLAN-04", "a deactivated user loses the name", rewrite.After(rewrite.At("PUT,PATCH", "/Users/*"), rewrite.DropMembers("displayName"))},
		{"OIN-PLAN-04", "a reactivated user is not found", rewrite.ShowOnly(rewrite.ListsUsers, rewrite.NoneAtAll)},

		{"OIN-PLAN-05", "a user who is there is not found", rewrite.ShowOnly(rewrite.ListsUsers, rewrite.NoneAtAll)},
		{"OIN-PLAN-05", "a user who is there is not updated", rewrite.Ignore(putsUsers, rewrite.AnyBody)},

		{"OIN-PLAN-06", "an empty text is refused", rewrite.RefuseBodies(putsUsers, func(o *scim.Object) bool { return rewrite.Value(o, "title") == "" }, refused)},

		{"OIN-PLAN-07", "a hundred users are too many", rewrite.RefuseAll(rewrite.WhenAsked(rewrite.ListsUsers, "count", "100"), scim.InvalidValue("count"))},
		{"OIN-PLAN-07", "users in a list have no e-mail address", rewrite.Shown(rewrite.ListsUsers, rewrite.DropMembers("emails"))},

		{"OIN-PLAN-08", "a hundred groups are too many", rewrite.RefuseAll(rewrite.WhenAsked(rewrite.ListsGroups, "count", "100"), scim.InvalidValue("count"))},
		{"OIN-PLAN-08", "groups in a list have no name", rewrite.Shown(rewrite.ListsGroups, rewrite.DropMembers("displayName"))},

		{"OIN-PLAN-09", "a group without members is refused", rewrite.RefuseBodies(rewrite.CreatesGroups, rewrite.HasMembers("members"), refused)},

		{"OIN-PLAN-10", "only the first member is pushed", rewrite.EachOperation(rewrite.PatchesGroups, func(op *scim.Object) { op.Set("value", op.Array("value")[:1]) })},
		{"OIN-PLAN-10", "a push is ignored", rewrite.Ignore(rewrite.PatchesGroups, replaces)},

		{"OIN-PLAN-11", "the id in a renaming is refused", rewrite.RefuseBodies(rewrite.PatchesGroups, rewrite.HasOperation(rewrite.NamesMember("id")), refused)},
		{"OIN-PLAN-11", "a renaming empties the group", rewrite.RemoveAsWell(rewrite.PatchesGroups, rewrite.HasOperation(rewrite.NamesMember("displayName")), "members")},

		{"OIN-PLAN-12", "a full push only adds", rewrite.EachOperation(rewrite.PatchesGroups, func(op *scim.Object) { op.Set("op", "add") })},

		{"OIN-PLAN-13", "a new member takes the place of the others", rewrite.EachOperation(rewrite.PatchesGroups, func(op *scim.Object) { op.Set("op", "replace") })},
		{"OIN-PLAN-13", "a new member is ignored", rewrite.Ignore(rewrite.PatchesGroups, adds)},

		{"OIN-PLAN-14", "a removal is ignored", rewrite.Ignore(rewrite.PatchesGroups, removes)},
		{"OIN-PLAN-14", "a removal empties the group", rewrite.EachOperation(rewrite.PatchesGroups, func(op *scim.Object) { op.Set("path", "members") })},

		{"OIN-PLAN-15", "a group takes its members along", rewrite.DeleteWithMembers()},
		{"OIN-PLAN-15", "a deletion only looks like one", rewrite.Ignore(rewrite.At("DELETE", "/Groups/*"), rewrite.AnyBody)},
	}
}

// takesID shows the id that the client has sent.
func takesID(next http.Handler, r *http.Request) *rewrite.Answer {
	id := rewrite.BodyOf(r).String("id")
	a := rewrite.Serve(next, r)
	if a.OK() && id != "" {
		a.Body.Set("id", id)
	}
	return a
}
