package faults

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// bulkErrorFaults concern what happens after a failure.
func bulkErrorFaults() []Fault {
	return []Fault{
		{"RFC7644-3.7-02", "bulk stops at the first failure", failingOn(func(limit int) int { return bulkPick(limit == 0, 1, limit) })},
		{"RFC7644-3.7-02", "bulk stops at the second failure", failingOn(func(limit int) int { return bulkPick(limit == 0, 2, limit) })},
		{"RFC7644-3.7-02", "bulk stops one failure too early", failingOn(func(limit int) int { return max(limit-1, bulkPick(limit > 0, 1, 0)) })},
		{"RFC7644-3.7-02", "a failure takes back what was created before", bulkThen(func(next http.Handler, r *http.Request, _ *scim.Object, a *answer) {
			if failedIn(a) {
				takeBack(next, r, a)
			}
		})},
		{"RFC7644-3.7-02", "a failure fails the whole request", bulkProcessed(func(a *answer) {
			if failedIn(a) {
				a.refuse(scim.InvalidValue("an operation failed"))
			}
		})},
		{"RFC7644-3.7-02", "everything after a failure fails too", bulkThen(func(next http.Handler, r *http.Request, _ *scim.Object, a *answer) {
			failed := false
			for _, result := range operationsIn(a.body) {
				if failed && result.String("method") == http.MethodPost && result.String("status") == "201" {
					ask(next, r, http.MethodDelete, placeIn(result.String("location")), nil)
					result.Set("status", "424")
					result.Delete("location")
				}
				failed = failed || strings.HasPrefix(result.String("status"), "4")
			}
		})},
		{"RFC7644-3.7-02", "a patch in bulk is made in part", bulkThen(func(next http.Handler, r *http.Request, sent *scim.Object, _ *answer) {
			for _, o := range operationsIn(sent) {
				if first := operationsIn(o.Object("data")); o.String("method") == http.MethodPatch && len(first) > 1 {
					setOperations(o.Object("data"), first[:1])
					ask(next, r, http.MethodPatch, strings.Trim(o.String("path"), "/"), o.Object("data"))
				}
			}
		})},

		{"RFC7644-3.7-03", "failOnErrors is ignored", failingOn(func(int) int { return 0 })},
		{"RFC7644-3.7-03", "failOnErrors allows one error more", failingOn(func(limit int) int { return bulkPick(limit > 0, limit+1, 0) })},
		{"RFC7644-3.7-03", "failOnErrors counts from 0", failingOn(func(limit int) int { return bulkPick(limit > 1, limit-1, limit) })},
		{"RFC7644-3.7-03", "failOnErrors is always 1", failingOn(func(limit int) int { return bulkPick(limit > 0, 1, 0) })},
		{"RFC7644-3.7-03", "failOnErrors counts operations", bulkCut},
		{"RFC7644-3.7-03", "failOnErrors answers 400", bulkAborted(func(a *answer) { a.refuse(scim.InvalidValue("too many errors")) })},
		{"RFC7644-3.7-03", "failOnErrors answers 500", bulkAborted(func(a *answer) { a.refuse(scim.Internal("too many errors")) })},
		{"RFC7644-3.7-03", "failOnErrors hides what succeeded", bulkAborted(func(a *answer) {
			kept := []any{}
			for _, result := range operationsIn(a.body) {
				if strings.HasPrefix(result.String("status"), "4") {
					kept = append(kept, result)
				}
			}
			a.body.Set("Operations", kept)
		})},
		{"RFC7644-3.7-03", "failOnErrors hides the failure", bulkAborted(func(a *answer) {
			kept := []any{}
			for _, result := range operationsIn(a.body) {
				if !strings.HasPrefix(result.String("status"), "4") {
					kept = append(kept, result)
				}
			}
			a.body.Set("Operations", kept)
		})},
		{"RFC7644-3.7-03", "failOnErrors takes back what succeeded", bulkThen(func(next http.Handler, r *http.Request, sent *scim.Object, a *answer) {
			if limitIn(sent) > 0 && failedIn(a) {
				takeBack(next, r, a)
			}
		})},
		{"RFC7644-3.7-03", "failOnErrors goes on silently", silentlyGoingOn},
		{"RFC7644-3.7-03", "failOnErrors reports what it did not try", bulkThen(func(_ http.Handler, r *http.Request, sent *scim.Object, a *answer) {
			results := a.body.Array("Operations")
			for _, o := range operationsIn(sent)[len(results):] {
				results = append(results, madeUp(424)(r, o))
			}
			a.body.Set("Operations", results)
		})},
	}
}

func bulkPick(yes bool, a, b int) int {
	if yes {
		return a
	}
	return b
}

// failingOn changes the client's limit of errors; 0 stands for none.
func failingOn(change func(limit int) int) Wrap {
	return requests(at("POST", "/Bulk"), func(_ *http.Request, body *scim.Object) {
		if limit := change(limitIn(body)); limit > 0 {
			body.Set("failOnErrors", number(limit))
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
func bulkCut(next http.Handler) http.Handler {
	return requests(at("POST", "/Bulk"), func(_ *http.Request, body *scim.Object) {
		operations := operationsIn(body)
		if limit := limitIn(body); limit > 0 && len(operations) > limit {
			setOperations(body, operations[:limit])
		}
	})(next)
}

// bulkAborted edits the answer when the limit of errors was reached.
func bulkAborted(edit func(a *answer)) Wrap {
	return bulkThen(func(_ http.Handler, _ *http.Request, sent *scim.Object, a *answer) {
		if limitIn(sent) > 0 && len(operationsIn(a.body)) < len(operationsIn(sent)) {
			edit(a)
		}
	})
}

// takeBack deletes what the request created.
func takeBack(next http.Handler, r *http.Request, a *answer) {
	for _, result := range operationsIn(a.body) {
		if result.String("method") == http.MethodPost && result.String("status") == "201" {
			ask(next, r, http.MethodDelete, placeIn(result.String("location")), nil)
		}
	}
}

// silentlyGoingOn performs everything and reports as if it had stopped.
func silentlyGoingOn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var limit int
		if at("POST", "/Bulk")(r) {
			if body := bodyOf(r); body != nil {
				limit = limitIn(body)
				body.Delete("failOnErrors")
				setBody(r, body)
			}
		}
		a := serve(next, r)
		if limit > 0 && a.ok() {
			kept, failures := []any{}, 0
			for _, result := range operationsIn(a.body) {
				if failures == limit {
					break
				}
				kept = append(kept, result)
				if strings.HasPrefix(result.String("status"), "4") {
					failures++
				}
			}
			a.body.Set("Operations", kept)
		}
		a.send(w)
	})
}
