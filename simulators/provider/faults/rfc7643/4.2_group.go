package rfc7643

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// groupFaults violate features/rfc7643/4.2_group.feature.
func groupFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7643-4.2-01", "a new group without displayName gets one", rewrite.Requests(rewrite.At("POST", "/Groups"), func(_ *http.Request, body *scim.Object) {
			if body != nil && body.String("displayName") == "" {
				body.Set("displayName", "unnamed")
			}
		})},
		{"RFC7643-4.2-01", "a new group with an empty displayName is taken", rewrite.EditSent(rewrite.At("POST", "/Groups"), "displayName", rewrite.ToText(rewrite.FillBlank))},
		{"RFC7643-4.2-01", "a group without displayName is an internal error", rewrite.Answers(rewrite.At("POST", "/Groups"), rewrite.StatusBecomes(http.StatusBadRequest, http.StatusInternalServerError))},
		{"RFC7643-4.2-01", "a PUT without displayName takes it away", rewrite.InTurn(
			rewrite.After(func(r *http.Request) bool {
				return rewrite.At("PUT", "/Groups/*")(r) && rewrite.BodyOf(r).String("displayName") == ""
			}, rewrite.Part("displayName", rewrite.ToGone)),
			rewrite.KeepOld(rewrite.At("PUT", "/Groups/*"), "displayName", func(body *scim.Object) bool { return body.String("displayName") == "" }))},
		{"RFC7643-4.2-01", "a PATCH that removes the displayName is ignored", rewrite.Ignore(rewrite.At("PATCH", "/Groups/*"), removes("displayName"))},
		{"RFC7643-4.2-01", "a PATCH takes the displayName away", rewrite.InTurn(
			rewrite.After(rewrite.At("PATCH", "/Groups/*"), rewrite.Part("displayName", rewrite.ToGone)), rewrite.Ignore(rewrite.At("PATCH", "/Groups/*"), removes("displayName")))},

		{"RFC7643-4.2-02", "a group without members is refused", rewrite.RefuseBodies(rewrite.At("POST", "/Groups"), func(body *scim.Object) bool { return !rewrite.HasMember("members")(body) }, scim.InvalidValue("members is required"))},
		{"RFC7643-4.2-02", "a group with an empty list of members is refused", rewrite.RefuseBodies(rewrite.At("POST", "/Groups"), rewrite.HasEmptyList, scim.InvalidValue("members is empty"))},
		{"RFC7643-4.2-02", "the last member cannot leave", rewrite.RefuseBodies(rewrite.At("PUT", "/Groups/*"), rewrite.HasEmptyList, scim.InvalidValue("members is empty"))},
		{"RFC7643-4.2-02", "an empty list of members changes nothing", rewrite.KeepOld(rewrite.At("PUT", "/Groups/*"), "members", rewrite.HasEmptyList)},
		{"RFC7643-4.2-02", "a group without members has one", rewrite.ShowIfNone(rewrite.OfGroups, "members", []any{scim.NewObject(scim.Member{Name: "value", Value: "admin"})})},

		{"RFC7643-4.2-03", "a member can be exchanged", editingMembers("value")},
		{"RFC7643-4.2-03", "the type of a member can be changed", rewrite.InTurn(
			rewrite.After(rewrite.At("PATCH", "/Groups/*"), rewrite.Part("members/type", rewrite.ToValue("Group"))), rewrite.Ignore(rewrite.At("PATCH", "/Groups/*"), rewrite.AnyBody))},
		{"RFC7643-4.2-03", "changing a member removes it", rewrite.InTurn(
			rewrite.After(rewrite.At("PATCH", "/Groups/*"), rewrite.Part("members", rewrite.ToGone)), rewrite.Ignore(rewrite.At("PATCH", "/Groups/*"), rewrite.AnyBody))},
		{"RFC7643-4.2-03", "changing a member is an internal error", rewrite.Answers(rewrite.At("PATCH", "/Groups/*"), rewrite.StatusBecomes(http.StatusBadRequest, http.StatusInternalServerError))},

		{"RFC7643-4.2-04", "the type of a member is user", rewrite.EditShown(rewrite.OfGroups, "members/type", rewrite.ToText(strings.ToLower))},
		{"RFC7643-4.2-04", "the type of a member is direct", rewrite.EditShown(rewrite.OfGroups, "members/type", rewrite.ToValue("direct"))},
		{"RFC7643-4.2-04", "the type of every member is Group", rewrite.EditShown(rewrite.OfGroups, "members/type", rewrite.ToValue("Group"))},
		{"RFC7643-4.2-04", "the type of a member in lists is Users", rewrite.EditShown(rewrite.InGroupLists, "members/type", rewrite.ToValue("Users"))},
		{"RFC7643-4.2-04", "the address of a member is that of the group", rewrite.Shown(rewrite.OfGroups, func(o *scim.Object) {
			rewrite.Part("members/$ref", rewrite.ToValue(o.Object("meta").String("location")))(o)
		})},
		{"RFC7643-4.2-04", "the address of a member that was added leads nowhere", rewrite.After(rewrite.At("PATCH", "/Groups/*"), rewrite.Part("members/$ref", rewrite.ToText(rewrite.OtherID)))},
		{"RFC7643-4.2-04", "members in lists have no value", rewrite.EditShown(rewrite.InGroupLists, "members/value", rewrite.ToGone)},

		{"RFC7643-4.2-05", "a group as a member is dropped", rewrite.Requests(rewrite.At("POST", "/Groups"), withoutGroups)},
		{"RFC7643-4.2-05", "a group as a member is an internal error", rewrite.RefuseBodies(rewrite.At("POST", "/Groups"), hasGroup, scim.Internal("cast"))},
		{"RFC7643-4.2-05", "a PATCH with a group as a member does nothing", rewrite.Ignore(rewrite.At("PATCH", "/Groups/*"), rewrite.AnyBody)},
		{"RFC7643-4.2-05", "the users beside a group as a member are dropped", rewrite.Requests(rewrite.At("POST", "/Groups"), func(_ *http.Request, body *scim.Object) {
			if body != nil && hasGroup(body) {
				body.Set("members", slices.DeleteFunc(body.Array("members"), func(v any) bool { return v.(*scim.Object).String("type") != "Group" }))
			}
		})},
		{"RFC7643-4.2-05", "a group as a member is of the type groups", rewrite.EditShown(rewrite.OfGroups, "members/type", rewrite.ToText(func(s string) string {
			return strings.Replace(s, "Group", "groups", 1)
		}))},

		{"RFC7643-4.2-06", "a cycle of groups is an internal error", rewrite.RefuseBodies(rewrite.At("PUT", "/Groups/*"), hasGroup, scim.Internal("stack overflow"))},
		{"RFC7643-4.2-06", "a group that contains itself is an internal error", rewrite.RefuseBodies(rewrite.At("PATCH", "/Groups/*"), rewrite.AnyBody, scim.Internal("stack overflow"))},
		{"RFC7643-4.2-06", "a group in a cycle cannot be read", unreadable("/Groups/*", "members")},
		{"RFC7643-4.2-06", "a user in a cycle cannot be read", unreadable("/Users/*", "groups")},
		{"RFC7643-4.2-06", "a group in a cycle cannot be deleted", rewrite.Answers(rewrite.At("DELETE", "/Groups/*"), func(_ *http.Request, a *rewrite.Answer) { a.Refuse(scim.Internal("foreign key")) })},

		{"RFC7643-4.2-07", "a new group keeps a member twice", rewrite.StoreAsSent(rewrite.At("POST", "/Groups"), "members", func(v any) bool { return rewrite.SameAgain(rewrite.ObjectsIn(v)) })},
		{"RFC7643-4.2-07", "a PUT keeps a member twice", rewrite.StoreAsSent(rewrite.At("PUT", "/Groups/*"), "members", func(v any) bool { return rewrite.SameAgain(rewrite.ObjectsIn(v)) })},
		{"RFC7643-4.2-07", "a PATCH adds a member again", rewrite.After(rewrite.At("PATCH", "/Groups/*"), rewrite.Part("members", rewrite.OnList(func(list []any) []any { return append(list, list[0]) })))},
		{"RFC7643-4.2-07", "adding a member again removes it", rewrite.After(rewrite.At("PATCH", "/Groups/*"), rewrite.Part("members", rewrite.OnList(func(list []any) []any { return list[1:] })))},
		{"RFC7643-4.2-07", "a member twice is an internal error", rewrite.RefuseBodies(rewrite.At("POST", "/Groups"), func(body *scim.Object) bool { return rewrite.SameAgain(rewrite.ObjectsIn(body.Array("members"))) }, scim.Internal("duplicate key"))},
		{"RFC7643-4.2-07", "lists show members twice", rewrite.EditShown(rewrite.InGroupLists, "members", rewrite.OnList(func(list []any) []any { return append(list, list...) }))},

		{"RFC7643-4.2-08", "a new group keeps 100 members", rewrite.EditSent(rewrite.At("POST", "/Groups"), "members", rewrite.OnList(atMost(100)))},
		{"RFC7643-4.2-08", "a group shows 100 members", rewrite.EditShown(rewrite.OfGroups, "members", rewrite.OnList(atMost(100)))},
		{"RFC7643-4.2-08", "a group shows 499 members", rewrite.EditShown(rewrite.OfGroups, "members", rewrite.OnList(atMost(499)))},
		{"RFC7643-4.2-08", "a PUT keeps 250 members", rewrite.EditSent(rewrite.At("PUT", "/Groups/*"), "members", rewrite.OnList(atMost(250)))},
		{"RFC7643-4.2-08", "a PATCH adds 100 members", rewrite.Patching("/Groups/*", func(op *scim.Object) bool {
			rewrite.Part("value", rewrite.OnList(atMost(100)))(op)
			return true
		})},
		{"RFC7643-4.2-08", "a PATCH does 100 operations", rewrite.Requests(rewrite.At("PATCH", "/Groups/*"), func(_ *http.Request, body *scim.Object) {
			body.Set("Operations", body.Array("Operations")[:min(100, len(body.Array("Operations")))])
		})},
		{"RFC7643-4.2-08", "500 members are an internal error", rewrite.RefuseBodies(rewrite.AGroup, func(body *scim.Object) bool { return len(body.Array("members")) > 200 }, scim.Internal("too many parameters"))},

		{"RFC7643-4.2-09", "a new group keeps its first member", rewrite.EditSent(rewrite.At("POST", "/Groups"), "members", rewrite.OnList(rewrite.First))},
		{"RFC7643-4.2-09", "a new group keeps its last member", rewrite.EditSent(rewrite.At("POST", "/Groups"), "members", rewrite.OnList(rewrite.Last))},
		{"RFC7643-4.2-09", "a new group has no members", rewrite.WithoutSent(rewrite.At("POST", "/Groups"), "members")},
		{"RFC7643-4.2-09", "a group with more than three members shows all but one", rewrite.EditShown(rewrite.OfGroups, "members", rewrite.OnList(hidingOneOfMany))},
		{"RFC7643-4.2-09", "groups in lists have no members", rewrite.EditShown(rewrite.InGroupLists, "members", rewrite.ToGone)},
		{"RFC7643-4.2-09", "groups in lists have one member", rewrite.EditShown(rewrite.InGroupLists, "members", rewrite.OnList(rewrite.First))},
		{"RFC7643-4.2-09", "a PUT adds to the members", addingMembers()},
		{"RFC7643-4.2-09", "a PUT does not change the members", rewrite.KeepOld(rewrite.At("PUT", "/Groups/*"), "members", rewrite.AnyBody)},
		{"RFC7643-4.2-09", "a PUT that renames loses the members", rewrite.WithoutSentIf(rewrite.At("PUT", "/Groups/*"), func(body *scim.Object) bool { return strings.HasSuffix(body.String("displayName"), "renamed") }, "members")},
		{"RFC7643-4.2-09", "a PATCH that renames loses the members", rewrite.After(rewrite.At("PATCH", "/Groups/*"), rewrite.Part("members", rewrite.OnList(func([]any) []any { return []any{} })))},
		{"RFC7643-4.2-09", "a PATCH that adds a member replaces the others", rewrite.Patching("/Groups/*", func(op *scim.Object) bool {
			if op.String("op") == "add" {
				op.Set("op", "replace")
			}
			return true
		})},
		{"RFC7643-4.2-09", "a PATCH adds the first of several members", rewrite.Patching("/Groups/*", func(op *scim.Object) bool {
			rewrite.Part("value", rewrite.OnList(rewrite.First))(op)
			return true
		})},
		{"RFC7643-4.2-09", "a PATCH adds no member", rewrite.Patching("/Groups/*", func(op *scim.Object) bool { return op.String("op") != "add" })},
		{"RFC7643-4.2-09", "a PATCH does the first operation", pickingOperations(func(list []any) []any { return list[:1] })},
		{"RFC7643-4.2-09", "a PATCH does the last operation", pickingOperations(func(list []any) []any { return list[len(list)-1:] })},
		{"RFC7643-4.2-09", "a PATCH removes no member", rewrite.Patching("/Groups/*", func(op *scim.Object) bool { return op.String("op") != "remove" })},
		{"RFC7643-4.2-09", "a PATCH that removes one removes all", rewrite.Patching("/Groups/*", func(op *scim.Object) bool {
			if op.String("op") == "remove" {
				op.Set("path", "members")
			}
			return true
		})},
		{"RFC7643-4.2-09", "a PATCH always removes the first member", removingAnother(0)},
		{"RFC7643-4.2-09", "a PATCH always removes the last member", removingAnother(-1)},
		{"RFC7643-4.2-09", "a PATCH removes the others", rewrite.Patching("/Groups/*", func(op *scim.Object) bool {
			if op.String("op") == "remove" {
				op.Set("path", strings.Replace(op.String("path"), " eq ", " ne ", 1))
			}
			return true
		})},
		{"RFC7643-4.2-09", "a PATCH that replaces the members adds to them", rewrite.Patching("/Groups/*", func(op *scim.Object) bool {
			if op.String("op") == "replace" && op.String("path") == "members" {
				op.Set("op", "add")
			}
			return true
		})},
		{"RFC7643-4.2-09", "all members cannot leave", rewrite.Ignore(rewrite.At("PATCH", "/Groups/*"), removes("members"))},
		{"RFC7643-4.2-09", "a PUT changes all groups", changingAll()},

		{"RFC7643-4.2-11", "a comma ends the name", rewrite.EditSent(rewrite.CreatesGroups, "displayName", rewrite.ToText(func(s string) string { before, _, _ := strings.Cut(s, ","); return before }))},
		{"RFC7643-4.2-11", "a comma in a filter ends the name", cutNamesAt(rewrite.Queries("Groups"), "displayName", ",")},
		{"RFC7643-4.2-11", "an underscore in a filter ends the name", cutNamesAt(rewrite.Queries("Groups"), "displayName", "_")},
		{"RFC7643-4.2-11", "a percent sign in a filter ends the name", cutNamesAt(rewrite.Queries("Groups"), "displayName", "%")},
		{"RFC7643-4.2-11", "an ampersand in a filter ends the name", cutNamesAt(rewrite.Queries("Groups"), "displayName", "&")},
		{"RFC7643-4.2-11", "a slash is stored as a space", rewrite.EditSent(rewrite.CreatesGroups, "displayName", rewrite.ToText(replacingText("/", " ")))},
		{"RFC7643-4.2-11", "an apostrophe is a server error", rewrite.Break(rewrite.Queries("Groups").And(rewrite.Says("filter", "'")))},
		{"RFC7643-4.2-11", "round brackets in a filter are a server error", rewrite.Break(rewrite.Queries("Groups").And(rewrite.Says("filter", "(")))},
		{"RFC7643-4.2-11", "words of the filter are read within a name", rewrite.RefuseAll(rewrite.Queries("Groups").And(rewrite.Says("filter", " and ")), scim.InvalidFilter("unexpected word"))},
		{"RFC7643-4.2-11", "a colon begins another name", rewrite.EditSent(rewrite.CreatesGroups, "displayName", rewrite.ToText(func(s string) string { before, _, _ := strings.Cut(s, ":"); return before }))},
		{"RFC7643-4.2-10", "with a member its group is deleted", deletingWith("/Users/*", "groups", "Groups/")},
		{"RFC7643-4.2-10", "with a group its members are deleted", deletingWith("/Groups/*", "members", "Users/")},
		{"RFC7643-4.2-10", "with a member all others leave the group", emptyingWith()},
		{"RFC7643-4.2-10", "a user who leaves a group is deleted", deletingWhoLeaves()},
	}
}

func removes(path string) func(body *scim.Object) bool {
	return func(body *scim.Object) bool {
		return slices.ContainsFunc(rewrite.Operations(body), func(op *scim.Object) bool {
			return op.String("op") == "remove" && op.String("path") == path
		})
	}
}

// editingMembers makes an exchange of what edits a member.
func editingMembers(name string) rewrite.Wrap {
	return rewrite.Patching("/Groups/*", func(op *scim.Object) bool {
		if strings.HasSuffix(op.String("path"), "]."+name) {
			op.Set("path", "members")
			op.Set("value", []any{scim.NewObject(scim.Member{Name: "value", Value: op.String("value")})})
		}
		return true
	})
}

func hasGroup(body *scim.Object) bool {
	return slices.ContainsFunc(rewrite.ObjectsIn(body.Array("members")), func(m *scim.Object) bool { return m.String("type") == "Group" })
}

func withoutGroups(_ *http.Request, body *scim.Object) {
	if body != nil && hasGroup(body) {
		body.Set("members", slices.DeleteFunc(body.Array("members"), func(v any) bool { return v.(*scim.Object).String("type") == "Group" }))
	}
}

// unreadable fails where a list has two elements, as in a cycle of groups.
func unreadable(place, list string) rewrite.Wrap {
	return rewrite.Answers(rewrite.At("GET", place), func(_ *http.Request, a *rewrite.Answer) {
		if len(a.Body.Array(list)) > 1 {
			a.Refuse(scim.Internal("stack overflow"))
		}
	})
}

func atMost(n int) func([]any) []any {
	return func(list []any) []any { return list[:min(n, len(list))] }
}

func pickingOperations(pick func([]any) []any) rewrite.Wrap {
	return rewrite.Requests(rewrite.At("PATCH", "/Groups/*"), func(_ *http.Request, body *scim.Object) {
		if list := body.Array("Operations"); len(list) > 0 {
			body.Set("Operations", pick(list))
		}
	})
}

// addingMembers adds the members from before to those of a PUT.
func addingMembers() rewrite.Wrap {
	return rewrite.Handle(rewrite.At("PUT", "/Groups/*"), func(next http.Handler, r *http.Request) *rewrite.Answer {
		if body := rewrite.BodyOf(r); body != nil {
			old := rewrite.Now(next, r)
			body.Set("members", append(old.Body.Array("members"), body.Array("members")...))
			rewrite.SetBody(r, body)
		}
		return nil
	})
}

// removingAnother removes the member at an index, from the end if it is negative.
func removingAnother(index int) rewrite.Wrap {
	return rewrite.Handle(rewrite.At("PATCH", "/Groups/*"), func(next http.Handler, r *http.Request) *rewrite.Answer {
		body := rewrite.BodyOf(r)
		members := rewrite.ObjectsIn(rewrite.Now(next, r).Body.Array("members"))
		for _, op := range rewrite.Operations(body) {
			if op.String("op") == "remove" && op.String("path") != "members" && len(members) > 0 {
				op.Set("path", `members[value eq "`+members[(index+len(members))%len(members)].String("value")+`"]`)
			}
		}
		rewrite.SetBody(r, body)
		return nil
	})
}

// changingAll gives the members of a PUT to all other groups as well.
func changingAll() rewrite.Wrap {
	return rewrite.Handle(rewrite.At("PUT", "/Groups/*"), func(next http.Handler, r *http.Request) *rewrite.Answer {
		members := rewrite.BodyOf(r).Array("members")
		for _, g := range rewrite.Ask(next, r, http.MethodGet, "Groups", nil).Resources() {
			g.Set("members", members)
			rewrite.Ask(next, r, http.MethodPut, "Groups/"+g.String("id"), g)
		}
		return nil
	})
}

// deletingWith deletes what a deleted resource names.
func deletingWith(place, list, prefix string) rewrite.Wrap {
	return rewrite.Handle(rewrite.At("DELETE", place), func(next http.Handler, r *http.Request) *rewrite.Answer {
		old := rewrite.Now(next, r)
		for _, o := range rewrite.ObjectsIn(old.Body.Array(list)) {
			rewrite.Ask(next, r, http.MethodDelete, prefix+o.String("value"), nil)
		}
		return nil
	})
}

// emptyingWith empties the groups of a user who is deleted.
func emptyingWith() rewrite.Wrap {
	return rewrite.Handle(rewrite.At("DELETE", "/Users/*"), func(next http.Handler, r *http.Request) *rewrite.Answer {
		user := rewrite.Now(next, r).Body
		for _, g := range rewrite.ObjectsIn(user.Array("groups")) {
			group := rewrite.Ask(next, r, http.MethodGet, "Groups/"+g.String("value"), nil).Body
			group.Delete("members")
			rewrite.Ask(next, r, http.MethodPut, "Groups/"+g.String("value"), group)
		}
		return nil
	})
}

// deletingWhoLeaves deletes the members that a PATCH removes.
func deletingWhoLeaves() rewrite.Wrap {
	return rewrite.Handle(rewrite.At("PATCH", "/Groups/*"), func(next http.Handler, r *http.Request) *rewrite.Answer {
		operations := rewrite.Operations(rewrite.BodyOf(r))
		a := rewrite.Serve(next, r)
		for _, op := range operations {
			if _, id, ok := strings.Cut(op.String("path"), `eq "`); ok && op.String("op") == "remove" {
				rewrite.Ask(next, r, http.MethodDelete, "Users/"+strings.TrimSuffix(id, `"]`), nil)
			}
		}
		return a
	})
}

// hidingOneOfMany leaves the second out of more than three.
func hidingOneOfMany(all []any) []any {
	if len(all) > 3 {
		return append([]any{all[0]}, all[2:]...)
	}
	return all
}
