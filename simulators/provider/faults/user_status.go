package faults

import (
	"net/http"
	"strings"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// userStatusFaults violate what RFC 7643, section 4.1.1, says of active.
func userStatusFaults() []Fault {
	return []Fault{
		{"RFC7643-4.1.1-11", "a new user is always active", receiving(at("POST", "/Users"), "active", toValue(true))},
		{"RFC7643-4.1.1-11", "a new user is never active", showing(at("GET", "/Users/*"), "active", toValue(false))},
		{"RFC7643-4.1.1-11", "a PUT does not deactivate", keepingOld(at("PUT", "/Users/*"), "active", anyBody)},
		{"RFC7643-4.1.1-11", "a PATCH does not deactivate", patching("/Users/*", func(op *scim.Object) bool { return op.String("path") != "active" })},
		{"RFC7643-4.1.1-11", "a PATCH without a path does not deactivate", patching("/Users/*", func(op *scim.Object) bool {
			op.Object("value").Delete("active")
			return op.Object("value") == nil || op.Object("value").Len() > 0
		})},
		{"RFC7643-4.1.1-11", "deactivating is refused", refusingBodies(at("PUT,PATCH", "/Users/*"), deactivates, scim.Forbidden("users cannot be deactivated"))},
		{"RFC7643-4.1.1-11", "a deactivated user cannot be read", answers(at("GET", "/Users/*"), func(_ *http.Request, a *answer) {
			if isInactive(a.body) {
				a.refuse(scim.NotFound("User", "inactive"))
			}
		})},
		{"RFC7643-4.1.1-11", "a deactivated user is not found", answers(inUserLists, withoutInactive)},
		{"RFC7643-4.1.1-11", "a deactivated user is deleted", deletingInactive},
		{"RFC7643-4.1.1-11", "a filter on active finds everybody", filterRewritten("active eq false and ", "")},
		{"RFC7643-4.1.1-11", "a filter on active finds the active ones", filterRewritten("active eq false", "active eq true")},
		{"RFC7643-4.1.1-11", "a deactivated user leaves his groups", quittingGroups(false)},
		{"RFC7643-4.1.1-11", "a deactivated user loses his displayName", shown(ofUsers, func(o *scim.Object) {
			if isInactive(o) {
				o.Delete("displayName")
			}
		})},
		{"RFC7643-4.1.1-11", "any PUT activates", after(at("PUT", "/Users/*"), part("active", toValue(true)))},
		{"RFC7643-4.1.1-11", "any PATCH activates", after(notPatchTo("active"), part("active", toValue(true)))},
		{"RFC7643-4.1.1-11", "deactivating twice is refused", refusingSecond},
		{"RFC7643-4.1.1-11", "lists show everybody as active", showing(inUserLists, "active", toValue(true))},

		{"RFC7643-4.1.1-12", "a PUT does not activate", putOf(true)},
		{"RFC7643-4.1.1-12", "a PATCH does not activate", unheard(patchTo("active"), func(body *scim.Object) bool { return sentActive(body) == true })},
		{"RFC7643-4.1.1-12", "a PATCH without a path does not activate", patching("/Users/*", func(op *scim.Object) bool {
			v, _ := op.Object("value").Get("active")
			return v != true
		})},
		{"RFC7643-4.1.1-12", "adding active does not activate", patching("/Users/*", func(op *scim.Object) bool { return op.String("op") != "add" })},
		{"RFC7643-4.1.1-12", "a user can be deactivated once", onlyOnce},
		{"RFC7643-4.1.1-12", "activating is refused", refusingBodies(at("PUT,PATCH", "/Users/*"), func(body *scim.Object) bool { return sentActive(body) == true }, scim.Forbidden("users cannot be activated"))},
		{"RFC7643-4.1.1-12", "a user who is activated loses his externalId", after(at("PUT", "/Users/*"), part("externalId", toGone))},
		{"RFC7643-4.1.1-12", "a user who is activated loses his displayName", after(patchTo("active"), part("displayName", toGone))},
		{"RFC7643-4.1.1-12", "a user who is activated leaves his groups", quittingGroups(true)},
		{"RFC7643-4.1.1-12", "a user who is activated is not found", filterRewritten("active eq true", "active eq false")},
		{"RFC7643-4.1.1-12", "a deactivated user cannot be changed", answers(at("PUT", "/Users/*"), func(_ *http.Request, a *answer) { a.refuse(scim.NotFound("User", "inactive")) })},

		{"RFC7643-4.1.1-17", "a text in a PATCH is true", patching("/Users/*", func(op *scim.Object) bool {
			if s := scimText(valueOf(op)); op.String("path") == "active" && s != "" {
				op.Set("value", true)
			}
			return true
		})},
		{"RFC7643-4.1.1-17", "a text in a PATCH is false unless it is true in small letters", patching("/Users/*", func(op *scim.Object) bool {
			if s := scimText(valueOf(op)); op.String("path") == "active" && s != "" {
				op.Set("value", s == "true")
			}
			return true
		})},
		{"RFC7643-4.1.1-17", "a text in a PATCH does nothing", unheard(patchTo("active"), func(body *scim.Object) bool { return scimText(sentActive(body)) != "" })},
		{"RFC7643-4.1.1-17", "a text in a new user is true", receiving(at("POST", "/Users"), "active", textIs(true))},
		{"RFC7643-4.1.1-17", "a text in a new user is false", receiving(at("POST", "/Users"), "active", textIs(false))},
		{"RFC7643-4.1.1-17", "a text in a PUT is true", receiving(at("PUT", "/Users/*"), "active", textIs(true))},
		{"RFC7643-4.1.1-17", "a text in a PUT is left out", receiving(at("PUT", "/Users/*"), "active", func(v any) any {
			if scimText(v) != "" {
				return gone
			}
			return v
		})},
		{"RFC7643-4.1.1-17", "a text is kept", inTurn(
			after(patchTo("active"), part("active", toValue("False"))), unheard(patchTo("active"), anyBody))},
		{"RFC7643-4.1.1-17", "a text is an internal error", answers(aUser, func(_ *http.Request, a *answer) {
			if a.status == http.StatusBadRequest {
				a.refuse(scim.Internal("cannot cast"))
			}
		})},
	}
}

func isInactive(o *scim.Object) bool { v, ok := o.Get("active"); return ok && v == false }

// sentActive is the status in a resource or in the operations of a PATCH.
func sentActive(body *scim.Object) any {
	for _, op := range objectsIn(body.Array("Operations")) {
		if v, ok := op.Object("value").Get("active"); ok {
			return v
		}
		if op.String("path") == "active" {
			return valueOf(op)
		}
	}
	v, _ := body.Get("active")
	return v
}

func deactivates(body *scim.Object) bool { return sentActive(body) == false }

func textIs(active bool) func(any) any {
	return func(v any) any {
		if scimText(v) != "" {
			return active
		}
		return v
	}
}

func notPatchTo(path string) when {
	return func(r *http.Request) bool { return at("PATCH", "/Users/*")(r) && !patchTo(path)(r) }
}

func withoutInactive(_ *http.Request, a *answer) {
	if !a.ok() {
		return
	}
	kept := []any{}
	for _, o := range a.resources() {
		if !isInactive(o) {
			kept = append(kept, o)
		}
	}
	a.body.Set("Resources", kept)
	a.body.Set("totalResults", number(len(kept)))
}

// deletingInactive deletes whom it deactivates.
func deletingInactive(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := serve(next, r)
		if at("PUT,PATCH", "/Users/*")(r) && isInactive(a.body) {
			ask(next, r, http.MethodDelete, strings.Join(segments(r), "/"), nil)
		}
		a.send(w)
	})
}

// quittingGroups takes a user who gets this status out of all groups.
func quittingGroups(active bool) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			a := serve(next, r)
			if v, _ := a.body.Get("active"); at("PUT,PATCH", "/Users/*")(r) && a.ok() && v == active {
				for _, g := range objectsIn(a.body.Array("groups")) {
					ask(next, r, http.MethodPatch, "Groups/"+g.String("value"), scim.NewObject(
						scim.Member{Name: "schemas", Value: []any{scim.PatchOpURN}},
						scim.Member{Name: "Operations", Value: []any{scim.NewObject(
							scim.Member{Name: "op", Value: "remove"},
							scim.Member{Name: "path", Value: `members[value eq "` + a.body.String("id") + `"]`},
						)}},
					))
				}
			}
			a.send(w)
		})
	}
}

// refusingSecond refuses to deactivate who is not active.
func refusingSecond(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if at("PATCH", "/Users/*")(r) && deactivates(bodyOf(r)) && isInactive(ask(next, r, http.MethodGet, strings.Join(segments(r), "/"), nil).body) {
			a := &answer{}
			a.refuse(scim.InvalidValue("the user is not active"))
			a.send(w)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// putOf lets a PUT do everything but give this status.
func putOf(active bool) Wrap {
	return keepingOld(at("PUT", "/Users/*"), "active", func(body *scim.Object) bool { return sentActive(body) == active })
}

// onlyOnce forgets to deactivate a user for the second time.
func onlyOnce(next http.Handler) http.Handler {
	var before atomic.Bool
	return unheard(at("PATCH", "/Users/*"), func(body *scim.Object) bool {
		return deactivates(body) && before.Swap(true)
	})(next)
}
