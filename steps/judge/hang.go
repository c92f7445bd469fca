package judge

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// sortingHome is the requirement that tells that a target hangs at every order.
const sortingHome = "RFC7644-3.4.2.3-01"

// trySorting finds out, after a sorted read that got no answer, whether the target hangs
// at every order: then no other is asked for. Each would cost the time of two requests,
// and tell the same.
func (j *Session) trySorting(ctx context.Context, c *wire.Client, r wire.Request) {
	if !sorts(r) || j.Run.hungSorting.Load() != nil {
		return
	}
	if _, err := c.Do(wire.OnNewConnection(ctx), Reading("Users")); err != nil {
		return // the list itself gets no answer
	}
	if _, err := c.Do(wire.OnNewConnection(ctx), plainOrder()); IsUnanswered(err) {
		j.Run.hungSorting.Store(j.unansweredOrder())
	}
}

// unansweredOrder is the exchange of that request: others may have been sent meanwhile.
func (j *Session) unansweredOrder() *wire.Exchange {
	for _, x := range slices.Backward(j.Wire.Exchanges()) {
		if x.Status == 0 && strings.Contains(x.URL, "sortBy=") {
			return x
		}
	}
	return j.lastExchange()
}

func plainOrder() wire.Request { return Querying("sortBy", "userName", "Users") }

// hangsOnSorting says why a request is not sent; "" if it is.
func (r *Run) hangsOnSorting(request wire.Request) string {
	if !sorts(request) || r.hungSorting.Load() == nil {
		return ""
	}
	return noOrder + RequestText(request) + " is not sent"
}

// HungSorting turns what was not sent, because the target hangs at every order, into the
// finding of the requirement on that; every other one is blocked by it. It gives back all
// other errors as they are.
func (j *Session) HungSorting(err error, judged string, judges func(home string) bool) error {
	var blocked *Blocked
	hung := j.Run.hungSorting.Load()
	if hung == nil || !errors.As(err, &blocked) || !strings.HasPrefix(blocked.Reason, noOrder) {
		return err
	}
	if judged == sortingHome {
		return &Mismatch{What: RequestText(plainOrder()), Want: wantsAnswer, Got: "none, while the target answers others", About: hung}
	}
	if judges(sortingHome) {
		return &Blocked{blocked.Reason + "; see " + sortingHome}
	}
	return err
}

// waitsForOrder recognises a sorted read that got no answer.
func waitsForOrder(m *Mismatch, r wire.Request) bool { return m.Want == wantsAnswer && sorts(r) }

func hangsAtOrder(_ context.Context, own *Session) (string, error) {
	if own.Run.hungSorting.Load() == nil {
		return "", nil
	}
	return "the plainest order gets no answer: " + RequestText(plainOrder()), nil
}

// noOrder is how that is told.
const noOrder = "the target answers no request with sortBy, while it answers others: "

// sorts says whether a request asks for an order, in whatever form.
func sorts(r wire.Request) bool {
	body := bodyOf(r)
	_, inBody := body.Get("sortBy")
	return inBody && isRead(r) || ParameterOf(r, "sortBy") != ""
}
