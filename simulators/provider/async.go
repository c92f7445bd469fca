package provider

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Asynchronous requests (RFC 9967 section 2.5.1). The provider does at once what it is asked
// for; only how the client learns of it is asynchronous.

// mayBeAsync says whether the client prefers its answer by an event, and the request is one
// that can be answered so. One that names a time to wait is answered: it never takes so long.
func (p *Provider) mayBeAsync(c *call) bool {
	if !p.config.Events || len(c.path) == 0 {
		return false
	}
	async, wait := preferences(c.Header)
	if !async || wait {
		return false
	}
	isResource := p.kindAt(c.path[0]) != nil
	switch c.Method {
	case http.MethodPost:
		return len(c.path) == 1 && (isResource || c.path[0] == "Bulk" && !p.config.NoBulk)
	case http.MethodPut, http.MethodPatch, http.MethodDelete:
		return len(c.path) == 2 && isResource
	}
	return false
}

// preferences reads the header Prefer (RFC 7240 section 2).
func preferences(h http.Header) (async, wait bool) {
	for part := range strings.SplitSeq(strings.Join(h.Values("Prefer"), ","), ",") {
		part, _, _ = strings.Cut(part, ";")
		name, value, _ := strings.Cut(part, "=")
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "respond-async":
			async = true
		case "wait":
			seconds, err := strconv.Atoi(strings.Trim(strings.TrimSpace(value), `"`))
			wait = err == nil && seconds > 0
		}
	}
	return async, wait
}

// answerLater does what is asked for, answers 202 and tells by an event what came of it. What
// is wrong with the message itself, or asks for nothing that there is, is refused at once.
func (p *Provider) answerLater(c *call) (*answer, error) {
	c.async = true
	a, err := p.route(c)
	if err != nil && !isOfProcessing(asError(err)) {
		return nil, err
	}
	location := c.base + EventsPath + "/" + url.PathEscape(c.transaction())
	if c.path[0] != "Bulk" { // whose operations have told each of themselves
		if err != nil {
			a = failure(asError(err))
		}
		own := c.base + c.escapedPath()
		if l := a.header.Get("Location"); l != "" {
			own = l
		}
		p.tellResult(c, pathBelow(c.base, own), resultOf(c.Method, a))
		if c.Method == http.MethodPut || c.Method == http.MethodPatch {
			location = own
		}
	}
	return &answer{status: http.StatusAccepted, header: http.Header{
		"Set-Txn": {c.transaction()}, "Preference-Applied": {"respond-async"}, "Location": {location},
	}}, nil
}

// isOfProcessing says whether an error is about what is asked for, and not about how.
func isOfProcessing(e *scim.Error) bool {
	switch e.Status {
	case http.StatusBadRequest:
		return e.ScimType != scim.ScimTypeInvalidSyntax
	case http.StatusConflict, http.StatusPreconditionFailed:
		return true
	}
	return false
}

// escapedPath is the path below the service root.
func (c *call) escapedPath() string {
	var b strings.Builder
	for _, segment := range c.path {
		b.WriteString("/" + url.PathEscape(segment))
	}
	return b.String()
}

// resultOf tells what became of a request as the result of a bulk operation does.
func resultOf(method string, a *answer) *scim.Object {
	o := scim.NewObject(scim.Member{Name: "method", Value: method})
	if version := a.header.Get("ETag"); version != "" {
		o.Set("version", version)
	}
	o.Set("status", strconv.Itoa(a.status))
	if a.status >= http.StatusBadRequest {
		o.Set("response", a.body)
	}
	return o
}

func (p *Provider) tellResult(c *call, path string, result *scim.Object) {
	p.tell(c, subjectAt(path), scim.NewObject(scim.Member{Name: scim.EventAsyncResp, Value: result}))
}

// tellLater tells of each operation of an asynchronous bulk request by an event of its own.
func (j *bulkJob) tellLater() {
	if !j.call.async {
		return
	}
	for _, o := range j.operations {
		if o.result == nil {
			j.finish(o, nil, scim.InvalidValue("not tried, as failOnErrors was reached"))
		}
		c := &call{base: j.call.base, txn: j.call.operationTxn(o.position)}
		result := o.result.Clone()
		path := pathBelow(c.base, result.String("location"))
		if path == "" {
			path = "/" + strings.Join(o.path, "/")
		}
		result.Delete("location")
		j.tellResult(c, path, result)
	}
}
