package faults

import (
	"net/http"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// userNameFaults violate what RFC 7643, section 4.1.1, says of userName.
func userNameFaults() []Fault {
	return []Fault{
		{"RFC7643-4.1.1-01", "a new user without userName gets one", requests(at("POST", "/Users"), nameIfNone)},
		{"RFC7643-4.1.1-01", "a new user without userName is an internal error", refusingBodies(at("POST", "/Users"), withoutName, scim.Internal("not null"))},
		{"RFC7643-4.1.1-01", "a new user without userName is ignored", answeringInstead(at("POST", "/Users"), withoutName, http.StatusNoContent)},
		{"RFC7643-4.1.1-01", "a PUT without userName takes it away", inTurn(
			after(putNameless, part("userName", toGone)), keepingOld(at("PUT", "/Users/*"), "userName", withoutName))},
		{"RFC7643-4.1.1-01", "a PATCH takes the userName away", inTurn(
			after(patchTo("userName"), part("userName", toGone)), unheard(patchTo("userName"), anyBody))},
		{"RFC7643-4.1.1-01", "a PATCH that removes the userName is ignored", unheard(patchTo("userName"), anyBody)},
		{"RFC7643-4.1.1-01", "users in lists have no userName", showing(inUserLists, "userName", toGone)},
		{"RFC7643-4.1.1-01", "the answer to a PATCH has no userName", showing(at("PATCH", "/Users/*"), "userName", toGone)},

		{"RFC7643-4.1.1-02", "a new user may have an empty userName", inTurn(
			storingAsSent(at("POST", "/Users"), "userName", isEmpty), requests(at("POST", "/Users"), nameIfNone))},
		{"RFC7643-4.1.1-02", "a new user with an empty userName gets one", requests(at("POST", "/Users"), nameIfNone)},
		{"RFC7643-4.1.1-02", "a PUT may empty the userName", inTurn(
			after(putNameless, part("userName", toValue(""))), keepingOld(at("PUT", "/Users/*"), "userName", withoutName))},
		{"RFC7643-4.1.1-02", "a PATCH with an empty userName is ignored", unheard(patchTo("userName"), anyBody)},
		{"RFC7643-4.1.1-02", "an empty userName is an internal error", refusingBodies(anyOf(at("POST", "/Users"), at("PUT", "/Users/*")), withoutName, scim.Internal("check"))},

		{"RFC7643-4.1.1-03", "a new user may have a blank userName", receiving(at("POST", "/Users"), "userName", toText(unblank))},
		{"RFC7643-4.1.1-03", "a PUT may blank the userName", receiving(at("PUT", "/Users/*"), "userName", toText(unblank))},

		{"RFC7643-4.1.1-04", "two users may have one userName", permittingTwins("POST", anyName)},
		{"RFC7643-4.1.1-04", "a second user of one name is a bad request", answers(at("POST", "/Users"), becoming(http.StatusConflict, http.StatusBadRequest))},
		{"RFC7643-4.1.1-04", "a second user of one name is the first one", answers(at("POST", "/Users"), becoming(http.StatusConflict, http.StatusOK))},
		{"RFC7643-4.1.1-04", "a second user of one name is an internal error", answers(at("POST", "/Users"), becoming(http.StatusConflict, http.StatusInternalServerError))},
		{"RFC7643-4.1.1-04", "a second user of one name overwrites the first", overwriting},
		{"RFC7643-4.1.1-04", "a deactivated user lends his name", permittingTwinsOf(false)},
		{"RFC7643-4.1.1-04", "a userName with another externalId is another one", permittingTwinsIf(func(body *scim.Object) bool { return body.String("externalId") != "" })},

		{"RFC7643-4.1.1-05", "a new user may have a name in capital letters", permittingTwins("POST", inCapitals)},
		{"RFC7643-4.1.1-05", "a new user may have a name in small letters", permittingTwins("POST", notInCapitals)},
		{"RFC7643-4.1.1-05", "a PUT may take a name in capital letters", permittingTwins("PUT", inCapitals)},
		{"RFC7643-4.1.1-05", "a PATCH may take a name in capital letters", permittingTwins("PATCH", inCapitals)},
		{"RFC7643-4.1.1-05", "a filter on userName is case exact", filterFails(inCapitals)},
		{"RFC7643-4.1.1-05", "a user's own name in capital letters is taken", refusingBodies(at("PUT", "/Users/*"), func(body *scim.Object) bool {
			return inCapitals(body.String("userName"))
		}, scim.UniquenessError("another User has this userName"))},
		{"RFC7643-4.1.1-05", "a name in capital letters is a bad request", answers(at("POST", "/Users"), becoming(http.StatusConflict, http.StatusBadRequest))},

		{"RFC7643-4.1.1-06", "a PUT may take the name of another", permittingTwins("PUT", anyName)},
		{"RFC7643-4.1.1-06", "a PATCH may take the name of another", permittingTwins("PATCH", anyName)},
		{"RFC7643-4.1.1-06", "a PUT with the name of another is a bad request", answers(at("PUT", "/Users/*"), becoming(http.StatusConflict, http.StatusBadRequest))},
		{"RFC7643-4.1.1-06", "a PATCH with the name of another is a bad request", answers(at("PATCH", "/Users/*"), becoming(http.StatusConflict, http.StatusBadRequest))},
		{"RFC7643-4.1.1-06", "a PUT with the name of another is an internal error", answers(at("PUT", "/Users/*"), becoming(http.StatusConflict, http.StatusInternalServerError))},
		{"RFC7643-4.1.1-06", "a PUT with the name of another does nothing and says nothing", answers(at("PUT", "/Users/*"), becoming(http.StatusConflict, http.StatusNoContent))},
		{"RFC7643-4.1.1-06", "a PATCH with the name of another does the rest", conflictingHalf},

		{"RFC7643-4.1.1-16", "a PUT with the own name is a conflict", conflictingWithSelf("PUT")},
		{"RFC7643-4.1.1-16", "a PATCH with the own name is a conflict", conflictingWithSelf("PATCH")},
		{"RFC7643-4.1.1-16", "a PUT does not change the name", keepingOld(at("PUT", "/Users/*"), "userName", anyBody)},
		{"RFC7643-4.1.1-16", "a name that was given up stays taken", stayingTaken},
		{"RFC7643-4.1.1-16", "a name that came by a PATCH is free", permittingTwins("POST", func(name string) bool { return strings.Contains(name, "-new") })},
		{"RFC7643-4.1.1-16", "a new name is not found", filterFails(func(name string) bool { return strings.Contains(name, "-new") })},
		{"RFC7643-4.1.1-16", "the old name is still found", findingOldNames},
	}
}

func withoutName(body *scim.Object) bool { return strings.TrimSpace(body.String("userName")) == "" }

func isEmpty(v any) bool { return v == "" }

func unblank(s string) string {
	if strings.TrimSpace(s) == "" {
		return "blank"
	}
	return s
}

func nameIfNone(_ *http.Request, body *scim.Object) {
	if body != nil && withoutName(body) {
		body.Set("userName", "nobody")
	}
}

func putNameless(r *http.Request) bool { return at("PUT", "/Users/*")(r) && withoutName(bodyOf(r)) }

// answeringInstead answers such bodies with a bare status.
func answeringInstead(chosen when, such func(*scim.Object) bool, status int) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if chosen(r) {
				if body := bodyOf(r); body != nil && such(body) {
					w.WriteHeader(status)
					return
				}
			}
			next.ServeHTTP(w, r)
		})
	}
}

func becoming(from, to int) func(*http.Request, *answer) {
	return func(_ *http.Request, a *answer) {
		if a.status == from {
			a.status = to
			a.body.Set("status", number(to).String())
		}
	}
}

func anyName(string) bool            { return true }
func inCapitals(name string) bool    { return name != "" && name == strings.ToUpper(name) }
func notInCapitals(name string) bool { return !inCapitals(name) }

// twin makes a name another one to the provider; nobody sees it.
const twin = "~twin"

// permittingTwins lets a request take a userName that is taken, if it is such a name.
func permittingTwins(methods string, such func(name string) bool) Wrap {
	return twins(anyOf(at(methods, "/Users"), at(methods, "/Users/*")), func(_ http.Handler, _ *http.Request, body *scim.Object) bool {
		return such(sentName(body))
	})
}

func permittingTwinsIf(such func(body *scim.Object) bool) Wrap {
	return twins(at("POST", "/Users"), func(_ http.Handler, _ *http.Request, body *scim.Object) bool { return such(body) })
}

// permittingTwinsOf lets a new user take the name of one with this status.
func permittingTwinsOf(active bool) Wrap {
	return twins(at("POST", "/Users"), func(next http.Handler, r *http.Request, body *scim.Object) bool {
		found := userByName(next, r, sentName(body))
		v, _ := found.Get("active")
		return v == active
	})
}

func twins(chosen when, permits func(next http.Handler, r *http.Request, body *scim.Object) bool) Wrap {
	return func(next http.Handler) http.Handler {
		return shown(anywhere, part("userName", toText(func(s string) string { return strings.ReplaceAll(s, twin, "") })))(
			http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if !chosen(r) {
					next.ServeHTTP(w, r)
					return
				}
				body := bodyOf(r)
				a := serve(next, r)
				if a.status == http.StatusConflict && body != nil && permits(next, r, body) {
					rename(body, sentName(body)+twin)
					setBody(r, body)
					a = serve(next, r)
				}
				a.send(w)
			}))
	}
}

// sentName is the userName in a resource or in the operations of a PATCH.
func sentName(body *scim.Object) string {
	for _, op := range objectsIn(body.Array("Operations")) {
		if name := op.Object("value").String("userName"); name != "" {
			return name
		}
		if strings.EqualFold(op.String("path"), "userName") {
			return op.String("value")
		}
	}
	return body.String("userName")
}

func rename(body *scim.Object, name string) {
	for _, op := range objectsIn(body.Array("Operations")) {
		switch {
		case op.Object("value").String("userName") != "":
			op.Object("value").Set("userName", name)
		case strings.EqualFold(op.String("path"), "userName"):
			op.Set("value", name)
		}
	}
	if body.String("userName") != "" {
		body.Set("userName", name)
	}
}

// userByName asks the provider; nil if there is none.
func userByName(next http.Handler, r *http.Request, name string) *scim.Object {
	filter, _ := scim.Marshal(name)
	found := ask(next, r, http.MethodGet, "Users?filter=userName%20eq%20"+strings.ReplaceAll(strings.ReplaceAll(string(filter), `"`, "%22"), "+", "%2B"), nil).resources()
	if len(found) == 0 {
		return nil
	}
	return found[0]
}

// filterFails finds nobody by such a userName.
func filterFails(such func(name string) bool) Wrap {
	return answers(at("GET", "/Users"), func(r *http.Request, a *answer) {
		_, name, ok := strings.Cut(r.URL.Query().Get("filter"), `userName eq "`)
		name, _, _ = strings.Cut(name, `"`)
		if ok && such(name) && a.ok() {
			a.body.Set("totalResults", number(0))
			a.body.Set("Resources", []any{})
		}
	})
}

// overwriting makes a PUT of the creation of a user who exists.
func overwriting(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if at("POST", "/Users")(r) {
			body := bodyOf(r)
			if found := userByName(next, r, sentName(body)); found != nil {
				a := ask(next, r, http.MethodPut, "Users/"+found.String("id"), body)
				a.status = http.StatusConflict
				a.send(w)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

// conflictingHalf refuses a PATCH and does everything of it but the userName.
func conflictingHalf(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !at("PATCH", "/Users/*")(r) {
			next.ServeHTTP(w, r)
			return
		}
		body := bodyOf(r)
		a := serve(next, r)
		if a.status == http.StatusConflict {
			for _, op := range objectsIn(body.Array("Operations")) {
				op.Object("value").Delete("userName")
			}
			ask(next, r, http.MethodPatch, strings.Join(segments(r), "/"), body)
		}
		a.send(w)
	})
}

// conflictingWithSelf takes a user's own name for another's.
func conflictingWithSelf(method string) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if at(method, "/Users/*")(r) {
				if name := sentName(bodyOf(r)); name != "" && userByName(next, r, name) != nil {
					a := &answer{}
					a.refuse(scim.UniquenessError("another User has this userName"))
					a.send(w)
					return
				}
			}
			next.ServeHTTP(w, r)
		})
	}
}

// stayingTaken remembers every userName that there ever was.
func stayingTaken(next http.Handler) http.Handler {
	var mu sync.Mutex
	taken := map[string]bool{}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !at("POST", "/Users")(r) {
			next.ServeHTTP(w, r)
			return
		}
		mu.Lock()
		defer mu.Unlock()
		name := sentName(bodyOf(r))
		if taken[name] {
			a := &answer{}
			a.refuse(scim.UniquenessError("another User has this userName"))
			a.send(w)
			return
		}
		taken[name] = true
		next.ServeHTTP(w, r)
	})
}

// findingOldNames finds a user by the name that he was created with.
func findingOldNames(next http.Handler) http.Handler {
	var mu sync.Mutex
	ids := map[string]string{} // by the first name
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		a := serve(next, r)
		switch {
		case at("POST", "/Users")(r) && a.ok():
			ids[a.body.String("userName")] = a.body.String("id")
		case at("GET", "/Users")(r) && a.ok() && len(a.resources()) == 0:
			_, name, _ := strings.Cut(r.URL.Query().Get("filter"), `userName eq "`)
			if id := ids[strings.TrimSuffix(name, `"`)]; id != "" {
				a.body.Set("totalResults", number(1))
				a.body.Set("Resources", []any{ask(next, r, http.MethodGet, "Users/"+id, nil).body})
			}
		}
		a.send(w)
	})
}
