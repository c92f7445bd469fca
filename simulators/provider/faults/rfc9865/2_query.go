package rfc9865

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// queryFaults violate features/rfc9865/2_query.feature.
func queryFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC9865-2-01", "an empty cursor is refused", rewrite.RefuseAll(rewrite.Begun(), scim.InvalidCursor("the cursor is empty"))},
		{"RFC9865-2-01", "an empty cursor is refused on groups", rewrite.RefuseAll(rewrite.Begun("Groups"), scim.InvalidCursor("the cursor is empty"))},
		{"RFC9865-2-01", "an empty cursor is taken for none", rewrite.EditParameters(rewrite.Begun(), rewrite.OmitParameters("cursor"))},
		{"RFC9865-2-01", "an empty cursor is taken for none on groups", rewrite.EditParameters(rewrite.Begun("Groups"), rewrite.OmitParameters("cursor"))},
		{"RFC9865-2-01", "a bare cursor is refused", rewrite.RefuseAll(bareCursor, scim.InvalidCursor("the cursor has no value"))},
		{"RFC9865-2-01", "a bare cursor is a server error", rewrite.Break(bareCursor)},

		{"RFC9865-2-02", "cursors end with equals signs", dressed(rewrite.ByCursor(), suffixed("=="), unsuffixed("=="))},
		{"RFC9865-2-02", "cursors contain slashes", dressed(rewrite.ByCursor(), suffixed("/x"), unsuffixed("/x"))},
		{"RFC9865-2-02", "cursors of groups contain plus signs", dressed(rewrite.ByCursor("Groups"), suffixed("+"), unsuffixed("+"))},
		{"RFC9865-2-02", "cursors of sorted queries contain spaces", dressed(rewrite.ByCursor().And(rewrite.Has("sortBy")), suffixed(" x"), unsuffixed(" x"))},
		{"RFC9865-2-02", "cursors contain percent signs", dressed(rewrite.ByCursor(), suffixed("%3D"), unsuffixed("%3D"))},

		{"RFC9865-2-03", "a negative count is refused", rewrite.RefuseAll(rewrite.ByCursor().And(rewrite.MinusCount), scim.InvalidCount("count is negative"))},
		{"RFC9865-2-03", "a negative count is refused on groups", rewrite.RefuseAll(rewrite.ByCursor("Groups").And(rewrite.MinusCount), scim.InvalidCount("count is negative"))},
		{"RFC9865-2-03", "a negative count means no limit", rewrite.EditParameters(rewrite.ByCursor().And(rewrite.MinusCount), rewrite.OmitParameters("count"))},
		{"RFC9865-2-03", "a negative count means 1", rewrite.EditParameters(rewrite.ByCursor().And(rewrite.MinusCount), rewrite.SetParameter("count", "1"))},
		{"RFC9865-2-03", "with a negative count nothing is counted", rewrite.OnPages(rewrite.ByCursor().And(rewrite.MinusCount), rewrite.NoTotal)},

		{"RFC9865-2-04", "count 0 means no limit", rewrite.EditParameters(rewrite.ByCursor().And(rewrite.ZeroCount), rewrite.OmitParameters("count"))},
		{"RFC9865-2-04", "count 0 means no limit on groups", rewrite.EditParameters(rewrite.ByCursor("Groups").And(rewrite.ZeroCount), rewrite.OmitParameters("count"))},
		{"RFC9865-2-04", "count 0 is refused", rewrite.RefuseAll(rewrite.ByCursor().And(rewrite.ZeroCount), scim.InvalidCount("count is 0"))},
		{"RFC9865-2-04", "with count 0 nothing is counted", rewrite.OnPages(rewrite.ByCursor().And(rewrite.ZeroCount), rewrite.NoTotal)},

		{"RFC9865-2-05", "count is ignored", rewrite.PageByPosition(rewrite.ByCursor(), func(_ int, p url.Values) { p.Del("count") })},
		{"RFC9865-2-05", "count is ignored on groups", rewrite.PageByPosition(rewrite.ByCursor("Groups"), func(_ int, p url.Values) { p.Del("count") })},
		{"RFC9865-2-05", "a page has one more than count", rewrite.EditParameters(rewrite.ByCursor(), rewrite.EditNumber("count", func(n int) int { return n + 1 }))},
		{"RFC9865-2-05", "count is ignored on later pages", rewrite.PageByPosition(rewrite.ByCursor(), func(start int, p url.Values) {
			if start > 0 {
				p.Del("count")
			}
		})},

		{"RFC9865-2-06", "there is no nextCursor", rewrite.OnPages(rewrite.ByCursor(), rewrite.SetMember("nextCursor", nil))},
		{"RFC9865-2-06", "there is no nextCursor on groups", rewrite.OnPages(rewrite.ByCursor("Groups"), rewrite.SetMember("nextCursor", nil))},
		{"RFC9865-2-06", "there is no nextCursor after the second page", rewrite.OnPages(rewrite.Continued(), rewrite.SetMember("nextCursor", nil))},
		{"RFC9865-2-06", "nextCursor is null", rewrite.OnPages(rewrite.ByCursor(), func(_ *http.Request, a *rewrite.Answer) { a.Body.Set("nextCursor", nil) })},
		{"RFC9865-2-06", "nextCursor is a number", rewrite.OnPages(rewrite.ByCursor(), func(_ *http.Request, a *rewrite.Answer) {
			if a.Body.String("nextCursor") != "" {
				a.Body.Set("nextCursor", rewrite.Number(7))
			}
		})},
		{"RFC9865-2-06", "nextCursor is called next", rewrite.OnPages(rewrite.ByCursor(), func(_ *http.Request, a *rewrite.Answer) {
			a.Body.Set("next", rewrite.Value(a.Body, "nextCursor"))
			a.Body.Delete("nextCursor")
		})},

		{"RFC9865-2-07", "the last page has a nextCursor to itself", looped(rewrite.ByCursor())},
		{"RFC9865-2-07", "a single page has a nextCursor to itself", looped(rewrite.Begun().And(rewrite.Says("filter", " eq ")))},
		{"RFC9865-2-07", "the nextCursor of the last page is refused", rewrite.OnPages(rewrite.ByCursor(), func(_ *http.Request, a *rewrite.Answer) {
			if a.Body.String("nextCursor") == "" {
				a.Body.Set("nextCursor", "the-end")
			}
		})},
		{"RFC9865-2-07", "a full last page has a nextCursor that is refused", rewrite.OnPages(rewrite.ByCursor(), func(r *http.Request, a *rewrite.Answer) {
			if strconv.Itoa(rewrite.SizeOf(a)) == rewrite.ParametersOf(r).Get("count") && a.Body.String("nextCursor") == "" {
				a.Body.Set("nextCursor", "the-end")
			}
		})},

		{"RFC9865-2-08", "previousCursor leads to the page itself", rewrite.OnPages(rewrite.ByCursor(), func(r *http.Request, a *rewrite.Answer) {
			if a.Body.String("previousCursor") != "" {
				a.Body.Set("previousCursor", rewrite.ParametersOf(r).Get("cursor"))
			}
		})},
		{"RFC9865-2-08", "previousCursor leads forward", rewrite.OnPages(rewrite.ByCursor(), func(_ *http.Request, a *rewrite.Answer) {
			if a.Body.String("previousCursor") != "" && a.Body.String("nextCursor") != "" {
				a.Body.Set("previousCursor", a.Body.String("nextCursor"))
			}
		})},
		{"RFC9865-2-08", "previousCursor is refused", rewrite.OnPages(rewrite.ByCursor(), func(_ *http.Request, a *rewrite.Answer) {
			if a.Body.String("previousCursor") != "" {
				a.Body.Set("previousCursor", "back")
			}
		})},
		{"RFC9865-2-08", "pages are shorter backwards", rewrite.OnPages(rewrite.Continued(), func(_ *http.Request, a *rewrite.Answer) {
			if a.Body.String("previousCursor") == "" {
				rewrite.EditResources(rewrite.WithoutLast)(nil, a)
			}
		})},

		{"RFC9865-2-09", "the first page has a previousCursor", rewrite.OnPages(rewrite.Begun(), func(_ *http.Request, a *rewrite.Answer) { a.Body.Set("previousCursor", "before") })},
		{"RFC9865-2-09", "the first page has its own previousCursor", rewrite.OnPages(rewrite.Begun(), func(_ *http.Request, a *rewrite.Answer) {
			a.Body.Set("previousCursor", a.Body.String("nextCursor")+"x")
		})},
		{"RFC9865-2-09", "the first page has a previousCursor when it is reached backwards", rewrite.OnPages(rewrite.Continued(), func(_ *http.Request, a *rewrite.Answer) {
			if a.Body.String("previousCursor") == "" {
				a.Body.Set("previousCursor", "before")
			}
		})},

		{"RFC9865-2-10", "one is lost between two pages", rewrite.PageByPosition(rewrite.ByCursor(), func(start int, p url.Values) {
			if start > 0 {
				p.Set("startIndex", strconv.Itoa(start+2))
			}
		})},
		{"RFC9865-2-10", "one is lost between two pages of groups", rewrite.PageByPosition(rewrite.ByCursor("Groups"), func(start int, p url.Values) {
			if start > 0 {
				p.Set("startIndex", strconv.Itoa(start+2))
			}
		})},
		{"RFC9865-2-10", "one is lost between two pages without a filter", rewrite.PageByPosition(rewrite.ByCursor().And(rewrite.Lacks("filter")), func(start int, p url.Values) {
			if start > 0 {
				p.Set("startIndex", strconv.Itoa(start+2))
			}
		})},
		{"RFC9865-2-10", "pages overlap by one", rewrite.PageByPosition(rewrite.ByCursor(), func(start int, p url.Values) { p.Set("startIndex", strconv.Itoa(max(start, 1))) })},
		{"RFC9865-2-10", "later pages are empty", rewrite.OnPages(rewrite.Continued(), rewrite.EditResources(func(all []any) []any { return all[:0] }))},
		{"RFC9865-2-10", "the last page is empty", rewrite.OnPages(rewrite.Continued(), func(_ *http.Request, a *rewrite.Answer) {
			if a.Body.String("nextCursor") == "" {
				a.Body.Set("Resources", []any{})
			}
		})},
		{"RFC9865-2-10", "the filter is forgotten on later pages", rewrite.InTurn(rewrite.PageByPosition(rewrite.ByCursor(), func(start int, p url.Values) {
			if start > 0 {
				p.Del("filter")
			}
		}), rewrite.SeedUsers())},
		{"RFC9865-2-10", "the attributes are forgotten on later pages", rewrite.PageByPosition(rewrite.ByCursor(), func(start int, p url.Values) {
			if start > 0 {
				p.Del("attributes")
			}
		})},
		{"RFC9865-2-10", "the first page is short of one", rewrite.OnPages(rewrite.Begun(), rewrite.EditResources(withoutFirst))},

		{"RFC9865-2-11", "cursors are positions in any query", rewrite.PageByPosition(rewrite.ByCursor(), nil)},
		{"RFC9865-2-11", "a changed query is a server error", rewrite.ErrorBecomes(rewrite.ByCursor(), scim.ScimTypeInvalidCursor, scim.Internal("no such state"))},
		{"RFC9865-2-11", "a changed count is a server error", rewrite.ErrorBecomes(rewrite.ByCursor(), scim.ScimTypeInvalidCount, scim.Internal("no such state"))},
		{"RFC9865-2-11", "a changed count is ignored", rewrite.KeepFirstCount()},
		{"RFC9865-2-11", "a changed query finds nothing", rewrite.AskOtherwiseIfRefused(rewrite.ByCursor(), scim.ScimTypeInvalidCursor, func(p url.Values) {
			p.Del("cursor")
			p.Set("filter", "id eq \"none\"")
		})},

		{"RFC9865-2-12", "totalResults is that of the page", rewrite.OnPages(rewrite.ByCursor(), rewrite.PageTotal)},
		{"RFC9865-2-12", "totalResults is that of the page, for groups", rewrite.OnPages(rewrite.ByCursor("Groups"), rewrite.PageTotal)},
		{"RFC9865-2-12", "totalResults counts one too many", rewrite.OnPages(rewrite.ByCursor(), rewrite.ComputeMember("totalResults", func(_ *http.Request, a *rewrite.Answer) any { return rewrite.Number(rewrite.WholeOf(a) + 1) }))},
		{"RFC9865-2-12", "itemsPerPage is totalResults", rewrite.OnPages(rewrite.ByCursor(), rewrite.ComputeMember("itemsPerPage", func(_ *http.Request, a *rewrite.Answer) any { return rewrite.Number(rewrite.WholeOf(a)) }))},
	}
}

func bareCursor(r *http.Request) bool {
	return slices.Contains(strings.Split(r.URL.RawQuery, "&"), "cursor")
}

func suffixed(s string) func(string) string { return func(c string) string { return c + s } }

func unsuffixed(s string) func(string) string {
	return func(c string) string { return strings.TrimSuffix(c, s) }
}

// dressed gives every cursor that goes out another form, and takes it off those
// that come in.
func dressed(chosen rewrite.When, on func(string) string, off func(string) string) rewrite.Wrap {
	return rewrite.InTurn(rewrite.EditParameters(chosen, rewrite.EditCursor(off)), rewrite.OnPages(chosen, func(_ *http.Request, a *rewrite.Answer) {
		for _, name := range []string{"nextCursor", "previousCursor"} {
			if c := a.Body.String(name); c != "" {
				a.Body.Set(name, on(c))
			}
		}
	}))
}

// looped gives last pages a cursor that leads to themselves.
func looped(chosen rewrite.When) rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var mu sync.Mutex
		last := map[string]string{} // cursor given for the one that led here
		return rewrite.Handle(chosen, func(next http.Handler, r *http.Request) *rewrite.Answer {
			p := rewrite.ParametersOf(r)
			mu.Lock()
			came, again := last[p.Get("cursor")]
			mu.Unlock()
			if !again {
				came = p.Get("cursor")
			}
			a := rewrite.Serve(next, rewrite.CopyWith(r, rewrite.SetParameter("cursor", came)))
			if a.OK() && a.Body.String("nextCursor") == "" {
				loop := "loop" + strconv.Itoa(len(came)) + came
				mu.Lock()
				last[loop] = came
				mu.Unlock()
				a.Body.Set("nextCursor", loop)
			}
			return a
		})
	})
}

func withoutFirst(all []any) []any { return all[min(1, len(all)):] }
