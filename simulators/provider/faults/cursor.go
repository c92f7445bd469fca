package faults

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func cursorFaults() []Fault {
	return slices.Concat(cursorPageFaults(), cursorLinkFaults(), cursorErrorFaults(), cursorMethodFaults(), cursorConfigFaults(), cursorSecurityFaults())
}

// cursorPageFaults are about what a page by cursor shows.
func cursorPageFaults() []Fault {
	return []Fault{
		{"RFC9865-2-01", "an empty cursor is refused", turnsDown(begun(), scim.InvalidCursor("the cursor is empty"))},
		{"RFC9865-2-01", "an empty cursor is refused on groups", turnsDown(begun("Groups"), scim.InvalidCursor("the cursor is empty"))},
		{"RFC9865-2-01", "an empty cursor is taken for none", misasked(begun(), omit("cursor"))},
		{"RFC9865-2-01", "an empty cursor is taken for none on groups", misasked(begun("Groups"), omit("cursor"))},
		{"RFC9865-2-01", "a bare cursor is refused", turnsDown(bareCursor, scim.InvalidCursor("the cursor has no value"))},
		{"RFC9865-2-01", "a bare cursor is a server error", broken(bareCursor)},

		{"RFC9865-2-02", "cursors end with equals signs", dressed(byCursor(), suffixed("=="), unsuffixed("=="))},
		{"RFC9865-2-02", "cursors contain slashes", dressed(byCursor(), suffixed("/x"), unsuffixed("/x"))},
		{"RFC9865-2-02", "cursors of groups contain plus signs", dressed(byCursor("Groups"), suffixed("+"), unsuffixed("+"))},
		{"RFC9865-2-02", "cursors of sorted queries contain spaces", dressed(byCursor().when(has("sortBy")), suffixed(" x"), unsuffixed(" x"))},
		{"RFC9865-2-02", "cursors contain percent signs", dressed(byCursor(), suffixed("%3D"), unsuffixed("%3D"))},

		{"RFC9865-2-03", "a negative count is refused", turnsDown(byCursor().when(minusCount), scim.InvalidCount("count is negative"))},
		{"RFC9865-2-03", "a negative count is refused on groups", turnsDown(byCursor("Groups").when(minusCount), scim.InvalidCount("count is negative"))},
		{"RFC9865-2-03", "a negative count means no limit", misasked(byCursor().when(minusCount), omit("count"))},
		{"RFC9865-2-03", "a negative count means 1", misasked(byCursor().when(minusCount), put("count", "1"))},
		{"RFC9865-2-03", "with a negative count nothing is counted", onPages(byCursor().when(minusCount), noTotal)},

		{"RFC9865-2-04", "count 0 means no limit", misasked(byCursor().when(zeroCount), omit("count"))},
		{"RFC9865-2-04", "count 0 means no limit on groups", misasked(byCursor("Groups").when(zeroCount), omit("count"))},
		{"RFC9865-2-04", "count 0 is refused", turnsDown(byCursor().when(zeroCount), scim.InvalidCount("count is 0"))},
		{"RFC9865-2-04", "with count 0 nothing is counted", onPages(byCursor().when(zeroCount), noTotal)},

		{"RFC9865-2-05", "count is ignored", positions(byCursor(), func(_ int, p url.Values) { p.Del("count") })},
		{"RFC9865-2-05", "count is ignored on groups", positions(byCursor("Groups"), func(_ int, p url.Values) { p.Del("count") })},
		{"RFC9865-2-05", "a page has one more than count", misasked(byCursor(), counted("count", func(n int) int { return n + 1 }))},
		{"RFC9865-2-05", "count is ignored on later pages", positions(byCursor(), func(start int, p url.Values) {
			if start > 0 {
				p.Del("count")
			}
		})},

		{"RFC9865-2-10", "one is lost between two pages", positions(byCursor(), func(start int, p url.Values) {
			if start > 0 {
				p.Set("startIndex", strconv.Itoa(start+2))
			}
		})},
		{"RFC9865-2-10", "one is lost between two pages of groups", positions(byCursor("Groups"), func(start int, p url.Values) {
			if start > 0 {
				p.Set("startIndex", strconv.Itoa(start+2))
			}
		})},
		{"RFC9865-2-10", "one is lost between two pages without a filter", positions(byCursor().when(lacks("filter")), func(start int, p url.Values) {
			if start > 0 {
				p.Set("startIndex", strconv.Itoa(start+2))
			}
		})},
		{"RFC9865-2-10", "pages overlap by one", positions(byCursor(), func(start int, p url.Values) { p.Set("startIndex", strconv.Itoa(max(start, 1))) })},
		{"RFC9865-2-10", "later pages are empty", onPages(continued(), rearranged(func(all []any) []any { return all[:0] }))},
		{"RFC9865-2-10", "the last page is empty", onPages(continued(), func(_ *http.Request, a *answer) {
			if a.body.String("nextCursor") == "" {
				a.body.Set("Resources", []any{})
			}
		})},
		{"RFC9865-2-10", "the filter is forgotten on later pages", both(positions(byCursor(), func(start int, p url.Values) {
			if start > 0 {
				p.Del("filter")
			}
		}), seeded)},
		{"RFC9865-2-10", "the attributes are forgotten on later pages", positions(byCursor(), func(start int, p url.Values) {
			if start > 0 {
				p.Del("attributes")
			}
		})},
		{"RFC9865-2-10", "the first page is short of one", onPages(begun(), rearranged(withoutFirst))},

		{"RFC9865-2-12", "totalResults is that of the page", onPages(byCursor(), pageTotal)},
		{"RFC9865-2-12", "totalResults is that of the page, for groups", onPages(byCursor("Groups"), pageTotal)},
		{"RFC9865-2-12", "totalResults counts one too many", onPages(byCursor(), member("totalResults", func(_ *http.Request, a *answer) any { return number(wholeOf(a) + 1) }))},
		{"RFC9865-2-12", "itemsPerPage is totalResults", onPages(byCursor(), member("itemsPerPage", func(_ *http.Request, a *answer) any { return number(wholeOf(a)) }))},

		{"RFC9865-2.2-01", "sortBy is ignored", ignoresOrder(byCursor())},
		{"RFC9865-2.2-01", "sortBy is ignored on groups", ignoresOrder(byCursor("Groups"))},
		{"RFC9865-2.2-01", "descending is ignored", misasked(byCursor(), omit("sortOrder"))},
		{"RFC9865-2.2-01", "only the page is sorted", pageSorted(byCursor().when(has("sortBy")))},
		{"RFC9865-2.2-01", "only the first page is sorted", positions(byCursor().when(has("sortBy")), func(start int, p url.Values) {
			if start > 0 {
				omit("sortBy", "sortOrder")(p)
			}
		})},
		{"RFC9865-2.2-01", "equal values come again", positions(byCursor().when(has("sortBy")), func(start int, p url.Values) { p.Set("startIndex", strconv.Itoa(max(start, 1))) })},
	}
}

// cursorLinkFaults are about nextCursor and previousCursor.
func cursorLinkFaults() []Fault {
	return []Fault{
		{"RFC9865-2-06", "there is no nextCursor", onPages(byCursor(), lackingLink("nextCursor"))},
		{"RFC9865-2-06", "there is no nextCursor on groups", onPages(byCursor("Groups"), lackingLink("nextCursor"))},
		{"RFC9865-2-06", "there is no nextCursor after the second page", onPages(continued(), lackingLink("nextCursor"))},
		{"RFC9865-2-06", "nextCursor is null", onPages(byCursor(), func(_ *http.Request, a *answer) { a.body.Set("nextCursor", nil) })},
		{"RFC9865-2-06", "nextCursor is a number", onPages(byCursor(), func(_ *http.Request, a *answer) {
			if a.body.String("nextCursor") != "" {
				a.body.Set("nextCursor", number(7))
			}
		})},
		{"RFC9865-2-06", "nextCursor is called next", onPages(byCursor(), func(_ *http.Request, a *answer) {
			a.body.Set("next", mustGet(a.body, "nextCursor"))
			a.body.Delete("nextCursor")
		})},

		{"RFC9865-2-07", "the last page has a nextCursor to itself", looped(byCursor())},
		{"RFC9865-2-07", "a single page has a nextCursor to itself", looped(begun().when(says("filter", " eq ")))},
		{"RFC9865-2-07", "the nextCursor of the last page is refused", onPages(byCursor(), func(_ *http.Request, a *answer) {
			if a.body.String("nextCursor") == "" {
				a.body.Set("nextCursor", "the-end")
			}
		})},
		{"RFC9865-2-07", "a full last page has a nextCursor that is refused", onPages(byCursor(), func(r *http.Request, a *answer) {
			if strconv.Itoa(sizeOf(a)) == parametersOf(r).Get("count") && a.body.String("nextCursor") == "" {
				a.body.Set("nextCursor", "the-end")
			}
		})},

		{"RFC9865-2-08", "previousCursor leads to the page itself", onPages(byCursor(), func(r *http.Request, a *answer) {
			if a.body.String("previousCursor") != "" {
				a.body.Set("previousCursor", parametersOf(r).Get("cursor"))
			}
		})},
		{"RFC9865-2-08", "previousCursor leads forward", onPages(byCursor(), func(_ *http.Request, a *answer) {
			if a.body.String("previousCursor") != "" && a.body.String("nextCursor") != "" {
				a.body.Set("previousCursor", a.body.String("nextCursor"))
			}
		})},
		{"RFC9865-2-08", "previousCursor is refused", onPages(byCursor(), func(_ *http.Request, a *answer) {
			if a.body.String("previousCursor") != "" {
				a.body.Set("previousCursor", "back")
			}
		})},
		{"RFC9865-2-08", "pages are shorter backwards", onPages(continued(), func(_ *http.Request, a *answer) {
			if a.body.String("previousCursor") == "" {
				rearranged(withoutLast)(nil, a)
			}
		})},

		{"RFC9865-2-09", "the first page has a previousCursor", onPages(begun(), func(_ *http.Request, a *answer) { a.body.Set("previousCursor", "before") })},
		{"RFC9865-2-09", "the first page has its own previousCursor", onPages(begun(), func(_ *http.Request, a *answer) {
			a.body.Set("previousCursor", a.body.String("nextCursor")+"x")
		})},
		{"RFC9865-2-09", "the first page has a previousCursor when it is reached backwards", onPages(continued(), func(_ *http.Request, a *answer) {
			if a.body.String("previousCursor") == "" {
				a.body.Set("previousCursor", "before")
			}
		})},

		{"RFC9865-2-11", "cursors are positions in any query", positions(byCursor(), nil)},
		{"RFC9865-2-11", "a changed query is a server error", renamedAs(byCursor(), scim.ScimTypeInvalidCursor, scim.Internal("no such state"))},
		{"RFC9865-2-11", "a changed count is a server error", renamedAs(byCursor(), scim.ScimTypeInvalidCount, scim.Internal("no such state"))},
		{"RFC9865-2-11", "a changed count is overlooked", overlookedCount()},
		{"RFC9865-2-11", "a changed query finds nothing", refusedAsked(byCursor(), scim.ScimTypeInvalidCursor, func(p url.Values) {
			p.Del("cursor")
			p.Set("filter", "id eq \"none\"")
		})},
	}
}

func bareCursor(r *http.Request) bool {
	return slices.Contains(strings.Split(r.URL.RawQuery, "&"), "cursor")
}

func suffixed(s string) func(string) string { return func(c string) string { return c + s } }
func unsuffixed(s string) func(string) string {
	return func(c string) string { return strings.TrimSuffix(c, s) }
}

func lackingLink(name string) func(*http.Request, *answer) {
	return func(_ *http.Request, a *answer) { a.body.Delete(name) }
}
