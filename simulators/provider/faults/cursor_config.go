package faults

import (
	"net/http"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// cursorConfigFaults are about what is announced.
func cursorConfigFaults() []Fault {
	return []Fault{
		{"RFC9865-4-01", "cursors are not announced", answers(at("GET", "/ServiceProviderConfig"), unannounced)},
		{"RFC9865-4-01", "cursors are denied", announcing("cursor", false)},
		{"RFC9865-4-01", "cursors are announced and ignored", misasked(queries(), omit("cursor"))},
		{"RFC9865-4-01", "cursors are announced and refused", turnsDown(byCursor(), scim.InvalidValue("cursor is not supported"))},

		{"RFC9865-4-02", "cursor is a text", announcing("cursor", "true")},
		{"RFC9865-4-02", "cursor is missing", announcing("cursor", nil)},
		{"RFC9865-4-02", "index is a text", announcing("index", "true")},
		{"RFC9865-4-02", "index is missing", announcing("index", nil)},
		{"RFC9865-4-02", "index is an object", announcing("index", scim.NewObject(scim.Member{Name: "supported", Value: true}))},

		{"RFC9865-4-03", "the default method is called offset", announcing("defaultPaginationMethod", "offset")},
		{"RFC9865-4-03", "the default method is written large", announcing("defaultPaginationMethod", "Index")},
		{"RFC9865-4-03", "the default method is a boolean", announcing("defaultPaginationMethod", true)},

		{"RFC9865-4-04", "maxPageSize is 0", announcing("maxPageSize", number(0))},
		{"RFC9865-4-04", "maxPageSize is a text", announcing("maxPageSize", "200")},
		{"RFC9865-4-04", "maxPageSize is exceeded", announcing("maxPageSize", number(3))},
		{"RFC9865-4-04", "defaultPageSize is negative", announcing("defaultPageSize", number(-1))},
		{"RFC9865-4-04", "defaultPageSize is a text", announcing("defaultPageSize", "100")},
		{"RFC9865-4-04", "defaultPageSize is exceeded", announcing("defaultPageSize", number(3))},

		{"RFC9865-4-05", "cursorTimeout is 0", announcing("cursorTimeout", number(0))},
		{"RFC9865-4-05", "cursorTimeout is negative", announcing("cursorTimeout", number(-1))},
		{"RFC9865-4-05", "cursorTimeout is a text", announcing("cursorTimeout", "1 h")},
		{"RFC9865-4-05", "cursors do not last at all", turnsDown(continued(), scim.ExpiredCursor("the cursor is too old"))},
		{"RFC9865-4-05", "an old cursor is a server error", renamedAs(byCursor(), scim.ScimTypeExpiredCursor, scim.Internal("no such cursor"))},
		{"RFC9865-4-05", "an old cursor is a wrong value", renamedAs(byCursor(), scim.ScimTypeExpiredCursor, scim.InvalidValue("no such cursor"))},
	}
}

// cursorSecurityFaults are about what a cursor gives away.
func cursorSecurityFaults() []Fault {
	return []Fault{
		{"RFC9865-5.2-01", "a cursor carries the rights of its owner", bearing(func(*http.Request) bool { return true })},
		{"RFC9865-5.2-01", "a cursor of another client answers with its owner's data", foreign(func(a *answer) {
			a.body.Set("detail", "belongs to sduo-embedded-A@example.com sduo-embedded@example.com")
		})},
		{"RFC9865-5.2-02", "a cursor needs no token", bearing(func(r *http.Request) bool { return r.Header.Get("Authorization") == "" })},
		{"RFC9865-5.2-02", "a cursor goes with any token", bearing(func(r *http.Request) bool { return r.Header.Get("Authorization") != "" })},
		{"RFC9865-5.2-02", "a cursor without a token answers 403", answers(continued(), func(_ *http.Request, a *answer) {
			if a.status == http.StatusUnauthorized {
				a.refuse(scim.Forbidden("no token"))
			}
		})},
		{"RFC9865-5.2-02", "a cursor without a token answers an empty page", answers(continued(), func(_ *http.Request, a *answer) {
			if a.status == http.StatusUnauthorized {
				l := scim.List{}
				*a = answer{status: http.StatusOK, header: a.header, body: l.Object()}
			}
		})},
		{"RFC9865-5.2-04", "a cursor of another client is forbidden", foreign(func(a *answer) { a.refuse(scim.Forbidden("the cursor belongs to another client")) })},
		{"RFC9865-5.2-04", "a refusal says whose cursor it is", foreign(func(a *answer) { a.body.Set("detail", "the cursor belongs to another client") })},
		{"RFC9865-5.2-04", "a refusal has another scimType", foreign(func(a *answer) { a.body.Set("scimType", scim.ScimTypeExpiredCursor) })},
		{"RFC9865-5.2-04", "a refusal shows the next user", leaking()},
		{"RFC9865-5.3-01", "after fifty cursors the server fails", exhausted(50, false)},
		{"RFC9865-5.3-01", "after fifty cursors the server stops to serve", exhausted(50, true)},
	}
}

// leaking puts the next user into the refusal of a changed cursor.
func leaking() Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			a := serve(next, r)
			if byCursor()(r) && a.body.String("scimType") == scim.ScimTypeInvalidCursor {
				list := ask(next, r, http.MethodGet, "Users?count=1&startIndex=2", nil)
				for _, o := range list.resources() {
					a.body.Set("detail", "the cursor does not lead to "+o.String("userName"))
				}
			}
			a.send(w)
		})
	}
}

// exhausted fails when so many queries were begun: at these, or at everything.
func exhausted(limit int64, everything bool) Wrap {
	return func(next http.Handler) http.Handler {
		var open atomic.Int64
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if begun()(r) {
				open.Add(1)
			}
			if open.Load() > limit && (everything && r.Method == http.MethodGet || begun()(r)) {
				a := &answer{}
				a.refuse(scim.Internal("out of memory"))
				a.send(w)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}
