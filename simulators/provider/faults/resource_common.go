package faults

import (
	"net/http"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// commonFaults violate what RFC 7643, section 3.1, says of id and externalId.
func commonFaults() []Fault {
	return []Fault{
		{"RFC7643-3.1-01", "a group has no externalId", withoutSent(aGroup, "externalId")},
		{"RFC7643-3.1-01", "an externalId of a user is not kept", withoutSent(aUser, "externalId")},
		{"RFC7643-3.1-01", "a group has no meta", showing(ofGroups, "meta", toGone)},
		{"RFC7643-3.1-01", "an externalId is not shown by a GET", showing(at("GET", "/Users/*"), "externalId", toGone)},

		{"RFC7643-3.1-02", "an id is a number", showing(ofUsers, "id", toValue(number(7)))},
		{"RFC7643-3.1-02", "users in lists have no id", showing(inUserLists, "id", toGone)},
		{"RFC7643-3.1-02", "groups in lists have no id", showing(inGroupLists, "id", toGone)},
		{"RFC7643-3.1-02", "an id is empty", showing(at("GET", "/Users/*"), "id", toValue(""))},
		{"RFC7643-3.1-02", "a selection of attributes leaves the id out", answers(at("GET", "/Users/*"), func(r *http.Request, a *answer) {
			if r.URL.Query().Has("attributes") && a.ok() {
				a.body.Delete("id")
			}
		})},
		{"RFC7643-3.1-02", "the answer to a PUT has no id", showing(at("PUT", "/Users/*"), "id", toGone)},
		{"RFC7643-3.1-02", "the answer to a PATCH has no id", showing(at("PATCH", "/Groups/*"), "id", toGone)},
		{"RFC7643-3.1-02", "an id is null", showing(ofGroups, "id", toValue(nil))},

		{"RFC7643-3.1-03", "a group has the id of a user", sharingIDs(anyOf(at("POST", "/Users"), at("POST", "/Groups")))},
		{"RFC7643-3.1-03", "every user has the same id", sharingIDs(at("POST", "/Users"))},
		{"RFC7643-3.1-03", "every group has the same id", sharingIDs(at("POST", "/Groups"))},

		{"RFC7643-3.1-04", "an id ends differently in the answer to a creation", showing(at("POST", "/Users"), "id", toText(strings.ToUpper))},
		{"RFC7643-3.1-04", "a PUT gives a new id", after(at("PUT", "/Users/*"), part("id", toText(newID)))},
		{"RFC7643-3.1-04", "a PUT gives a group a new id", after(at("PUT", "/Groups/*"), part("id", toText(newID)))},
		{"RFC7643-3.1-04", "a PATCH gives a new id", after(at("PATCH", "/Users/*"), part("id", toText(newID)))},
		{"RFC7643-3.1-04", "a list shows other ids", showing(inUserLists, "id", toText(newID))},
		{"RFC7643-3.1-04", "a PUT takes the id that it is sent", renaming(at("PUT", "/Users/*"), wantedID)},
		{"RFC7643-3.1-04", "a PATCH takes the id that it is sent", inTurn(
			after(patchTo("id"), part("id", toValue("sduo-chosen"))), unheard(patchTo("id"), anyBody))},
		{"RFC7643-3.1-04", "a new userName gives a new id", afterRename()},

		{"RFC7643-3.1-05", "a user who was deleted lends his id", recycling("/Users")},
		{"RFC7643-3.1-05", "a group that was deleted lends its id", recycling("/Groups")},

		{"RFC7643-3.1-06", "a new user has the id that was wanted", renaming(at("POST", "/Users"), wantedID)},
		{"RFC7643-3.1-06", "a new group has the id that was wanted", renaming(at("POST", "/Groups"), wantedID)},
		{"RFC7643-3.1-06", "a wanted id is an internal error", refusingBodies(at("POST", ""), hasMember("id"), scim.Internal("duplicate key"))},

		{"RFC7643-3.1-07", "an id begins with bulkId", renaming(at("POST", "/Users"), func(_ *http.Request, _ *scim.Object, a *answer) string { return "bulkId-" + a.body.String("id")[:8] })},
		{"RFC7643-3.1-07", "the id of a group contains bulkId", renaming(at("POST", "/Groups"), func(_ *http.Request, _ *scim.Object, a *answer) string { return "g-bulkId-" + a.body.String("id")[:8] })},

		{"RFC7643-3.1-09", "a user without externalId has his id for one", showingSame("externalId", "id", ofUsers)},
		{"RFC7643-3.1-09", "a user without externalId has his name for one", showingSame("externalId", "userName", ofUsers)},
		{"RFC7643-3.1-09", "a group without externalId has its name for one", showingSame("externalId", "displayName", ofGroups)},
		{"RFC7643-3.1-09", "every externalId is the server's", showingNew(ofUsers, "externalId", toOf("made-up"))},
		{"RFC7643-3.1-09", "a PUT gives an externalId", after(at("PUT", "/Users/*"), func(o *scim.Object) { o.Set("externalId", o.String("id")) })},

		{"RFC7643-3.1-11", "an externalId is used by one client only", uniqueExternalIDs},
	}
}

func newID(id string) string { return id + "-2" }

func wantedID(_ *http.Request, sent *scim.Object, _ *answer) string { return sent.String("id") }

// showingSame gives those that have no such attribute the value of another one.
func showingSame(name, from string, chosen when) Wrap {
	return shown(chosen, func(o *scim.Object) {
		if o.String(name) == "" && o.String(from) != "" {
			o.Set(name, o.String(from))
		}
	})
}

// sharingIDs answers every creation with the id of the first one.
func sharingIDs(chosen when) Wrap {
	return func(next http.Handler) http.Handler {
		var mu sync.Mutex
		var id, location string
		return answers(chosen, func(_ *http.Request, a *answer) {
			mu.Lock()
			defer mu.Unlock()
			switch {
			case !a.ok() || a.body == nil:
			case id == "":
				id, location = a.body.String("id"), a.header.Get("Location")
			default:
				a.body.Set("id", id)
				a.header.Set("Location", location)
			}
		})(next)
	}
}

// patchTo chooses a PATCH with an operation on this path; it answers a success.
func patchTo(path string) when {
	return func(r *http.Request) bool {
		if !at("PATCH", "/Users/*")(r) {
			return false
		}
		for _, op := range objectsIn(bodyOf(r).Array("Operations")) {
			if strings.EqualFold(op.String("path"), path) {
				return true
			}
		}
		return false
	}
}

// afterRename gives a user another id when the userName changes.
func afterRename() Wrap {
	return inTurn(after(func(r *http.Request) bool {
		return at("PUT,PATCH", "/Users/*")(r)
	}, part("id", toText(newID))))
}

// recycling gives a new resource the id of the one that was deleted last.
func recycling(collection string) Wrap {
	return func(next http.Handler) http.Handler {
		var free atomic.Value
		free.Store("")
		noting := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if at("DELETE", collection+"/*")(r) {
				free.Store(segments(r)[1])
			}
			next.ServeHTTP(w, r)
		})
		return renaming(at("POST", collection), func(*http.Request, *scim.Object, *answer) string {
			return free.Swap("").(string)
		})(noting)
	}
}

// uniqueExternalIDs refuses an externalId that anybody has used.
func uniqueExternalIDs(next http.Handler) http.Handler {
	var mu sync.Mutex
	used := map[string]bool{}
	return refusingBodies(at("POST", "/Users"), func(body *scim.Object) bool {
		mu.Lock()
		defer mu.Unlock()
		id := body.String("externalId")
		taken := id != "" && used[id]
		used[id] = true
		return taken
	}, scim.UniquenessError("another user has this externalId"))(next)
}
