package rewrite

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// IgnoreOrder hands the provider a query without sortBy and sortOrder.
func IgnoreOrder(chosen When) Wrap {
	return EditParameters(chosen, OmitParameters("sortBy", "sortOrder"))
}

// Rearrange lets the provider find and project the whole result, orders it anew,
// and cuts the page that was asked for. arrange gets the resources with all their
// attributes.
func Rearrange(chosen When, arrange func(p url.Values, all []*scim.Object) []*scim.Object) Wrap {
	return Handle(Anywhere, func(next http.Handler, r *http.Request) *Answer {
		p := ParametersOf(r)
		if !chosen(r) || p.Has("cursor") {
			return nil
		}
		full := Serve(next, wholeQuery(r, "attributes", "excludedAttributes"))
		a := Serve(next, wholeQuery(r))
		if full.OK() && a.OK() {
			a.paginate(p, arrange(p, full.Resources()))
		}
		return a
	})
}

// SortBy orders resources. fold makes a text comparable, choose picks the value
// of a list, and absent says where missing values stand: -1 for first, 1 for
// last.
func SortBy(fold func(string) string, choose func([]any) any, absent func(descending bool) int) func(url.Values, []*scim.Object) []*scim.Object {
	return func(p url.Values, all []*scim.Object) []*scim.Object {
		descending := strings.EqualFold(p.Get("sortOrder"), "descending")
		slices.SortStableFunc(all, func(x, y *scim.Object) int {
			a, b := SortValue(x, p.Get("sortBy"), choose), SortValue(y, p.Get("sortBy"), choose)
			switch {
			case (a == "") != (b == ""):
				if a == "" {
					return absent(descending)
				}
				return -absent(descending)
			case descending:
				return cmp.Compare(fold(b), fold(a))
			}
			return cmp.Compare(fold(a), fold(b))
		})
		return all
	}
}

// SortPageOnly cuts the page first and sorts it then.
func SortPageOnly(chosen When) Wrap {
	return InTurn(Answers(chosen, func(r *http.Request, a *Answer) {
		p := ParametersOf(r)
		shown := SortBy(strings.ToLower, PrimaryOf, AsRight)(p, a.Resources())
		all := make([]any, len(shown))
		for i, o := range shown {
			all[i] = o
		}
		a.Body.Set("Resources", all)
	}), ignoringOrderKept())
}

// AsRight is where missing values belong: last if ascending, first if descending.
func AsRight(descending bool) int {
	if descending {
		return -1
	}
	return 1
}

// SortValue is what a resource is sorted by, as text; choose picks the value of a
// list.
func SortValue(o *scim.Object, by string, choose func(list []any) any) string {
	if urn, name, ok := CutURN(by); ok {
		if inner := o.Object(urn); inner != nil {
			o = inner
		}
		by = name
	}
	name, sub, _ := strings.Cut(by, ".")
	v, _ := o.Get(name)
	if list, ok := v.([]any); ok {
		if v = nil; len(list) > 0 {
			v = choose(list)
		}
	}
	if inner, ok := v.(*scim.Object); ok {
		v, _ = inner.Get(cmp.Or(sub, "value"))
	}
	if v == nil {
		return ""
	}
	return TextOf(v)
}

// PrimaryOf picks the primary value, or else the first.
func PrimaryOf(list []any) any {
	for _, e := range list {
		if o, ok := e.(*scim.Object); ok && Value(o, "primary") == true {
			return e
		}
	}
	return list[0]
}

// CutURN separates the URN from the name of an attribute.
func CutURN(path string) (urn, name string, ok bool) {
	i := strings.LastIndex(path, ":")
	if i < 0 {
		return "", path, false
	}
	return path[:i], path[i+1:], true
}

// ignoringOrderKept hands on a copy of the request without an order.
func ignoringOrderKept() Wrap {
	return Handle(Anywhere, func(next http.Handler, r *http.Request) *Answer {
		return Serve(next, CopyWith(r, OmitParameters("sortBy", "sortOrder")))
	})
}

// wholeQuery is the query for the whole result, without some parameters.
func wholeQuery(r *http.Request, without ...string) *http.Request {
	return CopyWith(r, func(p url.Values) {
		OmitParameters(without...)(p)
		p.Set("startIndex", "1")
		p.Set("count", "200")
	})
}

// paginate shows the page that was asked for, in this order.
func (a *Answer) paginate(p url.Values, order []*scim.Object) {
	shown := map[string]any{}
	for _, o := range a.Resources() {
		shown[o.String("id")] = o
	}
	start, err := strconv.Atoi(p.Get("startIndex"))
	start = max(start, 1)
	count, noCount := strconv.Atoi(p.Get("count"))
	if err != nil {
		start = 1
	}
	if noCount != nil {
		count = 100
	}
	page := []any{}
	for i := start - 1; i < len(order) && len(page) < count; i++ {
		page = append(page, shown[order[i].String("id")])
	}
	a.Body.Set("Resources", page)
	a.Body.Set("startIndex", Number(start))
	a.Body.Set("itemsPerPage", Number(len(page)))
	a.Body.Set("totalResults", Number(len(order)))
}
