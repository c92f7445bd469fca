package rfc9865

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// errorsFaults violate features/rfc9865/2.1_errors.feature.
func errorsFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC9865-2.1-01", "an unknown cursor begins anew", rewrite.RefusedAsked(rewrite.ByCursor(), scim.ScimTypeInvalidCursor, rewrite.Put("cursor", ""))},
		{"RFC9865-2.1-01", "an unknown cursor begins anew on groups", rewrite.RefusedAsked(rewrite.ByCursor("Groups"), scim.ScimTypeInvalidCursor, rewrite.Put("cursor", ""))},
		{"RFC9865-2.1-01", "an unknown cursor finds nothing", rewrite.RefusedAsked(rewrite.ByCursor(), scim.ScimTypeInvalidCursor, func(p url.Values) {
			p.Del("cursor")
			p.Set("filter", "id eq \"none\"")
		})},
		{"RFC9865-2.1-01", "an unknown cursor is a server error", rewrite.RenamedAs(rewrite.ByCursor(), scim.ScimTypeInvalidCursor, scim.Internal("no such cursor"))},
		{"RFC9865-2.1-01", "an unknown cursor is not found", rewrite.RenamedAs(rewrite.ByCursor(), scim.ScimTypeInvalidCursor, scim.NotFound("cursor", ""))},
		{"RFC9865-2.1-01", "an unknown cursor is called a wrong value", rewrite.RenamedAs(rewrite.ByCursor(), scim.ScimTypeInvalidCursor, scim.InvalidValue("no such cursor"))},
		{"RFC9865-2.1-01", "an unknown cursor is called expired", rewrite.RenamedAs(rewrite.ByCursor(), scim.ScimTypeInvalidCursor, scim.ExpiredCursor("no such cursor"))},
		{"RFC9865-2.1-01", "an unknown cursor is refused without a scimType", cursorWrong(rewrite.ByCursor(), func(a *rewrite.Answer) { a.Body.Delete("scimType") })},
		{"RFC9865-2.1-01", "an unknown cursor is refused without a SCIM error", cursorWrong(rewrite.ByCursor(), func(a *rewrite.Answer) {
			a.Body = nil
			a.Raw = []byte("bad cursor")
		})},
		{"RFC9865-2.1-01", "only the beginning of a cursor is looked at", rewrite.Misasked(rewrite.Continued(), rewrite.RenamedCursor(func(c string) string { return strings.TrimSuffix(c, "sduo") }))},

		{"RFC9865-2.1-02", "an expired cursor is called invalid", rewrite.RenamedAs(rewrite.ByCursor(), scim.ScimTypeExpiredCursor, scim.InvalidCursor("no such cursor"))},
		{"RFC9865-2.1-02", "an expired cursor is a server error", rewrite.RenamedAs(rewrite.ByCursor(), scim.ScimTypeExpiredCursor, scim.Internal("no such cursor"))},
		{"RFC9865-2.1-02", "an expired cursor begins anew", rewrite.RefusedAsked(rewrite.ByCursor(), scim.ScimTypeExpiredCursor, rewrite.Put("cursor", ""))},
		{"RFC9865-2.1-02", "an expired cursor is gone", rewrite.RenamedAs(rewrite.ByCursor(), scim.ScimTypeExpiredCursor, &scim.Error{Status: http.StatusGone, Detail: "no such cursor"})},

		{"RFC9865-2.1-03", "a changed count begins anew", rewrite.RefusedAsked(rewrite.ByCursor(), scim.ScimTypeInvalidCount, rewrite.Put("cursor", ""))},
		{"RFC9865-2.1-03", "a changed count is called a wrong value", rewrite.RenamedAs(rewrite.ByCursor(), scim.ScimTypeInvalidCount, scim.InvalidValue("wrong count"))},
		{"RFC9865-2.1-03", "a changed count is called a wrong cursor", rewrite.RenamedAs(rewrite.ByCursor(), scim.ScimTypeInvalidCount, scim.InvalidCursor("wrong count"))},
		{"RFC9865-2.1-03", "a count that is no number is ignored", rewrite.Misasked(rewrite.ByCursor().And(rewrite.NoInteger("count")), rewrite.Omit("count"))},
		{"RFC9865-2.1-03", "a count that is no number is a server error", rewrite.Broken(rewrite.ByCursor().And(rewrite.NoInteger("count")))},
		{"RFC9865-2.1-03", "a changed count is overlooked", rewrite.OverlookedCount()},

		{"RFC9865-2.2-01", "sortBy is ignored", rewrite.IgnoresOrder(rewrite.ByCursor())},
		{"RFC9865-2.2-01", "sortBy is ignored on groups", rewrite.IgnoresOrder(rewrite.ByCursor("Groups"))},
		{"RFC9865-2.2-01", "descending is ignored", rewrite.Misasked(rewrite.ByCursor(), rewrite.Omit("sortOrder"))},
		{"RFC9865-2.2-01", "only the page is sorted", rewrite.PageSorted(rewrite.ByCursor().And(rewrite.Has("sortBy")))},
		{"RFC9865-2.2-01", "only the first page is sorted", rewrite.Positions(rewrite.ByCursor().And(rewrite.Has("sortBy")), func(start int, p url.Values) {
			if start > 0 {
				rewrite.Omit("sortBy", "sortOrder")(p)
			}
		})},
		{"RFC9865-2.2-01", "equal values come again", rewrite.Positions(rewrite.ByCursor().And(rewrite.Has("sortBy")), func(start int, p url.Values) { p.Set("startIndex", strconv.Itoa(max(start, 1))) })},

		{"RFC9865-2.3-01", "a nextCursor comes unasked and is refused", rewrite.OnPages(rewrite.Queries("Users").And(rewrite.Lacks("cursor"), rewrite.Lacks("startIndex")), func(_ *http.Request, a *rewrite.Answer) { a.Body.Set("nextCursor", "unasked") })},
		{"RFC9865-2.3-01", "a nextCursor comes unasked and leads to the same page", rewrite.Both(
			rewrite.Misasked(rewrite.Queries("Users").And(rewrite.Equals("cursor", "unasked")), rewrite.Put("cursor", "")),
			rewrite.OnPages(rewrite.Queries("Users").And(rewrite.Lacks("cursor"), rewrite.Lacks("startIndex")), func(_ *http.Request, a *rewrite.Answer) { a.Body.Set("nextCursor", "unasked") }))},

		{"RFC9865-2.4-01", "the default is not the announced one", rewrite.Announcing("defaultPaginationMethod", "cursor")},
		{"RFC9865-2.4-01", "the default is by cursor, against the announcement", rewrite.Misasked(rewrite.Queries().And(rewrite.Lacks("cursor"), rewrite.Lacks("startIndex")), rewrite.Put("cursor", ""))},
		{"RFC9865-2.4-01", "groups have another default", rewrite.Misasked(rewrite.Queries("Groups").And(rewrite.Lacks("cursor"), rewrite.Lacks("startIndex")), rewrite.Put("cursor", ""))},
		{"RFC9865-2.4-01", "the default changes from query to query", rewrite.Both(rewrite.Announcing("defaultPaginationMethod", nil), everyOther(rewrite.Queries().And(rewrite.Lacks("cursor"), rewrite.Lacks("startIndex")), rewrite.Put("cursor", "")))},

		{"RFC9865-2.4-02", "startIndex and a cursor are a server error", rewrite.Broken(rewrite.Queries().And(rewrite.Has("startIndex"), rewrite.Has("cursor")))},
		{"RFC9865-2.4-02", "startIndex and a cursor are added up", rewrite.Misasked(rewrite.Queries().And(rewrite.Has("startIndex"), rewrite.Has("cursor")), func(p url.Values) {
			p.Del("cursor")
			rewrite.Counted("startIndex", func(n int) int { return n + 3 })(p)
		})},
		{"RFC9865-2.4-02", "startIndex and a cursor show nothing", rewrite.Misasked(rewrite.Queries().And(rewrite.Has("startIndex"), rewrite.Has("cursor")), func(p url.Values) {
			p.Del("cursor")
			p.Set("count", "0")
		})},

		{"RFC9865-3-01", "a search knows no cursors", rewrite.Misasked(rewrite.ByPost(), rewrite.Omit("cursor"))},
		{"RFC9865-3-01", "a search for groups knows no cursors", rewrite.Misasked(rewrite.ByPost("Groups"), rewrite.Omit("cursor"))},
		{"RFC9865-3-01", "a search refuses an empty cursor", rewrite.TurnsDown(rewrite.ByPost().And(rewrite.Equals("cursor", "")), scim.InvalidCursor("the cursor is empty"))},
		{"RFC9865-3-01", "a search begins anew with every cursor", rewrite.Misasked(rewrite.ByPost().And(rewrite.Has("cursor")), rewrite.Put("cursor", ""))},
		{"RFC9865-3-01", "a search takes any cursor", rewrite.RefusedAsked(rewrite.ByPost(), scim.ScimTypeInvalidCursor, rewrite.Put("cursor", ""))},
		{"RFC9865-3-01", "a search with a cursor ignores count", rewrite.Positions(rewrite.ByPost().And(rewrite.Has("cursor")), func(_ int, p url.Values) { p.Del("count") })},
		{"RFC9865-3-01", "a search loses one between two pages", rewrite.Positions(rewrite.ByPost().And(rewrite.Has("cursor")), func(start int, p url.Values) {
			if start > 0 {
				p.Set("startIndex", strconv.Itoa(start+2))
			}
		})},
	}
}

// everyOther changes every second query.
func everyOther(chosen rewrite.When, change rewrite.ParameterEdit) rewrite.Wrap {
	return func(next http.Handler) http.Handler {
		var n atomic.Int64
		changed := rewrite.Misasked(chosen, change)(next)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if chosen(r) && n.Add(1)%2 == 0 {
				changed.ServeHTTP(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// cursorWrong are queries with a cursor that the provider refuses.
func cursorWrong(chosen rewrite.When, say func(a *rewrite.Answer)) rewrite.Wrap {
	return rewrite.Answers(chosen, func(_ *http.Request, a *rewrite.Answer) {
		if a.Body.String("scimType") == scim.ScimTypeInvalidCursor {
			say(a)
		}
	})
}
