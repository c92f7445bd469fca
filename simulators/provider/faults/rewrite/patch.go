package rewrite

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// RefusesAddToNobody refuses the first member of a group.
func RefusesAddToNobody() Wrap {
	return Handle(Anywhere, func(next http.Handler, r *http.Request) *Answer {
		if At("PATCH", "/Groups/*")(r) && len(Current(next, r).Array("members")) == 0 {
			return Refusal(scim.NoTarget("the group has no members"))
		}
		return nil
	})
}

func FirstOfEachPath(list []any) []any {
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(list), func(v any) bool {
		path := v.(*scim.Object).String("path")
		again := seen[path]
		seen[path] = true
		return again
	})
}

func DoneAfterAll(_ *http.Request, a *Answer) {
	if a.Status == http.StatusBadRequest {
		*a = Answer{Status: http.StatusNoContent, Header: http.Header{}}
	}
}

// PageForRefusal answers a refused request by a page.
func PageForRefusal(method string) Wrap {
	return Answers(At(method, "/*/*"), func(_ *http.Request, a *Answer) {
		if !a.Ok() {
			a.Body, a.Raw = nil, []byte("<html><body>Bad Request</body></html>")
		}
	})
}

func WithoutFilterKeepingPart(op *scim.Object) {
	path := op.String("path")
	op.Set("path", path[:strings.Index(path, "[")]+"[type pr]"+path[strings.Index(path, "]")+1:])
}

func Contains(list []any, element any) bool {
	return slices.ContainsFunc(list, func(v any) bool { return ElementValue(v) == ElementValue(element) })
}

// Operations are those of a PATCH.
func (c Change) Operations() []*scim.Object { return OpsOf(c.Sent) }

// Any says whether one of the operations is like this.
func (c Change) Any(chosen Choice) bool {
	return slices.ContainsFunc(c.Operations(), chosen)
}

// Keep shows an attribute as it was before the change.
func (c Change) Keep(name string) {
	if value, found := c.Before.Get(name); found {
		c.Now.Set(name, scim.CloneValue(value))
	} else {
		c.Now.Delete(name)
	}
}

// OneByOne does each operation of a PATCH for itself. halt says what happens at
// the first that fails: to stop there, or to go on; its error is the answer.
func OneByOne(place string, halt bool) Wrap {
	return Handle(At("PATCH", place), func(next http.Handler, r *http.Request) *Answer {
		var first *Answer
		last := &Answer{Status: http.StatusNoContent, Header: http.Header{}}
		for _, op := range OpsOf(BodyOf(r)) {
			last = Ask(next, r, http.MethodPatch, strings.Join(Segments(r), "/"), PatchOf(op))
			if !last.Ok() && first == nil {
				first = last
			}
			if first != nil && halt {
				break
			}
		}
		if first != nil {
			last = first
		}
		return last
	})
}

// Effect changes what a PATCH with one of the chosen operations comes to.
func Effect(place string, chosen Choice, edit func(c Change)) Wrap {
	return ComesTo("PATCH", place, func(c Change) {
		if c.Any(chosen) {
			edit(c)
		}
	})
}

// ErrorsBecome gives errors of a PATCH with a chosen operation another scimType, or
// another status if it is not 0.
func ErrorsBecome(place string, chosen Choice, status int, scimType string) Wrap {
	return PatchAnswers(place, chosen, func(a *Answer) {
		if a.Ok() || a.Body == nil {
			return
		}
		if status != 0 {
			a.Status = status
			a.Body.Set("status", strconv.Itoa(status))
		}
		a.Body.Set("scimType", scimType)
	})
}

// Silent answers a refused PATCH as if it had been done.
func Silent(place string, chosen Choice) Wrap {
	return PatchAnswers(place, chosen, func(a *Answer) {
		if !a.Ok() {
			*a = Answer{Status: http.StatusNoContent, Header: http.Header{}}
		}
	})
}
