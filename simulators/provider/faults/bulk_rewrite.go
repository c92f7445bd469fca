package faults

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// bulkAnswers rewrites the answer to a bulk request.
//
//go:noinline
func bulkAnswers(edit func(r *http.Request, a *answer)) Wrap {
	return answers(at("POST", "/Bulk"), edit)
}

// bulkProcessed is bulkAnswers for those that carry results.
//
//go:noinline
func bulkProcessed(edit func(a *answer)) Wrap {
	return bulkAnswers(func(_ *http.Request, a *answer) {
		if a.ok() && a.body != nil {
			edit(a)
		}
	})
}

// bulkResults rewrites each result.
//
//go:noinline
func bulkResults(edit func(result *scim.Object)) Wrap {
	return bulkProcessed(func(a *answer) {
		for _, result := range operationsIn(a.body) {
			edit(result)
		}
	})
}

// resultsOf is bulkResults for those of one method ("" for any), and of success
// or failure.
//
//go:noinline
func resultsOf(method string, success bool, edit func(result *scim.Object)) Wrap {
	return bulkResults(func(result *scim.Object) {
		if (method == "" || result.String("method") == method) && strings.HasPrefix(result.String("status"), "2") == success {
			edit(result)
		}
	})
}

// keptResults leaves out results.
//
//go:noinline
func keptResults(keep func(i int, result *scim.Object) bool) Wrap {
	return bulkProcessed(func(a *answer) {
		kept := []any{}
		for i, result := range operationsIn(a.body) {
			if keep(i, result) {
				kept = append(kept, result)
			}
		}
		a.body.Set("Operations", kept)
	})
}

func operationsIn(body *scim.Object) []*scim.Object {
	var found []*scim.Object
	for _, v := range body.Array("Operations") {
		if o, ok := v.(*scim.Object); ok {
			found = append(found, o)
		}
	}
	return found
}

// bulkSent rewrites the operations on their way in.
//
//go:noinline
func bulkSent(edit func(operations []*scim.Object) []*scim.Object) Wrap {
	return requests(at("POST", "/Bulk"), func(_ *http.Request, body *scim.Object) {
		if body == nil {
			return
		}
		if operations := operationsIn(body); len(operations) > 0 {
			setOperations(body, edit(operations))
		}
	})
}

func setOperations(body *scim.Object, operations []*scim.Object) {
	list := make([]any, len(operations))
	for i := range operations {
		list[i] = operations[i]
	}
	body.Set("Operations", list)
}

// eachSent is bulkSent for one operation at a time; methods as in at.
//
//go:noinline
func eachSent(methods string, edit func(operation *scim.Object)) Wrap {
	return bulkSent(func(operations []*scim.Object) []*scim.Object {
		for _, o := range operations {
			if oneOf(o.String("method"), methods) {
				edit(o)
			}
		}
		return operations
	})
}

// bulkSplit takes operations out of the request before it is processed, and
// makes up their results.
//
//go:noinline
func bulkSplit(taken func(i int, operation *scim.Object) bool, result func(r *http.Request, operation *scim.Object) *scim.Object) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			var body *scim.Object
			if at("POST", "/Bulk")(r) {
				body = bodyOf(r)
			}
			if body == nil {
				next.ServeHTTP(w, r)
				return
			}
			var results []any
			rest := []*scim.Object{}
			for i, o := range operationsIn(body) {
				if taken(i, o) {
					results = append(results, result(r, o))
				} else {
					rest = append(rest, o)
				}
			}
			if len(results) == 0 {
				next.ServeHTTP(w, r)
				return
			}
			a := bulkResponse()
			if len(rest) > 0 {
				setOperations(body, rest)
				setBody(r, body)
				a = serve(next, r)
			}
			if a.ok() {
				a.body.Set("Operations", append(a.body.Array("Operations"), results...))
			}
			a.send(w)
		})
	}
}

func bulkResponse() *answer {
	return &answer{
		status: http.StatusOK,
		header: http.Header{"Content-Type": {scim.MediaType}},
		body: scim.NewObject(
			scim.Member{Name: "schemas", Value: []any{scim.BulkResponseURN}},
			scim.Member{Name: "Operations", Value: []any{}},
		),
	}
}

// madeUp is a result with this status, and for a failure with its error.
//
//go:noinline
func madeUp(status int) func(r *http.Request, operation *scim.Object) *scim.Object {
	return func(r *http.Request, operation *scim.Object) *scim.Object {
		result := scim.NewObject(
			scim.Member{Name: "method", Value: operation.String("method")},
			scim.Member{Name: "status", Value: number(status).String()},
		)
		if operation.String("bulkId") != "" {
			result.Set("bulkId", operation.String("bulkId"))
		}
		location := "http://" + r.Host + root(r) + operation.String("path")
		switch {
		case operation.String("method") != http.MethodPost:
			result.Set("location", location)
		case status < 300:
			result.Set("location", location+"/"+url.PathEscape("made-up-"+operation.String("bulkId")))
		}
		if status >= 400 {
			result.Set("response", (&scim.Error{Status: status, Detail: "made up"}).Object())
		}
		return result
	}
}

// ofMethod chooses operations by method and the beginning of their path.
//
//go:noinline
func ofMethod(method, path string) func(int, *scim.Object) bool {
	return func(_ int, o *scim.Object) bool {
		return o.String("method") == method && strings.HasPrefix(o.String("path"), path)
	}
}

// bulkThen does something after a bulk request was processed.
//
//go:noinline
func bulkThen(then func(next http.Handler, r *http.Request, sent *scim.Object, a *answer)) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !at("POST", "/Bulk")(r) {
				next.ServeHTTP(w, r)
				return
			}
			sent := bodyOf(r)
			a := serve(next, r)
			if a.ok() && sent != nil {
				then(next, r, sent, a)
			}
			a.send(w)
		})
	}
}

func failedIn(a *answer) bool {
	for _, result := range operationsIn(a.body) {
		if strings.HasPrefix(result.String("status"), "4") {
			return true
		}
	}
	return false
}

// placeIn is the path of a resource below the service root, such as "Users/1".
func placeIn(location string) string {
	parts := strings.Split(location, "/")
	if len(parts) < 2 {
		return location
	}
	return strings.Join(parts[len(parts)-2:], "/")
}

// rewriteReferences replaces strings that are references to a bulkId; what is
// replaced by "" is left out.
func rewriteReferences(v any, replace func(bulkID string) string) any {
	switch v := v.(type) {
	case *scim.Object:
		for name, member := range v.All() {
			v.Set(name, rewriteReferences(member, replace))
		}
		if value, ok := v.Get("value"); ok && value == "" {
			return nil
		}
	case []any:
		kept := []any{}
		for _, element := range v {
			if element = rewriteReferences(element, replace); element != nil {
				kept = append(kept, element)
			}
		}
		return kept
	case string:
		if bulkID, ok := strings.CutPrefix(v, "bulkId:"); ok {
			return replace(bulkID)
		}
	}
	return v
}

// withoutReferences drops the references from the data of operations.
//
//go:noinline
func withoutReferences(methods, path string) Wrap {
	return eachSent(methods, func(o *scim.Object) {
		if strings.HasPrefix(o.String("path"), path) && o.Object("data") != nil {
			rewriteReferences(o.Object("data"), func(string) string { return "" })
		}
	})
}
