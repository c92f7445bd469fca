package rewrite

import (
	"net/http"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// OnCreated rewrites answers that say that something was created.
func OnCreated(of string, edit func(r *http.Request, a *Answer)) Wrap {
	return Answers(Creations(of), func(r *http.Request, a *Answer) {
		if a.Status == http.StatusCreated {
			edit(r, a)
		}
	})
}

// ToldIn rewrites meta of the resource in an answer to a creation.
func ToldIn(of, name string, value any) Wrap {
	return OnCreated(of, func(_ *http.Request, a *Answer) {
		if value == nil {
			a.Body.Object("meta").Delete(name)
			return
		}
		a.Body.Object("meta").Set(name, value)
	})
}

// Keeping shows what the client sent under a name ("meta.created") in place of
// what the provider made of it, from then on.
func Keeping(of, path string) Wrap {
	return Stateful(func() Wrap {
		var mu sync.Mutex
		kept := map[string]any{}
		outer, inner, nested := strings.Cut(path, ".")
		if strings.HasPrefix(path, "urn:") {
			outer, nested = path, false
		}
		put := func(o *scim.Object) {
			mu.Lock()
			defer mu.Unlock()
			value, ok := kept[o.String("id")]
			switch {
			case !ok:
			case nested:
				o.Object(outer).Set(inner, value)
			default:
				o.Set(outer, value)
			}
		}
		return Handle(Anywhere, func(next http.Handler, r *http.Request) *Answer {
			var sent any
			if Creations(of)(r) {
				if body := BodyOf(r); body != nil {
					sent, _ = body.Get(outer)
					if o, ok := sent.(*scim.Object); nested && ok {
						sent, _ = o.Get(inner)
					} else if nested {
						sent = nil
					}
				}
			}
			a := Serve(next, r)
			if a.Status == http.StatusCreated && sent != nil {
				mu.Lock()
				kept[a.Body.String("id")] = sent
				mu.Unlock()
			}
			for _, o := range a.Resources() {
				put(o)
			}
			return a
		})
	})
}

// Losing drops a member of what is created.
func Losing(of, name string) Wrap {
	return Requests(Creations(of), func(_ *http.Request, body *scim.Object) {
		if body != nil {
			body.Delete(name)
		}
	})
}

// Duplicates rewrites the 409s of creations.
func Duplicates(edit func(r *http.Request, a *Answer)) Wrap {
	return Answers(Creations("*"), func(r *http.Request, a *Answer) {
		if a.Status == http.StatusConflict {
			edit(r, a)
		}
	})
}
