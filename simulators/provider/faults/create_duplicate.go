package faults

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// duplicates rewrites the 409s of creations.
func duplicates(edit func(r *http.Request, a *answer)) Wrap {
	return answers(creations("*"), func(r *http.Request, a *answer) {
		if a.status == http.StatusConflict {
			edit(r, a)
		}
	})
}

// accepting lets the creation of a duplicate through, under a name that the
// provider does not see as one, and shows it under the name that was asked for.
func accepting(such func(body, other *scim.Object) bool) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body := bodyOf(r)
			a := serve(next, r)
			if a.status == http.StatusConflict && creations("Users")(r) && body != nil {
				name := body.String("userName")
				found := ask(next, r, http.MethodGet, "Users?filter=userName+eq+%22"+name+"%22", nil)
				for _, other := range found.resources() {
					if such(body, other) {
						body.Set("userName", name+string(rune(0x200b))) // a space without width
						setBody(r, body)
						a = serve(next, r)
					}
				}
			}
			for _, o := range a.resources() {
				if name := o.String("userName"); name != "" {
					o.Set("userName", strings.TrimRight(name, string(rune(0x200b))))
				}
			}
			a.send(w)
		})
	}
}

// overwritingDuplicate replaces the resource that is there by the duplicate.
func overwritingDuplicate(status int, refuses bool) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body := bodyOf(r)
			a := serve(next, r)
			if a.status != http.StatusConflict || !creations("Users")(r) || body == nil {
				a.send(w)
				return
			}
			found := ask(next, r, http.MethodGet, "Users?filter=userName+eq+%22"+body.String("userName")+"%22", nil)
			for _, other := range found.resources() {
				written := ask(next, r, http.MethodPut, "Users/"+other.String("id"), body)
				if !refuses {
					a = written
					a.status = status
				}
			}
			a.send(w)
		})
	}
}

func anyDuplicate(_, _ *scim.Object) bool { return true }

func duplicateFaults() []Fault {
	return []Fault{
		{"RFC7644-3.3-06", "a duplicate answers 400", duplicates(func(_ *http.Request, a *answer) { a.refuse(scim.InvalidValue("the name is taken")) })},
		{"RFC7644-3.3-06", "a duplicate answers 500", duplicates(func(_ *http.Request, a *answer) { a.refuse(scim.Internal("the name is taken")) })},
		{"RFC7644-3.3-06", "a duplicate answers 422", duplicates(func(_ *http.Request, a *answer) {
			a.refuse(&scim.Error{Status: 422, ScimType: scim.ScimTypeUniqueness})
		})},
		{"RFC7644-3.3-06", "a duplicate answers 403", duplicates(func(_ *http.Request, a *answer) { a.refuse(scim.Forbidden("the name is taken")) })},
		{"RFC7644-3.3-06", "a 409 without scimType", duplicates(errorMember("scimType", nil))},
		{"RFC7644-3.3-06", "a 409 with scimType invalidValue", duplicates(errorMember("scimType", scim.ScimTypeInvalidValue))},
		{"RFC7644-3.3-06", "a 409 with scimType Uniqueness", duplicates(errorMember("scimType", "Uniqueness"))},
		{"RFC7644-3.3-06", "a duplicate is created", accepting(anyDuplicate)},
		{"RFC7644-3.3-06", "a name in another case is another name", accepting(func(body, other *scim.Object) bool {
			return body.String("userName") != other.String("userName")
		})},
		{"RFC7644-3.3-06", "the name of a user who is not active is free", accepting(func(_, other *scim.Object) bool {
			active, _ := other.Get("active")
			return active == false
		})},
		{"RFC7644-3.3-06", "a name is free for a user with another externalId", accepting(func(body, _ *scim.Object) bool { return body.String("externalId") != "" })},
		{"RFC7644-3.3-06", "a name that was changed to is free", accepting(func(body, _ *scim.Object) bool {
			return strings.Contains(body.String("userName"), "renamed")
		})},
		{"RFC7644-3.3-06", "a duplicate answers 201 and the user who was there", overwritingDuplicate(http.StatusCreated, false)},
		{"RFC7644-3.3-06", "a duplicate answers 200 and replaces", overwritingDuplicate(http.StatusOK, false)},
		{"RFC7644-3.3-06", "only the first duplicate is refused", firstDuplicateOnly()},

		{"RFC7644-3.3-07", "a duplicate is refused and replaces", overwritingDuplicate(0, true)},
		{"RFC7644-3.3-07", "a duplicate is refused and created", accepted409()},
		{"RFC7644-3.3-07", "a 409 has a plain text", duplicates(rewording("text/plain", "Conflict"))},
		{"RFC7644-3.3-07", "a 409 has no body", duplicates(rewording("application/scim+json", ""))},
		{"RFC7644-3.3-07", "a duplicate is created", accepting(anyDuplicate)},
		{"RFC7644-3.3-07", "a duplicate answers 200", duplicates(func(_ *http.Request, a *answer) { a.status = 200 })},
		{"RFC7644-3.3-07", "a duplicate locks the creation", lockedAfterConflict()},
	}
}

// firstDuplicateOnly refuses one duplicate and lets the next one through.
func firstDuplicateOnly() Wrap {
	return func(next http.Handler) http.Handler {
		seen := make(chan struct{}, 1)
		return accepting(func(_, _ *scim.Object) bool {
			select {
			case seen <- struct{}{}:
				return false
			default:
				return true
			}
		})(next)
	}
}

// accepted409 creates the duplicate and answers 409.
func accepted409() Wrap {
	return func(next http.Handler) http.Handler {
		inner := accepting(anyDuplicate)(next)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			name := bodyOf(r).String("userName")
			duplicate := false
			if creations("Users")(r) && name != "" {
				duplicate = len(ask(inner, r, http.MethodGet, "Users?filter=userName+eq+%22"+name+"%22", nil).resources()) > 0
			}
			if !duplicate {
				looking(inner, next, w, r)
				return
			}
			serve(inner, r)
			a := &answer{}
			a.refuse(scim.UniquenessError("the name is taken"))
			a.send(w)
		})
	}
}

// looking finds duplicates too when it looks for a name.
func looking(inner, next http.Handler, w http.ResponseWriter, r *http.Request) {
	filter := r.URL.Query().Get("filter")
	a := serve(inner, r)
	if name, ok := strings.CutPrefix(filter, `userName eq "`); ok && a.body != nil {
		more := ask(next, r, http.MethodGet, "Users?filter=userName+sw+%22"+strings.TrimSuffix(name, `"`)+"%22", nil)
		total, _ := more.body.Get("totalResults")
		a.body.Set("totalResults", total)
	}
	a.send(w)
}

// lockedAfterConflict refuses every creation after a conflict.
func lockedAfterConflict() Wrap {
	return func(next http.Handler) http.Handler {
		seen := make(chan struct{}, 1)
		return answers(creations("Users"), func(_ *http.Request, a *answer) {
			if len(seen) > 0 {
				a.refuse(scim.UniquenessError("the transaction was aborted"))
			}
			if a.status == http.StatusConflict && len(seen) == 0 {
				seen <- struct{}{}
			}
		})(next)
	}
}
