package steps

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// maxSilence is how many requests in a row may get no answer before the target
// counts as gone. Single ones are what some checks are about, or findings; a run
// that goes on against nobody waits for hours, and finds nothing.
const maxSilence = 20

// errGone ends a run whose target no longer answers.
var errGone = fmt.Errorf("the target stopped answering: %d requests in a row got no answer", maxSilence)

// pulse is the transport to a real target that notices when the target is gone.
type pulse struct {
	next   http.RoundTripper
	gone   context.CancelCauseFunc
	silent atomic.Int64
}

// RoundTrip counts the requests without an answer. What was not sent at all says
// nothing about the target.
func (p *pulse) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := p.next.RoundTrip(r)
	switch {
	case err == nil:
		p.silent.Store(0)
	case errors.Is(err, safety.ErrMaxRequests), errors.Is(r.Context().Err(), context.Canceled):
	case p.silent.Add(1) >= maxSilence:
		p.gone(errGone)
	}
	return answer, err
}
