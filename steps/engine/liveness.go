package engine

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// maxSilence is how many requests in a row may get no answer before the target
// counts as gone. Some checks provoke single ones, and single ones are findings. A run
// against a dead server would wait for hours and find nothing.
const maxSilence = 20

// errGone ends a run whose target no longer answers.
var errGone = fmt.Errorf("the target stopped answering: %d requests in a row got no answer", maxSilence)

// liveness is the transport to a real target that notices when the target is gone.
type liveness struct {
	next   http.RoundTripper
	gone   context.CancelCauseFunc
	silent atomic.Int64
}

// RoundTrip counts the requests without an answer. What was not sent at all says
// nothing about the target.
func (l *liveness) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := l.next.RoundTrip(r)
	switch {
	case err == nil:
		l.silent.Store(0)
	case errors.Is(err, safety.ErrMaxRequests), errors.Is(r.Context().Err(), context.Canceled):
	case l.silent.Add(1) >= maxSilence:
		l.gone(errGone)
	}
	return answer, err
}
