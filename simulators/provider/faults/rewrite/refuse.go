package rewrite

import (
	"net/http"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// RefuseAll answers the chosen requests with an error.
func RefuseAll(chosen When, e *scim.Error) Wrap {
	return Answers(chosen, func(_ *http.Request, a *Answer) { a.Refuse(e) })
}

// Break answers the chosen requests with 500.
func Break(chosen When) Wrap {
	return Answers(chosen, func(_ *http.Request, a *Answer) { a.Refuse(scim.Internal("the server failed to process the request")) })
}

// RefuseBodies answers requests with an error if their body is such.
func RefuseBodies(chosen When, such func(body *scim.Object) bool, e *scim.Error) Wrap {
	return Handle(chosen, func(_ http.Handler, r *http.Request) *Answer {
		if body := BodyOf(r); body != nil && such(body) {
			return Refusal(e)
		}
		return nil
	})
}

// RefuseAgain answers a request with an error if its key came before. The key ""
// is never refused.
func RefuseAgain(chosen When, key func(body *scim.Object) string, e *scim.Error) Wrap {
	return Stateful(func() Wrap {
		var seen sync.Map
		return RefuseBodies(chosen, func(body *scim.Object) bool {
			k := key(body)
			_, again := seen.LoadOrStore(k, true)
			return again && k != ""
		}, e)
	})
}

// RefusingWrites answers requests of these methods with the error that judge
// returns for their body; nil lets them pass.
func RefusingWrites(methods string, judge func(r *http.Request, body string) *scim.Error) Wrap {
	return Handle(Anywhere, func(_ http.Handler, r *http.Request) *Answer {
		if IsOneOf(r.Method, methods) {
			body := BodyOf(r)
			raw, _ := body.MarshalJSON()
			if e := judge(r, string(raw)); e != nil && body != nil {
				return Refusal(e)
			}
		}
		return nil
	})
}

// DemandingOfUsers refuses the creation of users whose body does not contain the
// text.
func DemandingOfUsers(text string) Wrap {
	return RefusingWrites("POST", func(r *http.Request, body string) *scim.Error {
		if Segments(r)[0] == "Users" && len(Segments(r)) == 1 && !strings.Contains(body, text) {
			return scim.InvalidValue("%s is missing", text)
		}
		return nil
	})
}

// RefuseFirstMember refuses to add a member to a group that has none.
func RefuseFirstMember() Wrap {
	return Handle(Anywhere, func(next http.Handler, r *http.Request) *Answer {
		if At("PATCH", "/Groups/*")(r) && len(Current(next, r).Array("members")) == 0 {
			return Refusal(scim.NoTarget("the group has no members"))
		}
		return nil
	})
}

// RefuseWithPage answers requests that are refused with an HTML page.
func RefuseWithPage(method string) Wrap {
	return Answers(At(method, "/*/*"), func(_ *http.Request, a *Answer) {
		if !a.OK() {
			a.Body, a.Raw = nil, []byte("<html><body>Bad Request</body></html>")
		}
	})
}

// Forbid answers requests with an error, except those with bad credentials.
func Forbid(chosen When, e *scim.Error) Wrap {
	return Answers(chosen, func(_ *http.Request, a *Answer) {
		if a.Status != http.StatusUnauthorized {
			a.Refuse(e)
		}
	})
}

// Ignore answers the chosen requests with the resource as it is (204 to a DELETE)
// and changes nothing. such chooses by the body, which may be nil.
func Ignore(chosen When, such func(body *scim.Object) bool) Wrap {
	return Handle(chosen, func(next http.Handler, r *http.Request) *Answer {
		if !such(BodyOf(r)) {
			return nil
		}
		now := Now(next, r)
		if r.Method == http.MethodDelete && now.OK() {
			return NewAnswer(http.StatusNoContent, nil)
		}
		return now
	})
}

// AnyBody chooses every body.
func AnyBody(*scim.Object) bool { return true }

// HasMember chooses bodies with this member.
func HasMember(name string) func(*scim.Object) bool {
	return func(o *scim.Object) bool { _, ok := o.Get(name); return ok }
}

// HasEmptyList chooses bodies with an empty list.
func HasEmptyList(body *scim.Object) bool {
	for _, v := range body.All() {
		if list, ok := v.([]any); ok && len(list) == 0 {
			return true
		}
	}
	return false
}

// NotTaken is the refusal of a server that does not take what it should.
func NotTaken() *scim.Error { return scim.InvalidValue("this server does not take that") }
