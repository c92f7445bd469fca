package faults

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func pageFaults() []Fault {
	return slices.Concat(startFaults(), countFaults(), windowFaults(), walkFaults(), pageNumberFaults())
}

// paged are queries that name a start or a size.
func paged(places ...string) when {
	return queries(places...).when(func(p url.Values) bool { return p.Has("startIndex") || p.Has("count") })
}

var (
	startsLater = amounts("startIndex", above(1))
	nonPositive = amounts("startIndex", below(1))
	zeroCount   = amounts("count", exactly(0))
	minusCount  = amounts("count", below(0))
	hugeCount   = amounts("count", above(500))
)

// startFaults are about a startIndex below 1, and past the end.
func startFaults() []Fault {
	return []Fault{
		{"RFC7644-3.4.2.4-01", "startIndex 0 is refused", turnsDown(queries().when(amounts("startIndex", exactly(0))), scim.InvalidValue("startIndex begins with 1"))},
		{"RFC7644-3.4.2.4-01", "a negative startIndex is refused", turnsDown(queries().when(amounts("startIndex", below(0))), scim.InvalidValue("startIndex begins with 1"))},
		{"RFC7644-3.4.2.4-01", "a negative startIndex is a server error", broken(queries().when(amounts("startIndex", below(0))))},
		{"RFC7644-3.4.2.4-01", "startIndex 0 shows nothing", misasked(queries().when(nonPositive), put("count", "0"))},
		{"RFC7644-3.4.2.4-01", "startIndex 0 means 2", misasked(queries().when(amounts("startIndex", exactly(0))), put("startIndex", "2"))},
		{"RFC7644-3.4.2.4-01", "a negative startIndex counts from the end", misasked(queries().when(amounts("startIndex", below(0))), counted("startIndex", func(n int) int { return 13 + n }))},
		{"RFC7644-3.4.2.4-01", "a negative startIndex loses its sign", misasked(queries().when(amounts("startIndex", below(0))), counted("startIndex", func(n int) int { return 1 - n }))},
		{"RFC7644-3.4.2.4-01", "startIndex 0 is refused on groups", turnsDown(queries("Groups").when(nonPositive), scim.InvalidValue("startIndex begins with 1"))},
		{"RFC7644-3.4.2.4-01", "startIndex 0 makes the page one shorter", misasked(queries().when(nonPositive), counted("count", func(n int) int { return n - 1 }))},
		{"RFC7644-3.4.2.4-01", "a negative startIndex is refused in searches", turnsDown(byPost().when(nonPositive), scim.InvalidValue("startIndex begins with 1"))},

		{"RFC7644-3.4.2.4-05", "past the end comes the last page", pastTheEnd(queries(), func(r *http.Request) { setParameters(r, changed(r, put("startIndex", "8"))) })},
		{"RFC7644-3.4.2.4-05", "past the end comes the first page", pastTheEnd(queries(), func(r *http.Request) { setParameters(r, changed(r, put("startIndex", "1"))) })},
		{"RFC7644-3.4.2.4-05", "past the end of groups comes the first page", pastTheEnd(queries("Groups"), func(r *http.Request) { setParameters(r, changed(r, put("startIndex", "1"))) })},
		{"RFC7644-3.4.2.4-05", "past the end of a search comes the first page", pastTheEnd(byPost(), func(r *http.Request) { setParameters(r, changed(r, put("startIndex", "1"))) })},
		{"RFC7644-3.4.2.4-05", "past the end is refused", emptyPage(queries(), func(a *answer) { a.refuse(scim.InvalidValue("startIndex is past the end")) })},
		{"RFC7644-3.4.2.4-05", "past the end is not found", emptyPage(queries(), func(a *answer) { a.refuse(scim.NotFound("page", "")) })},
		{"RFC7644-3.4.2.4-05", "past the end is a server error", emptyPage(queries(), func(a *answer) { a.refuse(scim.Internal("out of range")) })},
		{"RFC7644-3.4.2.4-05", "past the end there are no results", emptyPage(queries(), func(a *answer) { a.body.Set("totalResults", number(0)) })},
		{"RFC7644-3.4.2.4-05", "past the end of groups is refused", emptyPage(queries("Groups"), func(a *answer) { a.refuse(scim.InvalidValue("startIndex is past the end")) })},
	}
}

// countFaults are about a count of 0, below 0, far too large, and none.
func countFaults() []Fault {
	return []Fault{
		{"RFC7644-3.4.2.4-02", "count is ignored", misasked(queries(), omit("count"))},
		{"RFC7644-3.4.2.4-02", "count is ignored on users", misasked(queries("Users"), omit("count"))},
		{"RFC7644-3.4.2.4-02", "count is ignored on groups", misasked(queries("Groups"), omit("count"))},
		{"RFC7644-3.4.2.4-02", "count is ignored in searches", misasked(byPost(), omit("count"))},
		{"RFC7644-3.4.2.4-02", "count is ignored beside a filter", misasked(queries().when(has("filter")), omit("count"))},
		{"RFC7644-3.4.2.4-02", "count is ignored without a filter", misasked(queries().when(lacks("filter")), omit("count"))},
		{"RFC7644-3.4.2.4-02", "a page has one more than count", misasked(queries(), counted("count", func(n int) int { return n + 1 }))},
		{"RFC7644-3.4.2.4-02", "a page has twice as many as count", misasked(queries(), counted("count", func(n int) int { return 2 * n }))},
		{"RFC7644-3.4.2.4-02", "count is ignored on later pages", misasked(queries().when(startsLater), omit("count"))},
		{"RFC7644-3.4.2.4-02", "count 1 is taken for none", misasked(queries().when(amounts("count", exactly(1))), omit("count"))},
		{"RFC7644-3.4.2.4-02", "a page has ten at least", misasked(queries(), counted("count", func(n int) int { return max(n, 10) }))},

		{"RFC7644-3.4.2.4-03", "a negative count is refused", turnsDown(queries().when(minusCount), scim.InvalidValue("count is negative"))},
		{"RFC7644-3.4.2.4-03", "a negative count is refused on groups", turnsDown(queries("Groups").when(minusCount), scim.InvalidValue("count is negative"))},
		{"RFC7644-3.4.2.4-03", "a negative count is refused in searches", turnsDown(byPost().when(minusCount), scim.InvalidValue("count is negative"))},
		{"RFC7644-3.4.2.4-03", "a negative count is a server error", broken(queries().when(minusCount))},
		{"RFC7644-3.4.2.4-03", "a negative count means no limit", misasked(queries().when(minusCount), omit("count"))},
		{"RFC7644-3.4.2.4-03", "a negative count means 1", misasked(queries().when(minusCount), put("count", "1"))},
		{"RFC7644-3.4.2.4-03", "a negative count loses its sign", misasked(queries().when(minusCount), counted("count", func(n int) int { return -n }))},
		{"RFC7644-3.4.2.4-03", "with a negative count nothing is counted", onPages(queries().when(minusCount), noTotal)},

		{"RFC7644-3.4.2.4-04", "count 0 means no limit", misasked(queries().when(zeroCount), omit("count"))},
		{"RFC7644-3.4.2.4-04", "count 0 means no limit on groups", misasked(queries("Groups").when(zeroCount), omit("count"))},
		{"RFC7644-3.4.2.4-04", "count 0 means no limit in searches", misasked(byPost().when(zeroCount), omit("count"))},
		{"RFC7644-3.4.2.4-04", "count 0 means no limit without a filter", misasked(queries().when(zeroCount, lacks("filter")), omit("count"))},
		{"RFC7644-3.4.2.4-04", "count 0 means 1", misasked(queries().when(zeroCount), put("count", "1"))},
		{"RFC7644-3.4.2.4-04", "count 0 is refused", turnsDown(queries().when(zeroCount), scim.InvalidValue("count is 0"))},
		{"RFC7644-3.4.2.4-04", "count 0 is a server error", broken(queries().when(zeroCount))},
		{"RFC7644-3.4.2.4-04", "with count 0 nothing is counted", onPages(queries().when(zeroCount), noTotal)},
		{"RFC7644-3.4.2.4-04", "with count 0 no groups are counted", onPages(queries("Groups").when(zeroCount), noTotal)},
		{"RFC7644-3.4.2.4-04", "with count 0 the results are counted from startIndex on", onPages(queries().when(zeroCount, startsLater), member("totalResults", func(_ *http.Request, a *answer) any { return number(max(wholeOf(a)-2, 0)) }))},
		{"RFC7644-3.4.2.4-04", "with count 0 everything is counted, whatever the filter", misasked(queries().when(zeroCount), omit("filter"))},

		{"RFC7644-3.4.2.4-08", "a huge count is refused", turnsDown(queries().when(hugeCount), scim.InvalidValue("count is too large"))},
		{"RFC7644-3.4.2.4-08", "a huge count is too many", turnsDown(queries().when(hugeCount), scim.TooMany("count is too large"))},
		{"RFC7644-3.4.2.4-08", "a huge count is a server error", broken(queries().when(amounts("count", above(1<<20))))},
		{"RFC7644-3.4.2.4-08", "a huge count shows nothing", misasked(queries().when(hugeCount), put("count", "0"))},
		{"RFC7644-3.4.2.4-08", "a huge count is refused on groups", turnsDown(queries("Groups").when(hugeCount), scim.InvalidValue("count is too large"))},
		{"RFC7644-3.4.2.4-08", "a huge count is refused in searches", turnsDown(byPost().when(hugeCount), scim.InvalidValue("count is too large"))},

		{"RFC7644-3.4.2.4-09", "a count that is a word is a server error", broken(queries().when(says("count", "many")))},
		{"RFC7644-3.4.2.4-09", "a count with a fraction is a server error", broken(queries().when(says("count", ".")))},
		{"RFC7644-3.4.2.4-09", "an empty count is a server error", broken(queries().when(equals("count", "")))},
		{"RFC7644-3.4.2.4-09", "a count beyond 64 bits is a server error", broken(queries().when(noInteger("count"), says("count", "999")))},
		{"RFC7644-3.4.2.4-09", "a startIndex that is a word is a server error", broken(byGet().when(says("startIndex", "first")))},
		{"RFC7644-3.4.2.4-09", "a startIndex with a fraction is a server error", broken(queries().when(says("startIndex", ".")))},
		{"RFC7644-3.4.2.4-09", "a startIndex beyond 64 bits is a server error", broken(queries().when(noInteger("startIndex"), says("startIndex", "999")))},
		{"RFC7644-3.4.2.4-09", "a count that is a text is a server error in searches", broken(byPost().when(says("count", "many")))},
	}
}

// windowFaults are about which resources a page shows.
func windowFaults() []Fault {
	return []Fault{
		{"RFC7644-3.4.2.4-06", "startIndex is ignored", misasked(queries(), omit("startIndex"))},
		{"RFC7644-3.4.2.4-06", "startIndex is ignored on groups", misasked(queries("Groups"), omit("startIndex"))},
		{"RFC7644-3.4.2.4-06", "startIndex is ignored in searches", misasked(byPost(), omit("startIndex"))},
		{"RFC7644-3.4.2.4-06", "startIndex is ignored without a filter", misasked(queries().when(lacks("filter")), omit("startIndex"))},
		{"RFC7644-3.4.2.4-06", "startIndex is ignored beside a filter", misasked(queries().when(has("filter")), omit("startIndex"))},
		{"RFC7644-3.4.2.4-06", "startIndex counts from 0", misasked(queries().when(has("startIndex")), counted("startIndex", func(n int) int { return n + 1 }))},
		{"RFC7644-3.4.2.4-06", "startIndex counts from 2", misasked(queries().when(startsLater), counted("startIndex", func(n int) int { return n - 1 }))},
		{"RFC7644-3.4.2.4-06", "startIndex counts pages", misasked(queries().when(startsLater), func(p url.Values) {
			count, err := strconv.Atoi(p.Get("count"))
			if err == nil {
				counted("startIndex", func(n int) int { return (n-1)*count + 1 })(p)
			}
		})},
		{"RFC7644-3.4.2.4-06", "startIndex takes its place in the count", misasked(queries().when(startsLater, has("count")), func(p url.Values) {
			start, _ := strconv.Atoi(p.Get("startIndex"))
			counted("count", func(n int) int { return max(0, n-start+1) })(p)
		})},
		{"RFC7644-3.4.2.4-06", "pages have an order of their own", onPages(queries().when(startsLater), rearranged(func(all []any) []any { slices.Reverse(all); return all }))},
		{"RFC7644-3.4.2.4-06", "the same page is another one the second time", func(next http.Handler) http.Handler {
			var turn atomic.Int64
			return arranged(paged(), func(_ url.Values, all []*scim.Object) []*scim.Object {
				n := int(turn.Add(1)) % max(len(all), 1)
				return append(slices.Clone(all[n:]), all[:n]...)
			})(next)
		}},
		{"RFC7644-3.4.2.4-06", "the last resource cannot be reached", onPages(queries(), lastUnreached)},
	}
}

// walkFaults are about what becomes of resources between pages.
func walkFaults() []Fault {
	return []Fault{
		{"RFC7644-3.4.2.4-07", "pages overlap by one", misasked(queries().when(startsLater), counted("startIndex", func(n int) int { return n - 1 }))},
		{"RFC7644-3.4.2.4-07", "one is lost between two pages", misasked(queries().when(startsLater), counted("startIndex", func(n int) int { return n + 1 }))},
		{"RFC7644-3.4.2.4-07", "one is lost between two pages of groups", misasked(queries("Groups").when(startsLater), counted("startIndex", func(n int) int { return n + 1 }))},
		{"RFC7644-3.4.2.4-07", "one is lost between two pages of a search", misasked(byPost().when(startsLater), counted("startIndex", func(n int) int { return n + 1 }))},
		{"RFC7644-3.4.2.4-07", "one is lost between two pages without a filter", misasked(queries().when(startsLater, lacks("filter")), counted("startIndex", func(n int) int { return n + 1 }))},
		{"RFC7644-3.4.2.4-07", "totalResults is that of the page", onPages(queries(), pageTotal)},
		{"RFC7644-3.4.2.4-07", "totalResults is that of the page, for groups", onPages(queries("Groups"), pageTotal)},
		{"RFC7644-3.4.2.4-07", "totalResults is that of the page, in searches", onPages(byPost(), pageTotal)},
		{"RFC7644-3.4.2.4-07", "the last page is empty", onPages(queries().when(startsLater), func(_ *http.Request, a *answer) {
			if start, _ := strconv.Atoi(textOf(mustGet(a.body, "startIndex"))); start+sizeOf(a) > wholeOf(a) {
				a.body.Set("Resources", []any{})
			}
		})},
		{"RFC7644-3.4.2.4-07", "a short last page is not shown", onPages(queries().when(startsLater), func(r *http.Request, a *answer) {
			if count, err := strconv.Atoi(parametersOf(r).Get("count")); err == nil && sizeOf(a) < count {
				a.body.Set("Resources", []any{})
			}
		})},
		{"RFC7644-3.4.2.4-07", "every page has its first resource twice", onPages(queries(), rearranged(func(all []any) []any {
			if len(all) > 1 {
				all[len(all)-1] = all[0]
			}
			return all
		}))},
		{"RFC7644-3.4.2.4-07", "everything is one page and the first", misasked(queries().when(startsLater), put("startIndex", "1"))},
		{"RFC7644-3.4.2.4-07", "the last resource is never shown", onPages(queries(), lastUnreached)},
		{"RFC7644-3.4.2.4-07", "the tenth is never shown", misasked(queries().when(amounts("startIndex", above(9))), counted("startIndex", func(n int) int { return n + 1 }))},

		{"RFC7644-3.4.2.4-11", "nothing is found beyond the 300th", deep(func(start int) bool { return start > 300 }, put("count", "0"))},
		{"RFC7644-3.4.2.4-11", "beyond the 200th the first come again", deep(func(start int) bool { return start > 200 }, put("startIndex", "1"))},
		{"RFC7644-3.4.2.4-11", "one is lost beyond the 400th", deep(func(start int) bool { return start > 400 }, counted("startIndex", func(n int) int { return n + 1 }))},
		{"RFC7644-3.4.2.4-11", "one comes again beyond the 400th", deep(func(start int) bool { return start > 400 }, counted("startIndex", func(n int) int { return n - 1 }))},
		{"RFC7644-3.4.2.4-11", "no more than 200 are counted", onPages(queries(), member("totalResults", func(_ *http.Request, a *answer) any { return number(min(wholeOf(a), 200)) }))},
		{"RFC7644-3.4.2.4-11", "deep pages are larger than asked for", deep(func(start int) bool { return start > 100 }, counted("count", func(n int) int { return n + 50 }))},
		{"RFC7644-3.4.2.4-11", "deep pages are server errors", broken(queries().when(amounts("startIndex", above(300))))},
	}
}

// pageNumberFaults are about the numbers beside the resources.
func pageNumberFaults() []Fault {
	return []Fault{
		{"RFC7644-3.4.2.4-10", "totalResults is that of the page", onPages(queries(), pageTotal)},
		{"RFC7644-3.4.2.4-10", "totalResults is that of the page, for groups", onPages(queries("Groups"), pageTotal)},
		{"RFC7644-3.4.2.4-10", "totalResults is that of the page, in searches", onPages(byPost(), pageTotal)},
		{"RFC7644-3.4.2.4-10", "totalResults is one too many", onPages(queries(), member("totalResults", func(_ *http.Request, a *answer) any { return number(wholeOf(a) + 1) }))},
		{"RFC7644-3.4.2.4-10", "totalResults counts what follows", onPages(queries().when(startsLater), func(_ *http.Request, a *answer) {
			start, _ := strconv.Atoi(textOf(mustGet(a.body, "startIndex")))
			a.body.Set("totalResults", number(wholeOf(a)-start+1))
		})},
		{"RFC7644-3.4.2.4-10", "totalResults is no higher than 10", onPages(queries(), member("totalResults", func(_ *http.Request, a *answer) any { return number(min(wholeOf(a), 10)) }))},
		{"RFC7644-3.4.2.4-10", "itemsPerPage repeats count", onPages(queries().when(has("count")), member("itemsPerPage", func(r *http.Request, _ *answer) any {
			n, _ := strconv.Atoi(parametersOf(r).Get("count"))
			return number(n)
		}))},
		{"RFC7644-3.4.2.4-10", "itemsPerPage is totalResults", onPages(queries(), member("itemsPerPage", func(_ *http.Request, a *answer) any { return number(wholeOf(a)) }))},
		{"RFC7644-3.4.2.4-10", "itemsPerPage is missing", onPages(queries(), member("itemsPerPage", func(*http.Request, *answer) any { return nil }))},
		{"RFC7644-3.4.2.4-10", "itemsPerPage is 0", onPages(queries("Groups"), member("itemsPerPage", func(*http.Request, *answer) any { return number(0) }))},
		{"RFC7644-3.4.2.4-10", "startIndex is always 1", onPages(queries(), member("startIndex", func(*http.Request, *answer) any { return number(1) }))},
		{"RFC7644-3.4.2.4-10", "startIndex is always 1 in searches", onPages(byPost(), member("startIndex", func(*http.Request, *answer) any { return number(1) }))},
		{"RFC7644-3.4.2.4-10", "startIndex counts from 0 in the answer", onPages(queries(), member("startIndex", func(_ *http.Request, a *answer) any {
			n, _ := strconv.Atoi(textOf(mustGet(a.body, "startIndex")))
			return number(n - 1)
		}))},
		{"RFC7644-3.4.2.4-10", "startIndex is missing", onPages(queries(), member("startIndex", func(*http.Request, *answer) any { return nil }))},
		{"RFC7644-3.4.2.4-10", "startIndex is a text", onPages(queries(), member("startIndex", func(_ *http.Request, a *answer) any { return textOf(mustGet(a.body, "startIndex")) }))},
	}
}

func noTotal(_ *http.Request, a *answer)   { a.body.Set("totalResults", number(0)) }
func pageTotal(_ *http.Request, a *answer) { a.body.Set("totalResults", number(sizeOf(a))) }

// lastUnreached leaves out the very last resource of a result of several.
func lastUnreached(_ *http.Request, a *answer) {
	start, _ := strconv.Atoi(textOf(mustGet(a.body, "startIndex")))
	if n := sizeOf(a); n > 0 && wholeOf(a) > 1 && start+n > wholeOf(a) {
		a.body.Set("Resources", withoutLast(slices.Clone(a.body.Array("Resources"))))
	}
}

// deep changes the pages of a long list that begin far within it.
func deep(far func(start int) bool, change parameterEdit) Wrap {
	return misasked(queries().when(amounts("startIndex", far)), change)
}

func changed(r *http.Request, change parameterEdit) url.Values {
	p := parametersOf(r)
	change(p)
	return p
}

// emptyPage changes pages that begin past the end of a result.
func emptyPage(chosen when, change func(a *answer)) Wrap {
	return onPages(chosen.when(startsLater), func(_ *http.Request, a *answer) {
		if start, _ := strconv.Atoi(textOf(mustGet(a.body, "startIndex"))); sizeOf(a) == 0 && start > wholeOf(a) {
			change(a)
		}
	})
}

// pastTheEnd asks again, for something else, where a page begins past the end.
func pastTheEnd(chosen when, instead func(r *http.Request)) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !chosen.when(startsLater)(r) {
				next.ServeHTTP(w, r)
				return
			}
			body := bodyOf(r)
			start, _ := strconv.Atoi(parametersOf(r).Get("startIndex"))
			a := serve(next, r)
			if a.ok() && start > wholeOf(a) {
				if body != nil {
					setBody(r, body)
				}
				instead(r)
				a = serve(next, r)
			}
			a.send(w)
		})
	}
}
