package rfc7644

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// bulkFaults violate features/rfc7644/3.7_bulk.feature.
func bulkFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.7-01", "a bulk request answers 201", rewrite.BulkProcessed(func(a *rewrite.Answer) { a.Status = 201 })},
		{"RFC7644-3.7-01", "a bulk request answers 202", rewrite.BulkProcessed(func(a *rewrite.Answer) { a.Status = 202 })},
		{"RFC7644-3.7-01", "a bulk request answers 207", rewrite.BulkProcessed(func(a *rewrite.Answer) { a.Status = 207 })},
		{"RFC7644-3.7-01", "a bulk request with a failure answers 400", rewrite.BulkProcessed(func(a *rewrite.Answer) {
			if rewrite.FailedIn(a) {
				a.Status = 400
			}
		})},
		{"RFC7644-3.7-01", "a bulk request answers without schemas", rewrite.BulkProcessed(func(a *rewrite.Answer) { a.Body.Delete("schemas") })},
		{"RFC7644-3.7-01", "a bulk request answers as a list", rewrite.BulkProcessed(func(a *rewrite.Answer) { a.Body.Set("schemas", []any{scim.ListResponseURN}) })},
		{"RFC7644-3.7-01", "a bulk request answers as a request", rewrite.BulkProcessed(func(a *rewrite.Answer) { a.Body.Set("schemas", []any{scim.BulkRequestURN}) })},
		{"RFC7644-3.7-01", "a bulk request answers without Operations", rewrite.BulkProcessed(func(a *rewrite.Answer) { a.Body.Delete("Operations") })},
		{"RFC7644-3.7-01", "the results are called Resources", rewrite.BulkProcessed(func(a *rewrite.Answer) {
			a.Body.Set("Resources", a.Body.Array("Operations"))
			a.Body.Delete("Operations")
		})},
		{"RFC7644-3.7-01", "a bulk request answers nothing", rewrite.BulkProcessed(func(a *rewrite.Answer) { *a = *rewrite.NewAnswer(204, nil) })},
		{"RFC7644-3.7-01", "creations in bulk are not made", rewrite.BulkSplit(ofMethod("POST", "/Users"), rewrite.MadeUp(201))},
		{"RFC7644-3.7-01", "creations of groups in bulk are not made", rewrite.BulkSplit(ofMethod("POST", "/Groups"), rewrite.MadeUp(201))},
		{"RFC7644-3.7-01", "creations of groups in bulk answer 501", rewrite.BulkSplit(ofMethod("POST", "/Groups"), rewrite.MadeUp(501))},
		{"RFC7644-3.7-01", "replacements in bulk are not made", rewrite.BulkSplit(ofMethod("PUT", "/Users"), rewrite.MadeUp(200))},
		{"RFC7644-3.7-01", "replacements of groups in bulk are not made", rewrite.BulkSplit(ofMethod("PUT", "/Groups"), rewrite.MadeUp(200))},
		{"RFC7644-3.7-01", "replacements in bulk answer 501", rewrite.BulkSplit(ofMethod("PUT", ""), rewrite.MadeUp(501))},
		{"RFC7644-3.7-01", "patches in bulk are not made", rewrite.BulkSplit(ofMethod("PATCH", "/Users"), rewrite.MadeUp(200))},
		{"RFC7644-3.7-01", "patches in bulk answer 501", rewrite.BulkSplit(ofMethod("PATCH", ""), rewrite.MadeUp(501))},
		{"RFC7644-3.7-01", "deletions in bulk are not made", rewrite.BulkSplit(ofMethod("DELETE", "/Users"), rewrite.MadeUp(204))},
		{"RFC7644-3.7-01", "deletions of groups in bulk are not made", rewrite.BulkSplit(ofMethod("DELETE", "/Groups"), rewrite.MadeUp(204))},
		{"RFC7644-3.7-01", "deletions in bulk answer 200", rewrite.ResultsOf("DELETE", true, func(result *scim.Object) { result.Set("status", "200") })},
		{"RFC7644-3.7-01", "creations in bulk answer 200", rewrite.ResultsOf("POST", true, func(result *scim.Object) { result.Set("status", "200") })},

		{"RFC7644-3.7-02", "bulk stops at the first failure", failingOn(func(limit int) int { return rewrite.Pick(limit == 0, 1, limit) })},
		{"RFC7644-3.7-02", "bulk stops at the second failure", failingOn(func(limit int) int { return rewrite.Pick(limit == 0, 2, limit) })},
		{"RFC7644-3.7-02", "bulk stops one failure too early", failingOn(func(limit int) int { return max(limit-1, rewrite.Pick(limit > 0, 1, 0)) })},
		{"RFC7644-3.7-02", "a failure undoes earlier creations", rewrite.BulkThen(func(next http.Handler, r *http.Request, _ *scim.Object, a *rewrite.Answer) {
			if rewrite.FailedIn(a) {
				takeBack(next, r, a)
			}
		})},
		{"RFC7644-3.7-02", "a failure fails the whole request", rewrite.BulkProcessed(func(a *rewrite.Answer) {
			if rewrite.FailedIn(a) {
				a.Refuse(scim.InvalidValue("an operation failed"))
			}
		})},
		{"RFC7644-3.7-02", "everything after a failure fails too", rewrite.BulkThen(func(next http.Handler, r *http.Request, _ *scim.Object, a *rewrite.Answer) {
			failed := false
			for _, result := range rewrite.Operations(a.Body) {
				if failed && result.String("method") == http.MethodPost && result.String("status") == "201" {
					rewrite.Ask(next, r, http.MethodDelete, rewrite.PlaceIn(result.String("location")), nil)
					result.Set("status", "424")
					result.Delete("location")
				}
				failed = failed || strings.HasPrefix(result.String("status"), "4")
			}
		})},
		{"RFC7644-3.7-02", "a patch in bulk is made in part", rewrite.BulkThen(func(next http.Handler, r *http.Request, sent *scim.Object, _ *rewrite.Answer) {
			for _, o := range rewrite.Operations(sent) {
				if first := rewrite.Operations(o.Object("data")); o.String("method") == http.MethodPatch && len(first) > 1 {
					rewrite.SetOperations(o.Object("data"), first[:1])
					rewrite.Ask(next, r, http.MethodPatch, strings.Trim(o.String("path"), "/"), o.Object("data"))
				}
			}
		})},

		{"RFC7644-3.7-03", "failOnErrors is ignored", failingOn(func(int) int { return 0 })},
		{"RFC7644-3.7-03", "failOnErrors allows one error more", failingOn(func(limit int) int { return rewrite.Pick(limit > 0, limit+1, 0) })},
		{"RFC7644-3.7-03", "failOnErrors counts from 0", failingOn(func(limit int) int { return rewrite.Pick(limit > 1, limit-1, limit) })},
		{"RFC7644-3.7-03", "failOnErrors is always 1", failingOn(func(limit int) int { return rewrite.Pick(limit > 0, 1, 0) })},
		{"RFC7644-3.7-03", "failOnErrors counts operations", bulkCut()},
		{"RFC7644-3.7-03", "failOnErrors answers 400", bulkAborted(func(a *rewrite.Answer) { a.Refuse(scim.InvalidValue("too many errors")) })},
		{"RFC7644-3.7-03", "failOnErrors answers 500", bulkAborted(func(a *rewrite.Answer) { a.Refuse(scim.Internal("too many errors")) })},
		{"RFC7644-3.7-03", "failOnErrors hides the successes", bulkAborted(func(a *rewrite.Answer) {
			kept := []any{}
			for _, result := range rewrite.Operations(a.Body) {
				if strings.HasPrefix(result.String("status"), "4") {
					kept = append(kept, result)
				}
			}
			a.Body.Set("Operations", kept)
		})},
		{"RFC7644-3.7-03", "failOnErrors hides the failure", bulkAborted(func(a *rewrite.Answer) {
			kept := []any{}
			for _, result := range rewrite.Operations(a.Body) {
				if !strings.HasPrefix(result.String("status"), "4") {
					kept = append(kept, result)
				}
			}
			a.Body.Set("Operations", kept)
		})},
		{"RFC7644-3.7-03", "failOnErrors undoes the successes", rewrite.BulkThen(func(next http.Handler, r *http.Request, sent *scim.Object, a *rewrite.Answer) {
			if limitIn(sent) > 0 && rewrite.FailedIn(a) {
				takeBack(next, r, a)
			}
		})},
		{"RFC7644-3.7-03", "failOnErrors goes on silently", silentlyGoingOn()},
		{"RFC7644-3.7-03", "failOnErrors reports operations that were not tried", rewrite.BulkThen(func(_ http.Handler, r *http.Request, sent *scim.Object, a *rewrite.Answer) {
			results := a.Body.Array("Operations")
			for _, o := range rewrite.Operations(sent)[len(results):] {
				results = append(results, rewrite.MadeUp(424)(r, o))
			}
			a.Body.Set("Operations", results)
		})},

		{"RFC7644-3.7-04", "a method that is a number is a PUT", bulkReading("method", "number", http.MethodPut)},
		{"RFC7644-3.7-04", "a path that is null is that of the users", bulkReading("path", "null", "/Users")},
		{"RFC7644-3.7-04", "data that is a text is confirmed", rewrite.BulkSplit(func(_ int, o *scim.Object) bool { return typeOf(o, "data") == "string" }, rewrite.MadeUp(200))},
		{"RFC7644-3.7-04", "of data that is a list the first element is taken", rewrite.EachSent("PUT", func(o *scim.Object) {
			if list := o.Array("data"); len(list) > 0 {
				user, _ := list[0].(*scim.Object)
				user.Set("schemas", []any{scim.UserURN})
				o.Set("data", user)
			}
		})},
		{"RFC7644-3.7-04", "data that is null is confirmed", rewrite.BulkSplit(func(_ int, o *scim.Object) bool { v, there := o.Get("data"); return there && v == nil }, rewrite.MadeUp(200))},
		{"RFC7644-3.7-04", "an operation without a method is a PUT", bulkAssuming("method", "", http.MethodPut)},
		{"RFC7644-3.7-04", "an unknown method is a PUT", bulkAssuming("method", "HEAP", http.MethodPut)},
		{"RFC7644-3.7-04", "an operation without a path creates a user", bulkAssuming("path", "", "/Users")},
		{"RFC7644-3.7-04", "an unknown path is that of the users", bulkAssuming("path", "/Nothings", "/Users")},
		{"RFC7644-3.7-04", "an operation without a method is confirmed", rewrite.BulkSplit(bulkLacking("method"), rewrite.MadeUp(200))},
		{"RFC7644-3.7-04", "an operation without a path is confirmed", rewrite.BulkSplit(bulkLacking("path"), rewrite.MadeUp(201))},
		{"RFC7644-3.7-04", "an operation without data is confirmed", rewrite.BulkSplit(func(_ int, o *scim.Object) bool {
			return o.String("method") != http.MethodDelete && o.Object("data") == nil
		}, rewrite.MadeUp(200))},
		{"RFC7644-3.7-04", "a PATCH without data is confirmed", rewrite.BulkSplit(func(_ int, o *scim.Object) bool {
			return o.String("method") == http.MethodPatch && o.Object("data") == nil
		}, rewrite.MadeUp(204))},
		{"RFC7644-3.7-04", "a PUT without data is a deletion", rewrite.BulkSent(func(operations []*scim.Object) []*scim.Object {
			for _, o := range operations {
				if o.String("method") == http.MethodPut && o.Object("data") == nil {
					o.Set("method", http.MethodDelete)
				}
			}
			return operations
		})},
		{"RFC7644-3.7-04", "an invalid user is created in bulk", rewrite.BulkSent(func(operations []*scim.Object) []*scim.Object {
			for _, o := range operations {
				if data := o.Object("data"); o.String("path") == "/Users" && data != nil && data.String("userName") == "" {
					data.Set("userName", "made-up")
				}
			}
			return operations
		})},
		{"RFC7644-3.7-04", "a malformed operation is a server error", rewrite.BulkAnswers(func(_ *http.Request, a *rewrite.Answer) {
			if a.OK() && rewrite.FailedIn(a) {
				a.Refuse(scim.Internal("failed"))
			}
		})},
		{"RFC7644-3.7-04", "a malformed operation is passed over", rewrite.KeepResults(func(_ int, result *scim.Object) bool { return result.String("status") != "400" })},

		{"RFC7644-3.7-05", "a creation needs no bulkId", rewrite.BulkSent(func(operations []*scim.Object) []*scim.Object {
			for _, o := range operations {
				if v, ok := o.Get("bulkId"); o.String("method") == http.MethodPost && (!ok || v == "") {
					o.Set("bulkId", "made-up")
				}
			}
			return operations
		})},
		{"RFC7644-3.7-05", "a bulkId may be empty", rewrite.BulkSent(func(operations []*scim.Object) []*scim.Object {
			for _, o := range operations {
				if v, ok := o.Get("bulkId"); ok && v == "" {
					o.Set("bulkId", "made-up")
				}
			}
			return operations
		})},
		{"RFC7644-3.7-05", "a creation without bulkId is passed over", rewrite.KeepResults(func(_ int, result *scim.Object) bool {
			return result.String("bulkId") != "" || result.String("method") != http.MethodPost
		})},

		{"RFC7644-3.7-06", "no bulkId comes back", rewrite.BulkResults(func(result *scim.Object) { result.Delete("bulkId") })},
		{"RFC7644-3.7-06", "no bulkId comes back with groups", rewrite.BulkResults(func(result *scim.Object) {
			if strings.Contains(result.String("location"), "/Groups/") {
				result.Delete("bulkId")
			}
		})},
		{"RFC7644-3.7-06", "no bulkId comes back with failures", rewrite.ResultsOf("POST", false, func(result *scim.Object) { result.Delete("bulkId") })},
		{"RFC7644-3.7-06", "the bulkId comes back in small letters", rewrite.BulkResults(func(result *scim.Object) { result.Set("bulkId", strings.ToLower(result.String("bulkId"))) })},
		{"RFC7644-3.7-06", "the bulkId comes back with its prefix", rewrite.BulkResults(func(result *scim.Object) { result.Set("bulkId", "bulkId:"+result.String("bulkId")) })},
		{"RFC7644-3.7-06", "the bulkId comes back as the id", rewrite.BulkResults(func(result *scim.Object) { result.Set("bulkId", rewrite.PlaceIn(result.String("location"))) })},
		{"RFC7644-3.7-06", "the bulkId comes back under the name id", rewrite.BulkResults(func(result *scim.Object) {
			result.Set("id", result.String("bulkId"))
			result.Delete("bulkId")
		})},
		{"RFC7644-3.7-06", "a bulkId of digits comes back as a number", rewrite.BulkResults(func(result *scim.Object) {
			if result.String("bulkId") == "3" {
				result.Set("bulkId", rewrite.Number(3))
			}
		})},
		{"RFC7644-3.7-06", "the bulkIds come back in each other's place", rewrite.BulkProcessed(func(a *rewrite.Answer) {
			results := rewrite.Operations(a.Body)
			for i := 0; i+1 < len(results); i += 2 {
				first, second := results[i].String("bulkId"), results[i+1].String("bulkId")
				results[i].Set("bulkId", second)
				results[i+1].Set("bulkId", first)
			}
		})},

		{"RFC7644-3.7-07", "failures have no response", rewrite.ResultsOf("", false, func(result *scim.Object) { result.Delete("response") })},
		{"RFC7644-3.7-07", "failed creations have no response", rewrite.ResultsOf("POST", false, func(result *scim.Object) { result.Delete("response") })},
		{"RFC7644-3.7-07", "failed deletions have no response", rewrite.ResultsOf("DELETE", false, func(result *scim.Object) { result.Delete("response") })},
		{"RFC7644-3.7-07", "failed replacements have no response", rewrite.ResultsOf("PUT", false, func(result *scim.Object) { result.Delete("response") })},
		{"RFC7644-3.7-07", "failed patches have no response", rewrite.ResultsOf("PATCH", false, func(result *scim.Object) { result.Delete("response") })},
		{"RFC7644-3.7-07", "only the first failure has a response", rewrite.BulkProcessed(func(a *rewrite.Answer) {
			seen := false
			for _, result := range rewrite.Operations(a.Body) {
				if _, failed := result.Get("response"); failed && seen {
					result.Delete("response")
				} else if failed {
					seen = true
				}
			}
		})},
		{"RFC7644-3.7-07", "the response of a failure is a text", rewrite.ResultsOf("", false, func(result *scim.Object) {
			result.Set("response", result.Object("response").String("detail"))
		})},
		{"RFC7644-3.7-07", "the response of a failure is JSON in a string", rewrite.ResultsOf("", false, func(result *scim.Object) {
			text, _ := result.Object("response").MarshalJSON()
			result.Set("response", string(text))
		})},
		{"RFC7644-3.7-07", "the response of a failure is empty", rewrite.ResultsOf("", false, func(result *scim.Object) { result.Set("response", scim.NewObject()) })},
		{"RFC7644-3.7-07", "the response of a failure has no schemas", rewrite.ResultsOf("", false, func(result *scim.Object) { result.Object("response").Delete("schemas") })},
		{"RFC7644-3.7-07", "the response of a failure has no status", rewrite.ResultsOf("", false, func(result *scim.Object) { result.Object("response").Delete("status") })},
		{"RFC7644-3.7-07", "the response of a failure has another status", rewrite.ResultsOf("", false, func(result *scim.Object) { rewrite.PartOf(result, "response").Set("status", "400x") })},
		{"RFC7644-3.7-07", "the response of a failure always says 400", rewrite.ResultsOf("", false, func(result *scim.Object) { rewrite.PartOf(result, "response").Set("status", "400") })},
		{"RFC7644-3.7-07", "the response of a failure has its status as a number", rewrite.ResultsOf("", false, func(result *scim.Object) {
			rewrite.PartOf(result, "response").Set("status", json.Number(result.String("status")))
		})},
		{"RFC7644-3.7-07", "the error of a failure stands under another name", rewrite.ResultsOf("", false, func(result *scim.Object) {
			result.Set("error", result.Object("response"))
			result.Delete("response")
		})},

		{"RFC7644-3.7-08", "a version in bulk is ignored", withoutVersions("PUT,PATCH,DELETE", "")},
		{"RFC7644-3.7-08", "the version of a replacement is ignored", withoutVersions("PUT", "")},
		{"RFC7644-3.7-08", "the version of a patch is ignored", withoutVersions("PATCH", "")},
		{"RFC7644-3.7-08", "the version of a deletion is ignored", withoutVersions("DELETE", "")},
		{"RFC7644-3.7-08", "the version of a group is ignored", withoutVersions("PUT,PATCH,DELETE", "/Groups")},
		{"RFC7644-3.7-08", "the current version is refused", rewrite.EachSent("PUT,DELETE", func(o *scim.Object) {
			if o.String("version") != "" {
				o.Set("version", `W/"none"`)
			}
		})},
		{"RFC7644-3.7-08", "another version answers 409", rewrite.BulkStatusBecomes("412", "409")},
		{"RFC7644-3.7-08", "another version answers 400", rewrite.BulkStatusBecomes("412", "400")},
		{"RFC7644-3.7-08", "another version is refused for the whole", rewrite.BulkProcessed(func(a *rewrite.Answer) {
			for _, result := range rewrite.Operations(a.Body) {
				if result.String("status") == "412" {
					a.Refuse(scim.PreconditionFailed("an operation is for another version"))
					return
				}
			}
		})},
		{"RFC7644-3.7-08", "another version is answered 412 and changed nevertheless", rewrite.BulkThen(func(next http.Handler, r *http.Request, sent *scim.Object, _ *rewrite.Answer) {
			for _, o := range rewrite.Operations(sent) {
				if o.String("version") != "" {
					rewrite.Ask(next, r, o.String("method"), strings.Trim(o.String("path"), "/"), o.Object("data"))
				}
			}
		})},
		{"RFC7644-3.7-08", "the version in a result is not that of the resource", rewrite.BulkResults(func(result *scim.Object) { result.Set("version", `W/"none"`) })},

		{"RFC7644-3.7-09", "operations are performed backwards", rewrite.BulkSent(func(operations []*scim.Object) []*scim.Object {
			slices.Reverse(operations)
			return operations
		})},
		{"RFC7644-3.7-09", "creations are performed first", performedFirst(func(o *scim.Object) bool { return o.String("method") == http.MethodPost })},
		{"RFC7644-3.7-09", "deletions are performed first", performedFirst(func(o *scim.Object) bool { return o.String("method") == http.MethodDelete })},
		{"RFC7644-3.7-09", "deletions are performed last", performedFirst(func(o *scim.Object) bool { return o.String("method") != http.MethodDelete })},
		{"RFC7644-3.7-09", "only the first operation on a resource is performed", rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
			seen := map[string]bool{}
			return rewrite.Serve(rewrite.BulkSplit(func(_ int, o *scim.Object) bool {
				path := o.String("path")
				again := o.String("method") == http.MethodPut && seen[path]
				seen[path] = true
				return again
			}, rewrite.MadeUp(200))(next), r)
		})},
		{"RFC7644-3.7-09", "replacements of groups are performed backwards", rewrite.BulkSent(func(operations []*scim.Object) []*scim.Object {
			if slices.ContainsFunc(operations, func(o *scim.Object) bool { return strings.HasPrefix(o.String("path"), "/Groups/") }) {
				slices.Reverse(operations)
			}
			return operations
		})},

		{"RFC7644-3.7-10", "null will do for schemas", rewrite.Requests(rewrite.At("POST", "/Bulk"), believeBulk("schemas", func(v any) bool { return v == nil }))},
		{"RFC7644-3.7-10", "null for operations is a server error", rewrite.RefuseBodies(rewrite.At("POST", "/Bulk"), func(body *scim.Object) bool { v, there := body.Get("Operations"); return there && v == nil }, scim.Internal("null"))},
		{"RFC7644-3.7-10", "a bulk request without schemas is processed", rewrite.Requests(rewrite.At("POST", "/Bulk"), believeBulk("schemas", nil))},
		{"RFC7644-3.7-10", "a bulk request of another schema is processed", rewrite.Requests(rewrite.At("POST", "/Bulk"), believeBulk("schemas", func(v any) bool { return v != nil }))},
		{"RFC7644-3.7-10", "a bulk request without operations answers 200", rewrite.BulkAnswers(func(_ *http.Request, a *rewrite.Answer) {
			if a.Status == 400 && strings.Contains(a.Body.String("detail"), "Operations") {
				*a = *rewrite.BulkResponse()
			}
		})},
		{"RFC7644-3.7-10", "a body that is no bulk request answers 500", rewrite.BulkAnswers(func(_ *http.Request, a *rewrite.Answer) {
			if a.Status == 400 {
				a.Refuse(scim.Internal("failed"))
			}
		})},
		{"RFC7644-3.7-10", "a body that is no bulk request answers 422", rewrite.BulkAnswers(func(_ *http.Request, a *rewrite.Answer) {
			if a.Status == 400 {
				a.Refuse(&scim.Error{Status: 422, Detail: "cannot be processed"})
			}
		})},
		{"RFC7644-3.7-10", "a body that is no bulk request answers no SCIM error", rewrite.BulkAnswers(func(_ *http.Request, a *rewrite.Answer) {
			if a.Status == 400 {
				a.Body = scim.NewObject(scim.Member{Name: "message", Value: "bad request"})
			}
		})},

		{"RFC7644-3.7-11", "bulk is announced and not there", rewrite.BulkAnswers(func(_ *http.Request, a *rewrite.Answer) { a.Refuse(scim.NotImplemented("no bulk")) })},
		{"RFC7644-3.7-11", "bulk is announced and not found", rewrite.BulkAnswers(func(_ *http.Request, a *rewrite.Answer) { a.Refuse(scim.NotFound("/Bulk", "")) })},
		{"RFC7644-3.7-11", "bulk is served and announced as absent", undeclaredBulk(nil)},
		{"RFC7644-3.7-11", "bulk is absent, and answers 200 and nothing", undeclaredBulk(func(a *rewrite.Answer) { *a = *rewrite.NewAnswer(200, nil) })},
		{"RFC7644-3.7-11", "bulk is absent, and answers 500", undeclaredBulk(func(a *rewrite.Answer) { a.Refuse(scim.Internal("failed")) })},
		{"RFC7644-3.7-11", "bulk is absent, and answers in plain text", undeclaredBulk(func(a *rewrite.Answer) {
			*a = rewrite.Answer{Status: 404, Header: http.Header{"Content-Type": {"text/plain"}}, Raw: []byte("404 page not found")}
		})},

		{"RFC7644-3.7-12", "a creation in bulk loses the external id", rewrite.EachSent("POST", rewrite.WithoutData("externalId"))},
		{"RFC7644-3.7-12", "a creation in bulk loses the display name", rewrite.EachSent("POST", func(o *scim.Object) {
			if o.String("path") == "/Users" {
				rewrite.WithoutData("displayName")(o)
			}
		})},
		{"RFC7644-3.7-12", "a patch in bulk adds no member", rewrite.EachSent("PATCH", withoutPatch("add"))},
		{"RFC7644-3.7-12", "a patch in bulk removes no member", rewrite.EachSent("PATCH", withoutPatch("remove"))},
		{"RFC7644-3.7-12", "a patch in bulk replaces instead of adding", rewrite.EachSent("PATCH", func(o *scim.Object) {
			for _, op := range rewrite.Operations(o.Object("data")) {
				if op.String("op") == "add" {
					op.Set("op", "replace")
				}
			}
		})},
		{"RFC7644-3.7-12", "only ten operations are performed", rewrite.BulkSent(func(operations []*scim.Object) []*scim.Object { return operations[:min(len(operations), 10)] })},
		{"RFC7644-3.7-12", "many operations are performed but for the last", rewrite.BulkSent(func(operations []*scim.Object) []*scim.Object {
			return operations[:len(operations)-rewrite.Pick(len(operations) > 10, 1, 0)]
		})},
		{"RFC7644-3.7-12", "many creations are confirmed and not made", rewrite.BulkSplit(func(i int, o *scim.Object) bool {
			return i >= 10 && o.String("method") == http.MethodPost
		}, rewrite.MadeUp(201))},
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
func undeclaredBulk(edit func(a *rewrite.Answer)) rewrite.Wrap {
	hidden := rewrite.Answers(rewrite.At("GET", "/ServiceProviderConfig"), func(_ *http.Request, a *rewrite.Answer) {
		if bulk := a.Body.Object("bulk"); bulk != nil {
			bulk.Set("supported", false)
		}
	})
	if edit == nil {
		return hidden
	}
	edited := rewrite.BulkAnswers(func(_ *http.Request, a *rewrite.Answer) { edit(a) })
	return rewrite.InTurn(hidden, edited)
}

// failingOn changes the client's limit of errors; 0 stands for none.
func failingOn(change func(limit int) int) rewrite.Wrap {
	return rewrite.Requests(rewrite.At("POST", "/Bulk"), func(_ *http.Request, body *scim.Object) {
		if limit := change(limitIn(body)); limit > 0 {
			body.Set("failOnErrors", rewrite.Number(limit))
			return
		}
		body.Delete("failOnErrors")
	})
}

func limitIn(body *scim.Object) int {
	v, _ := body.Get("failOnErrors")
	n, _ := v.(json.Number)
	limit, _ := strconv.Atoi(n.String())
	return limit
}

// bulkCut takes the limit of errors for one of operations.
func bulkCut() rewrite.Wrap {
	return rewrite.Requests(rewrite.At("POST", "/Bulk"), func(_ *http.Request, body *scim.Object) {
		operations := rewrite.Operations(body)
		if limit := limitIn(body); limit > 0 && len(operations) > limit {
			rewrite.SetOperations(body, operations[:limit])
		}
	})
}

// bulkAborted edits the answer when the limit of errors was reached.
func bulkAborted(edit func(a *rewrite.Answer)) rewrite.Wrap {
	return rewrite.BulkThen(func(_ http.Handler, _ *http.Request, sent *scim.Object, a *rewrite.Answer) {
		if limitIn(sent) > 0 && len(rewrite.Operations(a.Body)) < len(rewrite.Operations(sent)) {
			edit(a)
		}
	})
}

// takeBack deletes what the request created.
func takeBack(next http.Handler, r *http.Request, a *rewrite.Answer) {
	for _, result := range rewrite.Operations(a.Body) {
		if result.String("method") == http.MethodPost && result.String("status") == "201" {
			rewrite.Ask(next, r, http.MethodDelete, rewrite.PlaceIn(result.String("location")), nil)
		}
	}
}

// silentlyGoingOn performs everything and reports as if it had stopped.
func silentlyGoingOn() rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
		var limit int
		if rewrite.At("POST", "/Bulk")(r) {
			if body := rewrite.BodyOf(r); body != nil {
				limit = limitIn(body)
				body.Delete("failOnErrors")
				rewrite.SetBody(r, body)
			}
		}
		a := rewrite.Serve(next, r)
		if limit > 0 && a.OK() {
			kept, failures := []any{}, 0
			for _, result := range rewrite.Operations(a.Body) {
				if failures == limit {
					break
				}
				kept = append(kept, result)
				if strings.HasPrefix(result.String("status"), "4") {
					failures++
				}
			}
			a.Body.Set("Operations", kept)
		}
		return a
	})
}

// bulkAssuming takes one value of a member of operations for another.
func bulkAssuming(name, wrong, assumed string) rewrite.Wrap {
	return rewrite.BulkSent(func(operations []*scim.Object) []*scim.Object {
		for _, o := range operations {
			if o.String(name) == wrong {
				o.Set(name, assumed)
			}
		}
		return operations
	})
}

func bulkLacking(name string) func(int, *scim.Object) bool {
	return func(_ int, o *scim.Object) bool { return o.String(name) == "" }
}

func withoutVersions(methods, path string) rewrite.Wrap {
	return rewrite.EachSent(methods, func(o *scim.Object) {
		if strings.HasPrefix(o.String("path"), path) {
			o.Delete("version")
		}
	})
}

// withoutPatch makes the PATCH operations of a kind do nothing.
func withoutPatch(op string) func(*scim.Object) {
	return func(o *scim.Object) {
		for _, operation := range rewrite.Operations(o.Object("data")) {
			if operation.String("op") == op {
				operation.Set("op", "replace")
				operation.Set("path", "externalId")
				operation.Set("value", "untouched")
			}
		}
	}
}

func performedFirst(first func(*scim.Object) bool) rewrite.Wrap {
	return rewrite.BulkSent(func(operations []*scim.Object) []*scim.Object {
		slices.SortStableFunc(operations, func(a, b *scim.Object) int {
			return rewrite.Pick(first(b), 1, 0) - rewrite.Pick(first(a), 1, 0)
		})
		return operations
	})
}

// ofMethod chooses operations by method and the beginning of their path.
func ofMethod(method, path string) func(int, *scim.Object) bool {
	return func(_ int, o *scim.Object) bool {
		return o.String("method") == method && strings.HasPrefix(o.String("path"), path)
	}
}

// bulkReading takes a member of the wrong kind for this text.
func bulkReading(name, kind, assumed string) rewrite.Wrap {
	return rewrite.EachSent("", func(o *scim.Object) {
		if v, there := o.Get(name); there && scim.KindOf(v) == kind {
			o.Set(name, assumed)
		}
	})
}
