package faults

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// groupFaults violate RFC 7643, section 4.2.
func groupFaults() []Fault {
	return []Fault{
		{"RFC7643-4.2-01", "a new group without displayName gets one", requests(at("POST", "/Groups"), func(_ *http.Request, body *scim.Object) {
			if body != nil && body.String("displayName") == "" {
				body.Set("displayName", "unnamed")
			}
		})},
		{"RFC7643-4.2-01", "a new group with an empty displayName is taken", receiving(at("POST", "/Groups"), "displayName", toText(unblank))},
		{"RFC7643-4.2-01", "a group without displayName is an internal error", answers(at("POST", "/Groups"), becoming(http.StatusBadRequest, http.StatusInternalServerError))},
		{"RFC7643-4.2-01", "a PUT without displayName takes it away", inTurn(
			after(func(r *http.Request) bool { return at("PUT", "/Groups/*")(r) && bodyOf(r).String("displayName") == "" }, part("displayName", toGone)),
			keepingOld(at("PUT", "/Groups/*"), "displayName", func(body *scim.Object) bool { return body.String("displayName") == "" }))},
		{"RFC7643-4.2-01", "a PATCH that removes the displayName is ignored", unheard(at("PATCH", "/Groups/*"), removes("displayName"))},
		{"RFC7643-4.2-01", "a PATCH takes the displayName away", inTurn(
			after(at("PATCH", "/Groups/*"), part("displayName", toGone)), unheard(at("PATCH", "/Groups/*"), removes("displayName")))},

		{"RFC7643-4.2-02", "a group without members is refused", refusingBodies(at("POST", "/Groups"), func(body *scim.Object) bool { return !hasMember("members")(body) }, scim.InvalidValue("members is required"))},
		{"RFC7643-4.2-02", "a group with an empty list of members is refused", refusingBodies(at("POST", "/Groups"), hasEmptyList, scim.InvalidValue("members is empty"))},
		{"RFC7643-4.2-02", "the last member cannot leave", refusingBodies(at("PUT", "/Groups/*"), hasEmptyList, scim.InvalidValue("members is empty"))},
		{"RFC7643-4.2-02", "an empty list of members changes nothing", keepingOld(at("PUT", "/Groups/*"), "members", hasEmptyList)},
		{"RFC7643-4.2-02", "a group without members has one", showingIfNone(ofGroups, "members", []any{scim.NewObject(scim.Member{Name: "value", Value: "admin"})})},

		{"RFC7643-4.2-03", "a member can be exchanged", editingMembers("value")},
		{"RFC7643-4.2-03", "the type of a member can be changed", inTurn(
			after(at("PATCH", "/Groups/*"), part("members/type", toValue("Group"))), unheard(at("PATCH", "/Groups/*"), anyBody))},
		{"RFC7643-4.2-03", "changing a member removes it", inTurn(
			after(at("PATCH", "/Groups/*"), part("members", toGone)), unheard(at("PATCH", "/Groups/*"), anyBody))},
		{"RFC7643-4.2-03", "changing a member is an internal error", answers(at("PATCH", "/Groups/*"), becoming(http.StatusBadRequest, http.StatusInternalServerError))},

		{"RFC7643-4.2-04", "the type of a member is user", showing(ofGroups, "members/type", toText(strings.ToLower))},
		{"RFC7643-4.2-04", "the type of a member is direct", showing(ofGroups, "members/type", toValue("direct"))},
		{"RFC7643-4.2-04", "the type of every member is Group", showing(ofGroups, "members/type", toValue("Group"))},
		{"RFC7643-4.2-04", "the type of a member in lists is Users", showing(inGroupLists, "members/type", toValue("Users"))},
		{"RFC7643-4.2-04", "the address of a member is that of the group", shown(ofGroups, func(o *scim.Object) {
			part("members/$ref", toValue(o.Object("meta").String("location")))(o)
		})},
		{"RFC7643-4.2-04", "the address of a member that was added leads nowhere", after(at("PATCH", "/Groups/*"), part("members/$ref", toText(newID)))},
		{"RFC7643-4.2-04", "members in lists have no value", showing(inGroupLists, "members/value", toGone)},

		{"RFC7643-4.2-05", "a group as a member is dropped", requests(at("POST", "/Groups"), withoutGroups)},
		{"RFC7643-4.2-05", "a group as a member is an internal error", refusingBodies(at("POST", "/Groups"), hasGroup, scim.Internal("cast"))},
		{"RFC7643-4.2-05", "a PATCH with a group as a member does nothing", unheard(at("PATCH", "/Groups/*"), anyBody)},
		{"RFC7643-4.2-05", "the users beside a group as a member are dropped", requests(at("POST", "/Groups"), func(_ *http.Request, body *scim.Object) {
			if body != nil && hasGroup(body) {
				body.Set("members", slices.DeleteFunc(body.Array("members"), func(v any) bool { return v.(*scim.Object).String("type") != "Group" }))
			}
		})},
		{"RFC7643-4.2-05", "a group as a member is of the type groups", showing(ofGroups, "members/type", toText(func(s string) string {
			return strings.Replace(s, "Group", "groups", 1)
		}))},

		{"RFC7643-4.2-06", "a cycle of groups is an internal error", refusingBodies(at("PUT", "/Groups/*"), hasGroup, scim.Internal("stack overflow"))},
		{"RFC7643-4.2-06", "a group that contains itself is an internal error", refusingBodies(at("PATCH", "/Groups/*"), anyBody, scim.Internal("stack overflow"))},
		{"RFC7643-4.2-06", "a group in a cycle cannot be read", unreadable("/Groups/*", "members")},
		{"RFC7643-4.2-06", "a user in a cycle cannot be read", unreadable("/Users/*", "groups")},
		{"RFC7643-4.2-06", "a group in a cycle cannot be deleted", answers(at("DELETE", "/Groups/*"), func(_ *http.Request, a *answer) { a.refuse(scim.Internal("foreign key")) })},

		{"RFC7643-4.2-07", "a new group keeps a member twice", storingAsSent(at("POST", "/Groups"), "members", func(v any) bool { return sameAgain(objectsIn(v)) })},
		{"RFC7643-4.2-07", "a PUT keeps a member twice", storingAsSent(at("PUT", "/Groups/*"), "members", func(v any) bool { return sameAgain(objectsIn(v)) })},
		{"RFC7643-4.2-07", "a PATCH adds a member again", after(at("PATCH", "/Groups/*"), part("members", onList(func(list []any) []any { return append(list, list[0]) })))},
		{"RFC7643-4.2-07", "adding a member again removes it", after(at("PATCH", "/Groups/*"), part("members", onList(func(list []any) []any { return list[1:] })))},
		{"RFC7643-4.2-07", "a member twice is an internal error", refusingBodies(at("POST", "/Groups"), func(body *scim.Object) bool { return sameAgain(objectsIn(body.Array("members"))) }, scim.Internal("duplicate key"))},
		{"RFC7643-4.2-07", "lists show members twice", showing(inGroupLists, "members", onList(func(list []any) []any { return append(list, list...) }))},

		{"RFC7643-4.2-08", "a new group keeps 100 members", receiving(at("POST", "/Groups"), "members", onList(atMost(100)))},
		{"RFC7643-4.2-08", "a group shows 100 members", showing(ofGroups, "members", onList(atMost(100)))},
		{"RFC7643-4.2-08", "a group shows 499 members", showing(ofGroups, "members", onList(atMost(499)))},
		{"RFC7643-4.2-08", "a PUT keeps 250 members", receiving(at("PUT", "/Groups/*"), "members", onList(atMost(250)))},
		{"RFC7643-4.2-08", "a PATCH adds 100 members", patching("/Groups/*", func(op *scim.Object) bool {
			part("value", onList(atMost(100)))(op)
			return true
		})},
		{"RFC7643-4.2-08", "a PATCH does 100 operations", requests(at("PATCH", "/Groups/*"), func(_ *http.Request, body *scim.Object) {
			body.Set("Operations", body.Array("Operations")[:min(100, len(body.Array("Operations")))])
		})},
		{"RFC7643-4.2-08", "500 members are an internal error", refusingBodies(aGroup, func(body *scim.Object) bool { return len(body.Array("members")) > 200 }, scim.Internal("too many parameters"))},

		{"RFC7643-4.2-09", "a new group keeps its first member", receiving(at("POST", "/Groups"), "members", onList(first))},
		{"RFC7643-4.2-09", "a new group keeps its last member", receiving(at("POST", "/Groups"), "members", onList(last))},
		{"RFC7643-4.2-09", "a new group has no members", withoutSent(at("POST", "/Groups"), "members")},
		{"RFC7643-4.2-09", "groups in lists have no members", showing(inGroupLists, "members", toGone)},
		{"RFC7643-4.2-09", "groups in lists have one member", showing(inGroupLists, "members", onList(first))},
		{"RFC7643-4.2-09", "a PUT adds to the members", addingMembers},
		{"RFC7643-4.2-09", "a PUT does not change the members", keepingOld(at("PUT", "/Groups/*"), "members", anyBody)},
		{"RFC7643-4.2-09", "a PUT that renames loses the members", withoutSentIf(at("PUT", "/Groups/*"), func(body *scim.Object) bool { return strings.HasSuffix(body.String("displayName"), "renamed") }, "members")},
		{"RFC7643-4.2-09", "a PATCH that renames loses the members", after(at("PATCH", "/Groups/*"), part("members", onList(func([]any) []any { return []any{} })))},
		{"RFC7643-4.2-09", "a PATCH that adds a member replaces the others", patching("/Groups/*", func(op *scim.Object) bool {
			if op.String("op") == "add" {
				op.Set("op", "replace")
			}
			return true
		})},
		{"RFC7643-4.2-09", "a PATCH adds the first of several members", patching("/Groups/*", func(op *scim.Object) bool {
			part("value", onList(first))(op)
			return true
		})},
		{"RFC7643-4.2-09", "a PATCH adds nobody", patching("/Groups/*", func(op *scim.Object) bool { return op.String("op") != "add" })},
		{"RFC7643-4.2-09", "a PATCH does the first operation", pickingOperations(func(list []any) []any { return list[:1] })},
		{"RFC7643-4.2-09", "a PATCH does the last operation", pickingOperations(func(list []any) []any { return list[len(list)-1:] })},
		{"RFC7643-4.2-09", "a PATCH removes nobody", patching("/Groups/*", func(op *scim.Object) bool { return op.String("op") != "remove" })},
		{"RFC7643-4.2-09", "a PATCH that removes one removes all", patching("/Groups/*", func(op *scim.Object) bool {
			if op.String("op") == "remove" {
				op.Set("path", "members")
			}
			return true
		})},
		{"RFC7643-4.2-09", "a PATCH removes the first member whoever is meant", removingAnother(0)},
		{"RFC7643-4.2-09", "a PATCH removes the last member whoever is meant", removingAnother(-1)},
		{"RFC7643-4.2-09", "a PATCH removes the others", patching("/Groups/*", func(op *scim.Object) bool {
			if op.String("op") == "remove" {
				op.Set("path", strings.Replace(op.String("path"), " eq ", " ne ", 1))
			}
			return true
		})},
		{"RFC7643-4.2-09", "a PATCH that replaces the members adds to them", patching("/Groups/*", func(op *scim.Object) bool {
			if op.String("op") == "replace" && op.String("path") == "members" {
				op.Set("op", "add")
			}
			return true
		})},
		{"RFC7643-4.2-09", "all members cannot leave", unheard(at("PATCH", "/Groups/*"), removes("members"))},
		{"RFC7643-4.2-09", "a PUT changes all groups", changingAll},

		{"RFC7643-4.2-10", "with a member its group is deleted", deletingWith("/Users/*", "groups", "Groups/")},
		{"RFC7643-4.2-10", "with a group its members are deleted", deletingWith("/Groups/*", "members", "Users/")},
		{"RFC7643-4.2-10", "with a member all others leave the group", emptyingWith},
		{"RFC7643-4.2-10", "who leaves a group is deleted", deletingWhoLeaves},
	}
}

func removes(path string) func(body *scim.Object) bool {
	return func(body *scim.Object) bool {
		return slices.ContainsFunc(objectsIn(body.Array("Operations")), func(op *scim.Object) bool {
			return op.String("op") == "remove" && op.String("path") == path
		})
	}
}

// editingMembers makes an exchange of what edits a member.
func editingMembers(name string) Wrap {
	return patching("/Groups/*", func(op *scim.Object) bool {
		if strings.HasSuffix(op.String("path"), "]."+name) {
			op.Set("path", "members")
			op.Set("value", []any{scim.NewObject(scim.Member{Name: "value", Value: op.String("value")})})
		}
		return true
	})
}

func hasGroup(body *scim.Object) bool {
	return slices.ContainsFunc(objectsIn(body.Array("members")), func(m *scim.Object) bool { return m.String("type") == "Group" })
}

func withoutGroups(_ *http.Request, body *scim.Object) {
	if body != nil && hasGroup(body) {
		body.Set("members", slices.DeleteFunc(body.Array("members"), func(v any) bool { return v.(*scim.Object).String("type") == "Group" }))
	}
}

// unreadable fails where somebody is in two groups, as in a cycle.
func unreadable(place, list string) Wrap {
	return answers(at("GET", place), func(_ *http.Request, a *answer) {
		if len(a.body.Array(list)) > 1 {
			a.refuse(scim.Internal("stack overflow"))
		}
	})
}

func atMost(n int) func([]any) []any {
	return func(list []any) []any { return list[:min(n, len(list))] }
}

func pickingOperations(pick func([]any) []any) Wrap {
	return requests(at("PATCH", "/Groups/*"), func(_ *http.Request, body *scim.Object) {
		if list := body.Array("Operations"); len(list) > 0 {
			body.Set("Operations", pick(list))
		}
	})
}

// addingMembers adds the members from before to those of a PUT.
func addingMembers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if at("PUT", "/Groups/*")(r) {
			if body := bodyOf(r); body != nil {
				old := ask(next, r, http.MethodGet, strings.Join(segments(r), "/"), nil)
				body.Set("members", append(old.body.Array("members"), body.Array("members")...))
				setBody(r, body)
			}
		}
		next.ServeHTTP(w, r)
	})
}

// removingAnother removes the member at an index, from the end if it is negative.
func removingAnother(index int) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if at("PATCH", "/Groups/*")(r) {
				body := bodyOf(r)
				members := objectsIn(ask(next, r, http.MethodGet, strings.Join(segments(r), "/"), nil).body.Array("members"))
				for _, op := range objectsIn(body.Array("Operations")) {
					if op.String("op") == "remove" && op.String("path") != "members" && len(members) > 0 {
						op.Set("path", `members[value eq "`+members[(index+len(members))%len(members)].String("value")+`"]`)
					}
				}
				setBody(r, body)
			}
			next.ServeHTTP(w, r)
		})
	}
}

// changingAll gives the members of a PUT to all other groups as well.
func changingAll(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if at("PUT", "/Groups/*")(r) {
			members := bodyOf(r).Array("members")
			for _, g := range ask(next, r, http.MethodGet, "Groups", nil).resources() {
				g.Set("members", members)
				ask(next, r, http.MethodPut, "Groups/"+g.String("id"), g)
			}
		}
		next.ServeHTTP(w, r)
	})
}

// deletingWith deletes what a deleted resource names.
func deletingWith(place, list, prefix string) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if at("DELETE", place)(r) {
				old := ask(next, r, http.MethodGet, strings.Join(segments(r), "/"), nil)
				for _, o := range objectsIn(old.body.Array(list)) {
					ask(next, r, http.MethodDelete, prefix+o.String("value"), nil)
				}
			}
			next.ServeHTTP(w, r)
		})
	}
}

// emptyingWith empties the groups of a user who is deleted.
func emptyingWith(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if at("DELETE", "/Users/*")(r) {
			user := ask(next, r, http.MethodGet, strings.Join(segments(r), "/"), nil).body
			for _, g := range objectsIn(user.Array("groups")) {
				group := ask(next, r, http.MethodGet, "Groups/"+g.String("value"), nil).body
				group.Delete("members")
				ask(next, r, http.MethodPut, "Groups/"+g.String("value"), group)
			}
		}
		next.ServeHTTP(w, r)
	})
}

// deletingWhoLeaves deletes the members that a PATCH removes.
func deletingWhoLeaves(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !at("PATCH", "/Groups/*")(r) {
			next.ServeHTTP(w, r)
			return
		}
		operations := objectsIn(bodyOf(r).Array("Operations"))
		a := serve(next, r)
		for _, op := range operations {
			if _, id, ok := strings.Cut(op.String("path"), `eq "`); ok && op.String("op") == "remove" {
				ask(next, r, http.MethodDelete, "Users/"+strings.TrimSuffix(id, `"]`), nil)
			}
		}
		a.send(w)
	})
}
