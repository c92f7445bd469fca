package rewrite

import (
	"net/http"
	"strconv"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// RefuseOperations answers a PATCH that has one of the chosen operations with an
// error.
func RefuseOperations(place string, chosen Choice, e *scim.Error) Wrap {
	return Handle(Anywhere, func(_ http.Handler, r *http.Request) *Answer {
		if At("PATCH", place)(r) && (Change{Sent: BodyOf(r)}).Any(chosen) {
			return Refusal(e)
		}
		return nil
	})
}

// PatchAnswers rewrites the answers to PATCH requests that have one of the chosen
// operations.
func PatchAnswers(place string, chosen Choice, edit func(a *Answer)) Wrap {
	return Handle(Anywhere, func(next http.Handler, r *http.Request) *Answer {
		if !At("PATCH", place)(r) || !(Change{Sent: BodyOf(r)}).Any(chosen) {
			return nil
		}
		a := Serve(next, r)
		edit(a)
		return a
	})
}

// EditPatchErrors gives the errors of a PATCH that has one of the chosen
// operations another scimType, and another status if it is not 0.
func EditPatchErrors(place string, chosen Choice, status int, scimType string) Wrap {
	return PatchAnswers(place, chosen, func(a *Answer) {
		if a.OK() || a.Body == nil {
			return
		}
		if status != 0 {
			a.Status = status
			a.Body.Set("status", strconv.Itoa(status))
		}
		a.Body.Set("scimType", scimType)
	})
}

// HideRefusals answers 204 where a PATCH that has one of the chosen operations is
// refused.
func HideRefusals(place string, chosen Choice) Wrap {
	return PatchAnswers(place, chosen, func(a *Answer) {
		if !a.OK() {
			*a = *NewAnswer(http.StatusNoContent, nil)
		}
	})
}

// OneByOne makes each operation of a PATCH on its own. halt says whether the
// first that fails is the last. Its error is the answer.
func OneByOne(place string, halt bool) Wrap {
	return Handle(At("PATCH", place), func(next http.Handler, r *http.Request) *Answer {
		var first *Answer
		last := NewAnswer(http.StatusNoContent, nil)
		for _, op := range Operations(BodyOf(r)) {
			last = Ask(next, r, http.MethodPatch, PlaceOf(r), PatchOf(op))
			if !last.OK() && first == nil {
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
