package faults

import (
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// membershipFaults violate what RFC 7643, section 4.1.2, says of a user's groups.
func membershipFaults() []Fault {
	return []Fault{
		{"RFC7643-4.1.2-08", "a user's group is called by its name", shown(ofUsers, func(o *scim.Object) {
			for _, g := range objectsIn(o.Array("groups")) {
				g.Set("value", g.String("display"))
			}
		})},
		{"RFC7643-4.1.2-08", "a user's group is called by its address", shown(ofUsers, func(o *scim.Object) {
			for _, g := range objectsIn(o.Array("groups")) {
				g.Set("value", g.String("$ref"))
			}
		})},
		{"RFC7643-4.1.2-08", "the address of a user's group is that of a user", showing(ofUsers, "groups/$ref", toText(func(s string) string {
			return strings.Replace(s, "/Groups/", "/Users/", 1)
		}))},
		{"RFC7643-4.1.2-08", "the addresses of all groups of a user are that of the first", shown(ofUsers, func(o *scim.Object) {
			groups := objectsIn(o.Array("groups"))
			for _, g := range groups {
				g.Set("$ref", groups[0].String("$ref"))
			}
		})},
		{"RFC7643-4.1.2-08", "a user has one group", showing(ofUsers, "groups", onList(first))},
		{"RFC7643-4.1.2-08", "a user has every group twice", showing(ofUsers, "groups", onList(func(list []any) []any { return append(list, list...) }))},
		{"RFC7643-4.1.2-08", "a group of a user has its first name for ever", firstNames},
		{"RFC7643-4.1.2-08", "users in lists have no groups", showing(inUserLists, "groups", toGone)},

		{"RFC7643-4.1.2-09", "a new user joins groups", joining(at("POST", "/Users"))},
		{"RFC7643-4.1.2-09", "a PUT of a user joins groups", joining(at("PUT", "/Users/*"))},
		{"RFC7643-4.1.2-09", "a PUT of a user leaves all groups", leaving(at("PUT", "/Users/*"), func(body *scim.Object) bool { return len(body.Array("groups")) == 0 })},
		{"RFC7643-4.1.2-09", "a PUT of a user with an empty list leaves all groups", leaving(at("PUT", "/Users/*"), hasMember("groups"))},
		{"RFC7643-4.1.2-09", "a PATCH of a user joins groups", joining(at("PATCH", "/Users/*"))},
		{"RFC7643-4.1.2-09", "a PATCH of a user leaves groups", leaving(at("PATCH", "/Users/*"), anyBody)},
		{"RFC7643-4.1.2-09", "a new user shows groups that do not know of him", storingAsSent(at("POST", "/Users"), "groups", anyValue)},
		{"RFC7643-4.1.2-09", "a PUT shows groups that do not know of the user", storingAsSent(at("PUT", "/Users/*"), "groups", anyValue)},
		{"RFC7643-4.1.2-09", "groups of a new user are an internal error", refusingBodies(at("POST", "/Users"), hasMember("groups"), scim.Internal("readOnly"))},

		{"RFC7643-4.1.2-10", "a user does not see a PATCH that adds him", notSeeing(at("PATCH", "/Groups/*"))},
		{"RFC7643-4.1.2-10", "a user does not see a PUT that adds him", notSeeing(at("PUT", "/Groups/*"))},
		{"RFC7643-4.1.2-10", "a user still sees the group that a PATCH removed him from", stillSeeing(at("PATCH", "/Groups/*"))},
		{"RFC7643-4.1.2-10", "a user still sees the group that a PUT removed him from", stillSeeing(at("PUT", "/Groups/*"))},
		{"RFC7643-4.1.2-10", "a user still sees the group that was deleted", stillSeeing(at("DELETE", "/Groups/*"))},
		{"RFC7643-4.1.2-10", "a user who leaves one group sees none", seeingNone},
		{"RFC7643-4.1.2-10", "every user sees the last group", seeingTheLast},

		{"RFC7643-4.1.2-11", "a user is in every group indirectly", showing(ofUsers, "groups/type", toValue("indirect"))},
		{"RFC7643-4.1.2-11", "the type of a membership is Group", showing(ofUsers, "groups/type", toValue("Group"))},
		{"RFC7643-4.1.2-11", "the type of a membership is written in capital letters", showing(ofUsers, "groups/type", toText(strings.ToUpper))},
	}
}

// firstNames shows the names that groups were created with.
func firstNames(next http.Handler) http.Handler {
	var mu sync.Mutex
	names := map[string]string{}
	return answers(anywhere, func(r *http.Request, a *answer) {
		mu.Lock()
		defer mu.Unlock()
		if at("POST", "/Groups")(r) && a.ok() {
			names[a.body.String("id")] = a.body.String("displayName")
		}
		for _, o := range a.resources() {
			for _, g := range objectsIn(o.Array("groups")) {
				g.Set("display", names[g.String("value")])
			}
		}
	})(next)
}

// changeMember adds a user to a group or removes him.
func changeMember(next http.Handler, r *http.Request, group, user, op string) {
	operation := scim.NewObject(scim.Member{Name: "op", Value: op}, scim.Member{Name: "path", Value: "members"})
	if op == "add" {
		operation.Set("value", []any{scim.NewObject(scim.Member{Name: "value", Value: user})})
	} else {
		operation.Set("path", `members[value eq "`+user+`"]`)
	}
	ask(next, r, http.MethodPatch, "Groups/"+group, scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.PatchOpURN}},
		scim.Member{Name: "Operations", Value: []any{operation}},
	))
}

// joining makes members of users who say that they are.
func joining(chosen when) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !chosen(r) {
				next.ServeHTTP(w, r)
				return
			}
			body := bodyOf(r)
			groups := objectsIn(body.Array("groups"))
			for _, op := range objectsIn(body.Array("Operations")) {
				groups = append(groups, objectsIn(valueOf(op))...)
			}
			a := serve(next, r)
			user := a.body.String("id")
			if below := segments(r); len(below) == 2 {
				user = below[1]
			}
			for _, g := range groups {
				changeMember(next, r, g.String("value"), user, "add")
			}
			a.send(w)
		})
	}
}

// leaving takes users out of all groups by such a request.
func leaving(chosen when, such func(body *scim.Object) bool) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if chosen(r) {
				if body := bodyOf(r); body != nil && such(body) {
					user := ask(next, r, http.MethodGet, strings.Join(segments(r), "/"), nil).body
					for _, g := range objectsIn(user.Array("groups")) {
						changeMember(next, r, g.String("value"), user.String("id"), "remove")
					}
				}
			}
			next.ServeHTTP(w, r)
		})
	}
}

// seeing edits the groups of every user, by what was changed before.
func seeing(chosen when, note func(next http.Handler, r *http.Request, group string), edit func(o *scim.Object)) Wrap {
	return func(next http.Handler) http.Handler {
		var mu sync.Mutex
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			defer mu.Unlock()
			if below := segments(r); chosen(r) && len(below) == 2 {
				note(next, r, below[1])
			}
			a := serve(next, r)
			if ofUsers(r) {
				for _, o := range a.resources() {
					edit(o)
				}
			}
			a.send(w)
		})
	}
}

// notSeeing hides the groups that were changed.
func notSeeing(chosen when) Wrap {
	return func(next http.Handler) http.Handler {
		changed := map[string]bool{}
		return seeing(chosen,
			func(_ http.Handler, _ *http.Request, group string) { changed[group] = true },
			func(o *scim.Object) {
				groups := slices.DeleteFunc(slices.Clone(o.Array("groups")), func(v any) bool {
					g, _ := v.(*scim.Object)
					return changed[g.String("value")]
				})
				if _, ok := o.Get("groups"); ok {
					o.Set("groups", groups)
				}
			})(next)
	}
}

// stillSeeing shows the groups that users had before a change.
func stillSeeing(chosen when) Wrap {
	return func(next http.Handler) http.Handler {
		before := map[string][]any{}
		return seeing(chosen,
			func(next http.Handler, r *http.Request, group string) {
				for _, m := range objectsIn(ask(next, r, http.MethodGet, "Groups/"+group, nil).body.Array("members")) {
					user := ask(next, r, http.MethodGet, "Users/"+m.String("value"), nil).body
					before[user.String("id")] = user.Array("groups")
				}
			},
			func(o *scim.Object) {
				if groups := before[o.String("id")]; len(groups) > 0 {
					o.Set("groups", groups)
				}
			})(next)
	}
}

// seeingNone takes all groups from users who were in one that is deleted.
func seeingNone(next http.Handler) http.Handler {
	left := map[string]bool{}
	return seeing(at("DELETE", "/Groups/*"),
		func(next http.Handler, r *http.Request, group string) {
			for _, m := range objectsIn(ask(next, r, http.MethodGet, "Groups/"+group, nil).body.Array("members")) {
				left[m.String("value")] = true
			}
		},
		func(o *scim.Object) {
			if left[o.String("id")] {
				o.Delete("groups")
			}
		})(next)
}

// seeingTheLast shows every user the group that was created last.
func seeingTheLast(next http.Handler) http.Handler {
	var mu sync.Mutex
	var lastGroup string
	return answers(anywhere, func(r *http.Request, a *answer) {
		mu.Lock()
		defer mu.Unlock()
		if at("POST", "/Groups")(r) && a.ok() {
			lastGroup = a.body.String("id")
		}
		for _, o := range a.resources() {
			if lastGroup != "" && o.String("userName") != "" {
				o.Set("groups", []any{scim.NewObject(scim.Member{Name: "value", Value: lastGroup})})
			}
		}
	})(next)
}
