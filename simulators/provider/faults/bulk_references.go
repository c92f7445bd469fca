package faults

import (
	"net/http"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// bulkReferenceFaults concern references to a bulkId.
func bulkReferenceFaults() []Fault {
	return []Fault{
		{"RFC7644-3.7.1-01", "references in a circle are dropped", inCircles(func(_ int, o *scim.Object) {
			rewriteReferences(o.Object("data"), func(string) string { return "" })
		})},
		{"RFC7644-3.7.1-01", "one reference in a circle is dropped", inCircles(func(i int, o *scim.Object) {
			if i == 0 {
				rewriteReferences(o.Object("data"), func(string) string { return "" })
			}
		})},
		{"RFC7644-3.7.1-01", "a reference in a circle fails one operation", inCircles(func(i int, o *scim.Object) {
			if i == 1 {
				rewriteReferences(o.Object("data"), func(string) string { return "nobody" })
			}
		})},
		{"RFC7644-3.7.1-01", "a circle of managers is dropped", inCircles(func(_ int, o *scim.Object) {
			if o.String("path") == "/Users" {
				o.Object("data").Delete(scim.EnterpriseURN)
			}
		})},
		{"RFC7644-3.7.1-01", "a circle answers 500", bulkOnCircle(func(a *answer) { a.refuse(scim.Internal("failed")) })},
		{"RFC7644-3.7.1-01", "a circle answers 400 for each", bulkOnCircle(func(a *answer) {
			for _, result := range operationsIn(a.body) {
				result.Set("status", "400")
			}
		})},

		{"RFC7644-3.7.2-01", "references in the members of a new group are dropped", withoutReferences("POST", "/Groups")},
		{"RFC7644-3.7.2-01", "references in the members of a replaced group are dropped", withoutReferences("PUT", "/Groups")},
		{"RFC7644-3.7.2-01", "references in a patch are dropped", withoutReferences("PATCH", "/Groups")},
		{"RFC7644-3.7.2-01", "only the first reference of an operation is resolved", onlyFirstReference},
		{"RFC7644-3.7.2-01", "references stay as they were written", literalReferences("members")},
		{"RFC7644-3.7.2-01", "references in the path are not resolved", unresolvedPaths("PUT,PATCH,DELETE", 404)},
		{"RFC7644-3.7.2-01", "references in the path of a PUT are not resolved", unresolvedPaths("PUT", 404)},
		{"RFC7644-3.7.2-01", "references in the path of a PATCH are not resolved", unresolvedPaths("PATCH", 404)},
		{"RFC7644-3.7.2-01", "references in the path of a DELETE are not resolved", unresolvedPaths("DELETE", 404)},
		{"RFC7644-3.7.2-01", "an operation on what was just created is confirmed and not made", unresolvedPaths("PUT", 200)},
		{"RFC7644-3.7.2-01", "a deletion of what was just created is not made", unresolvedPaths("DELETE", 204)},
		{"RFC7644-3.7.2-01", "a patch of what was just created is not made", unresolvedPaths("PATCH", 200)},
		{"RFC7644-3.7.2-01", "references to later operations are dropped", forwardReferences("")},
		{"RFC7644-3.7.2-01", "references to later operations fail with 400", forwardReferences("nobody")},
		{"RFC7644-3.7.2-01", "references to users in data are refused", eachSent("POST", func(o *scim.Object) {
			if o.String("path") == "/Groups" {
				rewriteReferences(o.Object("data"), func(string) string { return "nobody" })
			}
		})},
		{"RFC7644-3.7.2-01", "a reference leads to what an earlier request created", rememberedReferences},

		{"RFC7644-3.7.2-02", "a reference in the manager is dropped", eachSent("POST", bulkLosing(scim.EnterpriseURN))},
		{"RFC7644-3.7.2-02", "a reference in the manager of a replaced user is dropped", eachSent("PUT", bulkLosing(scim.EnterpriseURN))},
		{"RFC7644-3.7.2-02", "a reference in the manager stays as it was written", literalReferences(scim.EnterpriseURN)},
		{"RFC7644-3.7.2-02", "a reference in the manager is refused", eachSent("POST", func(o *scim.Object) {
			if data := o.Object("data"); data.Object(scim.EnterpriseURN) != nil {
				rewriteReferences(data, func(string) string { return "nobody" })
			}
		})},

		{"RFC7644-3.7.2-03", "a reference to nothing is dropped", bulkSent(func(operations []*scim.Object) []*scim.Object {
			for _, o := range operations {
				if data := o.Object("data"); data != nil {
					rewriteReferences(data, onlyCreated(operations))
				}
			}
			return operations
		})},
		{"RFC7644-3.7.2-03", "a reference to nothing fails the whole request", bulkProcessed(func(a *answer) {
			if failedIn(a) {
				a.refuse(scim.InvalidValue("a reference leads nowhere"))
			}
		})},
		{"RFC7644-3.7.2-03", "a reference to nothing in a path is confirmed", bulkSplit(func(_ int, o *scim.Object) bool {
			return strings.Contains(o.String("path"), "bulkId:nobody")
		}, madeUp(204))},
		{"RFC7644-3.7.2-03", "a reference to nothing in a path answers 500", bulkSplit(func(_ int, o *scim.Object) bool {
			return strings.Contains(o.String("path"), "bulkId:nobody")
		}, madeUp(500))},
		{"RFC7644-3.7.2-03", "a reference to a failed creation is dropped", bulkThen(createWithoutMembers)},
		{"RFC7644-3.7.2-03", "a reference to a failed creation answers 500", bulkResults(func(result *scim.Object) {
			if strings.Contains(result.Object("response").String("detail"), "could not be created") {
				result.Set("status", "500")
			}
		})},
		{"RFC7644-3.7.2-03", "a reference to nothing is refused after the creation", bulkThen(func(next http.Handler, r *http.Request, sent *scim.Object, a *answer) {
			createWithoutMembers(next, r, sent, &answer{body: a.body.Clone()})
		})},
	}
}

// inCircles edits the operations of requests whose first two refer to each other.
func inCircles(edit func(i int, o *scim.Object)) Wrap {
	return bulkSent(func(operations []*scim.Object) []*scim.Object {
		if isCircle(operations) {
			for i, o := range operations {
				edit(i, o)
			}
		}
		return operations
	})
}

func isCircle(operations []*scim.Object) bool {
	if len(operations) < 2 {
		return false
	}
	return operationRefersTo(operations[0], operations[1]) && operationRefersTo(operations[1], operations[0])
}

func operationRefersTo(a, b *scim.Object) bool {
	found := false
	if data := a.Object("data"); data != nil {
		rewriteReferences(data.Clone(), func(bulkID string) string {
			found = found || bulkID == b.String("bulkId")
			return "bulkId:" + bulkID
		})
	}
	return found
}

func bulkOnCircle(edit func(a *answer)) Wrap {
	return bulkThen(func(_ http.Handler, _ *http.Request, sent *scim.Object, a *answer) {
		if isCircle(operationsIn(sent)) {
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

func onlyFirstReference(next http.Handler) http.Handler {
	return bulkSent(func(operations []*scim.Object) []*scim.Object {
		for _, o := range operations {
			n := 0
			if data := o.Object("data"); data != nil {
				rewriteReferences(data, func(bulkID string) string {
					if n++; n > 1 {
						return ""
					}
					return "bulkId:" + bulkID
				})
			}
		}
		return operations
	})(next)
}

// forwardReferences replaces references to operations that come later.
func forwardReferences(by string) Wrap {
	return bulkSent(func(operations []*scim.Object) []*scim.Object {
		seen := map[string]bool{}
		for _, o := range operations {
			if data := o.Object("data"); data != nil {
				rewriteReferences(data, func(bulkID string) string {
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

func unresolvedPaths(methods string, status int) Wrap {
	return bulkSplit(func(_ int, o *scim.Object) bool {
		return oneOf(o.String("method"), methods) && strings.Contains(o.String("path"), "/bulkId:")
	}, madeUp(status))
}

// literalReferences shows what was created in bulk by its bulkId, in one
// attribute of whatever refers to it.
func literalReferences(attribute string) Wrap {
	return func(next http.Handler) http.Handler {
		var mu sync.Mutex
		written := map[string]string{}
		learn := bulkProcessed(func(a *answer) {
			mu.Lock()
			defer mu.Unlock()
			for _, result := range operationsIn(a.body) {
				if bulkID := result.String("bulkId"); bulkID != "" {
					_, id, _ := strings.Cut(placeIn(result.String("location")), "/")
					written[id] = "bulkId:" + bulkID
				}
			}
		})
		show := shown(at("GET", "/*/*"), func(o *scim.Object) {
			mu.Lock()
			defer mu.Unlock()
			v, _ := o.Get(attribute)
			o.Set(attribute, replaceIDs(v, written))
		})
		return show(learn(next))
	}
}

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
func rememberedReferences(next http.Handler) http.Handler {
	var mu sync.Mutex
	ids := map[string]string{}
	return bulkThen(func(_ http.Handler, _ *http.Request, _ *scim.Object, a *answer) {
		mu.Lock()
		defer mu.Unlock()
		for _, result := range operationsIn(a.body) {
			if bulkID := result.String("bulkId"); bulkID != "" && ids[bulkID] == "" {
				_, ids[bulkID], _ = strings.Cut(placeIn(result.String("location")), "/")
			}
		}
	})(eachSent("POST", func(o *scim.Object) {
		mu.Lock()
		defer mu.Unlock()
		if data := o.Object("data"); data != nil {
			rewriteReferences(data, func(bulkID string) string {
				if id := ids[bulkID]; id != "" {
					return id
				}
				return "bulkId:" + bulkID
			})
		}
	})(next))
}

// createWithoutMembers creates the groups whose members could not be, without them.
func createWithoutMembers(next http.Handler, r *http.Request, sent *scim.Object, a *answer) {
	results := operationsIn(a.body)
	for i, o := range operationsIn(sent) {
		if o.String("path") != "/Groups" || i >= len(results) || results[i].String("status") == "201" {
			continue
		}
		data := o.Object("data")
		data.Delete("members")
		made := ask(next, r, http.MethodPost, "Groups", data)
		results[i].Set("status", "201")
		results[i].Set("location", made.header.Get("Location"))
		results[i].Delete("response")
	}
}
