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
		{"RFC9865-4-01", "cursors are denied", rewrite.SetConfig("pagination", "cursor", false)},
		{"RFC9865-4-01", "cursors are announced and ignored", rewrite.EditParameters(rewrite.Queries(), rewrite.OmitParameters("cursor"))},
		{"RFC9865-4-01", "cursors are announced and refused", rewrite.RefuseAll(rewrite.ByCursor(), scim.InvalidValue("cursor is not supported"))},

		{"RFC9865-4-02", "cursor is a text", rewrite.SetConfig("pagination", "cursor", "true")},
		{"RFC9865-4-02", "cursor is missing", rewrite.SetConfig("pagination", "cursor", nil)},
		{"RFC9865-4-02", "index is a text", rewrite.SetConfig("pagination", "index", "true")},
		{"RFC9865-4-02", "index is missing", rewrite.SetConfig("pagination", "index", nil)},
		{"RFC9865-4-02", "index is an object", rewrite.SetConfig("pagination", "index", scim.NewObject(scim.Member{Name: "supported", Value: true}))},

		{"RFC9865-4-03", "the default method is called offset", rewrite.SetConfig("pagination", "defaultPaginationMethod", "offset")},
		{"RFC9865-4-03", "the default method is written large", rewrite.SetConfig("pagination", "defaultPaginationMethod", "Index")},
		{"RFC9865-4-03", "the default method is a boolean", rewrite.SetConfig("pagination", "defaultPaginationMethod", true)},

		{"RFC9865-4-04", "maxPageSize is 0", rewrite.SetConfig("pagination", "maxPageSize", rewrite.Number(0))},
		{"RFC9865-4-04", "maxPageSize is a text", rewrite.SetConfig("pagination", "maxPageSize", "200")},
		{"RFC9865-4-04", "maxPageSize is exceeded", rewrite.SetConfig("pagination", "maxPageSize", rewrite.Number(3))},
		{"RFC9865-4-04", "defaultPageSize is negative", rewrite.SetConfig("pagination", "defaultPageSize", rewrite.Number(-1))},
		{"RFC9865-4-04", "defaultPageSize is a text", rewrite.SetConfig("pagination", "defaultPageSize", "100")},
		{"RFC9865-4-04", "defaultPageSize is exceeded", rewrite.SetConfig("pagination", "defaultPageSize", rewrite.Number(3))},

		{"RFC9865-4-05", "cursorTimeout is 0", rewrite.SetConfig("pagination", "cursorTimeout", rewrite.Number(0))},
		{"RFC9865-4-05", "cursorTimeout is negative", rewrite.SetConfig("pagination", "cursorTimeout", rewrite.Number(-1))},
		{"RFC9865-4-05", "cursorTimeout is a text", rewrite.SetConfig("pagination", "cursorTimeout", "1 h")},
		{"RFC9865-4-05", "cursors do not last at all", rewrite.RefuseAll(rewrite.Continued(), scim.ExpiredCursor("the cursor is too old"))},
		{"RFC9865-4-05", "an old cursor is a server error", rewrite.ErrorBecomes(rewrite.ByCursor(), scim.ScimTypeExpiredCursor, scim.Internal("no such cursor"))},
		{"RFC9865-4-05", "an old cursor is a wrong value", rewrite.ErrorBecomes(rewrite.ByCursor(), scim.ScimTypeExpiredCursor, scim.InvalidValue("no such cursor"))},
	}
}

func unannounced(_ *http.Request, a *rewrite.Answer) { a.Body.Delete("pagination") }
