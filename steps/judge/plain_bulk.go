package judge

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Bulk requests: what is wrong with the results of the plainest ones is seen in all.

var plainBulks = []plainAnswer{
	{"RFC7644-3.7.3-03", ofOperation(lacksStatus), hasNoStatus},
	{"RFC7644-3.7.3-01", ofOperation(lacksResult), hasNoResult},
	{"RFC7644-3.7-02", ofOperation(lacksResult), endsAtFailures},
}

// ofOperation recognises what is wrong with the results of a bulk request.
func ofOperation(wrong func(*Mismatch) bool) func(*Mismatch, wire.Request) bool {
	return func(m *Mismatch, r wire.Request) bool { return isBulk(r) && wrong(m) }
}

func lacksStatus(m *Mismatch) bool {
	return strings.HasPrefix(m.Got, "null") || m.What == "status in a result of a bulk request"
}

func lacksResult(m *Mismatch) bool {
	return m.Want == "a result" && m.Got == "none" || strings.HasPrefix(m.What, "the number of elements of Operations ") || strings.HasPrefix(m.What, "results with the bulkId ")
}

// operationTold recognises which operation a Mismatch is about.
var operationTold = regexp.MustCompile(`^operation \d+ of the bulk request, (\w+) /(Users|Groups)/([^/]+)$`)

// standsFor is the request that the operation stands for which a Mismatch is about; r if it
// is about none.
func standsFor(m *Mismatch, r wire.Request) wire.Request {
	if o := operationTold.FindStringSubmatch(m.What); o != nil && isBulk(r) {
		return wire.Request{Method: o[1], Path: o[2:]}
	}
	return r
}

// hasNoStatus asks for one creation.
func hasNoStatus(ctx context.Context, own *Session) (string, error) {
	r := bulkOf(creationInBulk(own, "status"))
	results, err := own.resultsOf(ctx, r)
	if err != nil || len(results) != 1 {
		return "", err
	}
	if status, _ := results[0].Get("status"); status == nil {
		return "a result has no status in the plainest bulk request: " + RequestText(r) + " comes back as " + Text(results[0]), nil
	}
	return "", nil
}

// hasNoResult asks for one change of each kind, all of which a right target makes.
func hasNoResult(ctx context.Context, own *Session) (string, error) {
	if err := own.Make(ctx, "P", "Users", own.Template("Users", "in-bulk")); err != nil {
		return "", err
	}
	path := "/Users/" + own.Subjects["P"].ID
	all := []*scim.Object{
		creationInBulk(own, "result"),
		operationInBulk(http.MethodPut, path, own.Template("Users", "in-bulk")),
		operationInBulk(http.MethodPatch, path, ReplaceBody("displayName", "After")),
		operationInBulk(http.MethodDelete, path, nil),
	}
	return own.countsResults(ctx, all, "some operations have no result in a bulk request of one of each kind")
}

// endsAtFailures asks for deletions of nothing, and a creation after them.
func endsAtFailures(ctx context.Context, own *Session) (string, error) {
	var all []*scim.Object
	for n := range 4 {
		all = append(all, operationInBulk(http.MethodDelete, fmt.Sprintf("/Users/%s-none-%d", own.Mark(), n), nil))
	}
	return own.countsResults(ctx, append(all, creationInBulk(own, "after")), "a bulk request ends at failures although failOnErrors is absent")
}

func (j *Session) countsResults(ctx context.Context, operations []*scim.Object, fewer string) (string, error) {
	results, err := j.resultsOf(ctx, bulkOf(operations...))
	if err != nil || results == nil || len(results) >= len(operations) {
		return "", err
	}
	return fewer + ": " + strconv.Itoa(len(results)) + " results of " + strconv.Itoa(len(operations)) + " operations", nil
}

// resultsOf are the results of a bulk request; nil if it is answered otherwise than by results.
func (j *Session) resultsOf(ctx context.Context, r wire.Request) ([]*scim.Object, error) {
	answer, err := j.Send(ctx, j.Client(), r)
	if err != nil || answer.Status != http.StatusOK {
		return nil, err
	}
	shown, err := ObjectIn(answer)
	if err != nil {
		return nil, nil //nolint:nilerr // what cannot be read is told elsewhere
	}
	var results []*scim.Object
	for _, v := range shown.Array("Operations") {
		if o, isObject := v.(*scim.Object); isObject {
			results = append(results, o)
		}
	}
	return results, nil
}

func plainBulk(_ context.Context, own *Session) (wire.Request, error) {
	return bulkOf(creationInBulk(own, "plain")), nil
}

func bulkOf(operations ...*scim.Object) wire.Request {
	list := make([]any, len(operations))
	for i, o := range operations {
		list[i] = o
	}
	return wire.Request{Method: http.MethodPost, Path: []string{"Bulk"}, Body: scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.BulkRequestURN}}, scim.Member{Name: "Operations", Value: list},
	)}
}

func creationInBulk(own *Session, name string) *scim.Object {
	o := operationInBulk(http.MethodPost, "/Users", own.Template("Users", name+"-bulk"))
	o.Set("bulkId", name)
	return o
}

func operationInBulk(method, path string, data *scim.Object) *scim.Object {
	o := scim.NewObject(scim.Member{Name: "method", Value: method}, scim.Member{Name: "path", Value: path})
	if data != nil {
		o.Set("data", data)
	}
	return o
}
