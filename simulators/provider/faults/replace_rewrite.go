package faults

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// How the faults of PUT, and those that PATCH has in common with it, are made.

// refusesPut answers every PUT by an error.
//
//go:noinline
func refusesPut(place string, e *scim.Error) Wrap {
	return refusesPutWith(place, func(*scim.Object) bool { return true }, e)
}

// refusesPutWith answers a PUT of such a body by an error.
//
//go:noinline
func refusesPutWith(place string, such func(body *scim.Object) bool, e *scim.Error) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if at("PUT", place)(r) && such(bodyOf(r)) {
				a := &answer{}
				a.refuse(e)
				a.send(w)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// repeatedPutFails refuses a PUT that has been seen before.
//
//go:noinline
func repeatedPutFails() Wrap {
	return func(next http.Handler) http.Handler {
		var mu sync.Mutex
		seen := map[string]bool{}
		return refusesPutWith("/*/*", func(body *scim.Object) bool {
			text, _ := body.MarshalJSON()
			mu.Lock()
			defer mu.Unlock()
			again := seen[string(text)]
			seen[string(text)] = true
			return again
		}, scim.Conflict("nothing to do"))(next)
	}
}

// keepWhereEmptied keeps an attribute that a PUT wants to clear.
func keepWhereEmptied(c change, name string) {
	if value, found := c.sent.Get(name); found && scim.IsUnassigned(value) {
		c.keep(name)
	}
}

// keepPart keeps one value of a complex attribute.
func keepPart(c change, name, part string) {
	was := c.before.Object(name).String(part)
	if now := c.now.Object(name); now != nil && was != "" {
		now.Set(part, was)
	}
}

// takeMeta takes a part of the metadata from the client.
func takeMeta(c change, part string) {
	if value, found := c.sent.Object("meta").Get(part); found && c.now.Object("meta") != nil {
		c.now.Object("meta").Set(part, value)
	}
}

// inBoth are the elements of now whose value was there before.
func inBoth(before, now []any) []any {
	var both []any
	for _, v := range now {
		if slices.ContainsFunc(before, func(b any) bool { return elementValue(b) == elementValue(v) }) {
			both = append(both, v)
		}
	}
	return both
}

func elementValue(v any) string {
	o, _ := v.(*scim.Object)
	return o.String("value")
}

// requestsKnowing rewrites bodies in the light of the resource as it is.
//
//go:noinline
func requestsKnowing(method, place string, edit func(now, body *scim.Object)) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if body := bodyOf(r); body != nil && at(method, place)(r) {
				edit(current(next, r), body)
				setBody(r, body)
			}
			next.ServeHTTP(w, r)
		})
	}
}

// answersWithBefore rewrites bodies of successful changes in the light of the
// resource as it was.
//
//go:noinline
func answersWithBefore(methods, place string, edit func(before, body *scim.Object)) Wrap {
	return answersWithBeforeAnd(methods, place, func(before *scim.Object, a *answer) { edit(before, a.body) })
}

// copyOver makes the body what the resource was.
func copyOver(before, body *scim.Object) { *body = *before.Clone() }

// refusalsBecome turns each refusal of a PUT or PATCH into another error.
//
//go:noinline
func refusalsBecome(e *scim.Error) Wrap {
	return answers(at("PUT,PATCH", "/*/*"), func(_ *http.Request, a *answer) {
		if a.status >= 400 && a.status != http.StatusNotFound {
			a.refuse(e)
		}
	})
}

// successIs gives each success this status.
//
//go:noinline
func successIs(methods, place string, status int) Wrap {
	return answers(at(methods, place), func(_ *http.Request, a *answer) {
		if a.ok() {
			a.status = status
		}
	})
}

// missingBecomes gives each 404 this status; a success shows what was sent.
//
//go:noinline
func missingBecomes(methods, place string, status int) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !at(methods, place)(r) {
				next.ServeHTTP(w, r)
				return
			}
			sent := bodyOf(r)
			a := serve(next, r)
			if a.status == http.StatusNotFound {
				a.status = status
				if a.ok() {
					a.body = sent
				}
				if status == http.StatusNoContent {
					a.body, a.raw = nil, nil
				}
			}
			a.send(w)
		})
	}
}

// createsByPut creates what it does not find.
//
//go:noinline
func createsByPut(place string) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !at("PUT", place)(r) {
				next.ServeHTTP(w, r)
				return
			}
			sent := bodyOf(r)
			a := serve(next, r)
			if a.status == http.StatusNotFound {
				a = ask(next, r, http.MethodPost, segments(r)[0], sent)
			}
			a.send(w)
		})
	}
}

// joinsByPut makes a user a member of the groups that a PUT names.
//
//go:noinline
func joinsByPut() Wrap {
	return afterPut(func(next http.Handler, r *http.Request, sent *scim.Object) {
		eachOf(sent, "groups", func(e *scim.Object) {
			member := scim.NewObject(scim.Member{Name: "value", Value: segments(r)[1]})
			ask(next, r, http.MethodPatch, "Groups/"+e.String("value"), patchOf(scim.NewObject(
				scim.Member{Name: "op", Value: "add"}, scim.Member{Name: "path", Value: "members"}, scim.Member{Name: "value", Value: []any{member}},
			)))
		})
	})
}

// leavesByPut takes a user who is put out of all groups.
//
//go:noinline
func leavesByPut() Wrap {
	return afterPut(func(next http.Handler, r *http.Request, _ *scim.Object) {
		eachOf(current(next, r), "groups", func(e *scim.Object) {
			ask(next, r, http.MethodPatch, "Groups/"+e.String("value"), patchOf(scim.NewObject(
				scim.Member{Name: "op", Value: "remove"}, scim.Member{Name: "path", Value: `members[value eq "` + segments(r)[1] + `"]`},
			)))
		})
	})
}

//go:noinline
func afterPut(do func(next http.Handler, r *http.Request, sent *scim.Object)) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !at("PUT", "/Users/*")(r) {
				next.ServeHTTP(w, r)
				return
			}
			sent := bodyOf(r)
			a := serve(next, r)
			if a.ok() {
				do(next, r, sent)
			}
			a.send(w)
		})
	}
}

// halfDone stores one attribute of a change that is refused.
//
//go:noinline
func halfDone(method, place, name string) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !at(method, place)(r) {
				next.ServeHTTP(w, r)
				return
			}
			sent := bodyOf(r)
			a := serve(next, r)
			if value, found := sent.Get(name); found && !a.ok() {
				ask(next, r, http.MethodPatch, strings.Join(segments(r), "/"), patchOf(scim.NewObject(
					scim.Member{Name: "op", Value: "replace"}, scim.Member{Name: "path", Value: name}, scim.Member{Name: "value", Value: value},
				)))
			}
			a.send(w)
		})
	}
}

// takesTheName shows a name that another user has, instead of the refusal.
//
//go:noinline
func takesTheName(method string) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !at(method, "/Users/*")(r) {
				next.ServeHTTP(w, r)
				return
			}
			a := serve(next, r)
			if a.status == http.StatusConflict {
				a = &answer{status: http.StatusOK, header: http.Header{"Content-Type": {"application/scim+json"}}, body: current(next, r)}
			}
			a.send(w)
		})
	}
}

// unwrapsBareList takes a list of one resource for the resource.
//
//go:noinline
func unwrapsBareList() Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if at("PUT", "/*/*")(r) {
				raw, _ := io.ReadAll(r.Body)
				r.Body = io.NopCloser(bytes.NewReader(raw))
				if v, err := scim.Parse(raw); err == nil {
					if list, ok := v.([]any); ok && len(list) == 1 {
						setBody(r, list[0].(*scim.Object))
					}
				}
			}
			next.ServeHTTP(w, r)
		})
	}
}
