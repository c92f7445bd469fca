package faults

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func sortFaults() []Fault {
	return slices.Concat(orderFaults(), orderValueFaults(), orderPageFaults())
}

// sorted are queries with an order.
func sorted(places ...string) when { return queries(places...).when(has("sortBy")) }

func ignoresOrder(chosen when) Wrap { return misasked(chosen, omit("sortBy", "sortOrder")) }

var (
	subAttribute = says("sortBy", ".")
	extension    = says("sortBy", "urn:")
	upward       = func(p url.Values) bool { return !strings.EqualFold(p.Get("sortOrder"), "descending") }
	downward     = equals("sortOrder", "descending")
	unordered    = lacks("sortOrder")
)

// orderFaults are about whether and in which direction there is an order.
func orderFaults() []Fault {
	return []Fault{
		{"RFC7644-3.4.2.3-01", "sortBy is ignored", ignoresOrder(sorted())},
		{"RFC7644-3.4.2.3-01", "sortBy is ignored on users", ignoresOrder(sorted("Users"))},
		{"RFC7644-3.4.2.3-01", "sortBy is ignored on groups", ignoresOrder(sorted("Groups"))},
		{"RFC7644-3.4.2.3-01", "sortBy is ignored in searches", ignoresOrder(byPost().when(has("sortBy")))},
		{"RFC7644-3.4.2.3-01", "sortBy is ignored in the URL", ignoresOrder(byGet().when(has("sortBy")))},
		{"RFC7644-3.4.2.3-01", "sortBy is ignored beside a filter", ignoresOrder(sorted().when(has("filter")))},
		{"RFC7644-3.4.2.3-01", "sortBy is ignored without a filter", ignoresOrder(sorted().when(lacks("filter")))},
		{"RFC7644-3.4.2.3-01", "sortBy of a sub-attribute is ignored", ignoresOrder(sorted().when(subAttribute))},
		{"RFC7644-3.4.2.3-01", "sortBy of an extension is ignored", ignoresOrder(sorted().when(extension))},
		{"RFC7644-3.4.2.3-01", "every sortBy is taken for userName", misasked(sorted("Users"), put("sortBy", "userName"))},
		{"RFC7644-3.4.2.3-01", "every sortBy is taken for id", misasked(sorted(), put("sortBy", "id"))},
		{"RFC7644-3.4.2.3-01", "sub-attributes are mixed up", misasked(sorted("Users").when(says("sortBy", "givenName")), put("sortBy", "name.familyName"))},
		{"RFC7644-3.4.2.3-01", "sortBy of displayName sorts by userName", misasked(sorted("Users").when(equals("sortBy", "displayName")), put("sortBy", "userName"))},
		{"RFC7644-3.4.2.3-01", "sortBy=title is ignored", ignoresOrder(sorted().when(equals("sortBy", "title")))},
		{"RFC7644-3.4.2.3-01", "sortBy=id is ignored", ignoresOrder(sorted().when(equals("sortBy", "id")))},
		{"RFC7644-3.4.2.3-01", "sortBy=userName is refused", turnsDown(sorted("Users").when(equals("sortBy", "userName")), scim.InvalidValue("no such order"))},
		{"RFC7644-3.4.2.3-01", "texts are sorted by their length", arranged(sorted(), func(p url.Values, all []*scim.Object) []*scim.Object {
			slices.SortStableFunc(all, func(a, b *scim.Object) int {
				return len(sortValue(a, p.Get("sortBy"), primaryOf)) - len(sortValue(b, p.Get("sortBy"), primaryOf))
			})
			return all
		})},
		{"RFC7644-3.4.2.3-01", "the last one sorted comes first", onPages(sorted(), rearranged(func(all []any) []any {
			if n := len(all); n > 1 {
				return append([]any{all[n-1]}, all[:n-1]...)
			}
			return all
		}))},

		{"RFC7644-3.4.2.3-02", "the default is descending", misasked(sorted().when(unordered), put("sortOrder", "descending"))},
		{"RFC7644-3.4.2.3-02", "the default is descending for groups", misasked(sorted("Groups").when(unordered), put("sortOrder", "descending"))},
		{"RFC7644-3.4.2.3-02", "the default is descending in searches", misasked(byPost().when(has("sortBy"), unordered), put("sortOrder", "descending"))},
		{"RFC7644-3.4.2.3-02", "without a sortOrder there is no order", ignoresOrder(sorted().when(unordered))},
		{"RFC7644-3.4.2.3-02", "a sortOrder is demanded", turnsDown(sorted().when(unordered), scim.InvalidValue("sortOrder is missing"))},

		{"RFC7644-3.4.2.3-03", "descending is ignored", misasked(sorted(), omit("sortOrder"))},
		{"RFC7644-3.4.2.3-03", "descending is ignored on groups", misasked(sorted("Groups"), omit("sortOrder"))},
		{"RFC7644-3.4.2.3-03", "descending is ignored in searches", misasked(byPost(), omit("sortOrder"))},
		{"RFC7644-3.4.2.3-03", "descending is ignored for sub-attributes", misasked(sorted().when(subAttribute), omit("sortOrder"))},
		{"RFC7644-3.4.2.3-03", "descending turns the order off", ignoresOrder(sorted().when(downward))},
		{"RFC7644-3.4.2.3-03", "descending turns the order off for groups", ignoresOrder(sorted("Groups").when(downward))},
		{"RFC7644-3.4.2.3-03", "descending is refused", turnsDown(sorted().when(downward), scim.InvalidValue("sortOrder is asc or desc"))},
		{"RFC7644-3.4.2.3-03", "both orders are mixed up", misasked(sorted().when(has("sortOrder")), func(p url.Values) {
			if upward(p) {
				p.Set("sortOrder", "descending")
			} else {
				p.Set("sortOrder", "ascending")
			}
		})},
		{"RFC7644-3.4.2.3-03", "descending turns round what is unsorted", both(
			onPages(sorted().when(downward), rearranged(func(all []any) []any { slices.Reverse(all); return all })), ignoresOrder(sorted().when(downward)))},

		{"RFC7644-3.4.2.3-08", "sortBy is a server error", broken(sorted())},
		{"RFC7644-3.4.2.3-08", "sortBy is a server error on groups", broken(sorted("Groups"))},
		{"RFC7644-3.4.2.3-08", "sortBy is a server error in searches", broken(byPost().when(has("sortBy")))},
		{"RFC7644-3.4.2.3-08", "sorting is declared and not implemented", turnsDown(sorted(), scim.NotImplemented("no sorting"))},
		{"RFC7644-3.4.2.3-08", "sorting is declared and refused", turnsDown(sorted(), scim.Forbidden("no sorting"))},
		{"RFC7644-3.4.2.3-08", "sorting is not declared and fails", both(broken(sorted()), declaring("sort", "supported", false))},

		{"RFC7644-3.4.2.3-09", "an unknown sortBy is a server error", broken(queries().when(says("sortBy", "sduo")))},
		{"RFC7644-3.4.2.3-09", "a complex sortBy is a server error", broken(queries().when(equals("sortBy", "name")))},
		{"RFC7644-3.4.2.3-09", "a sortBy that is no name is a server error", broken(queries().when(says("sortBy", "[")))},
		{"RFC7644-3.4.2.3-09", "an unknown sortOrder is a server error", broken(queries().when(equals("sortOrder", "sideways")))},
		{"RFC7644-3.4.2.3-09", "a sortOrder alone is a server error", broken(queries().when(has("sortOrder"), lacks("sortBy")))},

		{"RFC7644-3.4.2.3-10", "only what is returned can be sorted by", ignoresOrder(sorted().when(has("attributes")))},
		{"RFC7644-3.4.2.3-10", "what is excluded cannot be sorted by", ignoresOrder(sorted().when(has("excludedAttributes")))},
		{"RFC7644-3.4.2.3-10", "the attribute of the filter decides the order", ignoresOrder(sorted().when(says("filter", "active")))},
	}
}

// orderValueFaults are about the value that is compared, and how.
func orderValueFaults() []Fault {
	return []Fault{
		{"RFC7644-3.4.2.3-04", "capital letters come first", arranged(sorted().when(not(says("sortBy", "externalId", "meta", "emails"))), sortedBy(asItIs, primaryOf, asRight))},
		{"RFC7644-3.4.2.3-04", "capital letters come first in user names", arranged(sorted("Users").when(equals("sortBy", "userName")), sortedBy(asItIs, primaryOf, asRight))},
		{"RFC7644-3.4.2.3-04", "capital letters come first in display names", arranged(sorted("Users").when(equals("sortBy", "displayName")), sortedBy(asItIs, primaryOf, asRight))},
		{"RFC7644-3.4.2.3-04", "capital letters come first in the names of groups", arranged(sorted("Groups"), sortedBy(asItIs, primaryOf, asRight))},
		{"RFC7644-3.4.2.3-04", "case is folded for ASCII only", arranged(sorted().when(equals("sortBy", "displayName")), sortedBy(asciiLower, primaryOf, asRight))},
		{"RFC7644-3.4.2.3-04", "case-exact texts are folded", arranged(sorted().when(equals("sortBy", "externalId")), sortedBy(strings.ToLower, primaryOf, asRight))},
		{"RFC7644-3.4.2.3-04", "times have no order", ignoresOrder(sorted().when(says("sortBy", "meta.")))},
		{"RFC7644-3.4.2.3-04", "the latest time comes last in any order", misasked(sorted().when(says("sortBy", "meta.created")), omit("sortOrder"))},
		{"RFC7644-3.4.2.3-04", "lastModified sorts by created", misasked(sorted().when(says("sortBy", "lastModified")), put("sortBy", "meta.created"))},

		{"RFC7644-3.4.2.3-05", "missing values come first", arranged(sorted(), sortedBy(strings.ToLower, primaryOf, alwaysFirst))},
		{"RFC7644-3.4.2.3-05", "missing values come last", arranged(sorted(), sortedBy(strings.ToLower, primaryOf, alwaysLast))},
		{"RFC7644-3.4.2.3-05", "missing values are at the wrong end", arranged(sorted(), sortedBy(strings.ToLower, primaryOf, turned))},
		{"RFC7644-3.4.2.3-05", "missing values of groups come last", arranged(sorted("Groups"), sortedBy(strings.ToLower, primaryOf, alwaysLast))},
		{"RFC7644-3.4.2.3-05", "missing values of extensions come first", arranged(sorted().when(extension), sortedBy(strings.ToLower, primaryOf, alwaysFirst))},
		{"RFC7644-3.4.2.3-05", "missing values of sub-attributes come first", arranged(sorted().when(subAttribute), sortedBy(strings.ToLower, primaryOf, alwaysFirst))},
		{"RFC7644-3.4.2.3-05", "who lacks the attribute is left out", arranged(sorted(), havingValue)},
		{"RFC7644-3.4.2.3-05", "who lacks the attribute is left out of a descending order", arranged(sorted().when(downward), havingValue)},
		{"RFC7644-3.4.2.3-05", "groups that lack the attribute are left out", arranged(sorted("Groups"), havingValue)},

		{"RFC7644-3.4.2.3-06", "the first value counts", arranged(sorted().when(says("sortBy", "emails")), sortedBy(strings.ToLower, firstOf, asRight))},
		{"RFC7644-3.4.2.3-06", "the last value counts", arranged(sorted().when(says("sortBy", "emails")), sortedBy(strings.ToLower, lastOf, asRight))},
		{"RFC7644-3.4.2.3-06", "the smallest value counts", arranged(sorted().when(says("sortBy", "emails")), sortedBy(strings.ToLower, smallestOf, asRight))},
		{"RFC7644-3.4.2.3-06", "the first value counts in descending order", arranged(sorted().when(says("sortBy", "emails"), downward), sortedBy(strings.ToLower, firstOf, asRight))},
		{"RFC7644-3.4.2.3-06", "multi-valued attributes have no order", ignoresOrder(sorted().when(says("sortBy", "emails")))},
	}
}

// orderPageFaults are about an order over several pages.
func orderPageFaults() []Fault {
	return []Fault{
		{"RFC7644-3.4.2.3-07", "only the page is sorted", pageSorted(sorted())},
		{"RFC7644-3.4.2.3-07", "only the page is sorted, of groups", pageSorted(sorted("Groups"))},
		{"RFC7644-3.4.2.3-07", "only the page is sorted, in searches", pageSorted(byPost().when(has("sortBy")))},
		{"RFC7644-3.4.2.3-07", "only the first page is sorted", ignoresOrder(sorted().when(amounts("startIndex", above(1))))},
		{"RFC7644-3.4.2.3-07", "later pages are ascending", misasked(sorted().when(amounts("startIndex", above(1))), omit("sortOrder"))},
		{"RFC7644-3.4.2.3-07", "equal values change places from page to page", shuffled(sorted())},
		{"RFC7644-3.4.2.3-07", "sorted pages do not begin where they should", misasked(sorted().when(amounts("startIndex", above(1))), counted("startIndex", func(n int) int { return n + 1 }))},
		{"RFC7644-3.4.2.3-07", "a sorted list has one page", misasked(sorted().when(amounts("startIndex", above(1))), put("startIndex", "1"))},
		{"RFC7644-3.4.2.3-07", "windows of a descending order are cut from the ascending one", both(
			onPages(sorted().when(downward), rearranged(func(all []any) []any { slices.Reverse(all); return all })),
			misasked(sorted().when(downward), omit("sortOrder")))},
	}
}

func havingValue(p url.Values, all []*scim.Object) []*scim.Object {
	return slices.DeleteFunc(all, func(o *scim.Object) bool { return sortValue(o, p.Get("sortBy"), primaryOf) == "" })
}

// pageSorted cuts the page first and sorts it then.
func pageSorted(chosen when) Wrap {
	return both(answers(chosen, func(r *http.Request, a *answer) {
		p := parametersOf(r)
		shown := sortedBy(strings.ToLower, primaryOf, asRight)(p, a.resources())
		all := make([]any, len(shown))
		for i, o := range shown {
			all[i] = o
		}
		a.body.Set("Resources", all)
	}), ignoringOrderKept)
}

// ignoringOrderKept hands on a copy of the request that has no order.
func ignoringOrderKept(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, copied(r, omit("sortBy", "sortOrder")))
	})
}

// shuffled rotates, with every request, those of the same value among themselves.
func shuffled(chosen when) Wrap {
	return func(next http.Handler) http.Handler {
		var turn atomic.Int64
		return arranged(chosen, func(p url.Values, all []*scim.Object) []*scim.Object {
			n := int(turn.Add(1)) % max(len(all), 1)
			rotated := append(slices.Clone(all[n:]), all[:n]...)
			return sortedBy(strings.ToLower, primaryOf, asRight)(p, rotated)
		})(next)
	}
}

func not(t parameterTest) parameterTest { return func(p url.Values) bool { return !t(p) } }

// declaring changes what /ServiceProviderConfig says of one feature.
func declaring(feature, name string, value any) Wrap {
	return answers(at("GET", "/ServiceProviderConfig"), func(_ *http.Request, a *answer) {
		if o := a.body.Object(feature); o != nil {
			o.Set(name, value)
		}
	})
}
