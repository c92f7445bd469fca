package faults

import (
	"net/http"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func deleteFaults() []Fault {
	return slices.Concat(deletionFaults(), deletedFaults(), deleteSearchFaults(), deleteNameFaults(), deleteOthersFaults())
}

// deletionFaults concern the deletion itself.
func deletionFaults() []Fault {
	return []Fault{
		{"RFC7644-3.6-01", "a deletion answers 200", deletionAnswers("/*/*", 200)},
		{"RFC7644-3.6-01", "a deletion of a group answers 200", deletionAnswers("/Groups/*", 200)},
		{"RFC7644-3.6-01", "a deletion answers 202", deletionAnswers("/*/*", 202)},
		{"RFC7644-3.6-01", "a deletion answers 205", deletionAnswers("/Users/*", 205)},
		{"RFC7644-3.6-01", "a deletion answers with the resource", showingDeleted("/*/*")},
		{"RFC7644-3.6-01", "a deletion of a group answers with it", showingDeleted("/Groups/*")},
		{"RFC7644-3.6-01", "a deletion answers 200 and an empty object", answers(at("DELETE", "/*/*"), func(_ *http.Request, a *answer) {
			if a.ok() {
				a.status, a.body = http.StatusOK, scim.NewObject()
			}
		})},
		{"RFC7644-3.6-01", "a deletion of a user deletes nothing", deletesNothing("/Users/*")},
		{"RFC7644-3.6-01", "a deletion of a group deletes nothing", deletesNothing("/Groups/*")},
		{"RFC7644-3.6-01", "a group with members is not deleted", deletesNot("/Groups/*", "members")},
		{"RFC7644-3.6-01", "a user with groups is not deleted", deletesNot("/Users/*", "groups")},
		{"RFC7644-3.6-01", "a group with members is refused", refusesDeletion("/Groups/*", "members")},
		{"RFC7644-3.6-01", "a user with groups is refused", refusesDeletion("/Users/*", "groups")},

		{"RFC7644-3.6-06", "a deletion of an unknown user answers 204", unknownDeletion("/Users/*", 204)},
		{"RFC7644-3.6-06", "a deletion of an unknown group answers 204", unknownDeletion("/Groups/*", 204)},
		{"RFC7644-3.6-06", "a deletion of an unknown user answers 200", unknownDeletion("/Users/*", 200)},
		{"RFC7644-3.6-06", "a deletion of an unknown id answers 400", unknownDeletion("/*/*", 400)},
		{"RFC7644-3.6-06", "a deletion of an unknown id answers 410", unknownDeletion("/*/*", 410)},
		{"RFC7644-3.6-06", "a deletion of an unknown id answers 500", unknownDeletion("/*/*", 500)},
		{"RFC7644-3.6-06", "a deletion of an unknown id answers without a body", answers(at("DELETE", "/*/*"), func(_ *http.Request, a *answer) {
			if a.status == http.StatusNotFound {
				a.body, a.raw = nil, nil
			}
		})},
		{"RFC7644-3.6-06", "a deletion of an unknown group answers an error of its own", answers(at("DELETE", "/Groups/*"), func(_ *http.Request, a *answer) {
			if a.status == http.StatusNotFound {
				a.body = scim.NewObject(scim.Member{Name: "error", Value: "not found"})
			}
		})},
	}
}

func deletionAnswers(place string, status int) Wrap {
	return answers(at("DELETE", place), func(_ *http.Request, a *answer) {
		if a.ok() {
			a.status = status
		}
	})
}

func showingDeleted(place string) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !at("DELETE", place)(r) {
				next.ServeHTTP(w, r)
				return
			}
			last := ask(next, r, http.MethodGet, placeOf(r), nil)
			a := serve(next, r)
			if a.ok() {
				a.status, a.body = http.StatusOK, last.body
				a.header.Set("Content-Type", scim.MediaType)
			}
			a.send(w)
		})
	}
}

func deletesNothing(place string) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if at("DELETE", place)(r) && ask(next, r, http.MethodGet, placeOf(r), nil).ok() {
				w.WriteHeader(http.StatusNoContent)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// deletesNot pretends to delete what has values of an attribute.
func deletesNot(place, attribute string) Wrap {
	return undeletedWith(place, attribute, &answer{status: http.StatusNoContent, header: http.Header{}})
}

func refusesDeletion(place, attribute string) Wrap {
	a := &answer{}
	a.refuse(scim.Conflict("it is in use"))
	return undeletedWith(place, attribute, a)
}

func undeletedWith(place, attribute string, instead *answer) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if at("DELETE", place)(r) {
				if last := ask(next, r, http.MethodGet, placeOf(r), nil); last.ok() && len(last.body.Array(attribute)) > 0 {
					instead.send(w)
					return
				}
			}
			next.ServeHTTP(w, r)
		})
	}
}

func unknownDeletion(place string, status int) Wrap {
	return answers(at("DELETE", place), func(_ *http.Request, a *answer) {
		if a.status != http.StatusNotFound {
			return
		}
		if status < 400 {
			*a = answer{status: status, header: http.Header{}}
			return
		}
		a.refuse(&scim.Error{Status: status, Detail: "no such resource"})
	})
}
