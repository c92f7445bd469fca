package rewrite

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func AnswersWithBeforeAnd(methods, place string, edit func(before *scim.Object, a *Answer)) Wrap {
	return Handle(At(methods, place), func(next http.Handler, r *http.Request) *Answer {
		before := Current(next, r)
		a := Serve(next, r)
		if a.Ok() && a.Body != nil {
			edit(before, a)
		}
		return a
	})
}

// ShowsPassword puts the password that a change sets into its answer, or into
// every later look at the resource too.
func ShowsPassword(method string, later bool) Wrap {
	return ComesTo(method, "/*/*", func(c Change) {
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

// Change is a PUT or PATCH that has succeeded, as a later look at its resource
// finds it.
type Change struct {
	Sent   *scim.Object // the body of the request
	Before *scim.Object // the resource before it
	Now    *scim.Object // what is about to be shown
	Again  bool         // the same body was sent before
	later  bool         // now is what a GET is about to show
}

// ComesTo lets a change pass and shows another outcome of it: in its answer and
// whenever the resource is read from then on.
func ComesTo(methods, place string, edit func(c Change)) Wrap {
	return Stateful(func() Wrap {
		var mu sync.Mutex
		seen := map[string]Change{}
		show := func(r *http.Request, a *Answer) {
			mu.Lock()
			c, changed := seen[r.URL.Path]
			mu.Unlock()
			if changed && a.Ok() && a.Body != nil {
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
			if r.Method != http.MethodGet && a.Ok() {
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

// StaleIndex finds a resource that was renamed by its former name only.
func StaleIndex(methods, place, attribute string) Wrap {
	return Stateful(func() Wrap {
		var mu sync.Mutex
		former := map[string]string{} // by what it is now
		return Handle(Anywhere, func(next http.Handler, r *http.Request) *Answer {
			if At(methods, place)(r) {
				before := Current(next, r).String(attribute)
				a := Serve(next, r)
				if now := Current(next, r).String(attribute); a.Ok() && now != before {
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

// MetaAsBefore shows parts of meta as they were before a change.
func MetaAsBefore(names ...string) func(c Change) {
	return func(c Change) {
		for _, name := range names {
			if was, found := c.Before.Object("meta").Get(name); found && c.Now.Object("meta") != nil {
				c.Now.Object("meta").Set(name, was)
			}
		}
	}
}

// RefusesPutWith answers a PUT of such a body by an error.
func RefusesPutWith(place string, such func(body *scim.Object) bool, e *scim.Error) Wrap {
	return Handle(Anywhere, func(next http.Handler, r *http.Request) *Answer {
		if At("PUT", place)(r) && such(BodyOf(r)) {
			return Refusal(e)
		}
		return nil
	})
}

// InBoth are the elements of now whose value was there before.
func InBoth(before, now []any) []any {
	var both []any
	for _, v := range now {
		if slices.ContainsFunc(before, func(b any) bool { return ElementValue(b) == ElementValue(v) }) {
			both = append(both, v)
		}
	}
	return both
}

func ElementValue(v any) string {
	o, _ := v.(*scim.Object)
	return o.String("value")
}

// AnswersWithBefore rewrites bodies of successful changes in the light of the
// resource as it was.
func AnswersWithBefore(methods, place string, edit func(before, body *scim.Object)) Wrap {
	return AnswersWithBeforeAnd(methods, place, func(before *scim.Object, a *Answer) { edit(before, a.Body) })
}

// CopyOver makes the body what the resource was.
func CopyOver(before, body *scim.Object) { *body = *before.Clone() }

// RefusalsBecome turns each refusal of a PUT or PATCH into another error.
func RefusalsBecome(e *scim.Error) Wrap {
	return Answers(At("PUT,PATCH", "/*/*"), func(_ *http.Request, a *Answer) {
		if a.Status >= 400 && a.Status != http.StatusNotFound {
			a.Refuse(e)
		}
	})
}

// SuccessIs gives each success this status.
func SuccessIs(methods, place string, status int) Wrap {
	return Answers(At(methods, place), func(_ *http.Request, a *Answer) {
		if a.Ok() {
			a.Status = status
		}
	})
}

// MissingBecomes gives each 404 this status; a success shows what was sent.
func MissingBecomes(methods, place string, status int) Wrap {
	return Handle(At(methods, place), func(next http.Handler, r *http.Request) *Answer {
		sent := BodyOf(r)
		a := Serve(next, r)
		if a.Status == http.StatusNotFound {
			a.Status = status
			if a.Ok() {
				a.Body = sent
			}
			if status == http.StatusNoContent {
				a.Body, a.Raw = nil, nil
			}
		}
		return a
	})
}

// TakesTheName shows a name that another user has, instead of the refusal.
func TakesTheName(method string) Wrap {
	return Handle(At(method, "/Users/*"), func(next http.Handler, r *http.Request) *Answer {
		a := Serve(next, r)
		if a.Status == http.StatusConflict {
			a = &Answer{Status: http.StatusOK, Header: http.Header{"Content-Type": {"application/scim+json"}}, Body: Current(next, r)}
		}
		return a
	})
}

// After shows resources differently once such a request has succeeded.
func After(chosen When, edit func(o *scim.Object)) Wrap {
	return Stateful(func() Wrap {
		var mu sync.Mutex
		changed := map[string]bool{}
		return Handle(Anywhere, func(next http.Handler, r *http.Request) *Answer {
			picks, below := chosen(r), Segments(r)
			a := Serve(next, r)
			mu.Lock()
			defer mu.Unlock()
			if picks && a.Ok() && len(below) == 2 {
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
