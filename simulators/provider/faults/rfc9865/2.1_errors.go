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
		{"RFC9865-2.1-01", "an unknown cursor begins anew", rewrite.AskOtherwiseIfRefused(rewrite.ByCursor(), scim.ScimTypeInvalidCursor, rewrite.SetParameter("cursor", ""))},
		{"RFC9865-2.1-01", "an unknown cursor begins anew on groups", rewrite.AskOtherwiseIfRefused(rewrite.ByCursor("Groups"), scim.ScimTypeInvalidCursor, rewrite.SetParameter("cursor", ""))},
		{"RFC9865-2.1-01", "an unknown cursor finds nothing", rewrite.AskOtherwiseIfRefused(rewrite.ByCursor(), scim.ScimTypeInvalidCursor, func(p url.Values) {
			p.Del("cursor")
			p.Set("filter", "id eq \"none\"")
		})},
		{"RFC9865-2.1-01", "an unknown cursor is a server error", rewrite.ErrorBecomes(rewrite.ByCursor(), scim.ScimTypeInvalidCursor, scim.Internal("no such cursor"))},
		{"RFC9865-2.1-01", "an unknown cursor is not found", rewrite.ErrorBecomes(rewrite.ByCursor(), scim.ScimTypeInvalidCursor, scim.NotFound("cursor", ""))},
		{"RFC9865-2.1-01", "an unknown cursor is called a wrong value", rewrite.ErrorBecomes(rewrite.ByCursor(), scim.ScimTypeInvalidCursor, scim.InvalidValue("no such cursor"))},
		{"RFC9865-2.1-01", "an unknown cursor is called expired", rewrite.ErrorBecomes(rewrite.ByCursor(), scim.ScimTypeInvalidCursor, scim.ExpiredCursor("no such cursor"))},
		{"RFC9865-2.1-01", "an unknown cursor is refused without a scimType", cursorWrong(rewrite.ByCursor(), func(a *rewrite.Answer) { a.Body.Delete("scimType") })},
		{"RFC9865-2.1-01", "an unknown cursor is refused without a SCIM error", cursorWrong(rewrite.ByCursor(), func(a *rewrite.Answer) {
			a.Body = nil
			a.Raw = []byte("bad cursor")
		})},
		{"RFC9865-2.1-01", "only the beginning of a cursor is looked at", rewrite.EditParameters(rewrite.Continued(), rewrite.EditCursor(func(c string) string { return strings.TrimSuffix(c, "sduo") }))},

		{"RFC9865-2.1-02", "an expired cursor is called invalid", rewrite.ErrorBecomes(rewrite.ByCursor(), scim.ScimTypeExpiredCursor, scim.InvalidCursor("no such cursor"))},
		{"RFC9865-2.1-02", "an expired cursor is a server error", rewrite.ErrorBecomes(rewrite.ByCursor(), scim.ScimTypeExpiredCursor, scim.Internal("no such cursor"))},
		{"RFC9865-2.1-02", "an expired cursor begins anew", rewrite.AskOtherwiseIfRefused(rewrite.ByCursor(), scim.ScimTypeExpiredCursor, rewrite.SetParameter("cursor", ""))},
		{"RFC9865-2.1-02", "an expired cursor is gone", rewrite.ErrorBecomes(rewrite.ByCursor(), scim.ScimTypeExpiredCursor, &scim.Error{Status: http.StatusGone, Detail: "no such cursor"})},

		{"RFC9865-2.1-03", "a changed count begins anew", rewrite.AskOtherwiseIfRefused(rewrite.ByCursor(), scim.ScimTypeInvalidCount, rewrite.SetParameter("cursor", ""))},
		{"RFC9865-2.1-03", "a changed count is called a wrong value", rewrite.ErrorBecomes(rewrite.ByCursor(), scim.ScimTypeInvalidCount, scim.InvalidValue("wrong count"))},
		{"RFC9865-2.1-03", "a changed count is called a wrong cursor", rewrite.ErrorBecomes(rewrite.ByCursor(), scim.ScimTypeInvalidCount, scim.InvalidCursor("wrong count"))},
		{"RFC9865-2.1-03", "a count that is no number is ignored", rewrite.EditParameters(rewrite.ByCursor().And(rewrite.NoInteger("count")), rewrite.OmitParameters("count"))},
		{"RFC9865-2.1-03", "a count that is no number is a server error", rewrite.Break(rewrite.ByCursor().And(rewrite.NoInteger("count")))},
		{"RFC9865-2.1-03", "a changed count is ignored", rewrite.KeepFirstCount()},

		{"RFC9865-2.2-01", "sortBy is ignored", rewrite.IgnoreOrder(rewrite.ByCursor())},
		{"RFC9865-2.2-01", "sortBy is ignored on groups", rewrite.IgnoreOrder(rewrite.ByCursor("Groups"))},
		{"RFC9865-2.2-01", "descending is ignored", rewrite.EditParameters(rewrite.ByCursor(), rewrite.OmitParameters("sortOrder"))},
		{"RFC9865-2.2-01", "only the page is sorted", rewrite.SortPageOnly(rewrite.ByCursor().And(rewrite.Has("sortBy")))},
		{"RFC9865-2.2-01", "only the first page is sorted", rewrite.PageByPosition(rewrite.ByCursor().And(rewrite.Has("sortBy")), func(start int, p url.Values) {
			if start > 0 {
				rewrite.OmitParameters("sortBy", "sortOrder")(p)
			}
		})},
		{"RFC9865-2.2-01", "equal values come again", rewrite.PageByPosition(rewrite.ByCursor().And(rewrite.Has("sortBy")), func(start int, p url.Values) { p.Set("startIndex", strconv.Itoa(max(start, 1))) })},

		{"RFC9865-2.3-01", "a nextCursor comes unasked and is refused", rewrite.OnPages(rewrite.Queries("Users").And(rewrite.Lacks("cursor"), rewrite.Lacks("startIndex")), func(_ *http.Request, a *rewrite.Answer) { a.Body.Set("nextCursor", "unasked") })},
		{"RFC9865-2.3-01", "a nextCursor comes unasked and leads to the same page", rewrite.InTurn(
			rewrite.EditParameters(rewrite.Queries("Users").And(rewrite.Equals("cursor", "unasked")), rewrite.SetParameter("cursor", "")),
			rewrite.OnPages(rewrite.Queries("Users").And(rewrite.Lacks("cursor"), rewrite.Lacks("startIndex")), func(_ *http.Request, a *rewrite.Answer) { a.Body.Set("nextCursor", "unasked") }))},

		{"RFC9865-2.4-01", "the default is not the announced one", rewrite.SetConfig("pagination", "defaultPaginationMethod", "cursor")},
		{"RFC9865-2.4-01", "the default is by cursor, against the announcement", rewrite.EditParameters(rewrite.Queries().And(rewrite.Lacks("cursor"), rewrite.Lacks("startIndex")), rewrite.SetParameter("cursor", ""))},
		{"RFC9865-2.4-01", "groups have another default", rewrite.EditParameters(rewrite.Queries("Groups").And(rewrite.Lacks("cursor"), rewrite.Lacks("startIndex")), rewrite.SetParameter("cursor", ""))},
		{"RFC9865-2.4-01", "the default changes from query to query", rewrite.InTurn(rewrite.SetConfig("pagination", "defaultPaginationMethod", nil), everyOther(rewrite.Queries().And(rewrite.Lacks("cursor"), rewrite.Lacks("startIndex")), rewrite.SetParameter("cursor", "")))},

		{"RFC9865-2.4-02", "startIndex and a cursor are a server error", rewrite.Break(rewrite.Queries().And(rewrite.Has("startIndex"), rewrite.Has("cursor")))},
		{"RFC9865-2.4-02", "startIndex and a cursor are added up", rewrite.EditParameters(rewrite.Queries().And(rewrite.Has("startIndex"), rewrite.Has("cursor")), func(p url.Values) {
			p.Del("cursor")
			rewrite.EditNumber("startIndex", func(n int) int { return n + 3 })(p)
		})},
		{"RFC9865-2.4-02", "startIndex and a cursor show nothing", rewrite.EditParameters(rewrite.Queries().And(rewrite.Has("startIndex"), rewrite.Has("cursor")), func(p url.Values) {
			p.Del("cursor")
			p.Set("count", "0")
		})},

		{"RFC9865-3-01", "a search knows no cursors", rewrite.EditParameters(rewrite.ByPost(), rewrite.OmitParameters("cursor"))},
		{"RFC9865-3-01", "a search for groups knows no cursors", rewrite.EditParameters(rewrite.ByPost("Groups"), rewrite.OmitParameters("cursor"))},
		{"RFC9865-3-01", "a search refuses an empty cursor", rewrite.RefuseAll(rewrite.ByPost().And(rewrite.Equals("cursor", "")), scim.InvalidCursor("the cursor is empty"))},
		{"RFC9865-3-01", "a search begins anew with every cursor", rewrite.EditParameters(rewrite.ByPost().And(rewrite.Has("cursor")), rewrite.SetParameter("cursor", ""))},
		{"RFC9865-3-01", "a search takes any cursor", rewrite.AskOtherwiseIfRefused(rewrite.ByPost(), scim.ScimTypeInvalidCursor, rewrite.SetParameter("cursor", ""))},
		{"RFC9865-3-01", "a search with a cursor ignores count", rewrite.PageByPosition(rewrite.ByPost().And(rewrite.Has("cursor")), func(_ int, p url.Values) { p.Del("count") })},
		{"RFC9865-3-01", "a search loses one between two pages", rewrite.PageByPosition(rewrite.ByPost().And(rewrite.Has("cursor")), func(start int, p url.Values) {
			if start > 0 {
				p.Set("startIndex", strconv.Itoa(start+2))
			}
		})},
	}
}

// everyOther changes every second query.
func everyOther(chosen rewrite.When, change rewrite.ParameterEdit) rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var n atomic.Int64
		return rewrite.EditParameters(func(r *http.Request) bool { return chosen(r) && n.Add(1)%2 == 0 }, change)
	})
}

// cursorWrong are queries with a cursor that the provider refuses.
func cursorWrong(chosen rewrite.When, say func(a *rewrite.Answer)) rewrite.Wrap {
	return rewrite.Answers(chosen, func(_ *http.Request, a *rewrite.Answer) {
		if a.Body.String("scimType") == scim.ScimTypeInvalidCursor {
			say(a)
		}
	})
}
