package faults

import (
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// latency is what lies between looking and writing in a server that does not lock.
const latency = 20 * time.Millisecond

// raceFaults concern requests at the same time.
func raceFaults() []Fault {
	return []Fault{
		{"RFC7644-3.14-07", "If-Match is checked before others have written", looseCondition("PUT,PATCH,DELETE", "/*/*")},
		{"RFC7644-3.14-07", "If-Match of a replacement is checked too early", looseCondition("PUT", "/*/*")},
		{"RFC7644-3.14-07", "If-Match of a patch is checked too early", looseCondition("PATCH", "/*/*")},
		{"RFC7644-3.14-07", "If-Match of a deletion is checked too early", looseDeletion},
		{"RFC7644-3.14-07", "If-Match for groups is checked too early", looseCondition("PUT,PATCH", "/Groups/*")},
		{"RFC7644-3.14-07", "nobody wins a race", answers(at("PUT", "/*/*"), func(r *http.Request, a *answer) {
			if r.Header.Get("If-Match") != "" && a.ok() {
				a.refuse(scim.PreconditionFailed("another version"))
			}
		})},
		{"RFC7644-3.14-07", "the losers of a race get 500", refusedWith(at("PUT,PATCH", "/*/*"), 500)},
		{"RFC7644-3.14-07", "the losers of a race win in the end", writtenAnyway(at("PUT,PATCH", "/*/*"))},

		{"RFC7644-3.3-40", "several users of one name are created at once", looseNames("Users", "userName")},
		{"RFC7644-3.3-40", "the losers of a creation get 500", duplicatesAnswer(func(a *answer) { a.refuse(scim.Internal("duplicate key")) })},
		{"RFC7644-3.3-40", "the losers of a creation get 400", duplicatesAnswer(func(a *answer) { a.refuse(scim.InvalidValue("duplicate")) })},
		{"RFC7644-3.3-40", "the losers of a creation are confirmed", duplicatesAnswer(func(a *answer) { *a = answer{status: 201, header: http.Header{}} })},
		{"RFC7644-3.3-40", "nobody wins a creation", lostCreation},

		{"RFC7644-3.5.2-40", "members added at the same time are lost", looseWrite("PATCH", "/Groups/*", "members", "add")},
		{"RFC7644-3.5.2-40", "members removed at the same time come back", looseWrite("PATCH", "/Groups/*", "members", "remove")},
		{"RFC7644-3.5.2-40", "every third change of members is confirmed and not made", everyThird},
		{"RFC7644-3.5.2-41", "attributes changed at the same time are lost", looseWrite("PATCH", "/Users/*", "", "replace")},
		{"RFC7644-3.5.2-41", "attributes of a group changed at the same time are lost", looseWrite("PATCH", "/Groups/*", "", "replace")},
		{"RFC7644-3.5.1-40", "replacements at the same time are mixed", mixedReplacements},
		{"RFC7644-3.5.1-40", "replacements at the same time are all lost", lostReplacements},
	}
}

// looseCondition compares the tag first and writes a moment later.
func looseCondition(methods, place string) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			tag := r.Header.Get("If-Match")
			if at(methods, place)(r) && tag != "" && tag != "*" {
				current := ask(next, r, http.MethodGet, placeOf(r), nil)
				if current.header.Get("ETag") == tag {
					r.Header.Del("If-Match")
					time.Sleep(latency)
				}
			}
			next.ServeHTTP(w, r)
		})
	}
}

// looseDeletion confirms a deletion to everybody who came before it was made.
func looseDeletion(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !at("DELETE", "/*/*")(r) || r.Header.Get("If-Match") == "" {
			next.ServeHTTP(w, r)
			return
		}
		existed := ask(next, r, http.MethodGet, placeOf(r), nil).ok()
		time.Sleep(latency)
		a := serve(next, r)
		if existed && a.status == http.StatusNotFound {
			a = &answer{status: http.StatusNoContent, header: http.Header{}}
		}
		a.send(w)
	})
}

// looseNames looks whether a name is free first and creates a moment later. The
// provider behind it would refuse the second one, so that it gets another name.
func looseNames(collection, attribute string) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !at("POST", "/"+collection)(r) {
				next.ServeHTTP(w, r)
				return
			}
			body := bodyOf(r)
			name := body.String(attribute)
			taken := false
			for _, o := range ask(next, r, http.MethodGet, collection, nil).resources() {
				taken = taken || strings.EqualFold(o.String(attribute), name)
			}
			time.Sleep(latency)
			a := serve(next, r)
			if a.status == http.StatusConflict && !taken {
				body.Set(attribute, name+time.Now().Format(".000000000"))
				a = ask(next, r, http.MethodPost, collection, body)
				if a.body != nil {
					a.body.Set(attribute, name)
				}
			}
			a.send(w)
		})
	}
}

func duplicatesAnswer(edit func(a *answer)) Wrap {
	return answers(at("POST", "/Users"), func(_ *http.Request, a *answer) {
		if a.status == http.StatusConflict {
			edit(a)
		}
	})
}

// lostCreation answers 409 to everybody, also to the one that was in time.
func lostCreation(next http.Handler) http.Handler {
	return answers(at("POST", "/Users"), func(_ *http.Request, a *answer) {
		if a.ok() {
			a.refuse(scim.UniquenessError("this userName is taken"))
		}
	})(next)
}

// looseWrite reads the resource, patches it a moment later, and so overwrites what
// others wrote between. path chooses the operations, "" all but those on members.
func looseWrite(method, place, path, op string) Wrap {
	return func(next http.Handler) http.Handler {
		var mu sync.Mutex
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body := bodyOf(r)
			if !at(method, place)(r) || !patches(body, path, op) {
				next.ServeHTTP(w, r)
				return
			}
			before := ask(next, r, http.MethodGet, placeOf(r), nil)
			time.Sleep(latency)
			mu.Lock()
			defer mu.Unlock()
			if before.ok() {
				ask(next, r, http.MethodPut, placeOf(r), before.body)
			}
			next.ServeHTTP(w, r)
		})
	}
}

func patches(body *scim.Object, path, op string) bool {
	if body == nil {
		return false
	}
	for _, o := range operationsIn(body) {
		members := strings.HasPrefix(o.String("path"), "members")
		if o.String("op") != op || members != (path == "members") {
			return false
		}
	}
	return true
}

// everyThird drops every third change of members.
func everyThird(next http.Handler) http.Handler {
	var mu sync.Mutex
	n := 0
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if at("PATCH", "/Groups/*")(r) {
			mu.Lock()
			n++
			third := n%3 == 0
			mu.Unlock()
			if third {
				ask(next, r, http.MethodGet, placeOf(r), nil).send(w)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

// mixedReplacements writes the external id a moment after everything else, and
// who comes first waits longest.
func mixedReplacements(next http.Handler) http.Handler {
	var mu sync.Mutex
	n := 0
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := bodyOf(r)
		if !at("PUT", "/Users/*")(r) || body == nil {
			next.ServeHTTP(w, r)
			return
		}
		own := body.String("externalId")
		mu.Lock()
		n++
		turn := n
		body.Set("externalId", ask(next, r, http.MethodGet, placeOf(r), nil).body.String("externalId"))
		ask(next, r, http.MethodPut, placeOf(r), body)
		mu.Unlock()
		time.Sleep(latency * time.Duration(max(10-turn, 0)))
		mu.Lock()
		defer mu.Unlock()
		now := ask(next, r, http.MethodGet, placeOf(r), nil)
		now.body.Set("externalId", own)
		ask(next, r, http.MethodPut, placeOf(r), now.body).send(w)
	})
}

// lostReplacements confirms replacements without making them.
func lostReplacements(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if at("PUT", "/Users/*")(r) {
			ask(next, r, http.MethodGet, placeOf(r), nil).send(w)
			return
		}
		next.ServeHTTP(w, r)
	})
}
