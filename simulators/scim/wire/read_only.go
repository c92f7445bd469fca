package wire

import (
	"net/http"
	"strings"
)

// ReadOnly says whether a request changes nothing at a SCIM endpoint: the safe
// methods (RFC 9110 section 9.2.1) and a query by POST to a path that ends in
// "/.search" (RFC 7644 section 3.4.3). The url may be a path alone. Give it escaped:
// "/Users%2F.search" is no query.
func ReadOnly(method, url string) bool {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodTrace:
		return true
	case http.MethodPost:
		path, _, _ := strings.Cut(url, "?")
		return strings.HasSuffix(path, "/.search")
	}
	return false
}
