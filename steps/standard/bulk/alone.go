package bulk

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// unlessAlone looks at an operation that should have failed: where the request alone is
// answered in the same way, that is no matter of bulk, and another requirement tells it. A
// duplicate that is taken, or a deletion of nothing that is answered 500, are such.
func (w *World) unlessAlone(ctx context.Context, n int, failed error) error {
	if m, wrong := judge.IsMismatch(failed); !wrong || m.Lost != nil {
		return failed
	}
	result, err := w.resultOf(n)
	if err != nil {
		return failed
	}
	r, ok := w.requestOf(n)
	if !ok {
		return failed
	}
	answer, err := w.Send(ctx, w.Client(), r)
	if err != nil || strconv.Itoa(answer.Status) != statusIn(result) {
		return failed
	}
	return &judge.Blocked{Reason: fmt.Sprintf("%s should fail, and the request alone is answered %s as well: that is no matter of bulk", w.operationText(n), judge.StatusOf(answer))}
}

// requestOf is the request that an operation stands for; not if it refers to another
// operation, or is none.
func (w *World) requestOf(n int) (wire.Request, bool) {
	o := w.bulk.operations[n-1]
	method, path := o.String("method"), o.String("path")
	if method == "" || !strings.HasPrefix(path, "/") || strings.Contains(judge.Text(o), "bulkId:") {
		return wire.Request{}, false
	}
	r := wire.Request{Method: method}
	for segment := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
		plain, err := url.PathUnescape(segment)
		if err != nil || plain == "" {
			return wire.Request{}, false
		}
		r.Path = append(r.Path, plain)
	}
	if version := o.String("version"); version != "" {
		r.Header = http.Header{"If-Match": {version}}
	}
	if data, there := o.Get("data"); there {
		r.Body = data
	}
	return r, true
}
