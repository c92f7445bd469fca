package rfc7644

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// pageFaults violate features/rfc7644/3.4.2.4_page.feature.
func pageFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.4.2.4-01", "startIndex 0 is refused", rewrite.RefuseAll(rewrite.Queries().And(rewrite.Amounts("startIndex", rewrite.Exactly(0))), scim.InvalidValue("startIndex begins with 1"))},
		{"RFC7644-3.4.2.4-01", "a negative startIndex is refused", rewrite.RefuseAll(rewrite.Queries().And(rewrite.Amounts("startIndex", rewrite.Below(0))), scim.InvalidValue("startIndex begins with 1"))},
		{"RFC7644-3.4.2.4-01", "a negative startIndex is a server error", rewrite.Break(rewrite.Queries().And(rewrite.Amounts("startIndex", rewrite.Below(0))))},
		{"RFC7644-3.4.2.4-01", "startIndex 0 shows nothing", rewrite.EditParameters(rewrite.Queries().And(nonPositive), rewrite.SetParameter("count", "0"))},
		{"RFC7644-3.4.2.4-01", "startIndex 0 means 2", rewrite.EditParameters(rewrite.Queries().And(rewrite.Amounts("startIndex", rewrite.Exactly(0))), rewrite.SetParameter("startIndex", "2"))},
		{"RFC7644-3.4.2.4-01", "a negative startIndex counts from the end", rewrite.EditParameters(rewrite.Queries().And(rewrite.Amounts("startIndex", rewrite.Below(0))), rewrite.EditNumber("startIndex", func(n int) int { return 13 + n }))},
		{"RFC7644-3.4.2.4-01", "a negative startIndex loses its sign", rewrite.EditParameters(rewrite.Queries().And(rewrite.Amounts("startIndex", rewrite.Below(0))), rewrite.EditNumber("startIndex", func(n int) int { return 1 - n }))},
		{"RFC7644-3.4.2.4-01", "startIndex 0 is refused on groups", rewrite.RefuseAll(rewrite.Queries("Groups").And(nonPositive), scim.InvalidValue("startIndex begins with 1"))},
		{"RFC7644-3.4.2.4-01", "startIndex 0 makes the page one shorter", rewrite.EditParameters(rewrite.Queries().And(nonPositive), rewrite.EditNumber("count", func(n int) int { return n - 1 }))},
		{"RFC7644-3.4.2.4-01", "a negative startIndex is refused in searches", rewrite.RefuseAll(rewrite.ByPost().And(nonPositive), scim.InvalidValue("startIndex begins with 1"))},

		{"RFC7644-3.4.2.4-02", "count is ignored", rewrite.EditParameters(rewrite.Queries(), rewrite.OmitParameters("count"))},
		{"RFC7644-3.4.2.4-02", "count is ignored on users", rewrite.EditParameters(rewrite.Queries("Users"), rewrite.OmitParameters("count"))},
		{"RFC7644-3.4.2.4-02", "count is ignored on groups", rewrite.EditParameters(rewrite.Queries("Groups"), rewrite.OmitParameters("count"))},
		{"RFC7644-3.4.2.4-02", "count is ignored in searches", rewrite.EditParameters(rewrite.ByPost(), rewrite.OmitParameters("count"))},
		{"RFC7644-3.4.2.4-02", "count is ignored beside a filter", rewrite.EditParameters(rewrite.Queries().And(rewrite.Has("filter")), rewrite.OmitParameters("count"))},
		{"RFC7644-3.4.2.4-02", "count is ignored without a filter", rewrite.EditParameters(rewrite.Queries().And(rewrite.Lacks("filter")), rewrite.OmitParameters("count"))},
		{"RFC7644-3.4.2.4-02", "a page has one more than count", rewrite.EditParameters(rewrite.Queries(), rewrite.EditNumber("count", func(n int) int { return n + 1 }))},
		{"RFC7644-3.4.2.4-02", "a page has twice as many as count", rewrite.EditParameters(rewrite.Queries(), rewrite.EditNumber("count", func(n int) int { return 2 * n }))},
		{"RFC7644-3.4.2.4-02", "count is ignored on later pages", rewrite.EditParameters(rewrite.Queries().And(startsLater), rewrite.OmitParameters("count"))},
		{"RFC7644-3.4.2.4-02", "count 1 is taken for none", rewrite.EditParameters(rewrite.Queries().And(rewrite.Amounts("count", rewrite.Exactly(1))), rewrite.OmitParameters("count"))},
		{"RFC7644-3.4.2.4-02", "a page has ten at least", rewrite.EditParameters(rewrite.Queries(), rewrite.EditNumber("count", func(n int) int { return max(n, 10) }))},

		{"RFC7644-3.4.2.4-03", "a negative count is refused", rewrite.RefuseAll(rewrite.Queries().And(rewrite.MinusCount), scim.InvalidValue("count is negative"))},
		{"RFC7644-3.4.2.4-03", "a negative count is refused on groups", rewrite.RefuseAll(rewrite.Queries("Groups").And(rewrite.MinusCount), scim.InvalidValue("count is negative"))},
		{"RFC7644-3.4.2.4-03", "a negative count is refused in searches", rewrite.RefuseAll(rewrite.ByPost().And(rewrite.MinusCount), scim.InvalidValue("count is negative"))},
		{"RFC7644-3.4.2.4-03", "a negative count is a server error", rewrite.Break(rewrite.Queries().And(rewrite.MinusCount))},
		{"RFC7644-3.4.2.4-03", "a negative count means no limit", rewrite.EditParameters(rewrite.Queries().And(rewrite.MinusCount), rewrite.OmitParameters("count"))},
		{"RFC7644-3.4.2.4-03", "a negative count means 1", rewrite.EditParameters(rewrite.Queries().And(rewrite.MinusCount), rewrite.SetParameter("count", "1"))},
		{"RFC7644-3.4.2.4-03", "a negative count loses its sign", rewrite.EditParameters(rewrite.Queries().And(rewrite.MinusCount), rewrite.EditNumber("count", func(n int) int { return -n }))},
		{"RFC7644-3.4.2.4-03", "with a negative count nothing is counted", rewrite.OnPages(rewrite.Queries().And(rewrite.MinusCount), rewrite.NoTotal)},

		{"RFC7644-3.4.2.4-04", "count 0 means no limit", rewrite.EditParameters(rewrite.Queries().And(rewrite.ZeroCount), rewrite.OmitParameters("count"))},
		{"RFC7644-3.4.2.4-04", "count 0 means no limit on groups", rewrite.EditParameters(rewrite.Queries("Groups").And(rewrite.ZeroCount), rewrite.OmitParameters("count"))},
		{"RFC7644-3.4.2.4-04", "count 0 means no limit in searches", rewrite.EditParameters(rewrite.ByPost().And(rewrite.ZeroCount), rewrite.OmitParameters("count"))},
		{"RFC7644-3.4.2.4-04", "count 0 means no limit without a filter", rewrite.EditParameters(rewrite.Queries().And(rewrite.ZeroCount, rewrite.Lacks("filter")), rewrite.OmitParameters("count"))},
		{"RFC7644-3.4.2.4-04", "count 0 means 1", rewrite.EditParameters(rewrite.Queries().And(rewrite.ZeroCount), rewrite.SetParameter("count", "1"))},
		{"RFC7644-3.4.2.4-04", "count 0 is refused", rewrite.RefuseAll(rewrite.Queries().And(rewrite.ZeroCount), scim.InvalidValue("count is 0"))},
		{"RFC7644-3.4.2.4-04", "count 0 is a server error", rewrite.Break(rewrite.Queries().And(rewrite.ZeroCount))},
		{"RFC7644-3.4.2.4-04", "with count 0 nothing is counted", rewrite.OnPages(rewrite.Queries().And(rewrite.ZeroCount), rewrite.NoTotal)},
		{"RFC7644-3.4.2.4-04", "with count 0 no groups are counted", rewrite.OnPages(rewrite.Queries("Groups").And(rewrite.ZeroCount), rewrite.NoTotal)},
		{"RFC7644-3.4.2.4-04", "with count 0 the results are counted from startIndex on", rewrite.OnPages(rewrite.Queries().And(rewrite.ZeroCount, startsLater), rewrite.ComputeMember("totalResults", func(_ *http.Request, a *rewrite.Answer) any { return rewrite.Number(max(rewrite.WholeOf(a)-2, 0)) }))},
		{"RFC7644-3.4.2.4-04", "with count 0 everything is counted, whatever the filter", rewrite.EditParameters(rewrite.Queries().And(rewrite.ZeroCount), rewrite.OmitParameters("filter"))},

		{"RFC7644-3.4.2.4-05", "past the end comes the last page", pastTheEnd(rewrite.Queries(), func(r *http.Request) { rewrite.SetParameters(r, changed(r, rewrite.SetParameter("startIndex", "8"))) })},
		{"RFC7644-3.4.2.4-05", "past the end comes the first page", pastTheEnd(rewrite.Queries(), func(r *http.Request) { rewrite.SetParameters(r, changed(r, rewrite.SetParameter("startIndex", "1"))) })},
		{"RFC7644-3.4.2.4-05", "past the end of groups comes the first page", pastTheEnd(rewrite.Queries("Groups"), func(r *http.Request) { rewrite.SetParameters(r, changed(r, rewrite.SetParameter("startIndex", "1"))) })},
		{"RFC7644-3.4.2.4-05", "past the end of a search comes the first page", pastTheEnd(rewrite.ByPost(), func(r *http.Request) { rewrite.SetParameters(r, changed(r, rewrite.SetParameter("startIndex", "1"))) })},
		{"RFC7644-3.4.2.4-05", "past the end is refused", emptyPage(rewrite.Queries(), func(a *rewrite.Answer) { a.Refuse(scim.InvalidValue("startIndex is past the end")) })},
		{"RFC7644-3.4.2.4-05", "past the end is not found", emptyPage(rewrite.Queries(), func(a *rewrite.Answer) { a.Refuse(scim.NotFound("page", "")) })},
		{"RFC7644-3.4.2.4-05", "past the end is a server error", emptyPage(rewrite.Queries(), func(a *rewrite.Answer) { a.Refuse(scim.Internal("out of range")) })},
		{"RFC7644-3.4.2.4-05", "past the end there are no results", emptyPage(rewrite.Queries(), func(a *rewrite.Answer) { a.Body.Set("totalResults", rewrite.Number(0)) })},
		{"RFC7644-3.4.2.4-05", "past the end of groups is refused", emptyPage(rewrite.Queries("Groups"), func(a *rewrite.Answer) { a.Refuse(scim.InvalidValue("startIndex is past the end")) })},

		{"RFC7644-3.4.2.4-06", "startIndex is ignored", rewrite.EditParameters(rewrite.Queries(), rewrite.OmitParameters("startIndex"))},
		{"RFC7644-3.4.2.4-06", "startIndex is ignored on groups", rewrite.EditParameters(rewrite.Queries("Groups"), rewrite.OmitParameters("startIndex"))},
		{"RFC7644-3.4.2.4-06", "startIndex is ignored in searches", rewrite.EditParameters(rewrite.ByPost(), rewrite.OmitParameters("startIndex"))},
		{"RFC7644-3.4.2.4-06", "startIndex is ignored without a filter", rewrite.EditParameters(rewrite.Queries().And(rewrite.Lacks("filter")), rewrite.OmitParameters("startIndex"))},
		{"RFC7644-3.4.2.4-06", "startIndex is ignored beside a filter", rewrite.EditParameters(rewrite.Queries().And(rewrite.Has("filter")), rewrite.OmitParameters("startIndex"))},
		{"RFC7644-3.4.2.4-06", "startIndex counts from 0", rewrite.EditParameters(rewrite.Queries().And(rewrite.Has("startIndex")), rewrite.EditNumber("startIndex", func(n int) int { return n + 1 }))},
		{"RFC7644-3.4.2.4-06", "startIndex counts from 2", rewrite.EditParameters(rewrite.Queries().And(startsLater), rewrite.EditNumber("startIndex", func(n int) int { return n - 1 }))},
		{"RFC7644-3.4.2.4-06", "startIndex counts pages", rewrite.EditParameters(rewrite.Queries().And(startsLater), func(p url.Values) {
			count, err := strconv.Atoi(p.Get("count"))
			if err == nil {
				rewrite.EditNumber("startIndex", func(n int) int { return (n-1)*count + 1 })(p)
			}
		})},
		{"RFC7644-3.4.2.4-06", "startIndex takes its place in the count", rewrite.EditParameters(rewrite.Queries().And(startsLater, rewrite.Has("count")), func(p url.Values) {
			start, _ := strconv.Atoi(p.Get("startIndex"))
			rewrite.EditNumber("count", func(n int) int { return max(0, n-start+1) })(p)
		})},
		{"RFC7644-3.4.2.4-06", "pages have an order of their own", rewrite.OnPages(rewrite.Queries().And(startsLater), rewrite.EditResources(func(all []any) []any { slices.Reverse(all); return all }))},
		{"RFC7644-3.4.2.4-06", "the same page is another one the second time", rewrite.Stateful(func() rewrite.Wrap {
			var turn atomic.Int64
			return rewrite.Rearrange(paged(), func(_ url.Values, all []*scim.Object) []*scim.Object {
				n := int(turn.Add(1)) % max(len(all), 1)
				return append(slices.Clone(all[n:]), all[:n]...)
			})
		})},
		{"RFC7644-3.4.2.4-06", "the last resource cannot be reached", rewrite.OnPages(rewrite.Queries(), lastUnreached)},

		{"RFC7644-3.4.2.4-07", "with attributes every page is the first", rewrite.EditParameters(rewrite.Queries().And(startsLater, rewrite.Asks), rewrite.SetParameter("startIndex", "1"))},
		{"RFC7644-3.4.2.4-07", "with excludedAttributes a page is lost", rewrite.EditParameters(rewrite.Queries().And(startsLater, rewrite.Leaves), rewrite.EditNumber("startIndex", func(n int) int { return n + 6 }))},
		{"RFC7644-3.4.2.4-07", "a filter on e-mail addresses counts addresses", rewrite.OnPages(rewrite.Queries("Users").And(rewrite.Says("filter", "emails")), func(_ *http.Request, a *rewrite.Answer) {
			a.Body.Set("totalResults", rewrite.Number(rewrite.WholeOf(a)+2))
		})},
		{"RFC7644-3.4.2.4-07", "pages overlap by one", rewrite.EditParameters(rewrite.Queries().And(startsLater), rewrite.EditNumber("startIndex", func(n int) int { return n - 1 }))},
		{"RFC7644-3.4.2.4-07", "one is lost between two pages", rewrite.EditParameters(rewrite.Queries().And(startsLater), rewrite.EditNumber("startIndex", func(n int) int { return n + 1 }))},
		{"RFC7644-3.4.2.4-07", "one is lost between two pages of groups", rewrite.EditParameters(rewrite.Queries("Groups").And(startsLater), rewrite.EditNumber("startIndex", func(n int) int { return n + 1 }))},
		{"RFC7644-3.4.2.4-07", "one is lost between two pages of a search", rewrite.EditParameters(rewrite.ByPost().And(startsLater), rewrite.EditNumber("startIndex", func(n int) int { return n + 1 }))},
		{"RFC7644-3.4.2.4-07", "one is lost between two pages without a filter", rewrite.EditParameters(rewrite.Queries().And(startsLater, rewrite.Lacks("filter")), rewrite.EditNumber("startIndex", func(n int) int { return n + 1 }))},
		{"RFC7644-3.4.2.4-07", "totalResults is that of the page", rewrite.OnPages(rewrite.Queries(), rewrite.PageTotal)},
		{"RFC7644-3.4.2.4-07", "totalResults is that of the page, for groups", rewrite.OnPages(rewrite.Queries("Groups"), rewrite.PageTotal)},
		{"RFC7644-3.4.2.4-07", "totalResults is that of the page, in searches", rewrite.OnPages(rewrite.ByPost(), rewrite.PageTotal)},
		{"RFC7644-3.4.2.4-07", "the last page is empty", rewrite.OnPages(rewrite.Queries().And(startsLater), func(_ *http.Request, a *rewrite.Answer) {
			if start, _ := strconv.Atoi(rewrite.TextOf(rewrite.Value(a.Body, "startIndex"))); start+rewrite.SizeOf(a) > rewrite.WholeOf(a) {
				a.Body.Set("Resources", []any{})
			}
		})},
		{"RFC7644-3.4.2.4-07", "a short last page is not shown", rewrite.OnPages(rewrite.Queries().And(startsLater), func(r *http.Request, a *rewrite.Answer) {
			if count, err := strconv.Atoi(rewrite.ParametersOf(r).Get("count")); err == nil && rewrite.SizeOf(a) < count {
				a.Body.Set("Resources", []any{})
			}
		})},
		{"RFC7644-3.4.2.4-07", "every page has its first resource twice", rewrite.OnPages(rewrite.Queries(), rewrite.EditResources(func(all []any) []any {
			if len(all) > 1 {
				all[len(all)-1] = all[0]
			}
			return all
		}))},
		{"RFC7644-3.4.2.4-07", "everything is one page and the first", rewrite.EditParameters(rewrite.Queries().And(startsLater), rewrite.SetParameter("startIndex", "1"))},
		{"RFC7644-3.4.2.4-07", "the last resource is never shown", rewrite.OnPages(rewrite.Queries(), lastUnreached)},
		{"RFC7644-3.4.2.4-07", "the tenth is never shown", rewrite.EditParameters(rewrite.Queries().And(rewrite.Amounts("startIndex", rewrite.Above(9))), rewrite.EditNumber("startIndex", func(n int) int { return n + 1 }))},

		{"RFC7644-3.4.2.4-08", "a huge count is refused", rewrite.RefuseAll(rewrite.Queries().And(hugeCount), scim.InvalidValue("count is too large"))},
		{"RFC7644-3.4.2.4-08", "a huge count is too many", rewrite.RefuseAll(rewrite.Queries().And(hugeCount), scim.TooMany("count is too large"))},
		{"RFC7644-3.4.2.4-08", "a huge count is a server error", rewrite.Break(rewrite.Queries().And(rewrite.Amounts("count", rewrite.Above(1<<20))))},
		{"RFC7644-3.4.2.4-08", "a huge count shows nothing", rewrite.EditParameters(rewrite.Queries().And(hugeCount), rewrite.SetParameter("count", "0"))},
		{"RFC7644-3.4.2.4-08", "a huge count is refused on groups", rewrite.RefuseAll(rewrite.Queries("Groups").And(hugeCount), scim.InvalidValue("count is too large"))},
		{"RFC7644-3.4.2.4-08", "a huge count is refused in searches", rewrite.RefuseAll(rewrite.ByPost().And(hugeCount), scim.InvalidValue("count is too large"))},

		{"RFC7644-3.4.2.4-09", "a count that is a word is a server error", rewrite.Break(rewrite.Queries().And(rewrite.Says("count", "many")))},
		{"RFC7644-3.4.2.4-09", "a count with a fraction is a server error", rewrite.Break(rewrite.Queries().And(rewrite.Says("count", ".")))},
		{"RFC7644-3.4.2.4-09", "an empty count is a server error", rewrite.Break(rewrite.Queries().And(rewrite.Equals("count", "")))},
		{"RFC7644-3.4.2.4-09", "a count beyond 64 bits is a server error", rewrite.Break(rewrite.Queries().And(rewrite.NoInteger("count"), rewrite.Says("count", "999")))},
		{"RFC7644-3.4.2.4-09", "a startIndex that is a word is a server error", rewrite.Break(rewrite.ByGet().And(rewrite.Says("startIndex", "first")))},
		{"RFC7644-3.4.2.4-09", "a startIndex with a fraction is a server error", rewrite.Break(rewrite.Queries().And(rewrite.Says("startIndex", ".")))},
		{"RFC7644-3.4.2.4-09", "a startIndex beyond 64 bits is a server error", rewrite.Break(rewrite.Queries().And(rewrite.NoInteger("startIndex"), rewrite.Says("startIndex", "999")))},
		{"RFC7644-3.4.2.4-09", "a count that is a text is a server error in searches", rewrite.Break(rewrite.ByPost().And(rewrite.Says("count", "many")))},

		{"RFC7644-3.4.2.4-10", "an empty page says itemsPerPage as it was asked for", onEmpty(rewrite.Queries(), func(r *http.Request, a *rewrite.Answer) { a.Body.Set("itemsPerPage", rewrite.Number(countOf(r, 20))) })},
		{"RFC7644-3.4.2.4-10", "an empty page of groups says itemsPerPage as it was asked for", onEmpty(rewrite.Queries("Groups"), func(r *http.Request, a *rewrite.Answer) { a.Body.Set("itemsPerPage", rewrite.Number(countOf(r, 20))) })},
		{"RFC7644-3.4.2.4-10", "an empty page of a search says itemsPerPage as it was asked for", onEmpty(rewrite.ByPost(), func(r *http.Request, a *rewrite.Answer) { a.Body.Set("itemsPerPage", rewrite.Number(countOf(r, 20))) })},
		{"RFC7644-3.4.2.4-10", "the last page is empty", rewrite.OnPages(rewrite.Queries("Users").And(startsLater), lastUnreached)},
		{"RFC7644-3.4.2.4-10", "a list without a match says itemsPerPage 1", onEmpty(rewrite.Queries(), func(_ *http.Request, a *rewrite.Answer) {
			if rewrite.WholeOf(a) == 0 {
				a.Body.Set("itemsPerPage", rewrite.Number(1))
			}
		})},
		{"RFC7644-3.4.2.4-10", "a startIndex of 0 is repeated", rewrite.OnPages(rewrite.Queries().And(nonPositive), func(_ *http.Request, a *rewrite.Answer) { a.Body.Set("startIndex", rewrite.Number(0)) })},
		{"RFC7644-3.4.2.4-10", "the list of schemas says itemsPerPage 100", rewrite.OnPages(rewrite.At("GET", "/Schemas"), func(_ *http.Request, a *rewrite.Answer) { a.Body.Set("itemsPerPage", rewrite.Number(100)) })},
		{"RFC7644-3.4.2.4-10", "the list of resource types counts one too few", rewrite.OnPages(rewrite.At("GET", "/ResourceTypes"), func(_ *http.Request, a *rewrite.Answer) {
			a.Body.Set("totalResults", rewrite.Number(rewrite.SizeOf(a)-1))
		})},
		{"RFC7644-3.4.2.4-10", "a search of everything counts nothing", rewrite.OnPages(rewrite.At("POST", "/.search"), rewrite.NoTotal)},
		{"RFC7644-3.4.2.4-10", "totalResults is that of the page", rewrite.OnPages(rewrite.Queries(), rewrite.PageTotal)},
		{"RFC7644-3.4.2.4-10", "totalResults is that of the page, for groups", rewrite.OnPages(rewrite.Queries("Groups"), rewrite.PageTotal)},
		{"RFC7644-3.4.2.4-10", "totalResults is that of the page, in searches", rewrite.OnPages(rewrite.ByPost(), rewrite.PageTotal)},
		{"RFC7644-3.4.2.4-10", "totalResults is one too many", rewrite.OnPages(rewrite.Queries(), rewrite.ComputeMember("totalResults", func(_ *http.Request, a *rewrite.Answer) any { return rewrite.Number(rewrite.WholeOf(a) + 1) }))},
		{"RFC7644-3.4.2.4-10", "totalResults counts the following resources", rewrite.OnPages(rewrite.Queries().And(startsLater), func(_ *http.Request, a *rewrite.Answer) {
			start, _ := strconv.Atoi(rewrite.TextOf(rewrite.Value(a.Body, "startIndex")))
			a.Body.Set("totalResults", rewrite.Number(rewrite.WholeOf(a)-start+1))
		})},
		{"RFC7644-3.4.2.4-10", "totalResults is no higher than 10", rewrite.OnPages(rewrite.Queries(), rewrite.ComputeMember("totalResults", func(_ *http.Request, a *rewrite.Answer) any { return rewrite.Number(min(rewrite.WholeOf(a), 10)) }))},
		{"RFC7644-3.4.2.4-10", "itemsPerPage repeats count", rewrite.OnPages(rewrite.Queries().And(rewrite.Has("count")), rewrite.ComputeMember("itemsPerPage", func(r *http.Request, _ *rewrite.Answer) any {
			n, _ := strconv.Atoi(rewrite.ParametersOf(r).Get("count"))
			return rewrite.Number(n)
		}))},
		{"RFC7644-3.4.2.4-10", "itemsPerPage is totalResults", rewrite.OnPages(rewrite.Queries(), rewrite.ComputeMember("itemsPerPage", func(_ *http.Request, a *rewrite.Answer) any { return rewrite.Number(rewrite.WholeOf(a)) }))},
		{"RFC7644-3.4.2.4-10", "itemsPerPage is missing", rewrite.OnPages(rewrite.Queries(), rewrite.ComputeMember("itemsPerPage", func(*http.Request, *rewrite.Answer) any { return nil }))},
		{"RFC7644-3.4.2.4-10", "itemsPerPage is 0", rewrite.OnPages(rewrite.Queries("Groups"), rewrite.ComputeMember("itemsPerPage", func(*http.Request, *rewrite.Answer) any { return rewrite.Number(0) }))},
		{"RFC7644-3.4.2.4-10", "startIndex is always 1", rewrite.OnPages(rewrite.Queries(), rewrite.ComputeMember("startIndex", func(*http.Request, *rewrite.Answer) any { return rewrite.Number(1) }))},
		{"RFC7644-3.4.2.4-10", "startIndex is always 1 in searches", rewrite.OnPages(rewrite.ByPost(), rewrite.ComputeMember("startIndex", func(*http.Request, *rewrite.Answer) any { return rewrite.Number(1) }))},
		{"RFC7644-3.4.2.4-10", "startIndex counts from 0 in the answer", rewrite.OnPages(rewrite.Queries(), rewrite.ComputeMember("startIndex", func(_ *http.Request, a *rewrite.Answer) any {
			n, _ := strconv.Atoi(rewrite.TextOf(rewrite.Value(a.Body, "startIndex")))
			return rewrite.Number(n - 1)
		}))},
		{"RFC7644-3.4.2.4-10", "startIndex is missing", rewrite.OnPages(rewrite.Queries(), rewrite.ComputeMember("startIndex", func(*http.Request, *rewrite.Answer) any { return nil }))},
		{"RFC7644-3.4.2.4-10", "startIndex is a text", rewrite.OnPages(rewrite.Queries(), rewrite.ComputeMember("startIndex", func(_ *http.Request, a *rewrite.Answer) any {
			return rewrite.TextOf(rewrite.Value(a.Body, "startIndex"))
		}))},

		{"RFC7644-3.4.2.4-11", "nothing is found beyond the 300th", deep(func(start int) bool { return start > 300 }, rewrite.SetParameter("count", "0"))},
		{"RFC7644-3.4.2.4-11", "beyond the 200th the first come again", deep(func(start int) bool { return start > 200 }, rewrite.SetParameter("startIndex", "1"))},
		{"RFC7644-3.4.2.4-11", "one is lost beyond the 400th", deep(func(start int) bool { return start > 400 }, rewrite.EditNumber("startIndex", func(n int) int { return n + 1 }))},
		{"RFC7644-3.4.2.4-11", "one comes again beyond the 400th", deep(func(start int) bool { return start > 400 }, rewrite.EditNumber("startIndex", func(n int) int { return n - 1 }))},
		{"RFC7644-3.4.2.4-11", "no more than 200 are counted", rewrite.OnPages(rewrite.Queries(), rewrite.ComputeMember("totalResults", func(_ *http.Request, a *rewrite.Answer) any { return rewrite.Number(min(rewrite.WholeOf(a), 200)) }))},
		{"RFC7644-3.4.2.4-11", "deep pages are larger than asked for", deep(func(start int) bool { return start > 100 }, rewrite.EditNumber("count", func(n int) int { return n + 50 }))},
		{"RFC7644-3.4.2.4-11", "deep pages are server errors", rewrite.Break(rewrite.Queries().And(rewrite.Amounts("startIndex", rewrite.Above(300))))},
	}
}

// paged are queries that name a start or a size.
func paged(places ...string) rewrite.When {
	return rewrite.Queries(places...).And(func(p url.Values) bool { return p.Has("startIndex") || p.Has("count") })
}

var (
	startsLater = rewrite.Amounts("startIndex", rewrite.Above(1))
	nonPositive = rewrite.Amounts("startIndex", rewrite.Below(1))
	hugeCount   = rewrite.Amounts("count", rewrite.Above(500))
)

// lastUnreached leaves out the very last resource of a result of several.
func lastUnreached(_ *http.Request, a *rewrite.Answer) {
	start, _ := strconv.Atoi(rewrite.TextOf(rewrite.Value(a.Body, "startIndex")))
	if n := rewrite.SizeOf(a); n > 0 && rewrite.WholeOf(a) > 1 && start+n > rewrite.WholeOf(a) {
		a.Body.Set("Resources", rewrite.WithoutLast(slices.Clone(a.Body.Array("Resources"))))
	}
}

// deep changes the pages of a long list that begin far within it.
func deep(far func(start int) bool, change rewrite.ParameterEdit) rewrite.Wrap {
	return rewrite.EditParameters(rewrite.Queries().And(rewrite.Amounts("startIndex", far)), change)
}

func changed(r *http.Request, change rewrite.ParameterEdit) url.Values {
	p := rewrite.ParametersOf(r)
	change(p)
	return p
}

// emptyPage changes pages that begin past the end of a result.
func emptyPage(chosen rewrite.When, change func(a *rewrite.Answer)) rewrite.Wrap {
	return rewrite.OnPages(chosen.And(startsLater), func(_ *http.Request, a *rewrite.Answer) {
		if start, _ := strconv.Atoi(rewrite.TextOf(rewrite.Value(a.Body, "startIndex"))); rewrite.SizeOf(a) == 0 && start > rewrite.WholeOf(a) {
			change(a)
		}
	})
}

// pastTheEnd asks again, for something else, where a page begins past the end.
func pastTheEnd(chosen rewrite.When, instead func(r *http.Request)) rewrite.Wrap {
	return rewrite.Handle(chosen.And(startsLater), func(next http.Handler, r *http.Request) *rewrite.Answer {
		body := rewrite.BodyOf(r)
		start, _ := strconv.Atoi(rewrite.ParametersOf(r).Get("startIndex"))
		a := rewrite.Serve(next, r)
		if a.OK() && start > rewrite.WholeOf(a) {
			if body != nil {
				rewrite.SetBody(r, body)
			}
			instead(r)
			a = rewrite.Serve(next, r)
		}
		return a
	})
}

// onEmpty changes pages that show nothing.
func onEmpty(chosen rewrite.When, change func(r *http.Request, a *rewrite.Answer)) rewrite.Wrap {
	return rewrite.OnPages(chosen, func(r *http.Request, a *rewrite.Answer) {
		if rewrite.SizeOf(a) == 0 {
			change(r, a)
		}
	})
}

// countOf is the count that a query asks for, or the one that it has without.
func countOf(r *http.Request, without int) int {
	if n, err := strconv.Atoi(rewrite.ParametersOf(r).Get("count")); err == nil {
		return n
	}
	return without
}
