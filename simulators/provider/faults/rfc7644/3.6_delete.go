package rfc7644

import (
	"net/http"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// deleteFaults violate features/rfc7644/3.6_delete.feature.
func deleteFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.6-01", "a user who is a manager is not deleted", failsToDelete(func(o *scim.Object, id string) bool {
			return o.Object(scim.EnterpriseURN).Object("manager").String("value") == id
		})},
		{"RFC7644-3.6-01", "a list with somebody whose manager is gone is an internal error", orphansBreakLists()},
		{"RFC7644-3.6-01", "a member of two groups is not deleted", rewrite.Handle(rewrite.At("DELETE", "/Users/*"), func(next http.Handler, r *http.Request) *rewrite.Answer {
			if len(rewrite.Current(next, r).Array("groups")) > 1 {
				return rewrite.Refusal(scim.Internal("a key refers to this row"))
			}
			return nil
		})},
		{"RFC7644-3.6-01", "a group in a group is not deleted", rewrite.Handle(rewrite.At("DELETE", "/Groups/*"), func(next http.Handler, r *http.Request) *rewrite.Answer {
			id := rewrite.Segments(r)[1]
			for _, g := range rewrite.Ask(next, r, http.MethodGet, "Groups", nil).Resources() {
				if rewrite.Contains(g.Array("members"), scim.NewObject(scim.Member{Name: "value", Value: id})) {
					return rewrite.Refusal(scim.Internal("a key refers to this row"))
				}
			}
			return nil
		})},
		{"RFC7644-3.6-01", "a user with two e-mail addresses is not deleted", rewrite.Handle(rewrite.At("DELETE", "/Users/*"), func(next http.Handler, r *http.Request) *rewrite.Answer {
			if len(rewrite.Current(next, r).Array("emails")) > 1 {
				return rewrite.Refusal(scim.Internal("a key refers to this row"))
			}
			return nil
		})},
		{"RFC7644-3.6-01", "a user who has a manager is not deleted", rewrite.Handle(rewrite.At("DELETE", "/Users/*"), func(next http.Handler, r *http.Request) *rewrite.Answer {
			if rewrite.Current(next, r).Object(scim.EnterpriseURN).Object("manager") != nil {
				return rewrite.Refusal(scim.Internal("a key refers to this row"))
			}
			return nil
		})},
		{"RFC7644-3.6-01", "a deletion answers 200", rewrite.SuccessIs("DELETE", "/*/*", 200)},
		{"RFC7644-3.6-01", "a deletion of a group answers 200", rewrite.SuccessIs("DELETE", "/Groups/*", 200)},
		{"RFC7644-3.6-01", "a deletion answers 202", rewrite.SuccessIs("DELETE", "/*/*", 202)},
		{"RFC7644-3.6-01", "a deletion answers 205", rewrite.SuccessIs("DELETE", "/Users/*", 205)},
		{"RFC7644-3.6-01", "a deletion answers with the resource", showingDeleted("/*/*")},
		{"RFC7644-3.6-01", "a deletion of a group answers with it", showingDeleted("/Groups/*")},
		{"RFC7644-3.6-01", "a deletion answers 200 and an empty object", rewrite.Answers(rewrite.At("DELETE", "/*/*"), func(_ *http.Request, a *rewrite.Answer) {
			if a.OK() {
				a.Status, a.Body = http.StatusOK, scim.NewObject()
			}
		})},
		{"RFC7644-3.6-01", "a deletion of a user deletes nothing", deletesNothing("/Users/*")},
		{"RFC7644-3.6-01", "a deletion of a group deletes nothing", deletesNothing("/Groups/*")},
		{"RFC7644-3.6-01", "a group with members is not deleted", deletesNot("/Groups/*", "members")},
		{"RFC7644-3.6-01", "a user with groups is not deleted", deletesNot("/Users/*", "groups")},
		{"RFC7644-3.6-01", "a group with members is refused", refusesDeletion("/Groups/*", "members")},
		{"RFC7644-3.6-01", "a user with groups is refused", refusesDeletion("/Users/*", "groups")},

		{"RFC7644-3.6-02", "a deleted user is still read", onDeleted(rewrite.At("GET", "/Users/*"), showDeleted)},
		{"RFC7644-3.6-02", "a deleted group is still read", onDeleted(rewrite.At("GET", "/Groups/*"), showDeleted)},
		{"RFC7644-3.6-02", "a deleted user is read as inactive", onDeleted(rewrite.At("GET", "/Users/*"), func(_ http.Handler, _ *http.Request, a *rewrite.Answer, last *scim.Object) {
			o := last.Clone()
			o.Set("active", false)
			a.Status, a.Body = http.StatusOK, o
		})},
		{"RFC7644-3.6-02", "a deleted user is still read in part", onDeleted(func(r *http.Request) bool {
			return rewrite.At("GET", "/Users/*")(r) && r.URL.Query().Has("attributes")
		}, showDeleted)},
		{"RFC7644-3.6-02", "a deleted group is still read in part", onDeleted(func(r *http.Request) bool {
			return rewrite.At("GET", "/Groups/*")(r) && r.URL.Query().Has("attributes")
		}, showDeleted)},
		{"RFC7644-3.6-02", "reading a deleted user answers 410", onDeleted(rewrite.At("GET", "/Users/*"), refuseDeleted(410))},
		{"RFC7644-3.6-02", "reading a deleted group answers 410", onDeleted(rewrite.At("GET", "/Groups/*"), refuseDeleted(410))},
		{"RFC7644-3.6-02", "reading a deleted user answers 204", onDeleted(rewrite.At("GET", "/Users/*"), pretendDeleted(204))},
		{"RFC7644-3.6-02", "reading a deleted resource answers 200 and nothing", onDeleted(rewrite.At("GET", "/*/*"), pretendDeleted(200))},
		{"RFC7644-3.6-02", "reading a deleted user answers an empty list", onDeleted(rewrite.At("GET", "/Users/*"), func(_ http.Handler, _ *http.Request, a *rewrite.Answer, _ *scim.Object) {
			a.Status, a.Body = http.StatusOK, (&scim.List{}).Object()
		})},
		{"RFC7644-3.6-02", "reading a deleted user answers 403", onDeleted(rewrite.At("GET", "/Users/*"), refuseDeleted(403))},
		{"RFC7644-3.6-02", "reading a deleted resource answers 500", onDeleted(rewrite.At("GET", "/*/*"), refuseDeleted(500))},
		{"RFC7644-3.6-02", "reading a deleted resource answers 404 without a body", onDeleted(rewrite.At("GET", "/*/*"), pretendDeleted(404))},
		{"RFC7644-3.6-02", "a second deletion of a user answers 204", onDeleted(rewrite.At("DELETE", "/Users/*"), pretendDeleted(204))},
		{"RFC7644-3.6-02", "a second deletion of a group answers 204", onDeleted(rewrite.At("DELETE", "/Groups/*"), pretendDeleted(204))},
		{"RFC7644-3.6-02", "a second deletion answers 410", onDeleted(rewrite.At("DELETE", "/*/*"), refuseDeleted(410))},
		{"RFC7644-3.6-02", "a second deletion answers 409", onDeleted(rewrite.At("DELETE", "/*/*"), refuseDeleted(409))},
		{"RFC7644-3.6-02", "a replacement of a deleted user is confirmed", onDeleted(rewrite.At("PUT", "/Users/*"), showDeleted)},
		{"RFC7644-3.6-02", "a replacement of a deleted group is confirmed", onDeleted(rewrite.At("PUT", "/Groups/*"), showDeleted)},
		{"RFC7644-3.6-02", "a replacement of a deleted user creates it anew", onDeleted(rewrite.At("PUT", "/Users/*"), bringBack(201))},
		{"RFC7644-3.6-02", "a replacement of a deleted group creates it anew", onDeleted(rewrite.At("PUT", "/Groups/*"), bringBack(201))},
		{"RFC7644-3.6-02", "a replacement of a deleted user answers 404 and creates one", onDeleted(rewrite.At("PUT", "/Users/*"), bringBack(404))},
		{"RFC7644-3.6-02", "a replacement of a deleted resource answers 409", onDeleted(rewrite.At("PUT", "/*/*"), refuseDeleted(409))},
		{"RFC7644-3.6-02", "a replacement of a deleted resource answers 500", onDeleted(rewrite.At("PUT", "/*/*"), refuseDeleted(500))},
		{"RFC7644-3.6-02", "a patch of a deleted user is confirmed", onDeleted(rewrite.At("PATCH", "/Users/*"), showDeleted)},
		{"RFC7644-3.6-02", "a patch of a deleted group is confirmed", onDeleted(rewrite.At("PATCH", "/Groups/*"), pretendDeleted(204))},
		{"RFC7644-3.6-02", "a patch of a deleted user brings it back", onDeleted(rewrite.At("PATCH", "/Users/*"), bringBack(200))},
		{"RFC7644-3.6-02", "a patch of a deleted group answers 400", onDeleted(rewrite.At("PATCH", "/Groups/*"), refuseDeleted(400))},
		{"RFC7644-3.6-02", "a patch of a deleted user answers 403", onDeleted(rewrite.At("PATCH", "/Users/*"), refuseDeleted(403))},

		{"RFC7644-3.6-03", "the other user of a display name is found no more", hidesTwins()},
		{"RFC7644-3.6-03", "a deleted user of a name counts beside the new one", rewrite.Stateful(func() rewrite.Wrap {
			var deleted atomic.Int64
			return rewrite.Handle(rewrite.AnyOf(rewrite.At("DELETE", "/Users/*"), rewrite.ListsUsers), func(next http.Handler, r *http.Request) *rewrite.Answer {
				a := rewrite.Serve(next, r)
				if r.Method == http.MethodDelete {
					deleted.Add(1)
				} else if rewrite.SizeOf(a) > 0 {
					a.Body.Set("totalResults", rewrite.Number(rewrite.WholeOf(a)+int(deleted.Load())))
				}
				return a
			})
		})},
		{"RFC7644-3.6-03", "a deleted user is found by userName", listingDeleted("Users", listsWhere("/Users", "userName eq"))},
		{"RFC7644-3.6-03", "a deleted user is found by the beginning of userName", listingDeleted("Users", listsWhere("/Users", "userName sw"))},
		{"RFC7644-3.6-03", "a deleted user is found by externalId", listingDeleted("Users", listsWhere("/Users", "externalId eq"))},
		{"RFC7644-3.6-03", "a deleted user is found by id", listingDeleted("Users", listsWhere("/Users", "id eq"))},
		{"RFC7644-3.6-03", "a deleted user is found by any filter", listingDeleted("Users", listsWhere("/Users", " "))},
		{"RFC7644-3.6-03", "a deleted group is found by displayName", listingDeleted("Groups", listsWhere("/Groups", "displayName eq"))},
		{"RFC7644-3.6-03", "a deleted group is found by externalId", listingDeleted("Groups", listsWhere("/Groups", "externalId"))},
		{"RFC7644-3.6-03", "a deleted group is found by id", listingDeleted("Groups", listsWhere("/Groups", "id eq"))},
		{"RFC7644-3.6-03", "a deleted user is listed", listingDeleted("Users", listsAll("/Users"))},
		{"RFC7644-3.6-03", "a deleted group is listed", listingDeleted("Groups", listsAll("/Groups"))},
		{"RFC7644-3.6-03", "a deleted user is found by a search", listingDeleted("Users", rewrite.At("POST", "/Users/.search"))},
		{"RFC7644-3.6-03", "a deleted group is found by a search", listingDeleted("Groups", rewrite.At("POST", "/Groups/.search"))},
		{"RFC7644-3.6-03", "a deleted user is found by a search everywhere", listingDeleted("Users", rewrite.At("POST", "/.search"))},
		{"RFC7644-3.6-03", "deleted users are counted", countingDeleted("Users", rewrite.At("GET", "/Users"))},
		{"RFC7644-3.6-03", "deleted groups are counted", countingDeleted("Groups", rewrite.At("GET", "/Groups"))},
		{"RFC7644-3.6-03", "deleted users are counted by a search", countingDeleted("Users", rewrite.At("POST", "/Users/.search"))},

		{"RFC7644-3.6-04", "the name of a deleted user stays taken", conflicting(rewrite.At("POST", "/Users"), "Users", "userName")},
		{"RFC7644-3.6-04", "the name of a deleted group stays taken", conflicting(rewrite.At("POST", "/Groups"), "Groups", "displayName")},
		{"RFC7644-3.6-04", "the external id of a deleted user stays taken", conflicting(rewrite.At("POST", "/Users"), "Users", "externalId")},
		{"RFC7644-3.6-04", "no other user can be given the name of a deleted one", conflicting(rewrite.At("PUT", "/Users/*"), "Users", "userName")},
		{"RFC7644-3.6-04", "a user under the name of a deleted one is not kept", forgettingAnew("Users", "userName")},

		{"RFC7644-3.6-05", "a deleted user stays a member", stillMember(func(int) bool { return true })},
		{"RFC7644-3.6-05", "a deleted user leaves only the first group", stillMember(func(i int) bool { return i > 0 })},
		{"RFC7644-3.6-05", "the members of a deleted group are deleted", deleteAside("/Groups/*", func(next http.Handler, r *http.Request, last *scim.Object) {
			for _, id := range referencesIn(last, "members") {
				rewrite.Ask(next, r, http.MethodDelete, "Users/"+id, nil)
			}
		})},
		{"RFC7644-3.6-05", "the first member of a deleted group is deleted", deleteAside("/Groups/*", func(next http.Handler, r *http.Request, last *scim.Object) {
			if ids := referencesIn(last, "members"); len(ids) > 0 {
				rewrite.Ask(next, r, http.MethodDelete, "Users/"+ids[0], nil)
			}
		})},
		{"RFC7644-3.6-05", "the groups of a deleted user are deleted", deleteAside("/Users/*", func(next http.Handler, r *http.Request, last *scim.Object) {
			for _, id := range referencesIn(last, "groups") {
				rewrite.Ask(next, r, http.MethodDelete, "Groups/"+id, nil)
			}
		})},
		{"RFC7644-3.6-05", "the groups of a deleted user lose all members", deleteAside("/Users/*", func(next http.Handler, r *http.Request, last *scim.Object) {
			for _, id := range referencesIn(last, "groups") {
				emptyGroup(next, r, id)
			}
		})},
		{"RFC7644-3.6-05", "the members of a deleted group leave their other groups", deleteAside("/Groups/*", func(next http.Handler, r *http.Request, last *scim.Object) {
			for _, member := range referencesIn(last, "members") {
				user := rewrite.Ask(next, r, http.MethodGet, "Users/"+member, nil)
				for _, id := range referencesIn(user.Body, "groups") {
					emptyGroup(next, r, id)
				}
			}
		})},
		{"RFC7644-3.6-05", "a user still names a deleted group", stillGroup()},

		{"RFC7644-3.6-06", "a deletion of an unknown user answers 204", unknownDeletion("/Users/*", 204)},
		{"RFC7644-3.6-06", "a deletion of an unknown group answers 204", unknownDeletion("/Groups/*", 204)},
		{"RFC7644-3.6-06", "a deletion of an unknown user answers 200", unknownDeletion("/Users/*", 200)},
		{"RFC7644-3.6-06", "a deletion of an unknown id answers 400", unknownDeletion("/*/*", 400)},
		{"RFC7644-3.6-06", "a deletion of an unknown id answers 410", unknownDeletion("/*/*", 410)},
		{"RFC7644-3.6-06", "a deletion of an unknown id answers 500", unknownDeletion("/*/*", 500)},
		{"RFC7644-3.6-06", "a deletion of an unknown id answers without a body", rewrite.Answers(rewrite.At("DELETE", "/*/*"), func(_ *http.Request, a *rewrite.Answer) {
			if a.Status == http.StatusNotFound {
				a.Body, a.Raw = nil, nil
			}
		})},
		{"RFC7644-3.6-06", "a deletion of an unknown group answers an error of its own", rewrite.Answers(rewrite.At("DELETE", "/Groups/*"), func(_ *http.Request, a *rewrite.Answer) {
			if a.Status == http.StatusNotFound {
				a.Body = scim.NewObject(scim.Member{Name: "error", Value: "not found"})
			}
		})},

		{"RFC7644-3.6-07", "a new user gets the id of the deleted one of its name", reusingIDs("Users", "userName")},
		{"RFC7644-3.6-07", "a new group gets the id of the deleted one of its name", reusingIDs("Groups", "displayName")},

		{"RFC7644-3.6-08", "a new group of a deleted one's name has its members", inheritsMembers()},
		{"RFC7644-3.6-08", "a user with the same display name is deleted as well", deletesTwins()},
		{"RFC7644-3.6-08", "with a manager the managed are deleted", alsoDeleted(func(deleted, other *scim.Object) bool {
			return other.Object(scim.EnterpriseURN).Object("manager").String("value") == deleted.String("id")
		})},
		{"RFC7644-3.6-08", "a deletion deletes the next user too", deleteAside("/Users/*", deleteAnother)},
		{"RFC7644-3.6-08", "a deletion deletes another group too", deleteAside("/Groups/*", deleteAnother)},
		{"RFC7644-3.6-08", "a deletion deactivates every other user", deleteAside("/Users/*", func(next http.Handler, r *http.Request, _ *scim.Object) {
			for _, o := range rewrite.Ask(next, r, http.MethodGet, "Users", nil).Resources() {
				o.Set("active", false)
				rewrite.Ask(next, r, http.MethodPut, "Users/"+o.String("id"), o)
			}
		})},
		{"RFC7644-3.6-08", "a deletion touches every other group", deleteAside("/Groups/*", func(next http.Handler, r *http.Request, _ *scim.Object) {
			for _, o := range rewrite.Ask(next, r, http.MethodGet, "Groups", nil).Resources() {
				o.Set("externalId", "touched")
				rewrite.Ask(next, r, http.MethodPut, "Groups/"+o.String("id"), o)
			}
		})},
		{"RFC7644-3.6-08", "a new user inherits the groups of the deleted one of its name", madeAfterDeletion("Users", "userName", func(next http.Handler, r *http.Request, a *rewrite.Answer, last *scim.Object) {
			for _, id := range referencesIn(last, "groups") {
				group := rewrite.Ask(next, r, http.MethodGet, "Groups/"+id, nil)
				group.Body.Set("members", append(group.Body.Array("members"), scim.NewObject(scim.Member{Name: "value", Value: a.Body.String("id")})))
				rewrite.Ask(next, r, http.MethodPut, "Groups/"+id, group.Body)
			}
		})},
	}
}

// showingDeleted answers a deletion with the resource.
func showingDeleted(place string) rewrite.Wrap {
	return rewrite.Handle(rewrite.At("DELETE", place), func(next http.Handler, r *http.Request) *rewrite.Answer {
		last := rewrite.Now(next, r)
		a := rewrite.Serve(next, r)
		if a.OK() {
			a.Status, a.Body = http.StatusOK, last.Body
			a.Header.Set("Content-Type", scim.MediaType)
		}
		return a
	})
}

func deletesNothing(place string) rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
		if rewrite.At("DELETE", place)(r) && rewrite.Now(next, r).OK() {
			return rewrite.NewAnswer(http.StatusNoContent, nil)
		}
		return nil
	})
}

// deletesNot answers 204 and deletes nothing, where the resource has values of an
// attribute.
func deletesNot(place, attribute string) rewrite.Wrap {
	return insteadOfDeletion(place, attribute, rewrite.NewAnswer(http.StatusNoContent, nil))
}

func refusesDeletion(place, attribute string) rewrite.Wrap {
	a := &rewrite.Answer{}
	a.Refuse(scim.Conflict("it is in use"))
	return insteadOfDeletion(place, attribute, a)
}

func insteadOfDeletion(place, attribute string, instead *rewrite.Answer) rewrite.Wrap {
	return rewrite.Handle(rewrite.At("DELETE", place), func(next http.Handler, r *http.Request) *rewrite.Answer {
		if last := rewrite.Now(next, r); last.OK() && len(last.Body.Array(attribute)) > 0 {
			return instead
		}
		return nil
	})
}

// unknownDeletion answers the deletion of a resource that does not exist with
// this status.
func unknownDeletion(place string, status int) rewrite.Wrap {
	return rewrite.Answers(rewrite.At("DELETE", place), func(_ *http.Request, a *rewrite.Answer) {
		if a.Status != http.StatusNotFound {
			return
		}
		if status < 400 {
			*a = *rewrite.NewAnswer(status, nil)
			return
		}
		a.Refuse(&scim.Error{Status: status, Detail: "no such resource"})
	})
}

func showDeleted(_ http.Handler, _ *http.Request, a *rewrite.Answer, last *scim.Object) {
	a.Status, a.Body = http.StatusOK, last
}

func pretendDeleted(status int) func(http.Handler, *http.Request, *rewrite.Answer, *scim.Object) {
	return func(_ http.Handler, _ *http.Request, a *rewrite.Answer, _ *scim.Object) {
		*a = *rewrite.NewAnswer(status, nil)
	}
}

func refuseDeleted(status int) func(http.Handler, *http.Request, *rewrite.Answer, *scim.Object) {
	return func(_ http.Handler, _ *http.Request, a *rewrite.Answer, _ *scim.Object) {
		a.Refuse(&scim.Error{Status: status, Detail: "it was deleted"})
	}
}

// bringBack creates the resource anew, with another id.
func bringBack(status int) func(http.Handler, *http.Request, *rewrite.Answer, *scim.Object) {
	return func(next http.Handler, r *http.Request, a *rewrite.Answer, last *scim.Object) {
		anew := last.Clone()
		for _, name := range []string{"id", "meta", "groups", "members"} {
			anew.Delete(name)
		}
		created := rewrite.Ask(next, r, http.MethodPost, rewrite.Segments(r)[0], anew)
		if status != http.StatusNotFound {
			*a = *created
			a.Status = status
		}
	}
}

func countingDeleted(collection string, chosen rewrite.When) rewrite.Wrap {
	return afterDeletions(func(d *deletions, _ http.Handler, r *http.Request, a *rewrite.Answer) {
		if chosen(r) && a.OK() && a.Body != nil {
			a.Body.Set("totalResults", rewrite.Number(len(a.Body.Array("Resources"))+len(d.all(collection))))
		}
	})
}

// forgettingAnew removes a new resource that has the name of a deleted one.
func forgettingAnew(collection, attribute string) rewrite.Wrap {
	return madeAfterDeletion(collection, attribute, func(next http.Handler, r *http.Request, a *rewrite.Answer, _ *scim.Object) {
		rewrite.Ask(next, r, http.MethodDelete, collection+"/"+a.Body.String("id"), nil)
	})
}

func reusingIDs(collection, attribute string) rewrite.Wrap {
	return madeAfterDeletion(collection, attribute, func(_ http.Handler, _ *http.Request, a *rewrite.Answer, last *scim.Object) {
		a.Body.Set("id", last.String("id"))
	})
}

// madeAfterDeletion rewrites the answer to a creation under the name of a deleted
// resource.
func madeAfterDeletion(collection, attribute string, edit func(next http.Handler, r *http.Request, a *rewrite.Answer, last *scim.Object)) rewrite.Wrap {
	return afterDeletions(func(d *deletions, next http.Handler, r *http.Request, a *rewrite.Answer) {
		if !rewrite.At("POST", "/"+collection)(r) || a.Status != http.StatusCreated || a.Body == nil {
			return
		}
		for _, last := range d.all(collection) {
			if last.String(attribute) == a.Body.String(attribute) {
				edit(next, r, a, last)
				return
			}
		}
	})
}

func emptyGroup(next http.Handler, r *http.Request, id string) {
	group := rewrite.Ask(next, r, http.MethodGet, "Groups/"+id, nil)
	group.Body.Delete("members")
	rewrite.Ask(next, r, http.MethodPut, "Groups/"+id, group.Body)
}

func deleteAnother(next http.Handler, r *http.Request, _ *scim.Object) {
	collection := rewrite.Segments(r)[0]
	for _, o := range rewrite.Ask(next, r, http.MethodGet, collection, nil).Resources() {
		rewrite.Ask(next, r, http.MethodDelete, collection+"/"+o.String("id"), nil)
		return
	}
}

// stillMember shows deleted users in the groups they were in; kept chooses by
// the position of the group among theirs.
func stillMember(kept func(i int) bool) rewrite.Wrap {
	return afterDeletions(func(d *deletions, _ http.Handler, r *http.Request, a *rewrite.Answer) {
		if !rewrite.At("GET", "/Groups/*")(r) || !a.OK() {
			return
		}
		for _, user := range d.all("Users") {
			for i, id := range referencesIn(user, "groups") {
				if id == a.Body.String("id") && kept(i) {
					member := scim.NewObject(scim.Member{Name: "value", Value: user.String("id")})
					a.Body.Set("members", append(a.Body.Array("members"), member))
				}
			}
		}
	})
}

// stillGroup shows deleted groups at their former members.
func stillGroup() rewrite.Wrap {
	return afterDeletions(func(d *deletions, _ http.Handler, r *http.Request, a *rewrite.Answer) {
		if !rewrite.At("GET", "/Users/*")(r) || !a.OK() {
			return
		}
		for _, group := range d.all("Groups") {
			for _, id := range referencesIn(group, "members") {
				if id == a.Body.String("id") {
					named := scim.NewObject(scim.Member{Name: "value", Value: group.String("id")})
					a.Body.Set("groups", append(a.Body.Array("groups"), named))
				}
			}
		}
	})
}

// deletions are the resources that were deleted, as they were last read.
type deletions struct {
	mu   sync.Mutex
	last map[string]*scim.Object // by path, such as "Users/1"
}

// of returns the resource that was deleted at the path, or nil.
func (d *deletions) of(path string) *scim.Object {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.last[path]
}

// all returns the resources that were deleted from a collection.
func (d *deletions) all(collection string) []*scim.Object {
	d.mu.Lock()
	defer d.mu.Unlock()
	var found []*scim.Object
	for path, o := range d.last {
		if strings.HasPrefix(path, collection+"/") {
			found = append(found, o)
		}
	}
	return found
}

func (d *deletions) put(path string, o *scim.Object) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.last[path] = o
}

// afterDeletions rewrites every answer but those to successful deletions. d holds
// the resources that were deleted.
func afterDeletions(edit func(d *deletions, next http.Handler, r *http.Request, a *rewrite.Answer)) rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		d := &deletions{last: map[string]*scim.Object{}}
		return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
			path := rewrite.PlaceOf(r)
			var last *rewrite.Answer
			if rewrite.At("DELETE", "/*/*")(r) {
				last = rewrite.Ask(next, r, http.MethodGet, path, nil)
			}
			body := rewrite.BodyOf(r)
			a := rewrite.Serve(next, r)
			if body != nil {
				rewrite.SetBody(r, body) // for edit to read again
			}
			if last != nil && last.OK() && a.OK() {
				d.put(path, last.Body)
			} else {
				edit(d, next, r, a)
			}
			return a
		})
	})
}

// onDeleted rewrites the 404s to requests for deleted resources.
func onDeleted(chosen rewrite.When, edit func(next http.Handler, r *http.Request, a *rewrite.Answer, last *scim.Object)) rewrite.Wrap {
	return afterDeletions(func(d *deletions, next http.Handler, r *http.Request, a *rewrite.Answer) {
		if last := d.of(rewrite.PlaceOf(r)); last != nil && chosen(r) && a.Status == http.StatusNotFound {
			edit(next, r, a, last)
		}
	})
}

// listingDeleted puts deleted resources of the collection into lists of it, if the
// list is one that the fault concerns.
func listingDeleted(collection string, concerned func(r *http.Request) bool) rewrite.Wrap {
	return afterDeletions(func(d *deletions, _ http.Handler, r *http.Request, a *rewrite.Answer) {
		if a.Body == nil || !a.OK() || !concerned(r) {
			return
		}
		if _, isList := a.Body.Get("totalResults"); !isList {
			return
		}
		for _, o := range d.all(collection) {
			a.Body.Set("Resources", append(a.Body.Array("Resources"), o))
			a.Body.Set("totalResults", rewrite.Number(len(a.Body.Array("Resources"))))
			a.Body.Set("itemsPerPage", rewrite.Number(len(a.Body.Array("Resources"))))
		}
	})
}

// listsWhere chooses lists whose filter contains the text.
func listsWhere(place, text string) func(*http.Request) bool {
	return func(r *http.Request) bool {
		return rewrite.At("GET", place)(r) && strings.Contains(r.URL.Query().Get("filter"), text)
	}
}

// listsAll chooses lists of everything.
func listsAll(place string) func(*http.Request) bool {
	return func(r *http.Request) bool { return rewrite.At("GET", place)(r) && !r.URL.Query().Has("filter") }
}

// conflicting refuses a write that uses the name of a deleted resource.
func conflicting(chosen rewrite.When, collection, attribute string) rewrite.Wrap {
	return afterDeletions(func(d *deletions, next http.Handler, r *http.Request, a *rewrite.Answer) {
		body := rewrite.BodyOf(r)
		if !chosen(r) || !a.OK() || body == nil {
			return
		}
		for _, o := range d.all(collection) {
			if name := o.String(attribute); name == "" || !strings.EqualFold(name, body.String(attribute)) {
				continue
			}
			if a.Status == http.StatusCreated {
				rewrite.Ask(next, r, http.MethodDelete, collection+"/"+a.Body.String("id"), nil)
			}
			a.Refuse(scim.UniquenessError("this %s is taken", attribute))
			return
		}
	})
}

// deleteAside does something beside each successful deletion. last is the resource
// that was deleted.
func deleteAside(place string, aside func(next http.Handler, r *http.Request, last *scim.Object)) rewrite.Wrap {
	return rewrite.Handle(rewrite.At("DELETE", place), func(next http.Handler, r *http.Request) *rewrite.Answer {
		last := rewrite.Now(next, r)
		a := rewrite.Serve(next, r)
		if last.Body != nil && a.OK() {
			aside(next, r, last.Body)
		}
		return a
	})
}

// referencesIn are the ids in a multi-valued reference such as members or groups.
func referencesIn(o *scim.Object, attribute string) []string {
	var ids []string
	for _, e := range rewrite.ObjectsIn(o.Array(attribute)) {
		ids = append(ids, e.String("value"))
	}
	return ids
}

// failsToDelete answers the deletion of a user with 500 if another user refers to it.
func failsToDelete(refers func(o *scim.Object, id string) bool) rewrite.Wrap {
	return rewrite.Handle(rewrite.At("DELETE", "/Users/*"), func(next http.Handler, r *http.Request) *rewrite.Answer {
		for _, o := range rewrite.Ask(next, r, http.MethodGet, "Users", nil).Resources() {
			if refers(o, rewrite.Segments(r)[1]) {
				return rewrite.Refusal(scim.Internal("a key refers to this row"))
			}
		}
		return nil
	})
}

// alsoDeleted deletes other users with a user.
func alsoDeleted(such func(deleted, other *scim.Object) bool) rewrite.Wrap {
	return rewrite.Handle(rewrite.At("DELETE", "/Users/*"), func(next http.Handler, r *http.Request) *rewrite.Answer {
		deleted := rewrite.Current(next, r)
		all := rewrite.Ask(next, r, http.MethodGet, "Users", nil).Resources()
		a := rewrite.Serve(next, r)
		for _, o := range all {
			if o.String("id") != deleted.String("id") && such(deleted, o) {
				rewrite.Ask(next, r, http.MethodDelete, "Users/"+o.String("id"), nil)
			}
		}
		return a
	})
}

// deletesTwins deletes with a user all who have the same display name.
func deletesTwins() rewrite.Wrap {
	return alsoDeleted(func(deleted, other *scim.Object) bool {
		name := deleted.String("displayName")
		return name != "" && other.String("displayName") == name
	})
}

// inheritsMembers gives a new group the members of a deleted one of its name.
func inheritsMembers() rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var former sync.Map // the members of deleted groups by their names
		return rewrite.Handle(rewrite.AnyOf(rewrite.CreatesGroups, rewrite.At("DELETE", "/Groups/*")), func(next http.Handler, r *http.Request) *rewrite.Answer {
			if r.Method == http.MethodDelete {
				group := rewrite.Current(next, r)
				former.Store(group.String("displayName"), group.Array("members"))
				return nil
			}
			body := rewrite.BodyOf(r)
			if members, known := former.Load(body.String("displayName")); known {
				body.Set("members", members)
				rewrite.SetBody(r, body)
			}
			return nil
		})
	})
}

// hidesTwins leaves out of lists who has the display name of somebody deleted.
func hidesTwins() rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var deleted sync.Map
		return rewrite.Handle(rewrite.AnyOf(rewrite.At("DELETE", "/Users/*"), rewrite.ListsUsers), func(next http.Handler, r *http.Request) *rewrite.Answer {
			if r.Method == http.MethodDelete {
				if name := rewrite.Current(next, r).String("displayName"); name != "" {
					deleted.Store(name, true)
				}
				return nil
			}
			a := rewrite.Serve(next, r)
			a.Keep(func(o *scim.Object) bool { _, gone := deleted.Load(o.String("displayName")); return !gone })
			return a
		})
	})
}

// orphansBreakLists is a server that looks the manager up for each user that it lists, and
// breaks where there is none any more.
func orphansBreakLists() rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var orphans sync.Map
		return rewrite.Handle(rewrite.AnyOf(rewrite.At("DELETE", "/Users/*"), rewrite.ListsUsers), func(next http.Handler, r *http.Request) *rewrite.Answer {
			if r.Method == http.MethodDelete {
				for _, o := range rewrite.Ask(next, r, http.MethodGet, "Users", nil).Resources() {
					if o.Object(scim.EnterpriseURN).Object("manager").String("value") == rewrite.Segments(r)[1] {
						orphans.Store(o.String("id"), true)
					}
				}
				return nil
			}
			a := rewrite.Serve(next, r)
			for _, o := range a.Resources() {
				if _, orphan := orphans.Load(o.String("id")); orphan {
					return rewrite.Refusal(scim.Internal("there is no such entry"))
				}
			}
			return a
		})
	})
}
