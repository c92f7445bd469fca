package faults

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// bulkResultFaults concern the form of the results.
func bulkResultFaults() []Fault {
	return []Fault{
		{"RFC7644-3.7-07", "failures have no response", resultsOf("", false, func(result *scim.Object) { result.Delete("response") })},
		{"RFC7644-3.7-07", "failed creations have no response", resultsOf("POST", false, func(result *scim.Object) { result.Delete("response") })},
		{"RFC7644-3.7-07", "failed deletions have no response", resultsOf("DELETE", false, func(result *scim.Object) { result.Delete("response") })},
		{"RFC7644-3.7-07", "failed replacements have no response", resultsOf("PUT", false, func(result *scim.Object) { result.Delete("response") })},
		{"RFC7644-3.7-07", "failed patches have no response", resultsOf("PATCH", false, func(result *scim.Object) { result.Delete("response") })},
		{"RFC7644-3.7-07", "only the first failure has a response", bulkProcessed(func(a *answer) {
			seen := false
			for _, result := range operationsIn(a.body) {
				if _, failed := result.Get("response"); failed && seen {
					result.Delete("response")
				} else if failed {
					seen = true
				}
			}
		})},
		{"RFC7644-3.7-07", "the response of a failure is a text", resultsOf("", false, func(result *scim.Object) {
			result.Set("response", result.Object("response").String("detail"))
		})},
		{"RFC7644-3.7-07", "the response of a failure is JSON in a string", resultsOf("", false, func(result *scim.Object) {
			text, _ := result.Object("response").MarshalJSON()
			result.Set("response", string(text))
		})},
		{"RFC7644-3.7-07", "the response of a failure is empty", resultsOf("", false, func(result *scim.Object) { result.Set("response", scim.NewObject()) })},
		{"RFC7644-3.7-07", "the response of a failure has no schemas", resultsOf("", false, func(result *scim.Object) { result.Object("response").Delete("schemas") })},
		{"RFC7644-3.7-07", "the response of a failure has no status", resultsOf("", false, func(result *scim.Object) { result.Object("response").Delete("status") })},
		{"RFC7644-3.7-07", "the response of a failure has another status", resultsOf("", false, func(result *scim.Object) { result.Object("response").Set("status", "400x") })},
		{"RFC7644-3.7-07", "the response of a failure always says 400", resultsOf("", false, func(result *scim.Object) { result.Object("response").Set("status", "400") })},
		{"RFC7644-3.7-07", "the response of a failure has its status as a number", resultsOf("", false, func(result *scim.Object) {
			result.Object("response").Set("status", json.Number(result.String("status")))
		})},
		{"RFC7644-3.7-07", "the error of a failure stands under another name", resultsOf("", false, func(result *scim.Object) {
			result.Set("error", result.Object("response"))
			result.Delete("response")
		})},

		{"RFC7644-3.7.3-01", "successes have no result", keptResults(func(_ int, result *scim.Object) bool { return !strings.HasPrefix(result.String("status"), "2") })},
		{"RFC7644-3.7.3-01", "failures have no result", keptResults(func(_ int, result *scim.Object) bool { return strings.HasPrefix(result.String("status"), "2") })},
		{"RFC7644-3.7.3-01", "deletions have no result", keptResults(func(_ int, result *scim.Object) bool { return result.String("method") != http.MethodDelete })},
		{"RFC7644-3.7.3-01", "successful deletions have no result", keptResults(func(_ int, result *scim.Object) bool { return result.String("status") != "204" })},
		{"RFC7644-3.7.3-01", "replacements have no result", keptResults(func(_ int, result *scim.Object) bool { return result.String("method") != http.MethodPut })},
		{"RFC7644-3.7.3-01", "failed creations have no result", keptResults(func(_ int, result *scim.Object) bool {
			return result.String("method") != http.MethodPost || result.String("status") == "201"
		})},
		{"RFC7644-3.7.3-01", "only the first operation has a result", keptResults(func(i int, _ *scim.Object) bool { return i == 0 })},
		{"RFC7644-3.7.3-01", "the first operation has no result", keptResults(func(i int, _ *scim.Object) bool { return i > 0 })},
		{"RFC7644-3.7.3-01", "nothing has a result", keptResults(func(int, *scim.Object) bool { return false })},
		{"RFC7644-3.7.3-01", "every result is given twice", bulkProcessed(func(a *answer) {
			a.body.Set("Operations", append(a.body.Array("Operations"), a.body.Array("Operations")...))
		})},

		{"RFC7644-3.7.3-02", "results have no location", bulkResults(func(result *scim.Object) { result.Delete("location") })},
		{"RFC7644-3.7.3-02", "creations have no location", resultsOf("POST", true, func(result *scim.Object) { result.Delete("location") })},
		{"RFC7644-3.7.3-02", "replacements have no location", resultsOf("PUT", true, func(result *scim.Object) { result.Delete("location") })},
		{"RFC7644-3.7.3-02", "patches have no location", resultsOf("PATCH", true, func(result *scim.Object) { result.Delete("location") })},
		{"RFC7644-3.7.3-02", "deletions have no location", resultsOf("DELETE", true, func(result *scim.Object) { result.Delete("location") })},
		{"RFC7644-3.7.3-02", "failed replacements have no location", resultsOf("PUT", false, func(result *scim.Object) { result.Delete("location") })},
		{"RFC7644-3.7.3-02", "failed patches have no location", resultsOf("PATCH", false, func(result *scim.Object) { result.Delete("location") })},
		{"RFC7644-3.7.3-02", "failed deletions have no location", resultsOf("DELETE", false, func(result *scim.Object) { result.Delete("location") })},
		{"RFC7644-3.7.3-02", "groups have no location", bulkResults(func(result *scim.Object) {
			if strings.Contains(result.String("location"), "/Groups/") {
				result.Delete("location")
			}
		})},
		{"RFC7644-3.7.3-02", "the location is the bare id", bulkResults(func(result *scim.Object) {
			_, id, _ := strings.Cut(placeIn(result.String("location")), "/")
			result.Set("location", id)
		})},
		{"RFC7644-3.7.3-02", "the location is null", bulkResults(func(result *scim.Object) { result.Set("location", nil) })},
		{"RFC7644-3.7.3-02", "the location is that of the collection", bulkResults(func(result *scim.Object) {
			location := result.String("location")
			result.Set("location", location[:max(strings.LastIndex(location, "/"), 0)])
		})},
		{"RFC7644-3.7.3-02", "the location is that of another resource", bulkResults(func(result *scim.Object) {
			if result.String("location") != "" {
				result.Set("location", result.String("location")+"x")
			}
		})},
		{"RFC7644-3.7.3-02", "the location of a creation is its bulkId", resultsOf("POST", true, func(result *scim.Object) {
			result.Set("location", "/Users/bulkId:"+result.String("bulkId"))
		})},
		{"RFC7644-3.7.3-02", "the location of a group is below the users", bulkResults(func(result *scim.Object) {
			result.Set("location", strings.Replace(result.String("location"), "/Groups/", "/Users/", 1))
		})},

		{"RFC7644-3.7.3-03", "status is a number", bulkResults(func(result *scim.Object) { result.Set("status", json.Number(result.String("status"))) })},
		{"RFC7644-3.7.3-03", "status is a number in failures", resultsOf("", false, func(result *scim.Object) { result.Set("status", json.Number(result.String("status"))) })},
		{"RFC7644-3.7.3-03", "status is a number in successes", resultsOf("", true, func(result *scim.Object) { result.Set("status", json.Number(result.String("status"))) })},
		{"RFC7644-3.7.3-03", "status is a number in an object", bulkResults(func(result *scim.Object) {
			result.Set("status", scim.NewObject(scim.Member{Name: "code", Value: json.Number(result.String("status"))}))
		})},
		{"RFC7644-3.7.3-03", "status has its text behind it", bulkResults(func(result *scim.Object) { result.Set("status", result.String("status")+" OK") })},
		{"RFC7644-3.7.3-03", "status is a word", resultsOf("", true, func(result *scim.Object) { result.Set("status", "OK") })},
		{"RFC7644-3.7.3-03", "there is no status", bulkResults(func(result *scim.Object) { result.Delete("status") })},
		{"RFC7644-3.7.3-03", "deletions have no status", resultsOf("DELETE", true, func(result *scim.Object) { result.Delete("status") })},
		{"RFC7644-3.7.3-03", "status is called code", bulkResults(func(result *scim.Object) {
			result.Set("code", result.String("status"))
			result.Delete("status")
		})},
		{"RFC7644-3.7.3-03", "every success is 200", resultsOf("", true, func(result *scim.Object) { result.Set("status", "200") })},
		{"RFC7644-3.7.3-03", "every failure is 400", resultsOf("", false, func(result *scim.Object) { result.Set("status", "400") })},
		{"RFC7644-3.7.3-03", "a replacement is 201", resultsOf("PUT", true, func(result *scim.Object) { result.Set("status", "201") })},
		{"RFC7644-3.7.3-03", "a failed deletion is 204", resultsOf("DELETE", false, func(result *scim.Object) { result.Set("status", "204") })},
		{"RFC7644-3.7.3-03", "a conflict is 400", statusInstead("409", "400")},
		{"RFC7644-3.7.3-03", "an invalid creation is 500", statusInstead("400", "500")},
	}
}

// bulkLimitFaults concern maxOperations and maxPayloadSize.
func bulkLimitFaults() []Fault {
	return []Fault{
		{"RFC7644-3.7.4-01", "maxOperations is not defined", bulkConfig(func(bulk *scim.Object) { bulk.Delete("maxOperations") })},
		{"RFC7644-3.7.4-01", "maxPayloadSize is not defined", bulkConfig(func(bulk *scim.Object) { bulk.Delete("maxPayloadSize") })},
		{"RFC7644-3.7.4-01", "maxOperations is 0", bulkConfig(func(bulk *scim.Object) { bulk.Set("maxOperations", number(0)) })},
		{"RFC7644-3.7.4-01", "maxPayloadSize is 0", bulkConfig(func(bulk *scim.Object) { bulk.Set("maxPayloadSize", number(0)) })},
		{"RFC7644-3.7.4-01", "maxOperations is a string", bulkConfig(func(bulk *scim.Object) { bulk.Set("maxOperations", "1000") })},
		{"RFC7644-3.7.4-01", "maxPayloadSize is a string", bulkConfig(func(bulk *scim.Object) { bulk.Set("maxPayloadSize", "1 MiB") })},
		{"RFC7644-3.7.4-01", "maxOperations is null", bulkConfig(func(bulk *scim.Object) { bulk.Set("maxOperations", nil) })},
		{"RFC7644-3.7.4-02", "maxOperations is not held", tooLargeFor("maxOperations", func(a *answer) { *a = *bulkResponse() })},
		{"RFC7644-3.7.4-02", "more than maxOperations answers 400", tooLargeFor("maxOperations", func(a *answer) { a.refuse(scim.InvalidValue("too many")) })},
		{"RFC7644-3.7.4-02", "more than maxOperations answers 400 tooMany", tooLargeFor("maxOperations", func(a *answer) { a.refuse(scim.TooMany("too many")) })},
		{"RFC7644-3.7.4-02", "more than maxOperations answers 500", tooLargeFor("maxOperations", func(a *answer) { a.refuse(scim.Internal("too many")) })},
		{"RFC7644-3.7.4-02", "what is beyond maxOperations is passed over", bulkSent(func(operations []*scim.Object) []*scim.Object { return operations[:min(len(operations), 1000)] })},
		{"RFC7644-3.7.4-02", "maxOperations is held one too late", bulkSent(func(operations []*scim.Object) []*scim.Object {
			return operations[:len(operations)-bulkPick(len(operations) == 1001, 1, 0)]
		})},
		{"RFC7644-3.7.4-02", "the answer to too many operations is 200 with an error", tooLargeFor("maxOperations", func(a *answer) { a.status = 200 })},
		{"RFC7644-3.7.4-03", "maxPayloadSize is not held", tooLargeFor("maxPayloadSize", func(a *answer) { *a = *bulkResponse() })},
		{"RFC7644-3.7.4-03", "more than maxPayloadSize answers 400", tooLargeFor("maxPayloadSize", func(a *answer) { a.refuse(scim.InvalidSyntax("too large")) })},
		{"RFC7644-3.7.4-03", "more than maxPayloadSize answers 500", tooLargeFor("maxPayloadSize", func(a *answer) { a.refuse(scim.Internal("too large")) })},
		{"RFC7644-3.7.4-03", "more than maxPayloadSize answers 414", tooLargeFor("maxPayloadSize", func(a *answer) { a.refuse(&scim.Error{Status: 414}) })},
		{"RFC7644-3.7.4-04", "a refusal does not name maxOperations", tooLargeFor("maxOperations", func(a *answer) { a.body.Set("detail", "the request is too large") })},
		{"RFC7644-3.7.4-04", "a refusal does not name maxPayloadSize", tooLargeFor("maxPayloadSize", func(a *answer) { a.body.Set("detail", "the request is too large") })},
		{"RFC7644-3.7.4-04", "a refusal has no detail", tooLargeFor("max", func(a *answer) { a.body.Delete("detail") })},
		{"RFC7644-3.7.4-04", "a refusal of operations names the payload", tooLargeFor("maxOperations", func(a *answer) { a.body.Set("detail", "maxPayloadSize (1048576)") })},
		{"RFC7644-3.7.4-04", "a refusal of the payload names the operations", tooLargeFor("maxPayloadSize", func(a *answer) { a.body.Set("detail", "maxOperations (1000)") })},
		{"RFC7644-3.7.4-04", "a refusal has no body", tooLargeFor("max", func(a *answer) { *a = answer{status: 413, header: http.Header{}} })},
		{"RFC7644-3.7.4-04", "a refusal is plain text", tooLargeFor("maxPayloadSize", func(a *answer) {
			*a = answer{status: 413, header: http.Header{"Content-Type": {"text/plain"}}, raw: []byte("maxPayloadSize (1048576)")}
		})},
		{"RFC7644-3.7.4-05", "exactly maxOperations are too many", bulkAnswers(func(_ *http.Request, a *answer) {
			if a.ok() && len(operationsIn(a.body)) == 1000 {
				a.refuse(&scim.Error{Status: 413, Detail: "more than maxOperations (1000)"})
			}
		})},
		{"RFC7644-3.7.4-05", "a tenth of maxOperations is too much", bulkAnswers(func(_ *http.Request, a *answer) {
			if a.ok() && len(operationsIn(a.body)) > 100 {
				a.refuse(&scim.Error{Status: 413, Detail: "more than maxOperations (1000)"})
			}
		})},
		{"RFC7644-3.7.4-05", "half of maxPayloadSize is too much", bulkAnswers(func(r *http.Request, a *answer) {
			if r.ContentLength > 1<<19 {
				a.refuse(&scim.Error{Status: 413, Detail: "larger than maxPayloadSize (1048576)"})
			}
		})},
	}
}

func bulkConfig(edit func(bulk *scim.Object)) Wrap {
	return answers(at("GET", "/ServiceProviderConfig"), func(_ *http.Request, a *answer) {
		if bulk := a.body.Object("bulk"); bulk != nil {
			edit(bulk)
		}
	})
}

// tooLargeFor edits the refusal of what exceeds the limit with this name.
func tooLargeFor(limit string, edit func(a *answer)) Wrap {
	return bulkAnswers(func(_ *http.Request, a *answer) {
		if a.status == http.StatusRequestEntityTooLarge && strings.Contains(a.body.String("detail"), limit) {
			edit(a)
		}
	})
}
