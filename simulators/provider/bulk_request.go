package provider

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// bulkJob is one bulk request on its way.
type bulkJob struct {
	*Provider
	call         *call
	operations   []*bulkOperation          // in the order of the request
	creating     map[string]*bulkOperation // the POSTs by their bulkId
	created      map[string]string         // the ids of what they have created, by bulkId
	failOnErrors int                       // 0 for no limit
	errors       int
	done         int // operations at the front that need not be looked at again
}

// bulkOperation is one operation of a bulk request.
type bulkOperation struct {
	position int
	method   string
	bulkID   string
	version  *string      // nil for none
	path     []string     // unescaped, as the client wrote it
	data     *scim.Object // nil for DELETE
	problem  error        // why it cannot even be tried

	neededBy []*bulkOperation
	needs    []*bulkOperation
	waiting  int          // how many of needs have no result yet
	result   *scim.Object // nil until it was tried
}

// limitExceeded is the 413 that names the limit (RFC 7644 section 3.7.4).
func limitExceeded(what string, limit int64) *scim.Error {
	return &scim.Error{
		Status: http.StatusRequestEntityTooLarge,
		Detail: what + " (" + strconv.FormatInt(limit, 10) + ")",
	}
}

// newBulkJob reads the request. Its error concerns the whole of it; what is
// wrong with a single operation is that operation's own result.
func (p *Provider) newBulkJob(c *call, body *scim.Object) (*bulkJob, error) {
	if !namesSchema(body, scim.BulkRequestURN) {
		return nil, scim.InvalidSyntax("schemas of a bulk request has to name %s", scim.BulkRequestURN)
	}
	operations := body.Array("Operations")
	switch {
	case len(operations) == 0:
		return nil, scim.InvalidSyntax("Operations of a bulk request has to be an array of at least one operation")
	case len(operations) > p.config.MaxOperations:
		return nil, limitExceeded("the bulk request has more operations than maxOperations", int64(p.config.MaxOperations))
	}
	j := &bulkJob{Provider: p, call: c, creating: map[string]*bulkOperation{}, created: map[string]string{}}
	for i, v := range operations {
		o, ok := v.(*scim.Object)
		if !ok {
			return nil, scim.InvalidSyntax("Operations[%d] of a bulk request has to be an object, got %s", i, scim.KindOf(v))
		}
		j.operations = append(j.operations, j.read(i, o))
	}
	j.order()
	return j, j.readFailOnErrors(body)
}

func (j *bulkJob) readFailOnErrors(body *scim.Object) error {
	v, ok := body.Get("failOnErrors")
	if !ok || v == nil {
		return nil
	}
	number, _ := v.(json.Number)
	n, err := strconv.Atoi(number.String())
	if err != nil || n < 1 {
		return scim.InvalidValue("failOnErrors has to be an integer of at least 1; leave it out to have every operation tried")
	}
	j.failOnErrors = n
	return nil
}

// read takes an operation apart and finds what is wrong with it.
func (j *bulkJob) read(position int, sent *scim.Object) *bulkOperation {
	o := &bulkOperation{position: position, method: sent.String("method"), bulkID: sent.String("bulkId"), data: sent.Object("data")}
	o.problem = o.readPath(sent.String("path"))
	if v, ok := sent.Get("version"); ok && v != nil {
		version, isText := v.(string)
		o.version = &version
		if !isText {
			o.problem = scim.InvalidValue("version of an operation has to be a string, got %s", scim.KindOf(v))
		}
	}
	if o.problem == nil {
		o.problem = o.check()
	}
	if o.method == http.MethodPost && o.bulkID != "" {
		if j.creating[o.bulkID] != nil {
			o.problem = scim.InvalidValue("the bulkId %q is given twice; each has to be unique in its request", o.bulkID)
			return o
		}
		j.creating[o.bulkID] = o
	}
	return o
}

func (o *bulkOperation) readPath(text string) error {
	rest := strings.Trim(text, "/")
	if rest == "" || strings.ContainsAny(text, "?#") {
		return scim.InvalidValue("path of an operation has to be that of an endpoint or resource below the service root, such as /Users")
	}
	for escaped := range strings.SplitSeq(rest, "/") {
		segment, err := url.PathUnescape(escaped)
		if err != nil {
			return scim.InvalidValue("path %q of an operation has an escape that cannot be read", text)
		}
		o.path = append(o.path, segment)
	}
	return nil
}

// check holds what every operation has to have (RFC 7644 section 3.7).
func (o *bulkOperation) check() error {
	steps := 2
	switch o.method {
	case http.MethodPost:
		steps = 1
		if o.bulkID == "" {
			return scim.InvalidValue("a POST operation needs a bulkId, which is a string")
		}
	case http.MethodPut, http.MethodPatch, http.MethodDelete:
	default:
		return scim.InvalidValue("method of an operation has to be POST, PUT, PATCH or DELETE, got %q", o.method)
	}
	if len(o.path) != steps {
		return scim.InvalidValue("path of an operation is that of a resource type, such as /Users, for POST, and that of one resource for the others")
	}
	if o.data == nil && o.method != http.MethodDelete {
		return scim.InvalidValue("data of a %s operation has to be an object", o.method)
	}
	return nil
}
