package faults

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// dialectFaults are mistakes that a certain client meets: what other clients
// never send is refused, overlooked or misunderstood.
func dialectFaults() []Fault {
	return slices.Concat(
		entraConnectFaults(), entraUserFaults(), entraGroupFaults(),
		oktaConnectFaults(), oktaUserFaults(), oktaGroupFaults(),
	)
}

// payload says whether a request's body is of a kind.
type payload func(o *scim.Object) bool

// hasMembers is a body with these members, whatever their values.
func hasMembers(names ...string) payload {
	return func(o *scim.Object) bool {
		return !slices.ContainsFunc(names, func(name string) bool { _, ok := o.Get(name); return !ok })
	}
}

// hasOperation is a PATCH with an operation of a kind.
func hasOperation(kind func(op *scim.Object) bool) payload {
	return func(o *scim.Object) bool { return slices.ContainsFunc(operationsOf(o), kind) }
}

// onPath is an operation with this path.
func onPath(path string) func(op *scim.Object) bool {
	return func(op *scim.Object) bool { return strings.EqualFold(op.String("path"), path) }
}

// setsPath is an operation on a path with a value of this kind, as scim.KindOf calls it.
func setsPath(path, kind string) func(op *scim.Object) bool {
	return func(op *scim.Object) bool {
		v, _ := op.Get("value")
		return strings.EqualFold(op.String("path"), path) && scim.KindOf(v) == kind
	}
}

// namesMember is an operation without a path whose value has this member.
func namesMember(member string) func(op *scim.Object) bool {
	return func(op *scim.Object) bool {
		_, ok := op.Object("value").Get(member)
		return op.String("path") == "" && ok
	}
}

func operationsOf(o *scim.Object) []*scim.Object {
	var operations []*scim.Object
	for _, v := range o.Array("Operations") {
		if op, ok := v.(*scim.Object); ok {
			operations = append(operations, op)
		}
	}
	return operations
}

// strictAbout refuses requests with a body of a kind.
func strictAbout(chosen when, kind payload) Wrap {
	return insteadOf(chosen, kind, func(_ http.Handler, _ *http.Request, a *answer) {
		a.refuse(scim.InvalidValue("this server does not take that"))
	})
}

// deafTo answers requests with a body of a kind with the resource as it is.
func deafTo(chosen when, kind payload) Wrap {
	return insteadOf(chosen, kind, func(next http.Handler, r *http.Request, a *answer) {
		*a = *ask(next, r, http.MethodGet, strings.Join(segments(r), "/"), nil)
	})
}

func insteadOf(chosen when, kind payload, say func(next http.Handler, r *http.Request, a *answer)) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !chosen(r) {
				next.ServeHTTP(w, r)
				return
			}
			if o := bodyOf(r); o == nil || !kind(o) {
				next.ServeHTTP(w, r)
				return
			}
			var a answer
			say(next, r, &a)
			a.send(w)
		})
	}
}

// mistakes rewrites the operations of a PATCH one by one.
func mistakes(chosen when, edit func(op *scim.Object)) Wrap {
	return requests(chosen, func(_ *http.Request, o *scim.Object) {
		for _, op := range operationsOf(o) {
			edit(op)
		}
	})
}

// removesAsWell puts the removal of a path before the operations of a PATCH of a kind.
func removesAsWell(chosen when, kind payload, path string) Wrap {
	return requests(chosen, func(_ *http.Request, o *scim.Object) {
		if o == nil || !kind(o) {
			return
		}
		removal := scim.NewObject(scim.Member{Name: "op", Value: "remove"}, scim.Member{Name: "path", Value: path})
		o.Set("Operations", append([]any{removal}, o.Array("Operations")...))
	})
}

// onlyOperation keeps one operation of several: the first (0) or the last (-1).
func onlyOperation(chosen when, i int) Wrap {
	return requests(chosen, func(_ *http.Request, o *scim.Object) {
		if all := o.Array("Operations"); len(all) > 1 {
			o.Set("Operations", []any{all[(i+len(all))%len(all)]})
		}
	})
}

// whenAsked narrows a choice to requests whose URL has a parameter that contains a text.
func whenAsked(chosen when, parameter, part string) when {
	return func(r *http.Request) bool {
		values, ok := r.URL.Query()[parameter]
		return chosen(r) && ok && strings.Contains(values[0], part)
	}
}

// turnsDown answers requests with an error.
func turnsDown(chosen when, e *scim.Error) Wrap {
	return answers(chosen, func(_ *http.Request, a *answer) { a.refuse(e) })
}

// recoded changes a status into another.
func recoded(chosen when, from, to int) Wrap {
	return answers(chosen, func(_ *http.Request, a *answer) {
		if a.status == from {
			a.status = to
		}
	})
}

// mute takes the body from successful answers.
func mute(chosen when) Wrap {
	return answers(chosen, func(_ *http.Request, a *answer) {
		if a.ok() {
			a.raw, a.body = nil, nil
		}
	})
}

// tellsNo takes members from what comes out, be it a resource or an error.
func tellsNo(chosen when, names ...string) Wrap {
	return answers(chosen, func(_ *http.Request, a *answer) {
		for _, name := range names {
			if a.body != nil {
				a.body.Delete(name)
			}
		}
	})
}

// forgets takes members from what goes in.
func forgets(chosen when, names ...string) Wrap {
	return requests(chosen, func(_ *http.Request, o *scim.Object) {
		for _, name := range names {
			if o != nil {
				o.Delete(name)
			}
		}
	})
}

// showsOnly shows only some of the resources of a list.
func showsOnly(chosen when, shows func(r *http.Request, o *scim.Object) bool) Wrap {
	return answers(chosen, func(r *http.Request, a *answer) {
		if !a.ok() || a.body == nil {
			return
		}
		list := slices.DeleteFunc(slices.Clone(a.body.Array("Resources")), func(v any) bool {
			o, ok := v.(*scim.Object)
			return ok && !shows(r, o)
		})
		a.body.Set("Resources", list)
		a.body.Set("totalResults", number(len(list)))
	})
}

func noneAtAll(*http.Request, *scim.Object) bool { return false }

func isActiveUser(o *scim.Object) bool {
	active, ok := o.Get("active")
	return !ok || active == true
}

// hidingInactive answers 404 for a user who is not active.
func hidingInactive(r *http.Request, a *answer) {
	if a.body != nil && a.ok() && !isActiveUser(a.body) {
		a.refuse(scim.NotFound("User", segments(r)[1]))
	}
}

// withItsMembers deletes the members of a group before the group.
func withItsMembers(next http.Handler) http.Handler {
	deletes := at("DELETE", "/Groups/*")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if deletes(r) {
			group := ask(next, r, http.MethodGet, strings.Join(segments(r), "/"), nil)
			for _, v := range group.body.Array("members") {
				if member, ok := v.(*scim.Object); ok {
					ask(next, r, http.MethodDelete, "Users/"+member.String("value"), nil)
				}
			}
		}
		next.ServeHTTP(w, r)
	})
}

// onlyApparently answers 204 to a DELETE and does nothing.
func onlyApparently(chosen when) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !chosen(r) {
				next.ServeHTTP(w, r)
				return
			}
			w.WriteHeader(http.StatusNoContent)
		})
	}
}

// leavingGroups takes a user out of all groups when its PUT fits.
func leavingGroups(fits payload) Wrap {
	puts := at("PUT", "/Users/*")
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if puts(r) && fits(bodyOf(r)) {
				for _, group := range ask(next, r, http.MethodGet, "Groups", nil).resources() {
					ask(next, r, http.MethodPatch, "Groups/"+group.String("id"), removalOfMember(segments(r)[1]))
				}
			}
			next.ServeHTTP(w, r)
		})
	}
}

func removalOfMember(id string) *scim.Object {
	return scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.PatchOpURN}},
		scim.Member{Name: "Operations", Value: []any{scim.NewObject(
			scim.Member{Name: "op", Value: "remove"},
			scim.Member{Name: "path", Value: `members[value eq "` + id + `"]`},
		)}},
	)
}
