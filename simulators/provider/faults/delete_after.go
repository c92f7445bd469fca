package faults

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// deletedFaults concern requests to what was deleted.
func deletedFaults() []Fault {
	return []Fault{
		{"RFC7644-3.6-02", "a deleted user is still read", undead(at("GET", "/Users/*"), showDeleted)},
		{"RFC7644-3.6-02", "a deleted group is still read", undead(at("GET", "/Groups/*"), showDeleted)},
		{"RFC7644-3.6-02", "a deleted user is read as inactive", undead(at("GET", "/Users/*"), func(_ http.Handler, _ *http.Request, a *answer, last *scim.Object) {
			o := last.Clone()
			o.Set("active", false)
			a.status, a.body = http.StatusOK, o
		})},
		{"RFC7644-3.6-02", "a deleted user is still read in part", undead(func(r *http.Request) bool {
			return at("GET", "/Users/*")(r) && r.URL.Query().Has("attributes")
		}, showDeleted)},
		{"RFC7644-3.6-02", "a deleted group is still read in part", undead(func(r *http.Request) bool {
			return at("GET", "/Groups/*")(r) && r.URL.Query().Has("attributes")
		}, showDeleted)},
		{"RFC7644-3.6-02", "reading a deleted user answers 410", undead(at("GET", "/Users/*"), refuseDeleted(410))},
		{"RFC7644-3.6-02", "reading a deleted group answers 410", undead(at("GET", "/Groups/*"), refuseDeleted(410))},
		{"RFC7644-3.6-02", "reading a deleted user answers 204", undead(at("GET", "/Users/*"), pretendDeleted(204))},
		{"RFC7644-3.6-02", "reading a deleted resource answers 200 and nothing", undead(at("GET", "/*/*"), pretendDeleted(200))},
		{"RFC7644-3.6-02", "reading a deleted user answers an empty list", undead(at("GET", "/Users/*"), func(_ http.Handler, _ *http.Request, a *answer, _ *scim.Object) {
			a.status, a.body = http.StatusOK, (&scim.List{}).Object()
		})},
		{"RFC7644-3.6-02", "reading a deleted user answers 403", undead(at("GET", "/Users/*"), refuseDeleted(403))},
		{"RFC7644-3.6-02", "reading a deleted resource answers 500", undead(at("GET", "/*/*"), refuseDeleted(500))},
		{"RFC7644-3.6-02", "reading a deleted resource answers 404 without a body", undead(at("GET", "/*/*"), pretendDeleted(404))},
		{"RFC7644-3.6-02", "a second deletion of a user answers 204", undead(at("DELETE", "/Users/*"), pretendDeleted(204))},
		{"RFC7644-3.6-02", "a second deletion of a group answers 204", undead(at("DELETE", "/Groups/*"), pretendDeleted(204))},
		{"RFC7644-3.6-02", "a second deletion answers 410", undead(at("DELETE", "/*/*"), refuseDeleted(410))},
		{"RFC7644-3.6-02", "a second deletion answers 409", undead(at("DELETE", "/*/*"), refuseDeleted(409))},
		{"RFC7644-3.6-02", "a replacement of a deleted user is confirmed", undead(at("PUT", "/Users/*"), showDeleted)},
		{"RFC7644-3.6-02", "a replacement of a deleted group is confirmed", undead(at("PUT", "/Groups/*"), showDeleted)},
		{"RFC7644-3.6-02", "a replacement of a deleted user creates it anew", undead(at("PUT", "/Users/*"), bringBack(201))},
		{"RFC7644-3.6-02", "a replacement of a deleted group creates it anew", undead(at("PUT", "/Groups/*"), bringBack(201))},
		{"RFC7644-3.6-02", "a replacement of a deleted user answers 404 and creates one", undead(at("PUT", "/Users/*"), bringBack(404))},
		{"RFC7644-3.6-02", "a replacement of a deleted resource answers 409", undead(at("PUT", "/*/*"), refuseDeleted(409))},
		{"RFC7644-3.6-02", "a replacement of a deleted resource answers 500", undead(at("PUT", "/*/*"), refuseDeleted(500))},
		{"RFC7644-3.6-02", "a patch of a deleted user is confirmed", undead(at("PATCH", "/Users/*"), showDeleted)},
		{"RFC7644-3.6-02", "a patch of a deleted group is confirmed", undead(at("PATCH", "/Groups/*"), pretendDeleted(204))},
		{"RFC7644-3.6-02", "a patch of a deleted user brings it back", undead(at("PATCH", "/Users/*"), bringBack(200))},
		{"RFC7644-3.6-02", "a patch of a deleted group answers 400", undead(at("PATCH", "/Groups/*"), refuseDeleted(400))},
		{"RFC7644-3.6-02", "a patch of a deleted user answers 403", undead(at("PATCH", "/Users/*"), refuseDeleted(403))},
	}
}

func showDeleted(_ http.Handler, _ *http.Request, a *answer, last *scim.Object) {
	a.status, a.body = http.StatusOK, last
}

func pretendDeleted(status int) func(http.Handler, *http.Request, *answer, *scim.Object) {
	return func(_ http.Handler, _ *http.Request, a *answer, _ *scim.Object) {
		*a = answer{status: status, header: http.Header{}}
	}
}

func refuseDeleted(status int) func(http.Handler, *http.Request, *answer, *scim.Object) {
	return func(_ http.Handler, _ *http.Request, a *answer, _ *scim.Object) {
		a.refuse(&scim.Error{Status: status, Detail: "it was deleted"})
	}
}

// bringBack creates the resource anew, with another id.
func bringBack(status int) func(http.Handler, *http.Request, *answer, *scim.Object) {
	return func(next http.Handler, r *http.Request, a *answer, last *scim.Object) {
		anew := last.Clone()
		for _, name := range []string{"id", "meta", "groups", "members"} {
			anew.Delete(name)
		}
		created := ask(next, r, http.MethodPost, segments(r)[0], anew)
		if status != http.StatusNotFound {
			*a = *created
			a.status = status
		}
	}
}

// deleteSearchFaults concern lists and searches.
func deleteSearchFaults() []Fault {
	return []Fault{
		{"RFC7644-3.6-03", "a deleted user is found by userName", undeadShown("Users", listsWhere("/Users", "userName eq"))},
		{"RFC7644-3.6-03", "a deleted user is found by the beginning of userName", undeadShown("Users", listsWhere("/Users", "userName sw"))},
		{"RFC7644-3.6-03", "a deleted user is found by externalId", undeadShown("Users", listsWhere("/Users", "externalId eq"))},
		{"RFC7644-3.6-03", "a deleted user is found by id", undeadShown("Users", listsWhere("/Users", "id eq"))},
		{"RFC7644-3.6-03", "a deleted user is found by any filter", undeadShown("Users", listsWhere("/Users", " "))},
		{"RFC7644-3.6-03", "a deleted group is found by displayName", undeadShown("Groups", listsWhere("/Groups", "displayName eq"))},
		{"RFC7644-3.6-03", "a deleted group is found by externalId", undeadShown("Groups", listsWhere("/Groups", "externalId"))},
		{"RFC7644-3.6-03", "a deleted group is found by id", undeadShown("Groups", listsWhere("/Groups", "id eq"))},
		{"RFC7644-3.6-03", "a deleted user is listed", undeadShown("Users", listsAll("/Users"))},
		{"RFC7644-3.6-03", "a deleted group is listed", undeadShown("Groups", listsAll("/Groups"))},
		{"RFC7644-3.6-03", "a deleted user is found by a search", undeadShown("Users", at("POST", "/Users/.search"))},
		{"RFC7644-3.6-03", "a deleted group is found by a search", undeadShown("Groups", at("POST", "/Groups/.search"))},
		{"RFC7644-3.6-03", "a deleted user is found by a search everywhere", undeadShown("Users", at("POST", "/.search"))},
		{"RFC7644-3.6-03", "deleted users are counted", countingDeleted("Users", at("GET", "/Users"))},
		{"RFC7644-3.6-03", "deleted groups are counted", countingDeleted("Groups", at("GET", "/Groups"))},
		{"RFC7644-3.6-03", "deleted users are counted by a search", countingDeleted("Users", at("POST", "/Users/.search"))},
	}
}

func countingDeleted(collection string, chosen when) Wrap {
	return haunted(func(d *deletions, _ http.Handler, r *http.Request, a *answer) {
		if chosen(r) && a.ok() && a.body != nil {
			a.body.Set("totalResults", number(len(a.body.Array("Resources"))+len(d.all(collection))))
		}
	})
}
