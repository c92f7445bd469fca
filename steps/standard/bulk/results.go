package bulk

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// How the results of a bulk request are found and read. The standard gives them
// no order: a creation is known by its bulkId, every other operation by its
// method and the resource that it concerned.

var errNothingSent = errors.New("nothing was sent in bulk")

// bulkResults reads the answer once.
func (w *World) bulkResults() ([]*scim.Object, error) {
	if w.bulk == nil || w.Last == nil {
		return nil, errNothingSent
	}
	if w.bulk.results != nil {
		return w.bulk.results, nil
	}
	if w.Last.Status != http.StatusOK {
		return nil, &judge.Mismatch{What: "the answer to a bulk request", Want: "200", Got: judge.StatusOf(w.Last)}
	}
	object, err := w.Answered()
	if err != nil {
		return nil, err
	}
	list, ok := judge.At(object, "Operations")
	operations, isList := list.([]any)
	if !ok || !isList {
		return nil, &judge.Mismatch{What: "the answer to a bulk request", Want: "the results in Operations", Got: judge.Text(object)}
	}
	results := make([]*scim.Object, len(operations))
	for i, v := range operations {
		if results[i], ok = v.(*scim.Object); !ok {
			return nil, &judge.Mismatch{What: "a result of a bulk request", Want: "an object", Got: judge.Text(v)}
		}
	}
	w.bulk.results = results
	return results, nil
}

// resultOf finds the result of an operation. Where what should identify it is
// missing, which is the business of other requirements, its place does, if there
// are as many results as operations.
func (w *World) resultOf(n int) (*scim.Object, error) {
	results, err := w.bulkResults()
	if err != nil {
		return nil, err
	}
	if n < 1 || n > len(w.bulk.operations) {
		return nil, fmt.Errorf("the example has no operation %d", n)
	}
	operation := w.bulk.operations[n-1]
	skip := 0 // results of operations before it that look the same
	for _, earlier := range w.bulk.operations[:n-1] {
		if w.isSameResource(earlier, operation) {
			skip++
		}
	}
	for _, result := range results {
		if !w.isResultOf(result, operation) {
			continue
		}
		if skip == 0 {
			return result, nil
		}
		skip--
	}
	if len(results) == len(w.bulk.operations) || n <= len(results) && w.inOrder(results) {
		return results[n-1], nil
	}
	return nil, &judge.Mismatch{What: w.operationText(n), Want: "a result", Got: "none"}
}

// inOrder says whether each result has the method of the operation at its place.
func (w *World) inOrder(results []*scim.Object) bool {
	for i, result := range results {
		if i >= len(w.bulk.operations) || result.String("method") != w.bulk.operations[i].String("method") {
			return false
		}
	}
	return true
}

func (w *World) isSameResource(a, b *scim.Object) bool {
	same := a.String("method") == b.String("method") && a.String("path") == b.String("path")
	return same && (a.String("method") != http.MethodPost || a.String("bulkId") == b.String("bulkId"))
}

func (w *World) isResultOf(result, operation *scim.Object) bool {
	if method := result.String("method"); method != "" && method != operation.String("method") {
		return false
	}
	if operation.String("method") == http.MethodPost {
		return operation.String("bulkId") != "" && result.String("bulkId") == operation.String("bulkId")
	}
	path := operation.String("path")
	if i := strings.LastIndex(path, "/"); i >= 0 {
		bulkID, isReference := strings.CutPrefix(path[i+1:], "bulkId:")
		if id := w.createdAs(bulkID); isReference && id != "" {
			path = path[:i+1] + url.PathEscape(id)
		}
	}
	location, err := url.Parse(result.String("location"))
	return err == nil && location.Path != "" && strings.HasSuffix(location.EscapedPath(), strings.TrimRight(path, "/"))
}

// createdAs is the id that a creation of the same request was given.
func (w *World) createdAs(bulkID string) string {
	for _, result := range w.bulk.results {
		if result.String("bulkId") == bulkID && result.String("method") == http.MethodPost {
			return lastSegment(result.String("location"))
		}
	}
	return ""
}

// lastSegment is the last segment of an address.
func lastSegment(location string) string {
	segment := location[strings.LastIndex(location, "/")+1:]
	id, err := url.PathUnescape(segment)
	if err != nil {
		return segment
	}
	return id
}

// statusIn is the status of a result, however it is written: whether it is
// written right is the business of one requirement.
func statusIn(result *scim.Object) string {
	status, _ := result.Get("status")
	if o, ok := status.(*scim.Object); ok {
		status, _ = o.Get("code")
	}
	return judge.Plain(status)
}

func (w *World) operationText(n int) string {
	o := w.bulk.operations[n-1]
	return fmt.Sprintf("operation %d of the bulk request, %s %s", n, o.String("method"), o.String("path"))
}

// everyResult judges all results by one thing.
func (w *World) everyResult(judge func(result *scim.Object) error) func() error {
	return func() error {
		results, err := w.bulkResults()
		if err != nil {
			return w.Missed(err)
		}
		for _, result := range results {
			if err := judge(result); err != nil {
				return err
			}
		}
		return w.ExpectThat(len(results) > 0, "the answer to a bulk request", "results", "none")
	}
}

func (w *World) hasItsLocation(result *scim.Object) error {
	if result.String("method") == http.MethodPost && !succeeded(result) {
		return nil
	}
	location := result.String("location")
	u, err := url.Parse(location)
	right := err == nil && strings.Count(u.Path, "/") >= 2 && lastSegment(location) != ""
	return w.ExpectThat(right, "location in a result of a bulk request", "the address of the resource", judge.Text(result))
}

func succeeded(result *scim.Object) bool { return strings.HasPrefix(statusIn(result), "2") }

var statusText = regexp.MustCompile(`^[1-5]\d\d$`)

// hasItsStatus takes both forms of the standard's own examples: the code as a
// string, and an object with the code as a string.
func (w *World) hasItsStatus(result *scim.Object) error {
	status, _ := result.Get("status")
	if o, ok := status.(*scim.Object); ok {
		status, _ = o.Get("code")
	}
	text, isText := status.(string)
	return w.ExpectThat(isText && statusText.MatchString(text), "status in a result of a bulk request", "an HTTP status as a string", judge.Text(result))
}

// explainsItself demands the SCIM error of a failure, with the same status.
func (w *World) explainsItself(result *scim.Object) error {
	if succeeded(result) {
		return nil
	}
	code, err := strconv.Atoi(statusIn(result))
	if err != nil {
		return nil //nolint:nilerr // a status that is none is the business of another requirement
	}
	response, _ := result.Get("response")
	text, err := scim.Marshal(response)
	if err == nil {
		_, err = scim.ParseError(code, text)
	}
	return w.ExpectThat(err == nil, "response in the result of a failed operation", "the SCIM error", fmt.Sprint(err)+": "+judge.Text(result))
}

// everyBulkIDComesBack counts, for the creations of the request.
func (w *World) everyBulkIDComesBack() error {
	results, err := w.bulkResults()
	if err != nil {
		return w.Missed(err)
	}
	for _, operation := range w.bulk.operations {
		bulkID, found := operation.String("bulkId"), 0
		for _, result := range results {
			if result.String("bulkId") == bulkID {
				found++
			}
		}
		if err := w.Expect("results with the bulkId "+bulkID, 1, found); err != nil {
			return err
		}
	}
	return nil
}

// theResultNames compares addresses by their ends, since a server may write them
// absolute or relative, and versions whether they are called weak or not.
func (w *World) theResultNames(ctx context.Context, what string, n int, name, absent string) error {
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	result, err := w.resultOf(n)
	if err != nil {
		return w.Missed(err)
	}
	got, label := result.String(what), what+" in the result of "+w.operationText(n)
	switch {
	case got == "" && absent != "":
		w.Asserted(1)
		return nil
	case what == "location":
		return w.Expect(label, s.Collection+" "+s.ID, collectionIn(got)+" "+lastSegment(got))
	}
	now, err := w.Reread(ctx, name)
	if err != nil {
		return w.Missed(err)
	}
	return w.Expect(label, strings.TrimPrefix(now.Etag, "W/"), strings.TrimPrefix(got, "W/"))
}

// collectionIn is the last but one segment of an address.
func collectionIn(location string) string {
	rest, _ := cutLast(location)
	_, collection := cutLast(rest)
	return collection
}

func cutLast(path string) (before, after string) {
	i := strings.LastIndex(path, "/")
	if i < 0 {
		return "", path
	}
	return path[:i], path[i+1:]
}

// theResponseShows holds what a result shows of a resource, if it does, against a read
// of it (RFC 7644 section 3.7.3: a successful operation may come back without one).
func (w *World) theResponseShows(ctx context.Context, n int, name string) error {
	result, err := w.resultOf(n)
	if err != nil {
		return w.Missed(err)
	}
	w.Asserted(1)
	shown := result.Object("response")
	if !succeeded(result) || shown == nil {
		return nil
	}
	return w.RereadUntil(ctx, name, func(now *judge.Subject) error {
		return judge.RepresentationDifference("the response of "+w.operationText(n), now.Shown, shown)
	})
}
