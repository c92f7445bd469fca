package faults

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// bulkOperationFaults concern single operations: what they need, their versions,
// their effect.
func bulkOperationFaults() []Fault {
	return []Fault{
		{"RFC7644-3.7-04", "an operation without a method is a PUT", bulkAssuming("method", "", http.MethodPut)},
		{"RFC7644-3.7-04", "an unknown method is a PUT", bulkAssuming("method", "HEAP", http.MethodPut)},
		{"RFC7644-3.7-04", "an operation without a path creates a user", bulkAssuming("path", "", "/Users")},
		{"RFC7644-3.7-04", "an unknown path is that of the users", bulkAssuming("path", "/Nothings", "/Users")},
		{"RFC7644-3.7-04", "an operation without a method is confirmed", bulkSplit(bulkLacking("method"), madeUp(200))},
		{"RFC7644-3.7-04", "an operation without a path is confirmed", bulkSplit(bulkLacking("path"), madeUp(201))},
		{"RFC7644-3.7-04", "an operation without data is confirmed", bulkSplit(func(_ int, o *scim.Object) bool {
			return o.String("method") != http.MethodDelete && o.Object("data") == nil
		}, madeUp(200))},
		{"RFC7644-3.7-04", "a PATCH without data is confirmed", bulkSplit(func(_ int, o *scim.Object) bool {
			return o.String("method") == http.MethodPatch && o.Object("data") == nil
		}, madeUp(204))},
		{"RFC7644-3.7-04", "a PUT without data is a deletion", bulkSent(func(operations []*scim.Object) []*scim.Object {
			for _, o := range operations {
				if o.String("method") == http.MethodPut && o.Object("data") == nil {
					o.Set("method", http.MethodDelete)
				}
			}
			return operations
		})},
		{"RFC7644-3.7-04", "an invalid user is created in bulk", bulkSent(func(operations []*scim.Object) []*scim.Object {
			for _, o := range operations {
				if data := o.Object("data"); o.String("path") == "/Users" && data != nil && data.String("userName") == "" {
					data.Set("userName", "made-up")
				}
			}
			return operations
		})},
		{"RFC7644-3.7-04", "a malformed operation is a server error", bulkAnswers(func(_ *http.Request, a *answer) {
			if a.ok() && failedIn(a) {
				a.refuse(scim.Internal("failed"))
			}
		})},
		{"RFC7644-3.7-04", "a malformed operation is passed over", keptResults(func(_ int, result *scim.Object) bool { return result.String("status") != "400" })},

		{"RFC7644-3.7-05", "a creation needs no bulkId", bulkSent(func(operations []*scim.Object) []*scim.Object {
			for _, o := range operations {
				if v, ok := o.Get("bulkId"); o.String("method") == http.MethodPost && (!ok || v == "") {
					o.Set("bulkId", "made-up")
				}
			}
			return operations
		})},
		{"RFC7644-3.7-05", "a bulkId may be empty", bulkSent(func(operations []*scim.Object) []*scim.Object {
			for _, o := range operations {
				if v, ok := o.Get("bulkId"); ok && v == "" {
					o.Set("bulkId", "made-up")
				}
			}
			return operations
		})},
		{"RFC7644-3.7-05", "a creation without bulkId is passed over", keptResults(func(_ int, result *scim.Object) bool {
			return result.String("bulkId") != "" || result.String("method") != http.MethodPost
		})},

		{"RFC7644-3.7-06", "no bulkId comes back", bulkResults(func(result *scim.Object) { result.Delete("bulkId") })},
		{"RFC7644-3.7-06", "no bulkId comes back with groups", bulkResults(func(result *scim.Object) {
			if strings.Contains(result.String("location"), "/Groups/") {
				result.Delete("bulkId")
			}
		})},
		{"RFC7644-3.7-06", "no bulkId comes back with failures", resultsOf("POST", false, func(result *scim.Object) { result.Delete("bulkId") })},
		{"RFC7644-3.7-06", "the bulkId comes back in small letters", bulkResults(func(result *scim.Object) { result.Set("bulkId", strings.ToLower(result.String("bulkId"))) })},
		{"RFC7644-3.7-06", "the bulkId comes back with its prefix", bulkResults(func(result *scim.Object) { result.Set("bulkId", "bulkId:"+result.String("bulkId")) })},
		{"RFC7644-3.7-06", "the bulkId comes back as the id", bulkResults(func(result *scim.Object) { result.Set("bulkId", placeIn(result.String("location"))) })},
		{"RFC7644-3.7-06", "the bulkId comes back under the name id", bulkResults(func(result *scim.Object) {
			result.Set("id", result.String("bulkId"))
			result.Delete("bulkId")
		})},
		{"RFC7644-3.7-06", "a bulkId of digits comes back as a number", bulkResults(func(result *scim.Object) {
			if result.String("bulkId") == "3" {
				result.Set("bulkId", number(3))
			}
		})},
		{"RFC7644-3.7-06", "the bulkIds come back in each other's place", bulkProcessed(func(a *answer) {
			results := operationsIn(a.body)
			for i := 0; i+1 < len(results); i += 2 {
				first, second := results[i].String("bulkId"), results[i+1].String("bulkId")
				results[i].Set("bulkId", second)
				results[i+1].Set("bulkId", first)
			}
		})},

		{"RFC7644-3.7-08", "a version in bulk is ignored", withoutVersions("PUT,PATCH,DELETE", "")},
		{"RFC7644-3.7-08", "the version of a replacement is ignored", withoutVersions("PUT", "")},
		{"RFC7644-3.7-08", "the version of a patch is ignored", withoutVersions("PATCH", "")},
		{"RFC7644-3.7-08", "the version of a deletion is ignored", withoutVersions("DELETE", "")},
		{"RFC7644-3.7-08", "the version of a group is ignored", withoutVersions("PUT,PATCH,DELETE", "/Groups")},
		{"RFC7644-3.7-08", "the current version is refused", eachSent("PUT,DELETE", func(o *scim.Object) {
			if o.String("version") != "" {
				o.Set("version", `W/"none"`)
			}
		})},
		{"RFC7644-3.7-08", "another version answers 409", statusInstead("412", "409")},
		{"RFC7644-3.7-08", "another version answers 400", statusInstead("412", "400")},
		{"RFC7644-3.7-08", "another version is refused for the whole", bulkProcessed(func(a *answer) {
			for _, result := range operationsIn(a.body) {
				if result.String("status") == "412" {
					a.refuse(scim.PreconditionFailed("an operation is for another version"))
					return
				}
			}
		})},
		{"RFC7644-3.7-08", "another version is answered 412 and changed nevertheless", bulkThen(func(next http.Handler, r *http.Request, sent *scim.Object, _ *answer) {
			for _, o := range operationsIn(sent) {
				if o.String("version") != "" {
					ask(next, r, o.String("method"), strings.Trim(o.String("path"), "/"), o.Object("data"))
				}
			}
		})},
		{"RFC7644-3.7-08", "the version in a result is not that of the resource", bulkResults(func(result *scim.Object) { result.Set("version", `W/"none"`) })},

		{"RFC7644-3.7-12", "a creation in bulk loses the external id", eachSent("POST", bulkLosing("externalId"))},
		{"RFC7644-3.7-12", "a creation in bulk loses the display name", eachSent("POST", func(o *scim.Object) {
			if o.String("path") == "/Users" {
				bulkLosing("displayName")(o)
			}
		})},
		{"RFC7644-3.7-12", "a patch in bulk adds no member", eachSent("PATCH", withoutPatch("add"))},
		{"RFC7644-3.7-12", "a patch in bulk removes no member", eachSent("PATCH", withoutPatch("remove"))},
		{"RFC7644-3.7-12", "a patch in bulk replaces instead of adding", eachSent("PATCH", func(o *scim.Object) {
			for _, op := range operationsIn(o.Object("data")) {
				if op.String("op") == "add" {
					op.Set("op", "replace")
				}
			}
		})},
		{"RFC7644-3.7-12", "only ten operations are performed", bulkSent(func(operations []*scim.Object) []*scim.Object { return operations[:min(len(operations), 10)] })},
		{"RFC7644-3.7-12", "many operations are performed but for the last", bulkSent(func(operations []*scim.Object) []*scim.Object {
			return operations[:len(operations)-bulkPick(len(operations) > 10, 1, 0)]
		})},
		{"RFC7644-3.7-12", "many creations are confirmed and not made", bulkSplit(func(i int, o *scim.Object) bool {
			return i >= 10 && o.String("method") == http.MethodPost
		}, madeUp(201))},
	}
}

func bulkAssuming(name, wrong, assumed string) Wrap {
	return bulkSent(func(operations []*scim.Object) []*scim.Object {
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

func withoutVersions(methods, path string) Wrap {
	return eachSent(methods, func(o *scim.Object) {
		if strings.HasPrefix(o.String("path"), path) {
			o.Delete("version")
		}
	})
}

func statusInstead(of, instead string) Wrap {
	return bulkResults(func(result *scim.Object) {
		if result.String("status") == of {
			result.Set("status", instead)
			if response := result.Object("response"); response != nil {
				response.Set("status", instead)
			}
		}
	})
}

func bulkLosing(attribute string) func(*scim.Object) {
	return func(o *scim.Object) {
		if data := o.Object("data"); data != nil {
			data.Delete(attribute)
		}
	}
}

// withoutPatch makes the PATCH operations of a kind do nothing.
func withoutPatch(op string) func(*scim.Object) {
	return func(o *scim.Object) {
		for _, operation := range operationsIn(o.Object("data")) {
			if operation.String("op") == op {
				operation.Set("op", "replace")
				operation.Set("path", "externalId")
				operation.Set("value", "untouched")
			}
		}
	}
}

// bulkOrderFaults concern the order of operations.
func bulkOrderFaults() []Fault {
	return []Fault{
		{"RFC7644-3.7-09", "operations are performed backwards", bulkSent(func(operations []*scim.Object) []*scim.Object {
			slices.Reverse(operations)
			return operations
		})},
		{"RFC7644-3.7-09", "creations are performed first", performedFirst(func(o *scim.Object) bool { return o.String("method") == http.MethodPost })},
		{"RFC7644-3.7-09", "deletions are performed first", performedFirst(func(o *scim.Object) bool { return o.String("method") == http.MethodDelete })},
		{"RFC7644-3.7-09", "deletions are performed last", performedFirst(func(o *scim.Object) bool { return o.String("method") != http.MethodDelete })},
		{"RFC7644-3.7-09", "only the first operation on a resource is performed", func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				seen := map[string]bool{}
				bulkSplit(func(_ int, o *scim.Object) bool {
					path := o.String("path")
					again := o.String("method") == http.MethodPut && seen[path]
					seen[path] = true
					return again
				}, madeUp(200))(next).ServeHTTP(w, r)
			})
		}},
		{"RFC7644-3.7-09", "replacements of groups are performed backwards", bulkSent(func(operations []*scim.Object) []*scim.Object {
			if slices.ContainsFunc(operations, func(o *scim.Object) bool { return strings.HasPrefix(o.String("path"), "/Groups/") }) {
				slices.Reverse(operations)
			}
			return operations
		})},
	}
}

func performedFirst(first func(*scim.Object) bool) Wrap {
	return bulkSent(func(operations []*scim.Object) []*scim.Object {
		slices.SortStableFunc(operations, func(a, b *scim.Object) int {
			return bulkPick(first(b), 1, 0) - bulkPick(first(a), 1, 0)
		})
		return operations
	})
}
