package bulk

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	messages "github.com/cucumber/messages/go/v34"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps of bulk requests. The operations of a request are counted from 1.

// bulkSent is a bulk request with its answer.
type bulkSent struct {
	operations []*scim.Object // as they were sent
	results    []*scim.Object // nil until the answer was found to be one
	limitName  string         // the limit that the request exceeds, if it does
	limit      int
}

// theClientSendsInBulk takes a list of operations. The data of a POST is laid on
// what the target needs of every user or group.
func (w *World) theClientSendsInBulk(ctx context.Context, failOnErrors string, doc *messages.PickleDocString) error {
	parsed, err := scim.Parse([]byte(doc.Content))
	if err != nil {
		return err
	}
	list, _ := parsed.([]any)
	operations := make([]*scim.Object, len(list))
	for i, v := range list {
		operation, ok := v.(*scim.Object)
		if !ok {
			return fmt.Errorf("operation %d of the example is no object", i+1)
		}
		if operations[i], err = w.operation(operation); err != nil {
			return err
		}
	}
	return w.sendBulk(ctx, failOnErrors, operations)
}

// operation fills in the placeholders; in a path each is one segment.
func (w *World) operation(written *scim.Object) (*scim.Object, error) {
	out := scim.NewObject()
	for name, value := range written.All() {
		if path, ok := value.(string); ok && name == "path" {
			text, err := w.operationPath(path)
			if err != nil {
				return nil, err
			}
			out.Set(name, text)
			continue
		}
		text, err := w.ExpandJSON(judge.Text(value))
		if err != nil {
			return nil, err
		}
		if value, err = scim.Parse(text); err != nil {
			return nil, err
		}
		out.Set(name, value)
	}
	if data := out.Object("data"); data != nil {
		if body := w.operationData(out, data); body != nil {
			out.Set("data", body)
		}
	}
	return out, nil
}

func (w *World) operationPath(path string) (string, error) {
	segments := strings.Split(path, "/")
	for i, segment := range segments {
		text, err := w.Expand(segment)
		if err != nil {
			return "", err
		}
		segments[i] = url.PathEscape(text)
	}
	return strings.Join(segments, "/"), nil
}

// operationData completes data that has no schemas, by what its path says; data
// that has some is sent as it stands.
func (w *World) operationData(operation, data *scim.Object) *scim.Object {
	if _, given := data.Get("schemas"); given {
		return nil
	}
	if operation.String("method") == http.MethodPatch {
		return judge.Merge(judge.PatchOp(nil), data)
	}
	collection, _, _ := strings.Cut(strings.Trim(operation.String("path"), "/"), "/")
	return judge.WithSchemas(judge.Merge(w.Template(collection, operation.String("bulkId")), data))
}

func (w *World) sendBulk(ctx context.Context, failOnErrors string, operations []*scim.Object) error {
	body := scim.NewObject(scim.Member{Name: "schemas", Value: []any{scim.BulkRequestURN}})
	if failOnErrors != "" {
		body.Set("failOnErrors", json.Number(failOnErrors))
	}
	list := make([]any, len(operations))
	for i := range operations {
		list[i] = operations[i]
	}
	body.Set("Operations", list)
	w.RefreshAll(ctx)
	w.bulk = &bulkSent{operations: operations}
	return w.Ask(ctx, http.MethodPost, []string{"Bulk"}, nil, body)
}

func (w *World) operationIsAnswered(n int, allowed string) error {
	result, err := w.resultOf(n)
	if err != nil {
		return w.Missed(err)
	}
	got := statusIn(result)
	return w.ExpectThat(judge.Contained(allowed, got), w.operationText(n), allowed, got+" "+result.Object("response").String("detail"))
}

func (w *World) operationEnded(ctx context.Context, n int, how string) error {
	switch how {
	case "is refused":
		return w.unlessAlone(ctx, n, w.operationIsRefused(n))
	case "was not tried":
		return w.operationWasNotTried(n)
	}
	if strings.Contains(how, " or 409") {
		if err := w.refusedAsAWhole(); err != nil {
			return err
		}
	}
	err := w.operationIsAnswered(n, strings.TrimPrefix(how, "is answered "))
	if strings.HasPrefix(how, "is answered 4") {
		return w.unlessAlone(ctx, n, err)
	}
	return err
}

// refusedAsAWhole ends an example about references where the target answers 409 to the whole
// request, as it may when it cannot resolve them (RFC 7644 section 3.7.1).
func (w *World) refusedAsAWhole() error {
	if w.bulk == nil || w.Last == nil || w.Last.Status != http.StatusConflict {
		return nil
	}
	return &judge.Unsupported{Reason: "the target answers 409 to a bulk request with references that it cannot resolve, as it may after trying (RFC 7644 section 3.7.1)"}
}

// operationIsRefused passes too where the whole request was refused: the
// standard does not say on what level a malformed operation is reported.
func (w *World) operationIsRefused(n int) error {
	if w.Last != nil && w.Last.Status >= 400 && w.Last.Status < 500 {
		w.Asserted(1)
		return nil
	}
	result, err := w.resultOf(n)
	if err != nil {
		return w.Missed(err)
	}
	got := statusIn(result)
	return w.ExpectThat(strings.HasPrefix(got, "4"), w.operationText(n), "a status from 400 to 499", got)
}

func (w *World) operationWasNotTried(n int) error {
	result, err := w.resultOf(n)
	if _, missing := judge.IsMismatch(err); missing && w.bulk != nil && w.bulk.results != nil {
		w.Asserted(1)
		return nil
	}
	if err != nil {
		return w.Missed(err)
	}
	return w.ExpectThat(false, w.operationText(n), "no result", judge.Text(result))
}

// operationCreated finds the resource by the location in the result, and
// compares it with what was sent.
func (w *World) operationCreated(ctx context.Context, n int, kind, name string) error {
	if err := w.operationIsAnswered(n, "201"); err != nil {
		return err
	}
	result, err := w.resultOf(n)
	if err != nil {
		return err
	}
	id := lastSegment(result.String("location"))
	if err := w.ExpectThat(id != "", "location in the result of "+w.operationText(n), "the address of what was created", judge.Text(result)); err != nil {
		return err
	}
	w.Subjects[name] = &judge.Subject{Collection: judge.CollectionOf(kind), ID: id}
	return w.RereadUntil(ctx, name, func(now *judge.Subject) error {
		attribute := map[string]string{"user": "userName", "group": "displayName"}[kind]
		sent := w.bulk.operations[n-1].Object("data").String(attribute)
		if err := w.Expect(attribute+" of what "+w.operationText(n)+" created", strings.ToLower(sent), strings.ToLower(now.Shown.String(attribute))); err != nil {
			return err
		}
		w.Subjects[name] = now
		return nil
	})
}

// operationCreatedUnless ends the example where the target gives up on a reference
// that it cannot resolve yet, as section 3.7.1 lets it.
func (w *World) operationCreatedUnless(ctx context.Context, n int, kind, name, unless string) error {
	if unless == "" {
		return w.operationCreated(ctx, n, kind, name)
	}
	result, err := w.resultOf(n)
	if err != nil {
		return w.Missed(err)
	}
	if statusIn(result) == strconv.Itoa(http.StatusConflict) {
		return &judge.Unsupported{Reason: "the target answers 409 to a reference to what a later operation creates (RFC 7644 section 3.7.1)"}
	}
	return w.operationCreated(ctx, n, kind, name)
}

// theClientSendsABulkRequest of so many creations, or of a size by the target's limits.
func (w *World) theClientSendsABulkRequest(ctx context.Context, size string) error {
	if how, limit, ok := strings.Cut(size, " max"); ok {
		return w.sendUpTo(ctx, how, "max"+limit)
	}
	var n int
	if _, err := fmt.Sscanf(size, "of %d users", &n); err != nil {
		return err
	}
	operations := make([]*scim.Object, n)
	for i := range operations {
		which := strconv.Itoa(i + 1)
		operations[i] = scim.NewObject(
			scim.Member{Name: "method", Value: http.MethodPost},
			scim.Member{Name: "path", Value: "/Users"},
			scim.Member{Name: "bulkId", Value: which},
			scim.Member{Name: "data", Value: w.Template("Users", which)},
		)
	}
	return w.sendBulk(ctx, "", operations)
}

func (w *World) everyOperationCreated(ctx context.Context) error {
	if w.bulk == nil {
		return errNothingSent
	}
	for i := range w.bulk.operations {
		if err := w.operationCreated(ctx, i+1, "user", fmt.Sprintf("user%d", i+1)); err != nil {
			return err
		}
	}
	return nil
}

// createdOrRefusedTogether holds what a target owes to operations that refer to
// one another: the attempt, or 409 (RFC 7644 section 3.7.1).
func (w *World) createdOrRefusedTogether(from, to int) error {
	if err := w.refusedAsAWhole(); err != nil {
		return err
	}
	first, err := w.resultOf(from)
	if err != nil {
		return w.Missed(err)
	}
	want := statusIn(first)
	for n := from; n <= to; n++ {
		if err := w.operationIsAnswered(n, "201 or 409"); err != nil {
			return err
		}
		if err := w.operationIsAnswered(n, want); err != nil {
			return err
		}
	}
	if want == strconv.Itoa(http.StatusConflict) {
		return &judge.Unsupported{Reason: "the target answers 409 to operations that refer to one another in a circle, as it may after trying (RFC 7644 section 3.7.1)"}
	}
	return nil
}
