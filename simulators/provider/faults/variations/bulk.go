package variations

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// bulkVariations are about bulk requests.
func bulkVariations() []Variation {
	return []Variation{
		{"the results of bulk operations are in another order", "RFC 7644 section 3.7.3 gives none", rewrite.BulkProcessed(func(a *rewrite.Answer) {
			results := a.Body.Array("Operations")
			slices.Reverse(results)
			a.Body.Set("Operations", results)
		})},
		{"the results of bulk operations show the resource", "RFC 7644 section 3.7: response may be there for a success", rewrite.BulkThen(showingResults)},
		{"the status of a bulk result is an object with the code", "RFC 7644 section 3.7.2, the example", rewrite.BulkResults(func(result *scim.Object) {
			result.Set("status", scim.NewObject(scim.Member{Name: "code", Value: result.String("status")}))
		})},
		{"the locations of bulk results are relative", "RFC 7644 section 3.7 asks for a URL, and this is real servers' habit", rewrite.BulkResults(func(result *scim.Object) {
			if location := result.String("location"); location != "" {
				result.Set("location", "/"+rewrite.PlaceIn(location))
			}
		})},
		{"the results of bulk operations have no version", "RFC 7644 section 3.7: version is optional", rewrite.BulkResults(func(result *scim.Object) { result.Delete("version") })},
		{"a circle of references is answered 409", "RFC 7644 section 3.7.1", answeringCircles()},
		{"a circle of references fails the whole bulk request", "RFC 7644 section 3.7.1 does not say what is answered 409", rewrite.Handle(rewrite.At("POST", "/Bulk"), func(_ http.Handler, r *http.Request) *rewrite.Answer {
			if body := rewrite.BodyOf(r); body != nil && rewrite.AreCircular(rewrite.Operations(body)) {
				return rewrite.Refusal(&scim.Error{Status: http.StatusConflict, Detail: "the references are circular"})
			}
			return nil
		})},
		{"a malformed operation fails the whole bulk request", "RFC 7644 section 3.7 does not say on which level it is told", rewrite.BulkThen(refusingMalformed)},
	}
}

func showingResults(next http.Handler, r *http.Request, _ *scim.Object, a *rewrite.Answer) {
	for _, result := range rewrite.Operations(a.Body) {
		if shown := rewrite.Ask(next, r, http.MethodGet, rewrite.PlaceIn(result.String("location")), nil); shown.OK() && strings.HasPrefix(result.String("status"), "2") {
			result.Set("response", shown.Body)
		}
	}
}

// answeringCircles gives up on every request whose operations refer to one another.
func answeringCircles() rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
		if body := rewrite.BodyOf(r); rewrite.At("POST", "/Bulk")(r) && body != nil && rewrite.AreCircular(rewrite.Operations(body)) {
			return rewrite.Serve(rewrite.BulkSplit(func(int, *scim.Object) bool { return true }, rewrite.MadeUp(http.StatusConflict))(next), r)
		}
		return nil
	})
}

// refusingMalformed answers 400 where the only operation lacks what it needs.
func refusingMalformed(_ http.Handler, _ *http.Request, sent *scim.Object, a *rewrite.Answer) {
	if operations := rewrite.Operations(sent); len(operations) == 1 && rewrite.Operations(a.Body)[0].String("status") == "400" {
		a.Refuse(scim.InvalidSyntax("an operation lacks what it needs"))
	}
}
