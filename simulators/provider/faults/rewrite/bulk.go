package rewrite

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// BulkSent rewrites the operations of a bulk request.
func BulkSent(edit func(operations []*scim.Object) []*scim.Object) Wrap {
	return Requests(At("POST", "/Bulk"), func(_ *http.Request, body *scim.Object) {
		if body == nil {
			return
		}
		if operations := Operations(body); len(operations) > 0 {
			SetOperations(body, edit(operations))
		}
	})
}

// EachSent rewrites each operation of a bulk request that has one of these
// methods.
func EachSent(methods string, edit func(operation *scim.Object)) Wrap {
	return BulkSent(func(operations []*scim.Object) []*scim.Object {
		for _, o := range operations {
			if IsOneOf(o.String("method"), methods) {
				edit(o)
			}
		}
		return operations
	})
}

// BulkSplit takes operations out of a bulk request and makes up their results.
func BulkSplit(taken func(i int, operation *scim.Object) bool, result func(r *http.Request, operation *scim.Object) *scim.Object) Wrap {
	return Handle(Anywhere, func(next http.Handler, r *http.Request) *Answer {
		var body *scim.Object
		if At("POST", "/Bulk")(r) {
			body = BodyOf(r)
		}
		if body == nil {
			return nil
		}
		var results []any
		rest := []*scim.Object{}
		for i, o := range Operations(body) {
			if taken(i, o) {
				results = append(results, result(r, o))
			} else {
				rest = append(rest, o)
			}
		}
		if len(results) == 0 {
			return nil
		}
		a := BulkResponse()
		if len(rest) > 0 {
			SetOperations(body, rest)
			SetBody(r, body)
			a = Serve(next, r)
		}
		if a.OK() {
			a.Body.Set("Operations", append(a.Body.Array("Operations"), results...))
		}
		return a
	})
}

// MadeUp makes up a result with this status.
func MadeUp(status int) func(r *http.Request, operation *scim.Object) *scim.Object {
	return func(r *http.Request, operation *scim.Object) *scim.Object {
		result := scim.NewObject(
			scim.Member{Name: "method", Value: operation.String("method")},
			scim.Member{Name: "status", Value: Number(status).String()},
		)
		if operation.String("bulkId") != "" {
			result.Set("bulkId", operation.String("bulkId"))
		}
		location := "http://" + r.Host + Root(r) + operation.String("path")
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

// BulkAnswers rewrites the answers to bulk requests.
func BulkAnswers(edit func(r *http.Request, a *Answer)) Wrap {
	return Answers(At("POST", "/Bulk"), edit)
}

// BulkProcessed rewrites the answers to bulk requests that were processed.
func BulkProcessed(edit func(a *Answer)) Wrap {
	return BulkAnswers(func(_ *http.Request, a *Answer) {
		if a.OK() && a.Body != nil {
			edit(a)
		}
	})
}

// BulkResults rewrites each result.
func BulkResults(edit func(result *scim.Object)) Wrap {
	return BulkProcessed(func(a *Answer) {
		for _, result := range Operations(a.Body) {
			edit(result)
		}
	})
}

// ResultsOf rewrites the results of one method ("" for any) that are a success,
// or that are not.
func ResultsOf(method string, success bool, edit func(result *scim.Object)) Wrap {
	return BulkResults(func(result *scim.Object) {
		if (method == "" || result.String("method") == method) && strings.HasPrefix(result.String("status"), "2") == success {
			edit(result)
		}
	})
}

// KeepResults leaves out results.
func KeepResults(keep func(i int, result *scim.Object) bool) Wrap {
	return BulkProcessed(func(a *Answer) {
		kept := []any{}
		for i, result := range Operations(a.Body) {
			if keep(i, result) {
				kept = append(kept, result)
			}
		}
		a.Body.Set("Operations", kept)
	})
}

// BulkThen does something after a bulk request was processed. sent is the body of
// the request.
func BulkThen(then func(next http.Handler, r *http.Request, sent *scim.Object, a *Answer)) Wrap {
	return Handle(At("POST", "/Bulk"), func(next http.Handler, r *http.Request) *Answer {
		sent := BodyOf(r)
		a := Serve(next, r)
		if a.OK() && sent != nil {
			then(next, r, sent, a)
		}
		return a
	})
}

// BulkStatusBecomes gives results with one status another one.
func BulkStatusBecomes(of, instead string) Wrap {
	return BulkResults(func(result *scim.Object) {
		if result.String("status") == of {
			result.Set("status", instead)
			if response := result.Object("response"); response != nil {
				response.Set("status", instead)
			}
		}
	})
}

// BulkResponse is an answer to a bulk request, without results.
func BulkResponse() *Answer {
	return &Answer{
		Status: http.StatusOK,
		Header: http.Header{"Content-Type": {scim.MediaType}},
		Body: scim.NewObject(
			scim.Member{Name: "schemas", Value: []any{scim.BulkResponseURN}},
			scim.Member{Name: "Operations", Value: []any{}},
		),
	}
}

// SetOperations gives a bulk request these operations.
func SetOperations(body *scim.Object, operations []*scim.Object) {
	list := make([]any, len(operations))
	for i := range operations {
		list[i] = operations[i]
	}
	body.Set("Operations", list)
}

// WithoutData takes an attribute out of an operation's data.
func WithoutData(attribute string) func(*scim.Object) {
	return func(o *scim.Object) {
		if data := o.Object("data"); data != nil {
			data.Delete(attribute)
		}
	}
}

// EditReferences replaces references to a bulkId, however deep; what is
// replaced by "" is left out.
func EditReferences(v any, replace func(bulkID string) string) any {
	switch v := v.(type) {
	case *scim.Object:
		for name, member := range v.All() {
			v.Set(name, EditReferences(member, replace))
		}
		if value, ok := v.Get("value"); ok && value == "" {
			return nil
		}
	case []any:
		kept := []any{}
		for _, element := range v {
			if element = EditReferences(element, replace); element != nil {
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

// AreCircular says whether the first two operations refer to each other.
func AreCircular(operations []*scim.Object) bool {
	if len(operations) < 2 {
		return false
	}
	return operationRefersTo(operations[0], operations[1]) && operationRefersTo(operations[1], operations[0])
}

// operationRefersTo says whether the data of a refers to b by its bulkId.
func operationRefersTo(a, b *scim.Object) bool {
	found := false
	if data := a.Object("data"); data != nil {
		EditReferences(data.Clone(), func(bulkID string) string {
			found = found || bulkID == b.String("bulkId")
			return "bulkId:" + bulkID
		})
	}
	return found
}

// FailedIn says whether an operation failed with a 4xx status.
func FailedIn(a *Answer) bool {
	for _, result := range Operations(a.Body) {
		if strings.HasPrefix(result.String("status"), "4") {
			return true
		}
	}
	return false
}

// PlaceIn is the path below the service root in a location, such as "Users/1".
func PlaceIn(location string) string {
	parts := strings.Split(location, "/")
	if len(parts) < 2 {
		return location
	}
	return strings.Join(parts[len(parts)-2:], "/")
}
