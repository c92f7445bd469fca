package judge

import (
	"context"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// trySorting finds out, after a sorted read that got no answer, whether the target hangs
// at every order: then no other is asked for. Each would cost the time of two requests,
// and tell the same.
func (j *Session) trySorting(ctx context.Context, c *wire.Client, r wire.Request) {
	if !sorts(r) || j.Run.sortingHangs.Load() {
		return
	}
	plain := Querying("sortBy", "userName", "Users")
	if _, err := c.Do(wire.OnNewConnection(ctx), plain); IsUnanswered(err) {
		j.Run.sortingHangs.Store(true)
	}
}

// hangsOnSorting says why a request is not sent; "" if it is.
func (r *Run) hangsOnSorting(request wire.Request) string {
	if !sorts(request) || !r.sortingHangs.Load() {
		return ""
	}
	return "the target answers no request with sortBy, while it answers others: " + RequestText(request) + " is not sent"
}

// sorts says whether a request asks for an order, in whatever form.
func sorts(r wire.Request) bool {
	body := bodyOf(r)
	_, inBody := body.Get("sortBy")
	return inBody && isRead(r) || ParameterOf(r, "sortBy") != ""
}
