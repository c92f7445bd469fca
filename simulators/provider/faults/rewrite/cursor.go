package rewrite

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// PageByPosition pages by cursors that are positions: "p3" for what comes after
// the third. read may change the parameters.
func PageByPosition(chosen When, read func(start int, p url.Values)) Wrap {
	return Handle(chosen, func(next http.Handler, r *http.Request) *Answer {
		start := 0
		a := Serve(next, CopyWith(r, func(p url.Values) {
			start, _ = strconv.Atoi(strings.TrimPrefix(p.Get("cursor"), "p"))
			p.Del("cursor")
			p.Set("startIndex", strconv.Itoa(start+1))
			if read != nil {
				read(start, p)
			}
		}))
		if end := start + SizeOf(a); a.OK() && end < WholeOf(a) && SizeOf(a) > 0 {
			a.Body.Set("nextCursor", "p"+strconv.Itoa(end))
		}
		a.Body.Delete("startIndex")
		return a
	})
}

// KeepFirstCount hands the provider the count of the first page of a filter with every
// further page of it.
func KeepFirstCount() Wrap {
	return Stateful(func() Wrap {
		var first sync.Map // by filter
		return Handle(Anywhere, func(_ http.Handler, r *http.Request) *Answer {
			p := ParametersOf(r)
			if Begun()(r) {
				first.Store(p.Get("filter"), p.Get("count"))
			}
			if count, ok := first.Load(p.Get("filter")); ok && Continued()(r) {
				p.Set("count", count.(string))
				SetParameters(r, p)
			}
			return nil
		})
	})
}

// AskOtherwiseIfRefused asks again with other parameters if a query is refused
// with this scimType.
func AskOtherwiseIfRefused(chosen When, scimType string, change ParameterEdit) Wrap {
	return Handle(chosen, func(next http.Handler, r *http.Request) *Answer {
		other := CopyWith(r, change)
		a := Serve(next, r)
		if a.Body.String("scimType") == scimType {
			a = Serve(next, other)
		}
		return a
	})
}

// ErrorBecomes turns errors with this scimType into another error.
func ErrorBecomes(chosen When, from string, e *scim.Error) Wrap {
	return Answers(chosen, func(_ *http.Request, a *Answer) {
		if a.Body.String("scimType") == from {
			a.Refuse(e)
		}
	})
}
