package rfc7644

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// sortFaults violate features/rfc7644/3.4.2.3_sort.feature.
func sortFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.4.2.3-01", "sortBy is ignored", rewrite.IgnoreOrder(sorted())},
		{"RFC7644-3.4.2.3-01", "sortBy is ignored on users", rewrite.IgnoreOrder(sorted("Users"))},
		{"RFC7644-3.4.2.3-01", "sortBy is ignored on groups", rewrite.IgnoreOrder(sorted("Groups"))},
		{"RFC7644-3.4.2.3-01", "sortBy is ignored in searches", rewrite.IgnoreOrder(rewrite.ByPost().And(rewrite.Has("sortBy")))},
		{"RFC7644-3.4.2.3-01", "sortBy is ignored in the URL", rewrite.IgnoreOrder(rewrite.ByGet().And(rewrite.Has("sortBy")))},
		{"RFC7644-3.4.2.3-01", "sortBy is ignored beside a filter", rewrite.IgnoreOrder(sorted().And(rewrite.Has("filter")))},
		{"RFC7644-3.4.2.3-01", "sortBy is ignored without a filter", rewrite.IgnoreOrder(sorted().And(rewrite.Lacks("filter")))},
		{"RFC7644-3.4.2.3-01", "sortBy of a sub-attribute is ignored", rewrite.IgnoreOrder(sorted().And(subAttribute))},
		{"RFC7644-3.4.2.3-01", "sortBy of an extension is ignored", rewrite.IgnoreOrder(sorted().And(extension))},
		{"RFC7644-3.4.2.3-01", "every sortBy is taken for userName", rewrite.EditParameters(sorted("Users"), rewrite.SetParameter("sortBy", "userName"))},
		{"RFC7644-3.4.2.3-01", "every sortBy is taken for id", rewrite.EditParameters(sorted(), rewrite.SetParameter("sortBy", "id"))},
		{"RFC7644-3.4.2.3-01", "sub-attributes are mixed up", rewrite.EditParameters(sorted("Users").And(rewrite.Says("sortBy", "givenName")), rewrite.SetParameter("sortBy", "name.familyName"))},
		{"RFC7644-3.4.2.3-01", "sortBy of displayName sorts by userName", rewrite.EditParameters(sorted("Users").And(rewrite.Equals("sortBy", "displayName")), rewrite.SetParameter("sortBy", "userName"))},
		{"RFC7644-3.4.2.3-01", "sortBy=title is ignored", rewrite.IgnoreOrder(sorted().And(rewrite.Equals("sortBy", "title")))},
		{"RFC7644-3.4.2.3-01", "sortBy=id is ignored", rewrite.IgnoreOrder(sorted().And(rewrite.Equals("sortBy", "id")))},
		{"RFC7644-3.4.2.3-01", "sortBy=userName is refused", rewrite.RefuseAll(sorted("Users").And(rewrite.Equals("sortBy", "userName")), scim.InvalidValue("no such order"))},
		{"RFC7644-3.4.2.3-01", "texts are sorted by their length", rewrite.Rearrange(sorted(), func(p url.Values, all []*scim.Object) []*scim.Object {
			slices.SortStableFunc(all, func(a, b *scim.Object) int {
				return len(rewrite.SortValue(a, p.Get("sortBy"), rewrite.PrimaryOf)) - len(rewrite.SortValue(b, p.Get("sortBy"), rewrite.PrimaryOf))
			})
			return all
		})},
		{"RFC7644-3.4.2.3-01", "the last one sorted comes first", rewrite.OnPages(sorted(), rewrite.EditResources(func(all []any) []any {
			if n := len(all); n > 1 {
				return append([]any{all[n-1]}, all[:n-1]...)
			}
			return all
		}))},

		{"RFC7644-3.4.2.3-02", "the default is descending", rewrite.EditParameters(sorted().And(unordered), rewrite.SetParameter("sortOrder", "descending"))},
		{"RFC7644-3.4.2.3-02", "the default is descending for groups", rewrite.EditParameters(sorted("Groups").And(unordered), rewrite.SetParameter("sortOrder", "descending"))},
		{"RFC7644-3.4.2.3-02", "the default is descending in searches", rewrite.EditParameters(rewrite.ByPost().And(rewrite.Has("sortBy"), unordered), rewrite.SetParameter("sortOrder", "descending"))},
		{"RFC7644-3.4.2.3-02", "without a sortOrder there is no order", rewrite.IgnoreOrder(sorted().And(unordered))},
		{"RFC7644-3.4.2.3-02", "a sortOrder is demanded", rewrite.RefuseAll(sorted().And(unordered), scim.InvalidValue("sortOrder is missing"))},

		{"RFC7644-3.4.2.3-03", "descending is ignored", rewrite.EditParameters(sorted(), rewrite.OmitParameters("sortOrder"))},
		{"RFC7644-3.4.2.3-03", "descending is ignored on groups", rewrite.EditParameters(sorted("Groups"), rewrite.OmitParameters("sortOrder"))},
		{"RFC7644-3.4.2.3-03", "descending is ignored in searches", rewrite.EditParameters(rewrite.ByPost(), rewrite.OmitParameters("sortOrder"))},
		{"RFC7644-3.4.2.3-03", "descending is ignored for sub-attributes", rewrite.EditParameters(sorted().And(subAttribute), rewrite.OmitParameters("sortOrder"))},
		{"RFC7644-3.4.2.3-03", "descending turns the order off", rewrite.IgnoreOrder(sorted().And(downward))},
		{"RFC7644-3.4.2.3-03", "descending turns the order off for groups", rewrite.IgnoreOrder(sorted("Groups").And(downward))},
		{"RFC7644-3.4.2.3-03", "descending is refused", rewrite.RefuseAll(sorted().And(downward), scim.InvalidValue("sortOrder is asc or desc"))},
		{"RFC7644-3.4.2.3-03", "both orders are mixed up", rewrite.EditParameters(sorted().And(rewrite.Has("sortOrder")), func(p url.Values) {
			if upward(p) {
				p.Set("sortOrder", "descending")
			} else {
				p.Set("sortOrder", "ascending")
			}
		})},
		{"RFC7644-3.4.2.3-03", "descending reverses an unsorted list", rewrite.InTurn(
			rewrite.OnPages(sorted().And(downward), rewrite.EditResources(func(all []any) []any { slices.Reverse(all); return all })), rewrite.IgnoreOrder(sorted().And(downward)))},

		{"RFC7644-3.4.2.3-04", "capital letters come first", rewrite.Rearrange(sorted().And(rewrite.Not(rewrite.Says("sortBy", "externalId", "meta", "emails"))), rewrite.SortBy(asItIs, rewrite.PrimaryOf, rewrite.AsRight))},
		{"RFC7644-3.4.2.3-04", "capital letters come first in user names", rewrite.Rearrange(sorted("Users").And(rewrite.Equals("sortBy", "userName")), rewrite.SortBy(asItIs, rewrite.PrimaryOf, rewrite.AsRight))},
		{"RFC7644-3.4.2.3-04", "capital letters come first in display names", rewrite.Rearrange(sorted("Users").And(rewrite.Equals("sortBy", "displayName")), rewrite.SortBy(asItIs, rewrite.PrimaryOf, rewrite.AsRight))},
		{"RFC7644-3.4.2.3-04", "capital letters come first in the names of groups", rewrite.Rearrange(sorted("Groups"), rewrite.SortBy(asItIs, rewrite.PrimaryOf, rewrite.AsRight))},
		{"RFC7644-3.4.2.3-04", "case is folded for ASCII only", rewrite.Rearrange(sorted().And(rewrite.Equals("sortBy", "displayName")), rewrite.SortBy(asciiLower, rewrite.PrimaryOf, rewrite.AsRight))},
		{"RFC7644-3.4.2.3-04", "case-exact texts are folded", rewrite.Rearrange(sorted().And(rewrite.Equals("sortBy", "externalId")), rewrite.SortBy(strings.ToLower, rewrite.PrimaryOf, rewrite.AsRight))},
		{"RFC7644-3.4.2.3-04", "times have no order", rewrite.IgnoreOrder(sorted().And(rewrite.Says("sortBy", "meta.")))},
		{"RFC7644-3.4.2.3-04", "the latest time comes last in any order", rewrite.EditParameters(sorted().And(rewrite.Says("sortBy", "meta.created")), rewrite.OmitParameters("sortOrder"))},
		{"RFC7644-3.4.2.3-04", "lastModified sorts by created", rewrite.EditParameters(sorted().And(rewrite.Says("sortBy", "lastModified")), rewrite.SetParameter("sortBy", "meta.created"))},

		{"RFC7644-3.4.2.3-05", "missing values come first", rewrite.Rearrange(sorted(), rewrite.SortBy(strings.ToLower, rewrite.PrimaryOf, alwaysFirst))},
		{"RFC7644-3.4.2.3-05", "missing values come last", rewrite.Rearrange(sorted(), rewrite.SortBy(strings.ToLower, rewrite.PrimaryOf, alwaysLast))},
		{"RFC7644-3.4.2.3-05", "missing values are at the wrong end", rewrite.Rearrange(sorted(), rewrite.SortBy(strings.ToLower, rewrite.PrimaryOf, turned))},
		{"RFC7644-3.4.2.3-05", "missing values of groups come last", rewrite.Rearrange(sorted("Groups"), rewrite.SortBy(strings.ToLower, rewrite.PrimaryOf, alwaysLast))},
		{"RFC7644-3.4.2.3-05", "missing values of extensions come first", rewrite.Rearrange(sorted().And(extension), rewrite.SortBy(strings.ToLower, rewrite.PrimaryOf, alwaysFirst))},
		{"RFC7644-3.4.2.3-05", "missing values of sub-attributes come first", rewrite.Rearrange(sorted().And(subAttribute), rewrite.SortBy(strings.ToLower, rewrite.PrimaryOf, alwaysFirst))},
		{"RFC7644-3.4.2.3-05", "resources without the attribute are left out", rewrite.Rearrange(sorted(), havingValue)},
		{"RFC7644-3.4.2.3-05", "resources without the attribute are left out of a descending order", rewrite.Rearrange(sorted().And(downward), havingValue)},
		{"RFC7644-3.4.2.3-05", "groups that lack the attribute are left out", rewrite.Rearrange(sorted("Groups"), havingValue)},

		{"RFC7644-3.4.2.3-06", "the first value counts", rewrite.Rearrange(sorted().And(rewrite.Says("sortBy", "emails")), rewrite.SortBy(strings.ToLower, firstOf, rewrite.AsRight))},
		{"RFC7644-3.4.2.3-06", "the last value counts", rewrite.Rearrange(sorted().And(rewrite.Says("sortBy", "emails")), rewrite.SortBy(strings.ToLower, lastOf, rewrite.AsRight))},
		{"RFC7644-3.4.2.3-06", "the smallest value counts", rewrite.Rearrange(sorted().And(rewrite.Says("sortBy", "emails")), rewrite.SortBy(strings.ToLower, smallestOf, rewrite.AsRight))},
		{"RFC7644-3.4.2.3-06", "the first value counts in descending order", rewrite.Rearrange(sorted().And(rewrite.Says("sortBy", "emails"), downward), rewrite.SortBy(strings.ToLower, firstOf, rewrite.AsRight))},
		{"RFC7644-3.4.2.3-06", "multi-valued attributes have no order", rewrite.IgnoreOrder(sorted().And(rewrite.Says("sortBy", "emails")))},

		{"RFC7644-3.4.2.3-07", "only the page is sorted", rewrite.SortPageOnly(sorted())},
		{"RFC7644-3.4.2.3-07", "only the page is sorted, of groups", rewrite.SortPageOnly(sorted("Groups"))},
		{"RFC7644-3.4.2.3-07", "only the page is sorted, in searches", rewrite.SortPageOnly(rewrite.ByPost().And(rewrite.Has("sortBy")))},
		{"RFC7644-3.4.2.3-07", "only the first page is sorted", rewrite.IgnoreOrder(sorted().And(rewrite.Amounts("startIndex", rewrite.Above(1))))},
		{"RFC7644-3.4.2.3-07", "later pages are ascending", rewrite.EditParameters(sorted().And(rewrite.Amounts("startIndex", rewrite.Above(1))), rewrite.OmitParameters("sortOrder"))},
		{"RFC7644-3.4.2.3-07", "equal values change places from page to page", shuffled(sorted())},
		{"RFC7644-3.4.2.3-07", "sorted pages do not begin where they should", rewrite.EditParameters(sorted().And(rewrite.Amounts("startIndex", rewrite.Above(1))), rewrite.EditNumber("startIndex", func(n int) int { return n + 1 }))},
		{"RFC7644-3.4.2.3-07", "a sorted list has one page", rewrite.EditParameters(sorted().And(rewrite.Amounts("startIndex", rewrite.Above(1))), rewrite.SetParameter("startIndex", "1"))},
		{"RFC7644-3.4.2.3-07", "windows of a descending order are cut from the ascending one", rewrite.InTurn(
			rewrite.OnPages(sorted().And(downward), rewrite.EditResources(func(all []any) []any { slices.Reverse(all); return all })),
			rewrite.EditParameters(sorted().And(downward), rewrite.OmitParameters("sortOrder")))},

		{"RFC7644-3.4.2.3-08", "sortBy is a server error", rewrite.Break(sorted())},
		{"RFC7644-3.4.2.3-08", "sortBy is a server error on groups", rewrite.Break(sorted("Groups"))},
		{"RFC7644-3.4.2.3-08", "sortBy is a server error in searches", rewrite.Break(rewrite.ByPost().And(rewrite.Has("sortBy")))},
		{"RFC7644-3.4.2.3-08", "sorting is declared and not implemented", rewrite.RefuseAll(sorted(), scim.NotImplemented("no sorting"))},
		{"RFC7644-3.4.2.3-08", "sorting is declared and refused", rewrite.RefuseAll(sorted(), scim.Forbidden("no sorting"))},
		{"RFC7644-3.4.2.3-08", "sorting is not declared and fails", rewrite.InTurn(rewrite.Break(sorted()), rewrite.SetConfig("sort", "supported", false))},

		{"RFC7644-3.4.2.3-09", "an unknown sortBy is a server error", rewrite.Break(rewrite.Queries().And(rewrite.Says("sortBy", "sduo")))},
		{"RFC7644-3.4.2.3-09", "a complex sortBy is a server error", rewrite.Break(rewrite.Queries().And(rewrite.Equals("sortBy", "name")))},
		{"RFC7644-3.4.2.3-09", "a sortBy that is no name is a server error", rewrite.Break(rewrite.Queries().And(rewrite.Says("sortBy", "[")))},
		{"RFC7644-3.4.2.3-09", "an unknown sortOrder is a server error", rewrite.Break(rewrite.Queries().And(rewrite.Equals("sortOrder", "sideways")))},
		{"RFC7644-3.4.2.3-09", "a sortOrder alone is a server error", rewrite.Break(rewrite.Queries().And(rewrite.Has("sortOrder"), rewrite.Lacks("sortBy")))},

		{"RFC7644-3.4.2.3-10", "only returned attributes can be sorted by", rewrite.IgnoreOrder(sorted().And(rewrite.Has("attributes")))},
		{"RFC7644-3.4.2.3-10", "excluded attributes cannot be sorted by", rewrite.IgnoreOrder(sorted().And(rewrite.Has("excludedAttributes")))},
		{"RFC7644-3.4.2.3-10", "the attribute of the filter decides the order", rewrite.IgnoreOrder(sorted().And(rewrite.Says("filter", "active")))},
	}
}

// sorted are queries with an order.
func sorted(places ...string) rewrite.When {
	return rewrite.Queries(places...).And(rewrite.Has("sortBy"))
}

var (
	subAttribute = rewrite.Says("sortBy", ".")
	extension    = rewrite.Says("sortBy", "urn:")
	upward       = func(p url.Values) bool { return !strings.EqualFold(p.Get("sortOrder"), "descending") }
	downward     = rewrite.Equals("sortOrder", "descending")
	unordered    = rewrite.Lacks("sortOrder")
)

func havingValue(p url.Values, all []*scim.Object) []*scim.Object {
	return slices.DeleteFunc(all, func(o *scim.Object) bool { return rewrite.SortValue(o, p.Get("sortBy"), rewrite.PrimaryOf) == "" })
}

// shuffled rotates, with every request, those of the same value among themselves.
func shuffled(chosen rewrite.When) rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var turn atomic.Int64
		return rewrite.Rearrange(chosen, func(p url.Values, all []*scim.Object) []*scim.Object {
			n := int(turn.Add(1)) % max(len(all), 1)
			rotated := append(slices.Clone(all[n:]), all[:n]...)
			return rewrite.SortBy(strings.ToLower, rewrite.PrimaryOf, rewrite.AsRight)(p, rotated)
		})
	})
}

func firstOf(list []any) any { return list[0] }

func lastOf(list []any) any { return list[len(list)-1] }

func smallestOf(list []any) any {
	return slices.MinFunc(list, func(a, b any) int { return cmp.Compare(rewrite.ElementValue(a), rewrite.ElementValue(b)) })
}

func alwaysFirst(bool) int { return -1 }

func alwaysLast(bool) int { return 1 }

func turned(descending bool) int { return -rewrite.AsRight(descending) }

func asItIs(s string) string { return s }

func asciiLower(s string) string { return strings.Map(lowerASCII, s) }

func lowerASCII(r rune) rune {
	if r >= 'A' && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}
