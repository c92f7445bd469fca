package rfc7644

import (
	"net/http"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// bulkIDsFaults violate features/rfc7644/3.7.2_bulk_ids.feature.
func bulkIDsFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.7.1-01", "references in a circle are dropped", inCircles(func(_ int, o *scim.Object) {
			rewrite.EditReferences(o.Object("data"), func(string) string { return "" })
		})},
		{"RFC7644-3.7.1-01", "one reference in a circle is dropped", inCircles(func(i int, o *scim.Object) {
			if i == 0 {
				rewrite.EditReferences(o.Object("data"), func(string) string { return "" })
			}
		})},
		{"RFC7644-3.7.1-01", "a reference in a circle fails one operation", inCircles(func(i int, o *scim.Object) {
			if i == 1 {
				rewrite.EditReferences(o.Object("data"), func(string) string { return "nobody" })
			}
		})},
		{"RFC7644-3.7.1-01", "a circle of managers is dropped", inCircles(func(_ int, o *scim.Object) {
			if o.String("path") == "/Users" {
				o.Object("data").Delete(scim.EnterpriseURN)
			}
		})},
		{"RFC7644-3.7.1-01", "a circle answers 500", bulkOnCircle(func(a *rewrite.Answer) { a.Refuse(scim.Internal("failed")) })},
		{"RFC7644-3.7.1-01", "a circle answers 400 for each", bulkOnCircle(func(a *rewrite.Answer) {
			for _, result := range rewrite.Operations(a.Body) {
				result.Set("status", "400")
			}
		})},

		{"RFC7644-3.7.2-01", "references in the members of a new group are dropped", withoutReferences("POST", "/Groups")},
		{"RFC7644-3.7.2-01", "references in the members of a replaced group are dropped", withoutReferences("PUT", "/Groups")},
		{"RFC7644-3.7.2-01", "references in a patch are dropped", withoutReferences("PATCH", "/Groups")},
		{"RFC7644-3.7.2-01", "only the first reference of an operation is resolved", onlyFirstReference()},
		{"RFC7644-3.7.2-01", "references stay as they were written", literalReferences("members")},
		{"RFC7644-3.7.2-01", "references in the path are not resolved", unresolvedPaths("PUT,PATCH,DELETE", 404)},
		{"RFC7644-3.7.2-01", "references in the path of a PUT are not resolved", unresolvedPaths("PUT", 404)},
		{"RFC7644-3.7.2-01", "references in the path of a PATCH are not resolved", unresolvedPaths("PATCH", 404)},
		{"RFC7644-3.7.2-01", "references in the path of a DELETE are not resolved", unresolvedPaths("DELETE", 404)},
		{"RFC7644-3.7.2-01", "an operation on a resource just created is confirmed and not made", unresolvedPaths("PUT", 200)},
		{"RFC7644-3.7.2-01", "a deletion of a resource just created is not made", unresolvedPaths("DELETE", 204)},
		{"RFC7644-3.7.2-01", "a PATCH of a resource just created is not made", unresolvedPaths("PATCH", 200)},
		{"RFC7644-3.7.2-01", "references to later operations are dropped", forwardReferences("")},
		{"RFC7644-3.7.2-01", "references to later operations fail with 400", forwardReferences("nobody")},
		{"RFC7644-3.7.2-01", "references to users in data are refused", rewrite.EachSent("POST", func(o *scim.Object) {
			if o.String("path") == "/Groups" {
				rewrite.EditReferences(o.Object("data"), func(string) string { return "nobody" })
			}
		})},
		{"RFC7644-3.7.2-01", "a reference leads to the resource of an earlier request", rememberedReferences()},

		{"RFC7644-3.7.2-02", "a reference in the manager is dropped", rewrite.EachSent("POST", rewrite.WithoutData(scim.EnterpriseURN))},
		{"RFC7644-3.7.2-02", "a reference in the manager of a replaced user is dropped", rewrite.EachSent("PUT", rewrite.WithoutData(scim.EnterpriseURN))},
		{"RFC7644-3.7.2-02", "a reference in the manager stays as it was written", literalReferences(scim.EnterpriseURN)},
		{"RFC7644-3.7.2-02", "a reference in the manager is refused", rewrite.EachSent("POST", func(o *scim.Object) {
			if data := o.Object("data"); data.Object(scim.EnterpriseURN) != nil {
				rewrite.EditReferences(data, func(string) string { return "nobody" })
			}
		})},

		{"RFC7644-3.7.2-03", "a reference to nothing is dropped", rewrite.BulkSent(func(operations []*scim.Object) []*scim.Object {
			for _, o := range operations {
				if data := o.Object("data"); data != nil {
					rewrite.EditReferences(data, onlyCreated(operations))
				}
			}
			return operations
		})},
		{"RFC7644-3.7.2-03", "a reference to nothing fails the whole request", rewrite.BulkProcessed(func(a *rewrite.Answer) {
			if rewrite.FailedIn(a) {
				a.Refuse(scim.InvalidValue("a reference leads nowhere"))
			}
		})},
		{"RFC7644-3.7.2-03", "a reference to nothing in a path is confirmed", rewrite.BulkSplit(func(_ int, o *scim.Object) bool {
			return strings.Contains(o.String("path"), "bulkId:nobody")
		}, rewrite.MadeUp(204))},
		{"RFC7644-3.7.2-03", "a reference to nothing in a path answers 500", rewrite.BulkSplit(func(_ int, o *scim.Object) bool {
			return strings.Contains(o.String("path"), "bulkId:nobody")
		}, rewrite.MadeUp(500))},
		{"RFC7644-3.7.2-03", "a reference to a failed creation is dropped", rewrite.BulkThen(createWithoutMembers)},
		{"RFC7644-3.7.2-03", "a reference to a failed creation answers 500", rewrite.BulkResults(func(result *scim.Object) {
			if strings.Contains(result.Object("response").String("detail"), "could not be created") {
				result.Set("status", "500")
			}
		})},
		{"RFC7644-3.7.2-03", "a reference to nothing is refused after the creation", rewrite.BulkThen(func(next http.Handler, r *http.Request, sent *scim.Object, a *rewrite.Answer) {
			createWithoutMembers(next, r, sent, &rewrite.Answer{Body: a.Body.Clone()})
		})},
	}
}

// inCircles edits the operations of requests whose first two refer to each other.
func inCircles(edit func(i int, o *scim.Object)) rewrite.Wrap {
	return rewrite.BulkSent(func(operations []*scim.Object) []*scim.Object {
		if rewrite.AreCircular(operations) {
			for i, o := range operations {
				edit(i, o)
			}
		}
		return operations
	})
}

func bulkOnCircle(edit func(a *rewrite.Answer)) rewrite.Wrap {
	return rewrite.BulkThen(func(_ http.Handler, _ *http.Request, sent *scim.Object, a *rewrite.Answer) {
		if rewrite.AreCircular(rewrite.Operations(sent)) {
			edit(a)
		}
	})
}

// onlyCreated drops references to what no operation creates.
func onlyCreated(operations []*scim.Object) func(string) string {
	return func(bulkID string) string {
		for _, o := range operations {
			if o.String("bulkId") == bulkID {
				return "bulkId:" + bulkID
			}
		}
		return ""
	}
}

// onlyFirstReference resolves the first reference of each operation only.
func onlyFirstReference() rewrite.Wrap {
	return rewrite.BulkSent(func(operations []*scim.Object) []*scim.Object {
		for _, o := range operations {
			n := 0
			if data := o.Object("data"); data != nil {
				rewrite.EditReferences(data, func(bulkID string) string {
					if n++; n > 1 {
						return ""
					}
					return "bulkId:" + bulkID
				})
			}
		}
		return operations
	})
}

// forwardReferences replaces references to operations that come later.
func forwardReferences(by string) rewrite.Wrap {
	return rewrite.BulkSent(func(operations []*scim.Object) []*scim.Object {
		seen := map[string]bool{}
		for _, o := range operations {
			if data := o.Object("data"); data != nil {
				rewrite.EditReferences(data, func(bulkID string) string {
					if seen[bulkID] {
						return "bulkId:" + bulkID
					}
					return by
				})
			}
			seen[o.String("bulkId")] = true
		}
		return operations
	})
}

func unresolvedPaths(methods string, status int) rewrite.Wrap {
	return rewrite.BulkSplit(func(_ int, o *scim.Object) bool {
		return rewrite.IsOneOf(o.String("method"), methods) && strings.Contains(o.String("path"), "/bulkId:")
	}, rewrite.MadeUp(status))
}

// literalReferences shows what was created in bulk by its bulkId, in one
// attribute of whatever refers to it.
func literalReferences(attribute string) rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var mu sync.Mutex
		written := map[string]string{}
		learn := rewrite.BulkProcessed(func(a *rewrite.Answer) {
			mu.Lock()
			defer mu.Unlock()
			for _, result := range rewrite.Operations(a.Body) {
				if bulkID := result.String("bulkId"); bulkID != "" {
					_, id, _ := strings.Cut(rewrite.PlaceIn(result.String("location")), "/")
					written[id] = "bulkId:" + bulkID
				}
			}
		})
		show := rewrite.Shown(rewrite.At("GET", "/*/*"), func(o *scim.Object) {
			mu.Lock()
			defer mu.Unlock()
			v, _ := o.Get(attribute)
			o.Set(attribute, replaceIDs(v, written))
		})
		return rewrite.InTurn(show, learn)
	})
}

// replaceIDs replaces ids in a value, however deep.
func replaceIDs(v any, by map[string]string) any {
	switch v := v.(type) {
	case *scim.Object:
		for name, member := range v.All() {
			v.Set(name, replaceIDs(member, by))
		}
	case []any:
		for i := range v {
			v[i] = replaceIDs(v[i], by)
		}
	case string:
		if written := by[v]; written != "" {
			return written
		}
	}
	return v
}

// rememberedReferences keeps the ids of one request for the next.
func rememberedReferences() rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var mu sync.Mutex
		ids := map[string]string{}
		learn := rewrite.BulkProcessed(func(a *rewrite.Answer) {
			mu.Lock()
			defer mu.Unlock()
			for _, result := range rewrite.Operations(a.Body) {
				if bulkID := result.String("bulkId"); bulkID != "" && ids[bulkID] == "" {
					_, ids[bulkID], _ = strings.Cut(rewrite.PlaceIn(result.String("location")), "/")
				}
			}
		})
		use := rewrite.EachSent("POST", func(o *scim.Object) {
			mu.Lock()
			defer mu.Unlock()
			rewrite.EditReferences(o.Object("data"), func(bulkID string) string {
				if id := ids[bulkID]; id != "" {
					return id
				}
				return "bulkId:" + bulkID
			})
		})
		return rewrite.InTurn(learn, use)
	})
}

// createWithoutMembers creates the groups whose members could not be, without them.
func createWithoutMembers(next http.Handler, r *http.Request, sent *scim.Object, a *rewrite.Answer) {
	results := rewrite.Operations(a.Body)
	for i, o := range rewrite.Operations(sent) {
		if o.String("path") != "/Groups" || i >= len(results) || results[i].String("status") == "201" {
			continue
		}
		data := o.Object("data")
		data.Delete("members")
		made := rewrite.Ask(next, r, http.MethodPost, "Groups", data)
		results[i].Set("status", "201")
		results[i].Set("location", made.Header.Get("Location"))
		results[i].Delete("response")
	}
}

// withoutReferences drops the references from the data of operations.
func withoutReferences(methods, path string) rewrite.Wrap {
	return rewrite.EachSent(methods, func(o *scim.Object) {
		if strings.HasPrefix(o.String("path"), path) && o.Object("data") != nil {
			rewrite.EditReferences(o.Object("data"), func(string) string { return "" })
		}
	})
}
