package faults

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// deleteNameFaults concern the names and ids of what was deleted.
func deleteNameFaults() []Fault {
	return []Fault{
		{"RFC7644-3.6-04", "the name of a deleted user stays taken", conflicting(at("POST", "/Users"), "Users", "userName")},
		{"RFC7644-3.6-04", "the name of a deleted group stays taken", conflicting(at("POST", "/Groups"), "Groups", "displayName")},
		{"RFC7644-3.6-04", "the external id of a deleted user stays taken", conflicting(at("POST", "/Users"), "Users", "externalId")},
		{"RFC7644-3.6-04", "no other user can be given the name of a deleted one", conflicting(at("PUT", "/Users/*"), "Users", "userName")},
		{"RFC7644-3.6-04", "a user under the name of a deleted one is not kept", forgettingAnew("Users", "userName")},
		{"RFC7644-3.6-07", "a new user gets the id of the deleted one of its name", reusingIDs("Users", "userName")},
		{"RFC7644-3.6-07", "a new group gets the id of the deleted one of its name", reusingIDs("Groups", "displayName")},
	}
}

// forgettingAnew removes what is created under the name of something deleted.
func forgettingAnew(collection, attribute string) Wrap {
	return madeAfterDeletion(collection, attribute, func(next http.Handler, r *http.Request, a *answer, _ *scim.Object) {
		ask(next, r, http.MethodDelete, collection+"/"+a.body.String("id"), nil)
	})
}

func reusingIDs(collection, attribute string) Wrap {
	return madeAfterDeletion(collection, attribute, func(_ http.Handler, _ *http.Request, a *answer, last *scim.Object) {
		a.body.Set("id", last.String("id"))
	})
}

func madeAfterDeletion(collection, attribute string, edit func(next http.Handler, r *http.Request, a *answer, last *scim.Object)) Wrap {
	return haunted(func(d *deletions, next http.Handler, r *http.Request, a *answer) {
		if !at("POST", "/"+collection)(r) || a.status != http.StatusCreated || a.body == nil {
			return
		}
		for _, last := range d.all(collection) {
			if last.String(attribute) == a.body.String(attribute) {
				edit(next, r, a, last)
				return
			}
		}
	})
}

// deleteOthersFaults concern other resources than the one that is deleted.
func deleteOthersFaults() []Fault {
	return []Fault{
		{"RFC7644-3.6-05", "a deleted user stays a member", stillMember(func(int) bool { return true })},
		{"RFC7644-3.6-05", "a deleted user leaves only the first group", stillMember(func(i int) bool { return i > 0 })},
		{"RFC7644-3.6-05", "the members of a deleted group are deleted", deleteAside("/Groups/*", func(next http.Handler, r *http.Request, last *scim.Object) {
			for _, id := range referencesIn(last, "members") {
				ask(next, r, http.MethodDelete, "Users/"+id, nil)
			}
		})},
		{"RFC7644-3.6-05", "the first member of a deleted group is deleted", deleteAside("/Groups/*", func(next http.Handler, r *http.Request, last *scim.Object) {
			if ids := referencesIn(last, "members"); len(ids) > 0 {
				ask(next, r, http.MethodDelete, "Users/"+ids[0], nil)
			}
		})},
		{"RFC7644-3.6-05", "the groups of a deleted user are deleted", deleteAside("/Users/*", func(next http.Handler, r *http.Request, last *scim.Object) {
			for _, id := range referencesIn(last, "groups") {
				ask(next, r, http.MethodDelete, "Groups/"+id, nil)
			}
		})},
		{"RFC7644-3.6-05", "the groups of a deleted user lose all members", deleteAside("/Users/*", func(next http.Handler, r *http.Request, last *scim.Object) {
			for _, id := range referencesIn(last, "groups") {
				emptyGroup(next, r, id)
			}
		})},
		{"RFC7644-3.6-05", "the members of a deleted group leave their other groups", deleteAside("/Groups/*", func(next http.Handler, r *http.Request, last *scim.Object) {
			for _, member := range referencesIn(last, "members") {
				user := ask(next, r, http.MethodGet, "Users/"+member, nil)
				for _, id := range referencesIn(user.body, "groups") {
					emptyGroup(next, r, id)
				}
			}
		})},
		{"RFC7644-3.6-05", "a user still names a deleted group", stillGroup()},

		{"RFC7644-3.6-08", "a deletion deletes the next user too", deleteAside("/Users/*", deleteAnother)},
		{"RFC7644-3.6-08", "a deletion deletes another group too", deleteAside("/Groups/*", deleteAnother)},
		{"RFC7644-3.6-08", "a deletion deactivates every other user", deleteAside("/Users/*", func(next http.Handler, r *http.Request, _ *scim.Object) {
			for _, o := range ask(next, r, http.MethodGet, "Users", nil).resources() {
				o.Set("active", false)
				ask(next, r, http.MethodPut, "Users/"+o.String("id"), o)
			}
		})},
		{"RFC7644-3.6-08", "a deletion touches every other group", deleteAside("/Groups/*", func(next http.Handler, r *http.Request, _ *scim.Object) {
			for _, o := range ask(next, r, http.MethodGet, "Groups", nil).resources() {
				o.Set("externalId", "touched")
				ask(next, r, http.MethodPut, "Groups/"+o.String("id"), o)
			}
		})},
		{"RFC7644-3.6-08", "a new user inherits the groups of the deleted one of its name", madeAfterDeletion("Users", "userName", func(next http.Handler, r *http.Request, a *answer, last *scim.Object) {
			for _, id := range referencesIn(last, "groups") {
				group := ask(next, r, http.MethodGet, "Groups/"+id, nil)
				group.body.Set("members", append(group.body.Array("members"), scim.NewObject(scim.Member{Name: "value", Value: a.body.String("id")})))
				ask(next, r, http.MethodPut, "Groups/"+id, group.body)
			}
		})},
	}
}

func emptyGroup(next http.Handler, r *http.Request, id string) {
	group := ask(next, r, http.MethodGet, "Groups/"+id, nil)
	group.body.Delete("members")
	ask(next, r, http.MethodPut, "Groups/"+id, group.body)
}

func deleteAnother(next http.Handler, r *http.Request, _ *scim.Object) {
	collection := segments(r)[0]
	for _, o := range ask(next, r, http.MethodGet, collection, nil).resources() {
		ask(next, r, http.MethodDelete, collection+"/"+o.String("id"), nil)
		return
	}
}

// stillMember shows deleted users in the groups they were in; kept chooses by
// the position of the group among theirs.
func stillMember(kept func(i int) bool) Wrap {
	return haunted(func(d *deletions, _ http.Handler, r *http.Request, a *answer) {
		if !at("GET", "/Groups/*")(r) || !a.ok() {
			return
		}
		for _, user := range d.all("Users") {
			for i, id := range referencesIn(user, "groups") {
				if id == a.body.String("id") && kept(i) {
					member := scim.NewObject(scim.Member{Name: "value", Value: user.String("id")})
					a.body.Set("members", append(a.body.Array("members"), member))
				}
			}
		}
	})
}

func stillGroup() Wrap {
	return haunted(func(d *deletions, _ http.Handler, r *http.Request, a *answer) {
		if !at("GET", "/Users/*")(r) || !a.ok() {
			return
		}
		for _, group := range d.all("Groups") {
			for _, id := range referencesIn(group, "members") {
				if id == a.body.String("id") {
					named := scim.NewObject(scim.Member{Name: "value", Value: group.String("id")})
					a.body.Set("groups", append(a.body.Array("groups"), named))
				}
			}
		}
	})
}
