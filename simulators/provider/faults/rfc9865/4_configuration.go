package rfc9865

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// configurationFaults violate features/rfc9865/4_configuration.feature.
func configurationFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC9865-4-01", "cursors are not announced", rewrite.Answers(rewrite.At("GET", "/ServiceProviderConfig"), unannounced)},
		{"RFC9865-4-01", "cursors are denied", rewrite.Announcing("cursor", false)},
		{"RFC9865-4-01", "cursors are announced and ignored", rewrite.Misasked(rewrite.Queries(), rewrite.Omit("cursor"))},
		{"RFC9865-4-01", "cursors are announced and refused", rewrite.TurnsDown(rewrite.ByCursor(), scim.InvalidValue("cursor is not supported"))},

		{"RFC9865-4-02", "cursor is a text", rewrite.Announcing("cursor", "true")},
		{"RFC9865-4-02", "cursor is missing", rewrite.Announcing("cursor", nil)},
		{"RFC9865-4-02", "index is a text", rewrite.Announcing("index", "true")},
		{"RFC9865-4-02", "index is missing", rewrite.Announcing("index", nil)},
		{"RFC9865-4-02", "index is an object", rewrite.Announcing("index", scim.NewObject(scim.Member{Name: "supported", Value: true}))},

		{"RFC9865-4-03", "the default method is called offset", rewrite.Announcing("defaultPaginationMethod", "offset")},
		{"RFC9865-4-03", "the default method is written large", rewrite.Announcing("defaultPaginationMethod", "Index")},
		{"RFC9865-4-03", "the default method is a boolean", rewrite.Announcing("defaultPaginationMethod", true)},

		{"RFC9865-4-04", "maxPageSize is 0", rewrite.Announcing("maxPageSize", rewrite.Number(0))},
		{"RFC9865-4-04", "maxPageSize is a text", rewrite.Announcing("maxPageSize", "200")},
		{"RFC9865-4-04", "maxPageSize is exceeded", rewrite.Announcing("maxPageSize", rewrite.Number(3))},
		{"RFC9865-4-04", "defaultPageSize is negative", rewrite.Announcing("defaultPageSize", rewrite.Number(-1))},
		{"RFC9865-4-04", "defaultPageSize is a text", rewrite.Announcing("defaultPageSize", "100")},
		{"RFC9865-4-04", "defaultPageSize is exceeded", rewrite.Announcing("defaultPageSize", rewrite.Number(3))},

		{"RFC9865-4-05", "cursorTimeout is 0", rewrite.Announcing("cursorTimeout", rewrite.Number(0))},
		{"RFC9865-4-05", "cursorTimeout is negative", rewrite.Announcing("cursorTimeout", rewrite.Number(-1))},
		{"RFC9865-4-05", "cursorTimeout is a text", rewrite.Announcing("cursorTimeout", "1 h")},
		{"RFC9865-4-05", "cursors do not last at all", rewrite.TurnsDown(rewrite.Continued(), scim.ExpiredCursor("the cursor is too old"))},
		{"RFC9865-4-05", "an old cursor is a server error", rewrite.RenamedAs(rewrite.ByCursor(), scim.ScimTypeExpiredCursor, scim.Internal("no such cursor"))},
		{"RFC9865-4-05", "an old cursor is a wrong value", rewrite.RenamedAs(rewrite.ByCursor(), scim.ScimTypeExpiredCursor, scim.InvalidValue("no such cursor"))},
	}
}

func unannounced(_ *http.Request, a *rewrite.Answer) { a.Body.Delete("pagination") }
