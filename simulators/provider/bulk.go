package provider

import (
	"errors"
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// bulk answers POST on /Bulk (RFC 7644 section 3.7): the operations are
// performed one after the other, each as the request that it stands for would
// be, and what became of each is told in the order of the request.
func (p *Provider) bulk(c *call) (*answer, error) {
	if p.config.NoBulk {
		return nil, scim.NotImplemented("this provider does not offer /Bulk, as its /ServiceProviderConfig says")
	}
	if len(c.path) > 1 {
		return nil, scim.NotFound(c.URL.Path, "")
	}
	if err := c.allow(http.MethodPost); err != nil {
		return nil, err
	}
	body, err := c.object(p.config.MaxPayload)
	if err != nil {
		return nil, p.namePayloadLimit(err)
	}
	job, err := p.newBulkJob(c, body)
	if err != nil {
		return nil, err
	}
	job.run()
	job.tellLater()
	return &answer{status: http.StatusOK, body: job.response()}, nil
}

// namePayloadLimit puts the name of the limit into a 413: the client has to be
// told which one it was (RFC 7644 section 3.7.4).
func (p *Provider) namePayloadLimit(err error) error {
	if e, ok := errors.AsType[*scim.Error](err); ok && e.Status == http.StatusRequestEntityTooLarge {
		return limitExceeded("the bulk request is larger than maxPayloadSize", p.config.MaxPayload)
	}
	return err
}

// run performs what can be performed until all is done or the client's limit of
// errors is reached. What that leaves undone has no result.
func (j *bulkJob) run() {
	for !j.isGivenUp() {
		if o := j.next(); o != nil {
			j.perform(o)
			continue
		}
		circle := j.circle()
		if circle == nil {
			return
		}
		j.performCircle(circle)
	}
}

func (j *bulkJob) isGivenUp() bool { return j.failOnErrors > 0 && j.errors >= j.failOnErrors }

// next is the first operation that waits for nothing. Operations so keep the
// order of the request, but for those that refer to what a later one creates.
func (j *bulkJob) next() *bulkOperation {
	for j.done < len(j.operations) && j.operations[j.done].result != nil {
		j.done++
	}
	for _, o := range j.operations[j.done:] {
		if o.result == nil && o.waiting == 0 {
			return o
		}
	}
	return nil
}

// perform makes the operation the request that it stands for.
func (j *bulkJob) perform(o *bulkOperation) {
	a, err := j.answer(o)
	j.finish(o, a, err)
}

func (j *bulkJob) answer(o *bulkOperation) (*answer, error) {
	if o.problem != nil {
		return nil, o.problem
	}
	path, data, err := j.resolved(o)
	if err != nil {
		return nil, err
	}
	c, err := j.call.operation(o, path, data)
	if err != nil {
		return nil, err
	}
	k := j.kindAt(path[0])
	if k == nil {
		return nil, scim.NotFound(c.URL.Path, "")
	}
	return j.routeKind(c, k)
}

// finish keeps the result, and lets go what has waited for it.
func (j *bulkJob) finish(o *bulkOperation, a *answer, err error) {
	if err != nil {
		a = failure(asError(err))
		j.errors++
	}
	if o.method == http.MethodPost && a.status == http.StatusCreated {
		j.created[o.bulkID] = a.body.String("id")
	}
	o.result = j.result(o, a)
	for _, other := range o.neededBy {
		other.waiting--
	}
}
