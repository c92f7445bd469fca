package faults

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// bulkVariations are about bulk requests.
func bulkVariations() []Variation {
	return []Variation{
		{"the results of bulk operations are in another order", "RFC 7644 section 3.7.3 gives none", bulkProcessed(func(a *answer) {
			results := a.body.Array("Operations")
			slices.Reverse(results)
			a.body.Set("Operations", results)
		})},
		{"the results of bulk operations show the resource", "RFC 7644 section 3.7: response may be there for a success", bulkThen(showingResults)},
		{"the status of a bulk result is an object with the code", "RFC 7644 section 3.7.2, the example", bulkResults(func(result *scim.Object) {
			result.Set("status", scim.NewObject(scim.Member{Name: "code", Value: result.String("status")}))
		})},
		{"the locations of bulk results are relative", "RFC 7644 section 3.7 asks for a URL, and this is real servers' habit", bulkResults(func(result *scim.Object) {
			if location := result.String("location"); location != "" {
				result.Set("location", "/"+placeIn(location))
			}
		})},
		{"the results of bulk operations have no version", "RFC 7644 section 3.7: version is optional", bulkResults(func(result *scim.Object) { result.Delete("version") })},
		{"a circle of references is answered 409", "RFC 7644 section 3.7.1", answeringCircles},
		{"a malformed operation fails the whole bulk request", "RFC 7644 section 3.7 does not say on which level it is told", bulkThen(refusingMalformed)},
	}
}

func showingResults(next http.Handler, r *http.Request, _ *scim.Object, a *answer) {
	for _, result := range operationsIn(a.body) {
		if shown := ask(next, r, http.MethodGet, placeIn(result.String("location")), nil); shown.ok() && strings.HasPrefix(result.String("status"), "2") {
			result.Set("response", shown.body)
		}
	}
}

// answeringCircles gives up on every request whose operations refer to one another.
func answeringCircles(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if body := bodyOf(r); at("POST", "/Bulk")(r) && body != nil && isCircle(operationsIn(body)) {
			bulkSplit(func(int, *scim.Object) bool { return true }, madeUp(http.StatusConflict))(next).ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// refusingMalformed answers 400 where the only operation lacks what it needs.
func refusingMalformed(_ http.Handler, _ *http.Request, sent *scim.Object, a *answer) {
	if operations := operationsIn(sent); len(operations) == 1 && operationsIn(a.body)[0].String("status") == "400" {
		a.refuse(scim.InvalidSyntax("an operation lacks what it needs"))
	}
}
