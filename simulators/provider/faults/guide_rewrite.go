package faults

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// How the faults of guide.go change requests and answers.

// tokens rewrites the token of a request, once one has been served. known are
// the tokens that were served so far, in order.
func tokens(choose func(known []string, sent string) string) Wrap {
	return func(next http.Handler) http.Handler {
		var mu sync.Mutex
		var known []string
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			defer mu.Unlock()
			sent := r.Header.Get("Authorization")
			if r.Method == http.MethodGet && !slices.Contains(known, sent) && serve(next, r.Clone(r.Context())).ok() {
				known = append(known, sent)
			}
			if len(known) > 0 && sent != "" {
				r.Header.Set("Authorization", choose(known, sent))
			}
			next.ServeHTTP(w, r)
		})
	}
}

// onceServed serves a token for ever that was good once.
func onceServed(next http.Handler) http.Handler {
	var mu sync.Mutex
	known := map[string]bool{}
	return answers(at("GET", "/Users"), func(r *http.Request, a *answer) {
		mu.Lock()
		defer mu.Unlock()
		token := r.Header.Get("Authorization")
		if a.ok() {
			known[token] = true
		} else if known[token] {
			*a = answer{status: http.StatusOK, header: http.Header{"Content-Type": {"application/scim+json"}}, body: (&scim.List{}).Object()}
		}
	})(next)
}

// anonymous serves whoever comes without a token as the last who had a good one.
func anonymous(next http.Handler) http.Handler {
	var mu sync.Mutex
	good := ""
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		if r.Header.Get("Authorization") == "" {
			r.Header.Set("Authorization", good)
		}
		a := serve(next, r)
		if a.ok() {
			good = r.Header.Get("Authorization")
		}
		mu.Unlock()
		a.send(w)
	})
}

func dropped(attribute string) Wrap {
	return requests(at("POST", "/Users"), func(_ *http.Request, body *scim.Object) { body.Delete(attribute) })
}

func droppedName(part string) Wrap {
	return requests(at("POST", "/Users"), func(_ *http.Request, body *scim.Object) { body.Object("name").Delete(part) })
}

func refuseUsers(incomplete func(body *scim.Object) bool) Wrap {
	return func(next http.Handler) http.Handler {
		return judging(next, func(r *http.Request, body *scim.Object) *scim.Error {
			if at("POST", "/Users")(r) && incomplete(body) {
				return scim.InvalidValue("incomplete")
			}
			return nil
		})
	}
}

// unchanged answers what the provider would, and changes nothing: the resource
// is put back as it was.
func unchanged(chosen when) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !chosen(r) {
				next.ServeHTTP(w, r)
				return
			}
			now := ask(next, r, http.MethodGet, strings.Join(escapedSegments(r), "/"), nil)
			if r.Method == http.MethodDelete && now.ok() {
				now = &answer{status: http.StatusNoContent, header: http.Header{}}
			}
			now.send(w)
		})
	}
}

func escapedSegments(r *http.Request) []string {
	s := segments(r)
	for i := range s {
		s[i] = url.PathEscape(s[i])
	}
	return s
}

func dropOperations(body *scim.Object, drop func(op *scim.Object) bool) {
	kept := []any{}
	for _, v := range body.Array("Operations") {
		if op, ok := v.(*scim.Object); ok && !drop(op) {
			kept = append(kept, op)
		}
	}
	if body == nil || body.Array("Operations") == nil {
		return
	}
	if len(kept) == 0 { // something that changes nothing
		kept = append(kept, scim.NewObject(scim.Member{Name: "op", Value: "remove"}, scim.Member{Name: "path", Value: "externalId"}))
	}
	body.Set("Operations", kept)
}

func eachOperation(body *scim.Object, edit func(op *scim.Object)) {
	for _, v := range body.Array("Operations") {
		if op, ok := v.(*scim.Object); ok {
			edit(op)
		}
	}
}

// filtersFindNothing answers every filter on the collection with an empty list.
func filtersFindNothing(place string) Wrap {
	return answers(at("GET", place), func(r *http.Request, a *answer) {
		if r.URL.Query().Has("filter") && a.ok() {
			a.body.Set("Resources", []any{})
			a.body.Set("totalResults", number(0))
			a.body.Set("itemsPerPage", number(0))
		}
	})
}

// hidden leaves resources out of lists.
func hidden(which func(o *scim.Object) bool) Wrap {
	return hiddenBy(func(o *scim.Object, _ string) bool { return which(o) })
}

func hiddenBy(which func(o *scim.Object, filter string) bool) Wrap {
	return answers(at("GET", "/Users"), func(r *http.Request, a *answer) {
		if !a.ok() {
			return
		}
		kept := []any{}
		for _, o := range a.resources() {
			if !which(o, r.URL.Query().Get("filter")) {
				kept = append(kept, o)
			}
		}
		a.body.Set("Resources", kept)
		a.body.Set("totalResults", number(len(kept)))
	})
}

// twice takes a user whose name is taken: under the name with a suffix, shown without it.
func twice(next http.Handler) http.Handler {
	const suffix = "~2"
	inner := shown(resource, func(o *scim.Object) {
		o.Set("userName", strings.TrimSuffix(o.String("userName"), suffix))
	})(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case at("POST", "/Users")(r):
			body := bodyOf(r)
			if body != nil && ask(next, r, http.MethodGet, `Users?filter=`+url.QueryEscape(`userName eq "`+body.String("userName")+`"`), nil).resources() != nil {
				body.Set("userName", body.String("userName")+suffix)
				setBody(r, body)
			}
		case at("GET", "/Users")(r):
			editQuery(r, func(q url.Values) {
				if name, ok := strings.CutPrefix(q.Get("filter"), "userName eq "); ok {
					q.Set("filter", `userName eq `+name+` or userName eq `+strings.TrimSuffix(name, `"`)+suffix+`"`)
				}
			})
		}
		inner.ServeHTTP(w, r)
	})
}

// emptyGroups removes all members of every group.
func emptyGroups(next http.Handler, r *http.Request) {
	for _, g := range ask(next, r, http.MethodGet, "Groups", nil).resources() {
		empty := scim.NewObject(
			scim.Member{Name: "schemas", Value: []any{scim.PatchOpURN}},
			scim.Member{Name: "Operations", Value: []any{scim.NewObject(
				scim.Member{Name: "op", Value: "remove"}, scim.Member{Name: "path", Value: "members"},
			)}},
		)
		ask(next, r, http.MethodPatch, "Groups/"+url.PathEscape(g.String("id")), empty)
	}
}

// nameStaysTaken refuses a user whose name a deleted one had.
func nameStaysTaken(next http.Handler) http.Handler {
	var mu sync.Mutex
	taken := map[string]bool{}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if at("DELETE", "/Users/*")(r) {
			taken[ask(next, r, http.MethodGet, strings.Join(escapedSegments(r), "/"), nil).body.String("userName")] = true
		}
		if at("POST", "/Users")(r) && taken[bodyOf(r).String("userName")] {
			a := &answer{}
			a.refuse(scim.UniquenessError("the name is taken"))
			a.send(w)
			return
		}
		next.ServeHTTP(w, r)
	})
}
