package rewrite

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Change is a PUT or PATCH that succeeded, as a later look at its resource finds
// it.
type Change struct {
	Sent   *scim.Object // the body of the request
	Before *scim.Object // the resource before it
	Now    *scim.Object // what is about to be shown
	Again  bool         // the same body was sent before
	later  bool         // now is what a GET is about to show
}

// Operations are the operations of a PATCH.
func (c Change) Operations() []*scim.Object { return Operations(c.Sent) }

// Any says whether one of the operations is chosen.
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

// EditOutcome lets a change pass and shows another outcome of it: in its answer,
// and whenever the resource is read from then on.
func EditOutcome(methods, place string, edit func(c Change)) Wrap {
	return Stateful(func() Wrap {
		var mu sync.Mutex
		seen := map[string]Change{}
		show := func(r *http.Request, a *Answer) {
			mu.Lock()
			c, changed := seen[r.URL.Path]
			mu.Unlock()
			if changed && a.OK() && a.Body != nil {
				c.Now, c.later = a.Body, r.Method == http.MethodGet
				edit(c)
			}
		}
		return Handle(At("GET,"+methods, place), func(next http.Handler, r *http.Request) *Answer {
			c := Change{}
			if r.Method != http.MethodGet {
				c = Change{Sent: BodyOf(r), Before: Current(next, r)}
			}
			a := Serve(next, r)
			if r.Method != http.MethodGet && a.OK() {
				mu.Lock()
				last := seen[r.URL.Path]
				c.Again = last.Sent != nil && scim.Equal(last.Sent, c.Sent)
				seen[r.URL.Path] = c
				mu.Unlock()
			}
			show(r, a)
			return a
		})
	})
}

// EditPatchOutcome is EditOutcome for a PATCH with one of the chosen operations.
func EditPatchOutcome(place string, chosen Choice, edit func(c Change)) Wrap {
	return EditOutcome("PATCH", place, func(c Change) {
		if c.Any(chosen) {
			edit(c)
		}
	})
}

// MetaAsBefore shows members of meta as they were before a change.
func MetaAsBefore(names ...string) func(c Change) {
	return func(c Change) {
		for _, name := range names {
			if was, found := c.Before.Object("meta").Get(name); found && c.Now.Object("meta") != nil {
				PartOf(c.Now, "meta").Set(name, was)
			}
		}
	}
}

// ShowPassword shows the password that a change sets: in its answer, or later in
// every read of the resource.
func ShowPassword(method string, later bool) Wrap {
	return EditOutcome(method, "/*/*", func(c Change) {
		password := c.Sent.String("password")
		for _, op := range c.Operations() {
			if op.String("path") == "password" {
				password = op.String("value")
			}
			if v := op.Object("value").String("password"); v != "" {
				password = v
			}
		}
		if password != "" && c.later == later {
			c.Now.Set("password", password)
		}
	})
}

// AnswersWithBefore rewrites the body of the answer to a change. before is the
// resource as it was.
func AnswersWithBefore(methods, place string, edit func(before, body *scim.Object)) Wrap {
	return AnswersWithBeforeAnd(methods, place, func(before *scim.Object, a *Answer) { edit(before, a.Body) })
}

// AnswersWithBeforeAnd rewrites the answer to a change. before is the resource as
// it was.
func AnswersWithBeforeAnd(methods, place string, edit func(before *scim.Object, a *Answer)) Wrap {
	return Handle(At(methods, place), func(next http.Handler, r *http.Request) *Answer {
		before := Current(next, r)
		a := Serve(next, r)
		if a.OK() && a.Body != nil {
			edit(before, a)
		}
		return a
	})
}

// CopyOver makes the body what the resource was before.
func CopyOver(before, body *scim.Object) { *body = *before.Clone() }

// RefusalsBecome turns each refusal of a PUT or PATCH, except 404, into another
// error.
func RefusalsBecome(e *scim.Error) Wrap {
	return Answers(At("PUT,PATCH", "/*/*"), func(_ *http.Request, a *Answer) {
		if a.Status >= 400 && a.Status != http.StatusNotFound {
			a.Refuse(e)
		}
	})
}

// MissingBecomes gives each 404 this status. A success shows what was sent.
func MissingBecomes(methods, place string, status int) Wrap {
	return Handle(At(methods, place), func(next http.Handler, r *http.Request) *Answer {
		sent := BodyOf(r)
		a := Serve(next, r)
		if a.Status == http.StatusNotFound {
			a.Status = status
			if a.OK() {
				a.Body = sent
			}
			if status == http.StatusNoContent {
				a.Body, a.Raw = nil, nil
			}
		}
		return a
	})
}

// ShowInPlaceOfConflict answers 200 with the resource where the provider answers
// 409.
func ShowInPlaceOfConflict(method string) Wrap {
	return Handle(At(method, "/Users/*"), func(next http.Handler, r *http.Request) *Answer {
		a := Serve(next, r)
		if a.Status == http.StatusConflict {
			a = NewAnswer(http.StatusOK, Current(next, r))
		}
		return a
	})
}

// StaleIndex finds a resource that was renamed by its former name only.
func StaleIndex(methods, place, attribute string) Wrap {
	return Stateful(func() Wrap {
		var mu sync.Mutex
		former := map[string]string{} // by what it is now
		return Handle(Anywhere, func(next http.Handler, r *http.Request) *Answer {
			if At(methods, place)(r) {
				before := Current(next, r).String(attribute)
				a := Serve(next, r)
				if now := Current(next, r).String(attribute); a.OK() && now != before {
					mu.Lock()
					former[now] = before
					mu.Unlock()
				}
				return a
			}
			mu.Lock()
			defer mu.Unlock()
			EditQuery(r, func(q url.Values) { lookUpFormer(q, former) })
			return Serve(next, r)
		})
	})
}

// lookUpFormer exchanges former and present names in a filter.
func lookUpFormer(q url.Values, former map[string]string) {
	filter := q.Get("filter")
	for now, before := range former {
		switch {
		case strings.Contains(filter, `"`+before+`"`):
			q.Set("filter", strings.ReplaceAll(filter, `"`+before+`"`, `"`+now+`"`))
		case strings.Contains(filter, `"`+now+`"`):
			q.Set("filter", strings.ReplaceAll(filter, `"`+now+`"`, `"`+now+`-nobody"`))
		}
	}
}

// After edits resources that are shown after such a request to them succeeded.
func After(chosen When, edit func(o *scim.Object)) Wrap {
	return Stateful(func() Wrap {
		var mu sync.Mutex
		changed := map[string]bool{}
		return Handle(Anywhere, func(next http.Handler, r *http.Request) *Answer {
			picks, below := chosen(r), Segments(r)
			a := Serve(next, r)
			mu.Lock()
			defer mu.Unlock()
			if picks && a.OK() && len(below) == 2 {
				changed[below[1]] = true
			}
			for _, o := range a.Resources() {
				if changed[o.String("id")] {
					edit(o)
				}
			}
			return a
		})
	})
}

// ChangeMember adds a user to a group ("add") or takes it out ("remove").
func ChangeMember(next http.Handler, r *http.Request, op, group, user string) {
	change := Operation(op, `members[value eq "`+user+`"]`, nil)
	if op == "add" {
		member := scim.NewObject(scim.Member{Name: "value", Value: user})
		change = Operation(op, "members", []any{member})
	}
	Ask(next, r, http.MethodPatch, "Groups/"+url.PathEscape(group), PatchOf(change))
}

// Latency is the time between reading and writing in a server that does not lock.
const Latency = 20 * time.Millisecond
