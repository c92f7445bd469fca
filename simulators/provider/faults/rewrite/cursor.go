package rewrite

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// OverlookedCount goes on by the count of the first page.
func OverlookedCount() Wrap {
	return Stateful(func() Wrap {
		var first atomic.Value
		return Handle(Anywhere, func(next http.Handler, r *http.Request) *Answer {
			if Begun()(r) {
				first.Store(ParametersOf(r).Get("count"))
			}
			if count, ok := first.Load().(string); ok && Continued()(r) {
				p := ParametersOf(r)
				p.Set("count", count)
				SetParameters(r, p)
			}
			return nil
		})
	})
}

// RefusedAsked answers a query that was refused as change would have it.
func RefusedAsked(chosen When, scimType string, change ParameterEdit) Wrap {
	return Handle(chosen, func(next http.Handler, r *http.Request) *Answer {
		other := Copied(r, change)
		a := Serve(next, r)
		if a.Body.String("scimType") == scimType {
			a = Serve(next, other)
		}
		return a
	})
}

func RenamedAs(chosen When, from string, e *scim.Error) Wrap {
	return Answers(chosen, func(_ *http.Request, a *Answer) {
		if a.Body.String("scimType") == from {
			a.Refuse(e)
		}
	})
}

func RenamedCursor(change func(string) string) ParameterEdit {
	return func(p url.Values) {
		if c := p.Get("cursor"); c != "" {
			p.Set("cursor", change(c))
		}
	}
}

// Positions pages by cursors that are nothing but positions in whatever is asked
// for, "p3" for what comes after the third.
func Positions(chosen When, read func(start int, p url.Values)) Wrap {
	return Handle(chosen, func(next http.Handler, r *http.Request) *Answer {
		start := 0
		a := Serve(next, Copied(r, func(p url.Values) {
			start, _ = strconv.Atoi(strings.TrimPrefix(p.Get("cursor"), "p"))
			p.Del("cursor")
			p.Set("startIndex", strconv.Itoa(start+1))
			if read != nil {
				read(start, p)
			}
		}))
		if end := start + SizeOf(a); a.Ok() && end < WholeOf(a) && SizeOf(a) > 0 {
			a.Body.Set("nextCursor", "p"+strconv.Itoa(end))
		}
		a.Body.Delete("startIndex")
		return a
	})
}

// Announcing changes a member of pagination in /ServiceProviderConfig; nil removes it.
func Announcing(name string, value any) Wrap {
	return Answers(At("GET", "/ServiceProviderConfig"), func(_ *http.Request, a *Answer) {
		o := a.Body.Object("pagination")
		if value == nil {
			o.Delete(name)
			return
		}
		o.Set(name, value)
	})
}
