package faults

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func bulkFaults() []Fault {
	return slices.Concat(bulkWholeFaults(), bulkErrorFaults(), bulkOperationFaults(), bulkOrderFaults(), bulkReferenceFaults(), bulkResultFaults(), bulkLimitFaults())
}

// bulkWholeFaults concern the answer as a whole, and what the operations do.
func bulkWholeFaults() []Fault {
	return []Fault{
		{"RFC7644-3.7-01", "a bulk request answers 201", bulkProcessed(func(a *answer) { a.status = 201 })},
		{"RFC7644-3.7-01", "a bulk request answers 202", bulkProcessed(func(a *answer) { a.status = 202 })},
		{"RFC7644-3.7-01", "a bulk request answers 207", bulkProcessed(func(a *answer) { a.status = 207 })},
		{"RFC7644-3.7-01", "a bulk request with a failure answers 400", bulkProcessed(func(a *answer) {
			if failedIn(a) {
				a.status = 400
			}
		})},
		{"RFC7644-3.7-01", "a bulk request answers without schemas", bulkProcessed(func(a *answer) { a.body.Delete("schemas") })},
		{"RFC7644-3.7-01", "a bulk request answers as a list", bulkProcessed(func(a *answer) { a.body.Set("schemas", []any{scim.ListResponseURN}) })},
		{"RFC7644-3.7-01", "a bulk request answers as a request", bulkProcessed(func(a *answer) { a.body.Set("schemas", []any{scim.BulkRequestURN}) })},
		{"RFC7644-3.7-01", "a bulk request answers without Operations", bulkProcessed(func(a *answer) { a.body.Delete("Operations") })},
		{"RFC7644-3.7-01", "the results are called Resources", bulkProcessed(func(a *answer) {
			a.body.Set("Resources", a.body.Array("Operations"))
			a.body.Delete("Operations")
		})},
		{"RFC7644-3.7-01", "a bulk request answers nothing", bulkProcessed(func(a *answer) { *a = answer{status: 204, header: http.Header{}} })},
		{"RFC7644-3.7-01", "creations in bulk are not made", bulkSplit(ofMethod("POST", "/Users"), madeUp(201))},
		{"RFC7644-3.7-01", "creations of groups in bulk are not made", bulkSplit(ofMethod("POST", "/Groups"), madeUp(201))},
		{"RFC7644-3.7-01", "creations of groups in bulk answer 501", bulkSplit(ofMethod("POST", "/Groups"), madeUp(501))},
		{"RFC7644-3.7-01", "replacements in bulk are not made", bulkSplit(ofMethod("PUT", "/Users"), madeUp(200))},
		{"RFC7644-3.7-01", "replacements of groups in bulk are not made", bulkSplit(ofMethod("PUT", "/Groups"), madeUp(200))},
		{"RFC7644-3.7-01", "replacements in bulk answer 501", bulkSplit(ofMethod("PUT", ""), madeUp(501))},
		{"RFC7644-3.7-01", "patches in bulk are not made", bulkSplit(ofMethod("PATCH", "/Users"), madeUp(200))},
		{"RFC7644-3.7-01", "patches in bulk answer 501", bulkSplit(ofMethod("PATCH", ""), madeUp(501))},
		{"RFC7644-3.7-01", "deletions in bulk are not made", bulkSplit(ofMethod("DELETE", "/Users"), madeUp(204))},
		{"RFC7644-3.7-01", "deletions of groups in bulk are not made", bulkSplit(ofMethod("DELETE", "/Groups"), madeUp(204))},
		{"RFC7644-3.7-01", "deletions in bulk answer 200", resultsOf("DELETE", true, func(result *scim.Object) { result.Set("status", "200") })},
		{"RFC7644-3.7-01", "creations in bulk answer 200", resultsOf("POST", true, func(result *scim.Object) { result.Set("status", "200") })},

		{"RFC7644-3.7-10", "a bulk request without schemas is processed", requests(at("POST", "/Bulk"), believeBulk("schemas", nil))},
		{"RFC7644-3.7-10", "a bulk request of another schema is processed", requests(at("POST", "/Bulk"), believeBulk("schemas", func(v any) bool { return v != nil }))},
		{"RFC7644-3.7-10", "a bulk request without operations answers 200", bulkAnswers(func(_ *http.Request, a *answer) {
			if a.status == 400 && strings.Contains(a.body.String("detail"), "Operations") {
				*a = *bulkResponse()
			}
		})},
		{"RFC7644-3.7-10", "what is no bulk request answers 500", bulkAnswers(func(_ *http.Request, a *answer) {
			if a.status == 400 {
				a.refuse(scim.Internal("failed"))
			}
		})},
		{"RFC7644-3.7-10", "what is no bulk request answers 422", bulkAnswers(func(_ *http.Request, a *answer) {
			if a.status == 400 {
				a.refuse(&scim.Error{Status: 422, Detail: "cannot be processed"})
			}
		})},
		{"RFC7644-3.7-10", "what is no bulk request answers no SCIM error", bulkAnswers(func(_ *http.Request, a *answer) {
			if a.status == 400 {
				a.body = scim.NewObject(scim.Member{Name: "message", Value: "bad request"})
			}
		})},

		{"RFC7644-3.7-11", "bulk is announced and not there", bulkAnswers(func(_ *http.Request, a *answer) { a.refuse(scim.NotImplemented("no bulk")) })},
		{"RFC7644-3.7-11", "bulk is announced and not found", bulkAnswers(func(_ *http.Request, a *answer) { a.refuse(scim.NotFound("/Bulk", "")) })},
		{"RFC7644-3.7-11", "bulk is served and announced as absent", undeclaredBulk(nil)},
		{"RFC7644-3.7-11", "bulk is absent, and answers 200 and nothing", undeclaredBulk(func(a *answer) { *a = answer{status: 200, header: http.Header{}} })},
		{"RFC7644-3.7-11", "bulk is absent, and answers 500", undeclaredBulk(func(a *answer) { a.refuse(scim.Internal("failed")) })},
		{"RFC7644-3.7-11", "bulk is absent, and answers in plain text", undeclaredBulk(func(a *answer) {
			*a = answer{status: 404, header: http.Header{"Content-Type": {"text/plain"}}, raw: []byte("404 page not found")}
		})},
	}
}

// believeBulk gives a request the right schema where it has another one; nil
// stands for where it has none.
func believeBulk(name string, wrong func(any) bool) func(*http.Request, *scim.Object) {
	return func(_ *http.Request, body *scim.Object) {
		v, ok := body.Get(name)
		if wrong == nil && !ok || wrong != nil && ok && wrong(v) {
			body.Set(name, []any{scim.BulkRequestURN})
		}
	}
}

// undeclaredBulk announces that there is no bulk, and edits its answers; nil
// leaves them.
func undeclaredBulk(edit func(a *answer)) Wrap {
	hidden := answers(at("GET", "/ServiceProviderConfig"), func(_ *http.Request, a *answer) {
		if bulk := a.body.Object("bulk"); bulk != nil {
			bulk.Set("supported", false)
		}
	})
	if edit == nil {
		return hidden
	}
	edited := bulkAnswers(func(_ *http.Request, a *answer) { edit(a) })
	return func(next http.Handler) http.Handler { return hidden(edited(next)) }
}
