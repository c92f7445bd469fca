package faults

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// cursorErrorFaults are about cursors and counts that are wrong.
func cursorErrorFaults() []Fault {
	return []Fault{
		{"RFC9865-2.1-01", "an unknown cursor begins anew", refusedAsked(byCursor(), scim.ScimTypeInvalidCursor, put("cursor", ""))},
		{"RFC9865-2.1-01", "an unknown cursor begins anew on groups", refusedAsked(byCursor("Groups"), scim.ScimTypeInvalidCursor, put("cursor", ""))},
		{"RFC9865-2.1-01", "an unknown cursor finds nothing", refusedAsked(byCursor(), scim.ScimTypeInvalidCursor, func(p url.Values) {
			p.Del("cursor")
			p.Set("filter", "id eq \"none\"")
		})},
		{"RFC9865-2.1-01", "an unknown cursor is a server error", renamedAs(byCursor(), scim.ScimTypeInvalidCursor, scim.Internal("no such cursor"))},
		{"RFC9865-2.1-01", "an unknown cursor is not found", renamedAs(byCursor(), scim.ScimTypeInvalidCursor, scim.NotFound("cursor", ""))},
		{"RFC9865-2.1-01", "an unknown cursor is called a wrong value", renamedAs(byCursor(), scim.ScimTypeInvalidCursor, scim.InvalidValue("no such cursor"))},
		{"RFC9865-2.1-01", "an unknown cursor is called expired", renamedAs(byCursor(), scim.ScimTypeInvalidCursor, scim.ExpiredCursor("no such cursor"))},
		{"RFC9865-2.1-01", "an unknown cursor is refused without a scimType", cursorWrong(byCursor(), func(a *answer) { a.body.Delete("scimType") })},
		{"RFC9865-2.1-01", "an unknown cursor is refused without a SCIM error", cursorWrong(byCursor(), func(a *answer) {
			a.body = nil
			a.raw = []byte("bad cursor")
		})},
		{"RFC9865-2.1-01", "only the beginning of a cursor is looked at", misasked(continued(), renamedCursor(func(c string) string { return strings.TrimSuffix(c, "sduo") }))},

		{"RFC9865-2.1-02", "an expired cursor is called invalid", renamedAs(byCursor(), scim.ScimTypeExpiredCursor, scim.InvalidCursor("no such cursor"))},
		{"RFC9865-2.1-02", "an expired cursor is a server error", renamedAs(byCursor(), scim.ScimTypeExpiredCursor, scim.Internal("no such cursor"))},
		{"RFC9865-2.1-02", "an expired cursor begins anew", refusedAsked(byCursor(), scim.ScimTypeExpiredCursor, put("cursor", ""))},
		{"RFC9865-2.1-02", "an expired cursor is gone", renamedAs(byCursor(), scim.ScimTypeExpiredCursor, &scim.Error{Status: http.StatusGone, Detail: "no such cursor"})},

		{"RFC9865-2.1-03", "a changed count begins anew", refusedAsked(byCursor(), scim.ScimTypeInvalidCount, put("cursor", ""))},
		{"RFC9865-2.1-03", "a changed count is called a wrong value", renamedAs(byCursor(), scim.ScimTypeInvalidCount, scim.InvalidValue("wrong count"))},
		{"RFC9865-2.1-03", "a changed count is called a wrong cursor", renamedAs(byCursor(), scim.ScimTypeInvalidCount, scim.InvalidCursor("wrong count"))},
		{"RFC9865-2.1-03", "a count that is no number is ignored", misasked(byCursor().when(noInteger("count")), omit("count"))},
		{"RFC9865-2.1-03", "a count that is no number is a server error", broken(byCursor().when(noInteger("count")))},
		{"RFC9865-2.1-03", "a changed count is overlooked", overlookedCount()},
	}
}

// cursorMethodFaults are about which method of paging is followed.
func cursorMethodFaults() []Fault {
	return []Fault{
		{"RFC9865-2.3-01", "a nextCursor comes unasked and is refused", onPages(queries("Users").when(lacks("cursor"), lacks("startIndex")), func(_ *http.Request, a *answer) { a.body.Set("nextCursor", "unasked") })},
		{"RFC9865-2.3-01", "a nextCursor comes unasked and leads to the same page", both(
			misasked(queries("Users").when(equals("cursor", "unasked")), put("cursor", "")),
			onPages(queries("Users").when(lacks("cursor"), lacks("startIndex")), func(_ *http.Request, a *answer) { a.body.Set("nextCursor", "unasked") }))},

		{"RFC9865-2.4-01", "the default is not the announced one", announcing("defaultPaginationMethod", "cursor")},
		{"RFC9865-2.4-01", "the default is by cursor, against the announcement", misasked(queries().when(lacks("cursor"), lacks("startIndex")), put("cursor", ""))},
		{"RFC9865-2.4-01", "groups have another default", misasked(queries("Groups").when(lacks("cursor"), lacks("startIndex")), put("cursor", ""))},
		{"RFC9865-2.4-01", "the default changes from query to query", both(announcing("defaultPaginationMethod", nil), everyOther(queries().when(lacks("cursor"), lacks("startIndex")), put("cursor", "")))},

		{"RFC9865-2.4-02", "startIndex and a cursor are a server error", broken(queries().when(has("startIndex"), has("cursor")))},
		{"RFC9865-2.4-02", "startIndex and a cursor are added up", misasked(queries().when(has("startIndex"), has("cursor")), func(p url.Values) {
			p.Del("cursor")
			counted("startIndex", func(n int) int { return n + 3 })(p)
		})},
		{"RFC9865-2.4-02", "startIndex and a cursor show nothing", misasked(queries().when(has("startIndex"), has("cursor")), func(p url.Values) {
			p.Del("cursor")
			p.Set("count", "0")
		})},

		{"RFC9865-3-01", "a search knows no cursors", misasked(byPost(), omit("cursor"))},
		{"RFC9865-3-01", "a search for groups knows no cursors", misasked(byPost("Groups"), omit("cursor"))},
		{"RFC9865-3-01", "a search refuses an empty cursor", turnsDown(byPost().when(equals("cursor", "")), scim.InvalidCursor("the cursor is empty"))},
		{"RFC9865-3-01", "a search begins anew with every cursor", misasked(byPost().when(has("cursor")), put("cursor", ""))},
		{"RFC9865-3-01", "a search takes any cursor", refusedAsked(byPost(), scim.ScimTypeInvalidCursor, put("cursor", ""))},
		{"RFC9865-3-01", "a search with a cursor ignores count", positions(byPost().when(has("cursor")), func(_ int, p url.Values) { p.Del("count") })},
		{"RFC9865-3-01", "a search loses one between two pages", positions(byPost().when(has("cursor")), func(start int, p url.Values) {
			if start > 0 {
				p.Set("startIndex", strconv.Itoa(start+2))
			}
		})},
	}
}

// overlookedCount goes on by the count of the first page.
func overlookedCount() Wrap {
	return func(next http.Handler) http.Handler {
		var first atomic.Value
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if begun()(r) {
				first.Store(parametersOf(r).Get("count"))
			}
			if count, ok := first.Load().(string); ok && continued()(r) {
				p := parametersOf(r)
				p.Set("count", count)
				setParameters(r, p)
			}
			next.ServeHTTP(w, r)
		})
	}
}

// everyOther changes every second query.
func everyOther(chosen when, change parameterEdit) Wrap {
	return func(next http.Handler) http.Handler {
		var n atomic.Int64
		changed := misasked(chosen, change)(next)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if chosen(r) && n.Add(1)%2 == 0 {
				changed.ServeHTTP(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}
