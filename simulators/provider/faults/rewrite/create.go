package rewrite

import (
	"net/http"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// SetMetaOnCreation sets a member of meta in the answer to a creation; nil takes
// it out.
func SetMetaOnCreation(of, name string, value any) Wrap {
	return OnStatus(Creations(of), http.StatusCreated, func(_ *http.Request, a *Answer) {
		if value == nil {
			a.Body.Object("meta").Delete(name)
			return
		}
		PartOf(a.Body, "meta").Set(name, value)
	})
}

// ShowAsSent shows what the client sent in a creation, at a path such as
// "meta.created", in place of the provider's value, from then on.
func ShowAsSent(of, path string) Wrap {
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
