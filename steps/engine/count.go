package engine

import (
	"errors"
	"net"
	"net/http"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/features"
)

// counter counts the requests that reach a real target, whatever they are for.
type counter struct {
	next http.RoundTripper
	n    atomic.Int64
}

// RoundTrip counts what left this machine.
func (c *counter) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := c.next.RoundTrip(r)
	if op, ok := errors.AsType[*net.OpError](err); !ok || op.Op != "dial" {
		c.n.Add(1)
	}
	return answer, err
}

// sent is how many requests the target has seen.
func (r *run) sent() int {
	if r.counter == nil {
		return int(r.requests.Load())
	}
	return int(r.counter.n.Load())
}

// examplesOf counts the examples of the requirements that the run plays under the
// default profile.
func (r *run) examplesOf(all []features.Requirement) int {
	n := 0
	for _, q := range all {
		for _, e := range q.Examples {
			if r.only == nil || r.only[key(q.ID, e.Name)] {
				n++
			}
		}
	}
	return n
}

// expect makes the run longer by so many examples.
func (r *run) expect(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.total += n
}

// progressed tells how far the run is, after another example.
func (r *run) progressed(feature, profile string) {
	r.mu.Lock()
	r.done++
	p := Progress{Feature: feature, Done: r.done, Total: max(r.total, r.done), Profile: profile}
	r.mu.Unlock()
	if r.options.OnProgress != nil {
		r.options.OnProgress(p)
	}
}

// cleaning tells how far the clean-up is.
func (r *run) cleaning(done, total int) {
	if r.options.OnProgress != nil {
		r.options.OnProgress(Progress{CleaningUp: true, Done: done, Total: total})
	}
}
