package rfc7644

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// bulkResultsFaults violate features/rfc7644/3.7.3_bulk_results.feature.
func bulkResultsFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.7.3-04", "a result shows the resource as it was sent", bulkShows(func(_ *http.Request, sent *scim.Object, _ *scim.Object) *scim.Object { return sent.Object("data") })},
		{"RFC7644-3.7.3-04", "a result shows another display name", bulkShows(func(_ *http.Request, _ *scim.Object, now *scim.Object) *scim.Object {
			now.Set("displayName", "Another")
			return now
		})},
		{"RFC7644-3.7.3-04", "a result of a change shows no members", bulkShows(func(_ *http.Request, _ *scim.Object, now *scim.Object) *scim.Object {
			now.Delete("members")
			return now
		})},
		{"RFC7644-3.7.3-01", "successes have no result", rewrite.KeepResults(func(_ int, result *scim.Object) bool { return !strings.HasPrefix(result.String("status"), "2") })},
		{"RFC7644-3.7.3-01", "failures have no result", rewrite.KeepResults(func(_ int, result *scim.Object) bool { return strings.HasPrefix(result.String("status"), "2") })},
		{"RFC7644-3.7.3-01", "deletions have no result", rewrite.KeepResults(func(_ int, result *scim.Object) bool { return result.String("method") != http.MethodDelete })},
		{"RFC7644-3.7.3-01", "successful deletions have no result", rewrite.KeepResults(func(_ int, result *scim.Object) bool { return result.String("status") != "204" })},
		{"RFC7644-3.7.3-01", "replacements have no result", rewrite.KeepResults(func(_ int, result *scim.Object) bool { return result.String("method") != http.MethodPut })},
		{"RFC7644-3.7.3-01", "failed creations have no result", rewrite.KeepResults(func(_ int, result *scim.Object) bool {
			return result.String("method") != http.MethodPost || result.String("status") == "201"
		})},
		{"RFC7644-3.7.3-01", "only the first operation has a result", rewrite.KeepResults(func(i int, _ *scim.Object) bool { return i == 0 })},
		{"RFC7644-3.7.3-01", "the first operation has no result", rewrite.KeepResults(func(i int, _ *scim.Object) bool { return i > 0 })},
		{"RFC7644-3.7.3-01", "nothing has a result", rewrite.KeepResults(func(int, *scim.Object) bool { return false })},
		{"RFC7644-3.7.3-01", "every result is given twice", rewrite.BulkProcessed(func(a *rewrite.Answer) {
			a.Body.Set("Operations", append(a.Body.Array("Operations"), a.Body.Array("Operations")...))
		})},

		{"RFC7644-3.7.3-02", "results have no location", rewrite.BulkResults(func(result *scim.Object) { result.Delete("location") })},
		{"RFC7644-3.7.3-02", "creations have no location", rewrite.ResultsOf("POST", true, func(result *scim.Object) { result.Delete("location") })},
		{"RFC7644-3.7.3-02", "replacements have no location", rewrite.ResultsOf("PUT", true, func(result *scim.Object) { result.Delete("location") })},
		{"RFC7644-3.7.3-02", "patches have no location", rewrite.ResultsOf("PATCH", true, func(result *scim.Object) { result.Delete("location") })},
		{"RFC7644-3.7.3-02", "deletions have no location", rewrite.ResultsOf("DELETE", true, func(result *scim.Object) { result.Delete("location") })},
		{"RFC7644-3.7.3-02", "failed replacements have no location", rewrite.ResultsOf("PUT", false, func(result *scim.Object) { result.Delete("location") })},
		{"RFC7644-3.7.3-02", "failed patches have no location", rewrite.ResultsOf("PATCH", false, func(result *scim.Object) { result.Delete("location") })},
		{"RFC7644-3.7.3-02", "failed deletions have no location", rewrite.ResultsOf("DELETE", false, func(result *scim.Object) { result.Delete("location") })},
		{"RFC7644-3.7.3-02", "groups have no location", rewrite.BulkResults(func(result *scim.Object) {
			if strings.Contains(result.String("location"), "/Groups/") {
				result.Delete("location")
			}
		})},
		{"RFC7644-3.7.3-02", "the location is the bare id", rewrite.BulkResults(func(result *scim.Object) {
			_, id, _ := strings.Cut(rewrite.PlaceIn(result.String("location")), "/")
			result.Set("location", id)
		})},
		{"RFC7644-3.7.3-02", "the location is null", rewrite.BulkResults(func(result *scim.Object) { result.Set("location", nil) })},
		{"RFC7644-3.7.3-02", "the location is that of the collection", rewrite.BulkResults(func(result *scim.Object) {
			location := result.String("location")
			result.Set("location", location[:max(strings.LastIndex(location, "/"), 0)])
		})},
		{"RFC7644-3.7.3-02", "the location is that of another resource", rewrite.BulkResults(func(result *scim.Object) {
			if result.String("location") != "" {
				result.Set("location", result.String("location")+"x")
			}
		})},
		{"RFC7644-3.7.3-02", "the location of a creation is its bulkId", rewrite.ResultsOf("POST", true, func(result *scim.Object) {
			result.Set("location", "/Users/bulkId:"+result.String("bulkId"))
		})},
		{"RFC7644-3.7.3-02", "the location of a group is below the users", rewrite.BulkResults(func(result *scim.Object) {
			result.Set("location", strings.Replace(result.String("location"), "/Groups/", "/Users/", 1))
		})},

		{"RFC7644-3.7.3-03", "status is a number", rewrite.BulkResults(func(result *scim.Object) { result.Set("status", json.Number(result.String("status"))) })},
		{"RFC7644-3.7.3-03", "status is a number in failures", rewrite.ResultsOf("", false, func(result *scim.Object) { result.Set("status", json.Number(result.String("status"))) })},
		{"RFC7644-3.7.3-03", "status is a number in successes", rewrite.ResultsOf("", true, func(result *scim.Object) { result.Set("status", json.Number(result.String("status"))) })},
		{"RFC7644-3.7.3-03", "status is a number in an object", rewrite.BulkResults(func(result *scim.Object) {
			result.Set("status", scim.NewObject(scim.Member{Name: "code", Value: json.Number(result.String("status"))}))
		})},
		{"RFC7644-3.7.3-03", "status has its text behind it", rewrite.BulkResults(func(result *scim.Object) { result.Set("status", result.String("status")+" OK") })},
		{"RFC7644-3.7.3-03", "status is a word", rewrite.ResultsOf("", true, func(result *scim.Object) { result.Set("status", "OK") })},
		{"RFC7644-3.7.3-03", "there is no status", rewrite.BulkResults(func(result *scim.Object) { result.Delete("status") })},
		{"RFC7644-3.7.3-03", "deletions have no status", rewrite.ResultsOf("DELETE", true, func(result *scim.Object) { result.Delete("status") })},
		{"RFC7644-3.7.3-03", "status is called code", rewrite.BulkResults(func(result *scim.Object) {
			result.Set("code", result.String("status"))
			result.Delete("status")
		})},
		{"RFC7644-3.7.3-03", "every success is 200", rewrite.ResultsOf("", true, func(result *scim.Object) { result.Set("status", "200") })},
		{"RFC7644-3.7.3-03", "every failure is 400", rewrite.ResultsOf("", false, func(result *scim.Object) { result.Set("status", "400") })},
		{"RFC7644-3.7.3-03", "a replacement is 201", rewrite.ResultsOf("PUT", true, func(result *scim.Object) { result.Set("status", "201") })},
		{"RFC7644-3.7.3-03", "a failed deletion is 204", rewrite.ResultsOf("DELETE", false, func(result *scim.Object) { result.Set("status", "204") })},
		{"RFC7644-3.7.3-03", "a conflict is 400", rewrite.BulkStatusBecomes("409", "400")},
		{"RFC7644-3.7.3-03", "an invalid creation is 500", rewrite.BulkStatusBecomes("400", "500")},
	}
}

// bulkShows puts a resource into the result of each operation but deletions: sent is the
// operation, now the resource as it is read.
func bulkShows(shows func(r *http.Request, sent, now *scim.Object) *scim.Object) rewrite.Wrap {
	return rewrite.BulkThen(func(next http.Handler, r *http.Request, sent *scim.Object, a *rewrite.Answer) {
		operations := rewrite.Operations(sent)
		for i, result := range rewrite.Operations(a.Body) {
			place := rewrite.PlaceIn(result.String("location"))
			if i < len(operations) && result.String("method") != http.MethodDelete && place != "" {
				now := rewrite.Ask(next, r, http.MethodGet, place, nil).Body
				result.Set("response", shows(r, operations[i], now.Clone()))
			}
		}
	})
}
