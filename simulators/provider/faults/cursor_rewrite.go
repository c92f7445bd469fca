package faults

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// byCursor are queries that are paged by cursors; begun and continued are those
// for the first page and for the pages after it.
//
//go:noinline
func byCursor(places ...string) when { return queries(places...).when(has("cursor")) }

func begun(places ...string) when { return queries(places...).when(equals("cursor", "")) }

//go:noinline
func continued(places ...string) when { return byCursor(places...).when(not(equals("cursor", ""))) }

// cursorWrong are queries with a cursor that the provider refuses.
//
//go:noinline
func cursorWrong(chosen when, say func(a *answer)) Wrap {
	return answers(chosen, func(_ *http.Request, a *answer) {
		if a.body.String("scimType") == scim.ScimTypeInvalidCursor {
			say(a)
		}
	})
}

// refusedAsked answers a query that was refused as change would have it.
//
//go:noinline
func refusedAsked(chosen when, scimType string, change parameterEdit) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !chosen(r) {
				next.ServeHTTP(w, r)
				return
			}
			other := copied(r, change)
			a := serve(next, r)
			if a.body.String("scimType") == scimType {
				a = serve(next, other)
			}
			a.send(w)
		})
	}
}

//go:noinline
func renamedAs(chosen when, from string, e *scim.Error) Wrap {
	return answers(chosen, func(_ *http.Request, a *answer) {
		if a.body.String("scimType") == from {
			a.refuse(e)
		}
	})
}

// dressed gives every cursor that goes out another form, and takes it off those
// that come in.
//
//go:noinline
func dressed(chosen when, on func(string) string, off func(string) string) Wrap {
	return both(misasked(chosen, renamedCursor(off)), onPages(chosen, func(_ *http.Request, a *answer) {
		for _, name := range []string{"nextCursor", "previousCursor"} {
			if c := a.body.String(name); c != "" {
				a.body.Set(name, on(c))
			}
		}
	}))
}

func renamedCursor(change func(string) string) parameterEdit {
	return func(p url.Values) {
		if c := p.Get("cursor"); c != "" {
			p.Set("cursor", change(c))
		}
	}
}

// positions pages by cursors that are nothing but positions in whatever is asked
// for, "p3" for what comes after the third.
//
//go:noinline
func positions(chosen when, read func(start int, p url.Values)) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !chosen(r) {
				next.ServeHTTP(w, r)
				return
			}
			start := 0
			a := serve(next, copied(r, func(p url.Values) {
				start, _ = strconv.Atoi(strings.TrimPrefix(p.Get("cursor"), "p"))
				p.Del("cursor")
				p.Set("startIndex", strconv.Itoa(start+1))
				if read != nil {
					read(start, p)
				}
			}))
			if end := start + sizeOf(a); a.ok() && end < wholeOf(a) && sizeOf(a) > 0 {
				a.body.Set("nextCursor", "p"+strconv.Itoa(end))
			}
			a.body.Delete("startIndex")
			a.send(w)
		})
	}
}

// looped gives last pages a cursor that leads to themselves.
//
//go:noinline
func looped(chosen when) Wrap {
	return func(next http.Handler) http.Handler {
		var mu sync.Mutex
		last := map[string]string{} // cursor given for the one that led here
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !chosen(r) {
				next.ServeHTTP(w, r)
				return
			}
			p := parametersOf(r)
			mu.Lock()
			came, again := last[p.Get("cursor")]
			mu.Unlock()
			if !again {
				came = p.Get("cursor")
			}
			a := serve(next, copied(r, put("cursor", came)))
			if a.ok() && a.body.String("nextCursor") == "" {
				loop := "loop" + strconv.Itoa(len(came)) + came
				mu.Lock()
				last[loop] = came
				mu.Unlock()
				a.body.Set("nextCursor", loop)
			}
			a.send(w)
		})
	}
}

// bearing lets a cursor carry the credentials of the client it was given to.
//
//go:noinline
func bearing(fits func(r *http.Request) bool) Wrap {
	return func(next http.Handler) http.Handler {
		var owners sync.Map
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !byCursor()(r) {
				next.ServeHTTP(w, r)
				return
			}
			if owner, known := owners.Load(parametersOf(r).Get("cursor")); known && fits(r) {
				r.Header.Set("Authorization", owner.(string))
			}
			credentials := r.Header.Get("Authorization")
			a := serve(next, r)
			if c := a.body.String("nextCursor"); c != "" {
				owners.Store(c, credentials)
			}
			a.send(w)
		})
	}
}

// foreign changes the answer to a cursor that was given to another client.
//
//go:noinline
func foreign(say func(a *answer)) Wrap {
	return func(next http.Handler) http.Handler {
		var owners sync.Map
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !byCursor()(r) {
				next.ServeHTTP(w, r)
				return
			}
			owner, known := owners.Load(parametersOf(r).Get("cursor"))
			a := serve(next, r)
			if c := a.body.String("nextCursor"); c != "" {
				owners.Store(c, r.Header.Get("Authorization"))
			}
			if known && owner != r.Header.Get("Authorization") {
				say(a)
			}
			a.send(w)
		})
	}
}

// announcing changes a member of pagination in /ServiceProviderConfig; nil removes it.
//
//go:noinline
func announcing(name string, value any) Wrap {
	return answers(at("GET", "/ServiceProviderConfig"), func(_ *http.Request, a *answer) {
		o := a.body.Object("pagination")
		if value == nil {
			o.Delete(name)
			return
		}
		o.Set(name, value)
	})
}

func unannounced(_ *http.Request, a *answer) { a.body.Delete("pagination") }
