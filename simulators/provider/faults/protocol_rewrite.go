package faults

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// How the faults of protocol.go change requests and answers.

// located rewrites every address that an answer gives out.
func located(edit func(location string) string) Wrap {
	return answers(at("", ""), func(_ *http.Request, a *answer) {
		if l := a.header.Get("Location"); l != "" {
			a.header.Set("Location", edit(l))
		}
		for _, o := range a.resources() {
			if l := o.Object("meta").String("location"); l != "" {
				o.Object("meta").Set("location", edit(l))
			}
		}
	})
}

// queryText rewrites the query as it stands in the URL.
func queryText(edit func(raw string) string) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			r.URL.RawQuery = edit(r.URL.RawQuery)
			next.ServeHTTP(w, r)
		})
	}
}

// versionless serves any version as the one it knows.
func versionless(everyVersion bool) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			for _, v := range []string{"/v99/Users", "/v0/Users"} {
				if everyVersion || v == "/v99/Users" {
					r.URL.Path = strings.Replace(r.URL.Path, v, "/Users", 1)
				}
			}
			next.ServeHTTP(w, r)
		})
	}
}

// written rewrites the resource in the answer to a write, and only there.
func written(methods, place string, edit func(o *scim.Object)) Wrap {
	return answers(at(methods, place), func(_ *http.Request, a *answer) {
		if a.ok() && a.body != nil {
			edit(a.body)
		}
	})
}

func setting(name string, value any) func(*scim.Object) {
	return func(o *scim.Object) { o.Set(name, value) }
}

// past answers a write with the state before it.
func past(methods string) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !at(methods, "/*/*")(r) {
				next.ServeHTTP(w, r)
				return
			}
			raw := rawBody(r)
			before := ask(next, r, http.MethodGet, strings.Join(segments(r), "/"), nil)
			mending(at(methods, ""), func([]byte) []byte { return raw })(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				a := serve(next, r)
				if a.ok() && a.body != nil {
					a.body = before.body
				}
				a.send(w)
			})).ServeHTTP(w, r)
		})
	}
}

// parroting answers a write with what was sent.
func parroting(methods string) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			var sent *scim.Object
			if at(methods, "")(r) {
				sent = bodyOf(r)
			}
			a := serve(next, r)
			if a.ok() && a.body != nil && sent != nil && sent.String("op") == "" {
				for name, value := range sent.All() {
					if !strings.EqualFold(name, "Operations") && !strings.EqualFold(name, "schemas") {
						a.body.Set(name, value)
					}
				}
			}
			a.send(w)
		})
	}
}

// schemaOf replaces the schemas of messages.
func schemaOf(message func(a *answer) bool, urn string) Wrap {
	return answers(at("", ""), func(_ *http.Request, a *answer) {
		if a.body != nil && message(a) {
			a.body.Set("schemas", []any{urn})
		}
	})
}

func isList(a *answer) bool {
	_, ok := a.body.Get("totalResults")
	return ok
}

func isFault(a *answer) bool { return a.status >= 400 }

// listing adds a schema to the list of schemas.
func listing(urn string) Wrap {
	return answers(at("GET", "/Schemas"), func(_ *http.Request, a *answer) {
		if a.body != nil {
			schema := scim.NewObject(scim.Member{Name: "id", Value: urn}, scim.Member{Name: "name", Value: "Message"})
			a.body.Set("Resources", append(slices.Clone(a.body.Array("Resources")), schema))
		}
	})
}

// foundAfterDeletion finds by name what was deleted.
func foundAfterDeletion() Wrap {
	return func(next http.Handler) http.Handler {
		buried := map[string]*scim.Object{}
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			var last *scim.Object
			if at("DELETE", "/Users/*")(r) {
				last = ask(next, r, http.MethodGet, strings.Join(segments(r), "/"), nil).body
			}
			a := serve(next, r)
			if last != nil && a.ok() {
				buried[`userName eq "`+last.String("userName")+`"`] = last
			}
			if o := buried[r.URL.Query().Get("filter")]; o != nil && a.body != nil {
				a.body.Set("Resources", []any{o})
				a.body.Set("totalResults", number(1))
			}
			a.send(w)
		})
	}
}

// creating lets PUT create where there is nothing.
func creating(place string, refuses bool) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body := bodyOf(r)
			a := serve(next, r)
			if a.status == http.StatusNotFound && at("PUT", place)(r) && body != nil {
				made := ask(next, r, http.MethodPost, segments(r)[0], body)
				if !refuses {
					a = made
				}
			}
			a.send(w)
		})
	}
}

// unknown chooses the paths that lead to no endpoint.
func unknown(r *http.Request) bool {
	_, below, _ := strings.Cut(r.URL.Path, "/identity/v2/scim/")
	first, _, _ := strings.Cut(below, "/")
	return !slices.Contains(endpoints, first)
}

func notFound(chosen when, edit func(r *http.Request, a *answer)) Wrap {
	return answers(chosen, func(r *http.Request, a *answer) {
		if a.status == http.StatusNotFound {
			edit(r, a)
		}
	})
}

func notAllowed(chosen when, edit func(r *http.Request, a *answer)) Wrap {
	return answers(chosen, func(r *http.Request, a *answer) {
		if a.status == http.StatusMethodNotAllowed {
			edit(r, a)
		}
	})
}

// elsewhere marks an answer as found in another collection.
func elsewhere(to string) func(*http.Request, *answer) {
	return func(r *http.Request, a *answer) {
		if strings.HasSuffix(r.URL.Path, "unknown") {
			return
		}
		*a = answer{status: 200, header: a.header, body: scim.NewObject(
			scim.Member{Name: "schemas", Value: []any{scim.UserURN}},
			scim.Member{Name: "id", Value: segments(r)[1]},
			scim.Member{Name: "meta", Value: scim.NewObject(scim.Member{Name: "location", Value: to + segments(r)[1]})},
		)}
	}
}

// crossKind looks in another collection for what it does not find.
func crossKind(from, to string) Wrap {
	return func(next http.Handler) http.Handler {
		return notFound(at("GET", from+"*"), func(r *http.Request, a *answer) {
			if found := ask(next, r, http.MethodGet, strings.TrimPrefix(to, "/")+segments(r)[1], nil); found.ok() {
				*a = *found
			}
		})(next)
	}
}

// firstForAll answers every read of a user with the first one that was created.
func firstForAll() Wrap {
	return func(next http.Handler) http.Handler {
		first := ""
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			a := serve(next, r)
			if creations("Users")(r) && a.status == 201 && first == "" {
				first = a.body.String("id")
			}
			if at("GET", "/Users/*")(r) && a.ok() {
				a = ask(next, r, http.MethodGet, "Users/"+first, nil)
			}
			a.send(w)
		})
	}
}

// changingOnRead counts the reads in what it shows.
func changingOnRead() Wrap {
	return func(next http.Handler) http.Handler {
		reads := 0
		return shown(at("GET", "/Users/*"), func(o *scim.Object) {
			if reads++; reads > 1 {
				o.Set("displayName", "read "+string(rune('0'+reads%10)))
			}
		})(next)
	}
}
