package provider

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// operation is the request that an operation stands for. It comes from the
// client of the bulk request, which is authorized already.
func (c *call) operation(o *bulkOperation, path []string, data *scim.Object) (*call, error) {
	r := (&http.Request{
		Method: o.method,
		URL:    &url.URL{Path: "/" + strings.Join(path, "/")},
		Host:   c.Host,
		Header: http.Header{"Content-Type": {mediaType}},
		Body:   http.NoBody,
	}).WithContext(c.Context())
	if data != nil {
		body, err := scim.Marshal(data)
		if err != nil {
			return nil, err
		}
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	}
	if o.version != nil && o.method != http.MethodPost {
		r.Header.Set("If-Match", *o.version)
	}
	return &call{Request: r, base: c.base, path: path, txn: c.operationTxn(o.position)}, nil
}

// result tells what became of an operation (RFC 7644 section 3.7.3). The body of
// a success is left out, as the standard lets a provider choose.
func (j *bulkJob) result(o *bulkOperation, a *answer) *scim.Object {
	result := scim.NewObject()
	if location := j.location(o, a); location != "" {
		result.Set("location", location)
	}
	result.Set("method", o.method)
	if o.bulkID != "" {
		result.Set("bulkId", o.bulkID)
	}
	if version := a.header.Get("ETag"); version != "" {
		result.Set("version", version)
	}
	result.Set("status", strconv.Itoa(a.status))
	if a.status >= http.StatusBadRequest {
		result.Set("response", a.body)
	}
	return result
}

// location is the address of the operation's resource; a POST that failed has none.
func (j *bulkJob) location(o *bulkOperation, a *answer) string {
	if location := a.header.Get("Location"); location != "" {
		return location
	}
	if o.method == http.MethodPost || len(o.path) == 0 {
		return ""
	}
	path, _, _ := j.resolved(&bulkOperation{path: o.path})
	for i, segment := range path {
		path[i] = url.PathEscape(segment)
	}
	return j.call.base + "/" + strings.Join(path, "/")
}

func (j *bulkJob) response() *scim.Object {
	results := []any{}
	for _, o := range j.operations {
		if o.result != nil {
			results = append(results, o.result)
		}
	}
	return scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.BulkResponseURN}},
		scim.Member{Name: "Operations", Value: results},
	)
}
