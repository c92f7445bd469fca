package faults

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// arranged lets the provider find, sort and project the whole result, puts it
// into another order, and cuts the page that was asked for. arrange gets the
// resources with all their attributes.
//
//go:noinline
func arranged(chosen when, arrange func(p url.Values, all []*scim.Object) []*scim.Object) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			p := parametersOf(r)
			if !chosen(r) || p.Has("cursor") {
				next.ServeHTTP(w, r)
				return
			}
			full := serve(next, wholeQuery(r, "attributes", "excludedAttributes"))
			a := serve(next, wholeQuery(r))
			if full.ok() && a.ok() {
				a.paginate(p, arrange(p, full.resources()))
			}
			a.send(w)
		})
	}
}

// wholeQuery is the query for the whole result, without some parameters.
func wholeQuery(r *http.Request, without ...string) *http.Request {
	return copied(r, func(p url.Values) {
		omit(without...)(p)
		p.Set("startIndex", "1")
		p.Set("count", "200")
	})
}

// paginate shows the page of this order that was asked for, each resource as the
// answer has it.
func (a *answer) paginate(p url.Values, order []*scim.Object) {
	shown := map[string]any{}
	for _, o := range a.resources() {
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
	a.body.Set("Resources", page)
	a.body.Set("startIndex", number(start))
	a.body.Set("itemsPerPage", number(len(page)))
	a.body.Set("totalResults", number(len(order)))
}

// sortValue is what a resource is sorted by, as text; choose picks from a list.
func sortValue(o *scim.Object, by string, choose func(list []any) any) string {
	if urn, name, ok := cutURN(by); ok {
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
	return textOf(v)
}

func cutURN(path string) (urn, name string, ok bool) {
	i := strings.LastIndex(path, ":")
	if i < 0 {
		return "", path, false
	}
	return path[:i], path[i+1:], true
}

func primaryOf(list []any) any {
	for _, e := range list {
		if o, ok := e.(*scim.Object); ok && mustGet(o, "primary") == true {
			return e
		}
	}
	return list[0]
}

func firstOf(list []any) any { return list[0] }
func lastOf(list []any) any  { return list[len(list)-1] }

func smallestOf(list []any) any {
	return slices.MinFunc(list, func(a, b any) int { return cmp.Compare(valueIn(a), valueIn(b)) })
}

func valueIn(e any) string {
	o, _ := e.(*scim.Object)
	return o.String("value")
}

// sortedBy is an order of its own, in which fold makes a text comparable and
// missing values stand where absent says: -1 for first, 1 for last.
//
//go:noinline
func sortedBy(fold func(string) string, choose func([]any) any, absent func(descending bool) int) func(url.Values, []*scim.Object) []*scim.Object {
	return func(p url.Values, all []*scim.Object) []*scim.Object {
		descending := strings.EqualFold(p.Get("sortOrder"), "descending")
		slices.SortStableFunc(all, func(x, y *scim.Object) int {
			a, b := sortValue(x, p.Get("sortBy"), choose), sortValue(y, p.Get("sortBy"), choose)
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

// asRight is where missing values belong.
func asRight(descending bool) int {
	if descending {
		return -1
	}
	return 1
}

func alwaysFirst(bool) int       { return -1 }
func alwaysLast(bool) int        { return 1 }
func turned(descending bool) int { return -asRight(descending) }
func asItIs(s string) string     { return s }
func asciiLower(s string) string { return strings.Map(lowerASCII, s) }
func lowerASCII(r rune) rune {
	if r >= 'A' && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}
